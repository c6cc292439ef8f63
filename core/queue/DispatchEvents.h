#pragma once

#include "core/queue/Progress.h"
#include "core/queue/Sender.h"

namespace radpost::queue {

/// A delivery that reached a final state or has to be tried again; the row is committed.
struct DeliveryEvent
{
    JobId job;
    DeliveryId delivery;
    SopInstanceUid sopInstanceUid;
    QString path;
    store::DeliveryState state = store::DeliveryState::Pending;
    int tries = 0;
    std::optional<quint16> dimseStatus;
    std::optional<ErrorCode> errorCode;
    QString detail;
    QString errorComment;
    QString offendingElement; ///< "(gggg,eeee)", joined by comma
    std::optional<Clock::WallTime> retryAt;
};

/// What happens, told as it happens. Calls come from the dispatcher's threads, several at once, with no lock held; they
/// must return quickly and must not call stop(). All have empty defaults.
class DispatchEvents
{
public:
    virtual ~DispatchEvents() = default;
    virtual void onJobStarted(JobId job) { Q_UNUSED(job) }
    /// At most ten a second for each job, and once when it comes to rest.
    virtual void onProgress(const JobProgress& progress) { Q_UNUSED(progress) }
    /// Every delivery that did not simply end as Stored.
    virtual void onDelivery(const DeliveryEvent& event) { Q_UNUSED(event) }
    /// Outcomes that were committed together, by the state they led to: what is counted, all of them.
    virtual void onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes)
    {
        Q_UNUSED(destination)
        Q_UNUSED(outcomes)
    }
    /// Finished, Stopped, Paused or Cancelled; progress.activity says which. Everything told is committed.
    virtual void onJobAtRest(const JobProgress& progress) { Q_UNUSED(progress) }
    virtual void onAssociationOpened(const QString& destination, AssociationId id, const SessionInfo& info)
    {
        Q_UNUSED(destination)
        Q_UNUSED(id)
        Q_UNUSED(info)
    }
    virtual void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
    {
        Q_UNUSED(destination)
        Q_UNUSED(error)
        Q_UNUSED(nextTryAt)
    }
    virtual void onDestinationUp(const QString& destination) { Q_UNUSED(destination) }
    virtual void onLedgerFailed(const Error& error) { Q_UNUSED(error) }
    virtual void onLedgerRecovered() {}
};

} // namespace radpost::queue
