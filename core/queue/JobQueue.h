#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/queue/Batch.h"
#include "core/store/HistoryTypes.h"

#include <QList>
#include <QString>

#include <memory>
#include <span>

namespace radpost::store {
class Ledger;
}

namespace radpost::queue {

/// What the dispatcher wants to know of the people's wishes. Called after the change is committed, on the thread that
/// asked for it.
class JobQueueListener
{
public:
    virtual ~JobQueueListener() = default;
    virtual void onJobChanged(JobId job) = 0;
    virtual void onDestinationChanged(const QString& destinationName) = 0;
};

/// Jobs in the ledger: made, paused, resumed, cancelled. Any thread. Works with no dispatcher, too (`radpost cancel`).
/// Every call blocks until its effect is durable; errors DiskFull and LedgerFailed from the ledger, JobNotFound.
class JobQueue final
{
public:
    /// @p ledger is open for writing and outlives this.
    explicit JobQueue(store::Ledger& ledger);
    ~JobQueue();
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;

    /// Makes one job for each destination; instances then enter all of them at once. The jobs are Growing until
    /// Batch::seal.
    [[nodiscard]] Result<std::unique_ptr<Batch>> create(std::span<const store::NewJob> jobs);

    /// create() for one job without waiting: it is durable before whatever is posted to the ledger's writer after it.
    [[nodiscard]] std::unique_ptr<Batch> begin(const store::NewJob& job);

    /// Goes on with Interrupted jobs of one source: the caller scans again, and what is in the jobs already is passed
    /// over (a Batch with memory of the instances). Skipped files and duplicates are recorded anew.
    /// Errors: InvalidArgument unless all are Interrupted.
    [[nodiscard]] Result<std::unique_ptr<Batch>> reopen(std::span<const JobId> jobs);

    /// Sends no more of it; what is on the wire gets its outcome. Only Active jobs; otherwise InvalidArgument.
    [[nodiscard]] Result<> pause(JobId job);
    /// Sends no more of it until somebody resumes it, for @p reason; what is on the wire gets its outcome. Only Active
    /// and Stopped jobs.
    [[nodiscard]] Result<> stop(JobId job, const Error& reason);
    /// Paused or Stopped becomes Active. An Active job stays what it is.
    [[nodiscard]] Result<> resume(JobId job);
    /// An Active job becomes Stopped with @p reason, for somebody to see to it; another one stays what it is.
    [[nodiscard]] Result<> stop(JobId job, const Error& reason);
    /// Everything unfinished becomes Cancelled; what is on the wire and ends well still becomes Stored.
    [[nodiscard]] Result<> cancel(JobId job);
    /// Rejected deliveries, and stored ones whose proof is Missing, become Pending with a fresh budget, waiting ones
    /// are due at once, and the job is Active. @return how many deliveries were Rejected or Missing.
    [[nodiscard]] Result<qint64> retryFailed(JobId job);
    /// The same for those alone that were rejected by @p cause; what waits goes on waiting.
    [[nodiscard]] Result<qint64> retryFailed(JobId job, const store::FailureCause& cause);
    /// A person has seen to the failures of the job, or there is nothing to be done. Not of an Active job:
    /// InvalidArgument.
    [[nodiscard]] Result<> settle(JobId job);
    [[nodiscard]] Result<> setPriority(JobId job, int priority);
    /// What the job's destination is from now on. Nobody is told: who sends the job already goes on as before.
    [[nodiscard]] Result<> setContract(JobId job, const QString& contract);

    /// Holds or releases all jobs of a destination; survives a restart.
    [[nodiscard]] Result<> pauseDestination(const QString& name);
    [[nodiscard]] Result<> resumeDestination(const QString& name);

    [[nodiscard]] store::Ledger& ledger();

    /// Not owned; one or none.
    void setListener(JobQueueListener* listener);

private:
    friend class Dispatcher;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::queue
