#pragma once

#include "core/net/SocketAddress.h"
#include "core/net/Waker.h"
#include "core/net/bytes.h"

#include <memory>

namespace radpost::net {

/// Sends datagrams to one address. One thread at a time.
class UdpSocket final
{
public:
    /// The longest that fits into a datagram over IPv4 (RFC 768, RFC 791).
    static constexpr std::size_t kMaxBytes = 65507;

    /// Resolves @p host; nothing is sent. Blocks until @p deadline. Errors: HostNotFound, ConnectTimeout,
    /// NetworkUnreachable, Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<UdpSocket>> connect(
        const QString& host, quint16 port, const Deadline& deadline, const CancelToken& cancel);

    ~UdpSocket();
    Q_DISABLE_COPY_MOVE(UdpSocket)

    /// Errors: InvalidArgument (too long), ConnectRefused (an earlier one found nobody), SendStalled,
    /// NetworkUnreachable, ConnectionLost.
    [[nodiscard]] Result<> send(ConstBytes datagram, const Deadline& deadline, const CancelToken& cancel);

    /// Waits a while for the network to say that nobody takes the datagrams. Success is no promise that somebody did.
    /// Errors: ConnectRefused, NetworkUnreachable, Cancelled.
    [[nodiscard]] Result<> listenForRefusal(std::chrono::milliseconds patience, const CancelToken& cancel);

private:
    explicit UdpSocket(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    const int m_descriptor;
    Waker m_waker;
};

} // namespace radpost::net
