#pragma once

#include <QApplication>
#include <QEvent>
#include <QObject>
#include <QThread>

#include <chrono>
#include <deque>
#include <functional>
#include <utility>
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
    double worstOfOursMs = 0; ///< without the time in which the machine had no processor for the GUI thread
};

/// How long the thread that made it was ready to run and had no processor, in milliseconds; 0 where the system does not
/// say. So that a busy machine is not taken for a slow program.
class ProcessorWait final
{
public:
    ProcessorWait();
    ~ProcessorWait();
    Q_DISABLE_COPY_MOVE(ProcessorWait)
    [[nodiscard]] double ms() const;

private:
    int m_descriptor = -1;
};

/// Gives a window input from a thread of its own, evenly and whatever the GUI thread does, and records how long each
/// event waited. GUI thread.
class InputProbe final : public QObject
{
    Q_OBJECT

public:
    explicit InputProbe(QWidget& window);
    ~InputProbe() override;
    Q_DISABLE_COPY_MOVE(InputProbe)

    /// Of all events that were heard.
    [[nodiscard]] InputDelays delays() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Steady = std::chrono::steady_clock;

    QWidget& m_window;
    QThread m_thread;
    ProcessorWait m_wait;
    std::deque<std::pair<Steady::time_point, double>> m_waited; // what m_wait said when input was heard
    std::vector<double> m_delays;                               // ms
    std::vector<double> m_ours;
};

/// Lets the event loop run, as the program's own does, until @p isDone; QTRY_… would sleep in between.
[[nodiscard]] bool runUntil(const std::function<bool()>& isDone, std::chrono::milliseconds limit);

/// An application that remembers which work held the GUI thread the longest, processor waits not counted.
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

    ProcessorWait m_wait;
    std::vector<Work> m_slowest;
    int m_depth = 0;
};

} // namespace radpost::test
