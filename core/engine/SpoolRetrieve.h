#pragma once

#include "core/base/Clock.h"
#include "core/engine/QueryKeys.h"
#include "core/engine/SharedBucket.h"
#include "core/engine/TransferAudit.h"
#include "core/net/QueryOperation.h"
#include "core/queue/Sender.h"
#include "core/spool/SpoolFolder.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace radpost::store {
class LedgerReader;
}

namespace radpost::engine {

/// By what a retrieval is bound.
struct RetrieveTerms
{
    std::chrono::milliseconds searchTimeout{60'000};
    /// Whether the destination has said something, after at most so long: pending responses go on while it is silent.
    /// None: it speaks on the association of the request itself (C-GET).
    std::function<Result<bool>(std::chrono::milliseconds limit, const CancelToken& cancel)> awaitSign{};
    std::optional<Clock::WallTime> closesAt{}; ///< the allowed hours of the destination: what is left then fails
    std::shared_ptr<SharedBucket> bucket{};    ///< null: no limit
};

/// One C-MOVE or C-GET out of the spool: its sub-operations over a queue::Sender, a pending response after each, and in
/// C-MOVE about once a second while the destination is silent (PS3.4 C.4.2.1.6), and the final status of PS3.4
/// C.4.2.3.1 and C.4.3.3.1. One thread; another one opens the sender while this one answers.
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

    SpoolRetrieve(
        store::LedgerReader& reader, const spool::SpoolFolder& folder, TransferAudit& audit, RetrieveTerms terms);

    /// Finds the instances. Blocks. @return A701 when the index cannot be read or that takes too long, FE00 when the
    /// peer cancelled, nothing when all is well. Errors: the association of the request is over.
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
        bool isClosed = false;           ///< the destination's hours are over
        std::optional<Instance> ahead{}; ///< of picks[next], when it was looked up already
    };

    [[nodiscard]] Result<bool> runRound(Round round, queue::Sender& sender, net::QueryOperation& operation);
    [[nodiscard]] Result<queue::SessionInfo> open(
        queue::Sender& sender, const std::vector<queue::ContextNeed>& needs, net::QueryOperation& operation);
    [[nodiscard]] Result<std::optional<queue::SendOutcome>> hear(
        Round& round, queue::Sender& sender, net::QueryOperation& operation);
    [[nodiscard]] bool isClosed() const;
    [[nodiscard]] Result<bool> mayLeave(qint64 bytes, Round& round, net::QueryOperation& operation);
    [[nodiscard]] Result<bool> failClosed(const QList<store::SpoolPick>& picks, net::QueryOperation& operation);
    [[nodiscard]] Result<bool> stayAlive(net::QueryOperation& operation);
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
    const RetrieveTerms m_terms;
    const SystemClock m_clock;
    Clock::SteadyTime m_toldAt{}; ///< the last pending response, or the begin
    QList<store::SpoolPick> m_picks;
    std::map<qint64, queue::ContextNeed> m_needs; ///< by SpoolPick::contextId
    std::map<qint64, Instance> m_underWay;        ///< by id
    Tally m_tally;
    QStringList m_failedUids; ///< as many as fit the response
    qsizetype m_failedBytes = 0;
    QByteArray m_comment; ///< of the first failure
};

} // namespace radpost::engine
