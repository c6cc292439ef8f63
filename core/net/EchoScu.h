#pragma once

#include "core/net/Association.h"

#include <chrono>

namespace radpost::net {

/// Verification as SCU (PS3.4 Annex A, PS3.7 9.1.5) on an open association. One thread at a time.
class EchoScu final
{
public:
    explicit EchoScu(Association& association)
        : m_association(association)
    {
    }

    /// One C-ECHO; blocks for the response at most timeouts().response.
    /// @return the round trip. Errors: SopClassRefused (no Verification context), StatusFailed (with the status),
    /// ProtocolError, ResponseTimeout, and those of Association.
    [[nodiscard]] Result<std::chrono::microseconds> echo(const CancelToken& cancel);

private:
    [[nodiscard]] Result<> awaitResponse(quint16 messageId, const CancelToken& cancel);

    Association& m_association;
    quint16 m_lastMessageId = 0;
};

} // namespace radpost::net
