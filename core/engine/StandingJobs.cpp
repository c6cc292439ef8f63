#include "core/engine/StandingJobs.h"

#include "core/engine/ContractProvider.h"
#include "core/engine/JobOptions.h"
#include "core/engine/ruleHours.h"
#include "core/observe/Log.h"
#include "core/queue/Dispatcher.h"
#include "core/queue/JobQueue.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::engine {

using store::JobState;

namespace {

bool isOurs(const store::JobRow& job)
{
    const auto options = jobOptions(job.options);
    return options && options->isForward;
}

void warn(const store::JobRow& job, const Error& error)
{
    qCWarning(observe::lcEngine) << "job" << job.id.value << "does not go on:" << errorName(error.code) << error.detail;
}

} // namespace

Result<QList<store::JobRow>> StandingJobs::jobsIn(JobState state) const
{
    const auto reader = m_params.ledger->openReader();
    auto jobs = reader ? (*reader)->jobs().list(state) : fail(reader.error());
    if (jobs) {
        jobs->removeIf([](const store::JobRow& job) { return !isOurs(job); });
        std::reverse(jobs->begin(), jobs->end()); // the oldest first
    }
    return jobs;
}

/// Empty: the destination is gone.
QString StandingJobs::contractNow(const store::JobRow& job) const
{
    const auto destination = m_params.destination(job.destinationName);
    const auto options = jobOptions(job.options);
    return destination ? contractText(withRuleHours(*destination, options ? options->forwardHours : QString()))
                       : QString();
}

void StandingJobs::resume(const store::JobRow& job)
{
    const auto contract = contractNow(job);
    if (contract.isEmpty()) { // nothing goes to a place that somebody took out of the configuration
        const auto stopped = m_params.jobs->stop(job.id, makeError(ErrorCode::DestinationNotFound));
        return stopped ? void() : warn(job, stopped.error());
    }
    auto done = contract == job.destinationContract ? Result<>() : m_params.jobs->setContract(job.id, contract);
    const bool isActive = job.state == JobState::Active;
    done = done.and_then([&] { return isActive ? Result<>() : m_params.jobs->resume(job.id); });
    done = done.and_then([&] { return m_params.dispatcher->take(job.id); });
    if (!done) {
        warn(job, done.error());
    }
}

/// What grew when the process ended: instances that come now begin a job of their own.
Result<> StandingJobs::sealInterrupted(const QList<store::JobRow>& jobs)
{
    return m_params.ledger->writer().run([&jobs](store::WriteSession& session) {
        Result<> done;
        for (const auto& job : jobs) {
            const bool isCut = job.growth == store::JobGrowth::Interrupted;
            done = done && isCut ? session.jobs.setGrowth(job.id, store::JobGrowth::Sealed) : done;
        }
        return done;
    });
}

Result<> StandingJobs::readAll()
{
    for (const auto state : {JobState::Active, JobState::Stopped}) {
        const auto jobs = jobsIn(state);
        if (!jobs) {
            return fail(jobs.error());
        }
        if (auto sealed = sealInterrupted(*jobs); !sealed) {
            return sealed;
        }
        m_toTake += *jobs;
    }
    return {};
}

void StandingJobs::takeSome()
{
    constexpr qsizetype kAtOnce = 8;
    for (qsizetype i = 0; i < kAtOnce && !m_toTake.isEmpty(); ++i) {
        resume(m_toTake.takeFirst());
    }
}

void StandingJobs::begin()
{
    m_toTake.clear();
    const auto read = readAll();
    m_hasBegun = read.has_value();
    m_nextRetry = m_params.clock->steadyNow() + m_params.retryStopped;
    if (!read) {
        qCWarning(observe::lcEngine) << "the jobs of before are not gone on with yet:" << read.error().detail;
    }
}

void StandingJobs::cameToRest(const QList<JobId>& jobs)
{
    for (const auto job : jobs) {
        const auto progress = m_params.dispatcher->progress(job);
        const bool isOver = progress &&
            (progress->activity == queue::JobActivity::Finished || progress->activity == queue::JobActivity::Cancelled);
        if (isOver) {
            std::ignore = m_params.dispatcher->letGo(job);
        }
    }
}

QStringList StandingJobs::destinationsChanged()
{
    m_nextRetry = m_params.clock->steadyNow(); // what was stopped may be mended now
    QStringList names;
    const auto jobs = jobsIn(JobState::Active);
    for (const auto& job : jobs.value_or(QList<store::JobRow>())) {
        if (contractNow(job) == job.destinationContract || m_renewing.contains(job.id)) {
            continue;
        }
        const auto reason = makeError(ErrorCode::DestinationNotFound, u"the destination is set otherwise now"_s);
        if (const auto stopped = m_params.jobs->stop(job.id, reason); !stopped) {
            warn(job, stopped.error());
            continue;
        }
        m_renewing.append(job.id);
        if (!names.contains(job.destinationName)) {
            names.append(job.destinationName);
        }
    }
    return names;
}

void StandingJobs::renewStopped()
{
    const auto reader = m_renewing.isEmpty() ? fail(ErrorCode::Internal) : m_params.ledger->openReader();
    m_renewing.removeIf([&](JobId job) {
        if (!reader || !m_params.dispatcher->letGo(job)) {
            return false;
        }
        const auto row = (*reader)->jobs().find(job);
        if (row) {
            resume(*row);
        }
        return row.has_value();
    });
}

/// Every one, whoever left it: a job that is to be sent and that nobody has would stay so until the next start.
void StandingJobs::findUntaken()
{
    const auto jobs = jobsIn(JobState::Active);
    for (const auto& job : jobs.value_or(QList<store::JobRow>())) {
        const bool isKnown = m_renewing.contains(job.id) ||
            std::any_of(m_toTake.begin(), m_toTake.end(), [&job](const auto& other) { return other.id == job.id; });
        if (!isKnown && !m_params.dispatcher->progress(job.id)) {
            m_toTake.append(job);
        }
    }
}

void StandingJobs::retryStopped()
{
    m_nextRetry = m_params.clock->steadyNow() + m_params.retryStopped;
    const auto jobs = jobsIn(JobState::Stopped);
    for (const auto& job : jobs.value_or(QList<store::JobRow>())) {
        if (m_params.dispatcher->letGo(job.id)) {
            resume(job);
        }
    }
}

bool StandingJobs::review()
{
    if (!m_hasBegun) {
        begin();
        return false;
    }
    takeSome();
    renewStopped();
    if (m_params.clock->steadyNow() >= m_nextRetry) {
        retryStopped();
        findUntaken();
    }
    return !m_toTake.isEmpty();
}

} // namespace radpost::engine
