#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace radpost::store {

class Database;

/// What a ledger comes to, for support: numbers and its structure, nothing of a patient, no path and no UID.
struct LedgerStatistics
{
    struct Count
    {
        QString name;
        qint64 count = 0;
    };
    struct Failure
    {
        std::optional<int> errorCode;
        std::optional<int> dimseStatus;
        qint64 attempts = 0;
    };
    QString sqliteVersion;
    qint64 schemaVersion = 0;
    qint64 fileBytes = 0;
    qint64 freeBytes = 0;    ///< of it, not in use
    QList<Count> tables;     ///< rows, by table
    QList<Count> jobs;       ///< by state
    QList<Count> deliveries; ///< by state
    QList<Failure> failures; ///< the commonest first, at most 50
    QString schema;          ///< as SQL
};

/// One thread: the one of its connection.
class StatisticsRepository final
{
public:
    explicit StatisticsRepository(Database& database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<LedgerStatistics> read();

    /// Every pair of a patient's name and ID, as they are in the files.
    [[nodiscard]] Result<> forEachPatient(const std::function<void(const QString& name, const QString& id)>& visit);

private:
    [[nodiscard]] Result<> readTables(LedgerStatistics& statistics);
    [[nodiscard]] Result<> readStates(LedgerStatistics& statistics);
    [[nodiscard]] Result<> readFailures(LedgerStatistics& statistics);

    Database& m_database;
};

} // namespace radpost::store
