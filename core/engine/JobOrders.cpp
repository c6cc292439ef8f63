#include "core/engine/JobOrders.h"

#include "core/engine/Engine.h"
#include "core/observe/Log.h"
#include "core/store/threadname.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kKind = "order"_L1;
constexpr auto kLookForOrders = 250ms;

bool isOver(const store::JobRow& job)
{
    return job.state == store::JobState::Finished || job.state == store::JobState::Cancelled;
}

bool hasFailed(const JobSummary& summary)
{
    return summary.counts.of(store::DeliveryState::Rejected) > 0;
}

OrderedJob ordered(const JobSummary& summary, bool isDone, qint64 instances = 0)
{
    return {summary.job.id, summary.job.destinationName, isDone, instances, summary.counts.total()};
}

/// Oldest first; for a destination there may be none.
Result<QList<JobSummary>> meant(Engine& engine, const JobOrder& order)
{
    if (order.job) {
        return engine.job(*order.job).map([](const auto& summary) { return QList<JobSummary>{summary}; });
    }
    auto jobs = engine.jobs();
    if (!jobs) {
        return jobs;
    }
    jobs->removeIf([&order](const JobSummary& summary) {
        return !order.destination.isEmpty() &&
            !store::isSameDestination(summary.job.destinationName, order.destination);
    });
    std::reverse(jobs->begin(), jobs->end());
    const bool isKnown =
        !jobs->isEmpty() || order.destination.isEmpty() || engine.destinationNow(order.destination).has_value();
    return isKnown ? jobs : fail(ErrorCode::DestinationNotFound, order.destination);
}

void add(OrderOutcome& outcome, OrderedJob&& job)
{
    if (outcome.jobs.size() < OrderOutcome::kMostJobs) {
        outcome.jobs.append(std::move(job));
    } else {
        outcome.more += job.isDone ? 1 : 0;
    }
}

Result<OrderedJob> pauseJob(Engine& engine, const JobSummary& summary)
{
    if (summary.job.state != store::JobState::Active) {
        return ordered(summary, false);
    }
    return engine.pause(summary.job.id).map([&summary] { return ordered(summary, true); });
}

Result<OrderedJob> cancelJob(Engine& engine, const JobSummary& summary)
{
    const auto after = engine.cancel(summary.job.id).and_then([&] { return engine.job(summary.job.id); });
    return after.map(
        [](const JobSummary& left) { return ordered(left, true, left.counts.of(store::DeliveryState::Cancelled)); });
}

Result<OrderedJob> retryJob(Engine& engine, const JobSummary& summary)
{
    if (!hasFailed(summary)) {
        return ordered(summary, false);
    }
    return engine.retryFailed(summary.job.id).map([&](qint64 count) { return ordered(summary, count > 0, count); });
}

Result<OrderedJob> resumeJob(Engine& engine, const JobSummary& summary)
{
    if (!hasLeft(summary)) {
        return ordered(summary, false);
    }
    return engine.resume(summary.job.id).map([&summary] { return ordered(summary, true); });
}

/// One that is being sent already is not told.
Result<OrderOutcome> resumeAll(Engine& engine, const QString& destination, const QList<JobSummary>& before)
{
    OrderOutcome outcome;
    auto released = destination.isEmpty() ? Result<>() : engine.resumeDestination(destination);
    outcome.isDestination = released && !destination.isEmpty();
    QList<JobId> underWay;
    for (const auto& summary : before) {
        if (summary.job.state == store::JobState::Active && engine.progress(summary.job.id)) {
            underWay.append(summary.job.id);
        }
    }
    const auto resumed = released.and_then([&] { return engine.resumeUnfinished(destination); });
    if (!resumed) {
        return fail(resumed.error());
    }
    for (const auto& summary : before) {
        const bool isNews = resumed->contains(summary.job.id) && !underWay.contains(summary.job.id);
        if (isNews) {
            add(outcome, ordered(summary, true));
        }
    }
    return outcome;
}

using Carry = Result<OrderedJob> (*)(Engine&, const JobSummary&);

/// Of the jobs to a destination those alone that it concerns.
bool concerns(JobAct act, const JobSummary& summary)
{
    switch (act) {
    case JobAct::Retry:
        return hasFailed(summary) && summary.job.state != store::JobState::Cancelled;
    case JobAct::Cancel:
        return !isOver(summary.job);
    case JobAct::Pause:
    case JobAct::Resume:
        break;
    }
    return true;
}

Result<OrderOutcome> eachOf(Engine& engine, const JobOrder& order, QList<JobSummary> jobs, Carry carry)
{
    if (!order.job) {
        jobs.removeIf([&order](const JobSummary& summary) { return !concerns(order.act, summary); });
        return carryOutEach(jobs, [&](const JobSummary& summary) { return carry(engine, summary); });
    }
    return carry(engine, jobs.first()).map([](OrderedJob done) { return OrderOutcome{false, {std::move(done)}, 0}; });
}

} // namespace

bool hasLeft(const JobSummary& summary)
{
    const bool isGrown = summary.job.growth == store::JobGrowth::Sealed;
    return summary.job.proofWanted != store::ProofWanted::Response || // its proof may still be to be had
        summary.counts.unfinished() > 0 || (!isGrown && summary.job.state != store::JobState::Cancelled);
}

Result<OrderOutcome> carryOutEach(
    const QList<JobSummary>& jobs, const std::function<Result<OrderedJob>(const JobSummary&)>& carry)
{
    OrderOutcome outcome;
    std::optional<Error> refusal;
    for (const auto& summary : jobs) {
        auto done = carry(summary);
        if (done) {
            add(outcome, *std::move(done));
        } else if (done.error().code != ErrorCode::InvalidArgument) {
            qCWarning(observe::lcEngine) << "an order was not carried out for job" << summary.job.id.value << ":"
                                         << errorName(done.error().code) << done.error().detail;
            refusal = refusal ? refusal : std::optional(std::move(done.error()));
        }
    }
    return refusal && outcome.jobs.isEmpty() ? fail(*std::move(refusal)) : Result<OrderOutcome>(std::move(outcome));
}

Result<OrderOutcome> carryOut(Engine& engine, const JobOrder& order)
{
    const auto jobs = meant(engine, order);
    if (!jobs) {
        return fail(jobs.error());
    }
    switch (order.act) {
    case JobAct::Pause:
        return order.job ? eachOf(engine, order, *jobs, &pauseJob) : engine.pauseDestination(order.destination).map([] {
            return OrderOutcome{true, {}, 0};
        });
    case JobAct::Resume:
        return order.job ? eachOf(engine, order, *jobs, &resumeJob) : resumeAll(engine, order.destination, *jobs);
    case JobAct::Retry:
        return eachOf(engine, order, *jobs, &retryJob);
    case JobAct::Cancel:
        break;
    }
    return eachOf(engine, order, *jobs, &cancelJob);
}

Result<OrderOutcome> askOwner(
    const QString& dataFolder, const JobOrder& order, std::chrono::milliseconds patience, const CancelToken& cancel)
{
    return RequestFolder(dataFolder, kKind).ask(toText(order), patience, cancel).and_then([](const QByteArray& text) {
        return parseOrderOutcome(text);
    });
}

OrderDesk::OrderDesk(Engine& engine, const QString& dataFolder)
    : m_engine(engine)
    , m_folder(dataFolder, kKind)
{
    m_folder.open();
    m_thread = std::thread([this, cancel = m_ending.token()] { run(cancel); });
}

OrderDesk::~OrderDesk()
{
    m_ending.cancel();
    m_thread.join();
}

void OrderDesk::run(const CancelToken& cancel)
{
    store::nameThisThread("order-desk");
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!cancel.isCancelled()) {
        for (const auto& taken : m_folder.take()) {
            const auto order = parseJobOrder(taken.text);
            const auto outcome = order ? carryOut(m_engine, *order)
                                       : Result<OrderOutcome>(fail(ErrorCode::Unsupported, u"of another version"_s));
            m_folder.answer(taken, toText(outcome));
        }
        never.wait_for(lock, cancel.stopToken(), kLookForOrders, [] { return false; });
    }
}

} // namespace radpost::engine
