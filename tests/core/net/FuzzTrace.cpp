#include "core/net/PduTrace.h"

#include <algorithm>
#include <array>

using namespace radpost::net;

// The first byte says where the bytes are cut, the second one how many more are said to follow elsewhere.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const auto log = std::make_shared<TraceLog>();
    log->begin({std::chrono::minutes(10), 1000, 1 << 20});
    PduTrace trace(log, QStringLiteral("peer"));
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(2);
    const auto cut = std::min<std::size_t>(data[0], bytes.size());
    const std::array<ConstBytes, 2> parts{bytes.first(cut), bytes.subspan(cut)};
    trace.sent(parts, data[1]);

    Incoming said;
    said.kind = static_cast<Incoming::Kind>(data[0] % 3);
    said.pduType = data[1] % 9;
    said.bytes = bytes;
    said.parts = parts;
    trace.heard(said);
    trace.closed();
    for (const auto& record : log->from(0, 1000)) {
        const auto* request = std::get_if<AssociateRq>(&record.content);
        const auto* answer = std::get_if<TraceAccepted>(&record.content);
        const bool leaks =
            (request != nullptr && request->user.identity && !request->user.identity->primary.isEmpty()) ||
            (answer != nullptr && answer->answer.user.identityAnswer &&
                !answer->answer.user.identityAnswer->serverResponse.isEmpty());
        if (leaks) {
            __builtin_trap();
        }
    }
    return 0;
}
