#pragma once

#include <QPushButton>
#include <QStringList>

class QMenu;

namespace radpost::ui {

class ConfigStore;
class DestinationTests;

/// Chooses one or several destinations, each with how its last test went. The first one is chosen at the start when it
/// is the only one.
class DestinationPicker final : public QPushButton
{
    Q_OBJECT

public:
    DestinationPicker(ConfigStore& config, DestinationTests& tests, QWidget* parent = nullptr);

    [[nodiscard]] QStringList chosen() const; ///< in the order of the configuration
    void setChosen(const QStringList& names);

Q_SIGNALS:
    void chosenChanged();

private:
    void reload();
    void refresh();
    void toggle(const QString& name, bool isChosen);

    ConfigStore& m_config;
    DestinationTests& m_tests;
    QMenu* m_menu;
    QStringList m_chosen;
};

} // namespace radpost::ui
