#pragma once

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace radpost::web {

/// The server's threads and the connections that wait for one: both have a bound. A connection beyond it, or one that
/// still waits when the server stops, is run as "turned away", so that its socket is closed.
class RequestQueue final : public httplib::TaskQueue
{
public:
    using Task = std::function<void()>;

    RequestQueue(int threads, int maxWaiting);

    // Returns nothing in old versions of httplib, and whether the task was taken in later ones.
    using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::declval<Task>()));
    Taken enqueue(Task task) override
    {
        take(std::move(task));
        return static_cast<Taken>(true);
    }
    void shutdown() override;

    /// Of the calling thread: how long its connection has waited for it.
    [[nodiscard]] static std::chrono::milliseconds waited();

    /// Of the calling thread: it only has to close the connection.
    [[nodiscard]] static bool isTurningAway();

private:
    struct Waiting
    {
        Task task;
        std::chrono::steady_clock::time_point since;
    };

    void take(Task task);
    void work();
    static void turnAway(const Task& task);

    const size_t m_maxWaiting;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<Waiting> m_waiting;
    bool m_isEnding = false;
    std::vector<std::thread> m_threads;
};

} // namespace radpost::web
