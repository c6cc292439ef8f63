#pragma once

#include "core/store/HistoryTypes.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QDateEdit;
class QLineEdit;

namespace radpost::ui {

/// What is looked for: words of patient or study, destination, state, days. GUI thread.
class ActivityFilter final : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityFilter(QWidget* parent = nullptr);

    [[nodiscard]] store::JobFilter filter() const;
    void clear();
    void setDestinations(const QStringList& names);
    [[nodiscard]] QLineEdit* text() const { return m_text; }
    [[nodiscard]] QComboBox* destination() const { return m_destination; }
    [[nodiscard]] QComboBox* state() const { return m_state; }
    [[nodiscard]] QComboBox* period() const { return m_period; }
    [[nodiscard]] QDateEdit* from() const { return m_from; }
    [[nodiscard]] QDateEdit* to() const { return m_to; }

Q_SIGNALS:
    void changed();

private:
    void retranslate();
    void showDates();

    QTimer m_typing; // a pause in typing: what is asked then is what was meant
    QLineEdit* m_text;
    QComboBox* m_destination;
    QComboBox* m_state;
    QComboBox* m_period;
    QDateEdit* m_from;
    QDateEdit* m_to;
};

} // namespace radpost::ui
