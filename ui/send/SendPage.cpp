#include "ui/send/SendPage.h"

#include "app/common/Format.h"
#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/Icons.h"
#include "ui/common/JobPriority.h"
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
#include "ui/send/SendOffer.h"
#include "ui/send/SendTexts.h"
#include "ui/send/SendTreeModel.h"
#include "ui/send/SeriesPane.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kScanKey = u"scan"_s;
const QString kSendKey = u"send"_s;
const QString kChangedKey = u"changed"_s;
const QString kCheckKey = u"check"_s;
constexpr int kFilterWidth = 220;
constexpr int kLeftOutHeight = 140;
constexpr int kPaneWidth = 280;
constexpr int kUnfoldPatients = 20; // more are easier to look over when they are folded
constexpr std::array kWidths{220, 92, 112, 72, 72, 140, 130};

QTreeView* makeTree()
{
    auto* tree = new QTreeView;
    tree->setUniformRowHeights(true);
    tree->setAllColumnsShowFocus(true);
    return tree;
}

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
    , m_problems(new ProblemList)
    , m_drop(new DropZone)
    , m_body(new QWidget)
    , m_counts(makeLabel(u"strong"_s))
    , m_rate(makeLabel(u"muted"_s))
    , m_leftOutButton(makePlainButton(u"down"_s))
    , m_cancel(makePlainButton(u"stop"_s))
    , m_filter(new QLineEdit)
    , m_tree(makeTree())
    , m_leftOut(makeTree())
    , m_pane(new SeriesPane)
    , m_foot(new QWidget)
    , m_to(makeLabel(u"muted"_s))
    , m_picker(new DestinationPicker(config, tests))
    , m_profile(new QComboBox)
    , m_priority(new QComboBox)
    , m_proof(new QComboBox)
    , m_reason(makeText(u"muted"_s))
    , m_checkButton(makeButton(u"test"_s))
    , m_send(makePrimaryButton({}))
{
    m_filtered->setSourceModel(m_model);
    layOut();
    connectAll();
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

void SendPage::layOut()
{
    m_filter->setMaximumWidth(kFilterWidth);
    m_filter->setClearButtonEnabled(true);
    m_filter->setAcceptDrops(false); // a folder over it is for the page
    m_filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(2 * metrics::kUnit);
    body->addWidget(buildCounts());
    body->addWidget(m_leftOut);
    body->addWidget(buildTree(), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 3 * metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_problems);
    column->addWidget(m_drop);
    column->addWidget(m_body, 1);
    column->addWidget(buildFoot());
    m_leftOut->setModel(m_leftOutModel);
    m_leftOut->setHeaderHidden(true);
    m_leftOut->setFixedHeight(kLeftOutHeight);
    m_leftOut->hide();
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
    row->addWidget(m_filter);
    return bar;
}

QWidget* SendPage::buildTree()
{
    m_tree->setModel(m_filtered);
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(SendTreeModel::NameColumn, Qt::AscendingOrder);
    auto* header = m_tree->header();
    for (size_t column = 0; column < kWidths.size(); ++column) {
        header->resizeSection(static_cast<int>(column), kWidths[column]);
    }
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->hideColumn(SendTreeModel::SyntaxColumn);
    m_tree->hideColumn(SendTreeModel::CheckColumn);
    m_tree->hideColumn(SendTreeModel::NotesColumn);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    m_pane->setProperty("role", u"content"_s);
    scroll->setWidget(m_pane);
    auto* splitter = new QSplitter;
    splitter->addWidget(m_tree);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({3 * kPaneWidth, kPaneWidth});
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QWidget* SendPage::buildFoot()
{
    auto* choices = new QHBoxLayout;
    choices->setSpacing(2 * metrics::kUnit);
    choices->addWidget(m_to);
    choices->addWidget(m_picker);
    choices->addWidget(m_profile);
    choices->addWidget(m_priority);
    choices->addWidget(m_proof);
    choices->addStretch();
    auto* actions = new QHBoxLayout;
    actions->setSpacing(2 * metrics::kUnit);
    actions->addWidget(m_checkButton);
    actions->addWidget(m_reason, 1);
    actions->addWidget(m_send);
    m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* column = new QVBoxLayout(m_foot);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(choices);
    column->addLayout(actions);
    return m_foot;
}

void SendPage::connectAll()
{
    auto* files = new FileDrop(*this);
    connect(files, &FileDrop::dropped, this, &SendPage::addPaths);
    connect(files, &FileDrop::hovered, m_drop, &DropZone::setHovered);
    connect(m_drop, &DropZone::folderWanted, this, &SendPage::askFolder);
    connect(m_drop, &DropZone::filesWanted, this, &SendPage::askFiles);
    connect(m_drop, &DropZone::clearWanted, this, &SendPage::clear);
    connect(&m_inspector, &Inspector::news, this, &SendPage::take);
    connect(&m_inspector, &Inspector::failed, this,
        [this](const Error& error) { m_problems->show(kScanKey, errorNotice(error)); });
    connect(m_cancel, &QPushButton::clicked, this,
        [this] { m_inspector.isRunning() ? m_inspector.cancel() : m_inspector.scanAgain(); });
    connect(m_leftOutButton, &QPushButton::clicked, this, [this] { m_leftOut->setVisible(m_leftOut->isHidden()); });
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &SendFilter::setWords);
    connect(m_filtered, &QAbstractItemModel::rowsInserted, this, &SendPage::expandFresh);
    connect(m_model, &SendTreeModel::tickedChanged, this, &SendPage::showOffer);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        showSeries();
        listSeries();
    });
    connect(m_tree->header(), &QWidget::customContextMenuRequested, this, &SendPage::chooseColumns);
    connect(m_picker, &DestinationPicker::chosenChanged, this, &SendPage::choiceChanged);
    connect(m_checkButton, &QPushButton::clicked, this, &SendPage::check);
    connect(&m_check, &CheckRun::changed, this, &SendPage::showChecks);
    connect(m_send, &QPushButton::clicked, this, &SendPage::send);
    connect(&m_backend, &Backend::stateChanged, this, &SendPage::showOffer);
    connect(&m_config, &ConfigStore::changed, this, [this] { m_check.keepOnly(m_config.config().destinations); });
    connect(&m_backend.events(), &EngineEvents::scanFinished, this,
        [this](const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error) {
            if (!error) {
                compareWithScan(jobs, summary.instances);
            }
        });
}

void SendPage::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter patients, studies and series"));
    m_tree->setAccessibleName(tr("Patients, studies and series"));
    m_leftOut->setAccessibleName(tr("Files that will not be sent"));
    m_to->setText(tr("To"));
    m_profile->clear();
    m_profile->addItem(tr("Anonymise: none yet"));
    m_profile->setEnabled(false);
    m_profile->setToolTip(tr("There are no profiles yet: the images go out as they are."));
    m_profile->setAccessibleName(tr("Anonymise"));
    const int priority = std::max(m_priority->currentIndex(), 0);
    m_priority->clear();
    m_priority->addItem(tr("Normal priority"), static_cast<int>(JobPriority::Normal));
    m_priority->addItem(tr("Urgent"), static_cast<int>(JobPriority::First));
    m_priority->addItem(tr("Low priority"), static_cast<int>(JobPriority::Last));
    m_priority->setCurrentIndex(priority);
    m_priority->setAccessibleName(tr("Priority"));
    m_proof->clear();
    m_proof->addItem(tr("Proof: answer to each instance"));
    m_proof->setToolTip(tr("Done means that the destination answered each instance with success."));
    m_proof->setEnabled(false);
    m_proof->setAccessibleName(tr("Proof"));
    m_checkButton->setText(tr("Check before sending"));
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
    if (!m_sent.jobs.isEmpty() && wasSent()) {
        clear(); // the next patient
    }
    m_problems->remove(kScanKey);
    m_inspector.add(paths);
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
    for (const auto& key : {kScanKey, kSendKey, kChangedKey, kCheckKey}) {
        m_problems->remove(key);
    }
    showState();
}

void SendPage::take(const engine::InspectionNews& news)
{
    m_model->add(news);
    m_leftOutModel->add(news.leftOut);
    if (m_model->hasWarnings() && m_tree->isColumnHidden(SendTreeModel::NotesColumn)) {
        m_tree->showColumn(SendTreeModel::NotesColumn);
    }
    showState();
    showGrowth(news);
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
    m_leftOutButton->setText(tr("%Ln file(s) left out", nullptr, count(leftOut)));
    m_leftOutButton->setHidden(leftOut == 0);
    const bool isRunning = m_inspector.isRunning();
    m_rate->setText(isRunning ? tr("scanning… %1 files/s").arg(app::countText(qint64(m_inspector.filesPerSecond())))
            : m_inspector.wasCut() ? tr("The scan was cut short: there may be more.")
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
    situation.isStarting = m_sent.isStarting;
    situation.wasSent = wasSent();
    situation.hasDestinations = !m_config.config().destinations.empty();
    situation.destinations = m_picker->chosen();
    const auto offer = sendOffer(situation);
    m_send->setText(offer.label);
    m_send->setEnabled(offer.isPossible());
    m_reason->setText(offer.reason);
    m_checkButton->setEnabled(situation.instances > 0 && !situation.destinations.isEmpty());
}

bool SendPage::wasSent() const
{
    if (m_sent.jobs.isEmpty() || m_sent.destinations != m_picker->chosen()) {
        return false;
    }
    const auto keys = m_model->tickedKeys();
    return QSet<engine::SeriesKey>(keys.begin(), keys.end()) == m_sent.keys;
}

void SendPage::showSeries()
{
    const auto index = m_filtered->mapToSource(m_tree->currentIndex());
    const auto* series = m_model->series(index);
    if (series == nullptr) {
        m_pane->clear();
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
    m_model->setCheck(&m_check, m_picker->chosen());
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
    m_check.start(m_model->tickedTree(), destinations(), m_config.config().settings.aeTitle);
}

void SendPage::showChecks()
{
    m_model->setCheck(&m_check, m_picker->chosen());
    m_tree->setColumnHidden(SendTreeModel::CheckColumn, false);
    m_checkButton->setText(m_check.isRunning() ? tr("Cancel check") : tr("Check before sending"));
    for (const auto& name : m_picker->chosen()) {
        if (const auto error = m_check.errorOf(name)) {
            m_problems->show(kCheckKey, errorNotice(*error, [name] { return tr("%1 could not be asked.").arg(name); }));
        }
    }
    showSeries();
}

std::vector<config::Destination> SendPage::destinations() const
{
    std::vector<config::Destination> made;
    for (const auto& name : m_picker->chosen()) {
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
    request.priority = m_priority->currentData().toInt();
    // Also when all is ticked: what nobody has seen does not go out.
    request.onlyKeys = m_model->tickedKeys();
    m_sent = {QSet<engine::SeriesKey>(request.onlyKeys.begin(), request.onlyKeys.end()), m_picker->chosen(), {},
        m_model->ticked().instances, m_inspector.wasCut(), true};
    m_problems->remove(kChangedKey);
    m_backend.run(
        this, [request](engine::Engine& engine) { return engine.send(request); },
        [this](const Result<QList<JobId>>& jobs) { tookOff(jobs); });
    showOffer();
}

void SendPage::tookOff(const Result<QList<JobId>>& jobs)
{
    m_sent.isStarting = false;
    if (!jobs) {
        m_problems->show(kSendKey, errorNotice(jobs.error(), [] { return tr("Nothing was sent."); }));
        showOffer();
        return;
    }
    m_sent.jobs = *jobs;
    Notice notice;
    notice.kind = BannerKind::Good;
    const auto count = static_cast<int>(m_sent.instances);
    notice.heading = [count, names = m_sent.destinations] {
        return tr("%Ln instance(s) are on their way to %1.", nullptr, count).arg(destinationsText(names));
    };
    notice.text = [] { return tr("What you drop next takes the place of what is shown here."); };
    notice.actions = {
        {[] { return tr("Show activity"); }, [this] { Q_EMIT activityWanted(); }},
        {[] { return tr("Clear"); }, [this] { clear(); }},
    };
    m_problems->show(kSendKey, std::move(notice));
    showOffer();
    Q_EMIT jobsStarted(*jobs);
}

// The job looks through the folder itself, later than the eyes did.
void SendPage::compareWithScan(const QList<JobId>& jobs, qint64 instances)
{
    if (jobs != m_sent.jobs || m_sent.wasCut || instances == m_sent.instances) {
        return;
    }
    Notice notice;
    notice.kind = BannerKind::Warning;
    const auto before = m_sent.instances;
    notice.heading = [] { return tr("The folder has changed since it was shown here."); };
    notice.text = [instances, before] {
        return tr("The job found %1 instances in the chosen series instead of %2, and sends those that it found.")
            .arg(app::countText(instances), app::countText(before));
    };
    m_problems->show(kChangedKey, std::move(notice));
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

void SendPage::chooseColumns(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 1; column < SendTreeModel::ColumnCount; ++column) {
        auto* action = menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!m_tree->isColumnHidden(column));
        connect(action, &QAction::toggled, m_tree,
            [this, column](bool isShown) { m_tree->setColumnHidden(column, !isShown); });
    }
    menu->popup(m_tree->header()->mapToGlobal(at));
}

QString SendPage::countsText() const
{
    return m_counts->text();
}

QString SendPage::reasonText() const
{
    return m_reason->text();
}

} // namespace radpost::ui
