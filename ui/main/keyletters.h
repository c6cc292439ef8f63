#pragma once

#include <QStringList>

namespace radpost::ui {

/// A key for each of @p texts, all different: a letter of the text where one is free, its first before others, else any
/// free one. Empty for those that come when all 26 are taken. @p taken are not given.
[[nodiscard]] QStringList keyLetters(const QStringList& texts, const QStringList& taken = {});

} // namespace radpost::ui
