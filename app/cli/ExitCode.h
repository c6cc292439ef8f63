#pragma once

#include "core/base/Error.h"

namespace radpost::cli {

/// What the shell gets; stable, documented in docs/user/cli.md and in `radpost help`.
enum class ExitCode : int {
    Ok = 0,            ///< done; for send: every instance is stored
    SomeFailed = 1,    ///< some instances were not stored
    Usage = 2,         ///< the command line is wrong
    Unreachable = 3,   ///< the destination cannot be reached or refuses us
    NothingToSend = 4, ///< no DICOM instance was found
    LocalProblem = 5,  ///< ledger, configuration, disk or port of this computer
    Interrupted = 130, ///< Ctrl-C; what is left stays in the job
};

/// The exit code of a command that ends with @p error.
[[nodiscard]] ExitCode exitCodeOf(ErrorCode error);

} // namespace radpost::cli
