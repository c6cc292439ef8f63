#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/config/Monitoring.h"
#include "core/observe/AuditEvents.h"

#include <QString>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>

namespace radpost::observe {
class AuditSpool;
struct TransferMetrics;
} // namespace radpost::observe

namespace radpost::engine {

class AuditDelivery;

struct AuditTrailParams
{
    config::AuditSettings settings;
    QString dataFolder;                          ///< where the trail lies when the settings name no folder
    QString aeTitle;                             ///< ours
    const Clock* clock = nullptr;                ///< outlives it; null: the machine's
    observe::TransferMetrics* metrics = nullptr; ///< outlives it; null: nothing is counted
    std::chrono::milliseconds firstDelay{1000};  ///< before a receiver that failed is tried again
    std::chrono::milliseconds patience{500};     ///< see SyslogSender::confirm()
};

/// The audit trail of this process (PS3.15 A.5): messages go to a spool on the disk first, and from there to the
/// receiver. What happens is never held up by the trail: a message that cannot be written is logged and counted. Any
/// thread.
class AuditTrail final
{
public:
    /// Opens the spool, writes "Application Start", begins to deliver. Blocks on files.
    /// Errors: FileWriteFailed (also: another process has it), DiskFull.
    [[nodiscard]] static Result<std::unique_ptr<AuditTrail>> open(AuditTrailParams params);

    /// stop() with no patience.
    ~AuditTrail();
    Q_DISABLE_COPY_MOVE(AuditTrail)

    /// Fills in time and source, and writes it; one that is too long without its objects. Blocks on the disk.
    void record(observe::AuditMessage message);

    /// A peer that was not let in. The same one for the same reason is written once a minute, with how often it came:
    /// who knocks a thousand times a second does not fill the disk.
    void refused(const observe::audit::Node& peer, observe::audit::Alert alert, const QString& reason);

    /// Writes what is held back and "Application Stop", and delivers for @p patience. Blocks; idempotent.
    void stop(std::chrono::milliseconds patience);

    [[nodiscard]] qint64 undeliveredBytes() const;

private:
    struct Knocking
    {
        Clock::SteadyTime writtenAt;
        qint64 heldBack = 0;
        observe::audit::Node peer;
        observe::audit::Alert alert;
        QString reason;
    };

    explicit AuditTrail(AuditTrailParams params);
    [[nodiscard]] Result<> openSpool();
    [[nodiscard]] observe::audit::Application application() const;
    void countLost();
    void writeRefusal(const Knocking& knocking);
    [[nodiscard]] std::vector<Knocking> takeOld(Clock::SteadyTime now, bool all);

    const AuditTrailParams m_params;
    const SystemClock m_systemClock;
    const Clock& m_clock;
    std::unique_ptr<observe::AuditSpool> m_spool;
    std::unique_ptr<AuditDelivery> m_delivery;
    std::mutex m_mutex; // guards what follows
    std::map<QString, Knocking> m_knocking;
    qint64 m_lostTold = 0;
    bool m_isStopped = false;
};

} // namespace radpost::engine
