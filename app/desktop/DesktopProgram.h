#pragma once

#include "app/desktop/DesktopOptions.h"
#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/Theme.h"

#include <QObject>

#include <memory>

class QApplication;

namespace radpost::ui {
class ActivityPage;
class ReceivePage;
class MainWindow;
class SendPage;
} // namespace radpost::ui

namespace radpost::app {

/// The desktop program: reads the configuration, then opens the window and the ledger; language and look follow the
/// settings as they change. GUI thread.
class DesktopProgram final : public QObject
{
    Q_OBJECT

public:
    DesktopProgram(QApplication& application, DesktopOptions options);
    ~DesktopProgram() override;
    Q_DISABLE_COPY_MOVE(DesktopProgram)

    /// Returns at once; the window comes when the configuration has been read.
    void start();

    [[nodiscard]] ui::MainWindow* window() const { return m_window.get(); }
    [[nodiscard]] ui::ConfigStore& config() { return m_config; }
    [[nodiscard]] ui::Backend& backend() { return m_backend; }
    [[nodiscard]] LanguageSwitch& language() { return m_language; }

Q_SIGNALS:
    void shown();

private:
    void applySettings();
    void openWindow();
    void connectPages(ui::SendPage& send, ui::ActivityPage& activity);
    void connectReceive(ui::ReceivePage& receive, ui::ActivityPage& activity);
    [[nodiscard]] engine::EngineParams engineParams() const;

    DesktopOptions m_options;
    QString m_languageSetting;
    LanguageSwitch m_language;
    ui::Theme m_theme;
    ui::ConfigStore m_config;
    ui::Backend m_backend;
    std::unique_ptr<ui::MainWindow> m_window; // the last member: pages know all of the above
};

} // namespace radpost::app
