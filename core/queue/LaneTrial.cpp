// An instance that a peer cannot stand ends the session each time it is sent, and may take the whole peer with it,
// which then answers nobody until it has started again. A network that is cut ends sessions just the same. What tells
// them apart:
//
//   died in company ──▶ reachable right after: a death; the second one makes it a suspect
//        │
//        └────────────▶ unreachable after: nothing is known, but it is a suspect at once
//
//   suspect: sent alone ──▶ answered: innocent
//        │
//      died alone ──▶ reachable right after: a death; the third one convicts, see below
//        │
//        └──────────▶ unreachable after: set aside until nothing else is left to send, then a suspect again
//
// Reachable or not, deaths in company during an outage never convict: the cut takes everything with it. But after a cut
// whoever was on the wire goes alone, so the next cut meets a lone one as a matter of course, and the longer an
// instance takes the more often. So a lonely death is evidence only when
//
//   - the peer itself ended the session, by an A-ABORT: no network says that; or
//   - it came within DestinationPolicy::soon: a cut seldom meets the same one twice in so short a time.
//
// An A-ABORT needs no more than the three deaths. Else it takes DestinationPolicy::lonelyDeaths lonely ones that are
// evidence, with the destination there right after, or with others stored in between: the destination and the way to it
// are sound then, and only this one is not. Where there is no evidence, or nothing else is left to compare with,
// RetryPolicy::maxAttempts deaths alone end it, which bounds how often a peer is brought down.
//
// While a suspect is on the wire nothing else is, so the batch waits for each of its tries; what is set aside or has no
// evidence against it goes last, so that the others wait for it no second time.
//
// In a standing job a verdict is not final at once, see mayBeThePeer().
#include "core/queue/Lane.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

constexpr int kDeathsToSuspect = 2;
constexpr int kDeathsToConvict = kDeathsToSuspect + 1; // the last one alone
constexpr int kVerdictsWhereOthersPass = 3;            // of a standing job

} // namespace

/// Nobody answers. What died before may have died of that: it counts against no instance in company.
void Lane::suspendVerdicts()
{
    for (auto* feed : activeFeeds()) {
        const auto died = std::stable_partition(
            feed->ready.begin(), feed->ready.end(), [](const QueuedItem& item) { return !item.deathPending; });
        for (auto item = died; item != feed->ready.end(); ++item) {
            item->deathPending = false;
            m_trial.suspects.push_back(std::move(*item));
        }
        feed->ready.erase(died, feed->ready.end());
    }
    if (m_trial.accused) {
        m_trial.setAside.push_back(std::move(*m_trial.accused));
        m_trial.accused.reset();
    }
}

/// No session could be opened.
void Lane::noteUnreachable(const Error& error)
{
    suspendVerdicts();
    backOff(error);
}

/// It died with nothing else on the wire.
void Lane::accuse(QueuedItem&& item)
{
    ++item.deathsAlone;
    if (isEvidence(item)) {
        item.isCompared = item.isCompared || (item.lonelyDeaths > 0 && m_trial.stored > item.storedBefore);
        item.storedBefore = m_trial.stored;
        ++item.lonelyDeaths;
    }
    m_trial.accused = std::move(item);
    if (isProven(*m_trial.accused)) {
        convict();
    }
}

/// Whether the last death says more of the instance than of the network.
bool Lane::isEvidence(const QueuedItem& item) const
{
    return m_trial.lastDeath.code == ErrorCode::PeerAborted || m_clock.steadyNow() - item.takenAt <= m_policy.soon;
}

/// Whatever is heard of the destination next.
bool Lane::isProven(const QueuedItem& item) const
{
    return item.deathsAlone >= m_policy.retry.maxAttempts ||
        (item.isCompared && item.lonelyDeaths >= m_policy.lonelyDeaths);
}

/// For a session that opened after it died: the destination was there, so it was not the network that ended the other
/// one. @return whether it is a suspect now.
bool Lane::countDeath(QueuedItem& item) const
{
    return std::exchange(item.deathPending, false) && ++item.deaths >= kDeathsToSuspect;
}

/// A session opened, so the destination was there: it was not the network that ended the other one.
void Lane::judgeAccused()
{
    auto& item = *m_trial.accused;
    const int needed = m_trial.lastDeath.code == ErrorCode::PeerAborted ? 1 : m_policy.lonelyDeaths;
    if (++item.deaths >= kDeathsToConvict && item.lonelyDeaths >= needed) {
        convict();
        return;
    }
    if (item.lonelyDeaths > 0) {
        m_trial.suspects.push_front(std::move(item));
    } else {
        m_trial.setAside.push_back(std::move(item));
    }
    m_trial.accused.reset();
}

/// A destination that ends every association makes culprits of all it is sent. Where nobody watches that is no more
/// final than a "not now", unless it takes others between the verdicts.
bool Lane::mayBeThePeer(const JobFeed& feed, const QueuedItem& item) const
{
    const bool othersPass = m_trial.guiltyInARow == 0 && m_trial.stored > 0;
    return feed.isStanding && item.refusals + 1 < (othersPass ? kVerdictsWhereOthersPass : m_standingRefusals);
}

void Lane::convict()
{
    auto item = std::move(*m_trial.accused);
    m_trial.accused.reset();
    auto& feed = *find(item.job);
    const auto verdict = makeError(ErrorCode::CulpritInstance,
        u"each session ended while it was sent, the last one with nothing beside it: "_s +
            errorName(m_trial.lastDeath.code));
    if (mayBeThePeer(feed, item)) {
        putOff(std::move(item), verdict);
    } else {
        rejectUnsent(std::move(item), verdict);
    }
    if (++m_trial.guiltyInARow >= m_policy.culpritsBeforeStop) {
        m_trial.guiltyInARow = 0;
        Error reason = m_trial.lastDeath;
        reason.retry = Retry::AfterOperator;
        stopJob(feed, reason);
    }
}

/// Everything else had its turn.
void Lane::recallSetAside()
{
    if (m_trial.setAside.empty() || m_trial.isOn() || m_inFlight > 0 || readyCount() > 0) {
        return;
    }
    m_trial.suspects.swap(m_trial.setAside);
    m_wakeWorkers.notify_all();
}

void Lane::dropFromTrial(JobFeed& feed)
{
    const auto isOfFeed = [&](const QueuedItem& item) { return item.job == feed.row.id; };
    feed.checkedOut -= qint64(std::erase_if(m_trial.suspects, isOfFeed));
    feed.checkedOut -= qint64(std::erase_if(m_trial.setAside, isOfFeed));
    if (m_trial.accused && isOfFeed(*m_trial.accused)) {
        m_trial.accused.reset();
        --feed.checkedOut;
    }
}

/// A suspect goes alone: nothing else is on the wire to this destination.
std::optional<QueuedItem> Lane::takeSuspect(Worker& worker)
{
    if (m_trial.running || m_trial.accused || m_inFlight > 0 || !mayCarry(worker, m_trial.suspects.front())) {
        return std::nullopt;
    }
    auto item = std::move(m_trial.suspects.front());
    m_trial.suspects.pop_front();
    auto* feed = find(item.job);
    if (!feed->isActive()) {
        giveBack(std::move(item), false);
        return std::nullopt;
    }
    m_trial.running = item.send.delivery;
    return handOut(*feed, worker, std::move(item));
}

/// Nobody opens one beside those that can carry the suspect.
bool Lane::wantsSessionForTrial(Worker& worker) const
{
    // An old session that is still open gives way only when there is no worker without one.
    const bool isFree = !worker.lane.open || m_open == int(m_workers.size());
    if (m_trial.accused) {
        return isFree; // the verdict needs a new one, too
    }
    if (m_trial.running || m_inFlight > 0) {
        return false;
    }
    const auto& suspect = m_trial.suspects.front();
    const bool isNewerOpen = std::any_of(m_workers.begin(), m_workers.end(), [&](const auto& other) {
        return other.get() != &worker && other->lane.open && other->lane.serial > suspect.diedBefore;
    });
    return !isNewerOpen && !mayCarry(worker, suspect) && (isFree || worker.lane.serial > suspect.diedBefore);
}

} // namespace radpost::queue
