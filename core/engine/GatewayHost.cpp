#include "core/engine/GatewayHost.h"

#include "core/config/ConfigFile.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kAuditPatience = 2s;

} // namespace

GatewayHost::GatewayHost(const GatewayHostParams& params)
    : m_file(params.gateway.configFile)
    , m_overrides(params.overrides)
    , m_seen(lookAtFile())
    , m_loaded(m_seen)
    , m_wasThere(m_seen.isThere())
    , m_monitor({params.gateway.config.settings, params.gateway.dataFolder, params.version})
{
    const auto& serve = params.gateway.config.settings.serve;
    m_monitor.watchDisk({u"data"_s, params.gateway.dataFolder, serve.diskReserveBytes});
    if (!serve.spoolFolder.isEmpty()) { // it may lie elsewhere
        m_monitor.watchDisk({u"spool"_s, serve.spoolFolder, serve.diskReserveBytes});
    }
    m_monitor.health().add(u"listeners"_s, [this]() -> Result<QString> {
        return m_isListening ? Result<QString>(u"open"_s) : fail(ErrorCode::Internal, u"not open yet"_s);
    });
}

Result<std::unique_ptr<GatewayHost>> GatewayHost::open(GatewayHostParams params)
{
    std::unique_ptr<GatewayHost> host(new GatewayHost(params));
    params.gateway.monitor = &host->m_monitor;
    auto gateway = Gateway::open(std::move(params.gateway));
    if (!gateway) {
        return fail(std::move(gateway.error()));
    }
    host->m_gateway = std::move(*gateway);
    return host;
}

GatewayHost::~GatewayHost()
{
    CancelSource now;
    now.cancel();
    stop(now.token());
}

Result<> GatewayHost::start()
{
    auto started = m_gateway->start();
    m_isListening = started.has_value();
    return started;
}

void GatewayHost::stop(const CancelToken& cancel)
{
    if (m_gateway) {
        m_monitor.setEnding();
        m_gateway->stop(cancel);
    }
    m_isListening = false;
    m_monitor.stop(cancel.isCancelled() ? 0s : kAuditPatience);
}

GatewayHost::FileLook GatewayHost::lookAtFile() const
{
    const QFileInfo file(m_file);
    return file.exists() ? FileLook{file.lastModified(), file.size()} : FileLook();
}

ConfigLook GatewayHost::look()
{
    const auto now = lookAtFile();
    const bool isSteady = now == std::exchange(m_seen, now);
    if (!isSteady || (!m_isAsked && now == m_loaded)) {
        return {};
    }
    m_isAsked = false;
    if (!now.isThere() && m_wasThere) {
        m_loaded = now;
        return {ConfigLook::Outcome::Gone};
    }
    return takeOver(now);
}

ConfigLook GatewayHost::takeOver(const FileLook& now)
{
    config::ConfigFile file(m_file);
    auto config = file.load();
    if (lookAtFile() != now) {
        return {}; // what was read may be half of it
    }
    m_loaded = now;
    m_wasThere = m_wasThere || now.isThere();
    if (!config) {
        return {ConfigLook::Outcome::Refused, std::move(config.error())};
    }
    if (m_overrides) {
        m_overrides(config->settings);
    }
    return {ConfigLook::Outcome::TakenOver, std::nullopt, m_gateway->reload(*config, file.bytes())};
}

} // namespace radpost::engine
