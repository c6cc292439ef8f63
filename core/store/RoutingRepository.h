#pragma once

#include "core/base/Result.h"
#include "core/store/RoutingTypes.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace radpost::store {

class Database;
class Statement;

/// What is to become of the instances of the spool: not routed yet, waiting, held, delivered. One thread: the one of
/// its connection. An instance is Pending from the transaction that entered it, and leaves that state only together
/// with its deliveries, waits and holds.
class RoutingRepository final
{
public:
    explicit RoutingRepository(Database& database);

    /// The oldest Pending instances whose file is there.
    [[nodiscard]] Result<QList<RoutableInstance>> pending(int limit);
    [[nodiscard]] Result<std::optional<RoutableInstance>> find(qint64 spoolId);
    /// Different instances of a series or study (config::Trigger @p level) that are there and were routed.
    [[nodiscard]] Result<int> receivedCount(int level, const QString& uid);
    /// Where an instance went already, or is about to go: it must not go there twice.
    [[nodiscard]] Result<QStringList> destinationsOf(qint64 spoolId);
    /// The one of @p members that got instances of the study last; empty: none did.
    [[nodiscard]] Result<QString> memberOf(const QString& studyInstanceUid, const QStringList& members);

    // For the writer thread
    [[nodiscard]] Result<> setState(qint64 spoolId, RoutingState state);
    [[nodiscard]] Result<> link(qint64 spoolId, DeliveryId delivery);
    /// A destination has the instance already: it is LeftOut unless something else is to come of it, or came.
    [[nodiscard]] Result<> leaveOut(qint64 spoolId);
    /// Nothing changes when the instance waits for that destination already.
    [[nodiscard]] Result<> add(const SpoolWait& wait);
    /// Nothing changes when the same is held already.
    [[nodiscard]] Result<> add(const SpoolHold& hold);

    // Waits
    [[nodiscard]] Result<QList<WaitingGroup>> waitingGroups();
    /// For the writer thread: what waits for @p group is due @p now plus its delay. @return how many.
    [[nodiscard]] Result<qint64> complete(const WaitGroup& group, WallTime now);
    /// Likewise what any rule waits for at @p level (config::Trigger) of @p uid.
    [[nodiscard]] Result<qint64> complete(int level, const QString& uid, WallTime now);
    [[nodiscard]] Result<QList<SpoolWait>> due(WallTime now, int limit);
    /// What a clock that has been set back since would let wait for more than a minute longer than it was meant to.
    /// Looks at every wait.
    [[nodiscard]] Result<QList<SpoolWait>> misdated(WallTime now, int limit);
    [[nodiscard]] Result<std::optional<WallTime>> nextDue();
    /// For the writer thread.
    [[nodiscard]] Result<> postpone(const SpoolWait& wait, WallTime until);
    [[nodiscard]] Result<> remove(const SpoolWait& wait);

    // What does not fit together, as after a ledger was restored or mended
    /// The last of at most @p limit rows behind the id @p after; 0: there is none.
    [[nodiscard]] Result<qint64> endOfPage(qint64 after, int limit);
    /// For the writer thread: what counts as routed between the ids @p after and @p last (included), although nothing
    /// tells of a delivery, a wait or a hold, or one of its deliveries is gone while its job is there, is routed anew.
    /// Where it went, as far as that is known, it does not go again. @return how many.
    [[nodiscard]] Result<qint64> rerouteLost(qint64 after, qint64 last);
    /// Rows between them whose file is gone, and that nothing is left to be done with.
    [[nodiscard]] Result<QList<qint64>> goneAndSettled(qint64 after, qint64 last);

    // Holds
    /// Those after the hold @p after, in the order they came.
    [[nodiscard]] Result<QList<HeldInstance>> held(qint64 after, int limit);
    /// For the writer thread: a person lets the instance of a hold go on. Behind the rule that held it, or once more
    /// from where it was judged when there was another cause; where it went already it does not go again. Errors:
    /// InvalidArgument: there is no such hold.
    [[nodiscard]] Result<> release(qint64 hold);
    /// For the writer thread: a person says that what was held is not to be sent. Errors: as release().
    [[nodiscard]] Result<> drop(qint64 hold);
    /// For the writer thread: what becomes of instances above @p after that no rule wanted, at most @p limit: Pending,
    /// judged again; Dropped, not kept any longer. @p after: the last of them. @return how many; 0: there are no more.
    [[nodiscard]] Result<qint64> decideUnmatched(RoutingState state, qint64& after, int limit);

    // Retention
    /// Instances above @p after that came until @p newest and nothing is left to be done with, ascending; @p scanned:
    /// the last id looked at, of at most @p limit. Rejected deliveries are something to be done until their job is
    /// settled, and so is one that the ledger lost while it has the job.
    [[nodiscard]] Result<QList<RemovableInstance>> removable(qint64 after, int limit, WallTime newest, qint64& scanned);
    /// Every delivery is final, and nothing else is to come.
    [[nodiscard]] Result<bool> isSettled(qint64 spoolId);
    /// Looks at every row.
    [[nodiscard]] Result<SpoolReport> report();

private:
    [[nodiscard]] Result<SpoolHold> hold(qint64 id);
    [[nodiscard]] Result<> remove(const SpoolHold& hold);
    [[nodiscard]] Result<QList<RoutableInstance>> readInstances(Statement& rows);
    [[nodiscard]] Result<QList<SpoolWait>> readWaits(Statement& rows);
    [[nodiscard]] Result<SpoolShare> share(const QString& where);
    [[nodiscard]] Result<QList<DestinationShare>> shares(const QString& where);

    Database& m_database;
};

} // namespace radpost::store
