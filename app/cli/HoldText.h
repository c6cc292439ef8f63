#pragma once

#include "core/store/RoutingTypes.h"

#include <QString>

namespace radpost::cli {

/// Why an instance is held, for people.
[[nodiscard]] QString holdText(const store::SpoolHold& hold);
/// The same as a stable word for --json.
[[nodiscard]] QString holdWord(store::HoldReason reason);

} // namespace radpost::cli
