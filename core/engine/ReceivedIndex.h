#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/config/Settings.h"
#include "core/engine/HeldInstances.h"
#include "core/engine/RefusedCallers.h"
#include "core/store/SpoolOverviewTypes.h"

#include <QStringList>

#include <functional>

namespace radpost::store {
class Ledger;
}

namespace radpost::engine {

/// Where the spool is for these settings of the gateway.
[[nodiscard]] QString spoolFolderOf(const QString& dataFolder, const config::ServeSettings& settings);

/// Received instances as the sources of jobs.
struct ReceivedSource
{
    QList<QStringList> parts; ///< their files, those of one job each
    [[nodiscard]] qint64 instances() const;
};

/// Where copies of received instances go.
struct ExportParams
{
    store::SpoolChoice choice;
    QString spoolFolder;
    QString folder; ///< made when it is missing
};

/// Every instance of the choice is in one of the counts.
struct ExportOutcome
{
    qint64 written = 0;
    qint64 renamed = 0;      ///< of those: beside a file of its name that has another content
    qint64 alreadyThere = 0; ///< a file of its name and content
    qint64 missing = 0;      ///< it has left the spool since
    qint64 bytes = 0;        ///< of what was written
};

/// What the gateway has received, as lists and trees show it, and what a person does with it. Any thread; every call
/// blocks on the ledger. Errors of all: LedgerFailed, LedgerCorrupt.
class ReceivedIndex final
{
public:
    /// @p ledger outlives this.
    explicit ReceivedIndex(store::Ledger& ledger);

    [[nodiscard]] Result<QList<store::SpoolEntry>> studies(const store::SpoolStudyQuery& query) const;
    [[nodiscard]] Result<QList<store::SpoolEntry>> series(qint64 study) const;
    [[nodiscard]] Result<QList<store::SpoolEntry>> instances(qint64 series, qint64 after, int limit) const;
    [[nodiscard]] Result<QList<store::SpoolHold>> holds(const store::SpoolChoice& choice, int limit) const;
    [[nodiscard]] Result<store::SpoolAttention> attention() const;
    /// The last one first.
    [[nodiscard]] Result<QList<RefusedCaller>> refused() const;

    /// What SendRequest wants to send the current versions of @p choice elsewhere: their files by name, at most
    /// @p mostPaths in a job, since the ledger keeps them with it. No part when nothing of it is there any more.
    [[nodiscard]] Result<ReceivedSource> source(
        const store::SpoolChoice& choice, const QString& spoolFolder, qsizetype mostPaths = 10'000) const;

    /// Copies the files of a choice, each a Part 10 file (PS3.10 7.1) named by its SOP Instance UID, in a folder for
    /// each study and in it one for each series. A file is whole or not there; none that is there is touched:
    /// "UID (2).dcm" stands beside one of another content. @p progress is called after each, from this thread. Errors:
    /// FileWriteFailed, DiskFull, FileUnreadable, Cancelled.
    [[nodiscard]] Result<ExportOutcome> exportFiles(const ExportParams& params,
        const std::function<void(const ExportOutcome&)>& progress, const CancelToken& cancel) const;

    /// Carries out @p decision in the ledger that this process has open. A gateway that runs in it has to be told: see
    /// Gateway::decide().
    [[nodiscard]] Result<HoldOutcome> decide(const HoldDecision& decision) const;

private:
    [[nodiscard]] Result<> forEachFile(
        const store::SpoolChoice& choice, const std::function<Result<>(const store::SpoolFile&)>& visit) const;

    store::Ledger& m_ledger;
};

} // namespace radpost::engine
