#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace radpost::queue {

/// Delays that double: first × 2^(n-1), at most max, spread so that many who failed together do not come back together.
class Backoff final
{
public:
    using Milliseconds = std::chrono::milliseconds;

    Backoff(Milliseconds first, Milliseconds max, double jitter)
        : m_first(first)
        , m_max(max)
        , m_jitter(jitter)
    {
    }

    /// Before try @p n + 1, after @p n failures (1, 2, …). Any thread.
    [[nodiscard]] Milliseconds delay(int n) const
    {
        const double spread = 1.0 + m_jitter * (2.0 * QRandomGenerator::global()->generateDouble() - 1.0);
        return Milliseconds(static_cast<qint64>(plain(n) * spread));
    }

    /// How many failures it takes until the waits between them come to @p span, the shortest that the spread allows
    /// taken: the last of them is not before that. Waits below a second count as one. Any thread.
    [[nodiscard]] int failuresWithin(Milliseconds span) const
    {
        double left = double(span.count());
        int failures = 1;
        for (int wait = 1; wait <= kDoublings && left > 0; ++wait, ++failures) {
            left -= shortest(wait);
        }
        const double rest = std::max(0.0, std::ceil(left / shortest(kDoublings + 1)));
        return failures + int(std::min(rest, kMostFailures));
    }

private:
    static constexpr int kDoublings = 30;
    static constexpr double kMostFailures = 1e6;

    [[nodiscard]] double plain(int n) const
    {
        const int doublings = std::clamp(n - 1, 0, kDoublings);
        return std::min(double(m_first.count()) * double(1 << doublings), double(m_max.count()));
    }
    [[nodiscard]] double shortest(int n) const { return std::max(1000.0, plain(n) * (1.0 - m_jitter)); }

    Milliseconds m_first;
    Milliseconds m_max;
    double m_jitter;
};

} // namespace radpost::queue
