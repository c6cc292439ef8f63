#include "core/engine/History.h"

#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QDateTime>

namespace radpost::engine {

namespace {

store::WallTime startOf(const QDate& day)
{
    return store::WallTime(std::chrono::milliseconds(day.startOfDay().toMSecsSinceEpoch()));
}

template <typename Value>
bool cut(QList<Value>& list, qsizetype limit)
{
    const bool isLonger = list.size() > limit;
    if (isLonger) {
        list.resize(limit);
    }
    return isLonger;
}

template <typename Ask>
auto withReader(const store::Ledger& ledger, Ask ask) -> decltype(ask(std::declval<store::LedgerReader&>()))
{
    const auto reader = ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    return ask(**reader);
}

bool isUnfolded(const JobListQuery& query, const QDate& day, qsizetype shown)
{
    if (const auto wish = query.isUnfolded.find(day); wish != query.isUnfolded.end()) {
        return wish->second;
    }
    return (day == query.today || !query.filter.isEmpty()) && shown < History::kMostUnasked;
}

} // namespace

History::History(const store::Ledger& ledger)
    : m_ledger(ledger)
{
}

Result<JobList> History::jobs(const JobListQuery& query) const
{
    return withReader(m_ledger, [&query](store::LedgerReader& reader) -> Result<JobList> {
        auto open = reader.history().open(query.filter, query.openLimit + 1);
        auto days = open ? reader.history().days(query.filter, query.dayLimit + 1) : fail(open.error());
        if (!days) {
            return fail(days.error());
        }
        JobList list;
        list.open = *std::move(open);
        list.hasMoreOpen = cut(list.open, query.openLimit);
        list.hasMoreDays = cut(*days, query.dayLimit);
        qsizetype shown = list.open.size();
        for (const auto& entry : *days) {
            JobListDay day{entry, isUnfolded(query, entry.day, shown), {}};
            if (auto read = readDay(reader, query, day); !read) {
                return fail(read.error());
            }
            shown += day.jobs.size();
            list.days.append(std::move(day));
        }
        return list;
    });
}

Result<> History::readDay(store::LedgerReader& reader, const JobListQuery& query, JobListDay& day)
{
    if (!day.isUnfolded) {
        return {};
    }
    const auto wish = query.jobsOfDay.find(day.day.day);
    const int limit = wish == query.jobsOfDay.end() ? query.jobsOfADay : wish->second;
    auto jobs = reader.history().ended(query.filter, startOf(day.day.day), startOf(day.day.day.addDays(1)), limit);
    if (!jobs) {
        return fail(jobs.error());
    }
    day.jobs = *std::move(jobs);
    return {};
}

Result<store::JobEntry> History::job(JobId job) const
{
    return withReader(m_ledger, [job](store::LedgerReader& reader) { return reader.history().entry(job); });
}

Result<JobStandings> History::standings() const
{
    return withReader(m_ledger, [](store::LedgerReader& reader) -> Result<JobStandings> {
        auto unfinished = reader.history().unfinished();
        const auto count = unfinished ? reader.history().countNeedingPerson() : fail(unfinished.error());
        if (!count) {
            return fail(count.error());
        }
        return JobStandings{*std::move(unfinished), *count};
    });
}

Result<QStringList> History::destinationNames() const
{
    return withReader(m_ledger, [](store::LedgerReader& reader) { return reader.history().destinationNames(); });
}

Result<QList<store::SeriesEntry>> History::series(JobId job) const
{
    return withReader(m_ledger, [job](store::LedgerReader& reader) { return reader.history().series(job); });
}

Result<QList<store::DeliveryRow>> History::instances(const store::InstanceQuery& query) const
{
    return withReader(m_ledger, [&query](store::LedgerReader& reader) { return reader.report().page(query); });
}

Result<QList<store::FailureGroup>> History::failures(JobId job) const
{
    return withReader(m_ledger, [job](store::LedgerReader& reader) { return reader.history().failures(job); });
}

} // namespace radpost::engine
