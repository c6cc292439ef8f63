#include "core/net/dimse.h"

using namespace radpost::net;

// What can be read can be written, and is then read as the same.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto command = decodeCommand(std::as_bytes(std::span(data, size)));
    if (!command) {
        return 0;
    }
    Bytes encoded;
    encodeCommand(*command, encoded);
    const auto again = decodeCommand(encoded);
    if (!again || !(*again == *command)) {
        __builtin_trap();
    }
    return 0;
}
