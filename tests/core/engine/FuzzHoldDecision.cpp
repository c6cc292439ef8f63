#include "core/engine/HeldInstances.h"

// A request that another process left: whatever it holds, it is a decision or none.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    static_cast<void>(radpost::engine::parseHoldDecision(text));
    return 0;
}
