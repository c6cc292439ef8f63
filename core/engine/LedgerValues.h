#pragma once

#include "core/config/Destination.h"
#include "core/scan/ScanSink.h"
#include "core/store/LedgerTypes.h"

namespace radpost::engine {

/// What a scan found, in the ledger's terms.
[[nodiscard]] store::NewInstance newInstance(const scan::ScannedInstance& scanned);
[[nodiscard]] store::SkippedFile skippedFile(const scan::SkippedFile& scanned);
[[nodiscard]] store::DuplicateFile duplicateFile(const scan::DuplicateFile& scanned);

[[nodiscard]] store::ProofWanted wantedOf(config::ProofOfDelivery proof);

} // namespace radpost::engine
