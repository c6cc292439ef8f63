#pragma once

#include <QStringList>

class QWidget;

namespace radpost::test {

/// Visible texts of @p window that have less room than they need, or lie outside of what holds them: one line each.
[[nodiscard]] QStringList cutTexts(const QWidget& window);

} // namespace radpost::test
