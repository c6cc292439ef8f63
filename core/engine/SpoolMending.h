#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"

#include <QtGlobal>

namespace radpost::store {
class Ledger;
}

namespace radpost::engine {

/// What was found and mended.
struct SpoolMending
{
    qint64 rerouted = 0; ///< instances that nobody would have sent; judged by the rules again
    qint64 tidied = 0;   ///< rows without file that nobody needs
};

/// Looks through the index for what a ledger that was restored, mended, or cut off between two transactions leaves:
/// instances that count as routed although their deliveries are lost, rows of files that were removed, and what
/// versions before left of series, studies and patients without instances. Once, after files and index were compared.
/// In small transactions, between which others write; blocks on the ledger. Errors: Cancelled, those of the ledger.
[[nodiscard]] Result<SpoolMending> mendSpool(store::Ledger& ledger, const CancelToken& cancel);

} // namespace radpost::engine
