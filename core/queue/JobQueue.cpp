#include "core/queue/JobQueue.h"

#include "core/queue/Batch_p.h"
#include "core/store/Database.h"
#include "core/store/LedgerReader.h"

#include <functional>
#include <map>
#include <mutex>

using namespace Qt::StringLiterals;

namespace radpost::queue {

using store::JobGrowth;
using store::JobState;
using store::WriteSession;

struct JobQueue::Private
{
    explicit Private(store::Ledger& l)
        : ledger(l)
    {
    }

    store::Ledger& ledger;

    std::mutex mutex;
    JobQueueListener* listener = nullptr;                    // guarded by mutex
    std::map<JobId, std::weak_ptr<std::atomic<bool>>> flags; // guarded by mutex; of jobs that grow

    void tell(const QList<JobId>& jobs);
    void tellDestination(const QString& name);
    std::unique_ptr<Batch> makeBatch(std::unique_ptr<Batch::Private> p, QList<DeliveryId> firstDeliveries);
    void markCancelled(JobId job);
    Result<> changeState(JobId job, std::initializer_list<JobState> from, JobState to);
    Result<> setDestinationPaused(const QString& name, bool paused);
    using RetryWork = std::function<Result<qint64>(store::DeliveryRepository& deliveries)>;
    Result<qint64> retry(JobId job, const RetryWork& work);
};

namespace {

/// Errors: JobNotFound; InvalidArgument unless the job is in one of @p allowed.
Result<store::JobRow> findIn(WriteSession& session, JobId job, std::initializer_list<JobState> allowed)
{
    return session.jobs.find(job).and_then([&](store::JobRow row) -> Result<store::JobRow> {
        if (std::find(allowed.begin(), allowed.end(), row.state) == allowed.end()) {
            return fail(ErrorCode::InvalidArgument, u"job %1 is in state %2"_s.arg(job.value).arg(int(row.state)));
        }
        return row;
    });
}

Result<> checkInterrupted(store::JobRepository& repository, std::span<const JobId> jobs)
{
    for (const auto job : jobs) {
        const auto row = repository.find(job);
        if (!row) {
            return fail(row.error());
        }
        if (row->growth != JobGrowth::Interrupted) {
            return fail(ErrorCode::InvalidArgument, u"the scan of job %1 was not interrupted"_s.arg(job.value));
        }
    }
    return jobs.empty() ? fail(ErrorCode::InvalidArgument, u"no job"_s) : Result<>();
}

/// Where each job goes on. They grew together, so they must be equally long.
Result<QList<DeliveryId>> nextDeliveries(store::LedgerReader& reader, std::span<const JobId> jobs)
{
    QList<DeliveryId> next;
    qint64 length = -1;
    for (const auto job : jobs) {
        const auto last = reader.deliveries().last(job);
        if (!last) {
            return fail(last.error());
        }
        const qint64 ordinal = last->isValid() ? last->value - store::deliveryId(job, 0).value : 0;
        if (length >= 0 && length != ordinal) {
            return fail(ErrorCode::InvalidArgument, u"the jobs do not have the same source"_s);
        }
        length = ordinal;
        next.append(store::deliveryId(job, ordinal + 1));
    }
    return next;
}

Result<> growAgain(WriteSession& session, const QList<JobId>& jobs)
{
    // Somebody else may have reopened them since that was looked at: only here one comes after the other.
    if (auto interrupted = checkInterrupted(session.jobs, jobs); !interrupted) {
        return interrupted;
    }
    for (const auto job : jobs) {
        const Result<> steps[] = {session.jobs.setGrowth(job, JobGrowth::Growing), session.jobs.thawCounts(job),
            session.database.prepared(u"DELETE FROM skipped_files WHERE job_id = ?"_s).bind(job.value).exec(),
            session.database.prepared(u"DELETE FROM duplicate_files WHERE job_id = ?"_s).bind(job.value).exec()};
        for (const auto& step : steps) {
            if (!step) {
                return step;
            }
        }
        // What was thought to be all is not: a Finished job has work again.
        const auto row = session.jobs.find(job);
        if (row && row->state == JobState::Finished) {
            if (auto done = session.jobs.setState(job, JobState::Active, row->createdAt); !done) {
                return done;
            }
        }
    }
    return {};
}

} // namespace

void JobQueue::Private::tell(const QList<JobId>& jobs)
{
    const std::lock_guard lock(mutex);
    if (listener != nullptr) {
        for (const auto job : jobs) {
            listener->onJobChanged(job);
        }
    }
}

void JobQueue::Private::tellDestination(const QString& name)
{
    const std::lock_guard lock(mutex);
    if (listener != nullptr) {
        listener->onDestinationChanged(name);
    }
}

std::unique_ptr<Batch> JobQueue::Private::makeBatch(
    std::unique_ptr<Batch::Private> p, QList<DeliveryId> firstDeliveries)
{
    p->firstDeliveries = std::make_shared<const QList<DeliveryId>>(std::move(firstDeliveries));
    p->onSealed = [this, jobs = p->jobs] { tell(jobs); };
    const std::lock_guard lock(mutex);
    std::erase_if(flags, [](const auto& entry) { return entry.second.expired(); });
    for (const auto job : p->jobs) {
        p->cancelFlags.push_back(std::make_shared<std::atomic<bool>>(false));
        flags[job] = p->cancelFlags.back();
    }
    return std::make_unique<Batch>(std::move(p));
}

void JobQueue::Private::markCancelled(JobId job)
{
    const std::lock_guard lock(mutex);
    if (const auto found = flags.find(job); found != flags.end()) {
        if (const auto flag = found->second.lock()) {
            flag->store(true);
        }
    }
}

Result<> JobQueue::Private::changeState(JobId job, std::initializer_list<JobState> from, JobState to)
{
    const QList<JobState> allowed(from);
    auto done = ledger.writer().run([&](WriteSession& session) {
        return session.jobs.find(job).and_then([&](const store::JobRow& row) -> Result<> {
            if (row.state == to) {
                return {};
            }
            if (!allowed.contains(row.state)) {
                return fail(ErrorCode::InvalidArgument, u"job %1 is in state %2"_s.arg(job.value).arg(int(row.state)));
            }
            return session.jobs.setState(job, to, ledger.clock().now());
        });
    });
    if (done) {
        tell({job});
    }
    return done;
}

Result<> JobQueue::Private::setDestinationPaused(const QString& name, bool paused)
{
    auto done =
        ledger.writer().run([&](WriteSession& session) { return session.jobs.setDestinationPaused(name, paused); });
    if (done) {
        tellDestination(name);
    }
    return done;
}

JobQueue::JobQueue(store::Ledger& ledger)
    : d(std::make_unique<Private>(ledger))
{
}

JobQueue::~JobQueue() = default;

store::Ledger& JobQueue::ledger()
{
    return d->ledger;
}

void JobQueue::setListener(JobQueueListener* listener)
{
    const std::lock_guard lock(d->mutex);
    d->listener = listener;
}

Result<std::unique_ptr<Batch>> JobQueue::create(std::span<const store::NewJob> jobs)
{
    if (jobs.empty()) {
        return fail(ErrorCode::InvalidArgument, u"no job"_s);
    }
    auto p = std::make_unique<Batch::Private>(d->ledger);
    QList<DeliveryId> firstDeliveries;
    for (qsizetype i = 0; i < qsizetype(jobs.size()); ++i) {
        p->jobs.append(d->ledger.writer().nextJobId());
        firstDeliveries.append(store::deliveryId(p->jobs.last(), 1));
    }
    const auto inserted = d->ledger.writer().run([&](WriteSession& session) -> Result<> {
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (auto done = session.jobs.insert(p->jobs[qsizetype(i)], jobs[i], d->ledger.clock().now()); !done) {
                return done;
            }
        }
        return {};
    });
    if (!inserted) {
        return fail(inserted.error());
    }
    return d->makeBatch(std::move(p), std::move(firstDeliveries));
}

std::unique_ptr<Batch> JobQueue::begin(const store::NewJob& job)
{
    auto p = std::make_unique<Batch::Private>(d->ledger);
    const auto id = d->ledger.writer().nextJobId();
    p->jobs.append(id);
    d->ledger.writer().post(
        [id, job, now = d->ledger.clock().now()](WriteSession& session) { return session.jobs.insert(id, job, now); });
    return d->makeBatch(std::move(p), {store::deliveryId(id, 1)});
}

Result<std::unique_ptr<Batch>> JobQueue::reopen(std::span<const JobId> jobs)
{
    auto reader = d->ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const auto interrupted = checkInterrupted((*reader)->jobs(), jobs);
    auto next = interrupted ? nextDeliveries(**reader, jobs) : fail(interrupted.error());
    if (!next) {
        return fail(next.error());
    }
    auto p = std::make_unique<Batch::Private>(d->ledger);
    p->jobs = QList<JobId>(jobs.begin(), jobs.end());
    const auto remembered =
        (*reader)->report().forEachDelivery(jobs.front(), {}, [&](const store::DeliveryRow& delivery) {
            p->known.insert(delivery.sopInstanceUid.value, delivery.sourcePath);
            return true;
        });
    const auto grown = remembered.and_then(
        [&] { return d->ledger.writer().run([&](WriteSession& session) { return growAgain(session, p->jobs); }); });
    if (!grown) {
        return fail(grown.error());
    }
    auto batch = d->makeBatch(std::move(p), std::move(*next));
    d->tell(batch->jobs());
    return batch;
}

Result<> JobQueue::pause(JobId job)
{
    return d->changeState(job, {JobState::Active}, JobState::Paused);
}

Result<> JobQueue::stop(JobId job, const Error& reason)
{
    auto done = d->ledger.writer().run([&](WriteSession& session) {
        return session.jobs.find(job).and_then([&](const store::JobRow& row) {
            return row.state == JobState::Active || row.state == JobState::Stopped
                ? session.jobs.setState(job, JobState::Stopped, d->ledger.clock().now(), reason)
                : Result<>();
        });
    });
    if (done) {
        d->tell({job});
    }
    return done;
}

Result<> JobQueue::resume(JobId job)
{
    return d->changeState(job, {JobState::Paused, JobState::Stopped}, JobState::Active);
}

Result<> JobQueue::cancel(JobId job)
{
    auto done = d->ledger.writer().run([&](WriteSession& session) -> Result<> {
        return findIn(session, job, {JobState::Active, JobState::Paused, JobState::Stopped})
            .and_then([&](const store::JobRow&) {
                return session.jobs.setState(job, JobState::Cancelled, d->ledger.clock().now());
            })
            .and_then([&] { return session.deliveries.cancelUnfinished(job); })
            .map([](qint64) {});
    });
    if (done) {
        d->markCancelled(job);
        d->tell({job});
    }
    return done;
}

Result<qint64> JobQueue::Private::retry(JobId job, const RetryWork& work)
{
    qint64 count = 0;
    const auto done = ledger.writer().run([&](WriteSession& session) -> Result<> {
        const auto row =
            findIn(session, job, {JobState::Active, JobState::Paused, JobState::Stopped, JobState::Finished});
        const auto retried = row.and_then([&](const store::JobRow&) { return work(session.deliveries); });
        if (!retried) {
            return fail(retried.error());
        }
        count = *retried;
        if (count == 0 && row->state == JobState::Finished) {
            return {};
        }
        return session.jobs.thawCounts(job).and_then(
            [&] { return session.jobs.setState(job, JobState::Active, ledger.clock().now()); });
    });
    if (!done) {
        return fail(done.error());
    }
    tell({job});
    return count;
}

Result<qint64> JobQueue::retryFailed(JobId job)
{
    return d->retry(job, [job](store::DeliveryRepository& deliveries) { return deliveries.retryRejected(job); });
}

Result<qint64> JobQueue::retryFailed(JobId job, const store::FailureCause& cause)
{
    return d->retry(job, [&](store::DeliveryRepository& deliveries) { return deliveries.retryRejected(job, cause); });
}

Result<> JobQueue::settle(JobId job)
{
    return d->ledger.writer().run([&](WriteSession& session) {
        return findIn(session, job, {JobState::Paused, JobState::Stopped, JobState::Finished, JobState::Cancelled})
            .and_then([&](const store::JobRow&) { return session.jobs.setSettled(job, true); });
    });
}

Result<> JobQueue::setPriority(JobId job, int priority)
{
    auto done = d->ledger.writer().run([&](WriteSession& session) {
        return session.jobs.find(job).and_then(
            [&](const store::JobRow&) { return session.jobs.setPriority(job, priority); });
    });
    if (done) {
        d->tell({job});
    }
    return done;
}

Result<> JobQueue::setContract(JobId job, const QString& contract)
{
    return d->ledger.writer().run([&](WriteSession& session) { return session.jobs.setContract(job, contract); });
}

Result<> JobQueue::pauseDestination(const QString& name)
{
    return d->setDestinationPaused(name, true);
}

Result<> JobQueue::resumeDestination(const QString& name)
{
    return d->setDestinationPaused(name, false);
}

} // namespace radpost::queue
