#include "ui/log/LogPage.h"

#include "core/observe/Journal.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/log/LogFilterBar.h"
#include "ui/log/LogModel.h"
#include "ui/log/LogWords.h"
#include "ui/log/TraceCard.h"
#include "ui/log/TraceModel.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kLook = 250ms;
constexpr int kSideWidth = 288;
const QString kFilesKey = u"files"_s;
const QString kSaveKey = u"save"_s;

QTreeView* makeList(QAbstractItemModel& model, std::initializer_list<int> widths)
{
    auto* view = makeTable(model, widths);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->header()->setStretchLastSection(true);
    view->header()->setSectionsMovable(false);
    return view;
}

/// In order; all when none is chosen.
QModelIndexList chosenRows(const QTreeView& view)
{
    auto rows = view.selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < view.model()->rowCount(); ++row) {
            rows.append(view.model()->index(row, 0));
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

QPushButton* makeSegment()
{
    auto* button = makePlainButton({});
    setRole(*button, u"segment"_s);
    button->setCheckable(true);
    return button;
}

} // namespace

LogPage::LogPage(observe::Journal& journal, ConfigStore& config, Backend& backend, QWidget* parent)
    : Page(parent)
    , m_journal(journal)
    , m_config(config)
    , m_support(journal, backend)
    , m_model(new LogModel(journal.ring(), this))
    , m_traceModel(new TraceModel(this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_copy(makeButton(u"copy"_s))
    , m_save(makePrimaryButton(u"support"_s))
    , m_eventsSegment(makeSegment())
    , m_traceSegment(makeSegment())
    , m_filter(new LogFilterBar)
    , m_body(new QStackedWidget)
    , m_list(makeList(*m_model, {72, 100, 48, 112}))
    , m_tree(makeList(*m_traceModel, {116, 84, 28}))
    , m_empty(new EmptyState(u"log"_s))
    , m_noMatch(new EmptyState(u"search"_s))
    , m_noTrace(new EmptyState(u"test"_s))
    , m_clear(makeButton({}))
    , m_follow(new QCheckBox)
    , m_detailFrame(makeFrame(u"well"_s))
    , m_detail(makeText({}))
    , m_trace(new TraceCard(backend.traces(), journal))
    , m_privacyTitle(makeLabel(u"heading"_s))
    , m_unmask(new QCheckBox)
    , m_privacyText(makeText(u"muted"_s))
    , m_filesTitle(makeLabel(u"heading"_s))
    , m_filesText(makeText(u"muted"_s))
    , m_openFolder(makeButton(u"folder"_s))
{
    layOut();
    wire();
    showDestinations();
    followPrivacy();
    onLanguage(*this, [this] { retranslate(); });
    m_timer.start(kLook);
}

QString LogPage::title() const
{
    return tr("Log");
}

QString LogPage::iconName() const
{
    return u"log"_s;
}

void LogPage::layOut()
{
    m_header->addAction(m_copy);
    m_header->addAction(m_save);
    auto* both = new QHBoxLayout;
    both->setSpacing(4 * metrics::kUnit);
    both->addWidget(buildWork(), 1);
    both->addWidget(buildSide());
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(3 * metrics::kUnit);
    all->addWidget(m_header);
    all->addWidget(m_problems);
    all->addLayout(both, 1);
}

QWidget* LogPage::buildWork()
{
    m_list->setRootIsDecorated(false);
    m_noMatch->addAction(m_clear);
    for (auto* widget : std::initializer_list<QWidget*>{m_list, m_empty, m_noMatch, m_tree, m_noTrace}) {
        m_body->addWidget(widget);
    }
    auto* segments = new QHBoxLayout;
    segments->setSpacing(metrics::kUnit);
    segments->addWidget(m_eventsSegment);
    segments->addWidget(m_traceSegment);
    segments->addStretch();
    segments->addWidget(m_follow);
    m_follow->setChecked(true);
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin - metrics::kUnit);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(segments);
    column->addWidget(m_filter);
    column->addWidget(m_body, 1);
    auto* detail = new QVBoxLayout(m_detailFrame);
    detail->setContentsMargins(0, 0, 0, 0);
    detail->addWidget(m_detail);
    column->addWidget(m_detailFrame);
    return work;
}

QWidget* LogPage::buildSide()
{
    return makeSide(kSideWidth, {m_trace, buildPrivacyCard(), buildFilesCard()});
}

QFrame* LogPage::buildPrivacyCard()
{
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 2 * metrics::kUnit);
    column->addWidget(m_privacyTitle);
    column->addWidget(m_unmask);
    column->addWidget(m_privacyText);
    return card;
}

QFrame* LogPage::buildFilesCard()
{
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 2 * metrics::kUnit);
    column->addWidget(m_filesTitle);
    column->addWidget(m_filesText);
    column->addWidget(m_openFolder, 0, Qt::AlignLeft);
    m_openFolder->setVisible(!m_journal.folder().isEmpty());
    return card;
}

void LogPage::wire()
{
    connect(&m_timer, &QTimer::timeout, this, &LogPage::look);
    connect(m_filter, &LogFilterBar::changed, this, [this] {
        m_model->setFilter(m_filter->filter());
        look();
    });
    connect(m_clear, &QPushButton::clicked, m_filter, &LogFilterBar::clear);
    connect(m_eventsSegment, &QPushButton::clicked, this, [this] { showView(View::Events); });
    connect(m_traceSegment, &QPushButton::clicked, this, [this] { showView(View::Trace); });
    connect(m_trace, &TraceCard::begun, this, [this] {
        m_traceModel->setLog(m_trace->log());
        showView(View::Trace);
    });
    connect(m_unmask, &QCheckBox::toggled, this,
        [this](bool isOn) { setMasking(isOn ? observe::Masking::Off : observe::Masking::On); });
    connect(m_follow, &QCheckBox::toggled, this, &LogPage::scrollToEnd);
    for (auto* view : {m_list, m_tree}) {
        auto* bar = view->verticalScrollBar();
        connect(bar, &QScrollBar::rangeChanged, this, &LogPage::scrollToEnd);
        // Scrolled away from the end by hand: reading. Back at the end: following.
        connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
            if (bar->isVisible()) {
                m_follow->setChecked(value == bar->maximum());
            }
        });
        connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, &LogPage::showDetail);
        auto* copy = new QShortcut(QKeySequence::Copy, view, nullptr, nullptr, Qt::WidgetShortcut);
        connect(copy, &QShortcut::activated, this, &LogPage::copyLines);
    }
    connect(m_copy, &QPushButton::clicked, this, &LogPage::copyLines);
    connect(m_save, &QPushButton::clicked, this, &LogPage::askSave);
    connect(m_openFolder, &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_journal.folder())); });
    connect(&m_config, &ConfigStore::changed, this, &LogPage::showDestinations);
    connect(&m_config, &ConfigStore::changed, this, &LogPage::followPrivacy);
    connect(&m_support, &SupportRun::changed, this, &LogPage::showState);
    connect(&m_support, &SupportRun::saved, this, &LogPage::tellSaved);
    connect(&m_support, &SupportRun::failed, this, [this](const QString& file, const Error& error) {
        auto notice = errorNotice(error, [] { return tr("The support bundle was not saved."); });
        notice.text = [said = notice.text, path = app::printable(QDir::toNativeSeparators(file))] {
            return app::sentences({tr("It was to be written to %1.").arg(path), said()});
        };
        m_problems->show(kSaveKey, notice);
    });
}

void LogPage::retranslate()
{
    m_header->setTitle(title());
    m_eventsSegment->setText(tr("Events"));
    m_traceSegment->setText(tr("Trace"));
    m_list->setAccessibleName(tr("What happened"));
    m_tree->setAccessibleName(tr("What was said on the associations"));
    m_follow->setText(tr("Follow what is new"));
    m_empty->setTexts(tr("Nothing has happened yet"),
        tr("What Radpost does and what goes wrong is told here as it happens: jobs, destinations, the receiver."));
    m_noMatch->setTexts(tr("No line matches"), tr("Change the words, or look at everything."));
    m_clear->setText(tr("Show everything"));
    m_noTrace->setTexts(tr("Nothing was said yet"),
        tr("As soon as an association with the destination is opened, each PDU stands here. Send something to it, or "
           "test "
           "it on the page Destinations."));
    m_privacyTitle->setText(tr("Patient data"));
    m_unmask->setText(tr("Show patient data in this list"));
    followPrivacy();
    m_filesTitle->setText(tr("Log files"));
    m_openFolder->setText(tr("Open folder"));
    m_model->retranslate();
    m_traceModel->retranslate();
    lookAtFiles();
    showState();
}

void LogPage::showDestinations()
{
    QStringList names;
    for (const auto& destination : m_config.config().destinations) {
        names.append(destination.name);
    }
    m_filter->setDestinations(names);
    m_trace->setDestinations(names);
}

// Locked in the settings: what is shown now is masked at once.
void LogPage::followPrivacy()
{
    const bool isLocked = m_config.config().settings.lockMasking;
    m_unmask->setEnabled(!isLocked);
    if (isLocked) {
        m_unmask->setChecked(false);
    }
    m_privacyText->setText(isLocked
            ? tr("Paths, UIDs and what a destination wrote are replaced by marks: the same mark, the same text. The "
                 "settings keep it so.")
            : tr("Paths, UIDs and what a destination wrote are replaced by marks: the same mark, the same text. "
                 "Switched on, this window shows them until Radpost ends. Files and support bundles stay masked."));
}

void LogPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    look();
}

// A bounded number at a time: what is left comes as soon as the window has had its turn.
void LogPage::look()
{
    lookAtErrors();
    lookAtFiles();
    if (!isVisible()) {
        return;
    }
    const bool isMore = m_model->fetch();
    const bool isMoreOfTrace = m_traceModel->fetch();
    if (isMore || isMoreOfTrace) {
        QTimer::singleShot(0, this, &LogPage::look);
    }
    showState();
}

void LogPage::lookAtErrors()
{
    const auto errors = m_journal.ring().range().errors;
    if (isVisible()) {
        m_errorsSeen = errors;
    }
    const auto unseen = static_cast<int>(errors - m_errorsSeen);
    if (unseen != m_badge) {
        m_badge = unseen;
        Q_EMIT badgeChanged(unseen);
    }
}

void LogPage::lookAtFiles()
{
    const auto folder = m_journal.folder();
    const QString text = folder.isEmpty() ? tr("The log is kept in memory only.")
                                          : tr("Masked, in %1").arg(QDir::toNativeSeparators(folder));
    if (m_filesText->text() != text) {
        m_filesText->setText(text);
    }
    const auto error = m_journal.fileError();
    if (!error) {
        m_problems->remove(kFilesKey);
    } else if (m_problems->banner(kFilesKey) == nullptr) {
        auto notice = errorNotice(*error, [] { return tr("The log cannot be written to its files."); });
        notice.kind = BannerKind::Warning;
        notice.isClosable = false;
        m_problems->show(kFilesKey, std::move(notice));
    }
}

void LogPage::showState()
{
    const bool isTrace = m_view == View::Trace;
    const bool hasRows = m_model->rowCount() > 0;
    const bool isFiltered = m_filter->filter() != LogFilter();
    QWidget* shown = hasRows ? static_cast<QWidget*>(m_list) : isFiltered ? m_noMatch : m_empty;
    if (isTrace) {
        shown = m_traceModel->rowCount() > 0 ? static_cast<QWidget*>(m_tree) : m_noTrace;
    }
    m_body->setCurrentWidget(shown);
    showDetail();
    m_eventsSegment->setChecked(!isTrace);
    m_traceSegment->setChecked(isTrace);
    m_traceSegment->setEnabled(m_trace->log() != nullptr);
    m_traceSegment->setToolTip(m_trace->log() ? m_trace->destination() : tr("No destination was traced yet."));
    m_filter->setVisible(!isTrace);
    m_copy->setText(isTrace ? tr("Copy records") : tr("Copy lines"));
    m_copy->setEnabled(shown == m_list || shown == m_tree);
    m_save->setEnabled(!m_support.isRunning());
    m_save->setText(m_support.isRunning() ? tr("Saving…") : tr("Save support bundle…"));
    const auto range = m_journal.ring().range();
    m_header->setSubtitle(range.first > 1
            ? tr("The newest %1 of %2 lines; older ones are in the files")
                  .arg(app::countText(range.next - range.first), app::countText(range.next - 1))
            : QString());
}

QString LogPage::shownState() const
{
    const auto* shown = m_body->currentWidget();
    return shown == m_list   ? u"events"_s
        : shown == m_empty   ? u"empty"_s
        : shown == m_noMatch ? u"no-match"_s
        : shown == m_tree    ? u"trace"_s
                             : u"trace-empty"_s;
}

void LogPage::showView(View view)
{
    m_view = view;
    m_follow->setChecked(true);
    look();
    showState();
    scrollToEnd();
}

void LogPage::setMasking(observe::Masking masking)
{
    m_unmask->setChecked(masking == observe::Masking::Off);
    m_model->setMasking(masking);
    m_traceModel->setMasking(masking);
    look();
}

void LogPage::scrollToEnd()
{
    if (m_follow->isChecked()) {
        for (auto* view : {m_list, m_tree}) {
            view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum());
        }
    }
}

void LogPage::copyLines()
{
    if (m_view == View::Trace) {
        QGuiApplication::clipboard()->setText(m_traceModel->textOf(chosenRows(*m_tree)));
        return;
    }
    QString text;
    for (const auto& index : chosenRows(*m_list)) {
        text += LogWords::line(m_model->entry(index), m_model->masking()) + u'\n';
    }
    QGuiApplication::clipboard()->setText(text);
}

// A line too long for its column is read whole below the list.
void LogPage::showDetail()
{
    const auto* view = m_view == View::Trace ? m_tree : m_list;
    const auto current = view->selectionModel()->currentIndex();
    const int last = view->model()->columnCount() - 1;
    m_detail->setText(current.isValid() ? current.siblingAtColumn(last).data().toString() : QString());
    m_detailFrame->setVisible(!m_detail->text().isEmpty() && view->isVisible());
}

void LogPage::askSave()
{
    auto* dialog = new QFileDialog(this, tr("Save a support bundle"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("ZIP archive (*.zip)"));
    dialog->setDefaultSuffix(u"zip"_s);
    dialog->selectFile(app::supportFileName());
    connect(dialog, &QFileDialog::fileSelected, this, &LogPage::saveBundle);
    dialog->open();
}

void LogPage::saveBundle(const QString& file)
{
    m_problems->remove(kSaveKey);
    app::SupportRequest request;
    request.file = file;
    request.program = u"radpost-desktop"_s;
    request.config = m_config.config();
    request.logFolder = m_journal.folder();
    request.tracedDestination = m_trace->destination();
    request.trace = m_trace->log();
    m_support.start(request);
}

void LogPage::tellSaved(const QString& file, const engine::SupportBundleFacts& facts)
{
    Notice notice;
    notice.kind = facts.ledgerError ? BannerKind::Warning : BannerKind::Good;
    notice.heading = [file, bytes = facts.bytes] {
        return tr("The support bundle was saved as %1 (%2).")
            .arg(QDir::toNativeSeparators(file), app::bytesText(bytes));
    };
    const bool isWithoutLedger = facts.ledgerError.has_value();
    notice.text = [isWithoutLedger] {
        return isWithoutLedger
            ? tr("The ledger could not be read: names and IDs of its patients were not looked for. Please look through "
                 "the files before you pass them on.")
            : tr("It holds no images, no passcodes and no patient that the ledger knows. README.txt in it says what it "
                 "holds.");
    };
    notice.actions = {{[] { return tr("Open folder"); },
        [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath())); }}};
    m_problems->show(kSaveKey, std::move(notice));
}

} // namespace radpost::ui
