#pragma once

#include "ui/log/LogModel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;

namespace radpost::ui {

/// What is looked for in the log: words, level, destination, job. GUI thread.
class LogFilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit LogFilterBar(QWidget* parent = nullptr);

    [[nodiscard]] LogFilter filter() const;
    void clear();
    void setDestinations(const QStringList& names);
    [[nodiscard]] QLineEdit* text() const { return m_text; }
    [[nodiscard]] QComboBox* level() const { return m_level; }
    [[nodiscard]] QComboBox* destination() const { return m_destination; }
    [[nodiscard]] QLineEdit* job() const { return m_job; }

Q_SIGNALS:
    void changed();

private:
    void retranslate();

    QTimer m_typing; // a pause in typing: what is asked then is what was meant
    QLineEdit* m_text;
    QComboBox* m_level;
    QComboBox* m_destination;
    QLineEdit* m_job;
};

} // namespace radpost::ui
