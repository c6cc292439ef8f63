#pragma once

#include "core/base/Result.h"
#include "core/dicom/RenderedFrame.h"

#include <memory>

namespace radpost::engine {

/// Pictures of single frames, for people to look at before they send. Needs no ledger and no open engine.
class FramePreview final
{
public:
    FramePreview();
    ~FramePreview();
    Q_DISABLE_COPY_MOVE(FramePreview)

    /// What an instance without a picture is, or one frame of it. Blocks while the file is read and decoded; any
    /// thread, one at a time. Keeps the file and the frame that were used last.
    /// Errors: those of dicom::FrameRenderer::render.
    [[nodiscard]] Result<dicom::FrameRendering> render(const dicom::FrameRequest& request);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
