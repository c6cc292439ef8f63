#include "ui/activity/JobCard.h"

#include "ui/activity/JobActions.h"
#include "ui/activity/JobDetails.h"
#include "ui/activity/JobWords.h"
#include "ui/activity/ProgressLine.h"
#include "ui/activity/RateGraph.h"
#include "ui/activity/StopPanel.h"
#include "ui/common/ElidedLabel.h"
#include "ui/common/Icons.h"
#include "ui/common/StatusDot.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/Sentences.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kStopRow = 3;     // below head, line and foot
constexpr int kMainWidth = 128; // so that nothing moves when Pause becomes Receipt

QString iconOf(JobAction action)
{
    switch (action) {
    case JobAction::Pause:
        return u"pause"_s;
    case JobAction::Retry:
        return u"retry"_s;
    case JobAction::Receipt:
        return u"receipt"_s;
    case JobAction::TryNow:
        return u"test"_s;
    case JobAction::None:
    case JobAction::Resume:
    case JobAction::ResumeDestination:
        break;
    }
    return u"resume"_s;
}

} // namespace

JobCard::JobCard(Backend& backend, JobActions& actions, JobId job, QWidget* parent)
    : QFrame(parent)
    , m_backend(backend)
    , m_actions(actions)
    , m_job(job)
    , m_dot(new StatusDot)
    , m_title(new ElidedLabel(u"heading"_s))
    , m_target(makeLabel(u"strong"_s))
    , m_subtitle(new ElidedLabel(u"muted"_s))
    , m_sums(makeLabel({}))
    , m_pace(new ElidedLabel(u"muted"_s))
    , m_state(new ElidedLabel(u"muted"_s))
    , m_line(new ProgressLine)
    , m_graph(new RateGraph)
    , m_main(makeButton({}))
    , m_more(makeIconButton(u"more"_s))
    , m_fold(makeIconButton(u"down"_s))
    , m_column(new QVBoxLayout(this))
{
    setProperty("role", u"card"_s);
    m_main->setMinimumWidth(kMainWidth);
    m_column->setContentsMargins(4 * metrics::kUnit, 3 * metrics::kUnit, 3 * metrics::kUnit, 3 * metrics::kUnit);
    m_column->setSpacing(2 * metrics::kUnit);
    m_column->addLayout(headRow());
    m_column->addWidget(m_line);
    m_column->addLayout(footRow());
    connect(m_main, &QPushButton::clicked, this, &JobCard::act);
    connect(m_fold, &QToolButton::clicked, this, [this] { setUnfolded(!isUnfolded()); });
    connect(m_more, &QToolButton::clicked, this,
        [this] { Q_EMIT menuAsked(m_job, m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    onLanguage(*this, [this] { refresh(); });
}

QLayout* JobCard::headRow()
{
    auto* title = new QHBoxLayout;
    title->setSpacing(2 * metrics::kUnit);
    for (auto* label : {m_title, m_target}) {
        title->addWidget(label);
    }
    title->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::kUnit / 2);
    words->addLayout(title);
    words->addWidget(m_subtitle);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kUnit);
    row->addWidget(m_dot, 0, Qt::AlignVCenter);
    row->addSpacing(2 * metrics::kUnit);
    row->addLayout(words, 1);
    row->addWidget(m_graph, 0, Qt::AlignVCenter);
    row->addSpacing(2 * metrics::kUnit);
    for (auto* widget : std::initializer_list<QWidget*>{m_main, m_more, m_fold}) {
        row->addWidget(widget, 0, Qt::AlignVCenter);
    }
    return row;
}

QLayout* JobCard::footRow()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * metrics::kUnit);
    row->addWidget(m_sums);
    row->addWidget(m_pace);
    row->addStretch();
    row->addWidget(m_state);
    return row;
}

void JobCard::show(const JobFacts& facts, const RateHistory& rates)
{
    const bool isNews = facts.sums().failed != m_facts.sums().failed || facts.isRunning() != m_facts.isRunning() ||
        (!facts.isRunning() && facts.counts() != m_facts.counts());
    const bool hasMoved = facts.counts() != m_facts.counts();
    m_facts = facts;
    m_graph->setVisible(facts.isRunning() && !rates.samples().isEmpty());
    if (facts.isRunning()) {
        m_graph->setHistory(rates);
    }
    refresh();
    if (m_details != nullptr && isNews) {
        m_details->reload();
    } else if (m_details != nullptr && hasMoved) {
        m_details->follow();
    }
}

void JobCard::setDestinationKnown(bool isKnown)
{
    m_isDestinationKnown = isKnown;
    showStop();
}

// Made when it is needed: there may be hundreds of cards.
void JobCard::showStop()
{
    const auto reason = m_facts.stopReason();
    if (m_stop == nullptr && reason) {
        m_stop = new StopPanel;
        m_column->insertWidget(kStopRow, m_stop);
        connect(m_stop->editButton(), &QPushButton::clicked, this,
            [this] { Q_EMIT editAsked(m_facts.entry.job.destinationName); });
        connect(m_stop->testButton(), &QPushButton::clicked, this,
            [this] { Q_EMIT testAsked(m_facts.entry.job.destinationName); });
        connect(m_stop->copyButton(), &QPushButton::clicked, this, [this] { Q_EMIT copyAsked(m_job); });
    }
    if (m_stop != nullptr) {
        m_stop->show(reason, m_isDestinationKnown);
    }
}

void JobCard::refresh()
{
    const auto state = JobWords::state(m_facts);
    m_dot->set(m_facts.status(), state);
    m_title->setText(JobWords::title(m_facts));
    m_target->setText(u"→ "_s + m_facts.entry.job.destinationName);
    m_subtitle->setText(JobWords::subtitle(m_facts));
    m_subtitle->setHidden(m_subtitle->text() == m_title->text());
    m_sums->setText(u"%1  ·  %2"_s.arg(JobWords::sums(m_facts.sums()), JobWords::bytes(m_facts)));
    m_pace->setText(JobWords::pace(m_facts));
    m_state->setText(state);
    m_line->set(m_facts.storedShare(), m_facts.failedShare(), m_facts.movingShare());
    showStop();
    setAccessibleName(app::enumerated({m_title->text(), m_facts.entry.job.destinationName}));
    setAccessibleDescription(app::enumerated({state, m_sums->text()}));
    refreshButtons();
}

void JobCard::refreshButtons()
{
    const auto action = m_facts.mainAction();
    const bool isAllowed = action == JobAction::Receipt || m_actions.isAllowed();
    m_main->setText(JobWords::action(action, m_facts.sums()));
    m_main->setIcon(icon(iconOf(action)));
    m_main->setAccessibleName(app::labelled(m_main->text(), m_title->text()));
    m_main->setEnabled(isAllowed);
    m_main->setToolTip(isAllowed ? QString() : tr("Another Radpost sends; this window is read-only."));
    setIconText(*m_more, tr("More for %1").arg(m_title->text()));
    m_fold->setIcon(icon(isUnfolded() ? u"up"_s : u"down"_s));
    setIconText(*m_fold, isUnfolded() ? tr("Hide the studies") : tr("Show the studies"));
    if (m_details != nullptr) {
        m_details->setAllowed(m_actions.isAllowed());
    }
}

void JobCard::setUnfolded(bool isUnfolded)
{
    if (isUnfolded == this->isUnfolded()) {
        return;
    }
    if (isUnfolded) {
        m_details = new JobDetails(m_backend, m_actions, m_job);
        connect(m_details, &JobDetails::failed, this, &JobCard::failed);
        m_column->addWidget(m_details);
    } else {
        m_details->hide();
        m_details->deleteLater();
        m_details = nullptr;
    }
    refreshButtons();
    Q_EMIT unfoldedChanged(m_job, isUnfolded);
}

void JobCard::act()
{
    switch (m_facts.mainAction()) {
    case JobAction::None:
        return;
    case JobAction::Pause:
        return m_actions.pause(m_job);
    case JobAction::TryNow:
        return m_actions.tryNow(m_job);
    case JobAction::Resume:
        return m_actions.resume(m_job);
    case JobAction::ResumeDestination:
        return m_actions.resumeDestination(m_facts.entry.job.destinationName);
    case JobAction::Retry:
        return m_actions.retry(m_job);
    case JobAction::Receipt:
        Q_EMIT receiptAsked(m_job);
    }
}

QString JobCard::sumsText() const
{
    return m_sums->text();
}

QString JobCard::stateText() const
{
    return m_state->text();
}

} // namespace radpost::ui
