#include "core/engine/ListenerFan.h"

#include <mutex>

namespace radpost::engine {

ListenerFan::ListenerFan(EngineListener* first)
    : m_first(first)
{
}

void ListenerFan::attach(EngineListener& second)
{
    const std::unique_lock lock(m_mutex);
    m_second = &second;
}

void ListenerFan::detach()
{
    const std::unique_lock lock(m_mutex);
    m_second = nullptr;
}

template <typename Call>
void ListenerFan::tell(Call call)
{
    if (m_first != nullptr) {
        call(*m_first);
    }
    const std::shared_lock lock(m_mutex);
    if (m_second != nullptr) {
        call(*m_second);
    }
}

void ListenerFan::onJobStarted(JobId job)
{
    tell([&](EngineListener& to) { to.onJobStarted(job); });
}

void ListenerFan::onProgress(const queue::JobProgress& progress)
{
    tell([&](EngineListener& to) { to.onProgress(progress); });
}

void ListenerFan::onDelivery(const queue::DeliveryEvent& event)
{
    tell([&](EngineListener& to) { to.onDelivery(event); });
}

void ListenerFan::onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes)
{
    tell([&](EngineListener& to) { to.onOutcomesCommitted(destination, outcomes); });
}

void ListenerFan::onJobAtRest(const queue::JobProgress& progress)
{
    tell([&](EngineListener& to) { to.onJobAtRest(progress); });
}

void ListenerFan::onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info)
{
    tell([&](EngineListener& to) { to.onAssociationOpened(destination, id, info); });
}

void ListenerFan::onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
{
    tell([&](EngineListener& to) { to.onDestinationDown(destination, error, nextTryAt); });
}

void ListenerFan::onDestinationUp(const QString& destination)
{
    tell([&](EngineListener& to) { to.onDestinationUp(destination); });
}

void ListenerFan::onLedgerFailed(const Error& error)
{
    tell([&](EngineListener& to) { to.onLedgerFailed(error); });
}

void ListenerFan::onLedgerRecovered()
{
    tell([](EngineListener& to) { to.onLedgerRecovered(); });
}

void ListenerFan::onInstance(const QList<JobId>& jobs, const scan::ScannedInstance& instance)
{
    tell([&](EngineListener& to) { to.onInstance(jobs, instance); });
}

void ListenerFan::onSkipped(const QList<JobId>& jobs, const scan::SkippedFile& file)
{
    tell([&](EngineListener& to) { to.onSkipped(jobs, file); });
}

void ListenerFan::onDuplicate(const QList<JobId>& jobs, const scan::DuplicateFile& file)
{
    tell([&](EngineListener& to) { to.onDuplicate(jobs, file); });
}

void ListenerFan::onJobsRemoved()
{
    tell([](EngineListener& to) { to.onJobsRemoved(); });
}

void ListenerFan::onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar)
{
    tell([&](EngineListener& to) { to.onScanProgress(jobs, soFar); });
}

void ListenerFan::onProof(JobId job)
{
    tell([&](EngineListener& to) { to.onProof(job); });
}

void ListenerFan::onScanFinished(
    const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error)
{
    tell([&](EngineListener& to) { to.onScanFinished(jobs, summary, error); });
}

} // namespace radpost::engine
