#include "core/dicom/ElementWalker_p.h"

#include <algorithm>
#include <array>

namespace radpost::dicom {

namespace {

enum class VrForm : quint8 { Unknown, Short, Long };

constexpr auto makeVrForms()
{
    std::array<VrForm, 26 * 26> forms{};
    const auto put = [&forms](const char* list, VrForm form) {
        for (; *list; list += 2) {
            forms[static_cast<size_t>((list[0] - 'A') * 26 + (list[1] - 'A'))] = form;
        }
    };
    // PS3.5 7.1.2: tables 7.1-2 (16-bit length) and 7.1-1 (reserved bytes, 32-bit length).
    put("AEASATCSDADSDTFLFDISLOLTPNSHSLSSSTTMUIULUS", VrForm::Short);
    put("OBODOFOLOVOWSQSVUCUNURUTUV", VrForm::Long);
    return forms;
}

constexpr auto kVrForms = makeVrForms();

bool isLetterPair(VrCode vr)
{
    const int first = vr >> 8;
    const int second = vr & 0xFF;
    return first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
}

VrForm formOf(VrCode vr)
{
    return kVrForms[static_cast<size_t>(((vr >> 8) - 'A') * 26 + ((vr & 0xFF) - 'A'))];
}

} // namespace

bool isKnownVr(VrCode vr)
{
    return isLetterPair(vr) && formOf(vr) != VrForm::Unknown;
}

WalkStatus ElementWalker::atEnd() const
{
    const qint64 left = m_source.end() - m_offset;
    if (m_source.fault() != ByteSource::Fault::None || left < 0) {
        return WalkStatus::Truncated;
    }
    if (left == 0) {
        return WalkStatus::End;
    }
    // A few NULs behind the last element are padding; anything else is the head of an element that was cut off. Tags in
    // big endian start with a NUL themselves.
    const std::byte* rest = left < 8 && !m_encoding.bigEndian ? m_source.view(m_offset, left) : nullptr;
    const auto isPadding = [](std::byte b) { return b == std::byte{0}; };
    return rest && std::all_of(rest, rest + left, isPadding) ? WalkStatus::End : WalkStatus::Truncated;
}

WalkStatus ElementWalker::next(Element& element)
{
    const std::byte* at = m_source.view(m_offset, 8);
    if (!at) {
        return atEnd();
    }
    const bool big = m_encoding.bigEndian;
    element.tag = loadTag(at, big);
    element.vr = 0;
    if (!m_encoding.explicitVr || element.group() == 0xFFFE) {
        element.length = load32(at + 4, big);
        element.valueOffset = m_offset + 8;
    } else if (!readExplicitHeader(at, element)) {
        return WalkStatus::Truncated;
    }
    if (!element.isUndefinedLength() && element.length > m_source.end() - element.valueOffset) {
        return WalkStatus::Truncated;
    }
    m_offset = element.valueOffset;
    return WalkStatus::Ok;
}

bool ElementWalker::readExplicitHeader(const std::byte* at, Element& element)
{
    const bool big = m_encoding.bigEndian;
    const VrCode vr = loadVr(at + 4);
    if (!isLetterPair(vr)) {
        // Written without a VR although the data set has them, or with "??" and the like in the place of a short one.
        const quint32 asImplicit = load32(at + 4, big);
        const bool isImplicit = asImplicit == 0xFFFFFFFFU || asImplicit <= m_source.end() - m_offset - 8;
        element.length = isImplicit ? asImplicit : load16(at + 6, big);
        element.valueOffset = m_offset + 8;
        return true;
    }
    element.vr = vr;
    if (formOf(vr) == VrForm::Short) {
        element.length = load16(at + 6, big);
        element.valueOffset = m_offset + 8;
        return true;
    }
    // A VR of a later edition has the long form (PS3.5 6.2, note on unknown VRs).
    at = m_source.view(m_offset, 12);
    if (!at) {
        return false;
    }
    element.length = load32(at + 8, big);
    element.valueOffset = m_offset + 12;
    return true;
}

WalkStatus ElementWalker::skipValue(const Element& element)
{
    if (element.isUndefinedLength()) {
        return element.group() == 0xFFFE ? WalkStatus::Malformed : skipItems(element);
    }
    m_offset = element.valueOffset + element.length;
    return WalkStatus::Ok;
}

Encoding ElementWalker::encodingOfItems(const Element& sequence)
{
    if (sequence.vr != vrCode('U', 'N')) {
        return m_encoding;
    }
    // PS3.5 6.2.2, note 2: such a UN holds implicit VR little endian; some writers keep the VRs all the same.
    const std::byte* at = m_source.view(m_offset, 16);
    if (!at || load16(at, false) != 0xFFFE) {
        return m_encoding.bigEndian ? m_encoding : kImplicitLittleEndian;
    }
    const bool hasVr = load32(at + 4, false) != 0 && isKnownVr(loadVr(at + 12));
    return hasVr ? kExplicitLittleEndian : kImplicitLittleEndian;
}

WalkStatus ElementWalker::skipItems(const Element& sequence)
{
    if (m_depth >= kMaxDepth) {
        return WalkStatus::Malformed;
    }
    const Encoding inner = encodingOfItems(sequence);
    for (;;) {
        const std::byte* at = m_source.view(m_offset, 8);
        if (!at) {
            return WalkStatus::Truncated;
        }
        const bool big = inner.bigEndian;
        const quint32 tag = loadTag(at, big);
        const quint32 length = load32(at + 4, big);
        m_offset += 8;
        if (tag == kSequenceDelimiterTag) {
            return WalkStatus::Ok;
        }
        if (tag != kItemTag && tag != kItemDelimiterTag) {
            return WalkStatus::Malformed;
        }
        if (tag == kItemTag && length == 0xFFFFFFFFU) {
            if (const WalkStatus status = skipOpenItem(inner); status != WalkStatus::Ok) {
                return status;
            }
        } else if (tag == kItemTag) {
            if (length > m_source.end() - m_offset) {
                return WalkStatus::Truncated;
            }
            m_offset += length;
        }
    }
}

WalkStatus ElementWalker::skipOpenItem(Encoding encoding)
{
    ElementWalker item(m_source, encoding, m_offset, m_depth + 1);
    Element element;
    for (;;) {
        const WalkStatus status = item.next(element);
        if (status != WalkStatus::Ok) {
            return status == WalkStatus::End ? WalkStatus::Truncated : status;
        }
        if (element.tag == kItemDelimiterTag || element.tag == kSequenceDelimiterTag) {
            // The end of the sequence ends an item whose own delimiter was forgotten; the caller sees it again.
            m_offset = item.offset() - (element.tag == kSequenceDelimiterTag ? 8 : 0);
            return WalkStatus::Ok;
        }
        if (const WalkStatus skipped = item.skipValue(element); skipped != WalkStatus::Ok) {
            return skipped;
        }
    }
}

} // namespace radpost::dicom
