#include "core/web/RequestQueue_p.h"

namespace radpost::web {

namespace {

thread_local bool turningAway = false;

} // namespace

RequestQueue::RequestQueue(int threads, int maxWaiting)
    : m_maxWaiting(static_cast<size_t>(maxWaiting))
{
    for (int i = 0; i < threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

bool RequestQueue::isTurningAway()
{
    return turningAway;
}

void RequestQueue::turnAway(const Task& task)
{
    turningAway = true;
    task();
    turningAway = false;
}

void RequestQueue::take(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.size() < m_maxWaiting && !m_isEnding) {
            m_waiting.push_back(std::move(task));
            m_changed.notify_one();
            return;
        }
    }
    turnAway(task);
}

void RequestQueue::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
        if (m_isEnding) {
            return;
        }
        const auto task = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

void RequestQueue::shutdown()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
        m_changed.notify_all();
    }
    for (auto& thread : m_threads) {
        thread.join();
    }
    for (const auto& task : m_waiting) {
        turnAway(task);
    }
    m_waiting.clear();
}

} // namespace radpost::web
