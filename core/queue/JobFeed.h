#pragma once

#include "core/queue/Progress.h"
#include "core/queue/RateMeter.h"
#include "core/queue/Sender.h"
#include "core/store/LedgerTypes.h"

#include <QList>
#include <QSet>

#include <deque>
#include <optional>

namespace radpost::queue {

/// A delivery in the dispatcher's hands.
struct QueuedItem
{
    SendItem send;
    JobId job;
    int tries = 0;
    int refusals = 0;
    int deaths = 0;
    bool wasWaiting = false;
    bool deathPending = false; ///< its session died; counts once the destination proves to be there
    quint64 diedBefore = 0;    ///< only a session opened after this one proves that, and may carry it again
    Clock::SteadyTime takenAt{};
    int deathsAlone = 0;      ///< with nothing beside it on the wire, whatever followed
    int lonelyDeaths = 0;     ///< those of deathsAlone that are evidence against it
    bool isCompared = false;  ///< others were stored between two of lonelyDeaths
    quint64 storedBefore = 0; ///< by the lane, at the last of lonelyDeaths
};

/// What a posted attempt means to its lane when it comes back committed (store::AttemptRecord::tag).
enum AttemptTag : int {
    TagWasWaiting = 1, ///< the state it left
    TagReleased = 2,   ///< no longer in the dispatcher's hands
};

/// One job of a lane: how it stands, and the page of it that is in memory. Guarded by the lane's mutex.
struct JobFeed
{
    store::JobRow row;
    store::StateCounts counts;
    bool loaded = false;     ///< row and counts are from the ledger
    bool isStanding = false; ///< see DestinationProvider

    std::deque<QueuedItem> ready;
    DeliveryId cursor;      ///< the last that was claimed
    bool exhausted = false; ///< nothing Pending was found behind the cursor
    bool rescan = false;    ///< begin again at the start once nothing is in hand
    bool dueUnknown = true; ///< nextDue has to be asked for
    std::optional<Clock::WallTime> nextDue;
    qint64 commits = 0;       ///< times that instances became visible: tells a reader that it read too early
    qint64 releases = 0;      ///< times that one of reclaimed got its outcome: likewise
    QSet<qint64> reclaimed;   ///< in hand and still Waiting in the ledger
    qint64 checkedOut = 0;    ///< claimed, and the end of the try not committed
    qint64 sending = 0;       ///< with workers
    QList<ContextNeed> needs; ///< of all instances that came so far
    quint64 turn = 0;         ///< lower goes first among equals
    int taken = 0;            ///< in this turn

    bool started = false;
    bool atRest = false;
    bool stopUnsaved = false; ///< Stopped here, not yet in the ledger
    std::optional<Error> lastError;
    RateMeter meter;
    Clock::SteadyTime toldAt{};
    std::optional<JobProgress> told;
    quint64 refreshes = 0; ///< times that the row came from the ledger

    [[nodiscard]] bool isActive() const { return loaded && row.state == store::JobState::Active; }
    [[nodiscard]] bool mayHoldMore() const { return !ready.empty() || !exhausted || rescan; }
};

} // namespace radpost::queue
