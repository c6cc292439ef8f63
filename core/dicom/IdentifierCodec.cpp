#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/Identifier.h"
#include "core/dicom/TransferSyntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcostrmb.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr auto kUtf8Term = "ISO_IR 192"_L1;

DcmTagKey keyOf(quint32 tag)
{
    return {static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag)};
}

tl::unexpected<Error> refused(quint32 tag, const OFCondition& why)
{
    return fail(ErrorCode::InvalidArgument, keywordOf(tag) + u": "_s + QString::fromLatin1(why.text()));
}

OFCondition fill(DcmItem& item, const Identifier& identifier, quint32& at);

OFCondition addSequence(DcmItem& item, const Identifier::Attribute& attribute, quint32& at)
{
    auto condition = item.insertEmptyElement(DcmTag(keyOf(attribute.tag)));
    for (std::size_t i = 0; condition.good() && i < attribute.items.size(); ++i) {
        DcmItem* inside = nullptr;
        condition = item.findOrCreateSequenceItem(DcmTag(keyOf(attribute.tag)), inside, -2); // -2: a new one
        if (condition.good()) {
            condition = fill(*inside, attribute.items[i], at);
        }
    }
    return condition;
}

OFCondition addAttribute(DcmItem& item, const Identifier::Attribute& attribute, quint32& at)
{
    const DcmTag tag(keyOf(attribute.tag));
    if (tag.getEVR() == EVR_SQ || !attribute.items.empty()) {
        return addSequence(item, attribute, at);
    }
    if (attribute.value.isEmpty()) {
        return item.insertEmptyElement(tag);
    }
    return item.putAndInsertString(tag, attribute.value.toUtf8().constData());
}

OFCondition fill(DcmItem& item, const Identifier& identifier, quint32& at)
{
    for (const auto& attribute : identifier.attributes()) {
        at = attribute.tag;
        if (const auto condition = addAttribute(item, attribute, at); condition.bad()) {
            return condition;
        }
    }
    return EC_Normal;
}

bool isAscii(const Identifier& identifier)
{
    return std::all_of(identifier.attributes().begin(), identifier.attributes().end(), [](const auto& attribute) {
        return std::all_of(
                   attribute.value.begin(), attribute.value.end(), [](QChar c) { return c.unicode() < 0x80; }) &&
            std::all_of(attribute.items.begin(), attribute.items.end(), isAscii);
    });
}

/// The values stand in UTF-8; they leave in the character set that is wanted.
OFCondition applyCharacterSet(DcmDataset& dataSet, const Identifier& identifier)
{
    const auto wanted = identifier.value(tag::kSpecificCharacterSet);
    if (isAscii(identifier)) {
        return EC_Normal;
    }
    const auto condition = dataSet.putAndInsertString(DCM_SpecificCharacterSet, kUtf8Term.data());
    return condition.good() && !wanted.isEmpty() && wanted != kUtf8Term
        ? dataSet.convertCharacterSet(OFString(wanted.toLatin1().constData()))
        : condition;
}

Result<QByteArray> write(DcmDataset& dataSet, E_TransferSyntax syntax)
{
    QByteArray bytes(static_cast<qsizetype>(dataSet.getLength(syntax, EET_ExplicitLength)), Qt::Uninitialized);
    DcmOutputBufferStream stream(bytes.data(), bytes.size());
    dataSet.transferInit();
    const auto written = dataSet.write(stream, syntax, EET_ExplicitLength, nullptr, EGL_withoutGL);
    dataSet.transferEnd();
    void* buffer = nullptr;
    offile_off_t length = 0;
    stream.flushBuffer(buffer, length);
    if (written.bad()) {
        return fail(ErrorCode::Internal, QString::fromLatin1(written.text()));
    }
    bytes.truncate(length);
    return bytes;
}

} // namespace

Result<QByteArray> encodeIdentifier(const Identifier& identifier, const TransferSyntaxUid& syntax)
{
    if (auto ready = DcmtkRuntime().ensureReady(); !ready) {
        return fail(std::move(ready.error()));
    }
    const auto* known = TransferSyntax::find(syntax.value);
    if (known == nullptr || !known->isUncompressed()) {
        return fail(ErrorCode::DicomUnsupportedSyntax, u"an identifier in "_s + syntax.toString());
    }
    DcmDataset dataSet;
    quint32 at = 0;
    if (const auto filled = fill(dataSet, identifier, at); filled.bad()) {
        return refused(at, filled);
    }
    if (const auto set = applyCharacterSet(dataSet, identifier); set.bad()) {
        return refused(tag::kSpecificCharacterSet, set);
    }
    return write(dataSet, DcmXfer(syntax.value.constData()).getXfer());
}

} // namespace radpost::dicom
