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
//      died alone ──▶ reachable right after: a death; the third one convicts
//        │
//        └──────────▶ unreachable after: set aside until nothing else is left to send, then a suspect again
//
// Reachable or not, deaths in company during an outage never convict: the cut takes everything with it. A lonely death
// could be chance once, so it takes DestinationPolicy::lonelyDeaths of them, each in a session of its own, with others
// stored in between: the destination and the way to it are sound then, and only this one is not. Where nothing else is
// left to compare with, RetryPolicy::maxAttempts bounds how often a peer is brought down. The batch never waits for any
// of this: whoever is set aside goes last.
#include "core/queue/Lane.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

constexpr int kDeathsToSuspect = 2;
constexpr int kDeathsToConvict = kDeathsToSuspect + 1; // the last one alone

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
    item.isCompared = item.isCompared || (item.lonelyDeaths > 0 && m_trial.stored > item.storedBefore);
    item.storedBefore = m_trial.stored;
    ++item.lonelyDeaths;
    m_trial.accused = std::move(item);
    if (isProven(*m_trial.accused)) {
        convict();
    }
}

/// Whatever is heard of the destination next.
bool Lane::isProven(const QueuedItem& item) const
{
    return item.lonelyDeaths >= (item.isCompared ? m_policy.lonelyDeaths : m_policy.retry.maxAttempts);
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
    if (++m_trial.accused->deaths >= kDeathsToConvict) {
        convict();
        return;
    }
    m_trial.suspects.push_front(std::move(*m_trial.accused));
    m_trial.accused.reset();
}

void Lane::convict()
{
    auto item = std::move(*m_trial.accused);
    m_trial.accused.reset();
    auto& feed = *find(item.job);
    rejectUnsent(std::move(item),
        makeError(ErrorCode::CulpritInstance,
            u"each session ended while it was sent, the last one with nothing beside it: "_s +
                errorName(m_trial.lastDeath.code)));
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
