#include "core/web/HttpServer.h"

#include "core/observe/Log.h"
#include "core/web/RequestQueue_p.h"
#include "core/web/RequestStream_p.h"
#include "core/base/loopback.h"

#include <QHash>
#include <QScopeGuard>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <set>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::web {

namespace {

using Handlers = QHash<QByteArray, HttpServer::Handler>;

constexpr int kMisdirected = 421;
constexpr int kMethodNotAllowed = 405;
constexpr int kNotFound = 404;
constexpr int kBadRequest = 400;
constexpr int kInternalError = 500;

// Enough for a request that is there as a whole.
constexpr std::chrono::milliseconds kMoment{250};

// The default also sets SO_REUSEPORT: a second process could take half of our requests.
void setSocketOptions(socket_t socket)
{
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

/// Knows the connections that are open: each has a deadline as a whole, and stop() ends them.
class GuardedServer final : public httplib::Server
{
public:
    explicit GuardedServer(std::chrono::milliseconds requestLimit)
        : m_requestLimit(requestLimit)
    {
    }

    void cutAll()
    {
        const std::lock_guard lock(m_mutex);
        m_isCut = true;
        for (const auto open : m_open) {
            ::shutdown(open, SHUT_RDWR);
        }
    }

private:
    bool process_and_close_socket(socket_t socket) override
    {
        if (!RequestQueue::isTurningAway() && enter(socket)) {
            RequestStream stream(socket, timeFor(socket));
            answer(*this, stream);
            leave(socket);
        }
        ::shutdown(socket, SHUT_RDWR);
        ::close(socket);
        return true;
    }

    /// Whoever was silent while it waited has had its time: else those who say nothing would hold up all who come after
    /// them, one after the other. Who has spoken gets a moment.
    [[nodiscard]] std::chrono::milliseconds timeFor(socket_t socket) const
    {
        const auto left = m_requestLimit - RequestQueue::waited();
        char byte = 0;
        const bool hasSpoken = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
        return std::max(left, hasSpoken ? kMoment : 0ms);
    }

    // The addresses came into the parameters in later versions of httplib.
    template <typename Self>
    static void answer(Self& self, httplib::Stream& stream)
    {
        bool isClosed = false;
        if constexpr (requires { self.process_request(stream, true, isClosed, nullptr); }) {
            self.process_request(stream, true, isClosed, nullptr);
        } else {
            self.process_request(stream, std::string(), 0, std::string(), 0, true, isClosed, nullptr);
        }
    }

    bool enter(socket_t socket)
    {
        const std::lock_guard lock(m_mutex);
        return !m_isCut && m_open.insert(socket).second;
    }

    void leave(socket_t socket)
    {
        const std::lock_guard lock(m_mutex);
        m_open.erase(socket);
    }

    const std::chrono::milliseconds m_requestLimit;
    std::mutex m_mutex; // guards what follows
    std::set<socket_t> m_open;
    bool m_isCut = false;
};

void put(httplib::Response& into, const HttpResponse& response)
{
    into.status = response.status;
    into.set_header("Cache-Control", "no-store");
    into.set_header("X-Content-Type-Options", "nosniff");
    into.set_content(response.body.toStdString(), response.contentType.toStdString());
}

HttpResponse plain(int status, const QByteArray& text)
{
    return {status, "text/plain; charset=utf-8", text + '\n'};
}

// A browser always names the host; what speaks HTTP/1.0 without one is no browser.
bool isMeantForUs(const httplib::Request& request)
{
    const auto count = request.get_header_value_count("Host");
    if (count == 0) {
        return request.version == "HTTP/1.0";
    }
    return count == 1 && isLoopbackHost(QByteArray::fromStdString(request.get_header_value("Host")));
}

// httplib would tell the caller what was thrown.
HttpResponse run(const HttpServer::Handler& handler)
{
    try {
        return handler();
    } catch (const std::exception& error) {
        qCWarning(observe::lcNet) << "an HTTP request failed:" << error.what();
        return plain(kInternalError, "Something went wrong; the log says what.");
    }
}

HttpResponse respond(const Handlers& handlers, const httplib::Request& request)
{
    if (!isMeantForUs(request)) {
        return plain(request.has_header("Host") ? kMisdirected : kBadRequest, "This server has another name.");
    }
    if (request.has_header("Range")) { // a thousand ranges of one page would be a thousand copies of it
        return plain(kBadRequest, "No ranges.");
    }
    const auto handler = handlers.value(QByteArray::fromStdString(request.path));
    if (!handler) {
        return plain(kNotFound, "There is nothing here.");
    }
    if (request.method != "GET" && request.method != "HEAD") {
        return plain(kMethodNotAllowed, "Only GET and HEAD.");
    }
    return run(handler);
}

Error openingError(int errorNumber, const QString& where)
{
    return makeError(errorNumber == EACCES ? ErrorCode::ListenNotPermitted : ErrorCode::AddressInUse, where);
}

} // namespace

struct HttpServer::Private
{
    HttpServerParams params;
    Handlers handlers;
    std::unique_ptr<GuardedServer> server;
    quint16 port = 0;
    std::thread thread;
    std::mutex mutex; // guards isDone
    std::condition_variable done;
    bool isDone = false;

    void setUp();
    [[nodiscard]] Result<> bind();
    void listen();
};

HttpServer::HttpServer(HttpServerParams params)
    : d(std::make_unique<Private>())
{
    d->params = std::move(params);
}

HttpServer::~HttpServer()
{
    stop();
}

void HttpServer::get(const QByteArray& path, Handler handler)
{
    d->handlers.insert(path, std::move(handler));
}

void HttpServer::Private::setUp()
{
    server = std::make_unique<GuardedServer>(params.requestLimit);
    server->set_socket_options(setSocketOptions);
    server->set_payload_max_length(0);
    server->new_task_queue = [this] { return new RequestQueue(params.threads, params.maxWaiting); };
    // Everything is decided here, before httplib looks for files or reads a body.
    server->set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        const auto made = respond(handlers, request);
        if (made.status == kMethodNotAllowed) {
            response.set_header("Allow", "GET, HEAD");
        }
        put(response, made);
        return httplib::Server::HandlerResponse::Handled;
    });
}

Result<> HttpServer::Private::bind()
{
    const auto host = params.address.toStdString();
    errno = 0;
    const int bound = params.port == 0            ? server->bind_to_any_port(host)
        : server->bind_to_port(host, params.port) ? int{params.port}
                                                  : -1;
    if (bound <= 0) {
        return fail(openingError(errno, u"%1:%2"_s.arg(params.address).arg(params.port)));
    }
    port = static_cast<quint16>(bound);
    return {};
}

void HttpServer::Private::listen()
{
    if (!server->listen_after_bind()) {
        qCWarning(observe::lcNet) << "the HTTP server ended early";
    }
    const std::lock_guard lock(mutex);
    isDone = true;
    done.notify_all();
}

Result<> HttpServer::start()
{
    if (!isLoopback(d->params.address)) {
        return fail(
            ErrorCode::InvalidArgument, u"%1 is not an address of the loopback interface"_s.arg(d->params.address));
    }
    d->setUp();
    if (auto bound = d->bind(); !bound) {
        d->server.reset();
        return bound;
    }
    d->isDone = false;
    d->thread = std::thread([this] { d->listen(); });
    return {};
}

void HttpServer::stop()
{
    if (!d->thread.joinable()) {
        return;
    }
    d->server->cutAll();
    std::unique_lock lock(d->mutex);
    // httplib forgets a stop that comes before its loop has begun, and asserts that there is no second one after it.
    for (bool isTold = false; !d->isDone;) {
        if (!isTold && d->server->is_running()) {
            d->server->stop();
            isTold = true;
        }
        d->done.wait_for(lock, 1ms, [this] { return d->isDone; });
    }
    lock.unlock();
    d->thread.join();
    d->server.reset();
}

quint16 HttpServer::port() const
{
    return d->port;
}

} // namespace radpost::web
