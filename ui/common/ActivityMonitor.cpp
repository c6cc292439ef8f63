#include "ui/common/ActivityMonitor.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kPollInterval = 2000ms;

struct ResumedJobs
{
    QList<queue::JobProgress> progress;
    std::optional<Error> error;
};

/// An unfinished job whose last outcome is on its way to the ledger has nothing left.
bool hasWork(const store::JobEntry& unfinished)
{
    return unfinished.counts.unfinished() > 0 || unfinished.job.growth != store::JobGrowth::Sealed;
}

bool waitsForDestination(queue::JobActivity activity)
{
    using queue::JobActivity;
    return activity == JobActivity::DestinationDown || activity == JobActivity::DestinationPaused ||
        activity == JobActivity::OutsideHours || activity == JobActivity::WaitingToRetry;
}

} // namespace

ActivityMonitor::ActivityMonitor(Backend& backend, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
{
    m_poll.setInterval(kPollInterval);
    connect(&m_poll, &QTimer::timeout, this, &ActivityMonitor::readLedger);
    connect(&backend, &Backend::stateChanged, this, &ActivityMonitor::followState);
    auto& events = backend.events();
    connect(&events, &EngineEvents::progressed, this, &ActivityMonitor::takeProgress);
    connect(&events, &EngineEvents::jobStarted, this, &ActivityMonitor::readLedger);
    connect(&events, &EngineEvents::proofMoved, this, &ActivityMonitor::readLedger);
    connect(&events, &EngineEvents::jobAtRest, this, [this](const queue::JobProgress& progress) {
        takeProgress(progress);
        readLedger();
    });
    connect(&events, &EngineEvents::ledgerFailed, this, [this](const Error& error) {
        m_ledgerError = error;
        sumUp();
    });
    connect(&events, &EngineEvents::ledgerRecovered, this, [this] {
        m_ledgerError.reset();
        sumUp();
    });
}

void ActivityMonitor::followState()
{
    if (m_backend.state() == Backend::State::ReadOnly) {
        m_poll.start();
    } else {
        m_poll.stop();
    }
    m_running.clear();
    readLedger();
}

void ActivityMonitor::readLedger()
{
    const auto take = [this](const Result<engine::JobStandings>& standings) {
        if (standings) {
            takeLedger(*standings);
        } else {
            Q_EMIT failed(standings.error());
        }
    };
    m_backend.run(
        this, [](engine::Engine& engine) { return engine.history().standings(); }, take);
}

void ActivityMonitor::takeLedger(const engine::JobStandings& standings)
{
    m_unfinished.clear();
    m_needingPerson = standings.needingPerson;
    for (const auto& job : standings.unfinished) {
        if (hasWork(job)) {
            m_unfinished.emplace(job.job.id, job.counts.unfinished());
        }
    }
    sumUp();
}

void ActivityMonitor::takeProgress(const queue::JobProgress& progress)
{
    if (progress.isAtRest()) {
        takeRest(progress);
    } else {
        m_running.insert_or_assign(progress.job, progress);
    }
    sumUp();
}

/// What the ledger said of the job is from before it ran.
void ActivityMonitor::takeRest(const queue::JobProgress& progress)
{
    m_running.erase(progress.job);
    const bool isOver =
        progress.activity == queue::JobActivity::Finished || progress.activity == queue::JobActivity::Cancelled;
    if (isOver || progress.counts.unfinished() == 0) {
        m_unfinished.erase(progress.job);
    } else {
        m_unfinished.insert_or_assign(progress.job, progress.counts.unfinished());
    }
}

void ActivityMonitor::sumUp()
{
    ActivitySummary sum;
    bool allKnowTheirEnd = !m_running.empty();
    auto last = 0s;
    for (const auto& [job, progress] : m_running) {
        ++sum.runningJobs;
        sum.heldUpJobs += waitsForDestination(progress.activity) ? 1 : 0;
        sum.left += progress.counts.unfinished();
        // Rates are of the last seconds; a job that does not send keeps its last ones.
        const bool isSending = progress.activity == queue::JobActivity::Sending;
        sum.instancesPerSecond += isSending ? progress.instancesPerSecond : 0;
        sum.bytesPerSecond += isSending ? progress.bytesPerSecond : 0;
        allKnowTheirEnd = allKnowTheirEnd && isSending && progress.eta.has_value();
        last = std::max(last, progress.eta.value_or(0s));
    }
    for (const auto& [job, instances] : m_unfinished) {
        if (!m_running.contains(job)) {
            ++sum.unfinishedJobs;
            sum.waiting += instances;
        }
    }
    if (allKnowTheirEnd) {
        sum.eta = last;
    }
    sum.needingPerson = m_needingPerson;
    sum.ledgerError = m_ledgerError;
    if (sum != m_summary) {
        m_summary = sum;
        Q_EMIT changed();
    }
}

void ActivityMonitor::resumeUnfinished()
{
    const auto take = [this](const Result<QList<JobId>>& jobs) {
        if (jobs) {
            Q_EMIT resumed(*jobs);
        } else {
            Q_EMIT failed(jobs.error());
        }
        readLedger();
    };
    m_backend.run(
        this, [](engine::Engine& engine) { return engine.resumeUnfinished(); }, take);
}

void ActivityMonitor::pauseAll()
{
    QList<JobId> jobs;
    for (const auto& [job, progress] : m_running) {
        jobs.append(job);
    }
    const auto pause = [jobs](engine::Engine& engine) {
        QList<JobId> paused = jobs;
        paused.removeIf([&engine](JobId job) { return !engine.pause(job); });
        return paused;
    };
    m_backend.run(this, pause, [this](const QList<JobId>& paused) {
        m_pausedHere += paused;
        Q_EMIT changed();
        readLedger();
    });
}

void ActivityMonitor::resumePaused()
{
    const auto resume = [jobs = std::exchange(m_pausedHere, {})](engine::Engine& engine) {
        ResumedJobs outcome;
        for (const auto job : jobs) {
            // Cancelled or finished meanwhile: a person has decided otherwise.
            const auto summary = engine.job(job);
            if (!summary || summary->job.state != store::JobState::Paused) {
                continue;
            }
            if (auto resumed = engine.resume(job); !resumed) {
                outcome.error = resumed.error();
            } else if (auto progress = engine.progress(job)) {
                outcome.progress.append(*progress);
            }
        }
        return outcome;
    };
    m_backend.run(this, resume, [this](const ResumedJobs& outcome) {
        if (outcome.error) {
            Q_EMIT failed(*outcome.error);
        }
        // A job that waits for its hours tells nothing by itself.
        for (const auto& progress : outcome.progress) {
            takeProgress(progress);
        }
        readLedger();
    });
    Q_EMIT changed();
}

} // namespace radpost::ui
