#include "core/queue/Lane.h"

#include <algorithm>
#include <iterator>

namespace radpost::queue {

namespace {

constexpr int kTakesPerTurn = 32; // jobs of equal priority take turns
constexpr auto kForever = std::chrono::hours(24);
// So long a session is kept that only waits for its turn under a limit of the rate; peers hang up after 30 s or more.
constexpr auto kLimitedIdle = std::chrono::seconds(15);

} // namespace

bool Lane::gateIsOpen(SteadyTime now) const
{
    return !m_isStopping && !m_ledgerFailure && !m_isDestinationPaused && !m_closedUntil && now >= m_holdUntil &&
        m_breaker.allows(now);
}

/// After trouble one instance goes ahead of the others.
bool Lane::isFeelingItsWay() const
{
    return m_breaker.failures() > 0 || m_holds > 0;
}

LaneTask Lane::awaitTask(Worker& worker)
{
    Lock lock(m_mutex);
    worker.lane.since = m_clock.steadyNow();
    auto idleSince = worker.lane.since;
    for (;;) {
        const auto now = m_clock.steadyNow();
        if (m_isStopping || worker.lane.retire) {
            return {LaneTask::Kind::End, {}, {}};
        }
        if (worker.lane.open) {
            if (auto item = takeLocked(worker)) {
                return {LaneTask::Kind::Send, std::move(item), {}};
            }
        }
        if (gateIsOpen(now) && wantsSession(worker)) {
            worker.lane.opening = true;
            worker.lane.since = now;
            return {LaneTask::Kind::Open, {}, needsForSession()};
        }
        const bool isLimited = m_bucket.isEmpty(now) && readyCount() > 0;
        if (isLimited && now - worker.lane.since < kLimitedIdle) {
            idleSince = now;
        }
        const SteadyTime idleEnd = idleSince + m_policy.idleClose;
        if (worker.lane.open && (!hasWorkLeft() || now >= idleEnd)) {
            return {LaneTask::Kind::Close, {}, {}};
        }
        SteadyTime until = worker.lane.open ? idleEnd : now + kForever;
        if (isLimited) {
            until = std::min(until, m_bucket.readyAt());
        }
        m_clock.waitUntil(m_wakeWorkers, lock, until);
    }
}

std::optional<QueuedItem> Lane::tryTake(Worker& worker)
{
    const std::lock_guard lock(m_mutex);
    return takeLocked(worker);
}

/// Much may have changed while it waited for the wire.
void Lane::reviewTaken(Worker& worker, std::optional<QueuedItem>& taken)
{
    auto& feed = *find(taken->job);
    if (feed.isActive() && !worker.lane.retire && gateIsOpen(m_clock.steadyNow())) {
        return;
    }
    --m_inFlight;
    --worker.lane.inFlight;
    --feed.sending;
    m_bucket.giveBack(taken->send.dataSetLength);
    giveBack(*std::exchange(taken, std::nullopt), false);
    wakeEverybody();
}

std::optional<QueuedItem> Lane::takeLocked(Worker& worker)
{
    const auto now = m_clock.steadyNow();
    if (worker.lane.retire || !gateIsOpen(now)) {
        return std::nullopt;
    }
    if (m_narrowing.isOn()) {
        return std::nullopt;
    }
    if (m_trial.isOn()) {
        return takeSuspect(worker);
    }
    if ((isFeelingItsWay() && m_inFlight > 0) || m_bucket.isEmpty(now)) {
        return std::nullopt;
    }
    for (auto* feed : activeFeeds()) {
        if (auto item = takeFrom(*feed, worker)) {
            return item;
        }
        if (m_trial.isOn()) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

/// What died with a session waits for one that opened later: the others may be dead already without knowing it.
bool Lane::mayCarry(Worker& worker, const QueuedItem& item)
{
    return worker.lane.serial > item.diedBefore && worker.carries(item.send.need);
}

std::optional<QueuedItem> Lane::takeFrom(JobFeed& feed, Worker& worker)
{
    for (std::size_t i = 0; i < feed.ready.size(); ++i) {
        if (!mayCarry(worker, feed.ready[i])) {
            continue;
        }
        auto item = std::move(feed.ready[i]);
        feed.ready.erase(feed.ready.begin() + std::ptrdiff_t(i));
        if (countDeath(item)) {
            m_trial.suspects.push_back(std::move(item));
            m_wakeWorkers.notify_all();
            return takeSuspect(worker);
        }
        return handOut(feed, worker, std::move(item));
    }
    return std::nullopt;
}

QueuedItem Lane::handOut(JobFeed& feed, Worker& worker, QueuedItem&& item)
{
    item.takenAt = m_clock.steadyNow();
    m_bucket.take(item.send.dataSetLength);
    ++m_inFlight;
    ++feed.sending;
    ++worker.lane.inFlight;
    if (++feed.taken >= kTakesPerTurn) {
        feed.taken = 0;
        feed.turn = ++m_lastTurn;
        m_feedsAreUnsorted = m_active.size() > 1;
    }
    if (!feed.started) {
        feed.started = true;
        emitEvent([job = feed.row.id](DispatchEvents& events) { events.onJobStarted(job); });
    }
    if (needsIntake(feed) && !m_needsReview) {
        m_needsReview = true;
        m_wakeLane.notify_one();
    }
    return std::move(item);
}

/// Those that may be sent: high priority first, equals by turn.
const std::vector<JobFeed*>& Lane::activeFeeds()
{
    sortFeeds();
    return m_active;
}

const std::vector<JobFeed*>& Lane::liveFeeds()
{
    sortFeeds();
    return m_live;
}

void Lane::sortFeeds()
{
    if (!m_feedsAreUnsorted) {
        return;
    }
    m_feedsAreUnsorted = false;
    m_live.clear();
    m_active.clear();
    for (const auto& [id, feed] : m_feeds) {
        if (feed->loaded && !feed->atRest) {
            m_live.push_back(feed.get());
        }
    }
    std::copy_if(m_live.begin(), m_live.end(), std::back_inserter(m_active),
        [](const JobFeed* feed) { return feed->isActive(); });
    std::sort(m_active.begin(), m_active.end(), [](const JobFeed* a, const JobFeed* b) {
        if (a->row.priority != b->row.priority) {
            return a->row.priority > b->row.priority;
        }
        return a->turn != b->turn ? a->turn < b->turn : a->row.id < b->row.id;
    });
}

/// Whether @p worker should open a session, or a new one because its own carries nothing of what is there.
bool Lane::wantsSession(Worker& worker)
{
    const auto opening =
        std::count_if(m_workers.begin(), m_workers.end(), [](const auto& other) { return other->lane.opening; });
    const bool others = worker.lane.open ? m_open > 1 : m_open > 0;
    if (m_narrowing.isOn()) {
        return (readyCount() > 0 || m_trial.isOn()) && m_inFlight == 0 && !others && opening == 0;
    }
    if (m_trial.isOn()) {
        return opening == 0 && wantsSessionForTrial(worker);
    }
    if (readyCount() == 0 || m_bucket.isEmpty(m_clock.steadyNow())) {
        return false;
    }
    if (isFeelingItsWay()) {
        return m_inFlight == 0 && !others && opening == 0;
    }
    return readyCount() > opening;
}

bool Lane::isAnyOpening() const
{
    return std::any_of(m_workers.begin(), m_workers.end(), [](const auto& worker) { return worker->lane.opening; });
}

qint64 Lane::readyCount()
{
    qint64 count = 0;
    for (const auto* feed : activeFeeds()) {
        count += qint64(feed->ready.size());
    }
    return count;
}

/// What comes next goes first, so that a session can carry it; then all else that its jobs are known to hold.
QList<ContextNeed> Lane::needsForSession()
{
    if (m_narrowing.isOn()) {
        return m_narrowing.tries.front().needs;
    }
    QList<ContextNeed> needs;
    const auto add = [&](const ContextNeed& need) {
        if (needs.size() < m_policy.maxNeeds && !needs.contains(need) && !refusalOf(need)) {
            needs.append(need);
        }
    };
    for (const auto& suspect : m_trial.suspects) {
        add(suspect.send.need);
    }
    if (m_trial.accused) {
        add(m_trial.accused->send.need);
    }
    for (const auto* feed : activeFeeds()) {
        for (const auto& item : feed->ready) {
            add(item.send.need);
        }
    }
    for (const auto* feed : activeFeeds()) {
        for (const auto& need : feed->needs) {
            add(need);
        }
    }
    return needs;
}

/// Whether a session that is idle now may still be wanted.
bool Lane::hasWorkLeft()
{
    const auto& feeds = activeFeeds();
    return m_trial.isOn() || !m_trial.setAside.empty() ||
        std::any_of(feeds.begin(), feeds.end(),
            [](const JobFeed* feed) { return feed->mayHoldMore() || feed->row.growth == store::JobGrowth::Growing; });
}

} // namespace radpost::queue
