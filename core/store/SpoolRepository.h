#pragma once

#include "core/base/Result.h"
#include "core/store/SpoolTypes.h"

#include <QHash>
#include <QList>

#include <array>

namespace radpost::store {

class Database;
class Statement;

/// The index of received instances. One thread: the one of its connection.
class SpoolRepository final
{
public:
    explicit SpoolRepository(Database& database);

    /// For the writer thread: enters @p instance, or says why not. The transaction decides between two of the same UID.
    /// One that isFound is stored whatever the policy, but is not the current one beside one of a higher id, nor with
    /// KeepFirst beside any.
    [[nodiscard]] Result<SpoolOutcome> add(const NewSpoolInstance& instance, DuplicatePolicy policy);
    /// For the writer thread: the file of @p found is there. A row of its id that is marked as missing and tells of the
    /// same content is made valid again; it becomes the current version unless a later one is there.
    [[nodiscard]] Result<Revival> revive(const NewSpoolInstance& found);
    /// For the writer thread. Nothing refers to the row any more; what was planned for it is gone, too. With the last
    /// instance its series goes, and likewise study and patient.
    [[nodiscard]] Result<> remove(qint64 id);
    /// For the writer thread: series, studies and patients that have no instance, as versions before left them. Looks
    /// at every one.
    [[nodiscard]] Result<> removeEmpty();
    /// For the writer thread.
    [[nodiscard]] Result<> setState(qint64 id, SpoolState state);
    /// For the writer thread: rows that were remembered may have been rolled back.
    void forget();

    /// Looks at every row.
    [[nodiscard]] Result<SpoolTotals> totals();
    [[nodiscard]] Result<std::optional<SpoolInstanceRow>> find(qint64 id);
    /// All versions, the oldest first.
    [[nodiscard]] Result<QList<SpoolInstanceRow>> find(const SopInstanceUid& uid);
    /// Of all versions, with an id above @p after, ascending, at most @p limit. Looks at every row above it.
    [[nodiscard]] Result<QList<SpoolInstanceRow>> receivedSince(Clock::WallTime since, qint64 after, int limit);
    /// Ids from @p first to @p last whose file is there, ascending.
    [[nodiscard]] Result<QList<qint64>> idsBetween(qint64 first, qint64 last);
    /// Where there are rows whose file is there, by groups of @p groupSize ids: the first id of each, ascending.
    [[nodiscard]] Result<QList<qint64>> groups(qint64 groupSize);
    /// The newest study first.
    [[nodiscard]] Result<QList<SpoolStudyRow>> studies(const SpoolStudyFilter& filter, int limit);

private:
    struct Known
    {
        std::shared_ptr<const SpoolSeries> series; ///< keeps the address from being used again
        qint64 row = 0;
    };

    [[nodiscard]] Result<> insert(const NewSpoolInstance& instance, const SpoolOutcome& outcome);
    [[nodiscard]] Result<qint64> seriesRow(const NewSpoolInstance& instance);
    [[nodiscard]] Result<qint64> studyRow(const SpoolSeries& series, Clock::WallTime receivedAt);
    [[nodiscard]] Result<qint64> patientRow(const SpoolSeries& series);
    [[nodiscard]] Result<qint64> sourceRow(const SpoolSource& source);
    [[nodiscard]] Result<> removeRow(qint64 id);
    [[nodiscard]] Result<> removeEmpty(const std::array<qint64, 3>& rows);
    [[nodiscard]] Result<int> routingOf(const NewSpoolInstance& instance);
    [[nodiscard]] Result<qint64> rowOf(Statement& select);

    Database& m_database;
    QHash<const SpoolSeries*, Known> m_series;
    QHash<QString, qint64> m_sources;
};

} // namespace radpost::store
