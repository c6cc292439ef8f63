#pragma once

#include "core/base/StrongId.h"
#include "core/queue/Receipt.h"

#include <QList>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace radpost::engine {

class AuditTrail;

/// Tells the audit trail of every job that ended: whose instances went to whom; see auditMessages(). On a thread of its
/// own, since it reads the ledger and writes to the disk. A job whose failures are sent again is told again, as a
/// whole. What had not been told when the process was killed stays untold, as does a job that is cancelled while it is
/// paused or stopped.
class JobAuditor final
{
public:
    using ReceiptOf = std::function<Result<queue::Receipt>(JobId)>;

    /// @p trail and what @p receiptOf asks outlive it. @p callingAeTitle: ours.
    JobAuditor(AuditTrail& trail, ReceiptOf receiptOf, AeTitle callingAeTitle);
    /// First tells what it has, unless abandon() was called; blocks for as long.
    ~JobAuditor();
    Q_DISABLE_COPY_MOVE(JobAuditor)

    /// One that is only paused or stopped is not told. Any thread; returns at once.
    void jobCameToRest(JobId job);

    /// Nobody waits for the rest; how many jobs that are is logged. Any thread.
    void abandon();

private:
    void main();
    void tell(JobId job);

    AuditTrail& m_trail;
    const ReceiptOf m_receiptOf;
    const AeTitle m_callingAeTitle;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    QList<JobId> m_jobs;
    bool m_isEnding = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace radpost::engine
