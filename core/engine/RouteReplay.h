#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/engine/RouteTrial.h"
#include "core/route/RoutingComparison.h"

#include <QString>

#include <memory>
#include <optional>

namespace radpost::engine {

/// Where the received instances are; beside a gateway that runs, too.
struct SpoolPlace
{
    QString dataFolder;  ///< of the ledger
    QString spoolFolder; ///< empty: "spool" in the data folder
};

/// Runs what was received at or after @p since and is kept through the rules that are and a draft. Nothing is sent.
/// Holds one page of the index. Blocks on the disk, about 0.1 ms an instance. Errors: Cancelled, those of the ledger.
[[nodiscard]] Result<route::ReplaySummary> replayRoutes(const SpoolPlace& place, Clock::WallTime since,
    std::shared_ptr<const route::RuleBook> before, std::shared_ptr<const route::RuleBook> after,
    const CancelToken& cancel);

/// A received instance, and how it came.
struct KeptInstance
{
    QString path;
    TrialArrival arrival;
};

/// The current version of @p uid; nothing when the spool does not have it. Blocks on the disk. Errors: those of the
/// ledger.
[[nodiscard]] Result<std::optional<KeptInstance>> findKept(const SpoolPlace& place, const SopInstanceUid& uid);

} // namespace radpost::engine
