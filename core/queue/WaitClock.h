#pragma once

#include "core/base/Clock.h"

#include <condition_variable>
#include <mutex>

namespace radpost::queue {

/// A clock that threads can wait on, so that a test which moves the clock moves the waits with it. Any thread.
class WaitClock : public Clock
{
public:
    /// Waits on @p wake until it is notified or @p until has come by this clock; may also return early. @p lock is held
    /// on entry and on return.
    virtual void waitUntil(
        std::condition_variable& wake, std::unique_lock<std::mutex>& lock, SteadyTime until) const = 0;
};

/// The machine's clocks.
class SystemWaitClock final : public WaitClock
{
public:
    [[nodiscard]] WallTime now() const override;
    [[nodiscard]] SteadyTime steadyNow() const override;
    void waitUntil(std::condition_variable& wake, std::unique_lock<std::mutex>& lock, SteadyTime until) const override;
};

} // namespace radpost::queue
