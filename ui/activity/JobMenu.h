#pragma once

#include "ui/activity/JobFacts.h"

#include "core/config/Destination.h"

#include <QMenu>

#include <vector>

namespace radpost::ui {

class JobActions;

/// Everything that can be done with a job; made anew when it opens, for how the job stands then.
class JobMenu final : public QMenu
{
    Q_OBJECT

public:
    JobMenu(JobActions& actions, QWidget* parent);

    void fill(const JobFacts& facts, const std::vector<config::Destination>& destinations);

Q_SIGNALS:
    void receiptAsked(radpost::JobId job);
    void exportAsked(radpost::JobId job);

private:
    void addJobActions(const JobFacts& facts);
    void addPriorities(const JobFacts& facts);
    void addDestinations(JobId job, const std::vector<config::Destination>& destinations);

    JobActions& m_actions;
};

} // namespace radpost::ui
