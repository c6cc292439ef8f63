#include "core/net/socketCalls.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace radpost::net {

namespace {

ErrorCode codeOf(int errorNumber, ErrorCode otherwise)
{
    switch (errorNumber) {
    case ECONNREFUSED:
        return ErrorCode::ConnectRefused;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
#ifdef EHOSTDOWN
    case EHOSTDOWN:
#endif
        return ErrorCode::NetworkUnreachable;
    case EADDRINUSE:
        return ErrorCode::AddressInUse;
    case EFAULT: // no memory of ours is missing but that of a mapped file
        return ErrorCode::FileChanged;
    default:
        return otherwise;
    }
}

} // namespace

Error socketError(int errorNumber, ErrorCode otherwise, QStringView step)
{
    const auto text = QString::fromStdString(std::generic_category().message(errorNumber));
    return makeError(codeOf(errorNumber, otherwise), step.toString() % QStringLiteral(": ") % text);
}

int openTcpSocket(int family)
{
    const int descriptor = ::socket(family, SOCK_STREAM, 0);
    if (descriptor >= 0 && !makeNonBlocking(descriptor)) {
        closeQuietly(descriptor);
        return -1;
    }
    return descriptor;
}

bool makeNonBlocking(int descriptor)
{
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags >= 0 && ::fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 &&
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

void closeQuietly(int descriptor)
{
    const int error = errno;
    ::close(descriptor);
    errno = error;
}

} // namespace radpost::net
