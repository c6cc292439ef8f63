#pragma once

#include "ui/forms/FieldRow.h"
#include "ui/settings/SettingsForm.h"

#include <QCoreApplication>

#include <optional>

namespace radpost::ui {

/// The settings of the receiver while they are edited. While it is on, what it does not follow yet is noted.
class ReceiveForm final : public SettingsForm
{
    Q_OBJECT

public:
    explicit ReceiveForm(const config::Settings& initial, QObject* parent = nullptr);

    /// None: it is off.
    void setInUse(const std::optional<config::Config>& config);
    /// [[listener]] tables of the file take the place of port and AE title.
    void setListeners(bool areThere);

    [[nodiscard]] QString note(const QString& key) const override;

private:
    std::optional<config::Settings> m_inUse;
    bool m_hasListeners = false;
};

[[nodiscard]] QStringList receiveKeys();
/// Whether it is of use in this mode.
[[nodiscard]] bool isKeyOf(config::ReceiveMode mode, const QString& key);
[[nodiscard]] FieldTexts receiveFieldTexts(const QString& key);

} // namespace radpost::ui
