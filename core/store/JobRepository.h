#pragma once

#include "core/base/Result.h"
#include "core/store/LedgerTypes.h"

#include <QList>

#include <optional>

namespace radpost::store {

class Database;

/// The jobs and destinations of a ledger. One thread: the one of its connection. The writing half is for closures that
/// run on the writer thread (LedgerWriter::run).
class JobRepository final
{
public:
    explicit JobRepository(Database& database);

    /// Newest first. @p state filters.
    [[nodiscard]] Result<QList<JobRow>> list(std::optional<JobState> state = {}, int limit = -1);
    /// Errors: JobNotFound.
    [[nodiscard]] Result<JobRow> find(JobId job);
    /// How the job stands, by what is committed. Finished jobs are answered from their stored totals.
    [[nodiscard]] Result<StateCounts> counts(JobId job);

    /// A destination that is paused under another spelling of its name is so for this job too; see isSameDestination().
    [[nodiscard]] Result<> insert(JobId id, const NewJob& job, WallTime now);
    /// Sets or clears the reason of a stop, and finishedAt when the state is final.
    [[nodiscard]] Result<> setState(JobId job, JobState state, WallTime now, const std::optional<Error>& reason = {});
    [[nodiscard]] Result<> setGrowth(JobId job, JobGrowth growth);
    [[nodiscard]] Result<> setPriority(JobId job, int priority);
    /// Whether a person has seen to the failures; a job that becomes Active is not settled.
    [[nodiscard]] Result<> setSettled(JobId job, bool isSettled);
    [[nodiscard]] Result<> setContract(JobId job, const QString& contract);
    /// However the name is spelled; see isSameDestination().
    [[nodiscard]] Result<> setDestinationPaused(const QString& name, bool paused);
    [[nodiscard]] Result<QStringList> pausedDestinations();
    /// Stores the totals of a job that came to its end, so that lists need not count again.
    [[nodiscard]] Result<> freezeCounts(JobId job);
    [[nodiscard]] Result<> thawCounts(JobId job);
    /// Growing jobs of a process that is gone.
    [[nodiscard]] Result<> markInterrupted();

private:
    struct Destination
    {
        qint64 id = 0;
        QString name;
        bool paused = false;
    };
    [[nodiscard]] Result<QList<Destination>> destinationsLike(const QString& name);
    [[nodiscard]] Result<> insertDestination(const QString& name, bool paused);

    Database& m_database;
};

} // namespace radpost::store
