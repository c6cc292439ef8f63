#pragma once

#include "ui/shell/TrayIcon.h"

#include "core/config/Settings.h"
#include "core/queue/Progress.h"

#include <QMenu>
#include <QObject>

#include <memory>

namespace radpost::ui {

class Backend;
class ConfigStore;
class MainWindow;

/// What closing the window means.
enum class CloseStep {
    Quit,
    Ask,
    Hide,     ///< to the notification area
    Minimise, ///< there is no such area
};

/// What would end with the program.
struct Going
{
    int jobs = 0;
    bool isReceiving = false;
    int retrievals = 0; ///< studies that are fetched or moved
    [[nodiscard]] bool isAny() const { return jobs > 0 || isReceiving || retrievals > 0; }
};

[[nodiscard]] CloseStep closeStep(config::WhenClosed choice, const Going& going, bool hasTray);

/// The program around its window: what closing it means while jobs run or images are received, the icon in the
/// notification area, jobs that go on from last time, and word of a job's end while the window is not looked at. GUI
/// thread.
class Shell final : public QObject
{
    Q_OBJECT

public:
    /// @p tray may be of any desktop; see TrayIcon.
    Shell(MainWindow& window, ConfigStore& config, Backend& backend, std::unique_ptr<TrayIcon> tray,
        QObject* parent = nullptr);
    ~Shell() override;
    Q_DISABLE_COPY_MOVE(Shell)

    /// Whether scanners can send to this workstation now.
    void setReceiving(bool isOn);
    /// How many studies are fetched from a PACS or moved by it now.
    void setRetrievals(int studies);

    enum class Start { Shown, Minimised };
    /// Shows the window, or the icon alone.
    void open(Start start);
    /// In front of everything, with the focus.
    void bringToFront();
    /// Nobody can be asked any more: the session ends.
    void endSession();

    [[nodiscard]] QMenu& menu() { return m_menu; }

Q_SIGNALS:
    void quitAsked();

private:
    void buildMenu();
    void pauseOrResume();
    void retranslate();
    void refresh();
    void close();
    void askOnce();
    void choose(config::WhenClosed choice);
    void putAway(CloseStep step);
    void take(CloseStep step);
    [[nodiscard]] Going going() const;
    void resumeOnce();
    void tellResumed(const QList<JobId>& jobs);
    void tellEnd(const queue::JobProgress& progress);

    MainWindow& m_window;
    ConfigStore& m_config;
    Backend& m_backend;
    std::unique_ptr<TrayIcon> m_tray;
    QMenu m_menu;
    QAction* m_open;
    QAction* m_moving;
    QAction* m_pause;
    QAction* m_quit;
    bool m_hasResumed = false;
    bool m_hasToldWhere = false;
    bool m_isReceiving = false;
    int m_retrievals = 0;
};

} // namespace radpost::ui
