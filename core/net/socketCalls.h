#pragma once

#include "core/base/Result.h"
#include "core/net/SocketAddress.h"

struct sockaddr;

namespace radpost::net {

/// Our error for an errno of a socket call; @p otherwise is for numbers that say nothing by themselves.
[[nodiscard]] Error socketError(int errorNumber, ErrorCode otherwise, QStringView step);

/// A TCP socket that does not block and is not inherited by child processes; -1 and errno when there is none.
[[nodiscard]] int openTcpSocket(int family);

/// Makes it so for a descriptor of other origin.
bool makeNonBlocking(int descriptor);

/// Closes and keeps errno.
void closeQuietly(int descriptor);

[[nodiscard]] inline const sockaddr* asSockaddr(const SocketAddress& address)
{
    return reinterpret_cast<const sockaddr*>(address.storage.data());
}

} // namespace radpost::net
