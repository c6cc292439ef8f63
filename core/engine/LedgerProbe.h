#pragma once

#include "core/base/Result.h"

#include <chrono>

namespace radpost::store {
class LedgerWriter;
}

namespace radpost::engine {

/// Whether the ledger's writer works: has it begin and end a transaction. Blocks, @p limit at most.
/// Errors: what writing fails with now; LedgerFailed when there is no answer.
[[nodiscard]] Result<> checkWriter(store::LedgerWriter& writer, std::chrono::milliseconds limit);

} // namespace radpost::engine
