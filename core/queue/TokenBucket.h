#pragma once

#include "core/base/Clock.h"

#include <QtGlobal>

#include <algorithm>

namespace radpost::queue {

/// Keeps an average of bytes per second. What is taken may be more than there is: the debt is waited for afterwards, so
/// an instance larger than the bucket passes, too. Not thread-safe: its lane's mutex guards it.
class TokenBucket final
{
public:
    using SteadyTime = Clock::SteadyTime;

    /// @p bytesPerSecond 0: no limit.
    TokenBucket(qint64 bytesPerSecond, SteadyTime now)
        : m_rate(double(bytesPerSecond))
        , m_capacity(m_rate / 4) // a quarter of a second: a limit is meant to be felt evenly
        , m_level(m_capacity)
        , m_filledAt(now)
    {
    }

    [[nodiscard]] bool isEmpty(SteadyTime now)
    {
        fill(now);
        return m_rate > 0 && m_level <= 0;
    }

    void take(qint64 bytes) { m_level -= double(bytes); }

    /// What was taken and not used.
    void giveBack(qint64 bytes) { m_level = std::min(m_capacity, m_level + double(bytes)); }

    /// When there is something again.
    [[nodiscard]] SteadyTime readyAt() const
    {
        if (m_rate <= 0 || m_level > 0) {
            return m_filledAt;
        }
        return m_filledAt + std::chrono::microseconds(static_cast<qint64>((1.0 - m_level) / m_rate * 1e6) + 1);
    }

private:
    void fill(SteadyTime now)
    {
        const std::chrono::duration<double> passed = now - m_filledAt;
        m_level = std::min(m_capacity, m_level + passed.count() * m_rate);
        m_filledAt = now;
    }

    double m_rate;
    double m_capacity;
    double m_level;
    SteadyTime m_filledAt;
};

} // namespace radpost::queue
