#include "core/engine/StatusServer.h"

#include "core/config/Monitoring.h"
#include "core/engine/Health.h"
#include "core/observe/MetricsText.h"
#include "core/web/HttpServer.h"

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr int kServiceUnavailable = 503;

web::HttpResponse readiness(const Health& health)
{
    const auto checks = health.look();
    return {isWell(checks) ? 200 : kServiceUnavailable, "application/json", healthJson(checks)};
}

web::HttpResponse exposition(const observe::MetricsRegistry& metrics)
{
    return {200, observe::kPrometheusContentType, observe::prometheusText(metrics.snapshot())};
}

// Port 0 is for tests, and no setting.
std::optional<config::HostPort> endpointOf(const QString& listen)
{
    const auto anyPort = u":0"_s;
    if (!listen.endsWith(anyPort)) {
        return config::loopbackEndpoint(listen);
    }
    auto endpoint = config::loopbackEndpoint(listen.chopped(1) + u'1');
    if (endpoint) {
        endpoint->port = 0;
    }
    return endpoint;
}

} // namespace

struct StatusServer::Private
{
    QString listen;
    const Health& health;
    const observe::MetricsRegistry& metrics;
    std::unique_ptr<web::HttpServer> server;
};

StatusServer::StatusServer(QString listen, const Health& health, const observe::MetricsRegistry& metrics)
    : d(new Private{std::move(listen), health, metrics, nullptr})
{
}

StatusServer::~StatusServer()
{
    stop();
}

Result<> StatusServer::start()
{
    const auto endpoint = endpointOf(d->listen);
    if (!endpoint) {
        return fail(ErrorCode::InvalidArgument, u"http.listen: "_s + d->listen);
    }
    web::HttpServerParams params;
    params.address = endpoint->host;
    params.port = endpoint->port;
    d->server = std::make_unique<web::HttpServer>(params);
    d->server->get("/healthz", [] { return web::HttpResponse{200, "text/plain; charset=utf-8", "ok\n"}; });
    d->server->get("/readyz", [this] { return readiness(d->health); });
    d->server->get("/metrics", [this] { return exposition(d->metrics); });
    return d->server->start();
}

void StatusServer::stop()
{
    if (d->server) {
        d->server->stop();
    }
}

quint16 StatusServer::port() const
{
    return d->server ? d->server->port() : 0;
}

} // namespace radpost::engine
