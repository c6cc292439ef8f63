#include "core/dicom/FileMetaReader.h"
#include "core/dicom/HeaderTap.h"

#include <algorithm>

using namespace radpost;

namespace {

dicom::IndexedHeader tapped(std::span<const std::byte> bytes, const QByteArray& syntax, std::size_t piece)
{
    dicom::HeaderTap tap;
    tap.start({syntax});
    while (!bytes.empty()) {
        const auto now = bytes.first(std::min(piece, bytes.size()));
        tap.feed(now);
        bytes = bytes.subspan(now.size());
    }
    return tap.take();
}

} // namespace

// However the bytes are cut, the same comes out. The first byte chooses the transfer syntax and the size of the pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = std::as_bytes(std::span(data, size));
    std::ignore = dicom::readFileMeta(bytes);
    if (size < 2) {
        return 0;
    }
    static const QByteArray kSyntaxes[] = {
        "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99", "1.2.3"};
    const auto& syntax = kSyntaxes[data[0] % 5];
    const auto whole = tapped(bytes.subspan(1), syntax, size);
    const auto pieces = tapped(bytes.subspan(1), syntax, 1 + data[0] / 5);
    if (whole.isWhole != pieces.isWhole || *whole.series != *pieces.series ||
        whole.sopInstanceUid != pieces.sopInstanceUid || whole.rows != pieces.rows) {
        __builtin_trap();
    }
    return 0;
}
