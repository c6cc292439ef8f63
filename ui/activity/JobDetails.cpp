#include "ui/activity/JobDetails.h"

#include "ui/activity/FailureList.h"
#include "ui/activity/JobActions.h"
#include "ui/activity/JobTreeModel.h"
#include "ui/common/CellDelegate.h"
#include "ui/common/Backend.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QHeaderView>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kDenseRow = 26;
constexpr int kMostRows = 12;
constexpr int kNumberWidth = 84;
constexpr int kStateWidth = 190;
constexpr int kFewStudies = 3; // that many are unfolded at once
constexpr qint64 kPauseMs = 1000;
constexpr qint64 kPauseTimes = 9; // a job of a million instances is read a tenth of the time

} // namespace

JobDetails::JobDetails(Backend& backend, JobActions& actions, JobId job, QWidget* parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_job(job)
    , m_failures(new FailureList)
    , m_model(new JobTreeModel(backend, job, this))
    , m_tree(new QTreeView)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_failures);
    column->addWidget(m_tree);
    setUpTree();
    connect(m_failures, &FailureList::retryAsked, &actions,
        [&actions, job](const store::FailureCause& cause) { actions.retry(job, cause); });
    connect(m_model, &JobTreeModel::failed, this, &JobDetails::failed);
    connect(m_model, &JobTreeModel::loaded, this, [this] {
        m_soon.setInterval(static_cast<int>(std::max(kPauseMs, kPauseTimes * m_reading.elapsed())));
        fitTree();
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(kPauseMs);
    connect(&m_soon, &QTimer::timeout, this, &JobDetails::reload);
    connect(m_tree, &QTreeView::expanded, this, &JobDetails::fitTree);
    connect(m_tree, &QTreeView::collapsed, this, &JobDetails::fitTree);
    connect(m_model, &JobTreeModel::rowsInserted, this, &JobDetails::fitTree);
    onLanguage(*this, [this] {
        m_tree->setAccessibleName(tr("Studies, series and instances of the job"));
        m_model->retranslate();
    });
    setAllowed(actions.isAllowed());
    reload();
}

void JobDetails::setUpTree()
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CellDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setTabKeyNavigation(false);
    auto* header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(JobTreeModel::Name, QHeaderView::Stretch);
    for (int section = JobTreeModel::Instances; section < JobTreeModel::State; ++section) {
        header->resizeSection(section, kNumberWidth);
    }
    header->resizeSection(JobTreeModel::State, kStateWidth);
    fitTree();
}

void JobDetails::follow()
{
    if (!m_soon.isActive()) {
        m_soon.start();
    }
}

void JobDetails::reload()
{
    m_soon.stop();
    m_reading.start();
    m_model->reload();
    m_backend.run(
        this, [job = m_job](engine::Engine& engine) { return engine.history().failures(job); },
        [this](const Result<QList<store::FailureGroup>>& groups) {
            if (groups) {
                m_failures->show(*groups);
            } else {
                Q_EMIT failed(groups.error());
            }
        });
}

void JobDetails::setAllowed(bool isAllowed)
{
    m_failures->setAllowed(isAllowed);
}

// As high as its rows, up to a limit; beyond it the tree scrolls by itself.
void JobDetails::fitTree()
{
    if (!m_wasUnfolded && m_model->rowCount() > 0) {
        m_wasUnfolded = true;
        if (m_model->rowCount() <= kFewStudies) {
            m_tree->expandToDepth(0);
        }
    }
    int rows = 0;
    for (auto at = m_model->index(0, 0); at.isValid() && rows < kMostRows; at = m_tree->indexBelow(at)) {
        ++rows;
    }
    m_tree->setFixedHeight((std::max(rows, 1) + 1) * kDenseRow + 2 * metrics::kUnit);
}

} // namespace radpost::ui
