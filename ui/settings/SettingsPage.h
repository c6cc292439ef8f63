#pragma once

#include "ui/common/Page.h"

#include <QHash>

class QLabel;
class QLineEdit;

namespace radpost::ui {

class Backend;
class ConfigStore;
class EmptyState;
class FieldRow;
class PageHeader;
class ProblemList;
class SettingsForm;
class StatusDot;

/// What people may choose for the program; every change is saved when its field is left, and shows at once.
class SettingsPage final : public Page
{
    Q_OBJECT

public:
    SettingsPage(ConfigStore& config, Backend& backend, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    [[nodiscard]] SettingsForm& form() { return *m_form; }
    [[nodiscard]] FieldRow* row(const QString& key) const { return m_rows.value(key); }
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

Q_SIGNALS:
    void saved();

private:
    void layOut();
    QWidget* buildGroup(QLabel* heading, const QStringList& keys);
    void retranslate();
    void followFault();
    void showMatches();
    void save(const QString& key);

    struct Card
    {
        QWidget* frame = nullptr;
        QLabel* heading = nullptr;
        QStringList keys;
    };

    ConfigStore& m_config;
    SettingsForm* m_form;
    PageHeader* m_header;
    ProblemList* m_problems;
    QLabel* m_appearance;
    QLabel* m_identity;
    QLabel* m_window;
    QLabel* m_work;
    QLabel* m_patients;
    QLineEdit* m_search;
    EmptyState* m_noMatch;
    QLabel* m_file;
    QWidget* m_groups = nullptr;
    QList<Card> m_cards;
    QHash<QString, FieldRow*> m_rows;
};

} // namespace radpost::ui
