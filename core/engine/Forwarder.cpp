#include "core/engine/Forwarder.h"

#include "core/engine/StandingJobs.h"
#include "core/observe/Log.h"
#include "core/queue/WaitClock.h"
#include "core/store/threadname.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kTroubleTick = 1s; // when the ledger does not answer
constexpr Clock::SteadyTime::duration kIdleTick = 1s;
// A turn is a transaction, and costs the disk and the senders one: what comes in a stream shares it. The first one
// after a silence does not wait.
constexpr auto kGather = 8ms;

} // namespace

Forwarder::Forwarder(ForwardParams params)
    : m_clock(*params.clock)
    , m_run(params)
    , m_jobs(std::make_unique<StandingJobs>(
          StandingJobsParams{params.ledger, params.jobs, params.dispatcher, params.clock, params.destination}))
{
}

Forwarder::~Forwarder()
{
    stop();
}

void Forwarder::start()
{
    m_thread = std::thread([this] { main(); });
}

void Forwarder::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_cancel.cancel();
    m_changed.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Forwarder::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isWoken) {
            return;
        }
        m_isWoken = true;
    }
    m_changed.notify_one();
}

void Forwarder::waitsChanged()
{
    {
        const std::lock_guard lock(m_mutex);
        m_areWaitsChanged = true;
    }
    wake();
}

void Forwarder::configurationChanged()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isConfigurationChanged = true;
    }
    m_changed.notify_one();
}

void Forwarder::jobCameToRest(JobId job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_atRest.append(job);
    }
    m_changed.notify_one();
}

void Forwarder::waitForWork(const std::optional<Clock::SteadyTime>& until)
{
    const Clock::SteadyTime latest = m_clock.steadyNow() + kIdleTick;
    const auto end = std::min(until.value_or(latest), latest);
    const bool mayGather = end > m_clock.steadyNow();
    const Clock::SteadyTime gathered = std::chrono::steady_clock::now() + kGather;
    const auto isUrgent = [this] { return m_isStopping || m_isConfigurationChanged || !m_atRest.isEmpty(); };
    std::unique_lock lock(m_mutex);
    while (!m_isWoken && !isUrgent() && m_clock.steadyNow() < end) {
        m_clock.waitUntil(m_changed, lock, end);
    }
    if (mayGather && m_isWoken) {
        m_changed.wait_until(lock, gathered, isUrgent);
    }
    m_isWoken = false;
}

void Forwarder::main()
{
    store::nameThisThread("forwarder");
    m_jobs->begin();
    for (;;) {
        QList<JobId> atRest;
        bool isChanged = false;
        {
            const std::lock_guard lock(m_mutex);
            if (m_isStopping) {
                break;
            }
            atRest.swap(m_atRest);
            isChanged = std::exchange(m_isConfigurationChanged, false);
            if (std::exchange(m_areWaitsChanged, false)) {
                m_run.rereadWaits();
            }
        }
        for (const auto& destination : isChanged ? m_jobs->destinationsChanged() : QStringList()) {
            m_run.closeJobs(destination);
        }
        m_jobs->cameToRest(atRest);
        const bool isBusy = m_jobs->review();
        const auto next = m_run.turn(m_cancel.token());
        if (!next) {
            qCWarning(observe::lcEngine) << "forwarding waits for the ledger:" << errorName(next.error().code)
                                         << next.error().detail;
        }
        waitForWork(isBusy ? std::optional(m_clock.steadyNow())
                : next     ? *next
                           : std::optional(m_clock.steadyNow() + kTroubleTick));
    }
    m_run.finish();
}

} // namespace radpost::engine
