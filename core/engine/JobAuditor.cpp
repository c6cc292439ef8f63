#include "core/engine/JobAuditor.h"

#include "core/engine/AuditTrail.h"
#include "core/engine/JobAudit.h"
#include "core/observe/Log.h"
#include "core/store/threadname.h"

#include <utility>

namespace radpost::engine {

JobAuditor::JobAuditor(AuditTrail& trail, ReceiptOf receiptOf, AeTitle callingAeTitle)
    : m_trail(trail)
    , m_receiptOf(std::move(receiptOf))
    , m_callingAeTitle(std::move(callingAeTitle))
    , m_thread([this] { main(); })
{
}

JobAuditor::~JobAuditor()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void JobAuditor::jobCameToRest(JobId job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.append(job);
    }
    m_changed.notify_one();
}

void JobAuditor::abandon()
{
    const std::lock_guard lock(m_mutex);
    if (!m_jobs.isEmpty()) {
        qCWarning(observe::lcEngine) << "the audit trail lacks" << m_jobs.size() << "jobs: the end was hurried";
    }
    m_jobs.clear();
}

void JobAuditor::main()
{
    store::nameThisThread("job-auditor");
    std::unique_lock lock(m_mutex);
    while (!m_isEnding || !m_jobs.isEmpty()) {
        if (m_jobs.isEmpty()) {
            m_changed.wait(lock);
            continue;
        }
        const auto job = m_jobs.takeFirst();
        lock.unlock();
        tell(job);
        lock.lock();
    }
}

void JobAuditor::tell(JobId job)
{
    const auto receipt = m_receiptOf(job);
    if (!receipt) {
        qCWarning(observe::lcEngine) << "the audit trail lacks job" << job.value << errorName(receipt.error().code)
                                     << receipt.error().detail;
        return;
    }
    const auto state = receipt->job.state;
    if (state != store::JobState::Finished && state != store::JobState::Cancelled) {
        return;
    }
    for (auto& message : auditMessages(*receipt, m_callingAeTitle)) {
        m_trail.record(std::move(message));
    }
}

} // namespace radpost::engine
