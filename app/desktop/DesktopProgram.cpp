#include "app/desktop/DesktopProgram.h"

#include "core/config/Paths.h"
#include "core/observe/Journal.h"
#include "ui/activity/ActivityPage.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/firststart/FirstStart.h"
#include "ui/forms/FieldRow.h"
#include "ui/log/EventRecorder.h"
#include "ui/log/LogPage.h"
#include "ui/main/BottomStrip.h"
#include "ui/main/MainWindow.h"
#include "ui/query/QueryPage.h"
#include "ui/receive/Receiver.h"
#include "ui/receive/ReceivePage.h"
#include "ui/rules/RulesPage.h"
#include "ui/send/DestinationPicker.h"
#include "ui/send/FileDrop.h"
#include "ui/send/SendPage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/Shell.h"
#include "ui/shell/SystemTray.h"

#include <QApplication>
#include <QFileInfo>
#include <QLibraryInfo>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

const QString kTestsNote = u"tests"_s;
const QString kChoiceNote = u"destinations"_s;

QString configFileOf(const DesktopOptions& options)
{
    return options.configFile.isEmpty() ? config::defaultConfigFile() : options.configFile;
}

QString memoryFileOf(const QString& configFile)
{
    return QFileInfo(configFile).absolutePath() + u"/window.json"_s;
}

} // namespace

DesktopProgram::DesktopProgram(
    QApplication& application, DesktopOptions options, std::unique_ptr<ui::TrayIcon> tray, observe::Journal* journal)
    : m_ownJournal(journal == nullptr ? std::make_unique<observe::Journal>() : nullptr)
    , m_journal(journal == nullptr ? *m_ownJournal : *journal)
    , m_options(std::move(options))
    , m_theme(application)
    , m_config(configFileOf(m_options))
    , m_recorder(std::make_unique<ui::EventRecorder>(m_journal, m_backend))
    , m_memory(memoryFileOf(m_config.path()))
    , m_tray(tray ? std::move(tray) : std::make_unique<ui::SystemTray>())
    , m_paths(m_options.paths)
{
    QApplication::setQuitOnLastWindowClosed(false); // jobs may go on without one
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
    connect(&m_memory, &ui::WindowMemory::loaded, &m_config, &ui::ConfigStore::load, Qt::SingleShotConnection);
    m_memory.load();
}

void DesktopProgram::give(const QStringList& paths)
{
    m_paths += paths;
    if (m_shell) {
        m_shell->bringToFront();
    }
    Q_EMIT pathsGiven();
}

QStringList DesktopProgram::takePaths()
{
    return std::exchange(m_paths, {});
}

void DesktopProgram::quit()
{
    m_memory.flush();
    if (m_window) {
        m_window->hide(); // quit() closes what is visible, and ours would ask the person: a signal would end nothing
    }
    QCoreApplication::quit();
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

QString DesktopProgram::dataFolder() const
{
    const auto& setting = m_config.config().settings.dataFolder;
    return !m_options.dataFolder.isEmpty() ? m_options.dataFolder
        : !setting.isEmpty()               ? setting
                                           : config::defaultDataFolder();
}

engine::EngineParams DesktopProgram::engineParams() const
{
    const auto& settings = m_config.config().settings;
    engine::EngineParams params;
    params.dataFolder = dataFolder();
    params.callingAeTitle = settings.aeTitle;
    params.currentDestination = m_config.destinationLookup();
    params.maxAssociations = settings.sendMaxAssociations;
    params.keepJobs = std::chrono::days(settings.ledgerKeepDays);
    params.provesFromStart = true;
    // What the gateway of the Receive page has is left to it: it hears the reports while it is on.
    if (settings.commitmentPort != 0 && !ui::isPortOfGateway(m_config.config(), settings.commitmentPort)) {
        params.commitmentPort = settings.commitmentPort;
    }
    if (settings.scanThreads > 0) {
        params.scanThreads = settings.scanThreads;
    }
    return params;
}

void DesktopProgram::openWindow()
{
    applySettings();
    m_journal.writeTo(config::logFolder(dataFolder()));
    m_window = std::make_unique<ui::MainWindow>(m_backend, m_config);
    auto* destinations = new ui::DestinationsPage(m_config, m_backend);
    auto* send = new ui::SendPage(m_config, m_backend, destinations->tests());
    auto* activity = new ui::ActivityPage(m_backend, m_config, m_window->activity());
    m_window->addPage(send);
    m_window->addPage(activity);
    auto* receive = new ui::ReceivePage(m_config, m_backend);
    auto* query = new ui::QueryPage(
        m_config, [receive] { return receive->listeningAs(); }, m_backend.traces());
    query->showTests(destinations->tests());
    m_window->addPage(query);
    m_window->addPage(receive);
    auto* rules = new ui::RulesPage(m_config);
    m_window->addPage(rules);
    m_window->addPage(destinations);
    m_window->addPage(new ui::LogPage(m_journal, m_config, m_backend));
    m_window->addPage(new ui::SettingsPage(m_config, m_backend), ui::NavigationRail::Place::Bottom);
    connectPages(*send, *activity);
    connect(query, &ui::QueryPage::destinationsWanted, destinations,
        [this, destinations] { m_window->showPage(destinations); });
    connect(rules, &ui::RulesPage::destinationsWanted, destinations,
        [this, destinations] { m_window->showPage(destinations); });
    connect(receive, &ui::ReceivePage::rulesWanted, rules, [this, rules] { m_window->showPage(rules); });
    connect(activity, &ui::ActivityPage::editWanted, destinations, [this, destinations](const QString& name) {
        m_window->showPage(destinations);
        destinations->edit(name);
    });
    connect(activity, &ui::ActivityPage::testWanted, destinations, [this, destinations](const QString& name) {
        m_window->showPage(destinations);
        destinations->test(name);
    });
    connect(query, &ui::QueryPage::receiveWanted, receive, [this, receive] {
        m_window->showPage(receive);
        receive->row(u"receive.folder"_s)->setFocus();
    });
    connect(query, &ui::QueryPage::pathsFetched, send, [this, send](const QStringList& paths) {
        m_window->showPage(send);
        send->addPaths(paths);
    });
    m_recorder->follow(receive->receiver());
    m_memory.follow(*m_window);
    keepTests(destinations->tests());
    keepChoice(*send->picker());
    m_shell = std::make_unique<ui::Shell>(*m_window, m_config, m_backend, std::move(m_tray));
    connectReceive(*receive, *activity);
    connect(query, &ui::QueryPage::underWayChanged, m_shell.get(), &ui::Shell::setRetrievals);
    connect(m_shell.get(), &ui::Shell::quitAsked, this, &DesktopProgram::quit);
    connect(qApp, &QGuiApplication::commitDataRequest, m_shell.get(), &ui::Shell::endSession, Qt::DirectConnection);
    m_shell->open(m_options.isMinimized ? ui::Shell::Start::Minimised : ui::Shell::Start::Shown);
    if (m_config.exists() || m_config.fault()) {
        m_window->setFocus(); // nothing is marked before somebody presses Tab
        openLedger(*receive);
    } else {
        askFirst(*receive);
    }
    Q_EMIT shown();
    Q_EMIT pathsGiven();
}

void DesktopProgram::keepTests(ui::DestinationTests& tests)
{
    tests.restore(ui::testResultsFrom(m_memory.note(kTestsNote)));
    connect(&tests, &ui::DestinationTests::changed, this,
        [this, &tests] { m_memory.setNote(kTestsNote, ui::testResultsText(tests.results())); });
}

void DesktopProgram::keepChoice(ui::DestinationPicker& picker)
{
    picker.setChosen(QString::fromUtf8(m_memory.note(kChoiceNote)).split(u'\n', Qt::SkipEmptyParts));
    connect(&picker, &ui::DestinationPicker::chosenChanged, this,
        [this, &picker] { m_memory.setNote(kChoiceNote, picker.chosen().join(u'\n').toUtf8()); });
}

void DesktopProgram::openLedger(ui::ReceivePage& receive)
{
    // A configuration with faults might name another ledger than its defaults: nothing is opened then.
    if (m_config.fault()) {
        connect(&m_config, &ui::ConfigStore::faultChanged, this, [this, &receive] {
            if (!m_config.fault()) {
                m_backend.open(engineParams());
                receive.startIfWanted();
            }
        });
    } else {
        m_backend.open(engineParams());
        receive.startIfWanted();
    }
}

// The ledger waits for the answers: it is opened under the AE title that is one of them.
void DesktopProgram::askFirst(ui::ReceivePage& receive)
{
    auto* questions = new ui::FirstStart(m_config, m_backend.network());
    connect(questions, &ui::FirstStart::languageChosen, this, [this](const QString& language) {
        m_options.language.reset();
        m_language.set(languageFromText(language).value_or(systemLanguage()));
    });
    connect(questions, &ui::FirstStart::finished, this, [this, questions, &receive] {
        auto* destinations = m_window->findChild<ui::DestinationsPage*>();
        if (questions->test() != nullptr && destinations != nullptr) {
            destinations->tests().remember(*questions->test());
        }
        m_window->setCover(nullptr);
        m_window->setFocus();
        openLedger(receive);
    });
    m_window->setCover(questions);
    questions->focusQuestion();
}

void DesktopProgram::connectReceive(ui::ReceivePage& receive, ui::ActivityPage& activity)
{
    connect(&receive, &ui::ReceivePage::standingChanged, m_window.get(), &ui::MainWindow::setReceiving);
    connect(&receive.receiver(), &ui::Receiver::stateChanged, m_shell.get(),
        [this, &receive] { m_shell->setReceiving(receive.receiver().isOn()); });
    connect(&receive, &ui::ReceivePage::jobsStarted, &activity, &ui::ActivityPage::showJobs);
    connect(
        &receive, &ui::ReceivePage::activityWanted, &activity, [this, &activity] { m_window->showPage(&activity); });
    connect(
        m_window.get(), &ui::MainWindow::receiveAsked, &receive, [this, &receive] { m_window->showPage(&receive); });
    receive.tellStanding();
}

// Paths of a later start and a drop anywhere in the window are for the Send page.
void DesktopProgram::connectPages(ui::SendPage& send, ui::ActivityPage& activity)
{
    const auto showActivity = [this, &activity] { m_window->showPage(&activity); };
    const auto take = [this, &send](const QStringList& paths) {
        if (!paths.isEmpty()) {
            m_window->showPage(&send);
            send.addPaths(paths);
        }
    };
    auto* files = new ui::FileDrop(*m_window);
    connect(files, &ui::FileDrop::dropped, &send, take);
    connect(files, &ui::FileDrop::refused, &send, [this, &send](const QStringList& links) {
        m_window->showPage(&send);
        send.refuse(links);
    });
    connect(this, &DesktopProgram::pathsGiven, &send, [this, take] { take(takePaths()); });
    connect(&send, &ui::SendPage::jobsStarted, &activity, &ui::ActivityPage::showJobs);
    connect(&send, &ui::SendPage::activityWanted, &activity, showActivity);
    connect(&m_window->strip(), &ui::BottomStrip::activityAsked, &activity, showActivity);
}

} // namespace radpost::app
