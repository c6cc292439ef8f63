#pragma once

#include "core/config/Settings.h"
#include "core/engine/Health.h"
#include "core/engine/ReceiveMeter.h"
#include "core/engine/StandingMetrics.h"
#include "core/observe/TransferMetrics.h"

#include <QString>

#include <memory>
#include <vector>

namespace radpost::engine {

class AuditTrail;
class StatusServer;

struct MonitorParams
{
    config::Settings settings; ///< of them: http.listen, audit, ae_title
    QString dataFolder;
    QString version;
};

/// What watches a program that runs for years: metrics, health, their HTTP port and the audit trail, as the settings
/// ask for them. Made first and stopped last; what is counted and checked is handed in between. Any thread.
class Monitor final
{
public:
    explicit Monitor(MonitorParams params);
    /// stop() with no patience.
    ~Monitor();
    Q_DISABLE_COPY_MOVE(Monitor)

    /// For EngineParams::metrics, ReceiveParams::metrics.
    [[nodiscard]] observe::TransferMetrics& metrics() { return m_metrics; }
    [[nodiscard]] ReceiveMeter receiveMeter() { return ReceiveMeter(&m_metrics); }
    [[nodiscard]] Health& health() { return m_health; }
    /// Null when the settings want none, or before start().
    [[nodiscard]] AuditTrail* audit() const { return m_audit.get(); }

    // Before start(). What they ask must outlive stop().
    void watchQueues(std::function<Result<QList<store::DestinationBacklog>>()> backlog);
    void watchDisk(const WatchedFolder& folder);

    /// Opens the audit trail and the HTTP port. Blocks on files. Errors: as AuditTrail::open(), StatusServer::start().
    [[nodiscard]] Result<> start();

    /// Not ready from now on: nothing new should come.
    void setEnding() { m_health.setEnding(); }

    /// Closes the port, then the trail, which delivers for @p patience. Blocks; idempotent.
    void stop(std::chrono::milliseconds patience);

    /// Of the HTTP port; 0: none.
    [[nodiscard]] quint16 port() const;

private:
    const MonitorParams m_params;
    const SystemClock m_clock;
    observe::MetricsRegistry m_registry;
    observe::TransferMetrics m_metrics{m_registry};
    Health m_health;
    QList<WatchedFolder> m_folders;
    std::vector<MetricsRegistration> m_registrations;
    std::unique_ptr<AuditTrail> m_audit;
    std::unique_ptr<StatusServer> m_server;
};

} // namespace radpost::engine
