#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace radpost::web {

struct HttpResponse
{
    int status = 200;
    QByteArray contentType = "text/plain; charset=utf-8";
    QByteArray body{};
};

struct HttpServerParams
{
    QString address{QStringLiteral("127.0.0.1")}; ///< of the loopback interface
    quint16 port = 0;                             ///< 0: a free one
    int threads = 2;
    int maxWaiting = 16; ///< connections that wait for a thread; more are closed at once
    std::chrono::milliseconds requestLimit{
        10000}; ///< from the connection, also while it waits for a thread, to the last byte
};

/// A small HTTP/1.1 server for what runs beside us: GET and HEAD of a few fixed paths, one request a connection, no
/// files. Requests that name another host are refused. Any thread.
class HttpServer final
{
public:
    /// Runs on one of the server's threads, several at once. An exception becomes status 500.
    using Handler = std::function<HttpResponse()>;

    explicit HttpServer(HttpServerParams params);
    /// stop().
    ~HttpServer();
    Q_DISABLE_COPY_MOVE(HttpServer)

    /// Before start(). @p path is matched as it is, without its query.
    void get(const QByteArray& path, Handler handler);

    /// Opens the port; returns at once. Errors: AddressInUse, ListenNotPermitted, InvalidArgument (not a loopback
    /// address).
    [[nodiscard]] Result<> start();

    /// Ends every connection and joins all threads: bounded by what a handler takes. Idempotent.
    void stop();

    [[nodiscard]] quint16 port() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::web
