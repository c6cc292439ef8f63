#pragma once

#include "app/cli/ServeFollower.h"
#include "app/cli/Session.h"
#include "core/engine/GatewayHost.h"

#include <atomic>

namespace radpost::cli {

/// A gateway from its start to its end: reads the configuration again when that changes or SIGHUP asks for it, and
/// tells the service manager how things stand. One thread; reloadSoon() from any.
class ServeRun final
{
public:
    /// @p overrides puts what the command line says over the settings of the file.
    ServeRun(Session& session, std::function<void(config::Settings&)> overrides);

    void reloadSoon() { m_reload = true; }

    /// Blocks until @p cancel is pulled and what was under way is done.
    [[nodiscard]] ExitCode run(engine::GatewayParams params, const CancelToken& cancel);

private:
    [[nodiscard]] ExitCode serve(engine::GatewayHost& host, const CancelToken& cancel);
    void tellMonitoring(quint16 port);
    void tellOpen(const engine::Gateway& gateway);
    void watch(engine::GatewayHost& host, const CancelToken& cancel);
    void tell(const engine::ConfigLook& look);
    void tellRules(const engine::RulesReloaded& reloaded);
    void tellCounts(const engine::GatewayCounts& counts);

    Session& m_session;
    ServeFollower m_follower;
    std::function<void(config::Settings&)> m_overrides;
    std::atomic<bool> m_reload{false};
    std::chrono::milliseconds m_drain{0};
    qint64 m_told = 0;
};

/// One line about what came since the start.
[[nodiscard]] QString serveCountsText(const engine::GatewayCounts& counts);

} // namespace radpost::cli
