#include "core/net/TraceLog.h"

#include <algorithm>
#include <utility>

namespace radpost::net {

namespace {

constexpr qint64 kRecordBytes = 256; ///< of one without its texts, about

} // namespace

void TraceLog::begin(const TraceLimits& limits)
{
    const std::scoped_lock lock(m_mutex);
    m_limits = limits;
    m_until = SteadyClock::now() + limits.duration;
    m_records.clear();
    m_bytes = 0;
    m_state = State::On;
    m_isOn = true;
}

void TraceLog::end()
{
    const std::scoped_lock lock(m_mutex);
    if (m_state == State::On) {
        endAs(State::Ended);
    }
}

void TraceLog::endAs(State state)
{
    m_state = state;
    m_isOn = false;
}

void TraceLog::checkTime()
{
    if (m_state == State::On && SteadyClock::now() >= m_until) {
        endAs(State::TimeUp);
    }
}

void TraceLog::add(TraceRecord record, qint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    checkTime();
    if (m_state != State::On) {
        return;
    }
    const qint64 size = m_bytes + kRecordBytes + bytes;
    if (m_records.size() >= m_limits.maxRecords || size > m_limits.maxBytes) {
        endAs(State::TooLong);
        return;
    }
    m_bytes = size;
    record.number = m_next++;
    record.time = SystemClock().now();
    m_records.push_back(std::move(record));
}

std::vector<TraceRecord> TraceLog::from(qint64 number, std::size_t atMost) const
{
    const std::scoped_lock lock(m_mutex);
    const auto first = m_next - static_cast<qint64>(m_records.size());
    const auto begin = static_cast<std::size_t>(std::clamp(number - first, qint64(0), m_next - first));
    const auto count = std::min(atMost, m_records.size() - begin);
    const std::deque<TraceRecord>::const_iterator from = m_records.begin() + static_cast<std::ptrdiff_t>(begin);
    return {from, from + static_cast<std::ptrdiff_t>(count)};
}

TraceLog::Standing TraceLog::standing()
{
    const std::scoped_lock lock(m_mutex);
    checkTime();
    Standing standing{m_state, m_next - static_cast<qint64>(m_records.size()), m_next};
    if (m_state == State::On) {
        standing.left = std::chrono::ceil<std::chrono::milliseconds>(m_until - SteadyClock::now());
    }
    return standing;
}

} // namespace radpost::net
