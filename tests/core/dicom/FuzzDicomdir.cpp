#include "core/dicom/Dicomdir.h"
#include "core/dicom/FileIdResolver_p.h"

using namespace radpost::dicom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto fileIds = readDicomdirFileIds(std::as_bytes(std::span(data, size)));
    if (!fileIds) {
        return 0;
    }
    for (const QByteArray& fileId : *fileIds) {
        const auto components = FileIdResolver::components(fileId);
        if (components && (components->contains(QStringLiteral("..")) || components->contains(QString()))) {
            __builtin_trap();
        }
    }
    return 0;
}
