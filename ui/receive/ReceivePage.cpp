#include "ui/receive/ReceivePage.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/doctor/DoctorRun.h"
#include "ui/forms/FieldRow.h"
#include "ui/receive/ConnectedList.h"
#include "ui/receive/FolderWork.h"
#include "ui/receive/GatewaySession.h"
#include "ui/receive/ReceiveForm.h"
#include "ui/receive/ReceiveWords.h"
#include "ui/receive/RefusedList.h"
#include "ui/receive/StoreWork.h"

#include "app/common/ConfigText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTreeView>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kSideWidth = 304;
constexpr std::chrono::milliseconds kLookForAttention{2000};
const QString kSwitchKey = u"switch"_s;
const QString kSaveKey = u"save"_s;
const QString kTestKey = u"test"_s;
const QString kSendKey = u"send"_s;
const QString kSendRestKey = u"sendRest"_s;
const QString kCopyKey = u"copy"_s;
const QString kRoomKey = u"room"_s;
const QString kDecideKey = u"decide"_s;
const QString kExportKey = u"export"_s;
const QString kAdmitKey = u"admit"_s;
const QString kReadKey = u"read"_s;
const QString kRulesKey = u"rules"_s;

QString keyOf(ArrivalActions::What what)
{
    switch (what) {
    case ArrivalActions::What::SendOn:
        return kSendKey;
    case ArrivalActions::What::SendRest:
        return kSendRestKey;
    case ArrivalActions::What::Export:
        return kExportKey;
    case ArrivalActions::What::Admit:
        return kAdmitKey;
    default:
        return kDecideKey;
    }
}

QString decidedText(ArrivalActions::What what, qint64 instances)
{
    const int count = static_cast<int>(instances);
    switch (what) {
    case ArrivalActions::What::Release:
        return ReceivePage::tr("%n instance(s) released.", nullptr, count);
    case ArrivalActions::What::Drop:
        return ReceivePage::tr("%n instance(s) will not be sent.", nullptr, count);
    case ArrivalActions::What::Complete:
        return ReceivePage::tr("%n instance(s) wait no longer.", nullptr, count);
    default:
        return ReceivePage::tr("%n instance(s) are judged again.", nullptr, count);
    }
}

QString failedText(ArrivalActions::What what)
{
    switch (what) {
    case ArrivalActions::What::SendOn:
        return ReceivePage::tr("Nothing was sent.");
    case ArrivalActions::What::SendRest:
        return ReceivePage::tr("Only a part is on the way; the rest was not sent.");
    case ArrivalActions::What::Export:
        return ReceivePage::tr("Not everything was saved.");
    case ArrivalActions::What::Admit:
        return ReceivePage::tr("The caller was not admitted.");
    default:
        return ReceivePage::tr("Nothing was decided.");
    }
}

} // namespace

ReceivePage::ReceivePage(ConfigStore& config, Backend& backend, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_backend(backend)
    , m_receiver(config, backend)
    , m_actions(config, backend, m_receiver)
    , m_form(new ReceiveForm(config.config().settings, this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_dot(new StatusDot)
    , m_state(makeLabel(u"muted"_s))
    , m_testButton(makeButton(u"test"_s))
    , m_switch(makePrimaryButton({}))
    , m_refused(new RefusedList)
    , m_connected(new ConnectedList(m_receiver))
    , m_work(new QStackedWidget)
    , m_folderWork(new FolderWork(config, backend, m_receiver))
    , m_storeWork(new StoreWork(config, backend, m_receiver, m_actions))
    , m_engineerTitle(makeLabel(u"heading"_s))
    , m_engineer(makeText({}))
    , m_copy(makeButton(u"copy"_s))
    , m_portsTitle(makeLabel(u"heading"_s))
    , m_ports(makeText({}))
    , m_roomTitle(makeLabel(u"heading"_s))
    , m_roomDot(new StatusDot)
    , m_room(makeText({}))
    , m_settingsTitle(makeLabel(u"heading"_s))
{
    layOut();
    wire();
    wireActions();
    m_receiver.look(config.config().settings.receiveFolder);
    onLanguage(*this, [this] { retranslate(); });
}

ReceivePage::~ReceivePage() = default;

QString ReceivePage::title() const
{
    return tr("Receive");
}

QString ReceivePage::iconName() const
{
    return u"receive"_s;
}

std::optional<AeTitle> ReceivePage::listeningAs() const
{
    return m_receiver.isOn() ? std::optional(AeTitle{ReceiveWords::aeTitle(m_receiver.running().settings).toLatin1()})
                             : std::nullopt;
}

bool ReceivePage::isGatewayMode() const
{
    return m_receiver.isGateway();
}

QTreeView* ReceivePage::studies() const
{
    return isGatewayMode() ? m_storeWork->studies() : m_folderWork->studies();
}

QLineEdit* ReceivePage::searchField() const
{
    return isGatewayMode() ? m_storeWork->searchField() : m_folderWork->searchField();
}

QPushButton* ReceivePage::sendButton() const
{
    return isGatewayMode() ? m_storeWork->sendButton() : m_folderWork->sendButton();
}

QTreeView* ReceivePage::associations() const
{
    return m_connected->view();
}

void ReceivePage::layOut()
{
    m_header->addAction(m_testButton);
    m_header->addAction(m_switch);
    auto* state = new QHBoxLayout;
    state->setSpacing(2 * metrics::kUnit);
    state->addWidget(m_dot);
    state->addWidget(m_state, 1);
    auto* both = new QHBoxLayout;
    both->setSpacing(4 * metrics::kUnit);
    both->addWidget(buildWork(), 1);
    both->addWidget(buildSide());
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(3 * metrics::kUnit);
    all->addWidget(m_header);
    all->addLayout(state);
    all->addWidget(m_problems);
    all->addLayout(both, 1);
}

QWidget* ReceivePage::buildWork()
{
    m_work->addWidget(m_folderWork);
    m_work->addWidget(m_storeWork);
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin - metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_refused);
    column->addWidget(m_connected);
    column->addWidget(m_work, 1);
    return work;
}

QWidget* ReceivePage::buildSide()
{
    return makeSide(kSideWidth, {buildEngineerCard(), buildStateCard(), buildSettingsCard()});
}

QWidget* ReceivePage::buildEngineerCard()
{
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    column->addWidget(m_engineerTitle);
    column->addWidget(m_engineer);
    column->addWidget(m_copy, 0, Qt::AlignLeft);
    return card;
}

QWidget* ReceivePage::buildStateCard()
{
    m_roomPart = new QWidget;
    auto* room = new QVBoxLayout(m_roomPart);
    room->setContentsMargins(0, 0, 0, 0);
    room->setSpacing(2 * metrics::kUnit);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_roomTitle);
    head->addWidget(m_roomDot);
    head->addStretch();
    room->addLayout(head);
    room->addWidget(m_room);
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    column->addWidget(m_portsTitle);
    column->addWidget(m_ports);
    column->addWidget(m_roomPart);
    return card;
}

QWidget* ReceivePage::buildSettingsCard()
{
    m_settings = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*m_settings, 3 * metrics::kUnit);
    column->addWidget(m_settingsTitle);
    for (const auto& key : receiveKeys()) {
        auto* row = new FieldRow(*m_form, key, [key] { return receiveFieldTexts(key); });
        connect(row, &FieldRow::committed, this, [this, key] { save(key); });
        m_rows.insert(key, row);
        column->addWidget(row);
    }
    return m_settings;
}

void ReceivePage::wire()
{
    connect(&m_receiver, &Receiver::stateChanged, this, &ReceivePage::showState);
    connect(&m_receiver, &Receiver::associationsChanged, this, &ReceivePage::showState);
    connect(&m_receiver, &Receiver::addressesChanged, this, &ReceivePage::showEngineer);
    connect(&m_receiver, &Receiver::configurationTaken, this, &ReceivePage::tellConfiguration);
    connect(&m_config, &ConfigStore::changed, this, [this] {
        m_form->reload(m_config.config().settings);
        m_receiver.look(m_config.config().settings.receiveFolder);
        m_actions.refresh();
        showState();
    });
    connect(&m_config, &ConfigStore::faultChanged, this, &ReceivePage::showState);
    connect(m_form, &FieldForm::textChanged, this, [this](const QString& key) {
        if (key == u"receive.mode") {
            showMode();
        }
    });
    connect(m_switch, &QPushButton::clicked, this, &ReceivePage::startOrStop);
    connect(m_testButton, &QPushButton::clicked, this, &ReceivePage::testItself);
    connect(m_copy, &QPushButton::clicked, this, &ReceivePage::copyForEngineer);
}

void ReceivePage::wireActions()
{
    connect(m_folderWork, &FolderWork::sent, this,
        [this](const QString& destination, qint64 instances, const Result<QList<JobId>>& jobs) {
            jobs ? tellSent(destination, instances, *jobs) : tellFailed(ArrivalActions::What::SendOn, jobs.error());
        });
    connect(m_storeWork, &StoreWork::readFailed, this, [this](const Error& error) {
        m_problems->show(kReadKey, errorNotice(error, [] { return tr("The list of what arrived cannot be read."); }));
    });
    connect(&m_actions, &ArrivalActions::sent, this, &ReceivePage::tellSent);
    connect(&m_actions, &ArrivalActions::dropAsked, this, &ReceivePage::askToDrop);
    connect(&m_actions, &ArrivalActions::decided, this, &ReceivePage::tellDecided);
    connect(&m_actions, &ArrivalActions::exported, this, &ReceivePage::tellExported);
    connect(&m_actions, &ArrivalActions::exportProgressed, this, &ReceivePage::tellExporting);
    connect(&m_actions, &ArrivalActions::failed, this, &ReceivePage::tellFailed);
    connect(&m_actions, &ArrivalActions::attentionChanged, this, &ReceivePage::showAttention);
    connect(&m_actions, &ArrivalActions::admitted, this, [this](const engine::RefusedCaller& caller) {
        Notice notice;
        notice.kind = BannerKind::Good;
        notice.heading = [name = app::printable(caller.callingAeTitle), address = caller.address] {
            return tr("%1 at %2 may send here from now on.").arg(name, address);
        };
        m_problems->show(kAdmitKey, std::move(notice));
    });
    connect(m_refused, &RefusedList::admitAsked, &m_actions, &ArrivalActions::admit);
    connect(&m_backend, &Backend::stateChanged, this, &ReceivePage::lookForAttention);
    connect(&m_backend, &Backend::stateChanged, this, &ReceivePage::showState);
    m_attention.setInterval(kLookForAttention);
    connect(&m_attention, &QTimer::timeout, this, &ReceivePage::lookForAttention);
    m_attention.start();
    lookForAttention();
}

/// Also beside a gateway of another process, which tells nobody: then what is on show is read again, too.
void ReceivePage::lookForAttention()
{
    if (!isGatewayMode()) {
        return;
    }
    m_actions.refresh();
    if (m_backend.state() == Backend::State::ReadOnly || !m_receiver.isOn()) {
        m_storeWork->refresh();
    }
}

void ReceivePage::retranslate()
{
    m_header->setTitle(title());
    m_testButton->setText(tr("Test itself (C-ECHO)"));
    m_engineerTitle->setText(tr("For the engineer of the scanner"));
    m_copy->setText(tr("Copy in Chinese and English"));
    m_portsTitle->setText(tr("Listening"));
    m_roomTitle->setText(tr("Disk space"));
    m_settingsTitle->setText(tr("Settings of the receiver"));
    showState();
    showAttention();
}

void ReceivePage::showState()
{
    const auto state = m_receiver.state();
    const bool isOn = m_receiver.isOn();
    const bool isBeside = !isOn && isGatewayMode() && m_backend.state() == Backend::State::ReadOnly;
    m_state->setText(ReceiveWords::state(m_receiver));
    m_dot->set(ReceiveWords::status(m_receiver), m_state->text());
    m_switch->setText(isOn ? tr("Stop receiving") : tr("Start receiving"));
    m_switch->setEnabled(state != Receiver::State::Starting && state != Receiver::State::Stopping &&
        (isOn || (!m_config.fault() && !isBeside)));
    m_switch->setToolTip(
        isBeside ? tr("Another Radpost has the data folder; receiving is up to that one.") : QString());
    m_testButton->setEnabled(isOn && plainPort() != 0 && (!m_test || m_test->isOver()));
    m_testButton->setToolTip(
        isOn && plainPort() == 0 ? tr("Every port asks for TLS; test it from the other side.") : QString());
    m_settings->setEnabled(!m_config.fault());
    m_form->setInUse(isOn ? std::optional(m_receiver.running()) : std::nullopt);
    m_form->setListeners(!m_config.config().listeners.empty());
    m_ports->setText(ReceiveWords::listeners(m_receiver));
    showMode();
    showRoom();
    showError();
    showEngineer();
    tellStanding();
}

/// The rows follow what is chosen, the list what is in force.
void ReceivePage::showMode()
{
    const auto mode = m_form->settings().receiveMode;
    for (const auto& [key, row] : m_rows.asKeyValueRange()) {
        row->setVisible(isKeyOf(mode, key));
    }
    m_work->setCurrentWidget(isGatewayMode() ? static_cast<QWidget*>(m_storeWork) : m_folderWork);
    m_refused->setVisible(isGatewayMode() && !m_actions.refused().isEmpty());
}

void ReceivePage::showRoom()
{
    const auto text = ReceiveWords::room(m_receiver);
    const auto status = ReceiveWords::roomStatus(m_receiver);
    m_roomPart->setVisible(!text.isEmpty());
    m_room->setText(text);
    m_roomDot->set(status, text);
    if (status != Status::Bad) {
        m_problems->remove(kRoomKey);
        return;
    }
    if (m_problems->banner(kRoomKey) != nullptr) {
        return;
    }
    Notice notice;
    notice.kind = BannerKind::Bad;
    notice.heading = [] { return tr("Senders are refused: there is no room for what arrives."); };
    notice.text = [] {
        return tr("Nothing that was accepted is lost. Make room on the disk, raise the limits on the right, or see to "
                  "what cannot be delivered.");
    };
    m_problems->show(kRoomKey, std::move(notice));
}

void ReceivePage::showError()
{
    if (!m_receiver.error()) {
        if (m_receiver.state() != Receiver::State::Failed && m_receiver.state() != Receiver::State::Off) {
            m_problems->remove(kSwitchKey);
        }
        return;
    }
    if (m_problems->banner(kSwitchKey) != nullptr) {
        return;
    }
    const QString said = ReceiveWords::failure(m_receiver);
    auto notice = errorNotice(*m_receiver.error(), [said] { return said; });
    const auto code = m_receiver.error()->code;
    if (code == ErrorCode::LedgerLocked) {
        notice.kind = BannerKind::Info;
        notice.text = [] {
            return tr("The gateway \"radpost serve\" or a second copy of this program receives. What arrived there is "
                      "shown below, and what is held can be released from here.");
        };
        notice.small = {};
    } else if (code == ErrorCode::ConfigValue || code == ErrorCode::ConfigSyntax) {
        notice.actions = {{[] { return tr("Show the rules"); }, [this] { Q_EMIT rulesWanted(); }}};
    }
    m_problems->show(kSwitchKey, std::move(notice));
}

void ReceivePage::showAttention()
{
    m_refused->show(isGatewayMode() ? m_actions.refused() : QList<engine::RefusedCaller>());
    tellStanding();
}

void ReceivePage::tellStanding()
{
    Q_EMIT standingChanged(ReceiveWords::status(m_receiver), ReceiveWords::standing(m_receiver));
    const qint64 needing = m_actions.attention().heldStudies + m_actions.refused().size();
    const int failed = m_receiver.state() == Receiver::State::Failed && !m_receiver.isElsewhere() ? 1 : 0;
    Q_EMIT badgeChanged(failed + static_cast<int>(isGatewayMode() ? needing : 0));
}

void ReceivePage::showEngineer()
{
    const auto addresses = m_receiver.addresses().isEmpty() ? u"–"_s : app::enumerated(m_receiver.addresses());
    const QStringList lines{tr("AE title: %1").arg(ReceiveWords::aeTitle(m_receiver.running().settings)),
        tr("IP address: %1").arg(addresses), tr("Port: %1").arg(ReceiveWords::ports(m_receiver))};
    m_engineer->setText(lines.join(u'\n'));
}

QString ReceivePage::stateText() const
{
    return m_state->text();
}

QString ReceivePage::engineerText() const
{
    return ReceiveWords::engineerText(m_receiver);
}

void ReceivePage::copyForEngineer()
{
    QApplication::clipboard()->setText(engineerText());
    Notice notice;
    notice.kind = BannerKind::Good;
    notice.heading = [] { return tr("Copied, in Chinese and in English."); };
    m_problems->show(kCopyKey, std::move(notice));
}

void ReceivePage::startIfWanted()
{
    if (m_config.config().settings.receiveAutostart && !m_receiver.isOn()) {
        startOrStop();
    }
}

void ReceivePage::startOrStop()
{
    m_problems->remove(kSwitchKey);
    m_problems->remove(kTestKey);
    if (m_receiver.isOn()) {
        m_receiver.stop();
        return;
    }
    const auto& settings = m_config.config().settings;
    if (settings.receiveMode == config::ReceiveMode::Folder && settings.receiveFolder.isEmpty()) {
        Notice notice;
        notice.kind = BannerKind::Warning;
        notice.heading = [] { return tr("Choose a folder for what arrives first."); };
        notice.text = [] {
            return tr("It needs room for the images, and only people who may see them should have access.");
        };
        m_problems->show(kSwitchKey, std::move(notice));
        row(u"receive.folder"_s)->setFocus();
        return;
    }
    m_receiver.start();
}

void ReceivePage::save(const QString& key)
{
    if (!m_form->problem(key).isEmpty() || m_form->settings() == m_config.config().settings) {
        return;
    }
    m_config.changeSettings(m_form->settings(), this, [this](const Result<>& outcome) {
        if (outcome) {
            m_problems->remove(kSaveKey);
            return;
        }
        m_problems->show(kSaveKey, errorNotice(outcome.error(), [] { return tr("The change was not saved."); }));
    });
}

/// The first that needs no TLS; 0: there is none.
quint16 ReceivePage::plainPort() const
{
    const auto& ports = m_receiver.ports();
    const auto plain =
        std::find_if(ports.begin(), ports.end(), [](const engine::SpoolPort& port) { return !port.isSecured; });
    return plain == ports.end() ? 0 : plain->port;
}

void ReceivePage::testItself()
{
    if (!m_receiver.isOn() || plainPort() == 0 || (m_test && !m_test->isOver())) {
        return;
    }
    config::Destination self;
    self.name = title();
    self.host = u"127.0.0.1"_s;
    self.port = plainPort();
    self.calledAeTitle = {ReceiveWords::aeTitle(m_receiver.running().settings).toLatin1()};
    m_test = std::make_unique<DoctorRun>(m_backend.network(), self, m_config.config().settings.aeTitle);
    connect(m_test.get(), &DoctorRun::finished, this, &ReceivePage::tellTest);
    showState();
}

void ReceivePage::tellTest()
{
    showState();
    if (m_test->error()) {
        m_problems->show(
            kTestKey, errorNotice(*m_test->error(), [] { return tr("The receiver did not answer its own C-ECHO."); }));
        return;
    }
    Notice notice;
    notice.kind = BannerKind::Good;
    notice.heading = [] { return tr("The receiver answers C-ECHO."); };
    notice.text = [] {
        return tr("If a scanner cannot reach it all the same, look at the firewall of this computer and the network "
                  "between.");
    };
    m_problems->show(kTestKey, std::move(notice));
}

void ReceivePage::sendOn(const QString& destination)
{
    isGatewayMode() ? m_storeWork->sendOn(destination) : m_folderWork->sendOn(destination);
}

void ReceivePage::tellSent(const QString& destination, qint64 instances, const QList<JobId>& jobs)
{
    Notice notice;
    notice.kind = BannerKind::Good;
    notice.heading = [destination, instances] {
        return tr("%n instance(s) on the way to %1.", nullptr, static_cast<int>(instances)).arg(destination);
    };
    notice.actions = {{[] { return tr("Show the jobs"); }, [this] { Q_EMIT activityWanted(); }}};
    m_problems->remove(kSendRestKey);
    m_problems->show(kSendKey, std::move(notice));
    Q_EMIT jobsStarted(jobs);
}

void ReceivePage::askToDrop(const engine::HoldDecision& decision, qint64 instances, const QString& title)
{
    Notice notice;
    notice.kind = BannerKind::Warning;
    notice.heading = [instances] {
        return tr("Leave %n held instance(s) unsent?", nullptr, static_cast<int>(instances));
    };
    notice.text = [title] {
        return tr("%1. What is held of them is not sent, now or later; it stays here.").arg(title);
    };
    const auto drop = [this, decision] {
        m_problems->remove(kDecideKey);
        m_actions.drop(decision);
    };
    notice.actions = {{[] { return tr("Do not send"); }, drop}};
    m_problems->show(kDecideKey, std::move(notice));
}

void ReceivePage::tellDecided(ArrivalActions::What what, qint64 instances)
{
    Notice notice;
    notice.kind = BannerKind::Good;
    notice.heading = [what, instances] { return decidedText(what, instances); };
    const bool isOver = what == ArrivalActions::What::Drop;
    if (!isOver && !m_receiver.isOn() && m_backend.state() == Backend::State::Ready) {
        notice.text = [] { return tr("They go on as soon as receiving is switched on."); };
    }
    m_problems->show(kDecideKey, std::move(notice));
}

void ReceivePage::tellExporting(const engine::ExportOutcome& soFar)
{
    if (!m_actions.isExporting()) {
        return;
    }
    Notice notice;
    notice.heading = [count = soFar.written] {
        return tr("Saving… %n file(s) so far", nullptr, static_cast<int>(count));
    };
    notice.actions = {{[] { return tr("Stop"); }, [this] { m_actions.cancelExport(); }}};
    notice.isClosable = false;
    m_problems->show(kExportKey, std::move(notice));
}

void ReceivePage::tellExported(const engine::ExportOutcome& outcome, const QString& folder)
{
    Notice notice;
    notice.kind = outcome.missing > 0 ? BannerKind::Warning : BannerKind::Good;
    notice.heading = [count = outcome.written, folder] {
        return tr("%n file(s) saved in %1.", nullptr, static_cast<int>(count)).arg(QDir::toNativeSeparators(folder));
    };
    notice.text = [outcome] {
        QStringList said;
        if (outcome.alreadyThere > 0) {
            said.append(tr("%n were there already.", nullptr, static_cast<int>(outcome.alreadyThere)));
        }
        if (outcome.renamed > 0) {
            said.append(tr("%n got a name with a number: a file of another content had theirs.", nullptr,
                static_cast<int>(outcome.renamed)));
        }
        if (outcome.missing > 0) {
            said.append(tr("%n have left the store meanwhile.", nullptr, static_cast<int>(outcome.missing)));
        }
        return app::sentences(said);
    };
    notice.actions = {
        {[] { return tr("Open folder"); }, [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }}};
    m_problems->show(kExportKey, std::move(notice));
}

void ReceivePage::tellFailed(ArrivalActions::What what, const Error& error)
{
    if (what == ArrivalActions::What::Export && error.code == ErrorCode::Cancelled) {
        m_problems->remove(kExportKey);
        return;
    }
    m_problems->show(keyOf(what), errorNotice(error, [what] { return failedText(what); }));
}

void ReceivePage::tellConfiguration(const engine::ConfigLook& look)
{
    if (look.outcome != engine::ConfigLook::Outcome::TakenOver || look.rules.problems.empty()) {
        m_problems->remove(kRulesKey); // other faults of the file are said by the window
        return;
    }
    Notice notice;
    notice.kind = BannerKind::Warning;
    notice.heading = [] { return tr("The rules have a fault; those of before stay in force."); };
    notice.text = [problem = look.rules.problems.front()] { return app::problemText(problem); };
    notice.actions = {{[] { return tr("Show the rules"); }, [this] { Q_EMIT rulesWanted(); }}};
    m_problems->show(kRulesKey, std::move(notice));
}

} // namespace radpost::ui
