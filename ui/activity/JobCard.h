#pragma once

#include "ui/activity/JobFacts.h"
#include "ui/activity/RateHistory.h"

#include <QFrame>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace radpost::ui {

class Backend;
class JobActions;
class JobDetails;
class JobMenu;
class ProgressLine;
class RateGraph;
class StatusDot;
class StopPanel;

/// One job: what, where to, how far, how fast, what can be done. Unfolds to failures, studies, series and instances.
class JobCard final : public QFrame
{
    Q_OBJECT

public:
    JobCard(Backend& backend, JobActions& actions, JobId job, QWidget* parent = nullptr);

    [[nodiscard]] JobId job() const { return m_job; }
    [[nodiscard]] const JobFacts& facts() const { return m_facts; }
    void show(const JobFacts& facts, const RateHistory& rates);
    /// The destination is one of the configuration, not an address.
    void setDestinationKnown(bool isKnown);
    void setUnfolded(bool isUnfolded);
    [[nodiscard]] bool isUnfolded() const { return m_details != nullptr; }

    [[nodiscard]] QPushButton* mainButton() const { return m_main; }
    [[nodiscard]] QToolButton* menuButton() const { return m_more; }
    [[nodiscard]] QToolButton* foldButton() const { return m_fold; }
    [[nodiscard]] JobDetails* details() const { return m_details; }
    [[nodiscard]] StopPanel* stopPanel() const { return m_stop; } ///< nullptr: never stopped
    [[nodiscard]] QString sumsText() const;
    [[nodiscard]] QString stateText() const;

Q_SIGNALS:
    void receiptAsked(radpost::JobId job);
    void editAsked(const QString& destination);
    void testAsked(const QString& destination);
    void copyAsked(radpost::JobId job); ///< why it was stopped, for the administrator
    void menuAsked(radpost::JobId job, const QPoint& at);
    void unfoldedChanged(radpost::JobId job, bool isUnfolded);
    void failed(const radpost::Error& error);

private:
    QLayout* headRow();
    QLayout* footRow();
    void refresh();
    void refreshButtons();
    void showStop();
    void act();

    Backend& m_backend;
    JobActions& m_actions;
    const JobId m_job;
    JobFacts m_facts;
    StatusDot* m_dot;
    QLabel* m_title;
    QLabel* m_target;
    QLabel* m_subtitle;
    QLabel* m_sums;
    QLabel* m_pace;
    QLabel* m_state;
    ProgressLine* m_line;
    RateGraph* m_graph;
    QPushButton* m_main;
    QToolButton* m_more;
    QToolButton* m_fold;
    StopPanel* m_stop = nullptr;
    QBoxLayout* m_column;
    bool m_isDestinationKnown = false;
    JobDetails* m_details = nullptr;
};

} // namespace radpost::ui
