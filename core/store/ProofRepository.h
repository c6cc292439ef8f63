#pragma once

#include "core/base/Result.h"
#include "core/store/ProofTypes.h"

#include <functional>
#include <span>

namespace radpost::store {

class Database;
class Statement;
struct DeliveryRow;

/// Evidence of deliveries: what is to be asked, what was asked, what was said. One thread: the one of its connection.
class ProofRepository final
{
public:
    explicit ProofRepository(Database& database);

    /// Of the stored deliveries of @p job. Looks at each of them.
    [[nodiscard]] Result<ProofCounts> counts(JobId job);
    /// Stored deliveries of @p job that nobody was asked about, or that are to be asked about again at @p now, at most
    /// @p limit, in order of entry. What would be due after @p latest only is due, too: the clock was set back; and
    /// what is Asked with nobody left who could answer.
    [[nodiscard]] Result<QList<UnprovedDelivery>> due(JobId job, WallTime now, WallTime latest, int limit);
    /// When the next of @p job is to be asked about again, or a report is due; none: nothing more happens by itself.
    [[nodiscard]] Result<std::optional<WallTime>> nextDue(JobId job);
    /// Nothing of @p job is on its way to an answer any more.
    [[nodiscard]] Result<bool> isSettled(JobId job);
    /// Jobs that want evidence and are not settled, oldest first. Looks at the deliveries of such jobs.
    [[nodiscard]] Result<QList<JobId>> unsettled();

    /// Errors: InvalidArgument when there is none.
    [[nodiscard]] Result<CommitmentRow> commitment(const QByteArray& transactionUid);
    [[nodiscard]] Result<QList<UnprovedDelivery>> deliveriesOf(qint64 commitment);
    /// Open ones of @p job, oldest first.
    [[nodiscard]] Result<QList<CommitmentRow>> openCommitments(JobId job);

    /// All below: for the writer thread.
    /// The deliveries are Asked, one round more. What is not stored any more, or Proved, is left alone: it was sent
    /// again or answered meanwhile. @return the others.
    [[nodiscard]] Result<QList<UnprovedDelivery>> setAsked(const QList<UnprovedDelivery>& deliveries);
    /// With deliveries, which become Asked; see setAsked(). @return those; none: there is no row either.
    [[nodiscard]] Result<QList<UnprovedDelivery>> insertCommitment(
        const CommitmentRow& row, const QList<UnprovedDelivery>& deliveries);
    [[nodiscard]] Result<> setCommitmentState(
        qint64 id, CommitmentState state, WallTime now, const std::optional<Error>& error = {});
    /// Leaves alone what is not stored any more, and lets nothing but a Proved answer change what is Proved.
    [[nodiscard]] Result<> answer(std::span<const ProofAnswer> answers, WallTime now);

private:
    [[nodiscard]] Result<> setProof(const ProofAnswer& answer, WallTime now);

    Database& m_database;
};

} // namespace radpost::store
