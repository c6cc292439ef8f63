#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Deadline.h"

#include <QString>

#include <array>
#include <cstddef>
#include <vector>

namespace radpost::net {

/// An IPv4 or IPv6 address with its port, as the system's socket calls take it.
struct SocketAddress
{
    alignas(8) std::array<std::byte, 128> storage{}; ///< a sockaddr
    unsigned length = 0;
    int family = 0;

    /// "10.1.2.3:104", "[fe80::1%eth0]:104".
    [[nodiscard]] QString toString() const;
    [[nodiscard]] quint16 port() const;
};

/// What SocketAddress::toString() made, without the port, brackets, and the zone of a link-local address.
[[nodiscard]] QString withoutPort(const QString& address);

/// All addresses of @p host (a name or a literal), in the order the system prefers. Blocks at most until @p deadline;
/// a lookup that hangs in the system's resolver is left behind on its own thread.
/// Errors: HostNotFound, ConnectTimeout, Cancelled, those of startThread().
[[nodiscard]] Result<std::vector<SocketAddress>> resolveHost(
    const QString& host, quint16 port, const Deadline& deadline, const CancelToken& cancel);

} // namespace radpost::net
