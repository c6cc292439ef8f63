#include "ui/query/QueryPage.h"

#include "ui/common/ConfigStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/StatusDot.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/destinations/DestinationListModel.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/query/FoundStudiesModel.h"
#include "ui/query/QueryRun.h"
#include "ui/query/RetrievalsModel.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QUrl>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kDotSize = 16;

constexpr int kThreads = 2; // a search that is stopped may take a while to end beside the next one
constexpr int kRetrievalsHeight = 132;
constexpr int kDateWidth = 136;
const QString kSearchKey = u"search"_s;
const QString kFetchKey = u"fetch"_s;
const QString kFailedKey = u"failed"_s;
const QString kArrivedKey = u"arrived"_s;
constexpr qsizetype kMostNames = 8; // in one message

QSortFilterProxyModel* sorted(FoundStudiesModel& model)
{
    auto* proxy = new QSortFilterProxyModel(&model);
    proxy->setSourceModel(&model);
    proxy->setSortRole(FoundStudiesModel::kSortRole);
    proxy->setSortLocaleAware(true);
    return proxy;
}

QTreeView* makeList(QAbstractItemModel& model, int stretched, std::initializer_list<int> widths)
{
    auto* view = makeTable(model, widths);
    view->setRootIsDecorated(false);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    return view;
}

/// What happened and what to do; nothing was to be sent, so that nothing is said of it.
Notice failureNotice(const Error& error, std::function<QString()> heading)
{
    auto notice = errorNotice(error, std::move(heading));
    notice.text = [error] {
        const auto text = app::errorText(error);
        return app::sentences({text.happened, text.next});
    };
    return notice;
}

bool isDone(const Retrieval& retrieval)
{
    return retrieval.state == Retrieval::State::Done;
}

QStringList patientsOf(const std::vector<Retrieval>& retrievals)
{
    QStringList patients;
    for (const auto& retrieval : retrievals) {
        patients.append(retrieval.patient);
    }
    patients.removeDuplicates();
    return patients;
}

QString namesText(const QStringList& names)
{
    const QString some = app::enumerated(names.mid(0, kMostNames));
    const auto more = static_cast<int>(names.size() - kMostNames);
    return more > 0 ? QueryPage::tr("%1 and %n more", nullptr, more).arg(some) : some;
}

QString failureHeading(const std::vector<Retrieval>& failures)
{
    if (failures.size() > 1) {
        return QueryPage::tr(
            "%n study(ies) did not come, or not completely.", nullptr, static_cast<int>(failures.size()));
    }
    const auto& only = failures.front();
    return (only.error ? QueryPage::tr("The study of %1 did not come.")
                       : QueryPage::tr("The study of %1 did not come completely."))
        .arg(only.patient);
}

QString reasonText(const Retrieval& failure)
{
    if (failure.error) {
        const auto text = app::errorText(*failure.error);
        return app::sentences({text.happened, text.next});
    }
    if (failure.done() == 0 && failure.failed() == 0 && failure.expected == 0) {
        return QueryPage::tr("The PACS has nothing under this UID.");
    }
    return failure.mayLackKinds
        ? QueryPage::tr("The PACS does not say what kinds of instances it has. Radpost offered every kind of the "
                        "Standard, but only everyday images compressed: what failed may be compressed or of a private "
                        "kind. \"Send to\" has the PACS send the study to another node.")
        : QueryPage::tr("The PACS sent fewer instances than it has, or some failed.");
}

/// Each reason once, with the names it stands for.
QString failureText(const std::vector<Retrieval>& failures)
{
    std::map<QString, std::vector<Retrieval>> byReason;
    for (const auto& failure : failures) {
        byReason[reasonText(failure)].push_back(failure);
    }
    QStringList lines;
    for (const auto& [reason, those] : byReason) {
        lines.append(failures.size() > 1 ? app::labelled(namesText(patientsOf(those)), reason) : reason);
    }
    return lines.join(u'\n');
}

} // namespace

QueryPage::QueryPage(ConfigStore& config, std::function<std::optional<AeTitle>()> ownReceiver,
    std::shared_ptr<engine::Traces> traces, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_ownReceiver(std::move(ownReceiver))
    , m_found(new FoundStudiesModel(this))
    , m_sorted(sorted(*m_found))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_sourceLabel(makeLabel(u"small"_s))
    , m_source(new QComboBox)
    , m_nameLabel(makeLabel(u"small"_s))
    , m_name(new QLineEdit)
    , m_patientIdLabel(makeLabel(u"small"_s))
    , m_patientId(new QLineEdit)
    , m_accessionLabel(makeLabel(u"small"_s))
    , m_accession(new QLineEdit)
    , m_modalityLabel(makeLabel(u"small"_s))
    , m_modality(new QLineEdit)
    , m_timeLabel(makeLabel(u"small"_s))
    , m_time(new QComboBox)
    , m_fromLabel(makeLabel(u"small"_s))
    , m_from(new QDateEdit(QDate::currentDate()))
    , m_toLabel(makeLabel(u"small"_s))
    , m_to(new QDateEdit(QDate::currentDate()))
    , m_search(makePrimaryButton(u"search"_s))
    , m_count(makeLabel(u"heading"_s))
    , m_studies(makeList(*m_sorted, FoundStudiesModel::Description, {160, 110, 92, 92, 80, 160, 130, 80}))
    , m_empty(new EmptyState(u"query"_s))
    , m_toDestinations(makeButton(u"destinations"_s))
    , m_move(makeButton(u"send"_s))
    , m_targets(new QMenu(this))
    , m_fetch(makeButton(u"receive"_s))
    , m_retrievalsTitle(makeLabel(u"heading"_s))
    , m_retrievalList(nullptr)
    , m_stop(makePlainButton(u"stop"_s))
    , m_clear(makePlainButton(u"remove"_s))
    , m_network(u"query"_s, kThreads)
    , m_traces(std::move(traces))
    , m_retrievals(m_traces)
    , m_retrievalsModel(new RetrievalsModel(m_retrievals, this))
{
    m_retrievalList = makeList(*m_retrievalsModel, RetrievalsModel::State, {200, 260, 200, 110});
    layOut();
    wire();
    onLanguage(*this, [this] { retranslate(); });
}

QueryPage::~QueryPage() = default;

QString QueryPage::title() const
{
    return tr("Query");
}

QString QueryPage::iconName() const
{
    return u"query"_s;
}

void QueryPage::layOut()
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, metrics::kPageMargin - metrics::kUnit);
    all->setSpacing(3 * metrics::kUnit);
    all->addWidget(m_header);
    all->addWidget(buildFields());
    all->addWidget(m_problems);
    all->addWidget(buildResults(), 1);
    all->addWidget(buildRetrievals());
}

std::vector<std::tuple<QLabel*, QWidget*, int>> QueryPage::fields() const
{
    return {{m_sourceLabel, m_source, 3}, {m_nameLabel, m_name, 4}, {m_patientIdLabel, m_patientId, 3},
        {m_accessionLabel, m_accession, 3}, {m_modalityLabel, m_modality, 2}, {m_timeLabel, m_time, 2}};
}

QWidget* QueryPage::buildFields()
{
    auto* area = new QWidget;
    auto* grid = new QGridLayout(area);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * metrics::kUnit);
    grid->setVerticalSpacing(metrics::kUnit);
    int column = 0;
    for (const auto& [label, field, stretch] : fields()) {
        label->setBuddy(field);
        grid->addWidget(label, 0, column);
        grid->addWidget(field, 1, column);
        grid->setColumnStretch(column++, stretch);
    }
    grid->addWidget(buildDays(), 2, 0, 1, -1, Qt::AlignRight); // before the button, as Tab goes
    grid->addWidget(m_search, 1, column);
    m_name->setProperty("search", true);
    m_time->setSizeAdjustPolicy(QComboBox::AdjustToContents); // also to another language
    return area;
}

QWidget* QueryPage::buildDays()
{
    m_days = new QWidget;
    auto* row = new QHBoxLayout(m_days);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * metrics::kUnit);
    for (const auto& [label, date] : {std::pair(m_fromLabel, m_from), std::pair(m_toLabel, m_to)}) {
        label->setBuddy(date);
        date->setCalendarPopup(true);
        date->setDisplayFormat(u"yyyy-MM-dd"_s);
        date->setMinimumWidth(kDateWidth); // the style forgets the arrow
        row->addWidget(label);
        row->addWidget(date);
        connect(date->findChild<QLineEdit*>(), &QLineEdit::returnPressed, this, &QueryPage::searchOrStop);
    }
    return m_days;
}

void QueryPage::showDays()
{
    const auto time = static_cast<StudyTime>(m_time->currentIndex());
    const bool isRange = time == StudyTime::Range;
    m_fromLabel->setText(isRange ? tr("From") : tr("Day"));
    m_from->setAccessibleName(isRange ? tr("First day") : tr("Day"));
    m_from->findChild<QLineEdit*>()->setAccessibleName(m_from->accessibleName());
    m_days->setVisible(isRange || time == StudyTime::Day);
    m_toLabel->setVisible(isRange);
    m_to->setVisible(isRange);
}

QWidget* QueryPage::buildResults()
{
    m_studies->setSortingEnabled(true);
    m_studies->sortByColumn(FoundStudiesModel::Date, Qt::DescendingOrder);
    m_move->setMenu(m_targets);
    m_empty->addAction(m_toDestinations);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_count, 1);
    head->addWidget(m_move);
    head->addWidget(m_fetch);
    auto* area = new QWidget;
    auto* column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(head);
    column->addWidget(m_studies, 1);
    column->addWidget(m_empty, 1);
    return area;
}

QWidget* QueryPage::buildRetrievals()
{
    m_retrievalList->setFixedHeight(kRetrievalsHeight);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_retrievalsTitle, 1);
    head->addWidget(m_stop);
    head->addWidget(m_clear);
    m_retrievalArea = new QWidget;
    auto* column = new QVBoxLayout(m_retrievalArea);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(head);
    column->addWidget(m_retrievalList);
    return m_retrievalArea;
}

void QueryPage::wire()
{
    connect(&m_config, &ConfigStore::changed, this, &QueryPage::takeConfig);
    connect(m_time, &QComboBox::currentIndexChanged, this, &QueryPage::showDays);
    connect(m_search, &QPushButton::clicked, this, &QueryPage::searchOrStop);
    for (auto* field : {m_name, m_patientId, m_accession, m_modality}) {
        connect(field, &QLineEdit::returnPressed, this, &QueryPage::searchOrStop);
    }
    connect(m_studies->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueryPage::showChoice);
    connect(m_targets, &QMenu::aboutToShow, this, &QueryPage::fillTargets);
    connect(m_fetch, &QPushButton::clicked, this, &QueryPage::fetchChosen);
    connect(m_toDestinations, &QPushButton::clicked, this, &QueryPage::destinationsWanted);
    connect(&m_retrievals, &Retrievals::listChanged, this, &QueryPage::showRetrievals);
    connect(&m_retrievals, &Retrievals::changed, this, &QueryPage::showRetrievals);
    connect(&m_retrievals, &Retrievals::ended, this, &QueryPage::tellRetrieval);
    connect(m_clear, &QPushButton::clicked, &m_retrievals, &Retrievals::clear);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        for (const auto& index : m_retrievalList->selectionModel()->selectedRows()) {
            m_retrievals.stop(m_retrievals.all().at(static_cast<size_t>(index.row())).id);
        }
    });
    connect(
        m_retrievalList->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueryPage::showRetrievals);
}

void QueryPage::retranslate()
{
    m_header->setTitle(title());
    m_header->setSubtitle(tr("Find studies in a PACS, and have them sent here or to another node"));
    m_sourceLabel->setText(tr("Where"));
    m_nameLabel->setText(tr("Patient name"));
    m_name->setPlaceholderText(tr("The beginning is enough"));
    m_patientIdLabel->setText(tr("Patient ID"));
    m_accessionLabel->setText(tr("Accession number"));
    m_modalityLabel->setText(tr("Modality"));
    m_modality->setPlaceholderText(tr("e.g. CT"));
    m_timeLabel->setText(tr("Study date"));
    for (const auto& [label, field, stretch] : fields()) {
        static const QRegularExpression marker(u"\\s*\\(&.\\)|&"_s); // "Name(&N)" in Chinese, "&Name" else
        field->setAccessibleName(label->text().remove(marker));
    }
    m_move->setText(tr("Send to"));
    m_fetch->setText(tr("Fetch here"));
    m_toDestinations->setText(tr("Add a destination"));
    m_studies->setAccessibleName(tr("Studies that were found"));
    m_retrievalList->setAccessibleName(tr("Studies on their way"));
    m_retrievalsTitle->setText(tr("Transfers"));
    m_stop->setText(tr("Stop"));
    m_clear->setText(tr("Clear"));
    fillTimes();
    m_found->retranslate();
    m_retrievalsModel->retranslate();
    fillSources();
    showRetrievals();
}

void QueryPage::fillTimes()
{
    const QStringList times{tr("Any"), tr("Today"), tr("Yesterday"), tr("Last 7 days"), tr("Last 30 days"),
        tr("A day…"), tr("From … to …")};
    const int time = m_time->count() == 0 ? static_cast<int>(StudyTime::Today) : m_time->currentIndex();
    m_time->clear();
    m_time->addItems(times);
    m_time->setCurrentIndex(time);
    m_toLabel->setText(tr("to"));
    m_to->setAccessibleName(tr("Last day"));
    m_to->findChild<QLineEdit*>()->setAccessibleName(m_to->accessibleName());
    showDays();
}

void QueryPage::takeConfig()
{
    if (!m_config.config().settings.receiveFolder.isEmpty()) {
        m_problems->remove(kFetchKey);
    }
    fillSources();
}

void QueryPage::fillSources()
{
    const QSignalBlocker quiet(m_source);
    const auto current = m_source->currentText();
    m_source->clear();
    for (const auto& destination : m_config.config().destinations) {
        m_source->addItem(destination.name);
    }
    m_source->setCurrentIndex(std::max(0, m_source->findText(current)));
    markSources();
    showSearch();
}

void QueryPage::showTests(DestinationTests& tests)
{
    m_tests = &tests;
    connect(&tests, &DestinationTests::changed, this, &QueryPage::markSources);
    markSources();
}

void QueryPage::markSources()
{
    for (int row = 0; m_tests != nullptr && row < m_source->count(); ++row) {
        const auto name = m_source->itemText(row);
        m_source->setItemIcon(row, QIcon(statusPixmap(statusOf(*m_tests, name), kDotSize, devicePixelRatioF())));
        m_source->setItemData(row, statusText(*m_tests, name), Qt::ToolTipRole);
    }
}

void QueryPage::fillTargets()
{
    m_targets->clear();
    for (const auto& destination : m_config.config().destinations) {
        if (!m_run || destination.name != m_run->source().name) { // the box may name another by now
            m_targets->addAction(
                literalText(destination.name), this, [this, name = destination.name] { moveChosen(name); });
        }
    }
    if (m_targets->isEmpty()) {
        m_targets->addAction(tr("There is no other destination"))->setEnabled(false);
    }
}

QuerySearch QueryPage::search() const
{
    return {m_name->text(), m_patientId->text(), m_accession->text(), m_modality->text(),
        static_cast<StudyTime>(m_time->currentIndex()), m_from->date(), m_to->date()};
}

void QueryPage::searchOrStop()
{
    if (m_run && !m_run->isOver()) {
        m_run->stop();
        return;
    }
    const auto* source = m_config.config().find(m_source->currentText());
    if (source == nullptr) {
        return;
    }
    m_problems->remove(kSearchKey);
    m_found->clear();
    m_run = std::make_unique<QueryRun>(
        m_network, *source, m_config.config().settings.aeTitle, toFindParams(search(), QDate::currentDate()), m_traces);
    connect(m_run.get(), &QueryRun::matched, this, &QueryPage::takeMatches);
    connect(m_run.get(), &QueryRun::finished, this, &QueryPage::tellEnd);
    showSearch();
}

void QueryPage::takeMatches()
{
    m_found->add(m_run->matches().back());
    showSearch();
}

void QueryPage::tellEnd()
{
    showSearch();
    if (m_run->state() == QueryRun::State::Failed) {
        m_problems->show(kSearchKey, failureNotice(*m_run->error(), [name = m_run->source().name] {
            return tr("%1 could not be searched.").arg(name);
        }));
    } else if (m_run->matches().size() >= static_cast<size_t>(kMostMatches)) {
        Notice notice;
        notice.heading = [] { return tr("Only the first %1 studies are shown.").arg(app::countText(kMostMatches)); };
        notice.text = [] { return tr("Narrow the search by a name, an ID, a date or a modality."); };
        m_problems->show(kSearchKey, std::move(notice));
    }
}

QString QueryPage::countText() const
{
    return m_count->text();
}

void QueryPage::showSearch()
{
    const bool isAsking = m_run && !m_run->isOver();
    const bool hasSource = m_source->count() > 0;
    const int found = m_found->rowCount();
    m_search->setText(isAsking ? tr("Stop") : tr("Search"));
    m_search->setEnabled(hasSource);
    m_studies->setVisible(found > 0);
    m_empty->setVisible(found == 0);
    m_toDestinations->setVisible(!hasSource);
    if (!hasSource) {
        m_empty->setTexts(tr("No PACS to search yet"), tr("Enter one as a destination; the same address serves both."));
    } else if (isAsking) {
        m_empty->setTexts(tr("Searching %1…").arg(m_run->source().name), {});
    } else if (m_run && m_run->state() == QueryRun::State::Done) {
        m_empty->setTexts(tr("No study matches"), tr("Try another date, or fewer letters of the name."));
    } else {
        m_empty->setTexts(tr("Search for studies"),
            tr("Choose a PACS, enter what you know of the patient or the date, and press Enter."));
    }
    const auto count = tr("%n study(ies)", nullptr, found);
    m_count->setText(found == 0 ? QString() : isAsking ? tr("%1 · searching…").arg(count) : count);
    showChoice();
}

void QueryPage::showChoice()
{
    const bool isChosen = m_studies->selectionModel()->hasSelection();
    m_fetch->setEnabled(isChosen);
    m_move->setEnabled(isChosen);
    m_fetch->setVisible(m_found->rowCount() > 0);
    m_move->setVisible(m_found->rowCount() > 0);
}

void QueryPage::showRetrievals()
{
    const auto& all = m_retrievals.all();
    m_retrievalArea->setVisible(!all.empty());
    const auto rows = m_retrievalList->selectionModel()->selectedRows();
    m_stop->setEnabled(std::any_of(rows.begin(), rows.end(),
        [&all](const QModelIndex& index) { return !all.at(static_cast<size_t>(index.row())).isOver(); }));
    m_clear->setEnabled(std::any_of(all.begin(), all.end(), [](const Retrieval& one) { return one.isOver(); }));
    Q_EMIT underWayChanged(m_retrievals.underWay());
}

std::vector<Retrievals::Origin> QueryPage::chosen() const
{
    std::vector<Retrievals::Origin> origins;
    for (const auto& index : m_studies->selectionModel()->selectedRows()) {
        origins.push_back(
            {m_run->source(), m_config.config().settings.aeTitle, m_found->study(m_sorted->mapToSource(index).row())});
    }
    return origins;
}

void QueryPage::fetchChosen()
{
    const auto folder = m_config.config().settings.receiveFolder;
    m_problems->remove(kFetchKey);
    if (folder.isEmpty()) {
        Notice notice;
        notice.kind = BannerKind::Warning;
        notice.heading = [] { return tr("There is no folder yet for what is fetched."); };
        notice.text = [] { return tr("Choose the folder of the receiver; fetched studies go there, too."); };
        notice.actions = {{[] { return tr("Choose it"); }, [this] { Q_EMIT receiveWanted(); }}};
        m_problems->show(kFetchKey, std::move(notice));
        return;
    }
    for (const auto& origin : chosen()) {
        m_retrievals.fetch(origin, folder, m_ownReceiver());
    }
}

void QueryPage::moveChosen(const QString& destination)
{
    const auto* target = m_config.config().find(destination);
    for (const auto& origin : target == nullptr ? std::vector<Retrievals::Origin>() : chosen()) {
        m_retrievals.move(origin, target->calledAeTitle, destination);
    }
}

// Failures and arrivals have a message each, which grows until somebody closes it: neither hides the other.
void QueryPage::tellRetrieval(const Retrieval& retrieval)
{
    if (retrieval.state == Retrieval::State::Failed || retrieval.state == Retrieval::State::Partly) {
        if (m_problems->banner(kFailedKey) == nullptr) {
            m_failures.clear();
        }
        m_failures.push_back(retrieval);
        tellFailures();
    }
    if (!retrieval.folder.isEmpty() && retrieval.received > 0) {
        if (m_problems->banner(kArrivedKey) == nullptr) {
            m_arrivals.clear();
        }
        m_arrivals.push_back(retrieval);
        tellArrivals();
    }
}

void QueryPage::tellFailures()
{
    const auto& last = m_failures.back();
    const auto heading = [failures = m_failures] { return failureHeading(failures); };
    auto notice = last.error ? failureNotice(*last.error, heading) : Notice{BannerKind::Bad, heading};
    notice.text = [failures = m_failures] { return failureText(failures); };
    m_problems->show(kFailedKey, std::move(notice));
}

void QueryPage::tellArrivals()
{
    QStringList folders;
    qint64 instances = 0;
    for (const auto& arrival : m_arrivals) {
        folders.append(arrival.folder);
        instances += arrival.received;
    }
    folders.removeDuplicates();
    Notice notice;
    notice.kind = std::all_of(m_arrivals.begin(), m_arrivals.end(), isDone) ? BannerKind::Good : BannerKind::Warning;
    notice.heading = [patients = patientsOf(m_arrivals), count = static_cast<int>(instances)] {
        return tr("%n instance(s) of %1 are here.", nullptr, count).arg(namesText(patients));
    };
    const QString folder = folders.size() == 1 ? folders.front() : QFileInfo(folders.front()).path();
    notice.actions = {{[] { return tr("Put them on the Send page"); },
                          [this, folders] {
                              m_problems->remove(kArrivedKey); // what comes later is not put there twice
                              Q_EMIT pathsFetched(folders);
                          }},
        {[] { return tr("Open folder"); }, [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }}};
    m_problems->show(kArrivedKey, std::move(notice));
}

} // namespace radpost::ui
