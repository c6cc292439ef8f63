#pragma once

#include "core/engine/EngineListener.h"

#include <shared_mutex>

namespace radpost::engine {

/// Hands on to one listener that is there for good, and to another that comes and goes. Any thread.
class ListenerFan final : public EngineListener
{
public:
    /// @p first outlives this; may be null.
    explicit ListenerFan(EngineListener* first);

    /// From now on @p second hears everything, too. One at a time.
    void attach(EngineListener& second);
    /// No call to it is under way once this returns. Not from such a call.
    void detach();

    void onJobStarted(JobId job) override;
    void onProgress(const queue::JobProgress& progress) override;
    void onDelivery(const queue::DeliveryEvent& event) override;
    void onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes) override;
    void onJobAtRest(const queue::JobProgress& progress) override;
    void onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info) override;
    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override;
    void onDestinationUp(const QString& destination) override;
    void onLedgerFailed(const Error& error) override;
    void onLedgerRecovered() override;
    void onInstance(const QList<JobId>& jobs, const scan::ScannedInstance& instance) override;
    void onSkipped(const QList<JobId>& jobs, const scan::SkippedFile& file) override;
    void onDuplicate(const QList<JobId>& jobs, const scan::DuplicateFile& file) override;
    void onJobsRemoved() override;
    void onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar) override;
    void onProof(JobId job) override;
    void onScanFinished(
        const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error) override;

private:
    template <typename Call>
    void tell(Call call);

    EngineListener* const m_first;
    std::shared_mutex m_mutex; // guards m_second, and is shared by each call to it
    EngineListener* m_second = nullptr;
};

} // namespace radpost::engine
