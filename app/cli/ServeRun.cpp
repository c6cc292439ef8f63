#include "app/cli/ServeRun.h"

#include "app/cli/Cli.h"
#include "app/cli/RouteJson.h"
#include "app/cli/ServiceNotice.h"
#include "app/cli/TextWidth.h"
#include "app/common/ConfigText.h"
#include "app/common/Format.h"
#include "core/observe/LogHandler.h"

#include <QFileInfo>

#include <condition_variable>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

constexpr auto kLook = 250ms;
constexpr auto kAuditPatience = 2s;
constexpr auto kEndsIn = 30s; // all that is not waiting for others

QJsonObject countsFields(const engine::GatewayCounts& counts)
{
    const auto& spool = counts.spool;
    return {{u"stored"_s, spool.stored}, {u"versions"_s, spool.versions}, {u"identical"_s, spool.identical},
        {u"refused"_s, spool.refused}, {u"failed"_s, spool.failed}, {u"bytes"_s, spool.bytes},
        {u"associations"_s, spool.associations}, {u"turnedAway"_s, spool.turnedAway},
        {u"spoolBytes"_s, spool.spoolBytes}, {u"freeBytes"_s, spool.freeBytes}, {u"routed"_s, counts.routed},
        {u"unmatched"_s, counts.unmatched}, {u"dropped"_s, counts.dropped}, {u"held"_s, counts.held},
        {u"queued"_s, counts.queued}, {u"alreadyThere"_s, counts.alreadyThere}, {u"delivered"_s, counts.delivered},
        {u"rejected"_s, counts.rejected}, {u"removed"_s, counts.removed}};
}

QJsonObject portFields(const engine::SpoolPort& port)
{
    return {{u"port"_s, static_cast<int>(port.port)}, {u"address"_s, port.address}, {u"tls"_s, port.isSecured}};
}

} // namespace

QString serveCountsText(const engine::GatewayCounts& counts)
{
    const auto& spool = counts.spool;
    QStringList parts{
        Cli::tr("%n instance(s) stored", nullptr, static_cast<int>(spool.stored)), app::bytesText(spool.bytes)};
    const auto add = [&parts](qint64 count, const QString& text) {
        if (count > 0) {
            parts.append(text);
        }
    };
    const auto number = [](qint64 count) { return static_cast<int>(count); };
    add(spool.identical, Cli::tr("%n identical again", nullptr, number(spool.identical)));
    add(spool.versions, Cli::tr("%n with another content", nullptr, number(spool.versions)));
    add(spool.failed + spool.refused, Cli::tr("%n failed", nullptr, number(spool.failed + spool.refused)));
    add(counts.delivered, Cli::tr("%n delivered", nullptr, number(counts.delivered)));
    add(counts.alreadyThere, Cli::tr("%n not sent: the destination had them", nullptr, number(counts.alreadyThere)));
    add(counts.rejected, Cli::tr("%n rejected by destinations", nullptr, number(counts.rejected)));
    add(counts.held, Cli::tr("%n held", nullptr, number(counts.held)));
    add(counts.unmatched, Cli::tr("%n wanted by no rule", nullptr, number(counts.unmatched)));
    add(spool.associations, Cli::tr("%n association(s)", nullptr, spool.associations));
    add(spool.turnedAway, Cli::tr("%n association(s) refused", nullptr, number(spool.turnedAway)));
    return parts.join(u", "_s);
}

ServeRun::ServeRun(Session& session, std::function<void(config::Settings&)> overrides)
    : m_session(session)
    , m_follower(session.console())
    , m_overrides(std::move(overrides))
    , m_seen(look())
    , m_loaded(m_seen)
    , m_wasThere(m_seen.isThere())
{
}

ExitCode ServeRun::run(engine::GatewayParams params, const CancelToken& cancel)
{
    const auto& settings = params.config.settings;
    m_drain = settings.serve.drain;
    engine::Monitor monitor({settings, params.dataFolder, QStringLiteral(RADPOST_VERSION)});
    monitor.watchDisk({u"data"_s, params.dataFolder, settings.serve.diskReserveBytes});
    if (!settings.serve.spoolFolder.isEmpty()) { // it may lie elsewhere
        monitor.watchDisk({u"spool"_s, settings.serve.spoolFolder, settings.serve.diskReserveBytes});
    }
    monitor.health().add(u"listeners"_s, [this]() -> Result<QString> {
        return m_isListening ? Result<QString>(u"open"_s) : fail(ErrorCode::Internal, u"not open yet"_s);
    });
    params.monitor = &monitor;
    params.listener = &m_follower;
    auto gateway = engine::Gateway::open(std::move(params));
    if (!gateway) {
        return m_session.failed(gateway.error());
    }
    tellMonitoring(monitor);
    const auto code = serve(**gateway, monitor, cancel);
    monitor.stop(kAuditPatience);
    return code;
}

void ServeRun::tellMonitoring(const engine::Monitor& monitor)
{
    if (monitor.port() != 0) {
        m_session.console().note(
            Cli::tr("Health and metrics on port %1 of this machine.").arg(QString::number(monitor.port())));
        m_session.console().event(u"monitoring"_s, {{u"port"_s, static_cast<int>(monitor.port())}});
    }
}

ExitCode ServeRun::serve(engine::Gateway& gateway, engine::Monitor& monitor, const CancelToken& cancel)
{
    auto& console = m_session.console();
    if (const auto started = gateway.start(); !started) {
        return m_session.failed(started.error());
    }
    m_isListening = true;
    tellOpen(gateway);
    watch(gateway, cancel);
    // The unit's own limit may be below what serve.drain allows.
    const std::chrono::microseconds patience = m_drain + kAuditPatience + kEndsIn;
    tellServiceManager("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + QByteArray::number(qint64(patience.count())));
    monitor.setEnding();
    gateway.stop();
    m_isListening = false;
    m_follower.tellGathered();
    console.clearProgress();
    const auto counts = gateway.counts();
    console.event(u"served-in-all"_s, countsFields(counts));
    console.line(serveCountsText(counts));
    return ExitCode::Ok;
}

void ServeRun::tellOpen(const engine::Gateway& gateway)
{
    auto& console = m_session.console();
    if (gateway.ruleCount() == 0) {
        console.note(Cli::tr("There are no rules: what is received stays in the spool."));
    }
    for (const auto& port : gateway.ports()) {
        auto fields = portFields(port);
        fields.insert(u"folder"_s, gateway.spoolFolder());
        fields.insert(u"rules"_s, gateway.ruleCount());
        console.event(u"listening"_s, fields);
        console.line(port.isSecured ? Cli::tr("Listening on port %1 with TLS, spool in %2. Ctrl-C ends it.")
                                          .arg(QString::number(port.port), gateway.spoolFolder())
                                    : Cli::tr("Listening on port %1, spool in %2. Ctrl-C ends it.")
                                          .arg(QString::number(port.port), gateway.spoolFolder()));
    }
    tellServiceManager("READY=1");
}

void ServeRun::watch(engine::Gateway& gateway, const CancelToken& cancel)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!cancel.isCancelled()) {
        never.wait_for(lock, cancel.stopToken(), kLook, [] { return false; });
        reloadIfChanged(gateway);
        m_follower.tellGathered();
        tellCounts(gateway.counts());
    }
}

void ServeRun::tellCounts(const engine::GatewayCounts& counts)
{
    auto& console = m_session.console();
    console.setProgress({serveCountsText(counts)});
    const auto& spool = counts.spool;
    const qint64 sum = spool.stored + spool.identical + spool.refused + spool.failed + spool.turnedAway +
        counts.delivered + counts.rejected + counts.routed;
    if (sum != m_told) {
        m_told = sum;
        tellServiceManager("STATUS=" + serveCountsText(counts).toUtf8());
    }
}

ServeRun::FileLook ServeRun::look() const
{
    const QFileInfo file(m_session.configFile().path());
    return file.exists() ? FileLook{file.lastModified(), file.size()} : FileLook();
}

/// A file that is gone or has a fault changes nothing; one that is being written is waited for.
void ServeRun::reloadIfChanged(engine::Gateway& gateway)
{
    const auto now = look();
    const bool isSteady = now == std::exchange(m_seen, now);
    const bool isWanted = m_reload || now != m_loaded;
    if (!isWanted || !isSteady) {
        return;
    }
    m_reload = false;
    if (!now.isThere() && m_wasThere) {
        m_loaded = now; // said once
        m_session.console().event(u"reload-refused"_s, {});
        m_session.console().complain(Cli::tr("The configuration is gone; what was read before stays in force: %1")
                                         .arg(printable(m_session.configFile().path())));
        return;
    }
    auto config = m_session.configFile().load();
    if (look() == now) { // else what was read may be half of it
        m_loaded = now;
        m_wasThere = m_wasThere || now.isThere();
        reload(gateway, std::move(config));
    }
}

void ServeRun::reload(engine::Gateway& gateway, Result<config::Config> config)
{
    auto& console = m_session.console();
    tellServiceManager("RELOADING=1");
    if (config) {
        m_overrides(config->settings);
        const auto reloaded = gateway.reload(*config, m_session.configFile().bytes());
        console.event(u"reloaded"_s, {});
        console.note(Cli::tr("The configuration was read again."));
        tellRules(reloaded);
    } else {
        m_session.failed(config.error());
        console.event(u"reload-refused"_s, {});
        console.note(Cli::tr("The configuration has a fault; what was read before stays in force."));
    }
    tellServiceManager("READY=1");
}

void ServeRun::tellRules(const engine::RulesReloaded& reloaded)
{
    auto& console = m_session.console();
    if (reloaded.problems.empty()) {
        console.event(u"rules-reloaded"_s, {{u"rules"_s, reloaded.rules}});
        return;
    }
    for (const auto& problem : reloaded.problems) {
        console.event(u"rule-problem"_s, toJson(problem));
        console.complain(printable(app::problemText(problem)));
    }
    console.event(u"rules-refused"_s, {{u"rules"_s, reloaded.rules}});
    console.note(Cli::tr("The rules have a fault; those of before stay in force."));
}

} // namespace radpost::cli
