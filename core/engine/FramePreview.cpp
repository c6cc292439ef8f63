#include "core/engine/FramePreview.h"

#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/FrameRenderer.h"

#include <mutex>
#include <optional>

namespace radpost::engine {

struct FramePreview::Private
{
    std::mutex mutex{}; // of all below
    dicom::DcmtkRuntime runtime{};
    std::optional<dicom::FrameRenderer> renderer{};
};

FramePreview::FramePreview()
    : d(std::make_unique<Private>())
{
}

FramePreview::~FramePreview() = default;

Result<dicom::FrameRendering> FramePreview::render(const dicom::FrameRequest& request)
{
    const std::lock_guard lock(d->mutex);
    if (!d->renderer) {
        d->renderer.emplace(d->runtime);
    }
    return d->renderer->render(request);
}

} // namespace radpost::engine
