#include "core/engine/ReceivedIndex.h"

#include "core/spool/SpoolFolder.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <numeric>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr int kFilesAtOnce = 1000;
constexpr qint64 kBlockBytes = 1 << 20;
constexpr int kMostNames = 1000;       // for files of one name, each with another content
constexpr qsizetype kLongestName = 60; // with the rest of a path it stays below what Windows takes

/// As a name of a folder on every system: what it cannot hold becomes a hyphen.
QString folderName(const QStringList& parts)
{
    auto present = parts;
    present.removeAll(QString());
    QString name = present.join(u' ').left(kLongestName);
    for (auto& letter : name) {
        const bool isBad = !letter.isPrint() || u"<>:\"/\\|?*^"_s.contains(letter);
        letter = isBad ? QChar(u'-') : letter;
    }
    name = name.trimmed();
    while (name.endsWith(u'.')) {
        name.chop(1);
    }
    return name.isEmpty() || name.startsWith(u'.') ? QString(u'-' + name) : name;
}

QString placeOf(const store::SpoolFile& file)
{
    const QString study = folderName({file.patientId.isEmpty() ? file.patientName : file.patientId, file.studyDate,
        file.studyInstanceUid.section(u'.', -1)});
    const QString series = folderName({file.seriesNumber, file.modality, file.seriesInstanceUid.section(u'.', -1)});
    return QString(study + u'/' + series);
}

Error writeError(const QFileDevice& file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError || errno == ENOSPC;
    return makeError(isFull ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed, file.fileName());
}

Result<> copy(QFile& from, const QString& to, const CancelToken& cancel)
{
    QSaveFile target(to);
    if (!target.open(QIODevice::WriteOnly)) {
        return fail(writeError(target));
    }
    while (!from.atEnd()) {
        const auto block = from.read(kBlockBytes);
        if (block.isEmpty()) {
            return fail(ErrorCode::FileUnreadable, from.fileName());
        }
        if (auto going = cancel.check(); !going) {
            return going;
        }
        if (target.write(block) != block.size()) {
            return fail(writeError(target));
        }
    }
    return target.commit() ? Result<>() : fail(writeError(target));
}

/// Byte by byte: one that has the same name and length may hold another content.
Result<bool> isSameContent(QFile& one, const QString& path, const CancelToken& cancel)
{
    QFile other(path);
    if (other.size() != one.size() || !other.open(QIODevice::ReadOnly)) {
        return false;
    }
    bool isSame = one.seek(0);
    while (isSame && !one.atEnd()) {
        if (auto going = cancel.check(); !going) {
            return fail(going.error());
        }
        const auto block = one.read(kBlockBytes);
        isSame = !block.isEmpty() && other.read(block.size()) == block;
    }
    return one.seek(0) && isSame;
}

struct CopyPlace
{
    QString path;
    bool isAlreadyThere = false;
};

/// Where a copy of @p from goes: a file of another content keeps its name, and the copy gets one of its own.
Result<CopyPlace> placeFor(QFile& from, const QString& wanted, const CancelToken& cancel)
{
    const QFileInfo name(wanted);
    QString path = wanted;
    for (int number = 2; QFileInfo::exists(path); ++number) {
        const auto isSame = isSameContent(from, path, cancel);
        if (!isSame || *isSame) {
            return isSame ? Result<CopyPlace>(CopyPlace{path, true}) : fail(isSame.error());
        }
        if (number > kMostNames) {
            return fail(ErrorCode::FileWriteFailed, wanted);
        }
        path = u"%1/%2 (%3).%4"_s.arg(name.path(), name.completeBaseName()).arg(number).arg(name.suffix());
    }
    return CopyPlace{path};
}

Result<> exportOne(const QString& source, const QString& target, ExportOutcome& outcome, const CancelToken& cancel)
{
    QFile from(source);
    if (!from.open(QIODevice::ReadOnly)) {
        const bool isGone = !from.exists(); // retention was quicker
        outcome.missing += isGone ? 1 : 0;
        return isGone ? Result<>() : fail(ErrorCode::FileUnreadable, source);
    }
    const auto place = placeFor(from, target, cancel);
    if (!place) {
        return fail(place.error());
    }
    if (place->isAlreadyThere) {
        ++outcome.alreadyThere;
        return {};
    }
    if (!QDir().mkpath(QFileInfo(place->path).absolutePath())) {
        return fail(ErrorCode::FileWriteFailed, place->path);
    }
    auto done = copy(from, place->path, cancel);
    outcome.written += done ? 1 : 0;
    outcome.renamed += done && place->path != target ? 1 : 0;
    outcome.bytes += done ? from.size() : 0;
    return done;
}

} // namespace

QString spoolFolderOf(const QString& dataFolder, const config::ServeSettings& settings)
{
    const QString folder = settings.spoolFolder.isEmpty() ? QString(dataFolder + u"/spool"_s) : settings.spoolFolder;
    return QFileInfo(folder).absoluteFilePath();
}

qint64 ReceivedSource::instances() const
{
    return std::accumulate(parts.begin(), parts.end(), qint64(0),
        [](qint64 sum, const QStringList& part) -> qint64 { return sum + part.size(); });
}

ReceivedIndex::ReceivedIndex(store::Ledger& ledger)
    : m_ledger(ledger)
{
}

Result<QList<store::SpoolEntry>> ReceivedIndex::studies(const store::SpoolStudyQuery& query) const
{
    const auto reader = m_ledger.openReader();
    return reader ? (*reader)->spoolOverview().studies(query) : fail(reader.error());
}

Result<QList<store::SpoolEntry>> ReceivedIndex::series(qint64 study) const
{
    const auto reader = m_ledger.openReader();
    return reader ? (*reader)->spoolOverview().series(study) : fail(reader.error());
}

Result<QList<store::SpoolEntry>> ReceivedIndex::instances(qint64 series, qint64 after, int limit) const
{
    const auto reader = m_ledger.openReader();
    return reader ? (*reader)->spoolOverview().instances(series, after, limit) : fail(reader.error());
}

Result<QList<store::SpoolHold>> ReceivedIndex::holds(const store::SpoolChoice& choice, int limit) const
{
    const auto reader = m_ledger.openReader();
    return reader ? (*reader)->spoolOverview().holds(choice, limit) : fail(reader.error());
}

Result<store::SpoolAttention> ReceivedIndex::attention() const
{
    const auto reader = m_ledger.openReader();
    return reader ? (*reader)->spoolOverview().attention() : fail(reader.error());
}

Result<QList<RefusedCaller>> ReceivedIndex::refused() const
{
    return refusedCallers(m_ledger);
}

Result<ReceivedSource> ReceivedIndex::source(
    const store::SpoolChoice& choice, const QString& spoolFolder, qsizetype mostPaths) const
{
    const spool::SpoolFolder folder(spoolFolder);
    ReceivedSource source;
    auto walked = forEachFile(choice, [&](const store::SpoolFile& file) -> Result<> {
        if (source.parts.isEmpty() || source.parts.last().size() >= mostPaths) {
            source.parts.append(QStringList());
        }
        source.parts.last().append(QFile::decodeName(folder.pathOf(file.id)));
        return {};
    });
    return walked ? Result<ReceivedSource>(source) : fail(std::move(walked.error()));
}

Result<> ReceivedIndex::forEachFile(
    const store::SpoolChoice& choice, const std::function<Result<>(const store::SpoolFile&)>& visit) const
{
    const auto reader = m_ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    for (qint64 last = 0;;) {
        const auto files = (*reader)->spoolOverview().files(choice, last, kFilesAtOnce);
        if (!files) {
            return fail(files.error());
        }
        if (files->isEmpty()) {
            return {};
        }
        for (const auto& file : *files) {
            if (auto done = visit(file); !done) {
                return done;
            }
            last = file.id;
        }
    }
}

Result<ExportOutcome> ReceivedIndex::exportFiles(const ExportParams& params,
    const std::function<void(const ExportOutcome&)>& progress, const CancelToken& cancel) const
{
    const spool::SpoolFolder folder(params.spoolFolder);
    ExportOutcome outcome;
    auto walked = forEachFile(params.choice, [&](const store::SpoolFile& file) {
        const QString target =
            params.folder + u'/' + placeOf(file) + u'/' + QString::fromLatin1(file.sopInstanceUid.value) + u".dcm"_s;
        auto done = cancel.check().and_then(
            [&] { return exportOne(QFile::decodeName(folder.pathOf(file.id)), target, outcome, cancel); });
        progress(outcome);
        return done;
    });
    return walked ? Result<ExportOutcome>(outcome) : fail(std::move(walked.error()));
}

Result<HoldOutcome> ReceivedIndex::decide(const HoldDecision& decision) const
{
    return m_ledger.isReadOnly() ? fail(ErrorCode::LedgerLocked, u"the ledger is open for reading only"_s)
                                 : decideHolds(m_ledger, decision);
}

} // namespace radpost::engine
