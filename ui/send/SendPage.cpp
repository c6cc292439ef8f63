#include "ui/send/SendPage.h"

#include "app/common/Format.h"
#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/Icons.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/send/DestinationPicker.h"
#include "ui/send/DropZone.h"
#include "ui/send/FileDrop.h"
#include "ui/send/LeftOutModel.h"
#include "ui/send/SendFilter.h"
#include "ui/send/SendFoot.h"
#include "ui/send/SendNotices.h"
#include "ui/send/SendOffer.h"
#include "ui/send/SendTree.h"
#include "ui/send/SendTreeModel.h"
#include "ui/send/SeriesPane.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kScanKey = u"scan"_s;
const QString kSendKey = u"send"_s;
const QString kChangedKey = u"changed"_s;
const QString kCheckKey = u"check"_s;
const QString kRefusedKey = u"refused"_s;
const QString kLinksKey = u"links"_s;
constexpr int kFilterWidth = 220;
constexpr int kLeftOutHeight = 120;
constexpr int kPaneWidth = 280;
constexpr int kUnfoldPatients = 20; // more are easier to look over when they are folded
} // namespace

SendPage::SendPage(ConfigStore& config, Backend& backend, DestinationTests& tests, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_backend(backend)
    , m_inspector([this] { return inspectionParams(); })
    , m_check(backend.network(), backend.traces())
    , m_model(new SendTreeModel(this))
    , m_filtered(new SendFilter(this))
    , m_leftOutModel(new LeftOutModel(this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_drop(new DropZone)
    , m_discs(new DiscWatch(&mountedDiscs, this))
    , m_body(new QWidget)
    , m_counts(makeLabel(u"strong"_s))
    , m_rate(makeLabel(u"muted"_s))
    , m_leftOutButton(makePlainButton(u"down"_s))
    , m_cancel(makePlainButton(u"stop"_s))
    , m_filter(new QLineEdit)
    , m_columns(makeIconButton(u"more"_s))
    , m_columnMenu(new QMenu(this))
    , m_tree(new SendTree)
    , m_leftOut(new QTreeView)
    , m_pane(new SeriesPane)
    , m_foot(new SendFoot(config, tests))
    , m_sentJobs(backend.events())
{
    m_filtered->setSourceModel(m_model);
    layOut();
    connectAll();
    addShortcuts();
    onLanguage(*this, [this] { retranslate(); });
    showState();
}

QString SendPage::title() const
{
    return tr("Send");
}

QString SendPage::iconName() const
{
    return u"send"_s;
}

QTreeView* SendPage::tree() const
{
    return m_tree;
}

DestinationPicker* SendPage::picker() const
{
    return m_foot->picker();
}

QPushButton* SendPage::sendButton() const
{
    return m_foot->sendButton();
}

QPushButton* SendPage::checkButton() const
{
    return m_foot->checkButton();
}

void SendPage::layOut()
{
    m_filter->setFixedWidth(kFilterWidth);
    m_filter->setClearButtonEnabled(true);
    m_filter->setAcceptDrops(false); // a folder over it is for the page
    m_filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_filter->setProperty("search", true);
    m_header->addAction(m_filter);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(metrics::kUnit);
    body->addWidget(buildCounts());
    body->addWidget(buildTree(), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 3 * metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_problems);
    column->addWidget(m_drop);
    column->addWidget(m_body, 1);
    column->addWidget(m_foot);
}

QWidget* SendPage::buildCounts()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * metrics::kUnit);
    row->addWidget(m_counts);
    row->addWidget(m_leftOutButton);
    row->addStretch();
    row->addWidget(m_rate);
    row->addWidget(m_cancel);
    row->addWidget(m_columns);
    m_columns->setMenu(m_columnMenu);
    m_columns->setPopupMode(QToolButton::InstantPopup);
    return bar;
}

QWidget* SendPage::buildTree()
{
    m_tree->setModel(m_filtered);
    m_tree->prepareColumns();
    m_leftOut->setModel(m_leftOutModel);
    m_leftOut->setHeaderHidden(true);
    m_leftOut->setUniformRowHeights(true);
    m_leftOut->hide();
    auto* lists = new QSplitter(Qt::Vertical);
    lists->addWidget(m_leftOut);
    lists->addWidget(m_tree);
    lists->setStretchFactor(1, 1);
    lists->setSizes({kLeftOutHeight, 3 * kLeftOutHeight});
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_pane->setProperty("role", u"content"_s);
    scroll->setWidget(m_pane);
    auto* splitter = new QSplitter;
    splitter->addWidget(lists);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({3 * kPaneWidth, kPaneWidth});
    for (auto* both : {lists, splitter}) {
        both->setChildrenCollapsible(false);
    }
    return splitter;
}

void SendPage::connectSources()
{
    auto* files = new FileDrop(*this);
    connect(files, &FileDrop::dropped, this, &SendPage::addPaths);
    connect(files, &FileDrop::refused, this, &SendPage::refuse);
    connect(files, &FileDrop::hovered, m_drop, &DropZone::setHovered);
    connect(m_drop, &DropZone::folderWanted, this, &SendPage::askFolder);
    connect(m_drop, &DropZone::filesWanted, this, &SendPage::askFiles);
    connect(m_drop, &DropZone::discWanted, this, [this](const QString& root) { addPaths({root}); });
    connect(m_drop, &DropZone::clearWanted, this, &SendPage::clear);
    connect(m_discs, &DiscWatch::changed, this, [this] { m_drop->setDiscs(m_discs->discs()); });
    connect(&m_inspector, &Inspector::news, this, &SendPage::take);
    connect(&m_inspector, &Inspector::failed, this,
        [this](const Error& error) { m_problems->show(kScanKey, errorNotice(error)); });
    connect(m_cancel, &QPushButton::clicked, this,
        [this] { m_inspector.isRunning() ? m_inspector.cancel() : m_inspector.scanAgain(); });
}

void SendPage::connectTree()
{
    connect(m_leftOutButton, &QPushButton::clicked, this, [this] { m_leftOut->setVisible(m_leftOut->isHidden()); });
    connect(m_leftOutModel, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& group, int first) {
        const auto added = m_leftOutModel->index(first, 0);
        if (!group.isValid() && (first == 0 || added.data(Qt::DecorationRole).isValid())) {
            m_leftOut->expand(added);
        }
    });
    connect(m_columnMenu, &QMenu::aboutToShow, this, &SendPage::fillColumns);
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &SendFilter::setWords);
    connect(m_filter, &QLineEdit::textChanged, this, &SendPage::showCounts);
    connect(m_filtered, &QAbstractItemModel::rowsInserted, this, &SendPage::expandFresh);
    connect(m_model, &SendTreeModel::tickedChanged, this, &SendPage::showOffer);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        showSeries();
        listSeries();
    });
}

void SendPage::connectAll()
{
    connectSources();
    connectTree();
    connect(picker(), &DestinationPicker::chosenChanged, this, &SendPage::choiceChanged);
    connect(checkButton(), &QPushButton::clicked, this, &SendPage::check);
    connect(&m_sentJobs, &SentJobs::changed, this, &SendPage::showSent);
    connect(&m_check, &CheckRun::changed, this, &SendPage::showChecks);
    connect(&m_check, &CheckRun::finished, this, &SendPage::showRefused);
    connect(m_model, &SendTreeModel::tickedChanged, this, [this] {
        if (m_problems->banner(kRefusedKey) != nullptr) {
            showRefused();
        }
    });
    connect(sendButton(), &QPushButton::clicked, this, &SendPage::send);
    connect(&m_backend, &Backend::stateChanged, this, &SendPage::showOffer);
    connect(&m_config, &ConfigStore::changed, this, [this] { m_check.keepOnly(m_config.config().destinations); });
    connect(&m_backend.events(), &EngineEvents::scanFinished, this,
        [this](const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error) {
            if (!error) {
                compareWithScan(jobs, summary.instances);
            }
        });
}

// Those of the other pages stand in MainWindow.
void SendPage::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, QPushButton& button) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, &button, &QPushButton::click);
    };
    add(Qt::CTRL | Qt::Key_O, *m_drop->filesButton());
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_O, *m_drop->folderButton());
    add(Qt::CTRL | Qt::Key_Return, *sendButton());
    add(Qt::CTRL | Qt::Key_Enter, *sendButton());
}

void SendPage::showEvent(QShowEvent* event)
{
    m_discs->setWatching(true);
    Page::showEvent(event);
}

void SendPage::hideEvent(QHideEvent* event)
{
    m_discs->setWatching(false);
    Page::hideEvent(event);
}

void SendPage::retranslate()
{
    m_header->setTitle(title());
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter patients, studies and series"));
    m_tree->setAccessibleName(tr("Patients, studies and series"));
    m_leftOut->setAccessibleName(tr("Files that will not be sent"));
    setIconText(*m_columns, tr("Columns"));
    m_model->retranslate();
    m_leftOutModel->retranslate();
    showState();
    showSeries();
}

engine::InspectionParams SendPage::inspectionParams() const
{
    const auto& settings = m_config.config().settings;
    const auto& engine = m_backend.params();
    const auto parent = !settings.temporaryFolder.isEmpty() ? settings.temporaryFolder
        : !engine.dataFolder.isEmpty()                      ? engine.dataFolder
                                                            : QDir::tempPath();
    return {parent + u"/radpost-inspection"_s, engine.scanThreads};
}

void SendPage::addPaths(const QStringList& paths)
{
    if (sentPhase() != SentStanding::Phase::Nothing) {
        clear(); // the next patient
    }
    m_problems->remove(kScanKey);
    m_problems->remove(kLinksKey);
    m_inspector.add(paths);
}

void SendPage::refuse(const QStringList& links)
{
    m_problems->show(kLinksKey, SendNotices::notOnThisComputer(links));
}

void SendPage::clear()
{
    m_inspector.clear();
    m_check.clear();
    m_model->clear();
    m_leftOutModel->clear();
    m_leftOut->hide();
    m_filter->clear();
    m_pane->clear();
    m_sent = {};
    m_sentJobs.forget();
    for (const auto& key : {kScanKey, kSendKey, kChangedKey, kCheckKey, kRefusedKey, kLinksKey}) {
        m_problems->remove(key);
    }
    showState();
}

void SendPage::take(const engine::InspectionNews& news)
{
    m_model->add(news);
    m_leftOutModel->add(news.leftOut);
    if (m_model->hasWarnings()) {
        m_tree->setColumnShown(SendTreeModel::NotesColumn, true);
    }
    showState();
    showGrowth(news);
    if (!news.isRunning && !m_tree->currentIndex().isValid()) {
        selectFirst();
    }
}

// Something to look at at once; whoever looks at something already is left alone.
void SendPage::selectFirst()
{
    const auto study = m_filtered->index(0, 0, m_filtered->index(0, 0));
    if (study.isValid()) {
        m_tree->setCurrentIndex(m_filtered->index(0, 0, study));
    }
}

// The numbers of the selected series at once, its pictures when all are there.
void SendPage::showGrowth(const engine::InspectionNews& news)
{
    const auto index = m_filtered->mapToSource(m_tree->currentIndex());
    if (m_model->series(index) == nullptr) {
        return;
    }
    const auto serial = m_model->serial(index);
    if (std::any_of(news.series.begin(), news.series.end(),
            [serial](const auto& series) { return series.place.serial == serial; })) {
        showSeries();
    }
    if (!news.isRunning) {
        listSeries();
    }
}

void SendPage::expandFresh(const QModelIndex& parent, int first, int last)
{
    if (m_filtered->rowCount() > kUnfoldPatients) {
        return;
    }
    for (int row = first; row <= last; ++row) {
        const auto index = m_filtered->index(row, 0, parent);
        m_tree->expand(index);
        for (int below = 0; below < m_filtered->rowCount(index); ++below) {
            m_tree->expand(m_filtered->index(below, 0, index));
        }
    }
}

void SendPage::showState()
{
    const bool isEmpty = m_inspector.paths().isEmpty();
    m_drop->setForm(isEmpty ? DropZone::Form::Large : DropZone::Form::Bar);
    m_body->setHidden(isEmpty);
    m_filter->setHidden(isEmpty);
    m_foot->setHidden(isEmpty);
    showCounts();
    showOffer();
}

void SendPage::showCounts()
{
    const auto& counts = m_inspector.counts();
    const auto totals = m_model->totals();
    const auto count = [](qint64 number) { return static_cast<int>(number); };
    m_counts->setText(u"%1 · %2 · %3 · %4"_s.arg(tr("%Ln patient(s)", nullptr, count(totals.patients)),
        tr("%Ln study(s)", nullptr, count(totals.studies)), tr("%Ln instance(s)", nullptr, count(totals.instances)),
        app::bytesText(totals.bytes)));
    const qint64 leftOut = counts.skipped + counts.duplicatesIdentical + counts.duplicatesDiffering;
    m_leftOutButton->setText(m_leftOutModel->summary());
    m_leftOutButton->setHidden(leftOut == 0);
    setRole(*m_leftOutButton, m_leftOutModel->damaged() > 0 ? u"plain-warning"_s : u"plain"_s);
    const bool isRunning = m_inspector.isRunning();
    const bool isFiltered = !m_filter->text().trimmed().isEmpty();
    m_rate->setText(isRunning ? tr("scanning… %1 files/s").arg(app::countText(qint64(m_inspector.filesPerSecond())))
            : m_inspector.wasCut() ? tr("The scan was cut short: there may be more.")
            : isFiltered           ? tr("What the filter hides stays ticked.")
                                   : QString());
    m_cancel->setHidden(!isRunning && !m_inspector.wasCut());
    m_cancel->setText(isRunning ? tr("Cancel scan") : tr("Scan again"));
}

void SendPage::showOffer()
{
    SendSituation situation;
    situation.backend = m_backend.state();
    situation.instances = m_model->ticked().instances;
    situation.found = m_model->totals().instances;
    situation.isScanning = m_inspector.isRunning();
    situation.wasCut = m_inspector.wasCut();
    situation.sent = sentPhase();
    m_drop->setNext(situation.sent != SentStanding::Phase::Nothing);
    situation.hasDestinations = !m_config.config().destinations.empty();
    situation.destinations = picker()->chosen();
    m_foot->setOffer(sendOffer(situation));
    m_foot->setCheck(situation.instances > 0 && !situation.destinations.isEmpty(), m_check.isRunning());
}

SentStanding::Phase SendPage::sentPhase() const
{
    const auto phase = m_sentJobs.standing().phase;
    if (phase == SentStanding::Phase::Starting) {
        return phase;
    }
    const auto keys = m_model->tickedKeys();
    const bool isThis =
        m_sent.destinations == picker()->chosen() && QSet<engine::SeriesKey>(keys.begin(), keys.end()) == m_sent.keys;
    return isThis ? phase : SentStanding::Phase::Nothing;
}

void SendPage::showSeries()
{
    const auto index = m_filtered->mapToSource(m_tree->currentIndex());
    const auto* series = m_model->series(index);
    if (series == nullptr) {
        m_pane->clear();
        m_pane->showWarnings(m_model->warnings(index));
        return;
    }
    m_pane->show({*series, m_model->warnings(index), m_model->verdicts(index)});
}

void SendPage::listSeries()
{
    const QPersistentModelIndex index = m_filtered->mapToSource(m_tree->currentIndex());
    if (m_model->series(index) == nullptr) {
        return;
    }
    m_inspector.list(m_model->serial(index), this, [this, index](const std::vector<engine::SeriesInstance>& files) {
        if (index == m_filtered->mapToSource(m_tree->currentIndex())) {
            m_pane->setInstances(files);
        }
    });
}

void SendPage::choiceChanged()
{
    m_model->setCheck(&m_check, picker()->chosen());
    m_problems->remove(kRefusedKey);
    showOffer();
    showSeries();
}

void SendPage::check()
{
    if (m_check.isRunning()) {
        m_check.cancel();
        return;
    }
    m_problems->remove(kCheckKey);
    m_problems->remove(kRefusedKey);
    m_check.start(m_model->tickedTree(), destinations(), m_config.config().settings.aeTitle);
}

void SendPage::showChecks()
{
    m_model->setCheck(&m_check, picker()->chosen());
    m_tree->setColumnShown(SendTreeModel::CheckColumn, true);
    std::vector<FailedCheck> failures;
    for (const auto& name : picker()->chosen()) {
        if (const auto error = m_check.errorOf(name)) {
            failures.push_back({name, *error});
        }
    }
    if (!failures.empty()) {
        m_problems->show(kCheckKey, SendNotices::notAsked(failures));
    }
    showOffer();
    showSeries();
}

void SendPage::showRefused()
{
    m_problems->remove(kRefusedKey);
    const auto part = refusedPart(*m_model, picker()->chosen());
    if (part.instances.isEmpty()) {
        return;
    }
    auto notice = SendNotices::refused(part);
    if (!part.series.isEmpty()) {
        notice.actions = {{[] { return tr("Untick them"); },
            [this] { m_model->setTicked(refusedPart(*m_model, picker()->chosen()).series, false); }}};
    }
    m_problems->show(kRefusedKey, std::move(notice));
}

std::vector<config::Destination> SendPage::destinations() const
{
    std::vector<config::Destination> made;
    for (const auto& name : picker()->chosen()) {
        if (const auto* found = m_config.config().find(name)) {
            made.push_back(*found);
        }
    }
    return made;
}

void SendPage::send()
{
    engine::SendRequest request;
    request.paths = m_inspector.paths();
    request.destinations = destinations();
    request.priority = m_foot->priority();
    request.proof = m_foot->proof();
    // Also when all is ticked: what nobody has seen does not go out.
    request.onlyKeys = m_model->tickedKeys();
    m_sent = {QSet<engine::SeriesKey>(request.onlyKeys.begin(), request.onlyKeys.end()), picker()->chosen(),
        m_model->ticked().instances, m_inspector.wasCut()};
    m_sentJobs.begin();
    m_problems->remove(kChangedKey);
    m_backend.run(
        this, [request](engine::Engine& engine) { return engine.send(request); },
        [this](const Result<QList<JobId>>& jobs) { tookOff(jobs); });
    showOffer();
}

void SendPage::tookOff(const Result<QList<JobId>>& jobs)
{
    if (!jobs) {
        m_sentJobs.forget();
        m_problems->show(kSendKey, errorNotice(jobs.error(), [] { return tr("Nothing was sent."); }));
        showOffer();
        return;
    }
    m_sentJobs.follow(*jobs);
    Q_EMIT jobsStarted(*jobs);
}

// Anew when something happened, not at each instance.
void SendPage::showSent()
{
    const auto& standing = m_sentJobs.standing();
    if (standing.phase != m_saidPhase && standing.phase >= SentStanding::Phase::OnTheWay) {
        auto notice = SendNotices::sent(standing, m_sent.instances, m_sent.destinations);
        notice.actions = {{[] { return tr("Show activity"); }, [this] { Q_EMIT activityWanted(); }}};
        m_problems->show(kSendKey, std::move(notice));
    }
    m_saidPhase = standing.phase;
    showOffer();
}

// The job looks through the folder itself, later than the eyes did.
void SendPage::compareWithScan(const QList<JobId>& jobs, qint64 instances)
{
    if (jobs != m_sentJobs.jobs() || m_sent.wasCut || instances == m_sent.instances) {
        return;
    }
    m_problems->show(kChangedKey, SendNotices::folderChanged(instances, m_sent.instances));
}

void SendPage::askFolder()
{
    auto* dialog = new QFileDialog(this, tr("Add folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::filesSelected, this, &SendPage::addPaths);
    dialog->open();
}

void SendPage::askFiles()
{
    auto* dialog = new QFileDialog(this, tr("Add files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &SendPage::addPaths);
    dialog->open();
}

void SendPage::fillColumns()
{
    m_columnMenu->clear();
    m_tree->listColumns(*m_columnMenu);
}

QString SendPage::countsText() const
{
    return m_counts->text();
}

QString SendPage::reasonText() const
{
    return m_foot->reason();
}

} // namespace radpost::ui
