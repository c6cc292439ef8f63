#pragma once

#include "core/config/Settings.h"

#include "ui/forms/FieldForm.h"

namespace radpost::ui {

/// The settings that the desktop program shows, as texts; see config::settingsFields().
class SettingsForm : public FieldForm
{
    Q_OBJECT

public:
    explicit SettingsForm(const config::Settings& initial, QObject* parent = nullptr);
    /// Only @p shownKeys.
    SettingsForm(const config::Settings& initial, QStringList shownKeys, QObject* parent);

    /// Takes over what changed in the file; what was typed and could not be saved keeps its text.
    void reload(const config::Settings& settings);

    /// The last possible value of each field.
    [[nodiscard]] const config::Settings& settings() const { return m_value; }

    /// What the engine was opened with: other values are noted as "after the next start".
    void setRunning(const config::Settings& settings);

    [[nodiscard]] config::Expectation expectation(const QString& key) const override;
    [[nodiscard]] QString note(const QString& key) const override;

protected:
    [[nodiscard]] QStringList keys() const override { return m_keys; }
    bool accept(const QString& key, const QString& text) override;

private:
    QStringList m_keys;
    config::Settings m_value;
    config::Settings m_loaded; ///< as the file has them
    std::optional<config::Settings> m_running;
};

} // namespace radpost::ui
