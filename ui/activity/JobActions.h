#pragma once

#include "core/base/Error.h"
#include "core/config/Destination.h"
#include "core/store/HistoryTypes.h"

#include <QList>
#include <QObject>

namespace radpost::ui {

class Backend;

/// What a person asks of jobs, done on worker threads. GUI thread.
class JobActions final : public QObject
{
    Q_OBJECT

public:
    explicit JobActions(Backend& backend, QObject* parent = nullptr);

    /// Another process sends, or the ledger is not open: nothing can be asked.
    [[nodiscard]] bool isAllowed() const;

    void pause(JobId job);
    void resume(JobId job);
    void resumeDestination(const QString& name);
    void tryNow(JobId job); ///< a destination that is out of reach
    void cancel(JobId job);
    void retry(JobId job);
    void retry(JobId job, const store::FailureCause& cause);
    void settle(JobId job);
    void setPriority(JobId job, int priority);
    void sendAgain(JobId job, const config::Destination& destination);

Q_SIGNALS:
    void done(); ///< the ledger says something new
    void sentAgain(const QList<radpost::JobId>& jobs);
    void failed(const radpost::Error& error);

private:
    template <typename Work>
    void run(Work work);

    Backend& m_backend;
};

} // namespace radpost::ui
