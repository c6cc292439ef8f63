#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace radpost::ui {

class RuleForm;

/// A rule as the text of the file, with what the parser says of its lines.
class RuleTextView final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleTextView(RuleForm& form, QWidget* parent = nullptr);

    void focusProblem();
    [[nodiscard]] QPlainTextEdit* editor() const { return m_text; }
    [[nodiscard]] QString problems() const;

private:
    void fill();
    void showProblems();
    void retranslate();

    RuleForm& m_form;
    QLabel* m_why;
    QPlainTextEdit* m_text;
    QLabel* m_problems;
};

} // namespace radpost::ui
