#pragma once

#include <QString>

namespace radpost::cli {

/// A completion script for bash, made from the table of commands: commands, their options, and the words of options
/// that have a fixed choice. Everything else completes as a file name.
[[nodiscard]] QString bashCompletion();

} // namespace radpost::cli
