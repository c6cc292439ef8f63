#pragma once

#include "core/engine/SyslogSender.h"
#include "core/observe/AuditSpool.h"

#include <chrono>
#include <memory>
#include <thread>

namespace radpost::observe {
struct TransferMetrics;
}

namespace radpost::engine {

struct AuditDeliveryParams
{
    observe::SyslogOrigin origin;
    std::chrono::milliseconds firstDelay{1000}; ///< after a failure; doubles
    std::chrono::milliseconds maxDelay{300'000};
    std::chrono::milliseconds patience{500};     ///< see SyslogSender::confirm()
    int batch = 500;                             ///< messages that are sent and confirmed together
    observe::TransferMetrics* metrics = nullptr; ///< outlives it; null: nothing is counted
};

/// Hands what a spool holds to a syslog receiver, on a thread of its own, in order. A message counts as delivered when
/// it was written and the connection still stood a moment later; after a failure everything since is sent again, so the
/// receiver may see a message twice, and none never. While the next message cannot be read it waits likewise. It writes
/// no audit messages about itself, whatever happens.
class AuditDelivery final
{
public:
    /// The spool must outlive it.
    AuditDelivery(observe::AuditSpool& spool, std::unique_ptr<SyslogSender> sender, AuditDeliveryParams params);
    /// stop() with no patience.
    ~AuditDelivery();
    Q_DISABLE_COPY_MOVE(AuditDelivery)

    void start();

    /// Goes on for @p patience while something is undelivered and the receiver answers, then ends. Blocks; idempotent.
    void stop(std::chrono::milliseconds patience);

private:
    void run();
    void noteReading(const Result<observe::AuditBatch>& batch);
    [[nodiscard]] bool deliver(const observe::AuditBatch& batch);
    [[nodiscard]] Result<> deliverBatch(const observe::AuditBatch& batch);
    void noteOutcome(const Result<>& outcome, size_t count);
    [[nodiscard]] bool waitBeforeRetry();

    observe::AuditSpool& m_spool;
    const std::unique_ptr<SyslogSender> m_sender;
    const AuditDeliveryParams m_params;
    std::chrono::milliseconds m_delay; ///< before the next try
    bool m_isDown = false;
    bool m_isBlind = false; ///< the spool cannot be read
    CancelSource m_ending;  ///< deliver what is there, then end
    CancelSource m_stopping;
    std::thread m_thread;
};

} // namespace radpost::engine
