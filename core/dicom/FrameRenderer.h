#pragma once

#include "core/base/Result.h"
#include "core/dicom/RenderedFrame.h"

#include <memory>

namespace radpost::dicom {

class DcmtkRuntime;

/// Makes the picture of one frame: uncompressed pixels, RLE, JPEG (baseline, extended, lossless) and JPEG-LS; every
/// photometric interpretation of gray and colour, Modality LUT and rescale, VOI windows and LUTs; for enhanced objects
/// those of the frame's functional groups.
///
/// Reads and decodes the frame that is asked for and no other, whatever the size of the file. Keeps the file that was
/// used last and its last frame, so that another window or the next frame comes sooner; a file that has changed is read
/// anew. Not thread-safe.
class FrameRenderer final
{
public:
    /// Rows × columns × samples of one frame. Radiographs of a whole leg have some 30 million.
    static constexpr qint64 kMostSamples = 96 * 1024 * 1024;

    explicit FrameRenderer(DcmtkRuntime& runtime);
    ~FrameRenderer();
    Q_DISABLE_COPY_MOVE(FrameRenderer)

    /// Blocks; nothing ends a decoder early, but it works on one frame alone. Of a deflated file the whole data set is
    /// in memory, at most 512 MB.
    /// Errors: those of HeaderReader::readFile; DicomTruncated when the pixel data end before the frame, DicomMalformed
    /// when what describes the pixels makes no sense, DecodeFailed, InvalidArgument (a frame that the file has not),
    /// Unsupported (no data dictionary).
    [[nodiscard]] Result<FrameRendering> render(const FrameRequest& request);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::dicom
