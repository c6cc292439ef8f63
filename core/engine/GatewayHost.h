#pragma once

#include "core/engine/Gateway.h"
#include "core/engine/Monitor.h"

#include <QDateTime>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace radpost::engine {

struct GatewayHostParams
{
    GatewayParams gateway; ///< its monitor is made here
    QString version;
    /// Puts what somebody said elsewhere over the settings of the file, each time it is read. May be null.
    std::function<void(config::Settings&)> overrides{};
};

/// What became of a look at the configuration file.
struct ConfigLook
{
    enum class Outcome {
        Same,     ///< nothing changed, or it is being written
        Gone,     ///< said once; what was read before stays in force
        Refused,  ///< see error; what was read before stays in force
        TakenOver ///< the settings; the rules unless they have problems
    };
    Outcome outcome = Outcome::Same;
    std::optional<Error> error{};
    RulesReloaded rules{};
};

/// A gateway with what watches it and with its configuration file, from its start to its end: what `radpost serve` and
/// the Receive page of the desktop run. One thread; askForReload() and gateway() from any.
class GatewayHost final
{
public:
    /// Opens ledger, spool, rules, health and metrics; receives nothing yet. Blocks on files. Errors: as
    /// Gateway::open().
    [[nodiscard]] static Result<std::unique_ptr<GatewayHost>> open(GatewayHostParams params);

    /// stop() with no patience.
    ~GatewayHost();
    Q_DISABLE_COPY_MOVE(GatewayHost)

    /// Errors: as Gateway::start().
    [[nodiscard]] Result<> start();

    /// As Gateway::stop(), then the monitor. Blocks; idempotent.
    void stop(const CancelToken& cancel = {});

    /// The next look() reads the file whether it changed or not.
    void askForReload() { m_isAsked = true; }

    /// Takes the configuration over when its file changed since the last time and is not being written: that shows from
    /// one call to the next, so that calls come some times a second. Blocks on files.
    [[nodiscard]] ConfigLook look();

    [[nodiscard]] Gateway& gateway() { return *m_gateway; }
    /// Of health and metrics; 0: none.
    [[nodiscard]] quint16 monitorPort() const { return m_monitor.port(); }

private:
    /// What tells of the file that it was changed, and that it is not being written.
    struct FileLook
    {
        QDateTime modified;
        qint64 bytes = -1;
        [[nodiscard]] bool isThere() const { return bytes >= 0; }
        friend bool operator==(const FileLook&, const FileLook&) = default;
    };

    explicit GatewayHost(const GatewayHostParams& params);
    [[nodiscard]] FileLook lookAtFile() const;
    [[nodiscard]] ConfigLook takeOver(const FileLook& now);

    const QString m_file;
    const std::function<void(config::Settings&)> m_overrides;
    std::atomic<bool> m_isAsked{false};
    std::atomic<bool> m_isListening{false};
    FileLook m_seen;
    FileLook m_loaded;
    bool m_wasThere;
    Monitor m_monitor; // stopped after the gateway
    std::unique_ptr<Gateway> m_gateway;
};

} // namespace radpost::engine
