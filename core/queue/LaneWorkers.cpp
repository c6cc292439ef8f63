#include "core/queue/Lane.h"

#include "core/observe/Log.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace radpost::queue {

namespace {

constexpr auto kUnanswered = 1s; // at least this long a further session may take to open

} // namespace

bool Lane::hasLiveWorkers() const
{
    return std::any_of(m_workers.begin(), m_workers.end(), [](const auto& worker) { return !worker->lane.finished; });
}

bool Lane::waitForWorkers(std::chrono::milliseconds patience)
{
    Lock lock(m_mutex);
    return m_workerEnded.wait_for(lock, patience, [this] { return !hasLiveWorkers(); });
}

void Lane::cutWorkers()
{
    Lock lock(m_mutex);
    for (const auto& worker : m_workers) {
        worker->cancel();
    }
    m_workerEnded.wait(lock, [this] { return !hasLiveWorkers(); });
}

void Lane::manageWorkers(Lock& lock)
{
    joinFinishedWorkers(lock);
    if (m_isStopping) {
        return;
    }
    const auto now = m_clock.steadyNow();
    m_scaler.tick(m_open, readyCount(), now);
    dropUnansweredOpenings(now);
    const bool isIdle = !hasWorkLeft() && m_inFlight == 0;
    const int target = isIdle ? 0 : m_scaler.target();
    retireSurplus(target);
    spawn(target);
}

void Lane::retireSurplus(int target)
{
    int alive = 0;
    for (const auto& worker : m_workers) {
        alive += worker->lane.retire ? 0 : 1;
    }
    // Those that only try go first: were the one open session closed for them, a peer that takes no second one would
    // have refused everybody.
    for (const bool isOpen : {false, true}) {
        for (auto worker = m_workers.rbegin(); worker != m_workers.rend() && alive > target; ++worker) {
            if (!(*worker)->lane.retire && (*worker)->lane.open == isOpen) {
                retire(**worker);
                --alive;
            }
        }
    }
}

void Lane::retire(Worker& worker)
{
    worker.lane.retire = true;
    if (worker.lane.opening) {
        worker.cancel();
    }
    m_wakeWorkers.notify_all();
}

/// No more workers than there is something for. What the system gives no thread for now is tried again at the next
/// look, which nextWake() sees to.
void Lane::spawn(int target)
{
    const bool lackedThread = std::exchange(m_lacksThread, false);
    if (!gateIsOpen(m_clock.steadyNow()) || (readyCount() == 0 && !m_trial.isOn())) {
        return;
    }
    const auto alive =
        std::count_if(m_workers.begin(), m_workers.end(), [](const auto& worker) { return !worker->lane.retire; });
    const bool careful = isFeelingItsWay() || m_trial.isOn() || m_narrowing.isOn();
    const auto useful = careful ? 1 : std::min<qint64>(target, m_inFlight + readyCount());
    for (auto count = qint64(alive); count < useful && !m_lacksThread; ++count) {
        m_lacksThread = !addWorker();
    }
    if (m_lacksThread && !lackedThread) {
        qCWarning(observe::lcQueue) << "destination" << m_policy.name << "waits for a thread to send with";
    }
}

bool Lane::addWorker()
{
    m_workers.push_back(std::make_unique<Worker>(*this, m_senders->create()));
    const bool isStarted = m_workers.back()->start().has_value();
    if (!isStarted) {
        m_workers.pop_back();
    }
    return isStarted;
}

/// A peer that serves one association at a time leaves further ones waiting: no failure, and not worth waiting for.
void Lane::dropUnansweredOpenings(SteadyTime now)
{
    const auto patience = std::max<SteadyTime::duration>(kUnanswered, 4 * m_firstOpenTook);
    for (const auto& worker : m_workers) {
        auto& state = worker->lane;
        const bool isPointless = !hasWorkLeft() || now - state.since >= patience;
        if (state.opening && !state.retire && m_open > 0 && isPointless) {
            state.retire = true;
            worker->cancel();
            m_scaler.onExtraRefused(m_open, now);
        }
    }
}

void Lane::joinFinishedWorkers(Lock& lock)
{
    std::vector<std::unique_ptr<Worker>> finished;
    for (auto& worker : m_workers) {
        if (worker->lane.finished) {
            finished.push_back(std::move(worker));
        }
    }
    if (finished.empty()) {
        return;
    }
    std::erase(m_workers, nullptr);
    lock.unlock();
    finished.clear();
    lock.lock();
}

} // namespace radpost::queue
