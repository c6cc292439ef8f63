#pragma once

#include "core/base/Result.h"
#include "core/store/LedgerTypes.h"

#include <QList>

namespace radpost::store {

class Database;

/// What waits to be delivered to one destination.
struct DestinationBacklog
{
    QString destinationName; ///< as spelled in the ledger
    qint64 pending = 0;
    qint64 waiting = 0;             ///< of those that were tried: until it is their time again
    std::optional<WallTime> oldest; ///< since when the oldest job with undelivered instances exists
    bool isPaused = false;
    bool isLowerBound = false; ///< there was more than one look may read
    friend bool operator==(const DestinationBacklog&, const DestinationBacklog&) = default;
};

/// One thread: the one of its connection.
class BacklogRepository final
{
public:
    /// Of deliveries, that one read() looks at.
    static constexpr qint64 kMaxRows = 2'000'000;

    explicit BacklogRepository(Database& database, qint64 maxRows = kMaxRows)
        : m_database(database)
        , m_maxRows(maxRows)
    {
    }

    /// Every destination that has a name in the ledger, by name. Jobs that have ended cost nothing; of the others each
    /// delivery is looked at, oldest job first, until @c maxRows are.
    [[nodiscard]] Result<QList<DestinationBacklog>> read();

private:
    [[nodiscard]] Result<QList<DestinationBacklog>> destinations();
    [[nodiscard]] Result<> addJob(JobId job, WallTime createdAt, qint64& rowsLeft, DestinationBacklog& into);

    Database& m_database;
    const qint64 m_maxRows;
};

} // namespace radpost::store
