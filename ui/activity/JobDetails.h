#pragma once

#include "core/base/Error.h"
#include "core/store/HistoryTypes.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QTreeView;

namespace radpost::ui {

class Backend;
class FailureList;
class JobActions;
class JobTreeModel;

/// What unfolds below a job: its failures by reason, then studies, series and instances.
class JobDetails final : public QWidget
{
    Q_OBJECT

public:
    JobDetails(Backend& backend, JobActions& actions, JobId job, QWidget* parent = nullptr);

    /// Reads the ledger again.
    void reload();
    /// Reads it again soon; however often it is called, about once a second, and seldom where reading takes long.
    void follow();
    void setAllowed(bool isAllowed);
    [[nodiscard]] FailureList* failures() const { return m_failures; }
    [[nodiscard]] JobTreeModel* model() const { return m_model; }
    [[nodiscard]] QTreeView* tree() const { return m_tree; }

Q_SIGNALS:
    void failed(const radpost::Error& error);

private:
    void setUpTree();
    void fitTree();

    Backend& m_backend;
    const JobId m_job;
    FailureList* m_failures;
    JobTreeModel* m_model;
    QTreeView* m_tree;
    QTimer m_soon;
    QElapsedTimer m_reading;
    bool m_wasUnfolded = false;
};

} // namespace radpost::ui
