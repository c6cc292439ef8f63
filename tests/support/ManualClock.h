#pragma once

#include "core/queue/WaitClock.h"

#include <atomic>

namespace radpost::test {

/// A clock that a test moves. It begins on Wednesday, 2025-01-08 12:00 UTC.
class ManualClock final : public queue::WaitClock
{
public:
    [[nodiscard]] WallTime now() const override
    {
        return WallTime(std::chrono::milliseconds(1'736'337'600'000) + std::chrono::milliseconds(m_passed.load()) +
            std::chrono::milliseconds(m_jumped.load()));
    }

    [[nodiscard]] SteadyTime steadyNow() const override
    {
        return SteadyTime(std::chrono::hours(1) + std::chrono::milliseconds(m_passed.load()));
    }

    /// Whoever waits looks at this clock again after a moment of real time: nothing can be missed between a look at the
    /// clock and the wait.
    void waitUntil(std::condition_variable& wake, std::unique_lock<std::mutex>& lock, SteadyTime until) const override
    {
        if (steadyNow() < until) {
            wake.wait_for(lock, std::chrono::milliseconds(2));
        }
    }

    void advance(std::chrono::milliseconds time) { m_passed += time.count(); }

    /// The wall clock is set, or went on while the machine slept; the steady one stays.
    void jump(std::chrono::milliseconds time) { m_jumped += time.count(); }

private:
    std::atomic<qint64> m_passed{0};
    std::atomic<qint64> m_jumped{0};
};

} // namespace radpost::test
