#include "core/engine/JobOrders.h"

#include <cstdlib>

// What another process left in the folder of requests: it is an order or none, an answer or none, and an order survives
// being written again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace radpost::engine;
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    if (const auto order = parseJobOrder(text); order && parseJobOrder(toText(*order)) != order) {
        std::abort();
    }
    if (const auto outcome = parseOrderOutcome(text); outcome && parseOrderOutcome(toText(outcome)) != outcome) {
        std::abort();
    }
    return 0;
}
