#include "ui/activity/ActivityFilter.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QAction>
#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kTypingPause = 200ms;

enum Period { AnyTime, Today, Yesterday, LastWeek, LastMonth, Chosen };

store::WallTime startOf(const QDate& day)
{
    return store::WallTime(std::chrono::milliseconds(day.startOfDay().toMSecsSinceEpoch()));
}

void keepIndex(QComboBox& box, const QStringList& texts)
{
    const QSignalBlocker blocker(box);
    const int index = std::max(box.currentIndex(), 0);
    box.clear();
    box.addItems(texts);
    box.setCurrentIndex(index);
}

} // namespace

ActivityFilter::ActivityFilter(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit)
    , m_destination(new QComboBox)
    , m_state(new QComboBox)
    , m_period(new QComboBox)
    , m_from(new QDateEdit(QDate::currentDate().addDays(-7)))
    , m_to(new QDateEdit(QDate::currentDate()))
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    m_text->setClearButtonEnabled(true);
    m_text->setProperty("search", true);
    m_text->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_destination->addItem({});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * metrics::kUnit);
    row->addWidget(m_text, 1);
    for (auto* widget : std::initializer_list<QWidget*>{m_destination, m_state, m_period, m_from, m_to}) {
        row->addWidget(widget);
    }
    for (auto* date : {m_from, m_to}) {
        date->setCalendarPopup(true);
        connect(date, &QDateEdit::dateChanged, this, &ActivityFilter::changed);
    }
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &ActivityFilter::changed);
    for (auto* box : {m_destination, m_state, m_period}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents); // also to another language
        connect(box, &QComboBox::currentIndexChanged, this, &ActivityFilter::changed);
    }
    connect(m_period, &QComboBox::currentIndexChanged, this, &ActivityFilter::showDates);
    onLanguage(*this, [this] { retranslate(); });
    showDates();
}

void ActivityFilter::retranslate()
{
    m_text->setPlaceholderText(tr("Patient, study, accession number or UID"));
    m_text->setToolTip(m_text->placeholderText()); // a narrow window cuts it
    m_text->setAccessibleName(tr("Search the jobs"));
    const QSignalBlocker blocker(m_destination);
    m_destination->setItemText(0, tr("All destinations"));
    m_destination->setAccessibleName(tr("Destination"));
    keepIndex(*m_state,
        {tr("All states"), tr("Needs a person"), tr("Unfinished"), tr("Paused"), tr("Finished"), tr("Cancelled")});
    m_state->setAccessibleName(tr("State"));
    keepIndex(*m_period,
        {tr("Any time"), tr("Today"), tr("Yesterday"), tr("Last 7 days"), tr("Last 30 days"), tr("From … to …")});
    m_period->setAccessibleName(tr("When it was under way"));
    m_period->setToolTip(tr("Jobs that were made, sent or finished in this time"));
    m_from->setAccessibleName(tr("First day"));
    m_to->setAccessibleName(tr("Last day"));
    for (auto* date : {m_from, m_to}) {
        date->findChild<QLineEdit*>()->setAccessibleName(date->accessibleName());
    }
    m_from->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_to->setDisplayFormat(u"yyyy-MM-dd"_s);
}

void ActivityFilter::showDates()
{
    const bool isChosen = m_period->currentIndex() == Chosen;
    m_from->setVisible(isChosen);
    m_to->setVisible(isChosen);
}

void ActivityFilter::setDestinations(const QStringList& names)
{
    QStringList shown;
    for (int i = 1; i < m_destination->count(); ++i) {
        shown.append(m_destination->itemText(i));
    }
    if (shown == names) {
        return;
    }
    const QSignalBlocker blocker(m_destination);
    const auto current = m_destination->currentIndex() > 0 ? m_destination->currentText() : QString();
    while (m_destination->count() > 1) {
        m_destination->removeItem(1);
    }
    m_destination->addItems(names);
    m_destination->setCurrentIndex(current.isEmpty() ? 0 : std::max(m_destination->findText(current), 0));
}

void ActivityFilter::clear()
{
    m_text->clear();
    for (auto* box : {m_destination, m_state, m_period}) {
        box->setCurrentIndex(0);
    }
}

store::JobFilter ActivityFilter::filter() const
{
    store::JobFilter filter;
    filter.text = m_text->text().simplified();
    filter.destinationName = m_destination->currentIndex() > 0 ? m_destination->currentText() : QString();
    if (m_state->currentIndex() > 0) {
        filter.standing = static_cast<store::JobStanding>(m_state->currentIndex() - 1);
    }
    const auto today = QDate::currentDate();
    const auto between = [&filter](const QDate& first, const QDate& last) {
        filter.since = startOf(first);
        filter.before = startOf(last.addDays(1));
    };
    switch (m_period->currentIndex()) {
    case Today:
        between(today, today);
        break;
    case Yesterday:
        between(today.addDays(-1), today.addDays(-1));
        break;
    case LastWeek:
        between(today.addDays(-6), today);
        break;
    case LastMonth:
        between(today.addDays(-29), today);
        break;
    case Chosen:
        between(m_from->date(), m_to->date());
        break;
    default:
        break;
    }
    return filter;
}

} // namespace radpost::ui
