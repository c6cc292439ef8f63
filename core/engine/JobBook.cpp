#include "core/engine/JobBook.h"

#include "core/config/Rule.h"
#include "core/engine/ContractProvider.h"
#include "core/engine/JobOptions.h"
#include "core/engine/LedgerValues.h"
#include "core/engine/ruleHours.h"
#include "core/observe/Log.h"
#include "core/queue/JobQueue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr int kPriorityStep = 10; // a person may put a job between two

QString titleOf(const store::RoutableInstance& instance)
{
    const auto& series = instance.series;
    const QString from = instance.sourceName.isEmpty() ? instance.source.callingAeTitle : instance.sourceName;
    const QString what = series.studyDescription.isEmpty() ? series.modality : series.studyDescription;
    return what.isEmpty() ? from : QString(from + u": "_s + what);
}

int jobPriority(int priority)
{
    return (priority - static_cast<int>(config::Priority::Normal)) * kPriorityStep;
}

bool sealed(queue::Batch& batch)
{
    const auto done = batch.seal();
    if (!done) {
        qCWarning(observe::lcEngine) << "a job could not be closed yet:" << done.error().detail;
    }
    return done.has_value();
}

} // namespace

JobBook::JobBook(queue::JobQueue& queue, const Clock& clock, JobBookLimits limits)
    : m_queue(queue)
    , m_clock(clock)
    , m_limits(limits)
{
}

std::unique_ptr<queue::Batch> JobBook::begin(
    const ForwardKey& key, const config::Destination& destination, const store::RoutableInstance& instance)
{
    JobOptions options;
    options.isForward = true;
    options.forwardHours = key.hours;
    store::NewJob job;
    job.title = titleOf(instance);
    job.destinationName = destination.name;
    job.destinationContract = contractText(withRuleHours(destination, key.hours));
    job.options = toText(options);
    job.priority = jobPriority(key.priority);
    job.proofWanted = wantedOf(destination.proof);
    auto batch = m_queue.begin(job);
    m_begun.push_back(batch->jobs().front());
    return batch;
}

queue::Batch& JobBook::batchOf(
    const ForwardKey& key, const config::Destination& destination, const store::RoutableInstance& instance)
{
    auto& open = m_open[key];
    if (open.batch && (open.batch->isCancelled() || open.batch->instanceCount() >= m_limits.maxInstances)) {
        m_replaced.push_back(std::move(open.batch));
    }
    if (!open.batch) {
        open.batch = begin(key, destination, instance);
    }
    open.last = m_clock.steadyNow();
    return *open.batch;
}

store::InstanceRecord JobBook::add(const ForwardKey& key, const config::Destination& destination,
    const store::RoutableInstance& instance, store::NewInstance&& file)
{
    return batchOf(key, destination, instance).record(std::move(file));
}

queue::Batch::Record JobBook::skip(const ForwardKey& key, const config::Destination& destination,
    const store::RoutableInstance& instance, const QString& path)
{
    return batchOf(key, destination, instance).skippedRecord({path, ErrorCode::AlreadyThere, {}});
}

std::vector<JobId> JobBook::takeBegun()
{
    return std::exchange(m_begun, {});
}

bool JobBook::isOver(const OpenJob& job) const
{
    return m_clock.steadyNow() - job.last >= m_limits.quiet || job.batch->isCancelled();
}

void JobBook::review()
{
    std::erase_if(m_replaced, [](const auto& batch) { return sealed(*batch); });
    std::erase_if(m_open, [this](const auto& entry) { return isOver(entry.second) && sealed(*entry.second.batch); });
    while (m_open.size() > m_limits.maxOpen) {
        const auto oldest = std::min_element(
            m_open.begin(), m_open.end(), [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
        if (!sealed(*oldest->second.batch)) {
            return;
        }
        m_open.erase(oldest);
    }
}

void JobBook::seal(const QString& destination)
{
    std::erase_if(m_open, [&destination](const auto& entry) {
        return store::isSameDestination(entry.first.destination, destination) && sealed(*entry.second.batch);
    });
}

void JobBook::sealAll()
{
    std::erase_if(m_replaced, [](const auto& batch) { return sealed(*batch); });
    std::erase_if(m_open, [](const auto& entry) { return sealed(*entry.second.batch); });
}

std::optional<Clock::SteadyTime> JobBook::nextReview() const
{
    std::optional<Clock::SteadyTime> next;
    for (const auto& [key, job] : m_open) {
        const Clock::SteadyTime over = job.last + m_limits.quiet;
        next = std::min(next.value_or(over), over);
    }
    return m_replaced.empty() ? next : std::optional(m_clock.steadyNow());
}

} // namespace radpost::engine
