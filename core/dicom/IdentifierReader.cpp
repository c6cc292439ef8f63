#include "core/dicom/AttributePath.h"
#include "core/dicom/AttributeValues_p.h"
#include "core/dicom/CharsetChoice.h"
#include "core/dicom/Identifier.h"
#include "core/dicom/TransferSyntax.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr qint64 kOpenEnd = std::numeric_limits<qint64>::max();

struct RawAttribute;
using RawItem = std::vector<RawAttribute>;

/// An element as it stands in the bytes: only when all text is known can the character set be judged.
struct RawAttribute
{
    quint32 tag = 0;
    QByteArray vr;
    std::string_view bytes;
    bool bigEndian = false;
    std::vector<RawItem> items;
};

QByteArray vrOf(const Element& element)
{
    if (element.vr == 0 || element.vr == vrCode('U', 'N')) {
        return element.group() % 2 == 0 ? dictionaryVr(element.tag) : QByteArray();
    }
    const char letters[] = {static_cast<char>(element.vr >> 8), static_cast<char>(element.vr & 0xFF)};
    return {letters, 2};
}

/// Cuts the bytes of an identifier into elements; every length is held against what holds it.
class Cutter final
{
public:
    Cutter(std::span<const std::byte> bytes, int most)
        : m_bytes(bytes)
        , m_source(bytes)
        , m_most(most)
    {
    }

    [[nodiscard]] WalkStatus elements(RawItem& into, qint64 end, Encoding encoding, int depth);

private:
    [[nodiscard]] WalkStatus value(
        RawAttribute& attribute, const Element& element, qint64 end, Encoding items, int depth);
    [[nodiscard]] WalkStatus items(RawAttribute& sequence, qint64 end, Encoding encoding, int depth);
    [[nodiscard]] WalkStatus item(RawAttribute& sequence, quint32 length, qint64 end, Encoding encoding, int depth);

    std::span<const std::byte> m_bytes;
    MemorySource m_source;
    qint64 m_offset = 0;
    const int m_most;
    int m_count = 0;
    qsizetype m_values = 0;
};

WalkStatus Cutter::elements(RawItem& into, qint64 end, Encoding encoding, int depth)
{
    while (m_offset < end) {
        ElementWalker walker(m_source, encoding, m_offset);
        Element element;
        if (const auto status = walker.next(element); status != WalkStatus::Ok) {
            return status;
        }
        m_offset = walker.offset();
        if (depth > 0 && (element.tag == kItemDelimiterTag || element.tag == kSequenceDelimiterTag)) {
            m_offset -= element.tag == kSequenceDelimiterTag ? 8 : 0; // for items(): the item's own was forgotten
            return WalkStatus::Ok;
        }
        if (++m_count > m_most) {
            return WalkStatus::Malformed;
        }
        auto& attribute = into.emplace_back(RawAttribute{element.tag, vrOf(element), {}, encoding.bigEndian, {}});
        if (const auto status = value(attribute, element, end, walker.encodingOfItems(element), depth);
            status != WalkStatus::Ok) {
            return status;
        }
    }
    return WalkStatus::Ok;
}

WalkStatus Cutter::value(RawAttribute& attribute, const Element& element, qint64 end, Encoding items, int depth)
{
    if (!element.isUndefinedLength() && element.length > end - m_offset) {
        return WalkStatus::Malformed;
    }
    if (element.isUndefinedLength() || attribute.vr == "SQ") {
        attribute.vr = "SQ";
        return this->items(
            attribute, element.isUndefinedLength() ? kOpenEnd : m_offset + element.length, items, depth + 1);
    }
    const auto bytes = m_bytes.subspan(static_cast<size_t>(m_offset), element.length);
    attribute.bytes = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    m_offset += element.length;
    m_values += mostValuesOf(attribute.vr, attribute.bytes);
    return m_values > kMostIdentifierValues ? WalkStatus::Malformed : WalkStatus::Ok;
}

WalkStatus Cutter::items(RawAttribute& sequence, qint64 end, Encoding encoding, int depth)
{
    if (depth > ElementWalker::kMaxDepth) {
        return WalkStatus::Malformed;
    }
    while (m_offset < end) {
        const std::byte* at = m_source.view(m_offset, 8);
        if (at == nullptr) {
            return WalkStatus::Truncated;
        }
        const quint32 tag = loadTag(at, encoding.bigEndian);
        const quint32 length = load32(at + 4, encoding.bigEndian);
        m_offset += 8;
        if (tag == kSequenceDelimiterTag) {
            return end == kOpenEnd ? WalkStatus::Ok : WalkStatus::Malformed;
        }
        if (tag != kItemTag || ++m_count > m_most) {
            return WalkStatus::Malformed;
        }
        if (const auto status = item(sequence, length, end, encoding, depth); status != WalkStatus::Ok) {
            return status;
        }
    }
    return WalkStatus::Ok;
}

WalkStatus Cutter::item(RawAttribute& sequence, quint32 length, qint64 end, Encoding encoding, int depth)
{
    const bool isOpen = length == 0xFFFFFFFFU;
    if (!isOpen && length > end - m_offset) {
        return WalkStatus::Malformed;
    }
    if (!isOpen && length > m_source.end() - m_offset) {
        return WalkStatus::Truncated;
    }
    RawItem inside;
    const auto status = elements(inside, isOpen ? kOpenEnd : m_offset + length, encoding, depth);
    sequence.items.push_back(std::move(inside));
    return status == WalkStatus::End ? WalkStatus::Truncated : status;
}

void collectTexts(const RawItem& item, std::vector<std::string_view>& texts)
{
    for (const auto& attribute : item) {
        if (isInCharacterSet(attribute.vr)) {
            texts.push_back(attribute.bytes);
        }
        for (const auto& inside : attribute.items) {
            collectTexts(inside, texts);
        }
    }
}

CharacterSet characterSetOf(const RawItem& dataSet)
{
    std::string_view declared;
    for (const auto& attribute : dataSet) {
        declared = attribute.tag == tag::kSpecificCharacterSet ? withoutPadding(attribute.bytes) : declared;
    }
    std::vector<std::string_view> texts;
    collectTexts(dataSet, texts);
    return chooseCharacterSet(declared, texts).set;
}

/// Sorts @p item: an identifier grows at its end at no cost, each attribute before all others costs the square.
Identifier decoded(RawItem& item, const CharacterSet& set)
{
    // Stable: of a tag that comes twice the last value is taken, and its items in their order.
    std::stable_sort(item.begin(), item.end(), [](const auto& a, const auto& b) { return a.tag < b.tag; });
    Identifier identifier;
    for (auto& attribute : item) {
        QStringList values;
        for (const auto& value : valuesOf(attribute.vr, attribute.bytes, attribute.bigEndian, set)) {
            values.append(trimmedText(value));
        }
        identifier.set(attribute.tag, values.join(u'\\'));
        for (auto& inside : attribute.items) {
            identifier.addItem(attribute.tag, decoded(inside, set));
        }
    }
    return identifier;
}

} // namespace

Result<Identifier> decodeIdentifier(std::span<const std::byte> bytes, const TransferSyntaxUid& syntax, int most)
{
    const auto* known = TransferSyntax::find(syntax.value);
    if (known == nullptr || !known->isUncompressed()) {
        return fail(ErrorCode::DicomUnsupportedSyntax, u"an identifier in "_s + syntax.toString());
    }
    RawItem dataSet;
    const auto status = Cutter(bytes, most).elements(dataSet, static_cast<qint64>(bytes.size()), known->encoding, 0);
    switch (status) {
    case WalkStatus::Truncated:
        return fail(ErrorCode::DicomTruncated, u"the identifier ends inside an element"_s);
    case WalkStatus::Malformed:
        return fail(ErrorCode::DicomMalformed, u"elements of the identifier are not nested properly, or too many"_s);
    case WalkStatus::Ok:
    case WalkStatus::End:
        break;
    }
    const auto set = characterSetOf(dataSet);
    return decoded(dataSet, set);
}

} // namespace radpost::dicom
