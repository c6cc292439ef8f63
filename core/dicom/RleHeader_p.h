#pragma once

#include "core/base/Result.h"

class DcmPixelItem;
class DcmPixelSequence;

namespace radpost::dicom {

/// Whether the segments of an RLE frame lie in its fragment (PS3.5 G.5: up to 15, the first behind the header, each
/// after the one before). DCMTK's decoder goes wherever the header points. Errors: DecodeFailed, FileUnreadable.
[[nodiscard]] Result<> checkRleFrame(DcmPixelItem& fragment);

/// The same for every frame; each has one fragment (PS3.5 A.4.2).
[[nodiscard]] Result<> checkRleFrames(DcmPixelSequence& sequence);

} // namespace radpost::dicom
