#pragma once

#include "app/cli/Arguments.h"

#include <utility>
#include <vector>

namespace radpost::cli {

/// All commands, the options that every command has, and the exit codes.
[[nodiscard]] QString overviewHelp(int width);

/// One command: how to call it, options, examples.
[[nodiscard]] QString commandHelp(const CommandSpec& spec, int width);

/// The commands that begin with the word @p group; empty when there is none.
[[nodiscard]] QString groupHelp(const QString& group, int width);

/// Each exit code, and what it means in the user's language.
[[nodiscard]] std::vector<std::pair<QString, QString>> exitCodeWords();

/// "radpost 0.1.0".
[[nodiscard]] const char* versionText();

} // namespace radpost::cli
