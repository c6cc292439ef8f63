#include "core/queue/Lane.h"

#include "core/base/thread.h"
#include "core/observe/Log.h"
#include "core/queue/hours.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"
#include "core/store/threadname.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::queue {

using store::JobState;

namespace {

constexpr auto kBusyTick = 50ms;  // growth is decided and progress shown in this rhythm while something moves
constexpr auto kTroubleTick = 1s; // when the ledger does not answer, or the system gives no thread
constexpr auto kIdleTick = 24h;
constexpr auto kWallClockTick = 1min; // how long a changed wall clock may go unnoticed

qint64 ended(const store::StateCounts& counts)
{
    return counts.total() - counts.unfinished();
}

} // namespace

Lane::Lane(LaneParams params)
    : m_ledger(params.ledger)
    , m_events(params.events)
    , m_clock(params.clock)
    , m_onRest(std::move(params.onRest))
    , m_policy(std::move(params.setup.policy))
    , m_senders(std::move(params.setup.senders))
    , m_retryBackoff(m_policy.retry.firstDelay, m_policy.retry.maxDelay, m_policy.retry.jitter)
    , m_standingRefusals(std::max(m_policy.retry.maxAttempts, m_retryBackoff.failuresWithin(m_policy.retry.patience)))
    , m_breaker(m_policy.breaker, m_policy.retry.jitter)
    , m_bucket(m_policy.bytesPerSecond, m_clock.steadyNow())
    , m_scaler(m_policy.associations, m_policy.maxAssociations)
{
}

Lane::~Lane()
{
    requestStop();
    cutWorkers();
    end();
}

Result<> Lane::start()
{
    return startThread([this] { main(); }).map([this](std::thread&& thread) { m_thread = std::move(thread); });
}

void Lane::add(JobId job, bool isStanding)
{
    const std::lock_guard lock(m_mutex);
    std::erase(m_forgotten, job);
    auto& feed = m_feeds[job];
    if (!feed) {
        feed = std::make_unique<JobFeed>();
        feed->row.id = job;
    }
    feed->isStanding = isStanding;
}

void Lane::forget(JobId job)
{
    const std::lock_guard lock(m_mutex);
    m_forgotten.push_back(job);
    m_needsReview = true;
    m_wakeLane.notify_one();
}

void Lane::tryNow()
{
    const std::lock_guard lock(m_mutex);
    m_breaker.tryNow(m_clock.steadyNow());
    m_holdUntil = {};
    wakeEverybody();
}

void Lane::dropForgotten()
{
    for (const auto job : m_forgotten) {
        const auto* feed = find(job);
        if (feed != nullptr && feed->atRest && feed->checkedOut == 0 && feed->sending == 0 && !feed->stopUnsaved) {
            m_feeds.erase(job);
            m_feedsAreUnsorted = true;
        }
    }
    m_forgotten.clear();
}

JobFeed* Lane::find(JobId job)
{
    const auto found = m_feeds.find(job);
    return found == m_feeds.end() ? nullptr : found->second.get();
}

void Lane::refresh(const store::JobRow& row, const store::StateCounts& counts)
{
    const std::lock_guard lock(m_mutex);
    auto* feed = find(row.id);
    if (feed == nullptr) {
        return;
    }
    const bool wasLoaded = feed->loaded;
    const bool isRetried = wasLoaded && ended(counts) < ended(feed->counts);
    const auto before = feed->row;
    feed->row = row;
    if (feed->stopUnsaved && row.state == JobState::Active) {
        feed->row.state = JobState::Stopped;
        feed->row.stopReason = before.stopReason;
    }
    feed->counts = counts;
    feed->loaded = true;
    feed->dueUnknown = true;
    ++feed->refreshes;
    m_isDestinationPaused = row.destinationPaused;
    if (!wasLoaded) {
        m_refused.clear(); // each job asks once
    }
    if (wasLoaded && before.state == JobState::Active && !feed->isActive()) {
        dropReady(*feed);
    } else if (wasLoaded && before.state != JobState::Active && feed->isActive()) {
        reactivate(*feed);
    } else if (isRetried &&
        feed->isActive()) { // what failed lies behind the cursor, and a job that grows has no end yet
        feed->atRest = false;
        feed->rescan = true;
    }
    m_feedsAreUnsorted = true;
    wakeEverybody();
}

/// Somebody wants it tried again, so what went wrong before is no reason to wait.
void Lane::reactivate(JobFeed& feed)
{
    feed.atRest = false;
    feed.rescan = true;
    feed.lastError.reset();
    m_refused.clear();
    m_breaker.reset();
    m_holdUntil = {};
    m_holds = 0;
    m_refusalsInARow = 0;
    m_barrenDeaths = 0;
    endNarrowing();
}

void Lane::onInstancesCommitted(JobId job, qint64 count, qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    auto* feed = find(job);
    if (feed == nullptr) {
        return;
    }
    const bool isCancelled = feed->row.state == JobState::Cancelled;
    feed->counts.add(isCancelled ? store::DeliveryState::Cancelled : store::DeliveryState::Pending, count, bytes);
    ++feed->commits;
    feed->exhausted = false;
    if (needsIntake(*feed) || isCancelled) {
        m_needsReview = true;
        m_wakeLane.notify_one();
    }
}

void Lane::onAttemptsCommitted(JobId job, std::span<const store::AttemptRecord> attempts)
{
    using store::DeliveryState;
    const std::lock_guard lock(m_mutex);
    auto* feed = find(job);
    if (feed == nullptr) {
        return;
    }
    store::StateCounts outcomes;
    for (const auto& attempt : attempts) {
        const auto waiting = (attempt.tag & TagWasWaiting) != 0 ? DeliveryState::Waiting : DeliveryState::Pending;
        const auto before = feed->row.state == JobState::Cancelled ? DeliveryState::Cancelled : waiting;
        feed->counts.add(before, -1, -attempt.dataSetLength);
        feed->counts.add(attempt.newState, 1, attempt.dataSetLength);
        outcomes.add(attempt.newState, 1, attempt.dataSetLength);
        feed->dueUnknown = feed->dueUnknown || attempt.newState == DeliveryState::Waiting;
        if ((attempt.tag & TagReleased) != 0) {
            --feed->checkedOut;
            feed->releases += feed->reclaimed.remove(attempt.delivery.value) ? 1 : 0;
        }
        if (attempt.newState != DeliveryState::Stored) {
            tellDelivery(*feed, attempt);
        }
    }
    // Told with what comes next: a lane that is woken by each commit would do nothing else.
    m_toTell.emplace_back(
        [outcomes, name = m_policy.name](DispatchEvents& events) { events.onOutcomesCommitted(name, outcomes); });
    if (feed->checkedOut == 0 || feed->dueUnknown) {
        m_needsReview = true;
        m_wakeLane.notify_one();
    }
}

void Lane::tellDelivery(const JobFeed& feed, const store::AttemptRecord& attempt)
{
    DeliveryEvent event;
    event.job = feed.row.id;
    event.delivery = attempt.delivery;
    if (const auto node = m_pendingEvents.extract({attempt.delivery, attempt.number})) {
        event.sopInstanceUid = node.mapped().sopInstanceUid;
        event.path = node.mapped().path;
    }
    event.state = attempt.newState;
    event.tries = attempt.number;
    event.dimseStatus = attempt.dimseStatus;
    event.errorCode = attempt.errorCode;
    event.detail = attempt.detail;
    event.errorComment = attempt.errorComment;
    event.offendingElement = attempt.offendingElement;
    event.retryAt = attempt.retryAt;
    emitEvent([event](DispatchEvents& events) { events.onDelivery(event); });
}

void Lane::setLedgerFailure(const std::optional<Error>& error)
{
    const std::lock_guard lock(m_mutex);
    m_ledgerFailure = error;
    wakeEverybody();
}

bool Lane::isQuiet(JobId job) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_feeds.find(job);
    if (found == m_feeds.end() || found->second->atRest) {
        return true;
    }
    const auto& feed = *found->second;
    return feed.loaded && m_isDestinationPaused && feed.sending == 0 && feed.row.growth != store::JobGrowth::Growing;
}

void Lane::requestStop()
{
    const std::lock_guard lock(m_mutex);
    m_isStopping = true;
    m_cancelProbe.cancel();
    for (const auto& worker : m_workers) {
        if (worker->lane.opening) {
            worker->cancel();
        }
    }
    wakeEverybody();
}

void Lane::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
        wakeEverybody();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
    m_workers.clear();
}

void Lane::wakeEverybody()
{
    m_needsReview = true;
    m_wakeLane.notify_one();
    m_wakeWorkers.notify_all();
}

void Lane::main()
{
    store::nameThisThread("send-lane");
    Lock lock(m_mutex);
    while (!m_isEnding) {
        const auto wake = manage(lock);
        if (!m_needsReview && !m_isEnding) {
            m_clock.waitUntil(m_wakeLane, lock, wake);
        }
    }
    collectProgress(m_clock.steadyNow());
    tellEvents(lock);
    m_reader.reset();
}

/// One look at everything. @return when to look again at the latest.
Lane::SteadyTime Lane::manage(Lock& lock)
{
    m_needsReview = false;
    dropForgotten();
    reviewHours();
    giveUpIfDue();
    saveStops(lock);
    probeIfDue(lock);
    noticeOpenedGate();
    intake(lock);
    recallSetAside();
    manageWorkers(lock);
    settle(lock);
    collectProgress(m_clock.steadyNow());
    tellEvents(lock);
    return nextWake();
}

void Lane::reviewHours()
{
    m_closedUntil = closedUntil(m_policy.hours, m_clock.now());
    m_openUntil = openUntil(m_policy.hours, m_clock.now());
}

/// Nobody else tells the workers that a time has come.
void Lane::noticeOpenedGate()
{
    const bool isOpen = gateIsOpen(m_clock.steadyNow());
    if (isOpen && !m_gateWasOpen) {
        m_wakeWorkers.notify_all();
    }
    m_gateWasOpen = isOpen;
}

/// Out of reach for longer than anybody wants to wait: a person has to look.
void Lane::giveUpIfDue()
{
    const auto end = m_breaker.givesUpAt();
    if (!end || m_clock.steadyNow() < *end) {
        return;
    }
    const auto feeds = activeFeeds(); // a copy: stopping changes the list
    for (auto* feed : feeds) {
        stopJob(*feed, feed->lastError.value_or(makeError(ErrorCode::ConnectTimeout)));
    }
    m_breaker.reset();
}

void Lane::probeIfDue(Lock& lock)
{
    if (m_isStopping || !m_breaker.wantsProbe(m_clock.steadyNow()) || m_closedUntil || m_isDestinationPaused ||
        m_open > 0 || !hasWorkLeft()) {
        return;
    }
    lock.unlock();
    const auto answer = m_senders->probe(m_cancelProbe.token());
    lock.lock();
    if (answer) {
        m_breaker.onProbeAnswered();
        m_wakeWorkers.notify_all();
    } else if (answer.error().retry == Retry::AfterOperator) {
        stopAllJobs(answer.error());
    } else if (!m_isStopping) {
        noteUnreachable(answer.error());
    }
}

void Lane::saveStops(Lock& lock)
{
    const auto feeds = liveFeeds(); // a copy: the lock is let go in between
    for (auto* feed : feeds) {
        if (!feed->stopUnsaved) {
            continue;
        }
        const auto job = feed->row.id;
        const auto reason = feed->row.stopReason;
        lock.unlock();
        const auto saved = m_ledger.writer().run([&](store::WriteSession& session) {
            return session.jobs.find(job).and_then([&](const store::JobRow& row) -> Result<> {
                // A person may have paused or cancelled it meanwhile: that counts.
                return row.state == JobState::Active
                    ? session.jobs.setState(job, JobState::Stopped, m_clock.now(), reason)
                    : Result<>();
            });
        });
        lock.lock();
        feed->stopUnsaved = !saved;
    }
}

void Lane::tellEvents(Lock& lock)
{
    if (m_toTell.empty()) {
        return;
    }
    std::vector<std::function<void(DispatchEvents&)>> events;
    events.swap(m_toTell);
    lock.unlock();
    for (const auto& event : events) {
        event(m_events);
    }
    m_onRest();
    lock.lock();
}

Lane::SteadyTime Lane::nextWake()
{
    const auto now = m_clock.steadyNow();
    SteadyTime wake = now + kIdleTick;
    const auto earliest = [&](SteadyTime time) {
        if (time > now) {
            wake = std::min(wake, time);
        }
    };
    earliest(m_breaker.retryAt());
    earliest(m_holdUntil);
    if (const auto end = m_breaker.givesUpAt()) {
        earliest(*end);
    }
    for (const auto& boundary : {m_closedUntil, m_openUntil}) {
        if (boundary) {
            earliest(lookAt(*boundary));
        }
    }
    bool isTroubled = m_lacksThread;
    for (const auto* feed : liveFeeds()) {
        if (feed->isActive() && feed->nextDue) {
            earliest(lookAt(*feed->nextDue));
            isTroubled = isTroubled || isDue(*feed); // came due after this turn's intake
        }
        if (feed->tellAt) {
            earliest(*feed->tellAt);
        }
        isTroubled = isTroubled || feed->stopUnsaved || (feed->isActive() && feed->dueUnknown) ||
            (!feed->atRest && feed->checkedOut == 0 && !feed->isActive());
    }
    if (isTroubled) {
        earliest(now + kTroubleTick);
    }
    if (m_inFlight > 0 || hasLiveWorkers()) {
        earliest(now + kBusyTick);
    }
    return wake;
}

/// When to look whether it is @p time by the wall clock, which may be set, and goes on while the machine sleeps.
Lane::SteadyTime Lane::lookAt(Clock::WallTime time) const
{
    const auto left = std::chrono::duration_cast<SteadyTime::duration>(time - m_clock.now());
    return m_clock.steadyNow() + std::min<SteadyTime::duration>(left, kWallClockTick);
}

} // namespace radpost::queue
