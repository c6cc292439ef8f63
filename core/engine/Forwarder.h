#pragma once

#include "core/engine/ForwardRun.h"

#include <QStringList>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace radpost::engine {

class StandingJobs;

/// ForwardRun on a thread of its own, woken by what comes, and the care for the jobs it made. Any thread.
class Forwarder final
{
public:
    explicit Forwarder(ForwardParams params);
    /// stop().
    ~Forwarder();
    Q_DISABLE_COPY_MOVE(Forwarder)

    void start();
    /// What was decided is durable, and no job grows any more. Blocks on the ledger; idempotent.
    void stop();

    /// Something came, or a person let something go on. Returns at once.
    void wake();
    /// The ledger was told what is complete: what is waited for is read anew. Returns at once.
    void waitsChanged();
    /// Rules or destinations are others now: jobs that are on their way go on with the destinations as they are set.
    /// Returns at once.
    void configurationChanged();
    /// From DispatchEvents::onJobAtRest(). Returns at once.
    void jobCameToRest(JobId job);

    [[nodiscard]] const ForwardCounters& counters() const { return m_run.counters(); }

private:
    void main();
    void waitForWork(const std::optional<Clock::SteadyTime>& until);

    const queue::WaitClock& m_clock;
    ForwardRun m_run;
    std::unique_ptr<StandingJobs> m_jobs;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    bool m_isWoken = false;
    bool m_isConfigurationChanged = false;
    bool m_areWaitsChanged = false;
    bool m_isStopping = false;
    QList<JobId> m_atRest;
    CancelSource m_cancel;
    std::thread m_thread;
};

} // namespace radpost::engine
