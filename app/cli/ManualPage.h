#pragma once

#include <QString>

namespace radpost::cli {

/// radpost(1) in the user's language, made from the table of commands: source for man(1), UTF-8.
[[nodiscard]] QString manualPage();

} // namespace radpost::cli
