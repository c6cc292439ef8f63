#pragma once

#include <QStringList>

namespace radpost::cli {

/// The whole program after the application object exists. @p words is the command line without the program's name.
/// @return the process's exit code.
[[nodiscard]] int runApplication(const QStringList& words);

} // namespace radpost::cli
