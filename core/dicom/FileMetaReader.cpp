#include "core/dicom/FileMetaReader.h"

#include "core/dicom/ElementWalker_p.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr qint64 kPrefixOffset = 128;
constexpr qint64 kMetaOffset = 132;
constexpr quint32 kLongestValue = 1024;

QByteArray trimmedValue(ByteSource& source, const Element& element)
{
    const auto* at = element.length <= kLongestValue ? source.view(element.valueOffset, element.length) : nullptr;
    QByteArray value(reinterpret_cast<const char*>(at), at != nullptr ? static_cast<qsizetype>(element.length) : 0);
    while (value.endsWith('\0')) {
        value.chop(1);
    }
    return value.trimmed();
}

void take(FileMeta& meta, quint32 tag, const QByteArray& value)
{
    switch (tag) {
    case 0x00020002U:
        meta.sopClassUid.value = value;
        break;
    case 0x00020003U:
        meta.sopInstanceUid.value = value;
        break;
    case 0x00020010U:
        meta.transferSyntaxUid.value = value;
        break;
    case 0x00020016U:
    case 0x00020017U:
        meta.sendingAeTitle = QString::fromLatin1(value);
        break;
    case 0x00020018U:
        meta.receivingAeTitle = QString::fromLatin1(value);
        break;
    case 0x00020026U:
        meta.sourceAddress = QString::fromLatin1(value);
        break;
    default:
        break;
    }
}

} // namespace

Result<FileMeta> readFileMeta(std::span<const std::byte> file)
{
    MemorySource source(file);
    const auto* prefix = source.view(kPrefixOffset, 4);
    if (prefix == nullptr || std::memcmp(prefix, "DICM", 4) != 0) {
        return fail(ErrorCode::NotDicom, u"no DICM prefix"_s);
    }
    ElementWalker walker(source, kExplicitLittleEndian, kMetaOffset);
    FileMeta meta;
    for (;;) {
        meta.dataSetOffset = walker.offset();
        const auto* at = source.view(walker.offset(), 8);
        if (at != nullptr && load16(at, false) != 0x0002) {
            break;
        }
        Element element;
        if (walker.next(element) != WalkStatus::Ok || walker.skipValue(element) != WalkStatus::Ok) {
            return fail(ErrorCode::DicomTruncated, u"the file meta information has no end"_s);
        }
        take(meta, element.tag, trimmedValue(source, element));
    }
    if (meta.sopInstanceUid.isEmpty() || meta.sopClassUid.isEmpty() || meta.transferSyntaxUid.isEmpty()) {
        return fail(ErrorCode::DicomMissingUid, u"the file meta information lacks a UID"_s);
    }
    return meta;
}

} // namespace radpost::dicom
