#include "core/dicom/ElementEncoder_p.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

namespace radpost::dicom {

namespace {

constexpr quint32 kUndefinedLength = 0xFFFFFFFF;
constexpr quint32 kItem = 0xFFFEE000;
constexpr quint32 kItemEnd = 0xFFFEE00D;
constexpr quint32 kSequenceEnd = 0xFFFEE0DD;

/// The VRs whose explicit form has two reserved bytes and a 32-bit length (PS3.5 7.1.2).
bool hasLongLength(const char* vr)
{
    static constexpr std::array kLong{"OB", "OW", "SQ", "UN", "UT", "UC", "UR", "OD", "OF", "OL", "OV", "SV", "UV"};
    return std::any_of(kLong.begin(), kLong.end(), [vr](const char* one) { return std::strcmp(one, vr) == 0; });
}

} // namespace

void ElementEncoder::put16(quint16 value)
{
    const quint16 ordered = m_order == Order::Little ? qToLittleEndian(value) : qToBigEndian(value);
    m_out.append(reinterpret_cast<const char*>(&ordered), sizeof ordered);
}

void ElementEncoder::put32(quint32 value)
{
    const quint32 ordered = m_order == Order::Little ? qToLittleEndian(value) : qToBigEndian(value);
    m_out.append(reinterpret_cast<const char*>(&ordered), sizeof ordered);
}

void ElementEncoder::putTag(quint32 tag)
{
    put16(static_cast<quint16>(tag >> 16));
    put16(static_cast<quint16>(tag & 0xFFFF));
}

void ElementEncoder::header(quint32 tag, const char (&vr)[3], quint32 length)
{
    putTag(tag);
    if (m_vr == Vr::Implicit) {
        put32(length);
        return;
    }
    m_out.append(vr, 2);
    if (hasLongLength(vr)) {
        put16(0);
        put32(length);
    } else {
        put16(static_cast<quint16>(length));
    }
}

void ElementEncoder::text(quint32 tag, const char (&vr)[3], QByteArrayView value)
{
    const bool odd = value.size() % 2 != 0;
    header(tag, vr, static_cast<quint32>(value.size() + (odd ? 1 : 0)));
    m_out.append(value);
    if (odd) {
        m_out.append(std::strcmp(vr, "UI") == 0 ? '\0' : ' ');
    }
}

void ElementEncoder::bytes(quint32 tag, const char (&vr)[3], QByteArrayView value)
{
    header(tag, vr, static_cast<quint32>(value.size()));
    m_out.append(value);
}

void ElementEncoder::us(quint32 tag, quint16 value)
{
    header(tag, "US", 2);
    put16(value);
}

void ElementEncoder::ul(quint32 tag, quint32 value)
{
    header(tag, "UL", 4);
    put32(value);
}

void ElementEncoder::at(quint32 tag, quint32 value)
{
    header(tag, "AT", 4);
    putTag(value);
}

void ElementEncoder::beginSequence(quint32 tag)
{
    header(tag, "SQ", kUndefinedLength);
}

void ElementEncoder::endSequence()
{
    putTag(kSequenceEnd);
    put32(0);
}

void ElementEncoder::beginItem()
{
    putTag(kItem);
    put32(kUndefinedLength);
}

void ElementEncoder::endItem()
{
    putTag(kItemEnd);
    put32(0);
}

} // namespace radpost::dicom
