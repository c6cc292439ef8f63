#pragma once

#include <QtGlobal>

#include <cstddef>
#include <optional>
#include <span>

namespace radpost::dicom {

struct JpegFrameSize
{
    int rows = 0;
    int columns = 0;
    int components = 0;
};

/// What the first frame header (SOF) of a JPEG or JPEG-LS stream says (ISO 10918-1 B.2.2, ISO 14495-1 C.2.2); nothing
/// when there is none. Decoders take memory by it, so it is compared with the data set before they are let loose.
[[nodiscard]] std::optional<JpegFrameSize> readJpegFrameSize(std::span<const std::byte> stream);

} // namespace radpost::dicom
