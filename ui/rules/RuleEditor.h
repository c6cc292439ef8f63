#pragma once

#include "core/config/Rule.h"

#include "ui/rules/RuleJudgement.h"

#include <QWidget>

class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace radpost::ui {

class Background;
class PageHeader;
class ProblemList;
class RuleFields;
class RuleForm;
class RuleTextView;

/// Adds or changes one rule, in fields or as text.
class RuleEditor final : public QWidget
{
    Q_OBJECT

public:
    /// @p name of the rule that is changed; empty: a new one, which begins as @p initial.
    RuleEditor(const config::Rule& initial, QString name, RuleSurroundings surroundings, Background& background,
        QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] RuleForm& form() { return *m_form; }
    [[nodiscard]] RuleFields& fields() { return *m_fields; }
    [[nodiscard]] RuleTextView& text() { return *m_text; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] QPushButton* modeButton() const { return m_mode; }
    [[nodiscard]] QPushButton* tryButton() const { return m_try; }

    void save();
    /// Asks first when something was entered.
    void leave();
    void focusFirst();

Q_SIGNALS:
    void saveAsked(const config::Rule& rule);
    void tryAsked(const config::Rule& rule);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void retranslate();
    void showMode();
    void switchMode();
    void focusProblem();

    QString m_name;
    RuleForm* m_form;
    PageHeader* m_header;
    ProblemList* m_problems;
    QStackedWidget* m_body;
    RuleFields* m_fields;
    RuleTextView* m_text;
    QScrollArea* m_scroll;
    QToolButton* m_back;
    QPushButton* m_mode;
    QPushButton* m_try;
    QPushButton* m_cancel;
    QPushButton* m_save;
    bool m_isTrying = false; ///< what finish() is for
};

} // namespace radpost::ui
