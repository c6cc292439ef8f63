#pragma once

#include "core/queue/AssociationScaler.h"
#include "core/queue/CircuitBreaker.h"
#include "core/queue/Dispatcher.h"
#include "core/queue/JobFeed.h"
#include "core/queue/TokenBucket.h"
#include "core/queue/WaitClock.h"
#include "core/queue/Worker.h"
#include "core/store/Ledger.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

namespace radpost::store {
class LedgerReader;
}

namespace radpost::queue {

/// What a worker does next.
struct LaneTask
{
    enum class Kind { Send, Open, Close, End };
    Kind kind = Kind::End;
    std::optional<QueuedItem> item; ///< to send
    QList<ContextNeed> needs;       ///< to open for
};

struct LaneParams
{
    DestinationSetup setup;
    store::Ledger& ledger;
    DispatchEvents& events;
    const WaitClock& clock;
    std::function<void()> onRest; ///< some job came to rest; called with no lock held
};

/// Everything that goes to one destination: its jobs, its limits, its workers, and the thread that decides for them.
/// The rules are told at Dispatcher. Any thread, except where said.
class Lane final
{
public:
    explicit Lane(LaneParams params);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Errors: those of startThread(); it can be tried again.
    [[nodiscard]] Result<> start();
    [[nodiscard]] const WaitClock& clock() const { return m_clock; }
    [[nodiscard]] const DestinationPolicy& policy() const { return m_policy; }

    // What the dispatcher knows
    void add(JobId job, bool isStanding);
    /// From inside LedgerWriter::inspect, so that nothing committed is counted twice or forgotten.
    void refresh(const store::JobRow& row, const store::StateCounts& counts);
    void onInstancesCommitted(JobId job, qint64 count, qint64 bytes);
    void onAttemptsCommitted(JobId job, std::span<const store::AttemptRecord> attempts);
    /// A job that is at rest goes out of memory; add() before that happened keeps it.
    void forget(JobId job);
    /// Does not wait any longer until an unreachable or refusing destination is tried again.
    void tryNow();
    void setLedgerFailure(const std::optional<Error>& error);
    /// At rest, or held by its paused destination with nothing on the wire.
    [[nodiscard]] bool isQuiet(JobId job) const;
    [[nodiscard]] std::optional<JobProgress> progress(JobId job) const;

    /// No new request leaves from now on.
    void requestStop();
    /// Waits by the machine's clock; false: some worker still waits for its peer.
    [[nodiscard]] bool waitForWorkers(std::chrono::milliseconds patience);
    /// Cuts what still waits for its peer, and waits until every worker has ended.
    void cutWorkers();
    /// Tells what is left to tell and ends the thread.
    void end();

    // What the workers ask and tell, each on its own thread
    [[nodiscard]] LaneTask awaitTask(Worker& worker);
    [[nodiscard]] std::optional<QueuedItem> tryTake(Worker& worker);
    void onOpened(Worker& worker, const SessionInfo& info, std::chrono::microseconds took);
    void onOpenFailed(Worker& worker, const QList<ContextNeed>& needs, const Error& error);
    /// What was @p taken ahead is taken back when it may not be sent any more: paused, cancelled, stopped, held back.
    void onOutcome(Worker& worker, QueuedItem&& item, SendOutcome&& outcome, Clock::WallTime startedAt,
        std::optional<QueuedItem>& taken);
    void onDied(
        Worker& worker, std::vector<QueuedItem>&& onTheWire, std::optional<QueuedItem>&& unsent, const Error& error);
    void onClosed(Worker& worker, const std::optional<Error>& error);
    void onWorkerEnded(Worker& worker);

private:
    using SteadyTime = Clock::SteadyTime;
    using Lock = std::unique_lock<std::mutex>;

    /// The search for an instance that kills sessions, or the peer itself; drawn in LaneTrial.cpp.
    struct Trial
    {
        std::deque<QueuedItem> suspects;   ///< each goes alone, before all others
        std::deque<QueuedItem> setAside;   ///< died alone in an outage: suspects again when nothing else is left
        std::optional<DeliveryId> running; ///< on the wire with nothing beside it
        std::optional<QueuedItem> accused; ///< died alone, and it is not known yet whether the destination is there
        Error lastDeath;
        quint64 stored = 0; ///< in all, to compare with
        int guiltyInARow = 0;
        [[nodiscard]] bool isOn() const { return !suspects.empty() || running || accused; }
    };

    /// What is asked for by itself, to find what a peer cannot even be asked for; drawn in LaneNarrowing.cpp.
    struct NarrowTry
    {
        enum class Role { Search, Again, Control };
        QList<ContextNeed> needs;
        Role role = Role::Search;
        std::optional<std::pair<ContextNeed, Error>> verdict; ///< of Control: stands when it opens
        [[nodiscard]] bool isControl() const { return role == Role::Control; }
    };

    struct Narrowing
    {
        std::deque<NarrowTry> tries; ///< the first one is under way or comes next
        std::optional<ContextNeed> opened;
        int failures = 0; ///< in a row
        qsizetype turn = 0;
        [[nodiscard]] bool isOn() const { return !tries.empty(); }
    };

    struct PendingEvent
    {
        SopInstanceUid sopInstanceUid;
        QString path;
    };

    // Lane.cpp: the thread that decides
    void main();
    [[nodiscard]] SteadyTime manage(Lock& lock);
    void dropForgotten();
    void reviewHours();
    void noticeOpenedGate();
    void probeIfDue(Lock& lock);
    void giveUpIfDue();
    void reactivate(JobFeed& feed);
    void saveStops(Lock& lock);
    void tellEvents(Lock& lock);
    [[nodiscard]] SteadyTime nextWake();
    [[nodiscard]] SteadyTime lookAt(Clock::WallTime time) const;
    void wakeEverybody();

    // LaneWorkers.cpp: how many there are
    void manageWorkers(Lock& lock);
    void retireSurplus(int target);
    void retire(Worker& worker);
    void spawn(int target);
    [[nodiscard]] bool addWorker();
    void dropUnansweredOpenings(SteadyTime now);
    void joinFinishedWorkers(Lock& lock);
    [[nodiscard]] bool hasLiveWorkers() const;

    // LaneIntake.cpp: from the ledger into memory, and to rest
    void intake(Lock& lock);
    [[nodiscard]] bool needsIntake(const JobFeed& feed) const;
    [[nodiscard]] bool isDue(const JobFeed& feed) const;
    [[nodiscard]] Clock::WallTime latestRetry() const;
    void beginRescan(Lock& lock, JobFeed& feed);
    void loadNextDue(Lock& lock, JobFeed& feed);
    void loadNeeds(Lock& lock, JobFeed& feed);
    void claimDue(Lock& lock, JobFeed& feed);
    void claimPending(Lock& lock, JobFeed& feed);
    void addReady(JobFeed& feed, store::PendingDelivery&& delivery);
    void settle(Lock& lock);
    [[nodiscard]] bool looksFinished(const JobFeed& feed) const;
    void finish(Lock& lock, JobFeed& feed);
    void readAgain(Lock& lock, JobFeed& feed);
    void comeToRest(Lock& lock, JobFeed& feed);
    [[nodiscard]] bool openReader();

    // LaneOutcome.cpp: what the end of a try means
    void judge(JobFeed& feed, const SendOutcome& outcome, store::AttemptRecord& record);
    [[nodiscard]] int mostRefusals(const JobFeed& feed) const;
    void noteAnswer(const SendOutcome& outcome);
    void noteRefusal();
    void backOff(const Error& error);
    void postAttempt(const QueuedItem& item, store::AttemptRecord&& record, bool released);
    void giveBack(QueuedItem&& item, bool died);
    void rejectUnsent(QueuedItem&& item, const Error& error);
    void putOff(QueuedItem&& item, const Error& error);
    [[nodiscard]] std::optional<Error> refusalOf(const ContextNeed& need) const;
    void rejectRefused(std::deque<QueuedItem>& items);
    void rejectRefusedEverywhere();
    void stopJob(JobFeed& feed, const Error& error);
    void stopAllJobs(const Error& error);
    void dropReady(JobFeed& feed);
    void tellDelivery(const JobFeed& feed, const store::AttemptRecord& attempt);
    void emitEvent(std::function<void(DispatchEvents&)> event);

    // LaneTrial.cpp: which instance it is that kills sessions
    void suspendVerdicts();
    void noteUnreachable(const Error& error);
    void accuse(QueuedItem&& item);
    [[nodiscard]] bool isEvidence(const QueuedItem& item) const;
    [[nodiscard]] bool isProven(const QueuedItem& item) const;
    void judgeAccused();
    [[nodiscard]] bool countDeath(QueuedItem& item) const;
    [[nodiscard]] bool mayBeThePeer(const JobFeed& feed, const QueuedItem& item) const;
    void convict();
    void recallSetAside();
    void dropFromTrial(JobFeed& feed);
    [[nodiscard]] std::optional<QueuedItem> takeSuspect(Worker& worker);
    [[nodiscard]] bool wantsSessionForTrial(Worker& worker) const;

    // LaneNarrowing.cpp: which context it is that ends negotiations
    [[nodiscard]] bool narrow(const QList<ContextNeed>& needs, const Error& error);
    void halve(const QList<ContextNeed>& needs);
    void doubt(const NarrowTry& tried, const Error& error);
    void noteNegotiated();
    void endNarrowing();

    // LaneTake.cpp: what may be sent now
    [[nodiscard]] static bool mayCarry(Worker& worker, const QueuedItem& item);
    [[nodiscard]] bool gateIsOpen(SteadyTime now) const;
    void reviewTaken(Worker& worker, std::optional<QueuedItem>& taken);
    [[nodiscard]] bool isFeelingItsWay() const;
    [[nodiscard]] std::optional<QueuedItem> takeLocked(Worker& worker);
    [[nodiscard]] std::optional<QueuedItem> takeFrom(JobFeed& feed, Worker& worker);
    [[nodiscard]] QueuedItem handOut(JobFeed& feed, Worker& worker, QueuedItem&& item);
    [[nodiscard]] const std::vector<JobFeed*>& activeFeeds();
    [[nodiscard]] const std::vector<JobFeed*>& liveFeeds();
    void sortFeeds();
    [[nodiscard]] bool wantsSession(Worker& worker);
    [[nodiscard]] bool isAnyOpening() const;
    [[nodiscard]] qint64 readyCount();
    [[nodiscard]] QList<ContextNeed> needsForSession();
    [[nodiscard]] bool hasWorkLeft();

    // LaneProgress.cpp
    [[nodiscard]] JobProgress progressOf(const JobFeed& feed) const;
    [[nodiscard]] JobActivity activityOf(const JobFeed& feed) const;
    void collectProgress(SteadyTime now);

    [[nodiscard]] JobFeed* find(JobId job);

    store::Ledger& m_ledger;
    DispatchEvents& m_events;
    const WaitClock& m_clock;
    const std::function<void()> m_onRest;
    const DestinationPolicy m_policy;
    const std::unique_ptr<SenderFactory> m_senders;
    const Backoff m_retryBackoff;
    const int m_standingRefusals; ///< after which one of a standing job is Rejected

    mutable std::mutex m_mutex; // guards everything below, up to the threads
    std::condition_variable m_wakeLane;
    std::condition_variable m_wakeWorkers;
    std::condition_variable m_workerEnded;
    std::map<JobId, std::unique_ptr<JobFeed>> m_feeds;
    std::vector<JobId>
        m_forgotten;              // the thread that decides removes them between two looks, when nobody points to them
    std::vector<JobFeed*> m_live; // not at rest; see liveFeeds()
    std::vector<JobFeed*> m_active; // of these the ones to send, in the order they are served; see activeFeeds()
    bool m_feedsAreUnsorted = true;
    CircuitBreaker m_breaker;
    TokenBucket m_bucket;
    AssociationScaler m_scaler;
    Trial m_trial;
    Narrowing m_narrowing;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::vector<std::pair<ContextNeed, Error>> m_refused;               // what the peer accepted in no way
    std::map<std::pair<DeliveryId, int>, PendingEvent> m_pendingEvents; // by attempt; told when it is committed
    std::vector<std::function<void(DispatchEvents&)>> m_toTell;
    std::optional<Clock::WallTime> m_closedUntil; // outside the allowed hours
    std::optional<Clock::WallTime> m_openUntil;
    std::optional<Error> m_ledgerFailure;
    SteadyTime m_holdUntil{}; // after refusals
    int m_refusalsInARow = 0;
    int m_holds = 0;        // in a row
    int m_barrenDeaths = 0; // sessions in a row that died without a single outcome
    int m_open = 0;
    quint64 m_lastSerial = 0; // of the session that opened last
    int m_inFlight = 0;       // with workers
    quint64 m_lastTurn = 0;
    std::chrono::microseconds m_firstOpenTook{0};
    bool m_isDestinationPaused = false;
    bool m_gateWasOpen = false;
    bool m_lacksThread = false; // for a worker
    bool m_isStopping = false;
    bool m_isEnding = false;
    bool m_needsReview = true; // something happened that the thread has not looked at

    std::thread m_thread;
    CancelSource m_cancelProbe;
    std::unique_ptr<store::LedgerReader> m_reader; // of m_thread alone
};

} // namespace radpost::queue
