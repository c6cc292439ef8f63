#pragma once

#include "ui/rules/RuleDraft.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace radpost::ui {

/// One test of a rule: what it looks at, how, and the value; below it what is wrong.
class ConditionRow final : public QWidget
{
    Q_OBJECT

public:
    explicit ConditionRow(const DraftTest& test, QWidget* parent = nullptr);

    [[nodiscard]] DraftTest test() const;
    void setProblem(const QString& text);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QComboBox* factField() const { return m_fact; }
    [[nodiscard]] QComboBox* comparisonField() const { return m_comparison; }
    [[nodiscard]] QLineEdit* valueField() const { return m_value; }
    [[nodiscard]] QLineEdit* attributeField() const { return m_attribute; }
    [[nodiscard]] QCheckBox* notField() const { return m_not; }
    [[nodiscard]] QToolButton* removeButton() const { return m_remove; }

Q_SIGNALS:
    void changed();
    void removeAsked();

private:
    void layOut();
    void fillComparisons(Comparison wanted);
    void showRelevant();
    void retranslate();
    [[nodiscard]] config::Fact fact() const;
    [[nodiscard]] Comparison comparison() const;

    QCheckBox* m_not;
    QComboBox* m_fact;
    QLineEdit* m_attribute;
    QComboBox* m_comparison;
    QLineEdit* m_value;
    QLineEdit* m_until;
    QHBoxLayout* m_beside; ///< of the values: in the line, or below it
    QHBoxLayout* m_below;
    QMenu* m_options;
    QAction* m_ignoreCase;
    QAction* m_needsAll;
    QToolButton* m_more;
    QToolButton* m_remove;
    QLabel* m_problem;
};

} // namespace radpost::ui
