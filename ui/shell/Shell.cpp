#include "ui/shell/Shell.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Widgets.h"
#include "ui/main/BottomStrip.h"
#include "ui/main/MainWindow.h"
#include "ui/shell/JobEndText.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QAction>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kCloseKey = u"close"_s;
const QString kAwayKey = u"away"_s;
const QString kResumedKey = u"resumed"_s;

QString sendingText(const Going& going)
{
    if (going.jobs == 0) {
        return Shell::tr("Receiving is on. What should happen to it?");
    }
    return going.isReceiving
        ? Shell::tr("%n job(s) still running, and receiving is on. What should happen to them?", nullptr, going.jobs)
        : Shell::tr("%n job(s) still running. What should happen to them?", nullptr, going.jobs);
}

QString questionText(const Going& going)
{
    if (going.retrievals == 0) {
        return sendingText(going);
    }
    if (going.jobs == 0 && !going.isReceiving) {
        return Shell::tr(
            "%n study(ies) still on their way from a PACS. What should happen to them?", nullptr, going.retrievals);
    }
    const auto retrievals = Shell::tr("%n study(ies) still on their way from a PACS.", nullptr, going.retrievals);
    return app::sentences({retrievals, sendingText(going)});
}

QString consequenceText(const Going& going)
{
    QStringList said;
    if (going.jobs > 0) {
        said.append(Shell::tr("Nothing is lost either way: what was not sent goes on at the next start."));
    }
    if (going.retrievals > 0) {
        said.append(Shell::tr("After quitting, what is fetched has to be fetched again."));
    }
    if (going.isReceiving) {
        said.append(Shell::tr("After quitting, nothing can be sent to this workstation until Radpost runs again."));
    }
    said.append(Shell::tr("Your answer is remembered; it can be changed in the settings."));
    return app::sentences(said);
}

} // namespace

CloseStep closeStep(config::WhenClosed choice, const Going& going, bool hasTray)
{
    if (!going.isAny() || choice == config::WhenClosed::Quit) {
        return CloseStep::Quit;
    }
    if (choice == config::WhenClosed::Ask) {
        return CloseStep::Ask;
    }
    return hasTray ? CloseStep::Hide : CloseStep::Minimise;
}

Shell::Shell(MainWindow& window, ConfigStore& config, Backend& backend, std::unique_ptr<TrayIcon> tray, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_config(config)
    , m_backend(backend)
    , m_tray(std::move(tray))
{
    buildMenu();
    connect(&window, &MainWindow::closeAsked, this, &Shell::close);
    connect(m_tray.get(), &TrayIcon::activated, this, &Shell::bringToFront);
    connect(&backend, &Backend::stateChanged, this, &Shell::resumeOnce);
    connect(&backend, &Backend::stateChanged, this, &Shell::refresh);
    connect(&window.activity(), &ActivityMonitor::changed, this, &Shell::refresh);
    connect(&window.activity(), &ActivityMonitor::resumed, this, &Shell::tellResumed);
    connect(&backend.events(), &EngineEvents::jobAtRest, this, &Shell::tellEnd);
    onLanguage(window, [this] { retranslate(); });
    m_tray->show(m_menu);
    resumeOnce();
}

Shell::~Shell() = default;

void Shell::buildMenu()
{
    m_open = m_menu.addAction(QString());
    m_menu.addSeparator();
    m_moving = m_menu.addAction(QString());
    m_moving->setEnabled(false);
    m_pause = m_menu.addAction(QString());
    m_menu.addSeparator();
    m_quit = m_menu.addAction(QString());
    connect(m_open, &QAction::triggered, this, &Shell::bringToFront);
    connect(m_pause, &QAction::triggered, this, &Shell::pauseOrResume);
    connect(m_quit, &QAction::triggered, this, &Shell::quitAsked);
}

void Shell::pauseOrResume()
{
    auto& activity = m_window.activity();
    if (activity.hasPausedHere()) {
        activity.resumePaused();
    } else {
        activity.pauseAll();
    }
}

void Shell::retranslate()
{
    m_open->setText(tr("Open Radpost"));
    m_quit->setText(tr("Stop and quit"));
    refresh();
}

void Shell::refresh()
{
    auto& activity = m_window.activity();
    const auto moving = m_window.strip().text();
    m_moving->setText(moving);
    m_pause->setText(activity.hasPausedHere() ? tr("Resume what was paused") : tr("Pause all jobs"));
    m_pause->setEnabled(activity.hasPausedHere() || activity.summary().runningJobs > 0);
    m_tray->setToolTip(tr("Radpost: %1").arg(moving));
    if (!going().isAny()) {
        m_window.problems().remove(kCloseKey); // nothing left to ask about
    }
}

void Shell::open(Start start)
{
    if (start == Start::Shown) {
        m_window.show();
    } else if (!m_tray->isAvailable()) {
        m_window.showMinimized();
    }
}

void Shell::bringToFront()
{
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void Shell::endSession()
{
    Q_EMIT quitAsked();
}

Going Shell::going() const
{
    return {m_window.activity().summary().runningJobs, m_isReceiving, m_retrievals};
}

void Shell::setReceiving(bool isOn)
{
    m_isReceiving = isOn;
    refresh();
}

void Shell::setRetrievals(int studies)
{
    if (std::exchange(m_retrievals, studies) != studies) {
        refresh();
    }
}

void Shell::close()
{
    take(closeStep(m_config.config().settings.whenClosed, going(), m_tray->isAvailable()));
}

void Shell::take(CloseStep step)
{
    if (step == CloseStep::Quit) {
        Q_EMIT quitAsked();
    } else if (step == CloseStep::Ask) {
        askOnce();
    } else {
        putAway(step);
    }
}

void Shell::askOnce()
{
    Notice notice;
    notice.heading = [now = going()] { return questionText(now); };
    notice.text = [now = going()] { return consequenceText(now); };
    notice.actions = {
        {[] { return tr("Keep going in the background"); }, [this] { choose(config::WhenClosed::KeepSending); }},
        {[] { return tr("Stop and quit"); }, [this] { choose(config::WhenClosed::Quit); }}};
    bringToFront(); // it may have been closed from a task bar
    m_window.problems().show(kCloseKey, std::move(notice));
    m_window.problems().banner(kCloseKey)->findChild<QPushButton*>()->setFocus(Qt::OtherFocusReason);
}

// The step follows when the answer is kept, so that quitting cannot overtake it; an answer that cannot be kept counts
// this once.
void Shell::choose(config::WhenClosed choice)
{
    m_window.problems().remove(kCloseKey);
    auto settings = m_config.config().settings;
    settings.whenClosed = choice;
    m_config.changeSettings(
        settings, this, [this, choice](const Result<>&) { take(closeStep(choice, going(), m_tray->isAvailable())); });
}

void Shell::putAway(CloseStep step)
{
    if (step == CloseStep::Hide) {
        m_window.hide();
        if (!std::exchange(m_hasToldWhere, true)) {
            m_tray->tell(tr("Radpost goes on in the background"), tr("Its icon is in the notification area."));
        }
        return;
    }
    Notice notice;
    notice.heading = [] { return tr("Radpost goes on; its window was minimised."); };
    notice.text = [] {
        return tr(
            "This desktop has no notification area to put the program into. To end it, choose \"Stop and quit\".");
    };
    notice.actions = {{[] { return tr("Stop and quit"); }, [this] { Q_EMIT quitAsked(); }}};
    m_window.problems().show(kAwayKey, std::move(notice));
    m_window.showMinimized();
}

// Once a run: what a person stops later stays stopped.
void Shell::resumeOnce()
{
    if (m_backend.state() == Backend::State::Ready && !std::exchange(m_hasResumed, true)) {
        m_window.activity().resumeUnfinished();
    }
}

void Shell::tellResumed(const QList<JobId>& jobs)
{
    if (jobs.isEmpty()) {
        return;
    }
    Notice notice;
    const auto count = static_cast<int>(jobs.size());
    notice.heading = [count] { return tr("%n job(s) of last time go on.", nullptr, count); };
    notice.text = [] { return tr("What has arrived is not sent again. Jobs that you paused stay paused."); };
    m_window.problems().show(kResumedKey, std::move(notice));
}

void Shell::tellEnd(const queue::JobProgress& progress)
{
    const auto text = jobEndText(progress);
    if (!text.isEmpty() && !m_window.isActiveWindow()) {
        m_tray->tell(tr("Radpost"), text);
    }
}

} // namespace radpost::ui
