#include "core/net/Listener.h"

#include "core/net/socketCalls.h"

#include <QStringList>

#include <cerrno>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace radpost::net {

namespace {

Error bindError(int errorNumber)
{
    if (errorNumber == EACCES || errorNumber == EPERM) {
        return makeError(ErrorCode::ListenNotPermitted, QStringLiteral("bind: permission denied"));
    }
    if (errorNumber == EADDRNOTAVAIL) {
        return makeError(ErrorCode::HostNotFound, QStringLiteral("bind: not an address of this machine"));
    }
    return socketError(errorNumber, ErrorCode::AddressInUse, u"bind");
}

int openDescriptor(const SocketAddress& address)
{
    const int descriptor = openTcpSocket(address.family);
    if (descriptor < 0) {
        return -1;
    }
    const int on = 1;
    const int off = 0;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address.family == AF_INET6) {
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    if (::bind(descriptor, asSockaddr(address), address.length) == 0 && ::listen(descriptor, SOMAXCONN) == 0) {
        return descriptor;
    }
    closeQuietly(descriptor);
    return -1;
}

quint16 boundPort(int descriptor)
{
    SocketAddress address;
    socklen_t length = sizeof address.storage;
    auto* where = reinterpret_cast<sockaddr*>(address.storage.data());
    if (::getsockname(descriptor, where, &length) != 0) {
        return 0;
    }
    address.length = length;
    address.family = where->sa_family;
    return address.port();
}

} // namespace

Listener::Listener(int descriptor, quint16 port)
    : m_descriptor(descriptor)
    , m_port(port)
{
}

Listener::~Listener()
{
    ::close(m_descriptor);
}

Result<std::unique_ptr<Listener>> Listener::open(const QString& address, quint16 port)
{
    // "::" takes IPv4 as well; a machine without IPv6 has only the second.
    const auto hosts =
        address.isEmpty() ? QStringList{QStringLiteral("::"), QStringLiteral("0.0.0.0")} : QStringList{address};
    Error last = makeError(ErrorCode::HostNotFound, QStringLiteral("no address to listen on"));
    for (const auto& host : hosts) {
        auto resolved = resolveHost(host, port, Deadline(std::chrono::seconds(10)), {});
        if (!resolved) {
            last = std::move(resolved.error());
            continue;
        }
        const int descriptor = openDescriptor(resolved->front());
        if (descriptor >= 0) {
            return std::unique_ptr<Listener>(new Listener(descriptor, boundPort(descriptor)));
        }
        last = bindError(errno);
    }
    return fail(std::move(last));
}

Result<std::unique_ptr<Socket>> Listener::accept(const Deadline& deadline, const CancelToken& cancel)
{
    if (auto ready = m_waker.wait(m_descriptor, POLLIN, deadline, cancel, ErrorCode::ResponseTimeout); !ready) {
        return fail(std::move(ready.error()));
    }
    SocketAddress peer;
    socklen_t length = sizeof peer.storage;
    auto* where = reinterpret_cast<sockaddr*>(peer.storage.data());
    const int descriptor = ::accept(m_descriptor, where, &length);
    if (descriptor < 0) {
        return fail(socketError(errno, ErrorCode::ConnectionLost, u"accept"));
    }
    peer.length = length;
    peer.family = where->sa_family;
    return Socket::adopt(descriptor, peer);
}

} // namespace radpost::net
