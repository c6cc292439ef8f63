#pragma once

#include "ui/forms/FieldRow.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

struct SettingsTexts
{
    Q_DECLARE_TR_FUNCTIONS(SettingsTexts)
};

[[nodiscard]] FieldTexts settingsFieldTexts(const QString& key);

} // namespace radpost::ui
