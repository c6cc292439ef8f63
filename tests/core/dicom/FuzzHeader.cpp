#include "core/dicom/HeaderReader.h"

using namespace radpost::dicom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto header = HeaderReader().readBytes(std::as_bytes(std::span(data, size)));
    if (header && (header->dataSetOffset < 0 || header->dataSetOffset + header->dataSetLength != qint64(size))) {
        __builtin_trap();
    }
    return 0;
}
