#pragma once

#include "core/config/Rule.h"

#include <QList>
#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QToolButton;

namespace radpost::ui {

class LabelledField;
class PageHeader;
class ProblemList;

/// Adds or changes one group of destinations: its name, how a member is chosen, and the members in their order.
class GroupEditor final : public QWidget
{
    Q_OBJECT

public:
    GroupEditor(const config::DestinationGroup& initial, QStringList destinations, QStringList otherGroups,
        QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return m_initial.name; }
    [[nodiscard]] config::DestinationGroup group() const;
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] QLineEdit* nameField() const { return m_name; }
    [[nodiscard]] QListWidget* members() const { return m_members; }

    void save();
    void leave();

Q_SIGNALS:
    void saveAsked(const config::DestinationGroup& group);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void fillMembers();
    void retranslate();
    void showKind();
    void move(int by);

    config::DestinationGroup m_initial;
    QStringList m_destinations;
    QStringList m_otherGroups;
    PageHeader* m_header;
    ProblemList* m_problems;
    QLineEdit* m_name;
    LabelledField* m_nameField;
    QComboBox* m_kind;
    LabelledField* m_kindField;
    QListWidget* m_members;
    LabelledField* m_membersField;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_back;
    QPushButton* m_cancel;
    QPushButton* m_save;
};

} // namespace radpost::ui
