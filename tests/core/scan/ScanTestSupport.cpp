#include "tests/core/scan/ScanTestSupport.h"

#include <archive.h>
#include <archive_entry.h>

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::scan::test {

namespace {

void append(QByteArray& bytes, quint16 group, quint16 element, const char* vr, QByteArray value)
{
    const bool isLong = qstrcmp(vr, "OB") == 0 || qstrcmp(vr, "SQ") == 0;
    if (value.size() % 2 != 0) {
        value.append(qstrcmp(vr, "UI") == 0 || isLong ? '\0' : ' ');
    }
    std::array<char, 12> head{};
    qToLittleEndian(group, head.data());
    qToLittleEndian(element, head.data() + 2);
    std::copy_n(vr, 2, head.data() + 4);
    if (isLong) {
        qToLittleEndian(static_cast<quint32>(value.size()), head.data() + 8);
    } else {
        qToLittleEndian(static_cast<quint16>(value.size()), head.data() + 6);
    }
    bytes.append(head.data(), isLong ? 12 : 8);
    bytes.append(value);
}

QByteArray withMeta(const QByteArray& sopClassUid, const QByteArray& sopInstanceUid)
{
    QByteArray meta;
    append(meta, 0x0002, 0x0002, "UI", sopClassUid);
    append(meta, 0x0002, 0x0003, "UI", sopInstanceUid);
    append(meta, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
    QByteArray length(4, '\0');
    qToLittleEndian(static_cast<quint32>(meta.size()), length.data());
    QByteArray bytes(128, '\0');
    bytes.append("DICM");
    append(bytes, 0x0002, 0x0000, "UL", length);
    return bytes + meta;
}

void setFormat(archive* out, Packing packing)
{
    switch (packing) {
    case Packing::Zip:
    case Packing::ZipStored:
    case Packing::ZipEncrypted:
        archive_write_set_format_zip(out);
        break;
    case Packing::Tar:
    case Packing::TarGz:
        archive_write_set_format_gnutar(out);
        break;
    case Packing::SevenZip:
        archive_write_set_format_7zip(out);
        break;
    case Packing::RawGz:
        archive_write_set_format_raw(out);
        break;
    }
    if (packing == Packing::TarGz || packing == Packing::RawGz) {
        archive_write_add_filter_gzip(out);
    } else if (packing == Packing::ZipStored) {
        archive_write_zip_set_compression_store(out);
    } else if (packing == Packing::ZipEncrypted) {
        archive_write_set_options(out, "zip:encryption=aes256");
        archive_write_set_passphrase(out, "secret");
    }
}

void addMember(archive* out, const Member& member)
{
    archive_entry* entry = archive_entry_new();
    if (member.rawName.isEmpty()) {
        archive_entry_set_pathname_utf8(entry, member.name.toUtf8().constData());
    } else {
        archive_entry_set_pathname(entry, member.rawName.constData());
    }
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, member.bytes.size());
    if (member.isHardLink) {
        archive_entry_set_hardlink(entry, member.link.constData());
    } else if (!member.link.isEmpty()) {
        archive_entry_set_symlink(entry, member.link.constData());
    }
    if (archive_write_header(out, entry) < ARCHIVE_WARN) {
        qFatal("archive_write_header: %s", archive_error_string(out));
    }
    archive_write_data(out, member.bytes.constData(), static_cast<size_t>(member.bytes.size()));
    archive_entry_free(entry);
}

la_ssize_t appendTo(archive*, void* bytes, const void* data, size_t size)
{
    static_cast<QByteArray*>(bytes)->append(static_cast<const char*>(data), static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

} // namespace

QByteArray dicomBytes(const QByteArray& sopInstanceUid, const QByteArray& filling)
{
    const QByteArray secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
    QByteArray bytes = withMeta(secondaryCapture, sopInstanceUid);
    append(bytes, 0x0008, 0x0016, "UI", secondaryCapture);
    append(bytes, 0x0008, 0x0018, "UI", sopInstanceUid);
    append(bytes, 0x0008, 0x0060, "CS", "OT");
    append(bytes, 0x0020, 0x000D, "UI", "1.2.3.1");
    append(bytes, 0x0020, 0x000E, "UI", "1.2.3.2");
    append(bytes, 0x7FE0, 0x0010, "OB", filling);
    return bytes;
}

QByteArray dicomdirBytes(const QList<QByteArray>& fileIds)
{
    QByteArray records;
    for (const QByteArray& fileId : fileIds) {
        QByteArray record;
        append(record, 0x0004, 0x1430, "CS", "IMAGE");
        append(record, 0x0004, 0x1500, "CS", fileId);
        std::array<char, 8> item{'\xFE', '\xFF', '\x00', '\xE0'};
        qToLittleEndian(static_cast<quint32>(record.size()), item.data() + 4);
        records.append(item.data(), item.size());
        records.append(record);
    }
    QByteArray bytes = withMeta("1.2.840.10008.1.3.10", "1.2.3.4.5");
    append(bytes, 0x0004, 0x1130, "CS", "RADPOST");
    append(bytes, 0x0004, 0x1220, "SQ", records);
    return bytes;
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write %s", qPrintable(path));
    }
}

QByteArray archiveBytes(Packing packing, const QList<Member>& members)
{
    QByteArray bytes;
    archive* out = archive_write_new();
    setFormat(out, packing);
    archive_write_set_bytes_per_block(out, 0);
    if (archive_write_open(out, &bytes, nullptr, appendTo, nullptr) != ARCHIVE_OK) {
        qFatal("archive_write_open: %s", archive_error_string(out));
    }
    for (const Member& member : members) {
        addMember(out, member);
    }
    archive_write_close(out);
    archive_write_free(out);
    return bytes;
}

struct CollectingSink::Guard
{
    explicit Guard(CollectingSink& owner)
        : sink(owner)
    {
        if (sink.m_inside.fetch_add(1) != 0) {
            sink.hasOverlapped = true;
        }
        if (sink.beforeEach) {
            sink.beforeEach();
        }
    }
    ~Guard() { sink.m_inside.fetch_sub(1); }
    Q_DISABLE_COPY_MOVE(Guard)

    CollectingSink& sink;
};

void CollectingSink::onInstance(ScannedInstance&& instance)
{
    const Guard guard(*this);
    instances.append(std::move(instance));
}

void CollectingSink::onSkipped(SkippedFile&& file)
{
    const Guard guard(*this);
    skipped.append(std::move(file));
}

void CollectingSink::onDuplicate(DuplicateFile&& file)
{
    const Guard guard(*this);
    duplicates.append(std::move(file));
}

std::optional<ErrorCode> CollectingSink::reasonOf(const QString& end) const
{
    for (const SkippedFile& file : skipped) {
        if (file.sourcePath.endsWith(end)) {
            return file.reason.code;
        }
    }
    return std::nullopt;
}

QStringList CollectingSink::uids() const
{
    QStringList all;
    for (const ScannedInstance& instance : instances) {
        all.append(instance.header.sopInstanceUid.toString());
    }
    all.sort();
    return all;
}

bool addsUp(const ScanSummary& summary, const CollectingSink& sink)
{
    const qint64 duplicates = summary.duplicatesIdentical + summary.duplicatesDiffering;
    return !sink.hasOverlapped && summary.files == summary.instances + summary.skipped + duplicates &&
        summary.instances == sink.instances.size() && summary.skipped == sink.skipped.size() &&
        duplicates == sink.duplicates.size();
}

} // namespace radpost::scan::test
