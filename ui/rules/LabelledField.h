#pragma once

#include <QWidget>

class QLabel;

namespace radpost::ui {

/// A field with its name above and, below, what is wrong or else a hint.
class LabelledField final : public QWidget
{
    Q_OBJECT

public:
    explicit LabelledField(QWidget& field, QWidget* parent = nullptr);

    void setTexts(const QString& label, const QString& hint = {});
    void setProblem(const QString& text);
    [[nodiscard]] QString problem() const { return m_problem; }

private:
    void showBelow();

    QWidget& m_field;
    QLabel* m_label;
    QLabel* m_below;
    QString m_hint;
    QString m_problem;
};

} // namespace radpost::ui
