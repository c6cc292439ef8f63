#pragma once

#include "ui/rules/RuleCheck.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace radpost::ui {

class Background;
class PageHeader;
class ProblemList;

/// One rule as text. While it is written it is read by the parser of the gateway, and what is wrong stands beneath with
/// its line; only a rule without fault can be saved.
class RuleEditor final : public QWidget
{
    Q_OBJECT

public:
    /// @p initialName empty: a new rule.
    RuleEditor(const QString& initialName, const QByteArray& toml, RuleSurroundings surroundings, Background& checks,
        QWidget* parent = nullptr);

    [[nodiscard]] const QString& initialName() const { return m_initialName; }
    [[nodiscard]] QPlainTextEdit* text() const { return m_text; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] QStringList problemTexts() const;
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

Q_SIGNALS:
    void saveAsked(const radpost::config::Rule& rule);
    void left();
    void checked();

private:
    void layOut();
    void retranslate();
    void check();
    void take(const CheckedRule& checked);
    void showFaults();
    void goTo(int line);
    [[nodiscard]] QString faultText() const;

    const QString m_initialName;
    const RuleSurroundings m_surroundings;
    Background& m_checks;
    CheckedRule m_checked;
    quint64 m_round = 0;
    QTimer m_pause;
    PageHeader* m_header;
    ProblemList* m_problems;
    QPlainTextEdit* m_text;
    QWidget* m_faults;
    QLabel* m_state;
    QLabel* m_help;
    QPushButton* m_cancel;
    QPushButton* m_save;
};

} // namespace radpost::ui
