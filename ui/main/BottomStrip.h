#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace radpost::ui {

class ActivityMonitor;
class Backend;

/// The line at the foot of the window: always the truth about what moves.
class BottomStrip final : public QWidget
{
    Q_OBJECT

public:
    BottomStrip(Backend& backend, ActivityMonitor& activity, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString waitingText() const;
    [[nodiscard]] QPushButton* movingButton() const { return m_moving; }
    [[nodiscard]] QPushButton* resumeButton() const { return m_resume; }

Q_SIGNALS:
    void activityAsked();

private:
    void refresh();
    [[nodiscard]] QString movingText() const;
    [[nodiscard]] QString runningText() const;

    Backend& m_backend;
    ActivityMonitor& m_activity;
    QPushButton* m_moving;
    QLabel* m_waiting;
    QPushButton* m_resume;
};

} // namespace radpost::ui
