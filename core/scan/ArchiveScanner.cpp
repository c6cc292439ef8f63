#include "core/scan/ArchiveScanner.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

// Holds the header of any usual instance, and most small instances as a whole.
constexpr size_t kBufferBytes = size_t(256) << 10;

// A member without data costs time and memory all the same.
constexpr qint64 kMemberCost = 512;

// Between two looks at the free space of the disk.
constexpr qint64 kRoomCheckBytes = qint64(64) << 20;

bool endsArchive(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
    case ErrorCode::ArchiveTooLarge:
    case ErrorCode::DiskFull:
    case ErrorCode::FileWriteFailed:
    case ErrorCode::InvalidArgument:
        return true;
    default:
        return false;
    }
}

// Office documents and e-books are ZIP files too; as archives they would be a crowd of skipped files each.
bool isDocument(const ArchiveMember& first)
{
    return first.name == u"[Content_Types].xml" || first.name == u"mimetype";
}

Result<> refusal(const ArchiveMember& member)
{
    if (member.leadsOutside) {
        return fail(ErrorCode::ArchiveUnsafe, u"the member's name leads out of the archive"_s);
    }
    if (member.kind == MemberKind::Link) {
        return fail(ErrorCode::ArchiveUnsafe, u"the member is a link"_s);
    }
    if (member.kind == MemberKind::Special) {
        return fail(ErrorCode::ArchiveUnsafe, u"the member is a device or a pipe"_s);
    }
    if (member.isEncrypted) {
        return fail(ErrorCode::ArchiveEncrypted, u"the member is encrypted"_s);
    }
    return {};
}

/// Removes a file at the end of its scope.
class RemoveLater final
{
public:
    explicit RemoveLater(QString path)
        : m_path(std::move(path))
    {
    }
    ~RemoveLater()
    {
        if (!m_path.isEmpty()) {
            QFile::remove(m_path);
        }
    }
    Q_DISABLE_COPY_MOVE(RemoveLater)

    void keep() { m_path.clear(); }

private:
    QString m_path;
};

} // namespace

struct ArchiveScanner::Level
{
    ArchiveReader reader;
    ArchiveBudget& budget;
    QString sourcePath;
    int depth = 1;
    std::vector<std::byte> buffer = std::vector<std::byte>(kBufferBytes);
    size_t filled = 0; // of the buffer, with bytes of the current member
    bool isAtEnd = false;

    [[nodiscard]] std::span<const std::byte> bytes() const { return std::span(buffer).first(filled); }
};

ArchiveScanner::ArchiveScanner(const ScanParams& params, ScratchArea& scratch, Delivery& delivery, CancelToken cancel)
    : m_params(params)
    , m_scratch(scratch)
    , m_delivery(delivery)
    , m_cancel(std::move(cancel))
{
}

void ArchiveScanner::scan(const FoundFile& archive)
{
    ArchiveBudget budget(QFileInfo(archive.path).size(), m_params.maxArchiveBytes, m_params.maxArchiveRatio);
    const auto done = scanLevel(archive, 1, budget);
    if (!done && done.error().code != ErrorCode::Cancelled) {
        Error reason = done.error();
        reason.detail += u"; the rest of the archive was not read"_s;
        m_delivery.skip(archive.sourcePath, std::move(reason));
    }
}

Result<> ArchiveScanner::scanLevel(const FoundFile& archive, int depth, ArchiveBudget& budget)
{
    auto reader = ArchiveReader::openFile(archive.path);
    if (!reader) {
        m_delivery.skip(archive.sourcePath, reader.error());
        return {};
    }
    Level level{std::move(*reader), budget, archive.sourcePath, depth};
    auto done = scanMembers(level);
    if (!done && !endsArchive(done.error().code)) {
        m_delivery.skip(archive.sourcePath, std::move(done.error()));
        return {};
    }
    return done;
}

Result<> ArchiveScanner::scanMembers(Level& level)
{
    for (bool isFirst = true;; isFirst = false) {
        if (auto check = m_cancel.check(); !check) {
            return check;
        }
        const auto member = level.reader.next();
        if (!member) {
            return fail(member.error());
        }
        if (!member->has_value()) {
            return isFirst ? fail(ErrorCode::NotDicom, u"an archive with nothing in it"_s) : Result<>();
        }
        if (isFirst && isDocument(**member)) {
            return fail(ErrorCode::NotDicom, u"a document, not an archive"_s);
        }
        if (auto taken = takeMember(level, **member); !taken) {
            return taken;
        }
    }
}

Result<> ArchiveScanner::takeMember(Level& level, const ArchiveMember& member)
{
    if (auto spent = level.budget.spend(kMemberCost); !spent) {
        return spent;
    }
    level.filled = 0;
    level.isAtEnd = false;
    if (member.kind == MemberKind::Folder) {
        return passOver(level); // GNU tar has folders with a body
    }
    const QString sourcePath = level.sourcePath + u'/' + member.name;
    auto taken = takeFile(level, member, sourcePath);
    if (taken) {
        return {};
    }
    if (endsArchive(taken.error().code)) {
        return taken;
    }
    const bool isDamaged = taken.error().code == ErrorCode::ArchiveUnreadable;
    m_delivery.skip(sourcePath, std::move(taken.error()));
    return isDamaged ? Result<>() : passOver(level);
}

Result<> ArchiveScanner::takeFile(Level& level, const ArchiveMember& member, const QString& sourcePath)
{
    if (auto allowed = refusal(member); !allowed) {
        return allowed;
    }
    if (auto filled = fillBuffer(level); !filled) {
        return filled;
    }
    if (level.filled == 0) {
        return emptyFailure();
    }
    const FileKind kind = fileKindOf(level.bytes());
    if (auto worth = isWorthUnpacking(level, kind); !worth) {
        return worth;
    }
    const auto path = unpack(level, member);
    if (!path) {
        return fail(path.error());
    }
    return isArchive(kind) ? takeNested(level, {*path, sourcePath}) : takeInstance({*path, sourcePath});
}

Result<> ArchiveScanner::isWorthUnpacking(const Level& level, FileKind kind)
{
    if (isArchive(kind)) {
        return level.depth < m_params.maxArchiveDepth
            ? Result<>()
            : fail(ErrorCode::ArchiveUnsafe, u"archives are nested deeper than %1"_s.arg(m_params.maxArchiveDepth));
    }
    if (kind == FileKind::Rar) {
        return rarFailure();
    }
    const auto header = m_headers.readBytes(level.bytes());
    if (header && isDicomdir(*header)) {
        return dicomdirFailure();
    }
    // Any other error may come from having only the start of the file.
    return header || header.error().code != ErrorCode::NotDicom ? Result<>() : fail(header.error());
}

Result<> ArchiveScanner::takeInstance(const FoundFile& unpacked)
{
    RemoveLater guard(unpacked.path);
    auto header = m_headers.readFile(unpacked.path);
    if (!header) {
        return fail(std::move(header.error()));
    }
    guard.keep();
    const auto stamp = m_headers.lastStamp();
    m_delivery.add(
        FoundInstance{{std::move(*header), unpacked.path, unpacked.sourcePath, stamp.sizeBytes, stamp.mtimeNs}, true});
    return {};
}

Result<> ArchiveScanner::takeNested(Level& level, const FoundFile& unpacked)
{
    const RemoveLater guard(unpacked.path);
    return scanLevel(unpacked, level.depth + 1, level.budget);
}

Result<QString> ArchiveScanner::unpack(Level& level, const ArchiveMember& member)
{
    QFile file;
    if (auto made = m_scratch.createFile(file); !made) {
        return fail(std::move(made.error()));
    }
    RemoveLater guard(file.fileName());
    if (auto done = unpackInto(file, level, member); !done) {
        file.close();
        return fail(std::move(done.error()));
    }
    guard.keep();
    return file.fileName();
}

Result<> ArchiveScanner::unpackInto(QFile& file, Level& level, const ArchiveMember& member)
{
    const qint64 expected = std::max<qint64>(member.sizeBytes, 0);
    auto allowed = level.budget.check(expected - std::min(expected, static_cast<qint64>(level.filled)));
    if (allowed) {
        allowed = m_scratch.checkRoom(expected);
    }
    qint64 unchecked = 0;
    while (allowed && level.filled > 0) {
        const auto size = static_cast<qint64>(level.filled);
        if (file.write(reinterpret_cast<const char*>(level.buffer.data()), size) != size) {
            const bool isFull = file.error() == QFileDevice::ResourceError;
            return fail(isFull ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed, file.errorString());
        }
        unchecked += size;
        if (unchecked >= kRoomCheckBytes) {
            unchecked = 0;
            allowed = m_scratch.checkRoom(0);
        }
        if (allowed) {
            allowed = fillBuffer(level);
        }
    }
    return allowed;
}

// The next bytes of the member; none at its end.
Result<> ArchiveScanner::fillBuffer(Level& level)
{
    level.filled = 0;
    while (!level.isAtEnd && level.filled < level.buffer.size()) {
        if (auto check = m_cancel.check(); !check) {
            return check;
        }
        const auto got = level.reader.read(std::span(level.buffer).subspan(level.filled));
        if (!got) {
            return fail(got.error());
        }
        level.isAtEnd = *got == 0;
        level.filled += *got;
        if (auto spent = level.budget.spend(static_cast<qint64>(*got)); !spent) {
            return spent;
        }
    }
    return {};
}

// Passing over a member of a compressed stream means unpacking it: that must stay cancellable, and must count.
Result<> ArchiveScanner::passOver(Level& level)
{
    while (!level.isAtEnd && !level.reader.skipsForFree()) {
        auto filled = fillBuffer(level);
        if (!filled) {
            return endsArchive(filled.error().code) ? filled : Result<>();
        }
    }
    return {};
}

} // namespace radpost::scan
