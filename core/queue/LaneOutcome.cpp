#include "core/queue/Lane.h"

#include "core/observe/Log.h"
#include "core/store/Database.h"
#include "core/store/LedgerWriter.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::queue {

using store::AttemptRecord;
using store::DeliveryState;
using store::JobState;

namespace {

AttemptRecord recordOf(const QueuedItem& item, AssociationId association, Clock::WallTime startedAt)
{
    AttemptRecord record;
    record.delivery = item.send.delivery;
    record.number = item.tries + 1;
    record.startedAt = startedAt;
    record.association = association;
    record.refusals = item.refusals;
    record.deaths = item.deaths;
    return record;
}

void setError(AttemptRecord& record, const Error& error)
{
    record.errorCode = error.code;
    record.detail = error.detail;
    if (error.dimseStatus) {
        record.dimseStatus = error.dimseStatus;
    }
}

Result<> insertAssociation(store::WriteSession& session, AssociationId id, const QString& destination,
    const SessionInfo& info, Clock::WallTime now)
{
    auto& insert = session.database.prepared(u"INSERT INTO associations (id, destination_id, peer_address, "
                                             u"peer_implementation, outstanding_window, opened_at) "
                                             "VALUES (?, (SELECT id FROM destinations WHERE name = ?), ?, ?, ?, ?)"_s);
    insert.bind(id.value).bindText(destination).bindText(info.peerAddress).bindText(info.peerImplementation);
    return insert.bind(info.window).bind(store::toMilliseconds(now)).exec();
}

Result<> closeAssociation(
    store::WriteSession& session, AssociationId id, Clock::WallTime now, const std::optional<Error>& error)
{
    auto& update =
        session.database.prepared(u"UPDATE associations SET closed_at = ?, error_code = ?, detail = ? WHERE id = ?"_s);
    update.bind(store::toMilliseconds(now));
    update.bindOptional(error ? std::optional(static_cast<int>(error->code)) : std::nullopt);
    return update.bindTextOrNull(error ? error->detail : QString()).bind(id.value).exec();
}

} // namespace

void Lane::onOpened(Worker& worker, const SessionInfo& info, std::chrono::microseconds took)
{
    const auto id = m_ledger.writer().nextAssociationId();
    m_ledger.writer().post([id, info, name = m_policy.name, now = m_clock.now()](store::WriteSession& session) {
        return insertAssociation(session, id, name, info, now);
    });
    const std::lock_guard lock(m_mutex);
    auto& state = worker.lane;
    state.open = true;
    state.opening = false;
    state.hadOutcome = false;
    state.association = id;
    state.serial = ++m_lastSerial;
    ++m_open;
    if (m_open == 1) {
        m_firstOpenTook = took;
    }
    m_scaler.onOpened(m_open, took, m_clock.steadyNow());
    emitEvent([id, info, name = m_policy.name](DispatchEvents& events) { events.onAssociationOpened(name, id, info); });
    if (m_trial.accused) {
        judgeAccused();
    }
    noteNegotiated();
    wakeEverybody();
}

void Lane::onOpenFailed(Worker& worker, const QList<ContextNeed>& needs, const Error& error)
{
    const std::lock_guard lock(m_mutex);
    worker.lane.opening = false;
    wakeEverybody();
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    if (error.code == ErrorCode::NoAcceptedContext) {
        for (const auto& need : needs) {
            m_refused.emplace_back(need, error);
        }
        if (m_trial.accused) {
            judgeAccused(); // it did answer
        }
        rejectRefusedEverywhere();
        noteAnswer({});
        noteNegotiated();
        return;
    }
    if (m_open > 0) {
        // Others work, so the destination is there and set up right: it merely does not want more.
        m_scaler.onExtraRefused(m_open, m_clock.steadyNow());
        worker.lane.retire = true;
        return;
    }
    if (isAnyOpening()) {
        worker.lane.retire = true; // the last one to be answered decides for all
        suspendVerdicts();
        return;
    }
    if (narrow(needs, error)) {
        return;
    }
    if (error.retry == Retry::Later) {
        noteUnreachable(error);
    } else {
        stopAllJobs(error);
    }
}

void Lane::onOutcome(Worker& worker, QueuedItem&& item, SendOutcome&& outcome, Clock::WallTime startedAt,
    std::optional<QueuedItem>& taken)
{
    auto record = recordOf(item, worker.lane.association, startedAt);
    record.duration = outcome.duration;
    record.dimseStatus = outcome.dimseStatus;
    record.errorComment = std::move(outcome.errorComment);
    record.offendingElement = std::move(outcome.offendingElement);
    record.note = std::move(outcome.note);
    record.bytes = outcome.bytesSent;

    const std::lock_guard lock(m_mutex);
    auto& feed = *find(item.job);
    --m_inFlight;
    --feed.sending;
    --worker.lane.inFlight;
    worker.lane.hadOutcome = true;
    m_barrenDeaths = 0;
    if (m_trial.running == item.send.delivery) {
        m_trial.running.reset();
    }
    const bool carefully = isFeelingItsWay() || m_trial.isOn();
    noteAnswer(outcome);
    judge(feed, outcome, record);
    if (outcome.kind != OutcomeKind::Failed) {
        feed.meter.add(m_clock.steadyNow(), outcome.bytesSent);
        m_scaler.onOutcome(outcome.bytesSent, m_clock.steadyNow());
    }
    postAttempt(item, std::move(record), true);
    if (taken) {
        reviewTaken(worker, taken);
    }
    if (carefully || feed.sending == 0) {
        wakeEverybody();
    }
}

/// What becomes of the delivery; when its job is cancelled the writer, which sees both in order, has the last word.
void Lane::judge(JobFeed& feed, const SendOutcome& outcome, AttemptRecord& record)
{
    if (outcome.kind != OutcomeKind::Failed) {
        record.newState =
            outcome.kind == OutcomeKind::Stored ? DeliveryState::Stored : DeliveryState::StoredWithWarning;
        return;
    }
    const Error error = outcome.error.value_or(makeError(ErrorCode::Internal, u"a failure without a reason"_s));
    setError(record, error);
    feed.lastError = error;
    if (error.retry == Retry::AfterOperator) {
        record.newState = DeliveryState::Pending;
        stopJob(feed, error);
    } else if (error.retry == Retry::Never || ++record.refusals >= mostRefusals(feed)) {
        record.newState = DeliveryState::Rejected;
    } else {
        record.newState = DeliveryState::Waiting;
        record.retryAt = m_clock.now() + m_retryBackoff.delay(record.refusals);
    }
}

/// "Not now" is no answer that a number alone makes final where nobody watches.
int Lane::mostRefusals(const JobFeed& feed) const
{
    return feed.isStanding ? m_standingRefusals : m_policy.retry.maxAttempts;
}

/// What an outcome says of the destination.
void Lane::noteAnswer(const SendOutcome& outcome)
{
    const bool stored = outcome.kind != OutcomeKind::Failed;
    if (!stored && !outcome.dimseStatus && outcome.delivery.isValid()) {
        return; // failed on our side: says nothing of the peer
    }
    if (m_breaker.onSuccess()) {
        emitEvent([name = m_policy.name](DispatchEvents& events) { events.onDestinationUp(name); });
    }
    if (stored) {
        m_refusalsInARow = 0;
        m_holds = 0;
        m_trial.guiltyInARow = 0;
        ++m_trial.stored;
    } else if (outcome.error && outcome.error->retry == Retry::Later) {
        noteRefusal();
    }
}

/// "Not now" twice in a row means the destination and not the instance; what is answered while it is held back already
/// was on the wire before and says nothing new.
void Lane::noteRefusal()
{
    const auto now = m_clock.steadyNow();
    if (++m_refusalsInARow >= 2 && now >= m_holdUntil) {
        ++m_holds;
        // No longer than between two probes of one that is down: what comes new must not wait for what is refused.
        m_holdUntil = now + std::min(m_retryBackoff.delay(m_holds), m_policy.breaker.maxDelay);
    }
}

void Lane::onDied(
    Worker& worker, std::vector<QueuedItem>&& onTheWire, std::optional<QueuedItem>&& unsent, const Error& error)
{
    const bool byUs = error.code == ErrorCode::Cancelled;
    onClosed(worker, error);
    const std::lock_guard lock(m_mutex);
    const int taken = int(onTheWire.size()) + (unsent ? 1 : 0);
    m_inFlight -= taken;
    worker.lane.inFlight -= taken;
    if (unsent) {
        --find(unsent->job)->sending;
        m_bucket.giveBack(unsent->send.dataSetLength);
        giveBack(std::move(*unsent), false);
    }
    for (auto item = onTheWire.rbegin(); item != onTheWire.rend(); ++item) {
        auto& feed = *find(item->job);
        --feed.sending;
        auto record = recordOf(*item, worker.lane.association, m_clock.now());
        setError(record, error);
        ++item->tries;
        const bool keeps = feed.isActive() && !m_isStopping;
        const bool wasAlone = m_trial.running == item->send.delivery;
        if (wasAlone) {
            m_trial.running.reset();
            m_trial.lastDeath = error;
        }
        postAttempt(*item, std::move(record), !keeps);
        if (!keeps) {
            continue;
        }
        item->wasWaiting = false; // the posted attempt makes it Pending
        item->diedBefore = byUs ? item->diedBefore : m_lastSerial;
        feed.lastError = byUs ? feed.lastError : std::optional(error);
        if (!wasAlone) {
            giveBack(std::move(*item), !byUs);
        } else if (byUs) {
            m_trial.suspects.push_front(std::move(*item));
        } else {
            accuse(std::move(*item));
        }
    }
    if (!byUs && !m_isStopping) {
        m_scaler.onBroken(m_clock.steadyNow());
        m_barrenDeaths = worker.lane.hadOutcome ? 0 : m_barrenDeaths + 1;
        if (m_barrenDeaths >= 2) {
            backOff(error);
        }
    }
    wakeEverybody();
}

void Lane::onClosed(Worker& worker, const std::optional<Error>& error)
{
    AssociationId id;
    {
        const std::lock_guard lock(m_mutex);
        worker.lane.open = false;
        --m_open;
        id = worker.lane.association;
        m_needsReview = true;
    }
    m_wakeLane.notify_one();
    m_wakeWorkers.notify_all(); // one of them may wait for this session to be gone
    m_ledger.writer().post([id, now = m_clock.now(), error](
                               store::WriteSession& session) { return closeAssociation(session, id, now, error); });
}

void Lane::onWorkerEnded(Worker& worker)
{
    {
        const std::lock_guard lock(m_mutex);
        worker.lane.finished = true;
        m_needsReview = true;
    }
    m_wakeLane.notify_one();
    m_workerEnded.notify_all();
}

/// The destination is left alone for a while, which grows.
void Lane::backOff(const Error& error)
{
    const auto now = m_clock.steadyNow();
    for (auto* feed : activeFeeds()) {
        feed->lastError = error;
    }
    if (m_breaker.isWaiting(now)) {
        return; // sessions that failed together failed once
    }
    m_breaker.onFailure(now);
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(m_breaker.retryAt() - now);
    emitEvent([name = m_policy.name, error, next = m_clock.now() + wait](
                  DispatchEvents& events) { events.onDestinationDown(name, error, next); });
    qCDebug(observe::lcQueue).noquote().nospace() // whoever shows logs to people hears of it by the event
        << "destination " << m_policy.name << " is out of reach (" << errorName(error.code) << "), next try in "
        << std::chrono::duration<double>(wait).count() << " s";
}

/// With the mutex held, so that no later attempt of the same delivery can be posted before this one.
void Lane::postAttempt(const QueuedItem& item, AttemptRecord&& record, bool released)
{
    record.tag = (item.wasWaiting ? TagWasWaiting : 0) | (released ? TagReleased : 0);
    record.dataSetLength = item.send.dataSetLength;
    if (record.newState != DeliveryState::Stored) {
        m_pendingEvents[{item.send.delivery, record.number}] = {item.send.sopInstanceUid, item.send.path};
    }
    m_ledger.writer().post(std::move(record));
}

/// An item comes back from a worker and is to be sent again, first of all.
void Lane::giveBack(QueuedItem&& item, bool died)
{
    auto& feed = *find(item.job);
    if (!feed.isActive()) {
        --feed.checkedOut;
        feed.reclaimed.remove(item.send.delivery.value);
        feed.rescan = true;
        return;
    }
    item.deathPending = item.deathPending || died;
    feed.ready.push_front(std::move(item));
}

/// Fails without having been sent, for a reason known beforehand.
void Lane::rejectUnsent(QueuedItem&& item, const Error& error)
{
    auto& feed = *find(item.job);
    auto record = recordOf(item, {}, m_clock.now());
    setError(record, error);
    record.newState = DeliveryState::Rejected;
    feed.lastError = error;
    postAttempt(item, std::move(record), true);
}

/// Like one that was answered with "not now".
void Lane::putOff(QueuedItem&& item, const Error& error)
{
    auto& feed = *find(item.job);
    auto record = recordOf(item, {}, m_clock.now());
    setError(record, error);
    ++record.refusals;
    record.newState = DeliveryState::Waiting;
    record.retryAt = m_clock.now() + m_retryBackoff.delay(record.refusals);
    feed.lastError = error;
    postAttempt(item, std::move(record), true);
    noteRefusal();
}

std::optional<Error> Lane::refusalOf(const ContextNeed& need) const
{
    const auto found =
        std::find_if(m_refused.begin(), m_refused.end(), [&](const auto& entry) { return entry.first == need; });
    return found == m_refused.end() ? m_senders->objectionTo(need) : std::optional(found->second);
}

/// What the peer accepts in no way, or nobody can ask for, is not tried again and again.
void Lane::rejectRefused(std::deque<QueuedItem>& items)
{
    std::erase_if(items, [this](QueuedItem& item) {
        const auto error = refusalOf(item.send.need);
        if (error) {
            rejectUnsent(std::move(item), *error);
        }
        return error.has_value();
    });
}

void Lane::rejectRefusedEverywhere()
{
    for (auto* feed : activeFeeds()) {
        rejectRefused(feed->ready);
    }
    rejectRefused(m_trial.suspects);
    rejectRefused(m_trial.setAside);
}

void Lane::stopJob(JobFeed& feed, const Error& error)
{
    if (!feed.isActive()) {
        return;
    }
    feed.row.state = JobState::Stopped;
    feed.row.stopReason = error;
    feed.stopUnsaved = true;
    feed.lastError = error;
    dropReady(feed);
    m_feedsAreUnsorted = true;
    m_needsReview = true;
    m_wakeLane.notify_one();
}

void Lane::stopAllJobs(const Error& error)
{
    const auto feeds = activeFeeds(); // a copy: stopping changes the list
    for (auto* feed : feeds) {
        stopJob(*feed, error);
    }
}

/// Lets go of what is in memory; it stays in the ledger as it is.
void Lane::dropReady(JobFeed& feed)
{
    for (const auto& item : feed.ready) {
        feed.reclaimed.remove(item.send.delivery.value);
    }
    feed.checkedOut -= qint64(feed.ready.size());
    feed.ready.clear();
    dropFromTrial(feed);
    feed.rescan = true;
}

void Lane::emitEvent(std::function<void(DispatchEvents&)> event)
{
    m_toTell.push_back(std::move(event));
    m_needsReview = true;
    m_wakeLane.notify_one();
}

} // namespace radpost::queue
