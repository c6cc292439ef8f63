#pragma once

#include "core/queue/DispatchEvents.h"

#include <functional>

namespace radpost::engine {

/// Hands on what the dispatcher tells, and tells who asks for evidence what was stored.
class ProofEvents final : public queue::DispatchEvents
{
public:
    /// Before anything is told.
    void connectTo(queue::DispatchEvents& next, std::function<void(JobId)> begun,
        std::function<void(const QString&, qint64)> stored, std::function<void(JobId)> rested)
    {
        m_next = &next;
        m_begun = std::move(begun);
        m_stored = std::move(stored);
        m_rested = std::move(rested);
    }

    void onJobStarted(JobId job) override
    {
        m_begun(job);
        m_next->onJobStarted(job);
    }
    void onProgress(const queue::JobProgress& progress) override { m_next->onProgress(progress); }
    void onDelivery(const queue::DeliveryEvent& event) override { m_next->onDelivery(event); }
    void onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes) override
    {
        using store::DeliveryState;
        m_stored(destination, outcomes.of(DeliveryState::Stored) + outcomes.of(DeliveryState::StoredWithWarning));
        m_next->onOutcomesCommitted(destination, outcomes);
    }
    void onJobAtRest(const queue::JobProgress& progress) override
    {
        m_rested(progress.job);
        m_next->onJobAtRest(progress);
    }
    void onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info) override
    {
        m_next->onAssociationOpened(destination, id, info);
    }
    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override
    {
        m_next->onDestinationDown(destination, error, nextTryAt);
    }
    void onDestinationUp(const QString& destination) override { m_next->onDestinationUp(destination); }
    void onLedgerFailed(const Error& error) override { m_next->onLedgerFailed(error); }
    void onLedgerRecovered() override { m_next->onLedgerRecovered(); }

private:
    queue::DispatchEvents* m_next = nullptr;
    std::function<void(JobId)> m_begun;
    std::function<void(const QString&, qint64)> m_stored;
    std::function<void(JobId)> m_rested;
};

} // namespace radpost::engine
