#pragma once

#include "core/base/Result.h"
#include "core/config/Destination.h"

#include <QByteArray>

#include <vector>

namespace radpost::config {

/// A table for spreadsheets: name,aet,host,port,calling_aet and then every other key of Fields.h. With a byte order
/// mark, without which spreadsheets take Chinese names for something else.
[[nodiscard]] QByteArray destinationsToCsv(const std::vector<Destination>& destinations);

/// Needs the columns name, aet and host; other columns are keys of Fields.h, in any order; an empty cell is the
/// default. Errors: ConfigSyntax, ConfigValue with "line N: column: …"; DestinationDuplicate.
[[nodiscard]] Result<std::vector<Destination>> destinationsFromCsv(const QByteArray& csv);

} // namespace radpost::config
