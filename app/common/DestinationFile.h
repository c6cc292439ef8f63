#pragma once

#include "core/base/Result.h"
#include "core/config/ConfigParser.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace radpost::app {

/// What a file of destinations held.
struct DestinationFileContent
{
    std::vector<config::Destination> destinations;
    std::vector<config::ConfigProblem> problems; ///< of a TOML file with faults; then error is the first of them
    std::optional<Error> error;
};

/// Reads a CSV (by its name) or TOML file. Blocks on the disk.
/// Errors: FileUnreadable, ConfigSyntax, ConfigValue, DestinationDuplicate.
[[nodiscard]] DestinationFileContent readDestinationFile(const QString& path);

enum class DestinationFormat { Toml, Csv };

[[nodiscard]] bool isCsvName(const QString& path);

/// What such a file holds. References to secrets are in it, secrets never are.
[[nodiscard]] QByteArray destinationFileBytes(
    const std::vector<config::Destination>& destinations, DestinationFormat format);

/// Writes it in one step. Blocks on the disk. Errors: FileWriteFailed.
[[nodiscard]] Result<> writeDestinationFile(
    const QString& path, const std::vector<config::Destination>& destinations, DestinationFormat format);

} // namespace radpost::app
