#pragma once

#include "core/base/Result.h"
#include "core/store/HistoryTypes.h"

#include <QList>
#include <QStringList>

namespace radpost::store {

class Database;
class Statement;

/// Read-only questions of a list of jobs and of what unfolds below one: every answer is bounded by a limit, or by what
/// a person can look at. One thread: the one of its connection.
class HistoryRepository final
{
public:
    explicit HistoryRepository(Database& database);

    /// Jobs that are not at their end or need a person, newest first.
    [[nodiscard]] Result<QList<JobEntry>> open(const JobFilter& filter, int limit);
    /// The days on which the other jobs ended, newest first.
    [[nodiscard]] Result<QList<DayEntry>> days(const JobFilter& filter, int limit);
    /// Those that ended in [@p from, @p to), newest first.
    [[nodiscard]] Result<QList<JobEntry>> ended(const JobFilter& filter, WallTime from, WallTime to, int limit);
    /// Errors: JobNotFound.
    [[nodiscard]] Result<JobEntry> entry(JobId job);
    [[nodiscard]] Result<qint64> countNeedingPerson();
    /// Jobs that are Active, Paused or Stopped, newest first, with their counts.
    [[nodiscard]] Result<QList<JobEntry>> unfinished();
    /// Of every destination that a job went to.
    [[nodiscard]] Result<QStringList> destinationNames();

    /// Ordered as they entered.
    [[nodiscard]] Result<QList<SeriesEntry>> series(JobId job);
    /// Largest group first.
    [[nodiscard]] Result<QList<FailureGroup>> failures(JobId job);

private:
    [[nodiscard]] Result<QList<JobEntry>> readJobs(Statement& rows);
    [[nodiscard]] Result<> complete(JobEntry& entry);

    Database& m_database;
};

} // namespace radpost::store
