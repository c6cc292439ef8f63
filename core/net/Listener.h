#pragma once

#include "core/net/Socket.h"

#include <memory>

namespace radpost::net {

/// A listening TCP port. One thread at a time.
class Listener final
{
public:
    /// @p address empty: all of the machine, IPv6 and IPv4. @p port 0: a free one, see port().
    /// Errors: AddressInUse, ListenNotPermitted, HostNotFound (an address that is not one of this machine).
    [[nodiscard]] static Result<std::unique_ptr<Listener>> open(const QString& address, quint16 port);

    ~Listener();
    Q_DISABLE_COPY_MOVE(Listener)

    /// Waits for the next connection. Errors: ResponseTimeout, Cancelled, ConnectionLost (that one connection, or no
    /// descriptor left: try again).
    [[nodiscard]] Result<std::unique_ptr<Socket>> accept(const Deadline& deadline, const CancelToken& cancel);

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    Listener(int descriptor, quint16 port);

    int m_descriptor = -1;
    quint16 m_port = 0;
    Waker m_waker;
};

} // namespace radpost::net
