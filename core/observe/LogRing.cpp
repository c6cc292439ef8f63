#include "core/observe/LogRing.h"

#include <algorithm>
#include <utility>

namespace radpost::observe {

namespace {

void cut(LogEntry& entry)
{
    entry.text.truncate(LogRing::kLongestText);
    entry.destination.truncate(LogRing::kLongestText);
    for (auto& fact : entry.facts) {
        fact.value.truncate(LogRing::kLongestText);
    }
    if (entry.error) {
        entry.error->detail.truncate(LogRing::kLongestText);
    }
}

qsizetype charactersOf(const LogEntry& entry)
{
    qsizetype sum = entry.text.size() + entry.destination.size() + (entry.error ? entry.error->detail.size() : 0);
    for (const auto& fact : entry.facts) {
        sum += fact.value.size();
    }
    return sum;
}

} // namespace

LogRing::LogRing(std::size_t maxEntries, qsizetype maxCharacters)
    : m_maxEntries(maxEntries)
    , m_maxCharacters(maxCharacters)
{
}

qint64 LogRing::add(LogEntry entry)
{
    cut(entry);
    const std::scoped_lock lock(m_mutex);
    entry.number = m_next++;
    m_errors += entry.level == LogLevel::Error ? 1 : 0;
    m_characters += charactersOf(entry);
    m_entries.push_back(std::move(entry));
    while (m_entries.size() > 1 && (m_entries.size() > m_maxEntries || m_characters > m_maxCharacters)) {
        m_characters -= charactersOf(m_entries.front());
        m_entries.pop_front();
    }
    return m_next - 1;
}

std::vector<LogEntry> LogRing::from(qint64 number, std::size_t atMost) const
{
    const std::scoped_lock lock(m_mutex);
    const auto first = m_next - static_cast<qint64>(m_entries.size());
    const auto begin = static_cast<std::size_t>(std::clamp(number - first, qint64(0), m_next - first));
    const auto count = std::min(atMost, m_entries.size() - begin);
    const std::deque<LogEntry>::const_iterator from = m_entries.begin() + static_cast<std::ptrdiff_t>(begin);
    return {from, from + static_cast<std::ptrdiff_t>(count)};
}

LogRing::Range LogRing::range() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_next - static_cast<qint64>(m_entries.size()), m_next, m_errors};
}

} // namespace radpost::observe
