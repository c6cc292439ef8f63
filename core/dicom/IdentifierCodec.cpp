#include "core/dicom/CharsetChoice.h"
#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/Identifier.h"
#include "core/dicom/StructureCheck_p.h"
#include "core/dicom/TransferSyntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <algorithm>
#include <string_view>

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

std::optional<TextKind> textKind(DcmEVR vr)
{
    switch (vr) {
    case EVR_PN:
        return TextKind::PersonName;
    case EVR_LT:
    case EVR_ST:
    case EVR_UT:
        return TextKind::LongText;
    case EVR_LO:
    case EVR_SH:
    case EVR_UC:
        return TextKind::Text;
    default:
        return std::nullopt;
    }
}

std::string_view rawText(DcmElement& element)
{
    char* bytes = nullptr;
    Uint32 length = 0;
    const bool isThere = element.getString(bytes, length).good() && bytes != nullptr;
    return isThere ? std::string_view(bytes, length) : std::string_view();
}

/// Padding at both ends (PS3.5 6.2); leading blanks mean nothing in any VR but text, where nobody looks for them.
QString trimmed(QString text)
{
    while (text.endsWith(u'\0')) {
        text.chop(1);
    }
    return text.trimmed();
}

// Not by position: DCMTK would walk its list from an end for each.
template <typename Do>
void forEach(DcmItem& item, Do&& what)
{
    for (auto* at = item.nextInContainer(nullptr); at != nullptr; at = item.nextInContainer(at)) {
        what(*static_cast<DcmElement*>(at));
    }
}

template <typename Do>
void forEachItem(DcmSequenceOfItems& sequence, Do&& what)
{
    for (auto* at = sequence.nextInContainer(nullptr); at != nullptr; at = sequence.nextInContainer(at)) {
        what(*static_cast<DcmItem*>(at));
    }
}

/// Reads what DCMTK parsed. Recursion is bounded by the check of the structure that came before.
class Reader final
{
public:
    explicit Reader(DcmItem& dataSet)
    {
        OFString declared;
        (void)dataSet.findAndGetOFStringArray(DCM_SpecificCharacterSet, declared);
        collect(dataSet);
        m_set = chooseCharacterSet({declared.data(), declared.size()}, m_texts).set;
    }

    [[nodiscard]] Identifier read(DcmItem& item) const
    {
        Identifier identifier;
        forEach(item, [&](DcmElement& element) { take(element, identifier); });
        return identifier;
    }

private:
    void collect(DcmItem& item)
    {
        forEach(item, [this](DcmElement& element) {
            if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(&element)) {
                forEachItem(*sequence, [this](DcmItem& inside) { collect(inside); });
            } else if (textKind(element.ident())) {
                m_texts.push_back(rawText(element));
            }
        });
    }

    void take(DcmElement& element, Identifier& into) const
    {
        const auto tag = quint32(element.getGTag()) << 16 | element.getETag();
        if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(&element)) {
            into.set(tag);
            forEachItem(*sequence, [&](DcmItem& inside) { into.addItem(tag, read(inside)); });
        } else if (const auto kind = textKind(element.ident())) {
            into.set(tag, trimmed(m_set.decode(rawText(element), *kind).text));
        } else if (!isBulk(element.ident())) {
            OFString text;
            (void)element.getOFStringArray(text);
            into.set(tag, trimmed(QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()))));
        }
    }

    static bool isBulk(DcmEVR vr)
    {
        switch (vr) {
        case EVR_OB:
        case EVR_OD:
        case EVR_OF:
        case EVR_OL:
        case EVR_OV:
        case EVR_OW:
        case EVR_UN:
        case EVR_PixelData:
        case EVR_OverlayData:
        case EVR_ox:
        case EVR_px:
            return true;
        default:
            return false;
        }
    }

    std::vector<std::string_view> m_texts;
    CharacterSet m_set;
};

Result<> check(std::span<const std::byte> bytes, Encoding encoding)
{
    MemorySource source(bytes);
    switch (checkStructure(source, 0, encoding)) {
    case WalkStatus::Truncated:
        return fail(ErrorCode::DicomTruncated, u"the identifier ends inside an element"_s);
    case WalkStatus::Malformed:
        return fail(ErrorCode::DicomMalformed, u"elements of the identifier are not nested properly"_s);
    default:
        return {};
    }
}

/// What a query may be encoded in; nobody deflates or compresses one.
const TransferSyntax* plainSyntax(const TransferSyntaxUid& uid)
{
    const auto* syntax = TransferSyntax::find(uid.value);
    return syntax != nullptr && syntax->isUncompressed() ? syntax : nullptr;
}

tl::unexpected<Error> unsupported(const TransferSyntaxUid& syntax)
{
    return fail(ErrorCode::DicomUnsupportedSyntax, u"an identifier in "_s + syntax.toString());
}

} // namespace

Result<QByteArray> encodeIdentifier(const Identifier& identifier, const TransferSyntaxUid& syntax)
{
    if (auto ready = DcmtkRuntime().ensureReady(); !ready) {
        return fail(std::move(ready.error()));
    }
    if (plainSyntax(syntax) == nullptr) {
        return unsupported(syntax);
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

Result<Identifier> decodeIdentifier(std::span<const std::byte> bytes, const TransferSyntaxUid& syntax)
{
    if (auto ready = DcmtkRuntime().ensureReady(); !ready) {
        return fail(std::move(ready.error()));
    }
    const auto* known = plainSyntax(syntax);
    if (known == nullptr) {
        return unsupported(syntax);
    }
    if (auto checked = check(bytes, known->encoding); !checked) {
        return fail(std::move(checked.error()));
    }
    DcmInputBufferStream stream;
    stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
    stream.setEos();
    DcmDataset dataSet;
    dataSet.transferInit();
    const auto read = dataSet.read(stream, DcmXfer(syntax.value.constData()).getXfer());
    dataSet.transferEnd();
    if (read.bad()) {
        return fail(ErrorCode::DicomMalformed, QString::fromLatin1(read.text()));
    }
    return Reader(dataSet).read(dataSet);
}

} // namespace radpost::dicom
