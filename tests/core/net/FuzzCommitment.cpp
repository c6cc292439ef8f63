#include "core/net/commitment.h"

using namespace radpost;
using namespace radpost::net;

/// The first byte chooses the transfer syntax, the rest is what a peer sent. What can be read can be written, and is
/// then read as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const TransferSyntaxUid syntax{data[0] % 2 == 0 ? "1.2.840.10008.1.2" : "1.2.840.10008.1.2.1"};
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    if (const auto report = decodeCommitmentReport(bytes, syntax)) {
        const auto encoded = encodeCommitment(*report, syntax);
        if (!encoded || decodeCommitmentReport(asBytes(*encoded), syntax).value() != *report) {
            __builtin_trap();
        }
    }
    if (const auto request = decodeCommitmentRequest(bytes, syntax)) {
        const auto encoded = encodeCommitment(*request, syntax);
        if (!encoded || decodeCommitmentRequest(asBytes(*encoded), syntax).value() != *request) {
            __builtin_trap();
        }
    }
    return 0;
}
