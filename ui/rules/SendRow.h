#pragma once

#include "ui/rules/RuleDraft.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace radpost::ui {

/// One destination or group that a rule sends to, with priority, delay, hours, and whether it is asked first; below it
/// what is wrong.
class SendRow final : public QWidget
{
    Q_OBJECT

public:
    SendRow(
        const DraftSend& send, const QStringList& destinations, const QStringList& groups, QWidget* parent = nullptr);

    [[nodiscard]] DraftSend send() const;
    void setProblem(const QString& text);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QComboBox* targetField() const { return m_target; }
    [[nodiscard]] QLineEdit* delayField() const { return m_delay; }
    [[nodiscard]] QLineEdit* hoursField() const { return m_hours; }
    [[nodiscard]] QToolButton* removeButton() const { return m_remove; }

Q_SIGNALS:
    void changed();
    void removeAsked();

private:
    void layOut();
    void retranslate();

    QComboBox* m_target;
    QComboBox* m_priority;
    QLineEdit* m_delay;
    QLineEdit* m_hours;
    QCheckBox* m_onlyMissing;
    QToolButton* m_remove;
    QLabel* m_problem;
    int m_groupsFrom;
};

} // namespace radpost::ui
