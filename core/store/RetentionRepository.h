#pragma once

#include "core/base/Result.h"
#include "core/store/LedgerTypes.h"

#include <QList>

#include <optional>

namespace radpost::store {

class Database;

/// What is older than its owner wants to keep, and how it leaves the ledger. For closures that run on the writer thread
/// (LedgerWriter::run): each call is one small step of its own transaction.
///
/// A job leaves at once, with all that lists show of it; its deliveries follow in steps. A process that dies in between
/// leaves deliveries without a job, which nobody sees: leftovers() finds them.
class RetentionRepository final
{
public:
    explicit RetentionRepository(Database& database);

    /// The job that came to its end first, if it did so before @p before and needs nobody: it is finished or cancelled,
    /// nothing of it is still to be sent or to be proved, and its failures, if any, are settled. Never the newest job
    /// of the ledger, so that no number is given to two jobs.
    [[nodiscard]] Result<std::optional<JobId>> expired(WallTime before);

    /// Takes @p job out, if it is still as expired() wants it. @return whether it was.
    [[nodiscard]] Result<bool> removeJob(JobId job, WallTime before);

    /// Jobs that are gone and have left deliveries behind.
    [[nodiscard]] Result<QList<JobId>> leftovers();

    /// Removes at most @p limit deliveries of a job that is gone, and what only they needed: attempts, instances,
    /// series with what they say of patients, folders. @return how many.
    [[nodiscard]] Result<qint64> removeDeliveries(JobId job, int limit);

    /// Removes at most @p limit associations that ended before @p before and carried nothing that is kept.
    /// @return how many.
    [[nodiscard]] Result<qint64> removeAssociations(WallTime before, int limit);

private:
    struct Range
    {
        qint64 first = 0;
        qint64 last = 0;
        qint64 count = 0;
    };
    [[nodiscard]] Result<Range> range(const QString& sql, qint64 from, qint64 until, int limit);
    [[nodiscard]] Result<QList<qint64>> numbers(const QString& sql, qint64 from, qint64 until);
    [[nodiscard]] Result<> removeInstances(qint64 first, qint64 last);

    Database& m_database;
};

} // namespace radpost::store
