#pragma once

#include "core/net/QueryHandler.h"

namespace radpost::net {

/// One C-FIND, C-MOVE or C-GET that is being served: responses out, C-CANCEL in (PS3.7 9.3.2.3). One thread, that of
/// the association.
///
/// Errors of all calls: those of Association, which is over then; also ProtocolError when the peer says something else
/// than C-CANCEL, and ConnectionLost when it asks for release in the middle.
class QueryOperation final
{
public:
    /// Longer identifiers are refused: eight thousand UIDs of full length fit.
    static constexpr qsizetype kMaxIdentifierBytes = 1 << 20;

    QueryOperation(Association& association, const CommandSet& request, quint8 contextId, CancelToken cancel);

    /// Sends one response. Blocks while the peer does not read, at most timeouts().stall.
    [[nodiscard]] Result<> respond(const QueryReply& reply);

    /// Whether the peer has cancelled; looks at what has come without waiting for more.
    [[nodiscard]] Result<bool> wasCancelled();

    /// For who reads the association in the meantime: true when @p command is the C-CANCEL of this operation.
    bool hear(const CommandSet& command);

    /// For sub-operations on the same association (C-GET).
    [[nodiscard]] Association& association() { return m_association; }
    [[nodiscard]] const CancelToken& cancel() const { return m_cancel; }

private:
    [[nodiscard]] Result<> hearNext();

    Association& m_association;
    const CommandSet& m_request;
    const quint8 m_contextId;
    const CancelToken m_cancel;
    bool m_wasCancelled = false;
    Bytes m_encoded;
};

} // namespace radpost::net
