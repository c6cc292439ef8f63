#pragma once

#include "core/base/Result.h"
#include "core/store/HistoryTypes.h"
#include "core/store/ReportRepository.h"

#include <QStringList>

#include <memory>

namespace radpost::store {
class Ledger;
class LedgerReader;
} // namespace radpost::store

namespace radpost::engine {

/// How much of a list of jobs is wanted, and which days are unfolded.
struct JobListQuery
{
    store::JobFilter filter;
    int openLimit = 20;
    int dayLimit = 30;
    int jobsOfADay = 20;
    std::map<QDate, int> jobsOfDay;   ///< where somebody asked for more
    std::map<QDate, bool> isUnfolded; ///< as a person left it; otherwise today is, and all that a filter found
    QDate today;
    friend bool operator==(const JobListQuery&, const JobListQuery&) = default;
};

struct JobListDay
{
    store::DayEntry day;
    bool isUnfolded = false;
    QList<store::JobEntry> jobs; ///< of an unfolded day, newest first; fewer than day.jobs when there are more
};

struct JobList
{
    QList<store::JobEntry> open; ///< not at their end, or needing a person; newest first
    bool hasMoreOpen = false;
    QList<JobListDay> days;
    bool hasMoreDays = false;
};

/// What the whole ledger comes to, for the foot of a window.
struct JobStandings
{
    QList<store::JobEntry> unfinished; ///< Active, Paused or Stopped
    qint64 needingPerson = 0;
};

/// The jobs of a ledger as lists and trees show them, in bounded pages. Any thread; every call blocks on the ledger.
/// Errors: LedgerFailed, LedgerCorrupt, JobNotFound.
class History final
{
public:
    /// @p ledger outlives this.
    explicit History(const store::Ledger& ledger);

    /// No more jobs are unfolded unasked than a person would look at.
    static constexpr qsizetype kMostUnasked = 60;

    [[nodiscard]] Result<JobList> jobs(const JobListQuery& query) const;
    [[nodiscard]] Result<store::JobEntry> job(JobId job) const;
    [[nodiscard]] Result<JobStandings> standings() const;
    [[nodiscard]] Result<QStringList> destinationNames() const;
    [[nodiscard]] Result<QList<store::SeriesEntry>> series(JobId job) const;
    [[nodiscard]] Result<QList<store::DeliveryRow>> instances(const store::InstanceQuery& query) const;
    [[nodiscard]] Result<QList<store::FailureGroup>> failures(JobId job) const;

private:
    [[nodiscard]] static Result<> readDay(store::LedgerReader& reader, const JobListQuery& query, JobListDay& day);

    const store::Ledger& m_ledger;
};

} // namespace radpost::engine
