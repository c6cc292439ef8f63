#include "core/queue/Lane.h"

#include "core/observe/Log.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::queue {

using store::JobGrowth;
using store::JobState;

namespace {

constexpr int kPage = 256;
constexpr std::size_t kLowWater = 128;
constexpr int kJobsInMemory = 4; // of one lane, so that many jobs at once stay small

} // namespace

/// Fills what runs low. The ledger is read without the lock; only this thread adds to a feed or removes it.
void Lane::intake(Lock& lock)
{
    const auto feeds = activeFeeds(); // a copy: the lock is let go in between
    int inMemory = 0;
    for (auto* feed : feeds) {
        if (feed->row.state != JobState::Active) {
            continue; // changed while another feed was read
        }
        if (feed->dueUnknown) {
            loadNextDue(lock, *feed);
        }
        if (feed->rescan && feed->checkedOut == 0) {
            beginRescan(lock, *feed);
        }
        if (inMemory < kJobsInMemory && needsIntake(*feed)) {
            if (isDue(*feed)) {
                claimDue(lock, *feed);
            }
            if (!feed->exhausted && !feed->rescan) {
                claimPending(lock, *feed);
            }
        }
        inMemory += feed->ready.empty() ? 0 : 1;
        if (feed->ready.empty() && feed->row.growth == JobGrowth::Growing && gateIsOpen(m_clock.steadyNow())) {
            m_ledger.writer().hurry();
        }
    }
}

bool Lane::needsIntake(const JobFeed& feed) const
{
    return feed.isActive() && feed.ready.size() < kLowWater && ((!feed.exhausted && !feed.rescan) || isDue(feed));
}

/// No wait that begins now ends later: one that would was begun by a clock that has been set back since.
Clock::WallTime Lane::latestRetry() const
{
    const auto longest = double(m_policy.retry.maxDelay.count()) * (1 + m_policy.retry.jitter);
    return m_clock.now() + std::chrono::milliseconds(static_cast<qint64>(longest));
}

bool Lane::isDue(const JobFeed& feed) const
{
    return feed.nextDue && (*feed.nextDue <= m_clock.now() || *feed.nextDue > latestRetry());
}

/// Begins again at the first delivery; everything posted is made durable first, so that no row is read as it was.
void Lane::beginRescan(Lock& lock, JobFeed& feed)
{
    lock.unlock();
    const bool isDurable = m_ledger.writer().flush().has_value();
    lock.lock();
    if (isDurable && feed.checkedOut == 0) {
        feed.rescan = false;
        feed.exhausted = false;
        feed.cursor = {};
        feed.reclaimed.clear();
    }
}

void Lane::loadNextDue(Lock& lock, JobFeed& feed)
{
    feed.dueUnknown = false; // set again by whatever is committed while this reads
    lock.unlock();
    const auto due = openReader() ? m_reader->deliveries().nextDue(feed.row.id, Clock::WallTime::min())
                                  : Result<std::optional<Clock::WallTime>>(fail(ErrorCode::LedgerFailed));
    lock.lock();
    if (due) {
        feed.nextDue = *due;
    } else {
        feed.dueUnknown = true;
    }
}

/// All contexts that the ledger knows of the job, which is never less than what was claimed.
void Lane::loadNeeds(Lock& lock, JobFeed& feed)
{
    lock.unlock();
    const auto contexts = m_reader->deliveries().contexts(feed.row.id);
    lock.lock();
    if (contexts) {
        feed.needs.clear();
        for (const auto& context : *contexts) {
            feed.needs.append({context.sopClassUid, context.transferSyntaxUid});
        }
    }
}

void Lane::claimDue(Lock& lock, JobFeed& feed)
{
    const auto now = m_clock.now();
    const auto latest = latestRetry();
    feed.dueUnknown = false; // set again by whatever is committed while this reads
    const int limit = kPage + int(feed.reclaimed.size());
    const auto releases = feed.releases;
    lock.unlock();
    auto page = openReader() ? m_reader->deliveries().duePage(feed.row.id, now, latest, limit)
                             : Result<QList<store::PendingDelivery>>(fail(ErrorCode::LedgerFailed));
    const auto later = page ? m_reader->deliveries().nextDue(feed.row.id, now, latest)
                            : Result<std::optional<Clock::WallTime>>(fail(ErrorCode::LedgerFailed));
    lock.lock();
    // What got its outcome while the page was read may stand in it as it was before: sent from it, it would be sent
    // twice.
    if (!page || !later || !feed.isActive() || releases != feed.releases) {
        feed.dueUnknown = true;
        return;
    }
    feed.nextDue = page->size() == limit ? std::optional(now) : *later;
    for (auto& delivery : *page) {
        if (!feed.reclaimed.contains(delivery.id.value)) {
            feed.reclaimed.insert(delivery.id.value);
            addReady(feed, std::move(delivery));
        }
    }
    rejectRefused(feed.ready);
    m_wakeWorkers.notify_all();
}

void Lane::claimPending(Lock& lock, JobFeed& feed)
{
    const auto commits = feed.commits;
    const auto after = feed.cursor;
    lock.unlock();
    auto page = openReader() ? m_reader->deliveries().pendingPage(feed.row.id, after, kPage)
                             : Result<QList<store::PendingDelivery>>(fail(ErrorCode::LedgerFailed));
    lock.lock();
    if (!page || !feed.isActive() || feed.rescan) {
        return;
    }
    feed.exhausted = page->size() < kPage && commits == feed.commits;
    if (page->isEmpty()) {
        return;
    }
    feed.cursor = page->last().id;
    bool isNew = false;
    for (auto& delivery : *page) {
        if (feed.reclaimed.contains(delivery.id.value)) {
            continue; // in hand since it was Waiting
        }
        addReady(feed, std::move(delivery));
        const auto& need = feed.ready.back().send.need;
        isNew = isNew || (!feed.needs.isEmpty() && need == feed.needs.last() ? false : !feed.needs.contains(need));
    }
    if (isNew) {
        loadNeeds(lock, feed);
    }
    rejectRefused(feed.ready);
    m_wakeWorkers.notify_all();
}

void Lane::addReady(JobFeed& feed, store::PendingDelivery&& delivery)
{
    auto& item = feed.ready.emplace_back();
    item.send.delivery = delivery.id;
    item.send.path = std::move(delivery.path);
    item.send.sizeBytes = delivery.sizeBytes;
    item.send.mtimeNs = delivery.mtimeNs;
    item.send.dataSetOffset = delivery.dataSetOffset;
    item.send.dataSetLength = delivery.dataSetLength;
    item.send.need = {std::move(delivery.sopClassUid), std::move(delivery.transferSyntaxUid)};
    item.send.sopInstanceUid = std::move(delivery.sopInstanceUid);
    item.job = feed.row.id;
    item.tries = delivery.tries;
    item.refusals = delivery.refusals;
    item.deaths = delivery.deaths;
    item.wasWaiting = delivery.wasWaiting;
    ++feed.checkedOut;
}

/// Brings jobs to rest that have nothing left to do.
void Lane::settle(Lock& lock)
{
    const auto feeds = liveFeeds(); // a copy: the lock is let go in between
    for (auto* feed : feeds) {
        if (feed->checkedOut != 0 || feed->sending != 0 || feed->stopUnsaved) {
            continue;
        }
        if (!feed->isActive()) {
            comeToRest(lock, *feed);
        } else if (looksFinished(*feed)) {
            finish(lock, *feed);
        }
    }
}

bool Lane::looksFinished(const JobFeed& feed) const
{
    return feed.row.growth != JobGrowth::Growing && feed.exhausted && !feed.rescan && feed.ready.empty() &&
        !feed.dueUnknown && !feed.nextDue && !m_ledgerFailure;
}

/// The ledger has the last word: only when it, too, has nothing unfinished the job is Finished.
void Lane::finish(Lock& lock, JobFeed& feed)
{
    const JobId job = feed.row.id;
    const auto refreshes = feed.refreshes;
    lock.unlock();
    bool isDone = false;
    const auto saved = m_ledger.writer().run([&](store::WriteSession& session) -> Result<> {
        const auto row = session.jobs.find(job);
        const auto counts = session.jobs.counts(job);
        if (!row || !counts) {
            return fail(!row ? row.error() : counts.error());
        }
        isDone = counts->unfinished() == 0 && row->state == JobState::Active && row->growth != JobGrowth::Growing;
        if (!isDone) {
            return {};
        }
        return session.jobs.setState(job, JobState::Finished, m_clock.now()).and_then([&] {
            return session.jobs.freezeCounts(job);
        });
    });
    lock.lock();
    if (!saved || feed.row.state != JobState::Active) {
        return;
    }
    if (!isDone || refreshes != feed.refreshes) {
        readAgain(lock, feed);
        return;
    }
    feed.row.state = JobState::Finished;
    feed.row.finishedAt = m_clock.now();
    m_feedsAreUnsorted = true;
    comeToRest(lock, feed);
}

/// What somebody told of the job meanwhile may have been read before the ledger's last word: that is asked for.
void Lane::readAgain(Lock& lock, JobFeed& feed)
{
    const JobId job = feed.row.id;
    const auto refreshes = feed.refreshes;
    JobState state = JobState::Active;
    lock.unlock();
    const auto read = m_ledger.writer().inspect([&](store::WriteSession& session) {
        return session.jobs.find(job).map([&state](const store::JobRow& row) { state = row.state; });
    });
    lock.lock();
    feed.rescan = true;
    feed.dueUnknown = true;
    if (read && refreshes == feed.refreshes && state == JobState::Finished && feed.row.state == JobState::Active) {
        feed.row.state = state;
        feed.row.finishedAt = m_clock.now();
        m_feedsAreUnsorted = true;
        m_needsReview = true;
    }
}

void Lane::comeToRest(Lock& lock, JobFeed& feed)
{
    const JobId job = feed.row.id;
    lock.unlock();
    const auto counts =
        openReader() ? m_reader->jobs().counts(job) : Result<store::StateCounts>(fail(ErrorCode::LedgerFailed));
    lock.lock();
    if (!counts || feed.isActive() || feed.checkedOut != 0) {
        return;
    }
    feed.counts = *counts;
    feed.atRest = true;
    feed.needs.clear();
    feed.reclaimed.clear();
    m_feedsAreUnsorted = true;
    const auto progress = progressOf(feed);
    emitEvent([progress](DispatchEvents& events) {
        events.onProgress(progress);
        events.onJobAtRest(progress);
    });
}

bool Lane::openReader()
{
    if (!m_reader) {
        auto opened = m_ledger.openReader();
        if (!opened) {
            qCWarning(observe::lcQueue) << "the ledger cannot be read:" << opened.error().detail;
            return false;
        }
        m_reader = std::move(*opened);
    }
    return true;
}

} // namespace radpost::queue
