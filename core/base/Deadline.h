#pragma once

#include <algorithm>
#include <chrono>

namespace radpost {

/// A moment on the monotonic clock by which a wait must end.
class Deadline final
{
public:
    using Clock = std::chrono::steady_clock;

    /// Never ends; only for tests and for waits that a cancel token bounds.
    Deadline() = default;
    explicit Deadline(std::chrono::milliseconds fromNow)
        : m_end(Clock::now() + fromNow)
    {
    }

    [[nodiscard]] bool isOver() const { return Clock::now() >= m_end; }

    /// Milliseconds left, rounded up, never negative; at most @p cap. The unit poll() takes.
    [[nodiscard]] std::chrono::milliseconds left(std::chrono::milliseconds cap = std::chrono::hours(1)) const
    {
        if (m_end == Clock::time_point::max()) {
            return cap;
        }
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(m_end - Clock::now());
        return std::clamp(rest, std::chrono::milliseconds(0), cap);
    }

private:
    Clock::time_point m_end = Clock::time_point::max();
};

} // namespace radpost
