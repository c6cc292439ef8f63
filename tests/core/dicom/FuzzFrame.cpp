#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/FrameRenderer.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace radpost;
using namespace radpost::dicom;

namespace {

/// A file without a disk.
class MemoryFile final
{
public:
    MemoryFile(const std::uint8_t* data, std::size_t size)
        : m_descriptor(memfd_create("frame", 0))
    {
        if (m_descriptor < 0 || write(m_descriptor, data, size) != ssize_t(size)) {
            std::abort();
        }
    }
    ~MemoryFile() { close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(MemoryFile)

    [[nodiscard]] QString path() const { return QStringLiteral("/proc/self/fd/%1").arg(m_descriptor); }

private:
    int m_descriptor;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static DcmtkRuntime runtime;
    const MemoryFile file(data, size);
    FrameRenderer renderer(runtime);
    for (const int frame : {0, 1}) {
        FrameRequest request;
        request.path = file.path();
        request.frame = frame;
        const auto rendering = renderer.render(request);
        const auto* picture = rendering ? std::get_if<RenderedFrame>(&*rendering) : nullptr;
        if (picture &&
            picture->pixels.size() != qsizetype(picture->width) * picture->height * (picture->isColor ? 3 : 1)) {
            __builtin_trap();
        }
    }
    return 0;
}
