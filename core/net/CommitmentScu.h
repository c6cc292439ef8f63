#pragma once

#include "core/net/CommitmentHandler.h"

#include <chrono>
#include <functional>
#include <optional>

namespace radpost::net {

/// Storage Commitment as the side that opened the association (PS3.4 Annex J; PS3.7 10.1.1, 10.1.4): asks by N-ACTION
/// and takes the report when it comes on the same association, or brings a report to a peer that has asked us. One
/// thread at a time.
class CommitmentScu final
{
public:
    /// Takes a report and gives the status of its answer; what it writes is durable when it returns.
    using Take = std::function<quint16(const CommitmentReport&)>;

    explicit CommitmentScu(Association& association)
        : m_association(association)
    {
    }

    /// The request was accepted, which promises a report and nothing else. Blocks, at most timeouts().response.
    /// A report that comes before the answer goes to @p take. Errors: ServiceNotOffered (no presentation context),
    /// CommitmentRefused (with the status), Cancelled, ResponseTimeout, ProtocolError, those of Association.
    [[nodiscard]] Result<> request(const CommitmentRequest& request, const Take& take, const CancelToken& cancel);

    /// Waits for reports on this association until @p take has had that of @p transactionUid, and answers each.
    /// @return false: it did not come within @p limit; the association is fit to be released.
    /// Errors: as request(); also PeerAborted or ConnectionLost by peers that report on another association only.
    [[nodiscard]] Result<bool> awaitReport(
        const QByteArray& transactionUid, std::chrono::milliseconds limit, const Take& take, const CancelToken& cancel);

    /// N-EVENT-REPORT as SCP: @return the peer's status. Blocks, at most timeouts().response. Errors: as request().
    [[nodiscard]] Result<quint16> report(const CommitmentReport& report, const CancelToken& cancel);

private:
    [[nodiscard]] const AcceptedContext* context() const;
    /// The next command with its data set; none: the peer asks for release.
    struct Message
    {
        CommandSet command;
        QByteArray dataSet;
        quint8 contextId = 0;
    };
    [[nodiscard]] Result<std::optional<Message>> next(const Deadline& deadline, const CancelToken& cancel);
    [[nodiscard]] Result<CommandSet> awaitResponse(DimseCommand expected, const Take& take, const CancelToken& cancel);
    [[nodiscard]] Result<> onEvent(const Message& message, const Take& take, const CancelToken& cancel);
    [[nodiscard]] tl::unexpected<Error> protocolError(const QString& detail);

    Association& m_association;
    quint16 m_messageId = 0;
    QByteArray m_lastReport; ///< Transaction UID of the last one that was taken
};

} // namespace radpost::net
