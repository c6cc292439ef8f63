#pragma once

#include "core/base/CancelToken.h"
#include "core/engine/JobBook.h"
#include "core/engine/PresenceDesk.h"
#include "core/engine/RoutingDesk.h"
#include "core/route/CompletionTracker.h"
#include "core/store/RoutingTypes.h"

#include <QHash>
#include <QSet>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace radpost::store {
class Ledger;
class LedgerReader;
struct WriteSession;
} // namespace radpost::store

namespace radpost::queue {
class Dispatcher;
class JobQueue;
class WaitClock;
} // namespace radpost::queue

namespace radpost::engine {

/// What became of one instance that was routed; committed.
struct RoutedInstance
{
    qint64 id = 0; ///< in the spool
    SopInstanceUid sopInstanceUid;
    QString callingAeTitle;
    store::RoutingState state = store::RoutingState::Routed;
    QStringList rules;        ///< that matched, in order
    QStringList destinations; ///< it is queued for
    QStringList waiting;      ///< destinations it will go to
    QStringList alreadyThere; ///< destinations that have it: it is not sent there
    QList<store::SpoolHold> holds;
    QString reason;      ///< of the rule that dropped it
    bool isLate = false; ///< it was judged before; what it waited for has come
};

/// Hears what the forwarder does. From its thread; return soon.
class ForwardListener
{
public:
    virtual ~ForwardListener() = default;
    virtual void onRouted(const RoutedInstance& instance) { Q_UNUSED(instance) }
    /// A series or study is complete: @p instances start on their way, after the rule's delay.
    virtual void onComplete(const store::WaitGroup& group, int instances)
    {
        Q_UNUSED(group)
        Q_UNUSED(instances)
    }
};

/// Since the start. Any thread.
struct ForwardCounters
{
    std::atomic<qint64> routed{0};    ///< instances that were judged, whatever came of it
    std::atomic<qint64> unmatched{0}; ///< at their first judgement
    std::atomic<qint64> dropped{0};
    std::atomic<qint64> held{0};
    std::atomic<qint64> waiting{0};      ///< deliveries that had to wait
    std::atomic<qint64> deliveries{0};   ///< that were queued
    std::atomic<qint64> alreadyThere{0}; ///< deliveries that a rule left out: the destination had the instance
};

struct ForwardParams
{
    store::Ledger* ledger = nullptr;
    queue::JobQueue* jobs = nullptr;
    queue::Dispatcher* dispatcher = nullptr;
    const route::LiveRules* rules = nullptr;
    const DestinationHealth* health = nullptr;
    const queue::WaitClock* clock = nullptr;
    std::function<QByteArray(qint64 id)> pathOf; ///< of an instance of the spool
    /// As the configuration has it now; none: there is none of that name. Any thread.
    std::function<std::optional<config::Destination>(const QString& name)> destination;
    /// For rules that send only what is missing; null: all is sent.
    PresenceDesk* presence = nullptr;
    ForwardListener* listener = nullptr; ///< may be null
    JobBookLimits limits{};
};

/// From the spool to the queue: judges what is not routed yet, in pages, oldest first; queues deliveries, notes waits
/// and holds, and commits them in one transaction with the mark that the instance is routed. What was noted by a
/// process that is gone is gone on with. One thread; a turn blocks on files and the ledger.
///
/// ```
///   Pending --judge--> deliveries --------------------------------> job of study and destination
///                      waits for a series or study --complete--> due --> likewise
///                      waits for a time ----------------------> due --> likewise
///                      holds --a person--> Pending
///                      Unmatched, Dropped, LeftOut
/// ```
class ForwardRun final
{
public:
    explicit ForwardRun(ForwardParams params);
    ~ForwardRun();
    Q_DISABLE_COPY_MOVE(ForwardRun)

    /// Does what is to be done now, up to one page of each kind. Errors: those of the ledger; what was read or posted
    /// is not lost, and the next turn goes on with it. An index that refuses what was decided, which is a bug, ends
    /// routing for this process: the same would be sent again and again.
    /// @return when the next turn is worth it, unless something comes; none: never.
    [[nodiscard]] Result<std::optional<Clock::SteadyTime>> turn(const CancelToken& cancel);

    /// Jobs to the destination grow no more: its contract changed.
    void closeJobs(const QString& destination) { m_book.seal(destination); }
    /// A person said in the ledger what is complete: the next turn begins with the waits as they stand there.
    void rereadWaits();
    /// Everything queued is durable, and no job grows any more. Blocks on the ledger; on the thread of the turns.
    void finish();

    [[nodiscard]] const ForwardCounters& counters() const { return m_counters; }

private:
    struct Plan;

    [[nodiscard]] Result<> prepare();
    [[nodiscard]] Result<> restoreWaits();
    [[nodiscard]] Result<bool> routePage();
    [[nodiscard]] Result<> route(const store::RoutableInstance& instance, Plan& plan);
    [[nodiscard]] bool lacksDestination(const JudgedInstance& judged) const;
    void decide(const store::RoutableInstance& instance, const JudgedInstance& judged, const QStringList& known,
        Plan& plan, RoutedInstance& told);
    void place(const store::RoutableInstance& instance, const route::RoutedDelivery& delivery,
        const JudgedInstance& judged, Plan& plan, RoutedInstance& told);
    void hold(const store::RoutableInstance& instance, store::SpoolHold hold, Plan& plan, RoutedInstance& told) const;
    void await(const store::RoutableInstance& instance, const route::RoutedDelivery& delivery,
        const JudgedInstance& judged, Plan& plan);
    [[nodiscard]] bool queue(const ForwardKey& key, const config::Destination& destination,
        const store::RoutableInstance& instance, Plan& plan);
    [[nodiscard]] Presence look(
        bool onlyMissing, const config::Destination& destination, const store::RoutableInstance& instance) const;
    void skip(const ForwardKey& key, const config::Destination& destination, const store::RoutableInstance& instance,
        Plan& plan, RoutedInstance& told);
    [[nodiscard]] Clock::WallTime noteAsked(const store::SpoolWait& wait, const store::RoutableInstance& instance);
    [[nodiscard]] Result<> hastenAnswered();
    void noteArrival(const store::RoutableInstance& instance);
    [[nodiscard]] int received(const store::RoutableInstance& instance, config::Trigger level);
    [[nodiscard]] Result<> redate(Plan& plan);
    [[nodiscard]] Result<bool> sendDue();
    [[nodiscard]] Result<> sendDue(const store::SpoolWait& wait, Plan& plan);
    void completeGroups(Plan& plan);
    [[nodiscard]] Result<> commit(Plan&& plan);
    void tell(const Plan& plan);
    [[nodiscard]] Result<> refuse(const Error& error);
    void takeBegun();
    [[nodiscard]] bool mayBeTaken(JobId job);
    [[nodiscard]] std::optional<Clock::SteadyTime> nextTurn();

    const ForwardParams m_params;
    RoutingDesk m_desk;
    JobBook m_book;
    route::CompletionTracker m_tracker;
    std::unique_ptr<store::LedgerReader> m_reader;
    bool m_isPrepared = false;
    bool m_isUnflushed = false; ///< the disk refused: what was posted has to be durable before the index is read again
    std::unique_ptr<Plan> m_untold;
    std::shared_ptr<Plan> m_posted; ///< last; its fate is known after a flush
    qint64 m_newestJudged = 0;      ///< in the spool; numbers only grow
    std::vector<JobId> m_untaken;   ///< begun, but the dispatcher has not got them yet
    Clock::SteadyTime m_nextClockLook{};
    // By level and UID of series or study.
    QHash<QString, int> m_before;              ///< different instances that were routed before this page
    QHash<QString, QSet<QByteArray>> m_inPage; ///< and those that this page brings
    std::map<PresenceDesk::Key, QHash<qint64, QString>> m_asked; ///< waits for an answer: instance and destination
    std::optional<Error> m_refusal;                              ///< the index does not take what was decided
    ForwardCounters m_counters;
};

} // namespace radpost::engine
