#pragma once

#include <QString>

namespace radpost::config {

/// Where the configuration lies unless told otherwise: config.toml in the folder "radpost" under the platform's place
/// for configurations ($XDG_CONFIG_HOME, else ~/.config; on Windows and macOS what the system says).
[[nodiscard]] QString defaultConfigFile();

/// Where the ledger lies unless told otherwise: the folder "radpost" under the platform's place for data
/// ($XDG_DATA_HOME, else ~/.local/share).
[[nodiscard]] QString defaultDataFolder();

/// Where the desktop program writes its log: the folder "log" in @p dataFolder, or, when that is empty, in the default
/// one.
[[nodiscard]] QString logFolder(const QString& dataFolder);

} // namespace radpost::config
