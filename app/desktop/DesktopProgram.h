#pragma once

#include "app/desktop/DesktopOptions.h"
#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/Theme.h"
#include "ui/main/WindowMemory.h"
#include "ui/shell/TrayIcon.h"

#include <QObject>

#include <memory>

class QApplication;

namespace radpost::observe {
class Journal;
}

namespace radpost::ui {
class ActivityPage;
class DestinationPicker;
class DestinationTests;
class EventRecorder;
class ReceivePage;
class MainWindow;
class SendPage;
class Shell;
} // namespace radpost::ui

namespace radpost::app {

/// The desktop program: reads the configuration, then opens the window and the ledger; language and look follow the
/// settings as they change. GUI thread.
class DesktopProgram final : public QObject
{
    Q_OBJECT

public:
    /// @p tray: nullptr for the desktop's own. @p journal outlives this; nullptr for one that is in memory only.
    DesktopProgram(QApplication& application, DesktopOptions options, std::unique_ptr<ui::TrayIcon> tray = nullptr,
        observe::Journal* journal = nullptr);
    ~DesktopProgram() override;
    Q_DISABLE_COPY_MOVE(DesktopProgram)

    /// Returns at once; the window comes when the configuration has been read.
    void start();

    /// What a later start was given, or this one on its command line: the window comes to the front, and the paths are
    /// kept until takePaths().
    void give(const QStringList& paths);
    [[nodiscard]] QStringList takePaths();

    /// Stops what moves, and ends the event loop. What is not sent stays in the ledger.
    void quit();

    [[nodiscard]] ui::MainWindow* window() const { return m_window.get(); }
    [[nodiscard]] ui::ConfigStore& config() { return m_config; }
    [[nodiscard]] ui::Backend& backend() { return m_backend; }
    [[nodiscard]] LanguageSwitch& language() { return m_language; }
    [[nodiscard]] ui::Shell* shell() const { return m_shell.get(); }

Q_SIGNALS:
    void shown();
    /// There are paths to take; see takePaths().
    void pathsGiven();

private:
    void applySettings();
    void openWindow();
    void openLedger(ui::ReceivePage& receive);
    void askFirst(ui::ReceivePage& receive);
    void connectPages(ui::SendPage& send, ui::ActivityPage& activity);
    void keepTests(ui::DestinationTests& tests);
    void keepChoice(ui::DestinationPicker& picker);
    void connectReceive(ui::ReceivePage& receive, ui::ActivityPage& activity);
    [[nodiscard]] QString dataFolder() const;
    [[nodiscard]] engine::EngineParams engineParams() const;

    std::unique_ptr<observe::Journal> m_ownJournal;
    observe::Journal& m_journal;
    DesktopOptions m_options;
    QString m_languageSetting;
    LanguageSwitch m_language;
    ui::Theme m_theme;
    ui::ConfigStore m_config;
    ui::Backend m_backend;
    std::unique_ptr<ui::EventRecorder> m_recorder;
    ui::WindowMemory m_memory;
    std::unique_ptr<ui::TrayIcon> m_tray; // until there is a window
    QStringList m_paths;
    std::unique_ptr<ui::MainWindow> m_window; // pages know all of the above
    std::unique_ptr<ui::Shell> m_shell;
};

} // namespace radpost::app
