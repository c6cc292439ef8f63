#include "ui/common/EngineEvents.h"

#include <utility>

namespace radpost::ui {

template <typename Change>
void EngineEvents::gather(Change change)
{
    bool mustCall = false;
    {
        const std::lock_guard lock(m_mutex);
        change(m_gathered);
        mustCall = !std::exchange(m_isFlushComing, true);
    }
    if (mustCall) {
        QMetaObject::invokeMethod(this, &EngineEvents::flush, Qt::QueuedConnection);
    }
}

// Gathered news goes first, so that nothing is told after a job's end that happened before it.
template <typename Tell>
void EngineEvents::tell(Tell signal)
{
    QMetaObject::invokeMethod(
        this,
        [this, signal = std::move(signal)] {
            flush();
            signal();
        },
        Qt::QueuedConnection);
}

void EngineEvents::flush()
{
    Gathered news;
    {
        const std::lock_guard lock(m_mutex);
        news = std::exchange(m_gathered, {});
        m_isFlushComing = false;
    }
    if (!news.batch.skipped.empty() || !news.batch.duplicates.empty()) {
        Q_EMIT scanned(news.batch);
    }
    if (!news.deliveries.empty()) {
        Q_EMIT delivered(news.deliveries);
    }
    for (const auto& [job, progress] : news.progress) {
        Q_EMIT progressed(progress);
    }
    for (const auto job : news.proofs) {
        Q_EMIT proofMoved(job);
    }
}

void EngineEvents::onJobStarted(JobId job)
{
    tell([this, job] { Q_EMIT jobStarted(job); });
}

void EngineEvents::onProgress(const queue::JobProgress& progress)
{
    gather([&progress](Gathered& news) { news.progress.insert_or_assign(progress.job, progress); });
}

void EngineEvents::onDelivery(const queue::DeliveryEvent& event)
{
    gather([&event](Gathered& news) { news.deliveries.push_back(event); });
}

void EngineEvents::onJobAtRest(const queue::JobProgress& progress)
{
    tell([this, progress] { Q_EMIT jobAtRest(progress); });
}

void EngineEvents::onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info)
{
    Q_UNUSED(id)
    tell([this, destination, info] { Q_EMIT associationOpened(destination, info); });
}

void EngineEvents::onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
{
    tell([this, destination, error, nextTryAt] { Q_EMIT destinationDown(destination, error, nextTryAt); });
}

void EngineEvents::onDestinationUp(const QString& destination)
{
    tell([this, destination] { Q_EMIT destinationUp(destination); });
}

void EngineEvents::onLedgerFailed(const Error& error)
{
    tell([this, error] { Q_EMIT ledgerFailed(error); });
}

void EngineEvents::onLedgerRecovered()
{
    tell([this] { Q_EMIT ledgerRecovered(); });
}

void EngineEvents::onJobsRemoved()
{
    tell([this] { Q_EMIT jobsRemoved(); });
}

void EngineEvents::onProof(JobId job)
{
    gather([job](Gathered& news) { news.proofs.insert(job); });
}

void EngineEvents::onSkipped(const QList<JobId>& jobs, const scan::SkippedFile& file)
{
    gather([&](Gathered& news) { news.batch.skipped.push_back({jobs, file}); });
}

void EngineEvents::onDuplicate(const QList<JobId>& jobs, const scan::DuplicateFile& file)
{
    gather([&](Gathered& news) { news.batch.duplicates.push_back({jobs, file}); });
}

void EngineEvents::onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar)
{
    tell([this, jobs, soFar] { Q_EMIT scanProgressed(jobs, soFar); });
}

void EngineEvents::onScanFinished(
    const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error)
{
    tell([this, jobs, summary, error] { Q_EMIT scanFinished(jobs, summary, error); });
}

} // namespace radpost::ui
