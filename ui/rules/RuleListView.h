#pragma once

#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QTreeView;

namespace radpost::ui {

class GroupListModel;
class RuleListModel;

/// The list of rules with what can be done to them, and the list of groups below. Says what somebody wants; changes
/// nothing itself.
class RuleListView final : public QWidget
{
    Q_OBJECT

public:
    RuleListView(RuleListModel& rules, GroupListModel& groups, QWidget* parent = nullptr);

    [[nodiscard]] QTreeView* rules() const { return m_rules; }
    [[nodiscard]] QTreeView* groups() const { return m_groups; }
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] int currentRow() const;
    void selectRow(int row);
    void setEditable(bool isEditable);
    [[nodiscard]] QToolButton* upButton() const { return m_up; }
    [[nodiscard]] QToolButton* downButton() const { return m_down; }

Q_SIGNALS:
    void editWanted(int row);
    void copyWanted(int row);
    void removeWanted(int row);
    void moveWanted(int from, int to);
    void addGroupWanted();
    void editGroupWanted(int row);
    void removeGroupWanted(int row);

private:
    void layOut();
    void addKeys();
    void retranslate();
    void showChoice();
    void showMatches();
    [[nodiscard]] bool isMatch(int row) const;
    [[nodiscard]] bool isFiltered() const;
    void move(int by);

    RuleListModel& m_ruleModel;
    GroupListModel& m_groupModel;
    QTreeView* m_rules;
    QLineEdit* m_search;
    QLabel* m_noMatch;
    QToolButton* m_edit;
    QToolButton* m_copy;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_remove;
    QLabel* m_count;
    QLabel* m_groupTitle;
    QLabel* m_groupHint;
    QTreeView* m_groups;
    QToolButton* m_editGroup;
    QToolButton* m_removeGroup;
    QPushButton* m_addGroup;
    bool m_isEditable = true;
};

} // namespace radpost::ui
