#include "ui/receive/ReceivePage.h"

#include "ui/common/Backend.h"
#include "ui/common/CellDelegate.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/ElidedLabel.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/doctor/DoctorRun.h"
#include "ui/receive/ReceiveForm.h"
#include "ui/receive/ReceiveModels.h"
#include "ui/receive/ReceiveWords.h"

#include "app/common/DoctorText.h"
#include "app/common/Format.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLeastColumn = 64; // the words of the header

constexpr int kSideWidth = 304;
constexpr int kSearchWidth = 320;
constexpr int kAssociationsHeight = 128;
const QString kSwitchKey = u"switch"_s;
const QString kSaveKey = u"save"_s;
const QString kTestKey = u"test"_s;
const QString kSendKey = u"send"_s;
const QString kCopyKey = u"copy"_s;

/// The second column takes the room that is left.
QTreeView* makeList(QAbstractItemModel& model, std::initializer_list<int> widths)
{
    auto* view = makeTable(model, widths);
    view->setItemDelegate(new CellDelegate(view));
    view->setRootIsDecorated(false);
    view->header()->setMinimumSectionSize(kLeastColumn);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    return view;
}

QSortFilterProxyModel* makeFilter(QAbstractItemModel& model, QObject* parent)
{
    auto* filter = new QSortFilterProxyModel(parent);
    filter->setSourceModel(&model);
    filter->setFilterKeyColumn(-1);
    filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    return filter;
}

} // namespace

ReceivePage::ReceivePage(ConfigStore& config, Backend& backend, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_backend(backend)
    , m_form(new ReceiveForm(config.config().settings, this))
    , m_associationsModel(new AssociationsModel(m_receiver, this))
    , m_studiesModel(new ReceivedStudiesModel(m_receiver, this))
    , m_filtered(makeFilter(*m_studiesModel, this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_dot(new StatusDot)
    , m_state(makeLabel(u"muted"_s))
    , m_testButton(makeButton(u"test"_s))
    , m_switch(makePrimaryButton({}))
    , m_associationsTitle(makeLabel(u"heading"_s))
    , m_noAssociation(makeLabel(u"muted"_s))
    , m_associations(makeList(*m_associationsModel, {130, 150, 90, 80, 90, 80}))
    , m_studiesTitle(new ElidedLabel(u"heading"_s))
    , m_studies(makeList(*m_filtered, {144, 150, 68, 84, 84, 72, 72}))
    , m_noStudies(new EmptyState(u"receive"_s))
    , m_noMatch(new EmptyState(u"search"_s))
    , m_search(new QLineEdit)
    , m_send(makeMenuButton(u"send"_s))
    , m_sendMenu(new QMenu(this))
    , m_openFolder(makeButton(u"folder"_s))
    , m_engineerTitle(makeLabel(u"heading"_s))
    , m_engineer(makeText({}))
    , m_copy(makeButton(u"copy"_s))
    , m_settingsTitle(makeLabel(u"heading"_s))
{
    layOut();
    wire();
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
    return m_receiver.isOn() ? std::optional(AeTitle{ReceiveWords::aeTitle(m_receiver.running()).toLatin1()})
                             : std::nullopt;
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
    m_associations->setFixedHeight(kAssociationsHeight);
    m_associations->setSelectionMode(QAbstractItemView::NoSelection);
    m_studies->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_send->setMenu(m_sendMenu);
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(kSearchWidth);
    m_studies->setProperty("memory", u"received"_s);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_studiesTitle, 1);
    head->addWidget(m_openFolder);
    head->addWidget(m_send);
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin - metrics::kUnit);
    column->setSpacing(2 * metrics::kUnit);
    column->addWidget(m_associationsTitle);
    column->addWidget(m_noAssociation);
    column->addWidget(m_associations);
    column->addSpacing(metrics::kUnit);
    column->addLayout(head);
    column->addWidget(m_search);
    column->addWidget(m_studies, 1);
    column->addWidget(m_noStudies, 1);
    column->addWidget(m_noMatch, 1);
    return work;
}

QWidget* ReceivePage::buildSide()
{
    return makeSide(kSideWidth, {buildEngineerCard(), buildSettingsCard()});
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
    connect(&m_receiver, &Receiver::studiesChanged, this, &ReceivePage::showStudies);
    connect(&m_receiver, &Receiver::addressesChanged, this, &ReceivePage::showEngineer);
    connect(&m_backend, &Backend::stateChanged, this, &ReceivePage::showSelection);
    connect(&m_config, &ConfigStore::changed, this, [this] {
        m_form->reload(m_config.config().settings);
        m_receiver.look(m_config.config().settings.receiveFolder);
        showState();
    });
    connect(&m_config, &ConfigStore::faultChanged, this, &ReceivePage::showState);
    connect(m_studies->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReceivePage::showSelection);
    connect(m_search, &QLineEdit::textChanged, this, &ReceivePage::filter);
    connect(m_sendMenu, &QMenu::aboutToShow, this, &ReceivePage::fillDestinations);
    connect(m_switch, &QPushButton::clicked, this, &ReceivePage::startOrStop);
    connect(m_testButton, &QPushButton::clicked, this, &ReceivePage::testItself);
    connect(m_copy, &QPushButton::clicked, this, &ReceivePage::copyForEngineer);
    connect(m_openFolder, &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_receiver.folder())); });
}

void ReceivePage::retranslate()
{
    m_header->setTitle(title());
    m_testButton->setText(tr("Test itself (C-ECHO)"));
    m_associationsTitle->setText(tr("Connected now"));
    m_associations->setAccessibleName(tr("Associations that are open now"));
    m_studies->setAccessibleName(tr("Studies that arrived"));
    m_send->setText(tr("Send on to"));
    m_openFolder->setText(tr("Open folder"));
    m_engineerTitle->setText(tr("For the engineer of the scanner"));
    m_copy->setText(tr("Copy in Chinese and English"));
    m_settingsTitle->setText(tr("Settings of the receiver"));
    m_noStudies->setTexts(tr("Nothing has arrived yet"),
        tr("Switch receiving on, and give the engineer of the scanner the AE title, address and port from the right."));
    m_noMatch->setTexts(tr("No study matches"), tr("Change the words, or look at everything."));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search what arrived"));
    m_associationsModel->retranslate();
    m_studiesModel->retranslate();
    showState();
    showStudies();
}

void ReceivePage::showState()
{
    const auto state = m_receiver.state();
    const bool isOn = m_receiver.isOn();
    m_state->setText(ReceiveWords::state(m_receiver));
    m_dot->set(ReceiveWords::status(m_receiver), m_state->text());
    m_switch->setText(isOn ? tr("Stop receiving") : tr("Start receiving"));
    m_switch->setEnabled(
        state != Receiver::State::Starting && state != Receiver::State::Stopping && (isOn || !m_config.fault()));
    m_testButton->setEnabled(isOn && (!m_test || m_test->isOver()));
    m_settings->setEnabled(!m_config.fault());
    const bool hasAssociations = !m_receiver.associations().empty();
    m_associations->setVisible(hasAssociations);
    m_noAssociation->setVisible(!hasAssociations);
    m_noAssociation->setText(isOn ? tr("Nobody is connected. Senders may come at any time.")
                                  : tr("Nobody can connect while receiving is off."));
    m_form->setInUse(isOn ? std::optional(m_receiver.running()) : std::nullopt);
    showError();
    showEngineer();
    tellStanding();
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
    const auto port = m_receiver.running().receivePort;
    const auto folder = m_receiver.folder();
    const bool isFolder = m_receiver.error()->code == ErrorCode::FileWriteFailed;
    m_problems->show(kSwitchKey, errorNotice(*m_receiver.error(), [isFolder, port, folder] {
        return isFolder ? tr("Receiving is off: the folder %1 cannot be written to.").arg(folder)
                        : tr("Receiving is off: port %1 cannot be used.").arg(port);
    }));
}

void ReceivePage::tellStanding()
{
    Q_EMIT standingChanged(ReceiveWords::status(m_receiver), ReceiveWords::standing(m_receiver));
    Q_EMIT badgeChanged(m_receiver.state() == Receiver::State::Failed ? 1 : 0);
}

void ReceivePage::showStudies()
{
    const auto count = m_receiver.studyCount();
    const auto shown = static_cast<qint64>(m_receiver.studies().size());
    QString heading = count == 0 ? tr("Arrived") : tr("Arrived: %n study(ies)", nullptr, static_cast<int>(count));
    if (shown < count) {
        heading = tr("%1, the newest %2 below").arg(heading, app::countText(shown));
    }
    if (m_receiver.isReading()) {
        heading = tr("%1 · reading the folder…").arg(heading);
    }
    m_studiesTitle->setText(heading);
    const bool isMatch = m_filtered->rowCount() > 0;
    m_studies->setVisible(isMatch);
    m_noStudies->setVisible(shown == 0);
    m_noMatch->setVisible(shown > 0 && !isMatch);
    m_search->setVisible(shown > 0);
    m_openFolder->setEnabled(!m_receiver.folder().isEmpty());
    showSelection();
}

// What is selected and does not match is not sent on unseen.
void ReceivePage::filter(const QString& words)
{
    m_filtered->setFilterFixedString(words.simplified());
    showStudies();
}

std::vector<engine::ReceivedStudy> ReceivePage::chosen() const
{
    std::vector<engine::ReceivedStudy> studies;
    for (const auto& index : m_studies->selectionModel()->selectedRows()) {
        studies.push_back(m_studiesModel->study(m_filtered->mapToSource(index)));
    }
    return studies;
}

void ReceivePage::showSelection()
{
    const bool isReady = m_backend.state() == Backend::State::Ready;
    const bool isChosen = !m_studies->selectionModel()->selectedRows().isEmpty();
    m_send->setEnabled(isReady && isChosen);
    m_send->setToolTip(!isReady ? tr("The ledger is not open for sending.")
            : isChosen          ? QString()
                                : tr("Choose studies in the list first."));
}

void ReceivePage::fillDestinations()
{
    m_sendMenu->clear();
    for (const auto& destination : m_config.config().destinations) {
        const auto name = destination.name;
        m_sendMenu->addAction(literalText(name), this, [this, name] { sendOn(name); });
    }
    if (m_sendMenu->isEmpty()) {
        m_sendMenu->addAction(tr("There is no destination yet"))->setEnabled(false);
    }
}

void ReceivePage::showEngineer()
{
    const auto& settings = m_receiver.isOn() ? m_receiver.running() : m_config.config().settings;
    const auto addresses = m_receiver.addresses().isEmpty() ? u"–"_s : m_receiver.addresses().join(u", "_s);
    const QStringList lines{tr("AE title: %1").arg(ReceiveWords::aeTitle(settings)),
        tr("IP address: %1").arg(addresses), tr("Port: %1").arg(settings.receivePort)};
    m_engineer->setText(lines.join(u'\n'));
}

QString ReceivePage::stateText() const
{
    return m_state->text();
}

QString ReceivePage::engineerText() const
{
    const auto& settings = m_receiver.isOn() ? m_receiver.running() : m_config.config().settings;
    return ReceiveWords::engineerText(settings, m_receiver.addresses());
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
    if (m_config.config().settings.receiveFolder.isEmpty()) {
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
    m_receiver.start(m_config.config().settings);
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

void ReceivePage::testItself()
{
    if (!m_receiver.isOn() || (m_test && !m_test->isOver())) {
        return;
    }
    config::Destination self;
    self.name = title();
    self.host = u"127.0.0.1"_s;
    self.port = m_receiver.running().receivePort;
    self.calledAeTitle = {ReceiveWords::aeTitle(m_receiver.running()).toLatin1()};
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
    const auto* found = m_config.config().find(destination);
    const auto studies = chosen();
    if (found == nullptr || studies.empty()) {
        return;
    }
    engine::SendRequest request;
    request.destinations = {*found};
    qint64 instances = 0;
    for (const auto& study : studies) {
        request.onlyKeys.append(QList<engine::SeriesKey>(study.series.begin(), study.series.end()));
        instances += study.instances;
    }
    request.paths = m_receiver.pathsOf(studies);
    request.title = studies.size() == 1 ? app::personNameText(studies.front().patientName)
                                        : tr("%n received study(ies)", nullptr, static_cast<int>(studies.size()));
    m_backend.run(
        this, [request](engine::Engine& engine) { return engine.send(request); },
        [this, destination, instances](const Result<QList<JobId>>& jobs) { tookOff(destination, instances, jobs); });
}

void ReceivePage::tookOff(const QString& destination, qint64 instances, const Result<QList<JobId>>& jobs)
{
    if (!jobs) {
        m_problems->show(kSendKey, errorNotice(jobs.error(), [] { return tr("Nothing was sent."); }));
        return;
    }
    Notice notice;
    notice.kind = BannerKind::Good;
    notice.heading = [destination, instances] {
        return tr("%n instance(s) on the way to %1.", nullptr, static_cast<int>(instances)).arg(destination);
    };
    notice.actions = {{[] { return tr("Show the jobs"); }, [this] { Q_EMIT activityWanted(); }}};
    m_problems->show(kSendKey, std::move(notice));
    Q_EMIT jobsStarted(*jobs);
}

} // namespace radpost::ui
