#pragma once

#include "core/engine/QueryKeys.h"
#include "core/engine/TransferAudit.h"
#include "core/net/QueryOperation.h"
#include "core/queue/Sender.h"
#include "core/spool/SpoolFolder.h"

#include <map>

namespace radpost::store {
class LedgerReader;
}

namespace radpost::engine {

/// One C-MOVE or C-GET out of the spool: its sub-operations over a queue::Sender, a pending response after each, and
/// the final status of PS3.4 C.4.2.3.1 and C.4.3.3.1. One thread.
class SpoolRetrieve final
{
public:
    struct Tally
    {
        qint64 all = 0;
        qint64 completed = 0;
        qint64 failed = 0;
        qint64 warning = 0;
        [[nodiscard]] qint64 remaining() const { return all - completed - failed - warning; }
    };

    SpoolRetrieve(store::LedgerReader& reader, const spool::SpoolFolder& folder, TransferAudit& audit);

    /// Finds the instances. Blocks. @return A701 when the index cannot be read, FE00 when the peer cancelled, nothing
    /// when all is well. Errors: the association of the request is over.
    [[nodiscard]] Result<std::optional<net::QueryReply>> find(const QueryKeys& keys, net::QueryOperation& operation);

    /// Sends them. Blocks. @p sender is opened as often as its contexts ask for. @return the final response. Errors:
    /// the association of the request is over; what was under way is broken off and counts as failed, for nobody knows.
    [[nodiscard]] Result<net::QueryReply> run(
        queue::Sender& sender, const net::QueryCall& call, net::QueryOperation& operation);

    [[nodiscard]] const Tally& tally() const { return m_tally; }

private:
    struct Instance
    {
        queue::SendItem item;
        AuditedInstance audited;
    };
    struct Round
    {
        QList<store::SpoolPick> picks;
        qsizetype next = 0;
        int window = 1;
        bool isCancelled = false;
        std::optional<Instance> ahead{}; ///< of picks[next], when it was looked up already
    };

    [[nodiscard]] Result<bool> runRound(Round round, queue::Sender& sender, net::QueryOperation& operation);
    [[nodiscard]] Result<> fillWindow(Round& round, queue::Sender& sender, net::QueryOperation& operation);
    [[nodiscard]] Result<Instance> instanceOf(const store::SpoolPick& pick);
    [[nodiscard]] Result<> settle(const queue::SendOutcome& outcome, net::QueryOperation& operation);
    void abandon(const Error& error);
    [[nodiscard]] Result<bool> failAll(
        const QList<store::SpoolPick>& picks, const Error& error, net::QueryOperation& operation);
    void failPick(const store::SpoolPick& pick, const Error& error);
    void noteFailure(const QString& uid, const AuditedInstance& audited, const Error& error);
    [[nodiscard]] Result<> tellProgress(net::QueryOperation& operation);
    [[nodiscard]] std::vector<queue::ContextNeed> needsOf(const QList<store::SpoolPick>& picks) const;
    [[nodiscard]] QList<store::SpoolPick> takeProposed(
        QList<store::SpoolPick>& picks, const queue::Sender& sender) const;
    [[nodiscard]] net::SubOperations counts(bool withRemaining) const;
    [[nodiscard]] net::QueryReply lastWord(bool wasCancelled, const TransferSyntaxUid& syntax) const;

    store::LedgerReader& m_reader;
    const spool::SpoolFolder& m_folder;
    TransferAudit& m_audit;
    QList<store::SpoolPick> m_picks;
    std::map<qint64, queue::ContextNeed> m_needs; ///< by SpoolPick::contextId
    std::map<qint64, Instance> m_underWay;        ///< by id
    Tally m_tally;
    QStringList m_failedUids; ///< as many as fit the response
    qsizetype m_failedBytes = 0;
    QByteArray m_comment; ///< of the first failure
};

} // namespace radpost::engine
