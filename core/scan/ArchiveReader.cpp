#include "core/scan/ArchiveReader.h"

#include <archive.h>
#include <archive_entry.h>

#include <QByteArrayView>
#include <QFile>
#include <QStringDecoder>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

constexpr size_t kBlockBytes = size_t(128) << 10;
constexpr qsizetype kLongestName = 4096;
constexpr int kMostRetries = 16;

QString decodeName(QByteArrayView bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8(bytes);
    if (!utf8.hasError()) {
        return text;
    }
    // ZIP has no field for the code page. What Chinese Windows writes is GBK, of which GB18030 is the superset; where
    // Qt was built without ICU the replacement characters stay.
    QStringDecoder gb18030("GB18030");
    if (gb18030.isValid()) {
        const QString decoded = gb18030(bytes);
        return gb18030.hasError() ? text : decoded;
    }
    return text;
}

QString nameOf(archive_entry* entry, qint64 number)
{
    if (const char* bytes = archive_entry_pathname(entry)) {
        return decodeName(bytes);
    }
    if (const char* utf8 = archive_entry_pathname_utf8(entry)) {
        return QString::fromUtf8(utf8);
    }
    const wchar_t* wide = archive_entry_pathname_w(entry);
    // The library gives up a name that is not what the archive says it is; the member is readable all the same.
    return wide ? QString::fromWCharArray(wide) : u"member %1"_s.arg(number);
}

// Both separators count: archives made on Windows carry backslashes.
bool leadsOutside(const QString& name)
{
    const bool hasDrive = name.size() >= 3 && name[0].isLetter() && name[1] == u':' && name[2] == u'/';
    if (name.startsWith(u'/') || hasDrive) {
        return true;
    }
    const auto parts = QStringView(name).split(u'/');
    return std::any_of(parts.begin(), parts.end(), [](QStringView part) { return part.trimmed() == u".."; });
}

MemberKind kindOf(archive_entry* entry)
{
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry)) {
        return MemberKind::Link;
    }
    switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
        return MemberKind::Folder;
    case AE_IFLNK:
        return MemberKind::Link;
    case AE_IFREG:
    case 0: // the format keeps no file types
        return MemberKind::File;
    default:
        return MemberKind::Special;
    }
}

ArchiveMember memberOf(archive_entry* entry, qint64 number)
{
    ArchiveMember member;
    member.name = nameOf(entry, number).replace(u'\\', u'/');
    member.leadsOutside = leadsOutside(member.name);
    member.name.truncate(kLongestName);
    member.kind = kindOf(entry);
    member.isEncrypted = archive_entry_is_encrypted(entry) != 0;
    if (archive_entry_size_is_set(entry)) {
        member.sizeBytes = archive_entry_size(entry);
    }
    return member;
}

// libarchive's texts may quote member names, which may be names of patients: only its number is passed on.
QString libraryCode(archive* handle)
{
    return u" (libarchive error %1)"_s.arg(archive_errno(handle));
}

// The library's own number for "no such format"; it is told in words only (archive_util(3)).
#ifdef EFTYPE
constexpr int kUnknownFormat = EFTYPE;
#else
constexpr int kUnknownFormat = EILSEQ;
#endif

tl::unexpected<Error> openFailure(archive* handle)
{
    if (archive_errno(handle) == kUnknownFormat) {
        return fail(ErrorCode::NotDicom, u"compressed, or looks like an archive, but is none"_s);
    }
    return fail(ErrorCode::ArchiveUnreadable, u"the archive cannot be opened"_s + libraryCode(handle));
}

} // namespace

struct ArchiveReader::Private
{
    Private()
        : handle(archive_read_new())
    {
        archive_read_support_format_zip(handle);
        archive_read_support_format_tar(handle);
        archive_read_support_format_7zip(handle);
        archive_read_support_filter_gzip(handle);
    }

    ~Private() { archive_read_free(handle); }
    Q_DISABLE_COPY_MOVE(Private)

    [[nodiscard]] bool isEncrypted() const { return archive_read_has_encrypted_entries(handle) > 0; }

    archive* handle;
    qint64 memberCount = 0;
    bool isBroken = false;
};

ArchiveReader::ArchiveReader(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

ArchiveReader::~ArchiveReader() = default;
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;

Result<ArchiveReader> ArchiveReader::openFile(const QString& path)
{
    auto data = std::make_unique<Private>();
#ifdef Q_OS_WIN
    const int status = archive_read_open_filename_w(data->handle, path.toStdWString().c_str(), kBlockBytes);
#else
    const int status = archive_read_open_filename(data->handle, QFile::encodeName(path).constData(), kBlockBytes);
#endif
    if (status != ARCHIVE_OK) {
        return openFailure(data->handle);
    }
    return ArchiveReader(std::move(data));
}

Result<ArchiveReader> ArchiveReader::openBytes(std::span<const std::byte> bytes)
{
    auto data = std::make_unique<Private>();
    if (archive_read_open_memory(data->handle, bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return openFailure(data->handle);
    }
    return ArchiveReader(std::move(data));
}

Result<std::optional<ArchiveMember>> ArchiveReader::next()
{
    if (d->isBroken) {
        return std::nullopt;
    }
    archive_entry* entry = nullptr;
    int status = ARCHIVE_RETRY;
    for (int tries = 0; status == ARCHIVE_RETRY && tries < kMostRetries; ++tries) {
        status = archive_read_next_header(d->handle, &entry);
    }
    if (status == ARCHIVE_EOF) {
        return std::nullopt;
    }
    if (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
        return memberOf(entry, ++d->memberCount);
    }
    d->isBroken = true;
    if (d->isEncrypted()) {
        return fail(ErrorCode::ArchiveEncrypted, u"the archive's index is encrypted"_s);
    }
    return fail(ErrorCode::ArchiveUnreadable, u"the archive is damaged or cut short"_s + libraryCode(d->handle));
}

Result<size_t> ArchiveReader::read(std::span<std::byte> buffer)
{
    for (int tries = 0; tries < kMostRetries; ++tries) {
        const la_ssize_t got = archive_read_data(d->handle, buffer.data(), buffer.size());
        if (got >= 0) {
            return static_cast<size_t>(got);
        }
        if (got != ARCHIVE_RETRY) {
            break;
        }
    }
    return fail(ErrorCode::ArchiveUnreadable, u"a member is damaged or cut short"_s + libraryCode(d->handle));
}

bool ArchiveReader::skipsForFree() const
{
    return (archive_format(d->handle) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

} // namespace radpost::scan
