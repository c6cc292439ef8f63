#include "core/dicom/RleHeader_p.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <QtEndian>

#include <array>

namespace radpost::dicom {

namespace {

constexpr quint32 kMostSegments = 15;
using RleHeader = std::array<quint32, 1 + kMostSegments>; // how many segments, and where each begins

bool isSound(const RleHeader& header, quint32 length)
{
    const auto segments = header[0];
    if (segments < 1 || segments > kMostSegments || header[1] < sizeof(RleHeader)) {
        return false;
    }
    for (quint32 i = 2; i <= segments; ++i) {
        if (header[i] <= header[i - 1]) {
            return false;
        }
    }
    return header[segments] < length;
}

} // namespace

Result<> checkRleFrame(DcmPixelItem& fragment)
{
    RleHeader header{};
    const auto length = fragment.getLengthField();
    if (length < sizeof(header)) {
        return fail(ErrorCode::DecodeFailed, QStringLiteral("a compressed frame is shorter than its header"));
    }
    const OFCondition read = fragment.getPartialValue(header.data(), 0, sizeof(header), nullptr, gLocalByteOrder);
    if (read.bad()) {
        return fail(ErrorCode::FileUnreadable, QString::fromLatin1(read.text()));
    }
    for (auto& value : header) {
        value = qFromLittleEndian(value);
    }
    return isSound(header, length)
        ? Result<>()
        : fail(ErrorCode::DecodeFailed, QStringLiteral("a segment of a compressed frame lies outside of it"));
}

Result<> checkRleFrames(DcmPixelSequence& sequence)
{
    for (unsigned long i = 1; i < sequence.card(); ++i) { // the offset table is the first item
        DcmPixelItem* fragment = nullptr;
        if (sequence.getItem(fragment, i).bad() || !fragment) {
            return fail(ErrorCode::DecodeFailed, QStringLiteral("a fragment is missing"));
        }
        if (auto checked = checkRleFrame(*fragment); !checked) {
            return checked;
        }
    }
    return {};
}

} // namespace radpost::dicom
