#pragma once

#include "core/base/Clock.h"
#include "core/queue/DestinationPolicy.h"

#include <optional>

namespace radpost::queue {

/// When @p hours next allow sending; none: they do at @p now. In the machine's local time, across changes to and from
/// summer time. from == until allows the whole day. Any thread.
[[nodiscard]] std::optional<Clock::WallTime> closedUntil(const std::optional<AllowedHours>& hours, Clock::WallTime now);

/// When @p hours end, seen from inside them; none: never.
[[nodiscard]] std::optional<Clock::WallTime> openUntil(const std::optional<AllowedHours>& hours, Clock::WallTime now);

} // namespace radpost::queue
