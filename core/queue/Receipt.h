#pragma once

#include "core/base/Result.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerTypes.h"

#include <QList>
#include <QString>

#include <optional>

namespace radpost::queue {

/// A delivery that is not simply stored, and why.
struct ReceiptProblem
{
    store::DeliveryRow delivery;
};

struct ReceiptSeries
{
    store::SeriesText text;
    store::StateCounts counts;
};

struct ReceiptStudy
{
    store::SeriesText text; ///< of its first series; the series' own fields are empty
    store::StateCounts counts;
    QList<ReceiptSeries> series;
};

/// Whom the instances went to, and under which name of ours.
struct ReceiptParties
{
    QString host;
    quint16 port = 0;
    bool isSecured = false; ///< TLS
    QString calledAeTitle;
    QString callingAeTitle;
};

/// What became of a job, from the committed ledger. Everything that the source held is in it:
/// files = counts.total() + skipped + duplicates.
struct Receipt
{
    store::JobRow job;
    std::optional<ReceiptParties> parties; ///< where the job's contract can be read; makeReceipt() leaves it empty
    store::ProofCounts proof;              ///< of stored deliveries; all are None where a response is proof enough
    store::WallTime madeAt;
    store::StateCounts counts;
    QList<ReceiptStudy> studies;
    QList<ReceiptProblem> rejected; ///< in order of entry
    QList<ReceiptProblem> warnings;
    QList<ReceiptProblem> unfinished; ///< Pending, Waiting, Cancelled; at most kMaxUnfinished, counts tell the rest
    QList<ReceiptProblem> missing;    ///< stored, and the destination did not prove it; see DeliveryRow::proofError
    QList<store::SkippedFile> skipped;
    QList<store::DuplicateFile> duplicates;
    QList<store::AssociationRow> associations;

    static constexpr int kMaxUnfinished = 10'000;

    [[nodiscard]] qint64 fileCount() const;
    /// How many instances have the proof that was wanted.
    [[nodiscard]] qint64 provedCount() const;
    /// Every instance that the destination is to have has the proof that was wanted; see uncommittedCount().
    [[nodiscard]] bool isProved() const;
    /// How many were left out because a query found them, while storage commitment is wanted: nobody was asked for it.
    [[nodiscard]] qint64 uncommittedCount() const;
    /// How many files were left out because the destination had their instances.
    [[nodiscard]] qint64 alreadyThereCount() const;
    /// How many of the skipped files could not be read and may have held instances; see store::mayHideInstances().
    [[nodiscard]] qint64 unreadCount() const;
    /// Finished, nothing rejected or cancelled, and the scan came to its end.
    [[nodiscard]] bool isAllStored() const;
    /// isAllStored() and isProved(), and nothing was skipped that may have been an instance.
    [[nodiscard]] bool isComplete() const;
};

/// The same receipt for people who are not to know the patients: names, IDs, accession numbers, titles, paths and what
/// the destination wrote are marks (observe::redact), birth dates and sexes are left out. UIDs, study dates and
/// descriptions stay, so that the administrator of the destination can look into it.
[[nodiscard]] Receipt withoutPatients(Receipt receipt);

/// Reads the ledger; blocks. Errors: JobNotFound, LedgerFailed.
[[nodiscard]] Result<Receipt> makeReceipt(store::LedgerReader& reader, JobId job, store::WallTime now);

} // namespace radpost::queue
