#pragma once

#include <QString>

namespace radpost::cli {

/// @p text as running text of a manual page: nothing in it is taken for a request, dashes stay dashes, and lines may
/// break between two Chinese characters, which groff does not do by itself.
[[nodiscard]] QString roffText(const QString& text);

/// @p text as the quoted argument of a macro, or a line of an example: as roffText(), without places to break.
[[nodiscard]] QString roffWord(const QString& text);

} // namespace radpost::cli
