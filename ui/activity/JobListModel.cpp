#include "ui/activity/JobListModel.h"

#include "ui/common/Backend.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr int kOpenPage = 20;
constexpr int kDayPage = 30;
constexpr int kJobPage = 20;
constexpr auto kPollInterval = 2000ms;
constexpr auto kSampleInterval = 1000ms;

} // namespace

bool JobListModel::Row::isSame(const Row& other) const
{
    return kind == other.kind &&
        (kind == Kind::Job ? facts.entry.job.id == other.facts.entry.job.id : day.day == other.day.day);
}

JobListModel::JobListModel(Backend& backend, QObject* parent)
    : QAbstractListModel(parent)
    , m_backend(backend)
{
    m_poll.setInterval(kPollInterval);
    m_samples.setInterval(kSampleInterval);
    connect(&m_poll, &QTimer::timeout, this, &JobListModel::refresh);
    connect(&m_samples, &QTimer::timeout, this, &JobListModel::sampleRates);
    connect(&backend, &Backend::stateChanged, this, &JobListModel::followState);
    auto& events = backend.events();
    connect(&events, &EngineEvents::progressed, this, &JobListModel::takeProgress);
    connect(&events, &EngineEvents::jobStarted, this, &JobListModel::refresh);
    connect(&events, &EngineEvents::proofMoved, this, &JobListModel::refresh);
    connect(&events, &EngineEvents::jobAtRest, this, [this](const queue::JobProgress& progress) {
        takeProgress(progress);
        refresh();
    });
    connect(&events, &EngineEvents::jobsRemoved, this, &JobListModel::refresh);
    followState();
}

void JobListModel::followState()
{
    if (m_backend.state() == Backend::State::ReadOnly) {
        m_poll.start();
    } else {
        m_poll.stop();
    }
    m_live.clear();
    refresh();
}

void JobListModel::setFilter(const store::JobFilter& filter)
{
    if (filter == m_query.filter) {
        return;
    }
    m_query = {};
    m_query.filter = filter;
    ask();
}

void JobListModel::refresh()
{
    if (m_isAsking) {
        m_mustAskAgain = true;
    } else {
        ask();
    }
}

void JobListModel::setUnfolded(const QDate& day, bool isUnfolded)
{
    m_query.isUnfolded[day] = isUnfolded;
    ask();
}

void JobListModel::showMoreOf(const QDate& day)
{
    auto& limit = m_query.jobsOfDay.try_emplace(day, m_query.jobsOfADay).first->second;
    limit += kJobPage;
    ask();
}

bool JobListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_isAsking && (m_hasMoreOpen || m_hasMoreDays);
}

void JobListModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) {
        return;
    }
    if (m_hasMoreOpen) {
        m_query.openLimit += kOpenPage;
    } else {
        m_query.dayLimit += kDayPage;
    }
    ask();
}

JobListModel::Asked JobListModel::read(engine::Engine& engine, const engine::JobListQuery& query)
{
    auto list = engine.history().jobs(query);
    if (!list) {
        return fail(list.error());
    }
    Answer answer{*std::move(list), {}};
    for (const auto& entry : std::as_const(answer.list.open)) {
        if (auto progress = engine.progress(entry.job.id)) {
            answer.progress.emplace(entry.job.id, *std::move(progress));
        }
    }
    return answer;
}

void JobListModel::ask()
{
    m_query.today = QDate::currentDate();
    QList<JobId> atRest; // what the ledger says of them from now on is newer
    for (const auto& [job, progress] : m_live) {
        if (progress.isAtRest()) {
            atRest.append(job);
        }
    }
    const int number = ++m_asked;
    m_mustAskAgain = false;
    m_isAsking = m_backend.run(
        this, [query = m_query](engine::Engine& engine) { return read(engine, query); },
        [this, number, atRest](Asked answer) {
            if (number == m_asked) {
                m_isAsking = false;
                take(std::move(answer), atRest);
            }
        });
}

void JobListModel::take(Asked answer, const QList<JobId>& atRest)
{
    if (answer) {
        for (const auto job : atRest) {
            if (const auto live = m_live.find(job); live != m_live.end() && live->second.isAtRest()) {
                m_live.erase(live);
            }
        }
        for (auto& [job, progress] : answer->progress) {
            if (!progress.isAtRest()) {
                m_live.try_emplace(job, std::move(progress));
            }
        }
        m_hasMoreOpen = answer->list.hasMoreOpen;
        m_hasMoreDays = answer->list.hasMoreDays;
        m_isLoaded = true;
        become(rowsOf(answer->list));
        Q_EMIT loaded();
    } else {
        Q_EMIT failed(answer.error());
    }
    if (m_mustAskAgain) {
        ask();
    }
}

JobListModel::Row JobListModel::jobRow(const store::JobEntry& entry) const
{
    Row row;
    row.facts.entry = entry;
    if (const auto live = m_live.find(entry.job.id); live != m_live.end()) {
        row.facts.progress = live->second;
    }
    return row;
}

QList<JobListModel::Row> JobListModel::rowsOf(const engine::JobList& list) const
{
    QList<Row> rows;
    for (const auto& entry : list.open) {
        rows.append(jobRow(entry));
    }
    for (const auto& day : list.days) {
        Row head;
        head.kind = Kind::Day;
        head.day = day.day;
        head.shown = day.jobs.size();
        head.isUnfolded = day.isUnfolded;
        rows.append(head);
        for (const auto& entry : day.jobs) {
            rows.append(jobRow(entry));
        }
    }
    return rows;
}

// Row by row, so that what stays keeps its card, its focus and its place.
void JobListModel::become(const QList<Row>& rows)
{
    const auto has = [](const QList<Row>& list, const Row& row, qsizetype from) {
        return std::any_of(list.begin() + from, list.end(), [&row](const Row& other) { return other.isSame(row); });
    };
    for (int at = static_cast<int>(m_rows.size()) - 1; at >= 0; --at) {
        if (!has(rows, m_rows[at], 0)) {
            beginRemoveRows({}, at, at);
            m_rows.removeAt(at);
            endRemoveRows();
        }
    }
    for (int at = 0; at < rows.size(); ++at) {
        if (at < m_rows.size() && m_rows[at].isSame(rows[at])) {
            if (m_rows[at] != rows[at]) { // hundreds of cards that make their texts anew hold up the window
                m_rows[at] = rows[at];
                tellChanged(at);
            }
            continue;
        }
        if (has(m_rows, rows[at], at)) { // it stands further down: the list is put in order from the top
            const auto old = std::find_if(
                m_rows.begin() + at, m_rows.end(), [&](const Row& other) { return other.isSame(rows[at]); });
            const int from = static_cast<int>(old - m_rows.begin());
            beginRemoveRows({}, from, from);
            m_rows.removeAt(from);
            endRemoveRows();
        }
        beginInsertRows({}, at, at);
        m_rows.insert(at, rows[at]);
        endInsertRows();
    }
}

void JobListModel::takeProgress(const queue::JobProgress& progress)
{
    m_live.insert_or_assign(progress.job, progress);
    if (!progress.isAtRest() && !m_samples.isActive()) {
        m_samples.start();
    }
    if (const auto at = indexOf(progress.job); at.isValid()) {
        m_rows[at.row()].facts.progress = progress;
        tellChanged(at.row());
    } else if (m_query.filter.isEmpty() && !progress.isAtRest()) {
        refresh();
    }
}

void JobListModel::sampleRates()
{
    bool isAnyRunning = false;
    for (const auto& [job, progress] : m_live) {
        if (progress.isAtRest()) {
            m_rates.erase(job);
            continue;
        }
        isAnyRunning = true;
        m_rates[job].add({progress.bytesPerSecond, progress.instancesPerSecond});
        if (const auto at = indexOf(job); at.isValid()) {
            tellChanged(at.row());
        }
    }
    if (!isAnyRunning) {
        m_samples.stop();
    }
}

QModelIndex JobListModel::indexOf(JobId job) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].kind == Kind::Job && m_rows[row].facts.entry.job.id == job) {
            return index(row);
        }
    }
    return {};
}

const RateHistory& JobListModel::rates(JobId job) const
{
    static const RateHistory kNone;
    const auto found = m_rates.find(job);
    return found == m_rates.end() ? kNone : found->second;
}

int JobListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant JobListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto& row = m_rows[index.row()];
    switch (role) {
    case KindRole:
        return static_cast<int>(row.kind);
    case FactsRole:
        return row.kind == Kind::Job ? QVariant::fromValue(row.facts) : QVariant();
    case DayRole:
        return row.kind == Kind::Day ? QVariant(row.day.day) : QVariant();
    case DayCountRole:
        return row.day.jobs;
    case DayShownRole:
        return row.shown;
    case UnfoldedRole:
        return row.isUnfolded;
    default:
        return {};
    }
}

} // namespace radpost::ui
