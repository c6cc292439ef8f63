#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace radpost::ui {

/// One of our line drawings (resources/icons/<name>.svg), in the colour of the palette that is set when it is painted:
/// text, accent when on, muted when disabled. GUI thread.
[[nodiscard]] QIcon icon(const QString& name);

/// The same for filled buttons, in the colour of text on the accent.
[[nodiscard]] QIcon onAccentIcon(const QString& name);

/// The same for labels, in one colour.
[[nodiscard]] QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio);

/// The program's sign, in its own colours.
[[nodiscard]] QIcon logo();

} // namespace radpost::ui
