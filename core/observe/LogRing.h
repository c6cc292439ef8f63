#pragma once

#include "core/observe/LogEntry.h"

#include <deque>
#include <mutex>
#include <vector>

namespace radpost::observe {

/// The newest entries in memory, bounded in number and size: the oldest go first. Any thread.
class LogRing final
{
public:
    static constexpr qsizetype kLongestText = 4096; ///< characters of a text or a fact; the rest is cut off

    /// @p maxCharacters of texts and facts, of all entries together.
    explicit LogRing(std::size_t maxEntries = 10'000, qsizetype maxCharacters = 8 << 20);

    /// @return the entry's number, from 1.
    qint64 add(LogEntry entry);

    /// Entries from @p number on, at most @p atMost of them, oldest first; those that are gone are left out.
    [[nodiscard]] std::vector<LogEntry> from(qint64 number, std::size_t atMost) const;

    struct Range
    {
        qint64 first = 1;  ///< number of the oldest entry
        qint64 next = 1;   ///< number that the next entry gets; first when there is none
        qint64 errors = 0; ///< entries of level Error since the beginning
    };
    [[nodiscard]] Range range() const;

private:
    const std::size_t m_maxEntries;
    const qsizetype m_maxCharacters;
    mutable std::mutex m_mutex; // guards what follows
    std::deque<LogEntry> m_entries;
    qsizetype m_characters = 0;
    qint64 m_next = 1;
    qint64 m_errors = 0;
};

} // namespace radpost::observe
