#pragma once

#include "core/engine/DimseConnector.h"
#include "core/observe/TransferMetrics.h"
#include "core/queue/DispatchEvents.h"

#include <QString>

namespace radpost::engine {

/// The durations of the steps of associations with one destination. Any thread.
class ConnectionMetrics final : public ConnectionMeter
{
public:
    ConnectionMetrics(observe::TransferMetrics& metrics, const QString& destination);
    void onConnected(std::chrono::nanoseconds took) override;
    void onNegotiated(std::chrono::nanoseconds took) override;
    void onCertificate(Clock::WallTime notAfter) override;

private:
    observe::TransferMetrics& m_metrics;
    const QString m_destination;
    observe::Histogram& m_connect;
    observe::Histogram& m_negotiate;
};

/// A queue::Sender that counts what another one does.
class MeteredSender final : public queue::Sender
{
public:
    MeteredSender(std::unique_ptr<queue::Sender> sender, observe::TransferMetrics& metrics, const QString& destination);
    ~MeteredSender() override;
    Q_DISABLE_COPY_MOVE(MeteredSender)

    [[nodiscard]] Result<queue::SessionInfo> open(
        std::span<const queue::ContextNeed> needs, const CancelToken& cancel) override;
    [[nodiscard]] bool wasProposed(const queue::ContextNeed& need) const override
    {
        return m_sender->wasProposed(need);
    }
    void prepare(const queue::SendItem& item) override { m_sender->prepare(item); }
    [[nodiscard]] Result<> submit(const queue::SendItem& item, const CancelToken& cancel) override;
    [[nodiscard]] Result<queue::SendOutcome> awaitOutcome(const CancelToken& cancel) override;
    void close() override;

private:
    void countTry(const queue::SendOutcome& outcome);
    void countBroken(const Error& error);

    std::unique_ptr<queue::Sender> m_sender;
    observe::TransferMetrics& m_metrics;
    const QString m_destination;
    observe::Counter& m_bytes;
    observe::Gauge& m_open;
    observe::Histogram& m_duration;
    observe::Counter& m_stored; ///< the common case, without a look-up
    bool m_isOpen = false;
};

class MeteredSenderFactory final : public queue::SenderFactory
{
public:
    MeteredSenderFactory(
        std::unique_ptr<queue::SenderFactory> factory, observe::TransferMetrics& metrics, QString destination);
    [[nodiscard]] std::unique_ptr<queue::Sender> create() override;
    [[nodiscard]] Result<> probe(const CancelToken& cancel) override { return m_factory->probe(cancel); }
    [[nodiscard]] std::optional<Error> objectionTo(const queue::ContextNeed& need) const override
    {
        return m_factory->objectionTo(need);
    }

private:
    std::unique_ptr<queue::SenderFactory> m_factory;
    observe::TransferMetrics& m_metrics;
    const QString m_destination;
};

/// Counts what the dispatcher tells, and hands it on.
class MeteredEvents final : public queue::DispatchEvents
{
public:
    MeteredEvents(queue::DispatchEvents& next, observe::TransferMetrics* metrics)
        : m_next(next)
        , m_metrics(metrics)
    {
    }

    void onJobStarted(JobId job) override { m_next.onJobStarted(job); }
    void onProgress(const queue::JobProgress& progress) override { m_next.onProgress(progress); }
    void onDelivery(const queue::DeliveryEvent& event) override { m_next.onDelivery(event); }
    void onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes) override;
    void onJobAtRest(const queue::JobProgress& progress) override { m_next.onJobAtRest(progress); }
    void onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info) override;
    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override;
    void onDestinationUp(const QString& destination) override;
    void onLedgerFailed(const Error& error) override { m_next.onLedgerFailed(error); }
    void onLedgerRecovered() override { m_next.onLedgerRecovered(); }

private:
    void setUp(const QString& destination, bool isUp);

    queue::DispatchEvents& m_next;
    observe::TransferMetrics* const m_metrics; ///< may be null
};

} // namespace radpost::engine
