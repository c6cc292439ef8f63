#pragma once

#include <QApplication>
#include <QEvent>
#include <QObject>
#include <QThread>

#include <chrono>
#include <vector>

class QWidget;

namespace radpost::test {

/// How long input waited until it was heard.
struct InputDelays
{
    int count = 0;
    double medianMs = 0;
    double percentile99Ms = 0;
    double worstMs = 0;
};

/// Moves the mouse over a window from a thread of its own, evenly and whatever the GUI thread does, and records how
/// long each event waited. GUI thread.
class InputProbe final : public QObject
{
    Q_OBJECT

public:
    explicit InputProbe(QWidget& window);
    ~InputProbe() override;
    Q_DISABLE_COPY_MOVE(InputProbe)

    /// Of all events that were heard; what still waits counts with what it has waited so far.
    [[nodiscard]] InputDelays delays() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget& m_window;
    QThread m_thread;
    std::vector<double> m_delays; // ms
};

/// An application that remembers which work held the GUI thread the longest.
class SlowWork final : public QApplication
{
public:
    SlowWork(int& argc, char** argv);
    static SlowWork& instance() { return *static_cast<SlowWork*>(QApplication::instance()); }

    bool notify(QObject* receiver, QEvent* event) override;
    /// The longest pieces of work since the last report: "MetaCall of SendPage 31 ms, …".
    [[nodiscard]] QString takeReport();

private:
    struct Work
    {
        QString name;
        double ms = 0;
    };
    void remember(const Work& work);

    std::vector<Work> m_slowest; ///< slowest first
    int m_depth = 0;
};

} // namespace radpost::test
