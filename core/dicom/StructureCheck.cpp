#include "core/dicom/StructureCheck_p.h"

#include <limits>

namespace radpost::dicom {

namespace {

constexpr qint64 kOpenEnd = std::numeric_limits<qint64>::max();

/// What elements or items stand in.
struct Container
{
    qint64 end = kOpenEnd; ///< kOpenEnd: a delimiter ends it, or the source
    Encoding encoding;
    int depth = 0;
    bool isPixelData = false; ///< items are fragments, not data sets
};

class StructureCheck final
{
public:
    StructureCheck(ByteSource& source, qint64 offset)
        : m_source(source)
        , m_offset(offset)
    {
    }

    WalkStatus elements(const Container& container);

private:
    WalkStatus items(const Container& container);
    WalkStatus item(const Container& container, quint32 length);
    [[nodiscard]] bool holdsItems(const Element& element, Encoding encoding);

    ByteSource& m_source;
    qint64 m_offset;
};

WalkStatus StructureCheck::elements(const Container& container)
{
    const bool isOpenItem = container.end == kOpenEnd && container.depth > 0;
    while (m_offset < container.end) {
        ElementWalker walker(m_source, container.encoding, m_offset);
        Element element;
        if (const WalkStatus status = walker.next(element); status != WalkStatus::Ok) {
            return status;
        }
        if (isOpenItem && element.tag == kSequenceDelimiterTag) {
            return WalkStatus::Ok; // for items() to see again: the item's own delimiter was forgotten
        }
        m_offset = walker.offset();
        if (isOpenItem && element.tag == kItemDelimiterTag) {
            return WalkStatus::Ok;
        }
        if (!element.isUndefinedLength() && element.length > container.end - m_offset) {
            return WalkStatus::Malformed;
        }
        if (!holdsItems(element, container.encoding)) {
            m_offset += element.length;
            continue;
        }
        const bool isPixelData =
            element.tag == 0x7FE00010U || element.vr == vrCode('O', 'B') || element.vr == vrCode('O', 'W');
        const WalkStatus status = items({element.isUndefinedLength() ? kOpenEnd : m_offset + element.length,
            walker.encodingOfItems(element), container.depth + 1, isPixelData});
        if (status != WalkStatus::Ok) {
            return status;
        }
    }
    return WalkStatus::Ok;
}

WalkStatus StructureCheck::items(const Container& container)
{
    if (container.depth > ElementWalker::kMaxDepth) {
        return WalkStatus::Malformed;
    }
    while (m_offset < container.end) {
        const std::byte* at = m_source.view(m_offset, 8);
        if (!at) {
            return WalkStatus::Truncated;
        }
        const quint32 tag = loadTag(at, container.encoding.bigEndian);
        const quint32 length = load32(at + 4, container.encoding.bigEndian);
        m_offset += 8;
        if (tag == kSequenceDelimiterTag && container.end == kOpenEnd) {
            return WalkStatus::Ok;
        }
        if (tag == kItemTag) {
            if (const WalkStatus status = item(container, length); status != WalkStatus::Ok) {
                return status;
            }
        } else if (tag != kItemDelimiterTag && tag != kSequenceDelimiterTag) {
            return WalkStatus::Malformed;
        }
    }
    return WalkStatus::Ok;
}

WalkStatus StructureCheck::item(const Container& container, quint32 length)
{
    if (length == 0xFFFFFFFFU) {
        const WalkStatus status = elements({kOpenEnd, container.encoding, container.depth, false});
        return status == WalkStatus::End ? WalkStatus::Truncated : status;
    }
    if (length > container.end - m_offset) {
        return WalkStatus::Malformed;
    }
    if (length > m_source.end() - m_offset) {
        return WalkStatus::Truncated;
    }
    if (container.isPixelData) {
        m_offset += length;
        return WalkStatus::Ok;
    }
    return elements({m_offset + length, container.encoding, container.depth, false});
}

bool StructureCheck::holdsItems(const Element& element, Encoding encoding)
{
    if (element.isUndefinedLength()) {
        return true;
    }
    const bool canBeSequence = element.vr == vrCode('S', 'Q') || element.vr == 0;
    const std::byte* at = canBeSequence && element.length >= 8 ? m_source.view(element.valueOffset, 4) : nullptr;
    return at && loadTag(at, encoding.bigEndian) == kItemTag;
}

} // namespace

WalkStatus checkStructure(ByteSource& source, qint64 offset, Encoding encoding)
{
    const WalkStatus status = StructureCheck(source, offset).elements({kOpenEnd, encoding, 0, false});
    return status == WalkStatus::End ? WalkStatus::Ok : status;
}

} // namespace radpost::dicom
