#include "app/cli/ServeRun.h"

#include "app/cli/Cli.h"
#include "app/cli/ServiceNotice.h"
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

QJsonObject countsFields(const engine::SpoolCounts& counts)
{
    return {{u"stored"_s, counts.stored}, {u"versions"_s, counts.versions}, {u"identical"_s, counts.identical},
        {u"refused"_s, counts.refused}, {u"failed"_s, counts.failed}, {u"bytes"_s, counts.bytes},
        {u"associations"_s, counts.associations}, {u"turnedAway"_s, counts.turnedAway},
        {u"spoolBytes"_s, counts.spoolBytes}, {u"freeBytes"_s, counts.freeBytes}};
}

QJsonObject portFields(const engine::SpoolPort& port)
{
    return {{u"port"_s, static_cast<int>(port.port)}, {u"address"_s, port.address}, {u"tls"_s, port.isSecured}};
}

} // namespace

QString serveCountsText(const engine::SpoolCounts& counts)
{
    QStringList parts{
        Cli::tr("%n instance(s) stored", nullptr, static_cast<int>(counts.stored)), app::bytesText(counts.bytes)};
    if (counts.identical > 0) {
        parts.append(Cli::tr("%n identical again", nullptr, static_cast<int>(counts.identical)));
    }
    if (counts.versions > 0) {
        parts.append(Cli::tr("%n with another content", nullptr, static_cast<int>(counts.versions)));
    }
    if (counts.failed + counts.refused > 0) {
        parts.append(Cli::tr("%n failed", nullptr, static_cast<int>(counts.failed + counts.refused)));
    }
    if (counts.associations > 0) {
        parts.append(Cli::tr("%n association(s)", nullptr, counts.associations));
    }
    if (counts.turnedAway > 0) {
        parts.append(Cli::tr("%n association(s) refused", nullptr, static_cast<int>(counts.turnedAway)));
    }
    return parts.join(u", "_s);
}

ServeRun::ServeRun(Session& session, std::function<void(config::Settings&)> overrides)
    : m_session(session)
    , m_overrides(std::move(overrides))
    , m_fileTime(fileTime())
{
}

ExitCode ServeRun::run(engine::SpoolServerParams params, const config::Settings& settings, const CancelToken& cancel)
{
    engine::Monitor monitor({settings, params.dataFolder, QStringLiteral(RADPOST_VERSION)});
    monitor.watchDisk({u"data"_s, params.dataFolder, settings.serve.diskReserveBytes});
    monitor.health().add(u"listeners"_s, [this]() -> Result<QString> {
        return m_isListening ? Result<QString>(u"open"_s) : fail(ErrorCode::Internal, u"not open yet"_s);
    });
    if (const auto started = monitor.start(); !started) {
        return m_session.failed(started.error());
    }
    if (monitor.port() != 0) {
        m_session.console().note(
            Cli::tr("Health and metrics on port %1 of this machine.").arg(QString::number(monitor.port())));
        m_session.console().event(u"monitoring"_s, {{u"port"_s, static_cast<int>(monitor.port())}});
    }
    params.metrics = &monitor.metrics();
    params.audit = monitor.audit();
    const auto code = serve(std::move(params), monitor, cancel);
    monitor.stop(kAuditPatience);
    return code;
}

ExitCode ServeRun::serve(engine::SpoolServerParams params, engine::Monitor& monitor, const CancelToken& cancel)
{
    auto& console = m_session.console();
    auto server = engine::SpoolServer::open(std::move(params));
    if (!server) {
        return m_session.failed(server.error());
    }
    if (const auto started = (*server)->start(); !started) {
        return m_session.failed(started.error());
    }
    m_isListening = true;
    tellOpen(**server);
    watch(**server, cancel);
    tellServiceManager("STOPPING=1");
    monitor.setEnding();
    (*server)->drain({});
    m_isListening = false;
    (*server)->stop();
    console.clearProgress();
    const auto counts = (*server)->counts();
    console.event(u"served-in-all"_s, countsFields(counts));
    console.line(serveCountsText(counts));
    return ExitCode::Ok;
}

void ServeRun::tellOpen(const engine::SpoolServer& server)
{
    auto& console = m_session.console();
    for (const auto& port : server.ports()) {
        auto fields = portFields(port);
        fields.insert(u"folder"_s, server.spoolFolder());
        console.event(u"listening"_s, fields);
        console.line(port.isSecured ? Cli::tr("Listening on port %1 with TLS, spool in %2. Ctrl-C ends it.")
                                          .arg(QString::number(port.port), server.spoolFolder())
                                    : Cli::tr("Listening on port %1, spool in %2. Ctrl-C ends it.")
                                          .arg(QString::number(port.port), server.spoolFolder()));
    }
    tellServiceManager("READY=1");
}

void ServeRun::watch(engine::SpoolServer& server, const CancelToken& cancel)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!cancel.isCancelled()) {
        never.wait_for(lock, cancel.stopToken(), kLook, [] { return false; });
        reloadIfChanged(server);
        tellCounts(server.counts());
    }
}

void ServeRun::tellCounts(const engine::SpoolCounts& counts)
{
    auto& console = m_session.console();
    console.setProgress({serveCountsText(counts)});
    const qint64 sum = counts.stored + counts.identical + counts.refused + counts.failed + counts.turnedAway;
    if (sum != m_told) {
        m_told = sum;
        tellServiceManager("STATUS=" + serveCountsText(counts).toUtf8());
    }
}

QDateTime ServeRun::fileTime() const
{
    return QFileInfo(m_session.configFile().path()).lastModified();
}

/// A file with a fault changes nothing.
void ServeRun::reloadIfChanged(engine::SpoolServer& server)
{
    const auto now = fileTime();
    if (!m_reload.exchange(false) && now == m_fileTime) {
        return;
    }
    m_fileTime = now;
    auto& console = m_session.console();
    tellServiceManager("RELOADING=1");
    auto config = m_session.configFile().load();
    if (config) {
        m_overrides(config->settings);
        server.reload(config->settings.serve, config->peers, config->destinations);
        console.event(u"reloaded"_s, {});
        console.note(Cli::tr("The configuration was read again."));
    } else {
        m_session.failed(config.error());
        console.note(Cli::tr("The configuration has a fault; what was read before stays in force."));
    }
    tellServiceManager("READY=1");
}

} // namespace radpost::cli
