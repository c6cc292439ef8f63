#include "core/engine/UnpackArea.h"

#include "core/engine/JobOptions.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QDir>
#include <QSet>
#include <QUuid>

namespace radpost::engine {

using namespace Qt::StringLiterals;

namespace {

bool mayNeedItsFiles(const store::JobRow& job, const store::StateCounts& counts, store::WallTime now)
{
    switch (job.state) {
    case store::JobState::Cancelled:
        return false;
    case store::JobState::Finished: {
        // Finished only says that all that was found is final: a scan that was cut short goes on in the same folder.
        const bool mayGoOn = job.growth != store::JobGrowth::Sealed || counts.of(store::DeliveryState::Rejected) > 0;
        return mayGoOn && job.finishedAt && now - *job.finishedAt < UnpackArea::kKeepFailed;
    }
    case store::JobState::Active:
    case store::JobState::Paused:
    case store::JobState::Stopped:
        break;
    }
    return true;
}

/// By their names alone: the data folder may be reached by another path than at the time of the job.
Result<QSet<QString>> neededFolders(const store::Ledger& ledger)
{
    const auto reader = ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const auto jobs = (*reader)->jobs().list();
    if (!jobs) {
        return fail(jobs.error());
    }
    QSet<QString> needed;
    for (const auto& job : *jobs) {
        const auto counts = (*reader)->jobs().counts(job.id);
        if (!counts) {
            return fail(counts.error());
        }
        const auto options = jobOptions(job.options);
        if (!options) {
            return fail(options.error());
        }
        if (mayNeedItsFiles(job, *counts, ledger.clock().now())) {
            needed.insert(QFileInfo(options->unpackFolder).fileName());
        }
    }
    return needed;
}

} // namespace

UnpackArea::UnpackArea(const QString& dataFolder)
    : m_root(dataFolder + u"/unpacked"_s)
{
}

Result<QString> UnpackArea::make() const
{
    return makeFolder(m_root + u'/' + QUuid::createUuid().toString(QUuid::Id128));
}

Result<QString> UnpackArea::reopen(const QString& folder) const
{
    const QString here = m_root + u'/' + QFileInfo(folder).fileName();
    return QFileInfo::exists(here) ? here : makeFolder(here);
}

Result<QString> UnpackArea::makeFolder(const QString& folder) const
{
    constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(m_root) || !QDir().mkdir(folder, kOwnerOnly)) {
        return fail(ErrorCode::FileWriteFailed, folder);
    }
    return folder;
}

void UnpackArea::sweep(const store::Ledger& ledger) const
{
    const auto folders = QDir(m_root).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    if (folders.isEmpty()) {
        return;
    }
    const auto needed = neededFolders(ledger);
    for (const auto& folder : folders) {
        if (needed && !needed->contains(folder.fileName())) {
            QDir(folder.absoluteFilePath()).removeRecursively();
        }
    }
}

} // namespace radpost::engine
