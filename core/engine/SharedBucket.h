#pragma once

#include "core/queue/TokenBucket.h"

#include <mutex>
#include <optional>

namespace radpost::engine {

/// queue::TokenBucket for several who send to one destination. Any thread.
class SharedBucket final
{
public:
    SharedBucket(qint64 bytesPerSecond, Clock::SteadyTime now)
        : m_bytesPerSecond(bytesPerSecond)
        , m_bucket(bytesPerSecond, now)
    {
    }

    [[nodiscard]] qint64 bytesPerSecond() const { return m_bytesPerSecond; }

    /// When @p bytes may leave; none: now, and they are taken.
    [[nodiscard]] std::optional<Clock::SteadyTime> take(qint64 bytes, Clock::SteadyTime now)
    {
        const std::lock_guard lock(m_mutex);
        if (m_bucket.isEmpty(now)) {
            return m_bucket.readyAt();
        }
        m_bucket.take(bytes);
        return std::nullopt;
    }

private:
    const qint64 m_bytesPerSecond;
    std::mutex m_mutex; // guards m_bucket
    queue::TokenBucket m_bucket;
};

} // namespace radpost::engine
