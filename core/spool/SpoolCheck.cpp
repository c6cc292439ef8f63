#include "core/dicom/FileMetaReader.h"
#include "core/observe/Log.h"
#include "core/spool/Intake.h"
#include "core/spool/Spool_p.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/LedgerReader.h"

#include <QUrl>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::spool {

namespace {

constexpr std::size_t kBuffer = 256 * 1024;
constexpr qint64 kNanosecondsPerMillisecond = 1'000'000;

Clock::WallTime modifiedAt(const struct stat& facts)
{
#ifdef Q_OS_DARWIN
    const auto& time = facts.st_mtimespec;
#else
    const auto& time = facts.st_mtim;
#endif
    return Clock::WallTime(
        std::chrono::milliseconds(qint64(time.tv_sec) * 1000 + time.tv_nsec / kNanosecondsPerMillisecond));
}

/// Reads the files of the spool from their beginning to their end. One thread.
class FileIndexer final
{
public:
    explicit FileIndexer(store::Ledger& ledger)
        : m_ledger(ledger)
        , m_buffer(kBuffer)
    {
    }

    /// Errors: FileUnreadable, those of dicom::readFileMeta().
    [[nodiscard]] Result<FoundFile> read(const QByteArray& path, qint64 id);

private:
    [[nodiscard]] Result<qint64> readSome(int file);
    [[nodiscard]] Result<> readDataSet(int file, qint64 got, const dicom::FileMeta& meta, qint64& bytes);

    store::Ledger& m_ledger;
    std::vector<std::byte> m_buffer;
    dicom::HeaderTap m_tap;
    ContentDigest m_digest;
};

Result<qint64> FileIndexer::readSome(int file)
{
    for (;;) {
        const auto got = ::read(file, m_buffer.data(), m_buffer.size());
        if (got >= 0) {
            return qint64(got);
        }
        if (errno != EINTR) {
            return fail(ErrorCode::FileUnreadable, u"cannot read a file of the spool"_s);
        }
    }
}

Result<> FileIndexer::readDataSet(int file, qint64 got, const dicom::FileMeta& meta, qint64& bytes)
{
    m_tap.start(meta.transferSyntaxUid);
    m_digest.restart();
    auto piece = std::span(m_buffer).first(static_cast<std::size_t>(got));
    piece = piece.subspan(static_cast<std::size_t>(std::min(meta.dataSetOffset, got)));
    while (got > 0) {
        m_tap.feed(piece);
        m_digest.add(piece);
        bytes += static_cast<qint64>(piece.size());
        const auto more = readSome(file);
        if (!more) {
            return fail(more.error());
        }
        got = *more;
        piece = std::span(m_buffer).first(static_cast<std::size_t>(got));
    }
    return {};
}

Result<FoundFile> FileIndexer::read(const QByteArray& path, qint64 id)
{
    const FileDescriptor file(::open(path.constData(), O_RDONLY | O_CLOEXEC));
    struct stat facts = {};
    if (!file.isOpen() || ::fstat(file.get(), &facts) != 0) {
        return fail(ErrorCode::FileUnreadable, u"cannot open a file of the spool"_s);
    }
    const auto got = readSome(file.get());
    if (!got) {
        return fail(got.error());
    }
    const auto meta = dicom::readFileMeta(std::span(m_buffer).first(static_cast<std::size_t>(*got)));
    if (!meta) {
        return fail(meta.error());
    }
    qint64 bytes = 0;
    if (auto done = readDataSet(file.get(), *got, *meta, bytes); !done) {
        return fail(std::move(done.error()));
    }
    const auto header = m_tap.take();
    FoundFile found;
    auto& entry = found.entry;
    entry.id = id;
    entry.isFound = true;
    entry.source = {meta->sendingAeTitle, meta->receivingAeTitle, QUrl(meta->sourceAddress).host()};
    entry.series = std::make_shared<store::SpoolSeries>(toSpoolSeries(*header.series));
    entry.contextId = m_ledger.writer().contextId({meta->sopClassUid, meta->transferSyntaxUid});
    entry.sopInstanceUid = meta->sopInstanceUid;
    entry.digest = m_digest.value();
    entry.fileBytes = meta->dataSetOffset + bytes;
    entry.dataSetOffset = meta->dataSetOffset;
    entry.receivedAt = modifiedAt(facts);
    setHeader(entry, header);
    found.arrived = {id, meta->sopClassUid, meta->sopInstanceUid, meta->transferSyntaxUid, entry.source, entry.series,
        bytes, entry.digest, entry.receivedAt, 1, false, {}};
    return found;
}

/// What the files have and the index has not, and the other way round.
struct Disagreement
{
    QList<qint64> unknown;
    QList<qint64> missing;
};

Disagreement compare(const QList<qint64>& files, const QList<qint64>& rows)
{
    Disagreement found;
    std::set_difference(files.begin(), files.end(), rows.begin(), rows.end(), std::back_inserter(found.unknown));
    std::set_difference(rows.begin(), rows.end(), files.begin(), files.end(), std::back_inserter(found.missing));
    return found;
}

/// Thousands where there is a file or a row.
Result<QList<qint64>> thousands(const SpoolFolder& folder, store::SpoolRepository& index, qint64 end)
{
    auto leaves = folder.leaves();
    if (!leaves) {
        return leaves;
    }
    const auto rowsWithoutFolder = index.groups(SpoolFolder::kFilesPerLeaf);
    if (!rowsWithoutFolder) {
        return fail(rowsWithoutFolder.error());
    }
    *leaves += *rowsWithoutFolder;
    std::sort(leaves->begin(), leaves->end());
    leaves->erase(std::unique(leaves->begin(), leaves->end()), leaves->end());
    leaves->removeIf([end](qint64 leaf) { return leaf >= end; });
    return leaves;
}

} // namespace

Result<> Spool::Private::adopt(Result<FoundFile> found, qint64 id, SpoolCheckReport& report, const CancelToken& cancel)
{
    if (!found) {
        const bool isGone = ::access(folder.pathOf(id).constData(), F_OK) != 0; // a version that was dropped meanwhile
        if (!isGone && found.error().code != ErrorCode::FileUnreadable && folder.setAside(id)) {
            ++report.damaged;
            qCWarning(observe::lcStore) << "file" << id
                                        << "of the spool is damaged, set aside:" << errorName(found.error().code);
        }
        return {};
    }
    const auto bytes = found->entry.fileBytes;
    auto revived = store::Revival::NoRow;
    bool wasMissing = false;
    auto looked = ledger.writer().run(
        [&](store::WriteSession& session) {
            const auto row = session.spool.find(id);
            wasMissing = row && *row && (*row)->state == store::SpoolState::Missing;
            return session.spool.revive(found->entry).map([&revived](auto how) { revived = how; });
        },
        cancel);
    if (!looked) {
        return looked;
    }
    switch (revived) {
    case store::Revival::Revived:
        ++report.revived;
        space.add(wasMissing ? bytes : 0);
        return {};
    case store::Revival::OtherContent:
        report.damaged += folder.setAside(id) ? 1 : 0;
        qCWarning(observe::lcStore) << "file" << id << "of the spool is not the one of its row, set aside";
        return {};
    case store::Revival::NoRow:
        break;
    }
    const auto entered = enter(std::move(found->entry), std::move(found->arrived), params.duplicates, cancel);
    if (!entered) {
        return fail(entered.error());
    }
    if (entered->isIdentical) {
        ++report.copies;
        folder.remove(id);
        return {};
    }
    ++report.adopted;
    space.add(bytes);
    if (entered->isSuperseded && params.duplicates == store::DuplicatePolicy::KeepLast) {
        dropSuperseded({id});
    }
    return {};
}

Result<> Spool::Private::markMissing(const QList<qint64>& ids, SpoolCheckReport& report, const CancelToken& cancel)
{
    if (ids.isEmpty()) {
        return {};
    }
    qCWarning(observe::lcStore) << ids.size() << "files of the spool are gone, the first is" << ids.first();
    report.missing += ids.size();
    return setMissing(ids, cancel);
}

Result<SpoolCheckReport> Spool::check(const CancelToken& cancel)
{
    const auto reader = d->ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const qint64 end = d->firstOfThisRun;
    const auto leaves = thousands(d->folder, (*reader)->spool(), end);
    if (!leaves) {
        return fail(leaves.error());
    }
    SpoolCheckReport report;
    FileIndexer indexer(d->ledger);
    for (const auto leaf : *leaves) {
        auto files = d->folder.idsIn(leaf);
        if (!files) {
            return fail(files.error());
        }
        files->removeIf([end](qint64 id) { return id >= end; });
        const auto last = std::min(leaf + SpoolFolder::kFilesPerLeaf, end) - 1;
        const auto rows = (*reader)->spool().idsBetween(leaf, last);
        if (!rows) {
            return fail(rows.error());
        }
        const auto found = compare(*files, *rows);
        report.known += files->size() - found.unknown.size();
        for (const auto id : found.unknown) {
            if (auto going = cancel.check(); !going) {
                return fail(going.error());
            }
            if (auto adopted = d->adopt(indexer.read(d->folder.pathOf(id), id), id, report, cancel); !adopted) {
                return fail(adopted.error());
            }
        }
        if (auto marked = d->markMissing(found.missing, report, cancel); !marked) {
            return fail(marked.error());
        }
    }
    return report;
}

} // namespace radpost::spool
