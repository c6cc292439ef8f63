#pragma once

#include "core/dicom/ByteSource_p.h"
#include "core/dicom/Encoding.h"

#include <QtEndian>

namespace radpost::dicom {

/// A VR as its two letters, 'S' << 8 | 'Q'; 0 stands for an implicit one.
using VrCode = quint16;

constexpr VrCode vrCode(char first, char second)
{
    return static_cast<VrCode>(static_cast<unsigned char>(first) << 8 | static_cast<unsigned char>(second));
}

/// True for the value representations of PS3.5 6.2.
[[nodiscard]] bool isKnownVr(VrCode vr);

inline quint16 load16(const std::byte* at, bool bigEndian)
{
    return bigEndian ? qFromBigEndian<quint16>(at) : qFromLittleEndian<quint16>(at);
}

inline quint32 load32(const std::byte* at, bool bigEndian)
{
    return bigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
}

inline VrCode loadVr(const std::byte* at)
{
    return qFromBigEndian<quint16>(at);
}

inline quint32 loadTag(const std::byte* at, bool bigEndian)
{
    return quint32(load16(at, bigEndian)) << 16 | load16(at + 2, bigEndian);
}

struct Element
{
    quint32 tag = 0; ///< group << 16 | element
    VrCode vr = 0;
    quint32 length = 0;
    qint64 valueOffset = 0;

    [[nodiscard]] quint16 group() const { return static_cast<quint16>(tag >> 16); }
    [[nodiscard]] bool isUndefinedLength() const { return length == 0xFFFFFFFFU; }
};

inline constexpr quint32 kItemTag = 0xFFFEE000U;
inline constexpr quint32 kItemDelimiterTag = 0xFFFEE00DU;
inline constexpr quint32 kSequenceDelimiterTag = 0xFFFEE0DDU;

enum class WalkStatus {
    Ok,
    End,       ///< no further element
    Truncated, ///< the bytes end inside an element
    Malformed, ///< nested too deeply, or not nested as PS3.5 7.5 says
};

/// Steps over data elements one by one; reads headers only, values are the caller's to look at or to leave.
///
/// Tolerates what is met in real files: odd lengths, VR fields that hold no VR, UN of undefined length with either
/// encoding inside, delimiters that delimit nothing.
class ElementWalker final
{
public:
    static constexpr int kMaxDepth = 64;

    ElementWalker(ByteSource& source, Encoding encoding, qint64 offset)
        : ElementWalker(source, encoding, offset, 0)
    {
    }

    /// Reads the header of the element at offset(), and moves behind it. A value of defined length lies inside the
    /// source when the outcome is Ok.
    [[nodiscard]] WalkStatus next(Element& element);

    /// Moves behind the value of the element that next() gave last.
    [[nodiscard]] WalkStatus skipValue(const Element& element);

    /// How the items of the element that next() gave last are encoded.
    [[nodiscard]] Encoding encodingOfItems(const Element& sequence);

    [[nodiscard]] qint64 offset() const { return m_offset; }
    [[nodiscard]] Encoding encoding() const { return m_encoding; }

private:
    ElementWalker(ByteSource& source, Encoding encoding, qint64 offset, int depth)
        : m_source(source)
        , m_encoding(encoding)
        , m_offset(offset)
        , m_depth(depth)
    {
    }

    [[nodiscard]] WalkStatus atEnd() const;
    [[nodiscard]] bool readExplicitHeader(const std::byte* at, Element& element);
    [[nodiscard]] WalkStatus skipItems(const Element& sequence);
    [[nodiscard]] WalkStatus skipOpenItem(Encoding encoding);
    ByteSource& m_source;
    Encoding m_encoding;
    qint64 m_offset;
    int m_depth;
};

} // namespace radpost::dicom
