#include "ui/activity/ActivityPage.h"

#include "ui/activity/ActivityFilter.h"
#include "ui/activity/DayCard.h"
#include "ui/activity/JobCard.h"
#include "ui/activity/JobListModel.h"
#include "ui/activity/JobMenu.h"
#include "ui/activity/ReceiptView.h"
#include "ui/common/ActivityMonitor.h"
#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/doctor/AdministratorText.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kActionKey = u"action"_s;
const QString kLedgerKey = u"ledger"_s;
constexpr int kNearTheEnd = 200;

} // namespace

ActivityPage::ActivityPage(Backend& backend, ConfigStore& config, ActivityMonitor& monitor, QWidget* parent)
    : Page(parent)
    , m_backend(backend)
    , m_config(config)
    , m_monitor(monitor)
    , m_actions(backend)
    , m_model(new JobListModel(backend, this))
    , m_stack(new QStackedWidget)
    , m_body(new QStackedWidget)
    , m_header(new PageHeader)
    , m_filter(new ActivityFilter)
    , m_problems(new ProblemList)
    , m_empty(new EmptyState(u"activity"_s))
    , m_noMatch(new EmptyState(u"search"_s))
    , m_clear(makeButton({}))
    , m_menu(new JobMenu(m_actions, this))
{
    layOut();
    follow();
    insertRows(0, m_model->rowCount() - 1);
    onLanguage(*this, [this] { retranslate(); });
}

QString ActivityPage::title() const
{
    return tr("Activity");
}

QString ActivityPage::iconName() const
{
    return u"activity"_s;
}

void ActivityPage::layOut()
{
    m_noMatch->addAction(m_clear);
    m_body->addWidget(buildList());
    m_body->addWidget(m_empty);
    m_body->addWidget(m_noMatch);
    auto* overview = new QWidget;
    auto* column = new QVBoxLayout(overview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4 * metrics::kUnit);
    for (auto* widget : std::initializer_list<QWidget*>{m_header, m_filter, m_problems}) {
        column->addWidget(widget);
    }
    column->addWidget(m_body, 1);
    m_stack->addWidget(overview);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

QWidget* ActivityPage::buildList()
{
    auto* content = new QWidget;
    content->setProperty("role", u"content"_s);
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    m_rows->setSpacing(2 * metrics::kUnit);
    m_rows->addStretch();
    m_scroll = new QScrollArea;
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    return m_scroll;
}

void ActivityPage::follow()
{
    connect(m_model, &JobListModel::rowsInserted, this,
        [this](const QModelIndex&, int first, int last) { insertRows(first, last); });
    connect(m_model, &JobListModel::rowsRemoved, this,
        [this](const QModelIndex&, int first, int last) { removeRows(first, last); });
    connect(m_model, &JobListModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) { refreshRows(first.row(), last.row()); });
    connect(m_model, &JobListModel::failed, this,
        [this](const Error& error) { m_problems->show(kLedgerKey, errorNotice(error)); });
    connect(m_model, &JobListModel::loaded, this, [this] {
        m_problems->remove(kLedgerKey);
        readDestinations();
        showState();
        revealWanted();
    });
    connect(m_filter, &ActivityFilter::changed, this, [this] { m_model->setFilter(m_filter->filter()); });
    connect(m_clear, &QPushButton::clicked, m_filter, &ActivityFilter::clear);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, &ActivityPage::fetchIfAtEnd);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, &ActivityPage::fetchIfAtEnd);
    connect(&m_actions, &JobActions::failed, this, &ActivityPage::showError);
    connect(&m_actions, &JobActions::sentAgain, this, &ActivityPage::showJobs);
    connect(&m_actions, &JobActions::done, this, [this] {
        m_problems->remove(kActionKey);
        m_model->refresh();
        m_monitor.refresh();
    });
    connect(m_menu, &JobMenu::receiptAsked, this, &ActivityPage::openReceipt);
    connect(m_menu, &JobMenu::exportAsked, this, [this](JobId job) {
        openReceipt(job);
        m_receipt->askSave();
    });
    connect(&m_monitor, &ActivityMonitor::changed, this,
        [this] { Q_EMIT badgeChanged(static_cast<int>(m_monitor.summary().needingPerson)); });
    connect(&m_config, &ConfigStore::changed, this, [this] { refreshRows(0, static_cast<int>(m_widgets.size()) - 1); });
    connect(&m_backend, &Backend::stateChanged, this, [this] {
        refreshRows(0, static_cast<int>(m_widgets.size()) - 1);
        showState();
    });
}

void ActivityPage::retranslate()
{
    m_header->setTitle(title());
    m_empty->setTexts(tr("Nothing has been sent yet"),
        tr("Each send becomes a job here: how far it is, how fast, what failed and why, and at the end a receipt that "
           "says what arrived. Jobs go on after a restart; nothing is lost."));
    m_noMatch->setTexts(tr("No job matches"), tr("Change the words, or look in all destinations, states and days."));
    m_clear->setText(tr("Show all jobs"));
    showState();
}

void ActivityPage::showState()
{
    const bool isNothing = m_model->rowCount() == 0;
    const bool isFiltered = !m_model->filter().isEmpty();
    m_body->setCurrentIndex(!isNothing ? 0 : isFiltered ? 2 : 1);
    m_filter->setVisible(!isNothing || isFiltered);
    const auto needing = static_cast<int>(m_monitor.summary().needingPerson);
    m_header->setSubtitle(
        needing > 0 ? tr("%n job(s) need your attention", nullptr, needing) : tr("No job needs your attention"));
}

QString ActivityPage::shownState() const
{
    return m_body->currentWidget() == m_empty  ? u"empty"_s
        : m_body->currentWidget() == m_noMatch ? u"no-match"_s
                                               : u"list"_s;
}

QWidget* ActivityPage::makeRow(const QModelIndex& index)
{
    if (index.data(JobListModel::KindRole).toInt() == static_cast<int>(JobListModel::Kind::Day)) {
        auto* day = new DayCard(index.data(JobListModel::DayRole).toDate());
        connect(day, &DayCard::unfoldAsked, m_model, &JobListModel::setUnfolded);
        connect(day, &DayCard::moreAsked, m_model, &JobListModel::showMoreOf);
        return day;
    }
    const auto job = index.data(JobListModel::FactsRole).value<JobFacts>().entry.job.id;
    auto* card = new JobCard(m_backend, m_actions, job);
    connect(card, &JobCard::receiptAsked, this, &ActivityPage::openReceipt);
    connect(card, &JobCard::menuAsked, this, &ActivityPage::openMenu);
    connect(card, &JobCard::editAsked, this, &ActivityPage::editWanted);
    connect(card, &JobCard::testAsked, this, &ActivityPage::testWanted);
    connect(card, &JobCard::copyAsked, this, &ActivityPage::copyStop);
    connect(card, &JobCard::failed, this, &ActivityPage::showError);
    return card;
}

void ActivityPage::showRow(QWidget& widget, const QModelIndex& index)
{
    if (auto* card = qobject_cast<JobCard*>(&widget)) {
        const auto facts = index.data(JobListModel::FactsRole).value<JobFacts>();
        card->setDestinationKnown(m_config.config().find(facts.entry.job.destinationName) != nullptr);
        card->show(facts, m_model->rates(card->job()));
    } else if (auto* day = qobject_cast<DayCard*>(&widget)) {
        day->show(index.data(JobListModel::DayCountRole).toLongLong(),
            index.data(JobListModel::DayShownRole).toLongLong(), index.data(JobListModel::UnfoldedRole).toBool());
    }
}

void ActivityPage::insertRows(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        auto* widget = makeRow(m_model->index(row));
        m_rows->insertWidget(row, widget);
        m_widgets.insert(row, widget);
        showRow(*widget, m_model->index(row));
    }
}

void ActivityPage::removeRows(int first, int last)
{
    for (int row = last; row >= first; --row) {
        auto* widget = m_widgets.takeAt(row);
        widget->hide();
        m_rows->removeWidget(widget);
        widget->deleteLater(); // one of its buttons may be what called
    }
}

void ActivityPage::refreshRows(int first, int last)
{
    for (int row = first; row <= last && row < m_widgets.size(); ++row) {
        showRow(*m_widgets[row], m_model->index(row));
    }
}

JobCard* ActivityPage::card(JobId job) const
{
    const auto at = m_model->indexOf(job);
    return at.isValid() && at.row() < m_widgets.size() ? qobject_cast<JobCard*>(m_widgets[at.row()]) : nullptr;
}

void ActivityPage::showError(const Error& error)
{
    m_problems->show(kActionKey, errorNotice(error));
}

void ActivityPage::copyStop(JobId job)
{
    const auto* found = card(job);
    const auto reason = found != nullptr ? found->facts().stopReason() : std::nullopt;
    const auto* destination = reason ? m_config.config().find(found->facts().entry.job.destinationName) : nullptr;
    if (destination != nullptr) {
        QGuiApplication::clipboard()->setText(
            administratorText(*destination, m_config.config().settings.aeTitle, *reason, QDateTime::currentDateTime()));
    }
}

void ActivityPage::openMenu(JobId job, const QPoint& at)
{
    const auto* found = card(job);
    if (found != nullptr) {
        m_menu->fill(found->facts(), m_config.config().destinations);
        m_menu->popup(at);
    }
}

void ActivityPage::readDestinations()
{
    m_backend.run(
        this, [](engine::Engine& engine) { return engine.history().destinationNames(); },
        [this](const Result<QStringList>& names) {
            if (names) {
                m_filter->setDestinations(*names);
            }
        });
}

void ActivityPage::fetchIfAtEnd()
{
    const auto* bar = m_scroll->verticalScrollBar();
    if (bar->value() > 0 && bar->value() > bar->maximum() - kNearTheEnd) {
        m_model->fetchMore({});
    }
}

void ActivityPage::showJobs(const QList<JobId>& jobs)
{
    closeReceipt();
    m_filter->clear();
    m_wanted = jobs;
    m_model->setFilter({});
    m_model->refresh();
    revealWanted();
}

void ActivityPage::revealWanted()
{
    while (!m_wanted.isEmpty()) {
        auto* found = card(m_wanted.last());
        if (found == nullptr) {
            return;
        }
        m_wanted.removeLast();
        m_rows->activate();
        m_scroll->ensureWidgetVisible(found, 0, metrics::kPageMargin);
        found->mainButton()->setFocus();
    }
}

void ActivityPage::openReceipt(JobId job)
{
    closeReceipt();
    const auto patients =
        m_config.config().settings.maskReceipts ? ReceiptView::Patients::Masked : ReceiptView::Patients::Named;
    m_receipt = new ReceiptView(m_backend, job, patients);
    connect(m_receipt, &ReceiptView::left, this, &ActivityPage::closeReceipt);
    m_stack->addWidget(m_receipt);
    m_stack->setCurrentWidget(m_receipt);
    m_receipt->setFocus();
}

void ActivityPage::closeReceipt()
{
    if (m_receipt == nullptr) {
        return;
    }
    const auto job = m_receipt->job();
    m_stack->removeWidget(m_receipt);
    m_receipt->hide();
    m_receipt->deleteLater();
    m_receipt = nullptr;
    if (auto* found = card(job)) {
        found->mainButton()->setFocus();
    }
}

} // namespace radpost::ui
