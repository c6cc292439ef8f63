#include "core/net/PduReader.h"

#include <algorithm>
#include <cstring>

using namespace radpost::net;

namespace {

/// Looks at each byte, so that those that are gone are seen.
unsigned sumOf(std::span<const ConstBytes> parts)
{
    unsigned sum = 0;
    for (const auto part : parts) {
        for (const auto byte : part) {
            sum += std::to_integer<unsigned>(byte);
        }
    }
    return sum;
}

} // namespace

// The first byte chooses how the stream is cut; what comes out of the reader goes to the decoders.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    auto rest = std::as_bytes(std::span(data, size));
    const auto pieceSize = std::size_t(data[0]) + 1;
    rest = rest.subspan(1);
    PduReader reader(4096);
    reader.setMaxPduLength(data[0] % 2 == 0 ? 0 : 16384);
    while (!rest.empty()) {
        const auto space = reader.space();
        const auto count = std::min({space.size(), pieceSize, rest.size()});
        if (count == 0) {
            __builtin_trap(); // no room though more is needed
        }
        std::memcpy(space.data(), rest.data(), count);
        reader.filled(count);
        rest = rest.subspan(count);
        for (;;) {
            const auto said = reader.next();
            if (!said) {
                return 0;
            }
            if (!*said) {
                break;
            }
            volatile const unsigned read = sumOf((*said)->parts);
            static_cast<void>(read);
            const auto bytes = (*said)->bytes;
            if (const auto request = decodeAssociateRq(bytes)) {
                static_cast<void>(encode(*request));
            }
            if (const auto acceptance = decodeAssociateAc(bytes)) {
                static_cast<void>(encode(*acceptance));
            }
            static_cast<void>(decodeAssociateRj(bytes));
            static_cast<void>(decodeAbort(bytes));
            static_cast<void>(decodePData(bytes));
        }
    }
    return 0;
}
