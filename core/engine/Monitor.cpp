#include "core/engine/Monitor.h"

#include "core/engine/AuditTrail.h"
#include "core/engine/StatusServer.h"

namespace radpost::engine {

Monitor::Monitor(MonitorParams params)
    : m_params(std::move(params))
{
    m_registrations.push_back(collectProcess(m_registry, m_params.version));
}

Monitor::~Monitor()
{
    stop(std::chrono::milliseconds(0));
}

void Monitor::watchQueues(std::function<Result<QList<store::DestinationBacklog>>()> backlog)
{
    m_registrations.push_back(collectQueues(m_registry, std::move(backlog), m_clock));
}

void Monitor::watchDisk(const WatchedFolder& folder)
{
    m_folders.append(folder);
    m_health.add(QStringLiteral("disk_") + folder.name, diskCheck(folder.path, folder.reserveBytes));
}

Result<> Monitor::start()
{
    const auto& settings = m_params.settings;
    if (settings.audit.isEnabled) {
        AuditTrailParams params;
        params.settings = settings.audit;
        params.dataFolder = m_params.dataFolder;
        params.aeTitle = settings.aeTitle.toString();
        params.metrics = &m_metrics;
        auto trail = AuditTrail::open(std::move(params));
        if (!trail) {
            return fail(std::move(trail.error()));
        }
        m_audit = *std::move(trail);
        m_registrations.push_back(
            collectAudit(m_registry, [trail = m_audit.get()] { return trail->undeliveredBytes(); }));
    }
    m_registrations.push_back(collectDisks(m_registry, m_folders));
    if (settings.httpListen.isEmpty()) {
        return {};
    }
    m_server = std::make_unique<StatusServer>(settings.httpListen, m_health, m_registry);
    return m_server->start();
}

void Monitor::stop(std::chrono::milliseconds patience)
{
    if (m_server) {
        m_server->stop();
    }
    m_registrations.clear();
    if (m_audit) {
        m_audit->stop(patience);
    }
}

quint16 Monitor::port() const
{
    return m_server ? m_server->port() : 0;
}

} // namespace radpost::engine
