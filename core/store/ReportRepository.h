#pragma once

#include "core/base/Result.h"
#include "core/store/HistoryTypes.h"

#include <QList>

#include <functional>

namespace radpost::store {

class Database;
class Statement;

/// One series of a job and how its deliveries stand.
struct SeriesRow
{
    SeriesText text;
    StateCounts counts;
};

/// A delivery with its last attempt.
struct DeliveryRow
{
    DeliveryId id;
    DeliveryState state = DeliveryState::Pending;
    Proof proof = Proof::None;
    QString sourcePath;
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    SopInstanceUid sopInstanceUid;
    SeriesInstanceUid seriesInstanceUid;
    qint64 bytes = 0;
    int tries = 0;
    std::optional<WallTime> retryAt;
    std::optional<AttemptRecord> lastAttempt;
    std::optional<quint16> proofReason{}; ///< why the proof is not there: Failure Reason (0008,1197) or a status
    std::optional<ErrorCode> proofError;  ///< likewise
};

/// Read-only questions that receipts and `show` ask. One thread: the one of its connection.
class ReportRepository final
{
public:
    explicit ReportRepository(Database& database);

    /// Ordered by patient, study and series as they entered.
    [[nodiscard]] Result<QList<SeriesRow>> series(JobId job);
    /// Calls @p visit for each delivery of @p job in @p state (all when none is given), in order of entry, without
    /// holding them in memory. @p visit returns false to end early.
    [[nodiscard]] Result<> forEachDelivery(
        JobId job, std::optional<DeliveryState> state, const std::function<bool(const DeliveryRow&)>& visit);
    /// Likewise, those whose proof is Missing.
    [[nodiscard]] Result<> forEachMissing(JobId job, const std::function<bool(const DeliveryRow&)>& visit);
    /// A page of deliveries: at most query.limit.
    [[nodiscard]] Result<QList<DeliveryRow>> page(const InstanceQuery& query);
    /// Every attempt of one delivery, oldest first.
    [[nodiscard]] Result<QList<AttemptRecord>> attempts(DeliveryId delivery);
    [[nodiscard]] Result<QList<SkippedFile>> skipped(JobId job);
    [[nodiscard]] Result<QList<DuplicateFile>> duplicates(JobId job);
    /// The associations that carried attempts of @p job, oldest first.
    [[nodiscard]] Result<QList<AssociationRow>> associations(JobId job);
    /// By destination, what was delivered and what failed for good at or after @p since; destinations without any are
    /// left out. Reads the totals of jobs that lie wholly after @p since, and the deliveries of the few others; jobs
    /// that ended before cost nothing.
    [[nodiscard]] Result<QList<DestinationTally>> tallies(WallTime since);

private:
    [[nodiscard]] Result<> forEach(Statement& rows, const std::function<bool(const DeliveryRow&)>& visit);
    [[nodiscard]] Result<StateCounts> countSince(JobId job, WallTime since);

    Database& m_database;
};

} // namespace radpost::store
