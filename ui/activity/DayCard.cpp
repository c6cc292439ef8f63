#include "ui/activity/DayCard.h"

#include "ui/activity/JobWords.h"
#include "ui/common/Icons.h"
#include "ui/common/Widgets.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

DayCard::DayCard(const QDate& day, QWidget* parent)
    : QWidget(parent)
    , m_day(day)
    , m_button(new QPushButton)
    , m_more(makePlainButton({}))
{
    m_button->setProperty("role", u"fold"_s);
    m_button->setAutoDefault(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_button);
    row->addStretch();
    row->addWidget(m_more);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT unfoldAsked(m_day, !m_isUnfolded); });
    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT moreAsked(m_day); });
    onLanguage(*this, [this] { refresh(); });
}

void DayCard::show(qint64 jobs, qint64 shown, bool isUnfolded)
{
    m_jobs = jobs;
    m_shown = shown;
    m_isUnfolded = isUnfolded;
    refresh();
}

void DayCard::refresh()
{
    const auto jobs = tr("%n job(s)", nullptr, static_cast<int>(m_jobs));
    m_button->setText(u"%1  ·  %2"_s.arg(JobWords::day(m_day, QDate::currentDate()), jobs));
    m_button->setIcon(icon(m_isUnfolded ? u"down"_s : u"right"_s));
    m_more->setText(tr("Show more of this day"));
    m_more->setVisible(m_isUnfolded && m_shown < m_jobs);
}

} // namespace radpost::ui
