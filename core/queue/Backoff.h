#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

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
        const int doublings = std::clamp(n - 1, 0, 30);
        const double plain = std::min(double(m_first.count()) * double(1 << doublings), double(m_max.count()));
        const double spread = 1.0 + m_jitter * (2.0 * QRandomGenerator::global()->generateDouble() - 1.0);
        return Milliseconds(static_cast<qint64>(plain * spread));
    }

private:
    Milliseconds m_first;
    Milliseconds m_max;
    double m_jitter;
};

} // namespace radpost::queue
