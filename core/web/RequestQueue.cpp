#include "core/web/RequestQueue_p.h"

namespace radpost::web {

namespace {

thread_local bool turningAway = false;
thread_local std::chrono::milliseconds hasWaited{0};

} // namespace

RequestQueue::RequestQueue(int threads, int maxWaiting)
    : m_maxWaiting(static_cast<size_t>(maxWaiting))
{
    for (int i = 0; i < threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

std::chrono::milliseconds RequestQueue::waited()
{
    return hasWaited;
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
            m_waiting.push_back({std::move(task), std::chrono::steady_clock::now()});
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
        const auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        hasWaited = std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - next.since);
        next.task();
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
    for (const auto& waiting : m_waiting) {
        turnAway(waiting.task);
    }
    m_waiting.clear();
}

} // namespace radpost::web
