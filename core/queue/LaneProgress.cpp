#include "core/queue/Lane.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace radpost::queue {

using store::DeliveryState;
using store::JobState;

namespace {

constexpr auto kProgressInterval = 100ms;
constexpr auto kSteadyInterval = 1s; // when only the rate changes
constexpr auto kTimeStep = 500ms;    // a person reads seconds

std::optional<std::chrono::seconds> etaOf(const store::StateCounts& counts, const RateMeter::Rate& rate)
{
    if (rate.instances <= 0) {
        return std::nullopt;
    }
    const double byCount = double(counts.unfinished()) / rate.instances;
    const double bytesLeft = double(counts.bytesOf(DeliveryState::Pending) + counts.bytesOf(DeliveryState::Waiting));
    const double byBytes = rate.bytes > 0 ? bytesLeft / rate.bytes : 0;
    return std::chrono::seconds(static_cast<qint64>(std::max(byCount, byBytes) + 0.5));
}

/// Reckoned from two clocks, so that it differs by a little each time.
bool isAnotherTime(const std::optional<Clock::WallTime>& before, const std::optional<Clock::WallTime>& now)
{
    return before.has_value() != now.has_value() || (before && std::chrono::abs(*before - *now) >= kTimeStep);
}

bool saysSomethingNew(const JobProgress& before, const JobProgress& now)
{
    return before.activity != now.activity || before.counts != now.counts || before.associations != now.associations ||
        before.growing != now.growing || before.lastError != now.lastError ||
        isAnotherTime(before.nextTryAt, now.nextTryAt);
}

} // namespace

std::optional<JobProgress> Lane::progress(JobId job) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_feeds.find(job);
    return found == m_feeds.end() ? std::nullopt : std::optional(progressOf(*found->second));
}

JobProgress Lane::progressOf(const JobFeed& feed) const
{
    JobProgress progress;
    progress.job = feed.row.id;
    progress.title = feed.row.title;
    progress.destinationName = m_policy.name;
    progress.activity = activityOf(feed);
    progress.growing = feed.row.growth == store::JobGrowth::Growing;
    progress.counts = feed.counts;
    progress.sending = feed.sending;
    progress.byteLimit = m_policy.bytesPerSecond;
    progress.associations = m_open;
    progress.lastError = feed.row.stopReason ? feed.row.stopReason : feed.lastError;
    const auto rate = feed.meter.rate(m_clock.steadyNow());
    progress.instancesPerSecond = rate.instances;
    progress.bytesPerSecond = rate.bytes;
    if (!progress.growing && !progress.isAtRest()) {
        progress.eta = etaOf(feed.counts, rate);
    }
    const auto now = m_clock.steadyNow();
    const auto held = std::max(m_holdUntil, m_breaker.retryAt());
    if (progress.activity == JobActivity::OutsideHours) {
        progress.nextTryAt = m_closedUntil;
    } else if (!progress.isAtRest() && held > now) {
        progress.nextTryAt = m_clock.now() + std::chrono::duration_cast<std::chrono::milliseconds>(held - now);
    } else if (progress.activity == JobActivity::WaitingToRetry) {
        progress.nextTryAt = feed.nextDue;
    }
    return progress;
}

/// A job that was paused or ended still counts as sending until what is on the wire has its outcome.
JobActivity Lane::activityOf(const JobFeed& feed) const
{
    if (!feed.loaded || feed.row.state != JobState::Active) {
        return feed.atRest ? queue::activityOf(feed.row.state)
                           : (feed.sending > 0 ? JobActivity::Sending : JobActivity::Queued);
    }
    const auto now = m_clock.steadyNow();
    if (m_ledgerFailure) {
        return JobActivity::LedgerFailed;
    }
    if (m_isDestinationPaused) {
        return JobActivity::DestinationPaused;
    }
    if (m_closedUntil) {
        return JobActivity::OutsideHours;
    }
    if (m_breaker.failures() > 0 && m_open == 0) {
        return JobActivity::DestinationDown;
    }
    if (feed.sending > 0) {
        return JobActivity::Sending;
    }
    if (now < m_holdUntil) {
        return JobActivity::WaitingToRetry;
    }
    if (feed.counts.of(DeliveryState::Pending) > 0) {
        return m_open == 0                       ? JobActivity::Connecting
            : feed.meter.rate(now).instances > 0 ? JobActivity::Sending // waits for its turn under a limit
                                                 : JobActivity::Queued;
    }
    if (feed.counts.of(DeliveryState::Waiting) > 0) {
        return JobActivity::WaitingToRetry;
    }
    return feed.row.growth == store::JobGrowth::Growing ? JobActivity::WaitingForScan : JobActivity::Queued;
}

void Lane::collectProgress(SteadyTime now)
{
    for (auto* feed : liveFeeds()) {
        feed->tellAt.reset();
        if (feed->told && now - feed->toldAt < kProgressInterval) {
            feed->tellAt = feed->toldAt + kProgressInterval;
            continue;
        }
        auto progress = progressOf(*feed);
        const bool isOld = now - feed->toldAt >= kSteadyInterval && progress.activity == JobActivity::Sending;
        if (feed->told && !isOld && !saysSomethingNew(*feed->told, progress)) {
            continue;
        }
        feed->toldAt = now;
        feed->told = progress;
        m_toTell.emplace_back([progress](DispatchEvents& events) { events.onProgress(progress); });
    }
}

} // namespace radpost::queue
