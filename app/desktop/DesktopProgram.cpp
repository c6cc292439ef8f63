#include "app/desktop/DesktopProgram.h"

#include "core/config/Paths.h"
#include "ui/activity/ActivityPage.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/main/BottomStrip.h"
#include "ui/main/MainWindow.h"
#include "ui/receive/ReceivePage.h"
#include "ui/send/FileDrop.h"
#include "ui/send/SendPage.h"
#include "ui/settings/SettingsPage.h"

#include <QApplication>
#include <QLibraryInfo>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

QString configFileOf(const DesktopOptions& options)
{
    return options.configFile.isEmpty() ? config::defaultConfigFile() : options.configFile;
}

} // namespace

DesktopProgram::DesktopProgram(QApplication& application, DesktopOptions options)
    : m_options(std::move(options))
    , m_theme(application)
    , m_config(configFileOf(m_options))
{
    // Buttons of the system's dialogs; before there is a window.
    m_language.alsoUse(Language::Chinese, QLibraryInfo::path(QLibraryInfo::TranslationsPath) + u"/qtbase_zh_CN.qm"_s);
    QGuiApplication::setDesktopFileName(QStringLiteral(RADPOST_APP_ID));
    connect(&m_config, &ui::ConfigStore::changed, this, &DesktopProgram::applySettings);
}

DesktopProgram::~DesktopProgram()
{
    if (m_window) {
        m_window->hide(); // what is on the wire gets its moment without a window that does not answer
    }
}

void DesktopProgram::start()
{
    connect(&m_config, &ui::ConfigStore::loaded, this, &DesktopProgram::openWindow, Qt::SingleShotConnection);
    m_config.load();
}

void DesktopProgram::applySettings()
{
    const auto& settings = m_config.config().settings;
    if (m_window && settings.language != m_languageSetting) {
        m_options.language.reset(); // chosen in the settings after the start
    }
    m_languageSetting = settings.language;
    const auto language = m_options.language ? m_options.language : languageFromText(settings.language);
    if (!m_window || language.value_or(systemLanguage()) != m_language.current()) {
        m_language.set(language.value_or(systemLanguage()));
    }
    m_theme.set(settings.theme);
}

engine::EngineParams DesktopProgram::engineParams() const
{
    const auto& settings = m_config.config().settings;
    engine::EngineParams params;
    params.dataFolder = !m_options.dataFolder.isEmpty() ? m_options.dataFolder
        : !settings.dataFolder.isEmpty()                ? settings.dataFolder
                                                        : config::defaultDataFolder();
    params.callingAeTitle = settings.aeTitle;
    if (settings.scanThreads > 0) {
        params.scanThreads = settings.scanThreads;
    }
    return params;
}

void DesktopProgram::openWindow()
{
    applySettings();
    m_window = std::make_unique<ui::MainWindow>(m_backend, m_config);
    auto* destinations = new ui::DestinationsPage(m_config, m_backend);
    auto* send = new ui::SendPage(m_config, m_backend, destinations->tests());
    auto* activity = new ui::ActivityPage(m_backend, m_config, m_window->activity());
    m_window->addPage(send);
    m_window->addPage(activity);
    auto* receive = new ui::ReceivePage(m_config, m_backend);
    m_window->addPage(receive);
    m_window->addPage(destinations);
    m_window->addPage(new ui::SettingsPage(m_config, m_backend), ui::NavigationRail::Place::Bottom);
    connectPages(*send, *activity);
    connectReceive(*receive, *activity);
    m_window->show();
    m_window->setFocus(); // nothing is marked before somebody presses Tab
    // A configuration with faults might name another ledger than its defaults: nothing is opened then.
    if (m_config.fault()) {
        connect(&m_config, &ui::ConfigStore::faultChanged, this, [this, receive] {
            if (!m_config.fault()) {
                m_backend.open(engineParams());
                receive->startIfWanted();
            }
        });
    } else {
        m_backend.open(engineParams());
        receive->startIfWanted();
    }
    send->addPaths(m_options.paths);
    Q_EMIT shown();
}

void DesktopProgram::connectReceive(ui::ReceivePage& receive, ui::ActivityPage& activity)
{
    auto& strip = m_window->strip();
    connect(&receive, &ui::ReceivePage::standingChanged, &strip, &ui::BottomStrip::setReceiving);
    connect(&receive, &ui::ReceivePage::jobsStarted, &activity, &ui::ActivityPage::showJobs);
    connect(
        &receive, &ui::ReceivePage::activityWanted, &activity, [this, &activity] { m_window->showPage(&activity); });
    connect(&strip, &ui::BottomStrip::receiveAsked, &receive, [this, &receive] { m_window->showPage(&receive); });
    receive.tellStanding();
}

// A drop anywhere in the window is for the Send page.
void DesktopProgram::connectPages(ui::SendPage& send, ui::ActivityPage& activity)
{
    const auto showActivity = [this, &activity] { m_window->showPage(&activity); };
    connect(new ui::FileDrop(*m_window), &ui::FileDrop::dropped, &send, [this, &send](const QStringList& paths) {
        m_window->showPage(&send);
        send.addPaths(paths);
    });
    connect(&send, &ui::SendPage::jobsStarted, &activity, &ui::ActivityPage::showJobs);
    connect(&send, &ui::SendPage::activityWanted, &activity, showActivity);
    connect(&m_window->strip(), &ui::BottomStrip::activityAsked, &activity, showActivity);
}

} // namespace radpost::app
