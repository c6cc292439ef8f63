#pragma once

#include <chrono>

namespace radpost {

/// The time as the engine sees it; tests put a hand-driven clock in its place. Any thread.
class Clock
{
public:
    using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
    using SteadyTime = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;

    /// For records that people read; may jump.
    [[nodiscard]] virtual WallTime now() const = 0;

    /// For durations and back-off; never goes back.
    [[nodiscard]] virtual SteadyTime steadyNow() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] WallTime now() const override;
    [[nodiscard]] SteadyTime steadyNow() const override;
};

} // namespace radpost
