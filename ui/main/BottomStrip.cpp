#include "ui/main/BottomStrip.h"

#include "ui/common/ActivityMonitor.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace radpost::ui {

BottomStrip::BottomStrip(Backend& backend, ActivityMonitor& activity, QWidget* parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_activity(activity)
    , m_moving(makePlainButton({}))
    , m_waiting(makeLabel(u"muted"_s))
    , m_resume(makePlainButton(u"resume"_s))
{
    setProperty("role", u"strip"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPageMargin, metrics::kUnit, metrics::kPageMargin, metrics::kUnit);
    row->setSpacing(2 * metrics::kUnit);
    row->addWidget(m_moving);
    row->addStretch();
    row->addWidget(m_waiting);
    row->addWidget(m_resume);
    setFixedHeight(metrics::kRowHeight + 3 * metrics::kUnit);
    connect(&backend, &Backend::stateChanged, this, &BottomStrip::refresh);
    connect(&activity, &ActivityMonitor::changed, this, &BottomStrip::refresh);
    connect(m_moving, &QPushButton::clicked, this, &BottomStrip::activityAsked);
    connect(m_resume, &QPushButton::clicked, &activity, &ActivityMonitor::resumeUnfinished);
    onLanguage(*this, [this] {
        setAccessibleName(tr("What moves now"));
        m_moving->setToolTip(tr("Show the jobs"));
        m_resume->setText(tr("Resume"));
        m_resume->setToolTip(tr("Go on with the jobs that are not finished"));
        refresh();
    });
}

QString BottomStrip::text() const
{
    return m_moving->text();
}

QString BottomStrip::waitingText() const
{
    return m_waiting->text();
}

void BottomStrip::refresh()
{
    const auto& sum = m_activity.summary();
    const bool isOpen = m_backend.state() == Backend::State::Ready || m_backend.state() == Backend::State::ReadOnly;
    m_moving->setText(movingText());
    QString waiting;
    if (isOpen && sum.unfinishedJobs > 0) {
        const QString jobs = tr("%n job(s) not finished", nullptr, sum.unfinishedJobs);
        waiting = tr("%1 · %2 waiting").arg(jobs, app::countText(sum.waiting));
    } else if (isOpen) {
        waiting = tr("%1 waiting").arg(app::countText(sum.left));
    }
    m_waiting->setText(waiting);
    m_resume->setVisible(m_backend.state() == Backend::State::Ready && sum.unfinishedJobs > 0);
}

QString BottomStrip::movingText() const
{
    switch (m_backend.state()) {
    case Backend::State::Closed:
        return tr("The ledger is not open");
    case Backend::State::Opening:
        return tr("Opening the ledger…");
    case Backend::State::Failed:
        return app::errorText(m_backend.error().value_or(Error())).happened;
    case Backend::State::ReadOnly:
        return tr("Another Radpost has the ledger");
    case Backend::State::Ready:
        break;
    }
    const auto& sum = m_activity.summary();
    if (sum.ledgerError) {
        return app::errorText(*sum.ledgerError).happened;
    }
    return sum.runningJobs > 0 ? runningText() : tr("Nothing is being sent");
}

QString BottomStrip::runningText() const
{
    const auto& sum = m_activity.summary();
    if (sum.heldUpJobs == sum.runningJobs) {
        return tr("%n job(s) wait for a destination", nullptr, sum.heldUpJobs);
    }
    QStringList facts{tr("%n job(s) running", nullptr, sum.runningJobs)};
    if (sum.instancesPerSecond > 0) {
        facts.append(tr("%1 instances/s").arg(app::countText(std::lround(sum.instancesPerSecond))));
        facts.append(app::rateText(sum.bytesPerSecond));
    }
    if (sum.eta) {
        facts.append(tr("%1 left").arg(app::durationText(*sum.eta)));
    }
    return facts.join(u" · "_s);
}

} // namespace radpost::ui
