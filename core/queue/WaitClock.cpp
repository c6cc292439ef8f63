#include "core/queue/WaitClock.h"

namespace radpost::queue {

Clock::WallTime SystemWaitClock::now() const
{
    return SystemClock().now();
}

Clock::SteadyTime SystemWaitClock::steadyNow() const
{
    return SystemClock().steadyNow();
}

void SystemWaitClock::waitUntil(
    std::condition_variable& wake, std::unique_lock<std::mutex>& lock, SteadyTime until) const
{
    wake.wait_until(lock, until);
}

} // namespace radpost::queue
