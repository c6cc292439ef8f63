#pragma once

#include "ui/forms/FieldRow.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace radpost::ui {

/// The editor's groups of fields, from what everybody needs to what few do.
enum class DestinationSection { Address, Security, Identity, Transfer, Patience };

struct DestinationTexts
{
    Q_DECLARE_TR_FUNCTIONS(DestinationTexts)
};

[[nodiscard]] QString sectionTitle(DestinationSection section);
[[nodiscard]] QStringList sectionKeys(DestinationSection section);
[[nodiscard]] FieldTexts destinationFieldTexts(const QString& key);

} // namespace radpost::ui
