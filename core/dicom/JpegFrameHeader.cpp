#include "core/dicom/JpegFrameHeader_p.h"

#include <QtEndian>

namespace radpost::dicom {

namespace {

// SOF0 to SOF15 without DHT, JPG and DAC, which stand among them, and SOF55 of JPEG-LS.
bool isFrameHeader(quint8 marker)
{
    const bool isSof = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    return isSof || marker == 0xF7;
}

bool standsAlone(quint8 marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

} // namespace

std::optional<JpegFrameSize> readJpegFrameSize(std::span<const std::byte> stream)
{
    constexpr size_t kFrameHeader = 8; // length, precision, lines, samples per line, components
    size_t at = 0;
    while (at + 2 <= stream.size()) {
        if (stream[at] != std::byte{0xFF}) {
            return std::nullopt;
        }
        const auto marker = static_cast<quint8>(stream[at + 1]);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        at += 2;
        if (standsAlone(marker)) {
            continue;
        }
        if (stream.size() - at < kFrameHeader) {
            return std::nullopt;
        }
        const std::byte* segment = stream.data() + at;
        if (isFrameHeader(marker)) {
            return JpegFrameSize{qFromBigEndian<quint16>(segment + 3), qFromBigEndian<quint16>(segment + 5),
                static_cast<quint8>(segment[7])};
        }
        at += qFromBigEndian<quint16>(segment);
    }
    return std::nullopt;
}

} // namespace radpost::dicom
