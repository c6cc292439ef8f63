#pragma once

namespace radpost::cli {

/// What the system says about standard output and standard error. The only place that asks it.
enum class Stream { Output, Error };

[[nodiscard]] bool isTerminal(Stream stream);

/// Columns of the terminal that standard error goes to; 80 when it is none.
[[nodiscard]] int terminalWidth();

} // namespace radpost::cli
