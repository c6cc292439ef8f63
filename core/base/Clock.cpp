#include "core/base/Clock.h"

namespace radpost {

Clock::WallTime SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Clock::SteadyTime SystemClock::steadyNow() const
{
    return std::chrono::steady_clock::now();
}

} // namespace radpost
