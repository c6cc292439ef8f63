#pragma once

#include "core/net/TraceRecord.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <vector>

namespace radpost::net {

struct TraceLimits
{
    std::chrono::milliseconds duration{std::chrono::minutes(10)};
    std::size_t maxRecords = 20'000;
    qint64 maxBytes = 8 << 20; ///< about what the records take
};

/// The trace of one destination: off until begun, and off again by itself when its time or its size is used up. What
/// was recorded stays until the next begin(). Any thread.
class TraceLog final
{
public:
    enum class State {
        Never, ///< not begun yet
        On,
        Ended,   ///< by end()
        TimeUp,  ///< after the duration
        TooLong, ///< too many records
    };

    void begin(const TraceLimits& limits);
    void end();

    /// Whether add() keeps anything: one atomic load. It may be true for a moment too long.
    [[nodiscard]] bool isOn() const { return m_isOn.load(std::memory_order_relaxed); }

    /// Gives number and time. @p bytes: of the PDU, as far as its content is in the record. Nothing while it is off.
    void add(TraceRecord record, qint64 bytes);

    /// Records from @p number on, at most @p atMost, oldest first.
    [[nodiscard]] std::vector<TraceRecord> from(qint64 number, std::size_t atMost) const;

    struct Standing
    {
        State state = State::Never;
        qint64 first = 1;                  ///< number of the oldest record
        qint64 next = 1;                   ///< number that the next one gets
        std::chrono::milliseconds left{0}; ///< of its time, while it is on
    };
    /// Also notices that the time is up.
    [[nodiscard]] Standing standing();

private:
    using SteadyClock = std::chrono::steady_clock;

    void endAs(State state);
    void checkTime();

    std::atomic<bool> m_isOn = false;
    mutable std::mutex m_mutex; // guards what follows
    State m_state = State::Never;
    TraceLimits m_limits;
    SteadyClock::time_point m_until;
    std::deque<TraceRecord> m_records;
    qint64 m_bytes = 0;
    qint64 m_next = 1;
};

} // namespace radpost::net
