#pragma once

#include "core/net/TlsContext.h"
#include "core/net/Transport.h"

#include <memory>

namespace radpost::net {

class Socket;

enum class TlsDemand {
    Required,
    Optional, ///< a peer that begins with an association request is served in the clear
};

/// Shakes hands with a new connection as server, where that is due. Blocks at most @p patience. The first byte tells
/// TLS (22, a handshake record) from PS3.8 (1, A-ASSOCIATE-RQ). Errors: those of TlsSocket::accept(), ResponseTimeout.
[[nodiscard]] Result<std::unique_ptr<Transport>> secure(std::unique_ptr<Socket> socket, const TlsContext& context,
    TlsDemand demand, std::chrono::milliseconds patience, const CancelToken& cancel);

} // namespace radpost::net
