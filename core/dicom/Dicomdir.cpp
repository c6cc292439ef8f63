#include "core/dicom/Dicomdir.h"

#include "core/dicom/ElementWalker_p.h"
#include "core/dicom/FileIdResolver_p.h"
#include "core/dicom/FileSource_p.h"
#include "core/dicom/HeaderReader.h"
#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr quint32 kRecordSequence = 0x00041220U;
constexpr quint32 kRecordInUseFlag = 0x00041410U;
constexpr quint32 kReferencedFileId = 0x00041500U;

// Eight components of eight characters (PS3.10 8.2); generous for those who use longer names.
constexpr quint32 kLongestFileId = 2048;

QString brokenDetail(WalkStatus status, qint64 offset)
{
    return (status == WalkStatus::Malformed ? u"records are not nested properly at offset %1"_s
                                            : u"the bytes end inside a record, after offset %1"_s)
        .arg(offset);
}

/// Steps through the directory records as they lie in the file; their offsets to each other are not needed for that,
/// and cannot lead astray.
class RecordWalk final
{
public:
    RecordWalk(ByteSource& source, Encoding encoding)
        : m_source(source)
        , m_encoding(encoding)
    {
    }

    [[nodiscard]] Result<QList<QByteArray>> run(qint64 dataSetOffset);

private:
    [[nodiscard]] WalkStatus walkRecords(qint64 offset, qint64 end);
    [[nodiscard]] WalkStatus walkRecord(qint64* offset, qint64 end);
    void take(const Element& element, QByteArray* fileId, bool* isActive);

    ByteSource& m_source;
    const Encoding m_encoding;
    QList<QByteArray> m_fileIds;
};

Result<QList<QByteArray>> RecordWalk::run(qint64 dataSetOffset)
{
    ElementWalker walker(m_source, m_encoding, dataSetOffset);
    Element element;
    for (;;) {
        WalkStatus status = walker.next(element);
        if (status == WalkStatus::End) {
            return fail(ErrorCode::DicomdirBroken, u"no directory records (0004,1220)"_s);
        }
        if (status == WalkStatus::Ok && element.tag == kRecordSequence) {
            const qint64 start = walker.offset();
            const bool isOpen = element.isUndefinedLength();
            status = walkRecords(start, isOpen ? std::numeric_limits<qint64>::max() : start + element.length);
            if (status == WalkStatus::Ok) {
                return std::move(m_fileIds);
            }
        } else if (status == WalkStatus::Ok) {
            status = walker.skipValue(element);
        }
        if (status != WalkStatus::Ok) {
            return fail(ErrorCode::DicomdirBroken, brokenDetail(status, walker.offset()));
        }
    }
}

WalkStatus RecordWalk::walkRecords(qint64 offset, qint64 end)
{
    while (offset < end) {
        const std::byte* at = m_source.view(offset, 8);
        if (!at) {
            return WalkStatus::Truncated;
        }
        const quint32 tag = loadTag(at, m_encoding.bigEndian);
        const quint32 length = load32(at + 4, m_encoding.bigEndian);
        offset += 8;
        if (tag == kSequenceDelimiterTag) {
            return WalkStatus::Ok;
        }
        if (tag != kItemTag) {
            return WalkStatus::Malformed;
        }
        // Hand-edited directories are met whose last record claims more than the sequence has.
        const bool isOpen = length == 0xFFFFFFFFU;
        const qint64 itemEnd = isOpen ? std::numeric_limits<qint64>::max() : std::min(offset + length, end);
        if (const WalkStatus status = walkRecord(&offset, itemEnd); status != WalkStatus::Ok) {
            return status;
        }
    }
    return WalkStatus::Ok;
}

WalkStatus RecordWalk::walkRecord(qint64* offset, qint64 end)
{
    QByteArray fileId;
    bool isActive = true;
    ElementWalker walker(m_source, m_encoding, *offset);
    Element element;
    while (walker.offset() < end) {
        WalkStatus status = walker.next(element);
        if (status == WalkStatus::Ok && element.tag == kItemDelimiterTag) {
            break;
        }
        if (status == WalkStatus::Ok) {
            take(element, &fileId, &isActive);
            status = walker.skipValue(element);
        }
        if (status != WalkStatus::Ok) {
            return status == WalkStatus::End ? WalkStatus::Truncated : status;
        }
    }
    *offset = walker.offset();
    if (isActive && !fileId.isEmpty()) {
        m_fileIds.append(fileId);
    }
    return WalkStatus::Ok;
}

void RecordWalk::take(const Element& element, QByteArray* fileId, bool* isActive)
{
    const bool isWanted = element.tag == kReferencedFileId || element.tag == kRecordInUseFlag;
    if (!isWanted || element.length > kLongestFileId) {
        return;
    }
    const std::byte* value = m_source.view(element.valueOffset, element.length);
    if (value && element.tag == kReferencedFileId) {
        *fileId = QByteArray(reinterpret_cast<const char*>(value), element.length);
        while (fileId->endsWith('\0') || fileId->endsWith(' ')) {
            fileId->chop(1);
        }
    } else if (value && element.length >= 2) {
        *isActive = load16(value, m_encoding.bigEndian) != 0;
    }
}

Result<QList<QByteArray>> readFileIds(ByteSource& source, const InstanceHeader& header)
{
    const QByteArrayView dicomdirUid(kDicomdirSopClassUid.data(), kDicomdirSopClassUid.size());
    if (header.sopClassUid.value != dicomdirUid) {
        return fail(ErrorCode::DicomdirBroken, u"not a DICOMDIR"_s);
    }
    const TransferSyntax* syntax = TransferSyntax::find(header.transferSyntaxUid.value);
    if (!syntax || syntax->isDeflated) {
        return fail(ErrorCode::DicomdirBroken, u"not in an uncompressed transfer syntax"_s);
    }
    return RecordWalk(source, syntax->encoding).run(header.dataSetOffset);
}

DicomdirContents resolve(const QList<QByteArray>& fileIds, const QString& folder)
{
    DicomdirContents contents;
    FileIdResolver resolver(folder);
    QSet<QByteArray> seenIds;
    QSet<QString> seenPaths;
    for (const QByteArray& fileId : fileIds) {
        if (seenIds.contains(fileId)) {
            continue;
        }
        seenIds.insert(fileId);
        const auto components = FileIdResolver::components(fileId);
        QString path;
        const auto outcome = components ? resolver.find(*components, &path) : FileIdResolver::Outcome::Outside;
        if (outcome == FileIdResolver::Outcome::Found) {
            if (!seenPaths.contains(path)) {
                seenPaths.insert(path);
                contents.files.append(path);
            }
            continue;
        }
        auto& list = outcome == FileIdResolver::Outcome::Missing ? contents.missing : contents.refused;
        list.append(QString::fromUtf8(fileId).replace(u'\\', u'/'));
    }
    return contents;
}

} // namespace

Result<QList<QByteArray>> readDicomdirFileIds(std::span<const std::byte> dicomdir)
{
    const auto header = HeaderReader().readBytes(dicomdir);
    if (!header) {
        return fail(header.error());
    }
    MemorySource source(dicomdir);
    return readFileIds(source, *header);
}

Result<DicomdirContents> readDicomdir(const QString& path)
{
    const auto header = HeaderReader().readFile(path);
    if (!header) {
        return fail(header.error());
    }
    FileSource source;
    if (const auto opened = source.open(path); !opened) {
        return fail(opened.error());
    }
    const auto fileIds = readFileIds(source, *header);
    if (!fileIds) {
        return fail(fileIds.error());
    }
    return resolve(*fileIds, QFileInfo(path).absolutePath());
}

} // namespace radpost::dicom
