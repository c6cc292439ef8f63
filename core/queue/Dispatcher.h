#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/queue/DestinationPolicy.h"
#include "core/queue/DispatchEvents.h"
#include "core/queue/Progress.h"
#include "core/queue/Sender.h"
#include "core/store/LedgerTypes.h"

#include <QList>

#include <chrono>
#include <memory>
#include <optional>

namespace radpost::queue {

class JobQueue;
class WaitClock;

/// How to reach a destination and what to keep to.
struct DestinationSetup
{
    DestinationPolicy policy;
    std::unique_ptr<SenderFactory> senders;
};

/// Turns a job's frozen contract into a setup. Called from the thread that hands over a job; jobs with the same
/// destination name and contract share one.
class DestinationProvider
{
public:
    virtual ~DestinationProvider() = default;
    /// An error stops the job with that reason.
    [[nodiscard]] virtual Result<DestinationSetup> setup(const store::JobRow& job) = 0;
    /// Whether nobody sits and waits for @p job: RetryPolicy::patience is for such ones.
    [[nodiscard]] virtual bool isStanding(const store::JobRow& job) const
    {
        Q_UNUSED(job)
        return false;
    }
};

/// Sends the deliveries of the jobs it was given: one lane per destination, in it one thread that decides and one
/// worker thread per session. Any thread may call.
///
/// What happens to a delivery, by how a try ends:
/// - stored (with warning): final.
/// - answered or failed alone with Retry::Never: Rejected, the batch goes on.
/// - Retry::Later: Waiting, with a delay that doubles; Rejected after RetryPolicy::maxAttempts, in a standing job
///   not before RetryPolicy::patience is over. Two such answers with nothing stored in between hold the whole
///   destination back, with a delay that doubles, too, up to BreakerPolicy::maxDelay.
/// - AfterOperator: the job is Stopped with the reason; the delivery stays Pending, JobQueue::resume goes on.
/// - the session died: every instance on it without outcome is sent again at once. It counts as a death of the instance
///   when the destination could be reached right after; two deaths, and the instance is tried with nothing else on the
///   wire to that destination; a third there, and it is Rejected with CulpritInstance. When the destination could not
///   be reached after, each is tried alone; DestinationPolicy::lonelyDeaths there, and it crashed the peer: the same.
/// - what the sender objects to beforehand (SenderFactory::objectionTo): Rejected unsent.
/// - the peer was reached and ended the negotiation of several contexts: each half is asked for by itself; the one that
///   dies alone, twice, while another one opens, is Rejected with its instances.
/// - no session could be opened: no delivery is touched. The destination is tried again with growing delays; after
///   BreakerPolicy::failures in a row only a probe (C-ECHO) asks, one session then tests the ground, and
///   BreakerPolicy::giveUpAfter bounds it all.
///
/// Intent is committed before the first byte and outcomes before they are told, so a process that is killed sends again
/// at most what was on the wire: associations × window instances.
class Dispatcher final
{
public:
    /// All parameters outlive this. The dispatcher becomes the listener of @p queue and of its ledger's writer.
    Dispatcher(JobQueue& queue, DestinationProvider& destinations, DispatchEvents& events, const WaitClock& clock);
    /// stop() with no patience.
    ~Dispatcher();
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    /// Takes charge of a job, whatever its state; it is sent when it is Active. Blocks on the ledger shortly. Taking a
    /// job twice changes nothing. Errors: JobNotFound, LedgerFailed; what the provider says (the job is Stopped then);
    /// those of startThread() (the job stays as it is, and can be taken later).
    [[nodiscard]] Result<> take(JobId job);
    /// Forgets a job that is at rest, so that the next take() reads its contract anew. @return false: it is being sent,
    /// and stays.
    [[nodiscard]] bool letGo(JobId job);
    /// Takes every Active job: what a stop or a crash left. @return them, oldest first.
    [[nodiscard]] Result<QList<JobId>> takeUnfinished();

    /// The destination of a taken job is tried at once instead of at JobProgress::nextTryAt, when it was out of reach
    /// or refused. Does not block. Errors: JobNotFound.
    [[nodiscard]] Result<> tryNow(JobId job);

    /// Blocks until every taken job is at rest (JobProgress::isAtRest) or held by its paused destination, which only a
    /// person ends. Errors: Cancelled.
    [[nodiscard]] Result<> waitUntilAtRest(const CancelToken& cancel);

    /// Ends all sessions in good order: no new request leaves, what is on the wire gets @p patience for its response.
    /// What has no outcome then stays Pending. Blocks; idempotent. No event comes after it.
    void stop(std::chrono::milliseconds patience);

    /// How a taken job stands now; none: not taken.
    [[nodiscard]] std::optional<JobProgress> progress(JobId job) const;
    [[nodiscard]] QList<JobProgress> progress() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::queue
