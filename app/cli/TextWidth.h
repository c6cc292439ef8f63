#pragma once

#include "app/common/Format.h"

#include <QString>
#include <QStringView>

namespace radpost::cli {

/// Columns that @p text takes on a terminal: Chinese, Japanese and Korean characters take two, combining marks none.
[[nodiscard]] int displayWidth(QStringView text);

/// @p text cut to @p columns, with "…" at the end when something was cut.
[[nodiscard]] QString cutToWidth(const QString& text, int columns);

/// @p text filled up with spaces, on the right or the left.
[[nodiscard]] QString padRight(const QString& text, int columns);
[[nodiscard]] QString padLeft(const QString& text, int columns);

/// @p text broken into lines of at most @p columns: between words, and between any two wide characters.
[[nodiscard]] QStringList wrapText(const QString& text, int columns);

using app::printable;

/// The same for a name in a command that is told to somebody: in quotation marks when it has spaces.
[[nodiscard]] QString printableArgument(const QString& text);

} // namespace radpost::cli
