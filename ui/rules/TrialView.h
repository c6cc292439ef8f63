#pragma once

#include "ui/rules/RuleTrial.h"

#include <QWidget>

class QCheckBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QTreeView;

namespace radpost::ui {

class LabelledField;
class PageHeader;
class ProblemList;
class TrialModel;

/// Rules tried on files: where each would go, and why. Nothing is sent.
class TrialView final : public QWidget
{
    Q_OBJECT

public:
    /// @p rule is the one that is being edited; empty: the rules as they are saved.
    TrialView(const config::RuleSet& rules, QString rule, QWidget* parent = nullptr);

    void setRules(const config::RuleSet& rules) { m_trial.setRules(rules); }
    void addFiles(const QStringList& paths) { m_trial.add(paths); }
    [[nodiscard]] RuleTrial& trial() { return m_trial; }
    [[nodiscard]] QTreeView* tree() const { return m_tree; }
    [[nodiscard]] QCheckBox* personalField() const { return m_personal; }
    [[nodiscard]] QLineEdit* callingField() const { return m_calling; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

Q_SIGNALS:
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    QWidget* buildDrop();
    QWidget* buildArrival();
    void retranslate();
    void takeArrival();
    void showTrial();
    void openRows(const QModelIndex& parent);
    void askFiles();

    QString m_rule;
    RuleTrial m_trial;
    TrialModel* m_model;
    PageHeader* m_header;
    ProblemList* m_problems;
    QFrame* m_drop;
    QLabel* m_dropText;
    QPushButton* m_choose;
    QPushButton* m_clear;
    QLineEdit* m_calling;
    LabelledField* m_callingField;
    QLineEdit* m_called;
    LabelledField* m_calledField;
    QLineEdit* m_address;
    LabelledField* m_addressField;
    QCheckBox* m_personal;
    QTreeView* m_tree;
    QToolButton* m_back;
};

} // namespace radpost::ui
