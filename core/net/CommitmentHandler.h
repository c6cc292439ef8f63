#pragma once

#include "core/net/StoreHandler.h"
#include "core/net/commitment.h"

#include <optional>

namespace radpost::net {

/// What an acceptor does about Storage Commitment (PS3.4 Annex J), as SCP of requests and as SCU that reports come to.
/// Called from many association threads at once; what it writes is durable when a call returns.
class CommitmentHandler
{
public:
    virtual ~CommitmentHandler() = default;

    /// N-ACTION (PS3.4 J.3.2). @return the status; 0 means that a report will follow, now or by another association.
    [[nodiscard]] virtual quint16 request(const CommitmentRequest& request, const PeerInfo& peer) = 0;

    /// The peer that asked is still here and quiet: what to tell it on the same association. None: nothing there.
    [[nodiscard]] virtual std::optional<CommitmentReport> takeDue(const PeerInfo& peer) = 0;

    /// It answered the report with @p status, or went away before that.
    virtual void answered(const QByteArray& transactionUid, const PeerInfo& peer, std::optional<quint16> status) = 0;

    /// The association is over: nothing more is told on it. Last call for @p peer.
    virtual void gone(const PeerInfo& peer) { Q_UNUSED(peer) }

    /// N-EVENT-REPORT (PS3.4 J.3.3): what became of a request of ours. @return the status for the peer.
    [[nodiscard]] virtual quint16 report(const CommitmentReport& report, const PeerInfo& peer) = 0;
};

} // namespace radpost::net
