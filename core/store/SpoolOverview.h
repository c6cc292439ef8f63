#pragma once

#include "core/base/Result.h"
#include "core/store/SpoolOverviewTypes.h"

namespace radpost::store {

class Database;
class Statement;

/// Reads the index of the spool as people look at it: studies in pages, their series, the instances of these, and how
/// each stands on its way. One thread: that of its connection. Errors of all calls: LedgerFailed, LedgerCorrupt.
class SpoolOverview final
{
public:
    explicit SpoolOverview(Database& database);

    /// By the time when they began to come.
    [[nodiscard]] Result<QList<SpoolEntry>> studies(const SpoolStudyQuery& query);
    /// By number and UID. None when there is no such study.
    [[nodiscard]] Result<QList<SpoolEntry>> series(qint64 study);
    /// Of one series, in the order they came, with an id above @p after.
    [[nodiscard]] Result<QList<SpoolEntry>> instances(qint64 series, qint64 after, int limit);
    /// Why files of @p choice are held, in the order they came, at most @p limit.
    [[nodiscard]] Result<QList<SpoolHold>> holds(const SpoolChoice& choice, int limit);
    /// The current versions of @p choice, with an id above @p after, ascending.
    [[nodiscard]] Result<QList<SpoolFile>> files(const SpoolChoice& choice, qint64 after, int limit);
    [[nodiscard]] Result<SpoolAttention> attention();

private:
    [[nodiscard]] Result<> addStanding(const QString& scope, SpoolEntry& entry);
    [[nodiscard]] Result<> addDeliveries(const QString& scope, SpoolEntry& entry);
    [[nodiscard]] Result<> addWaits(const QString& scope, SpoolEntry& entry);
    [[nodiscard]] Result<> addCallers(SpoolEntry& study);
    [[nodiscard]] Result<> fill(const QString& scope, QList<SpoolEntry>& entries);
    [[nodiscard]] Result<qint64> firstReceived(qint64 study);

    Database& m_database;
};

} // namespace radpost::store
