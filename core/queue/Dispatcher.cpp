#include "core/queue/Dispatcher.h"

#include "core/observe/Log.h"
#include "core/queue/JobQueue.h"
#include "core/queue/Lane.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <vector>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

/// Equal for names that store::isSameDestination() takes for one.
QString foldedName(const QString& name)
{
    return name.contains(u'@') ? name : name.toCaseFolded();
}

} // namespace

using LanePointer = std::shared_ptr<Lane>;

struct Dispatcher::Private final : store::LedgerListener, JobQueueListener
{
    Private(JobQueue& q, DestinationProvider& p, DispatchEvents& e, const WaitClock& c)
        : queue(q)
        , provider(p)
        , events(e)
        , clock(c)
    {
    }

    JobQueue& queue;
    DestinationProvider& provider;
    DispatchEvents& events;
    const WaitClock& clock;

    mutable std::mutex mutex; // guards what follows
    std::condition_variable restChanged;
    std::map<QString, LanePointer> lanes; // by name and contract
    std::map<JobId, LanePointer> routes;
    std::vector<LanePointer> retired; // of contracts that no job has any more; see endRetired()
    bool isStopped = false;

    std::mutex takeMutex; // one take() at a time, so that a lane is made once

    void onInstancesCommitted(std::span<const store::InstanceRecord> instances) override;
    void onAttemptsCommitted(std::span<const store::AttemptRecord> attempts) override;
    void onLedgerFailed(const Error& error) override;
    void onLedgerRecovered() override;
    void onJobChanged(JobId job) override;
    void onDestinationChanged(const QString& destinationName) override;

    LanePointer laneOf(JobId job) const;
    std::vector<LanePointer> allLanes() const;
    Result<store::JobRow> readRow(JobId job);
    Result<LanePointer> laneFor(const store::JobRow& row);
    void endRetired();
    Result<> refresh(JobId job, Lane& lane);
    void stopInLedger(JobId job, const Error& reason);
    bool allQuiet() const;
};

LanePointer Dispatcher::Private::laneOf(JobId job) const
{
    const std::lock_guard lock(mutex);
    const auto found = routes.find(job);
    return found == routes.end() ? nullptr : found->second;
}

std::vector<LanePointer> Dispatcher::Private::allLanes() const
{
    const std::lock_guard lock(mutex);
    std::vector<LanePointer> list = retired;
    for (const auto& [key, lane] : lanes) {
        list.push_back(lane);
    }
    return list;
}

void Dispatcher::Private::onInstancesCommitted(std::span<const store::InstanceRecord> instances)
{
    for (std::size_t begin = 0; begin < instances.size();) {
        const auto& batch = instances[begin].firstDeliveries;
        qint64 bytes = 0;
        std::size_t end = begin;
        for (; end < instances.size() && instances[end].firstDeliveries == batch; ++end) {
            bytes += instances[end].dataSetLength;
        }
        for (const auto first : *batch) {
            if (const auto lane = laneOf(store::jobOf(first))) {
                lane->onInstancesCommitted(store::jobOf(first), qint64(end - begin), bytes);
            }
        }
        begin = end;
    }
}

/// The records are sorted by delivery, hence by job.
void Dispatcher::Private::onAttemptsCommitted(std::span<const store::AttemptRecord> attempts)
{
    for (std::size_t begin = 0; begin < attempts.size();) {
        const auto job = store::jobOf(attempts[begin].delivery);
        std::size_t end = begin;
        while (end < attempts.size() && store::jobOf(attempts[end].delivery) == job) {
            ++end;
        }
        if (const auto lane = laneOf(job)) {
            lane->onAttemptsCommitted(job, attempts.subspan(begin, end - begin));
        }
        begin = end;
    }
}

void Dispatcher::Private::onLedgerFailed(const Error& error)
{
    for (const auto& lane : allLanes()) {
        lane->setLedgerFailure(error);
    }
    events.onLedgerFailed(error);
}

void Dispatcher::Private::onLedgerRecovered()
{
    for (const auto& lane : allLanes()) {
        lane->setLedgerFailure(std::nullopt);
    }
    events.onLedgerRecovered();
}

void Dispatcher::Private::onJobChanged(JobId job)
{
    if (const auto lane = laneOf(job)) {
        if (const auto done = refresh(job, *lane); !done) {
            qCWarning(observe::lcQueue) << "job" << job.value << "could not be read again:" << done.error().detail;
        }
    }
}

void Dispatcher::Private::onDestinationChanged(const QString& destinationName)
{
    std::vector<std::pair<JobId, LanePointer>> affected;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [job, lane] : routes) {
            if (store::isSameDestination(lane->policy().name, destinationName)) {
                affected.emplace_back(job, lane);
            }
        }
    }
    for (const auto& [job, lane] : affected) {
        std::ignore = refresh(job, *lane);
    }
}

Result<store::JobRow> Dispatcher::Private::readRow(JobId job)
{
    Result<store::JobRow> row = fail(ErrorCode::JobNotFound);
    const auto done = queue.ledger().writer().inspect([&](store::WriteSession& session) -> Result<> {
        row = session.jobs.find(job);
        return {};
    });
    return done ? row : fail(done.error());
}

Result<> Dispatcher::Private::refresh(JobId job, Lane& lane)
{
    auto done = queue.ledger().writer().inspect([&, job](store::WriteSession& session) -> Result<> {
        const auto row = session.jobs.find(job);
        const auto counts = session.jobs.counts(job);
        if (!row || !counts) {
            return fail(!row ? row.error() : counts.error());
        }
        lane.refresh(*row, *counts);
        return {};
    });
    const std::lock_guard lock(mutex);
    restChanged.notify_all();
    return done;
}

Result<LanePointer> Dispatcher::Private::laneFor(const store::JobRow& row)
{
    const QString key = foldedName(row.destinationName) + u'\n' + row.destinationContract;
    {
        const std::lock_guard lock(mutex);
        if (const auto found = lanes.find(key); found != lanes.end()) {
            return found->second;
        }
    }
    auto setup = provider.setup(row);
    if (!setup) {
        stopInLedger(row.id, setup.error());
        return fail(setup.error());
    }
    setup->policy.name = row.destinationName;
    auto lane = std::make_shared<Lane>(LaneParams{std::move(*setup), queue.ledger(), events, clock, [this] {
                                                      const std::lock_guard lock(mutex);
                                                      restChanged.notify_all();
                                                  }});
    if (auto started = lane->start(); !started) {
        return fail(std::move(started.error()));
    }
    endRetired();
    const std::lock_guard lock(mutex);
    return lanes[key] = std::move(lane);
}

/// A program that runs for years sees many contracts: each that is made anew lets those go that no job has. A lane ends
/// here and nowhere else, since others who hold it, the ledger's writer among them, must not wait for its thread.
void Dispatcher::Private::endRetired()
{
    std::vector<LanePointer> ending;
    {
        const std::lock_guard lock(mutex);
        std::erase_if(lanes, [this](auto& entry) {
            const bool isUsed = std::any_of(
                routes.begin(), routes.end(), [&entry](const auto& route) { return route.second == entry.second; });
            if (!isUsed) {
                retired.push_back(std::move(entry.second));
            }
            return !isUsed;
        });
        const auto unheld =
            std::partition(retired.begin(), retired.end(), [](const auto& lane) { return lane.use_count() > 1; });
        std::move(unheld, retired.end(), std::back_inserter(ending));
        retired.erase(unheld, retired.end());
    }
    ending.clear(); // without the lock: their threads may want it
}

void Dispatcher::Private::stopInLedger(JobId job, const Error& reason)
{
    const auto done = queue.ledger().writer().run([&](store::WriteSession& session) {
        return session.jobs.setState(job, store::JobState::Stopped, clock.now(), reason);
    });
    if (!done) {
        qCWarning(observe::lcQueue) << "job" << job.value << "could not be stopped:" << done.error().detail;
    }
}

bool Dispatcher::Private::allQuiet() const
{
    return std::all_of(
        routes.begin(), routes.end(), [](const auto& route) { return route.second->isQuiet(route.first); });
}

Dispatcher::Dispatcher(
    JobQueue& queue, DestinationProvider& destinations, DispatchEvents& events, const WaitClock& clock)
    : d(std::make_unique<Private>(queue, destinations, events, clock))
{
    queue.setListener(d.get());
    queue.ledger().writer().setListener(d.get());
}

Dispatcher::~Dispatcher()
{
    stop(std::chrono::milliseconds(0));
}

Result<> Dispatcher::take(JobId job)
{
    const std::lock_guard takeLock(d->takeMutex);
    if (d->laneOf(job) != nullptr) {
        return {};
    }
    const auto row = d->readRow(job);
    if (!row) {
        return fail(row.error());
    }
    const auto lane = d->laneFor(*row);
    if (!lane) {
        return fail(lane.error());
    }
    (*lane)->add(job, d->provider.isStanding(*row));
    {
        const std::lock_guard lock(d->mutex);
        if (d->isStopped) {
            return fail(ErrorCode::Cancelled, u"the dispatcher was stopped"_s);
        }
        d->routes[job] = *lane;
    }
    if (const auto failure = d->queue.ledger().writer().failure()) {
        (*lane)->setLedgerFailure(failure);
    }
    auto known = d->refresh(job, **lane);
    if (!known) { // else the next take() would find it taken, and nobody would send it
        {
            const std::lock_guard lock(d->mutex);
            d->routes.erase(job);
        }
        (*lane)->forget(job);
    }
    return known;
}

bool Dispatcher::letGo(JobId job)
{
    const std::lock_guard takeLock(d->takeMutex);
    const auto lane = d->laneOf(job);
    if (lane == nullptr) {
        return true;
    }
    const auto progress = lane->progress(job);
    if (!progress || !progress->isAtRest()) {
        return false;
    }
    {
        const std::lock_guard lock(d->mutex);
        d->routes.erase(job);
    }
    lane->forget(job);
    return true;
}

Result<QList<JobId>> Dispatcher::takeUnfinished()
{
    const auto reader = d->queue.ledger().openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const auto active = (*reader)->jobs().list(store::JobState::Active);
    if (!active) {
        return fail(active.error());
    }
    QList<JobId> taken;
    for (auto row = active->crbegin(); row != active->crend(); ++row) {
        if (const auto done = take(row->id); !done) {
            qCWarning(observe::lcQueue) << "job" << row->id.value << "was not taken up:" << done.error().detail;
            continue;
        }
        taken.append(row->id);
    }
    return taken;
}

Result<> Dispatcher::waitUntilAtRest(const CancelToken& cancel)
{
    const std::stop_callback wake(cancel.stopToken(), [this] {
        const std::lock_guard lock(d->mutex);
        d->restChanged.notify_all();
    });
    std::unique_lock lock(d->mutex);
    d->restChanged.wait(lock, [&] { return d->isStopped || cancel.isCancelled() || d->allQuiet(); });
    return d->allQuiet() ? Result<>() : fail(ErrorCode::Cancelled);
}

void Dispatcher::stop(std::chrono::milliseconds patience)
{
    {
        const std::lock_guard lock(d->mutex);
        if (d->isStopped) {
            return;
        }
        d->isStopped = true;
        d->restChanged.notify_all();
    }
    d->queue.setListener(nullptr);
    const auto lanes = d->allLanes();
    for (const auto& lane : lanes) {
        lane->requestStop();
    }
    const Clock::SteadyTime end = std::chrono::steady_clock::now() + patience;
    for (const auto& lane : lanes) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (!lane->waitForWorkers(std::max(left, std::chrono::milliseconds(0)))) {
            lane->cutWorkers();
        }
    }
    if (const auto flushed = d->queue.ledger().writer().flush(); !flushed) {
        qCWarning(observe::lcQueue) << "outcomes are still to be written:" << flushed.error().detail;
    }
    for (const auto& lane : lanes) {
        lane->end();
    }
    d->queue.ledger().writer().setListener(nullptr);
}

Result<> Dispatcher::tryNow(JobId job)
{
    const auto lane = d->laneOf(job);
    if (lane == nullptr) {
        return fail(ErrorCode::JobNotFound);
    }
    lane->tryNow();
    return {};
}

std::optional<JobProgress> Dispatcher::progress(JobId job) const
{
    const auto lane = d->laneOf(job);
    return lane == nullptr ? std::nullopt : lane->progress(job);
}

QList<JobProgress> Dispatcher::progress() const
{
    std::map<JobId, LanePointer> routes;
    {
        const std::lock_guard lock(d->mutex);
        routes = d->routes;
    }
    QList<JobProgress> list;
    for (const auto& [job, lane] : routes) {
        if (auto progress = lane->progress(job)) {
            list.append(*progress);
        }
    }
    return list;
}

} // namespace radpost::queue
