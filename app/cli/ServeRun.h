#pragma once

#include "app/cli/ServeFollower.h"
#include "app/cli/Session.h"
#include "core/engine/Monitor.h"
#include "core/engine/Gateway.h"

#include <QDateTime>

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
    /// What tells of the configuration file that it was changed, and that it is not being written.
    struct FileLook
    {
        QDateTime modified;
        qint64 bytes = -1;
        [[nodiscard]] bool isThere() const { return bytes >= 0; }
        friend bool operator==(const FileLook&, const FileLook&) = default;
    };

    [[nodiscard]] ExitCode serve(engine::Gateway& gateway, engine::Monitor& monitor, const CancelToken& cancel);
    void tellMonitoring(const engine::Monitor& monitor);
    void tellOpen(const engine::Gateway& gateway);
    void watch(engine::Gateway& gateway, const CancelToken& cancel);
    void reloadIfChanged(engine::Gateway& gateway);
    void reload(engine::Gateway& gateway, Result<config::Config> config);
    void tellRules(const engine::RulesReloaded& reloaded);
    void tellCounts(const engine::GatewayCounts& counts);
    [[nodiscard]] FileLook look() const;

    Session& m_session;
    ServeFollower m_follower;
    std::function<void(config::Settings&)> m_overrides;
    std::atomic<bool> m_reload{false};
    std::atomic<bool> m_isListening{false};
    FileLook m_seen;
    FileLook m_loaded;
    bool m_wasThere;
    std::chrono::milliseconds m_drain{0};
    qint64 m_told = 0;
};

/// One line about what came since the start.
[[nodiscard]] QString serveCountsText(const engine::GatewayCounts& counts);

} // namespace radpost::cli
