#pragma once

#include "app/cli/Arguments.h"
#include "core/base/Result.h"
#include "core/config/Destination.h"

#include <vector>

namespace radpost::cli {

/// --associations, --window, --calling-aet and --set: what may differ from the stored destination.
[[nodiscard]] std::vector<OptionSpec> destinationOptions();

/// Changes @p destination as those options say. Errors: ConfigValue.
[[nodiscard]] Result<> applyDestinationOptions(const Arguments& arguments, config::Destination& destination);

} // namespace radpost::cli
