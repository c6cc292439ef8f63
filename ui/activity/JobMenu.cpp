#include "ui/activity/JobMenu.h"

#include "ui/activity/JobActions.h"
#include "ui/activity/JobWords.h"
#include "ui/common/Icons.h"
#include "ui/common/JobPriority.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

JobMenu::JobMenu(JobActions& actions, QWidget* parent)
    : QMenu(parent)
    , m_actions(actions)
{
}

void JobMenu::fill(const JobFacts& facts, const std::vector<config::Destination>& destinations)
{
    clear();
    const auto job = facts.entry.job.id;
    setToolTipsVisible(true);
    addJobActions(facts);
    addDestinations(job, destinations);
    addSeparator();
    addAction(ui::icon(u"receipt"_s), tr("Open receipt"), this, [this, job] { Q_EMIT receiptAsked(job); });
    addAction(ui::icon(u"export"_s), tr("Export receipt…"), this, [this, job] { Q_EMIT exportAsked(job); });
    if (!m_actions.isAllowed()) {
        addSeparator();
        addAction(tr("Another Radpost sends; this window is read-only."))->setEnabled(false);
    }
}

void JobMenu::addJobActions(const JobFacts& facts)
{
    const auto job = facts.entry.job.id;
    const auto now = facts.activity();
    const auto sum = facts.sums();
    const bool isAllowed = m_actions.isAllowed();
    const auto add = [this, isAllowed](const QString& iconName, const QString& text, auto act) {
        auto* action = addAction(ui::icon(iconName), text, this, act);
        action->setObjectName(iconName);
        action->setEnabled(isAllowed);
    };
    if (!facts.isEnded() && now != queue::JobActivity::Paused && now != queue::JobActivity::Stopped && facts.progress) {
        add(u"pause"_s, tr("Pause"), [this, job] { m_actions.pause(job); });
    } else if (!facts.isEnded()) {
        add(u"resume"_s, tr("Resume"), [this, job] { m_actions.resume(job); });
    }
    if (sum.failed + sum.unproved > 0 && now != queue::JobActivity::Cancelled) {
        add(u"retry"_s, JobWords::action(JobAction::Retry, sum), [this, job] { m_actions.retry(job); });
    }
    if (now == queue::JobActivity::Finished && facts.needsPerson()) {
        add(u"settle"_s,
            sum.failed + sum.unproved > 0 ? tr("Mark the failures as settled")
                                          : tr("Mark the unreadable files as settled"),
            [this, job] { m_actions.settle(job); });
    }
    if (!facts.isEnded()) {
        add(u"stop"_s, tr("Cancel %n instance(s) not sent yet", nullptr, static_cast<int>(sum.left + sum.waiting)),
            [this, job] { m_actions.cancel(job); });
        addPriorities(facts);
    }
}

void JobMenu::addPriorities(const JobFacts& facts)
{
    auto* menu = addMenu(tr("Priority"));
    menu->setEnabled(m_actions.isAllowed());
    constexpr int kLast = static_cast<int>(JobPriority::Last);
    constexpr int kFirst = static_cast<int>(JobPriority::First);
    const int current = std::clamp(facts.entry.job.priority, kLast, kFirst);
    const auto add = [&](const QString& text, JobPriority choice) {
        const int priority = static_cast<int>(choice);
        auto* action = menu->addAction(
            text, this, [this, job = facts.entry.job.id, priority] { m_actions.setPriority(job, priority); });
        action->setCheckable(true);
        action->setChecked(current == priority);
    };
    add(tr("First"), JobPriority::First);
    add(tr("Normal"), JobPriority::Normal);
    add(tr("Last"), JobPriority::Last);
}

void JobMenu::addDestinations(JobId job, const std::vector<config::Destination>& destinations)
{
    auto* menu = addMenu(ui::icon(u"destinations"_s), tr("Send again to"));
    menu->setEnabled(m_actions.isAllowed() && !destinations.empty());
    for (const auto& destination : destinations) {
        auto name = destination.name;
        menu->addAction(
            name.replace(u'&', u"&&"_s), this, [this, job, destination] { m_actions.sendAgain(job, destination); });
    }
}

} // namespace radpost::ui
