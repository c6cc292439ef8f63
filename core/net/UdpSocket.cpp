#include "core/net/UdpSocket.h"

#include "core/net/socketCalls.h"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace radpost::net {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

} // namespace

Result<std::unique_ptr<UdpSocket>> UdpSocket::connect(
    const QString& host, quint16 port, const Deadline& deadline, const CancelToken& cancel)
{
    const auto addresses = resolveHost(host, port, deadline, cancel);
    if (!addresses) {
        return fail(addresses.error());
    }
    auto error = makeError(ErrorCode::HostNotFound, QStringLiteral("no address"));
    for (const auto& address : *addresses) {
        const int descriptor = ::socket(address.family, SOCK_DGRAM, 0);
        if (descriptor >= 0 && makeNonBlocking(descriptor) &&
            ::connect(descriptor, asSockaddr(address), address.length) == 0) {
            return std::unique_ptr<UdpSocket>(new UdpSocket(descriptor));
        }
        error = socketError(errno, ErrorCode::NetworkUnreachable, u"connect");
        closeQuietly(descriptor);
    }
    return fail(std::move(error));
}

UdpSocket::~UdpSocket()
{
    closeQuietly(m_descriptor);
}

Result<> UdpSocket::send(ConstBytes datagram, const Deadline& deadline, const CancelToken& cancel)
{
    if (datagram.size() > kMaxBytes) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("a datagram of %1 bytes").arg(datagram.size()));
    }
    for (;;) {
        if (::send(m_descriptor, datagram.data(), datagram.size(), kSendFlags) >= 0) {
            return {};
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != ENOBUFS && errno != EINTR) {
            return fail(socketError(errno, ErrorCode::ConnectionLost, u"send"));
        }
        if (auto writable = m_waker.wait(m_descriptor, POLLOUT, deadline, cancel, ErrorCode::SendStalled); !writable) {
            return fail(std::move(writable.error()));
        }
    }
}

Result<> UdpSocket::listenForRefusal(std::chrono::milliseconds patience, const CancelToken& cancel)
{
    const auto heard = m_waker.wait(m_descriptor, 0, Deadline(patience), cancel, ErrorCode::ResponseTimeout);
    if (!heard) {
        return heard.error().code == ErrorCode::ResponseTimeout ? Result<>() : fail(heard.error());
    }
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &length);
    return error == 0 ? Result<>() : fail(socketError(error, ErrorCode::ConnectionLost, u"send"));
}

} // namespace radpost::net
