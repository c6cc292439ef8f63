#include "core/web/HttpServer.h"
#include "tests/support/HttpClient.h"
#include "tests/support/PeerProcess.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <list>
#include <thread>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::web;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

void addRoutes(HttpServer& server)
{
    server.get("/hello", [] { return HttpResponse{200, "text/plain; charset=utf-8", "hello\n"}; });
    server.get("/large", [] { return HttpResponse{200, "application/octet-stream", QByteArray(64 << 20, 'x')}; });
    server.get("/throws", []() -> HttpResponse { throw std::runtime_error("secret of the house"); });
}

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getAndHeadAreAnswered()
    {
        HttpServer server({});
        addRoutes(server);
        QVERIFY(server.start());
        const auto answer = HttpClient::ask(server.port(), "/hello?x=1");
        QCOMPARE(HttpClient::statusOf(answer), 200);
        QCOMPARE(HttpClient::bodyOf(answer), "hello\n"_ba);
        QVERIFY(answer.contains("Content-Type: text/plain; charset=utf-8\r\n"));
        const auto head = HttpClient::ask(server.port(), "/hello", "HEAD");
        QCOMPARE(HttpClient::statusOf(head), 200);
        QVERIFY(head.contains("Content-Length: 6\r\n"));
        QCOMPARE(HttpClient::bodyOf(head), ""_ba);
    }

    void everythingElseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        QTest::newRow("POST") << "POST"_ba
                              << "/hello"_ba
                              << "127.0.0.1"_ba << 405;
        QTest::newRow("DELETE") << "DELETE"_ba
                                << "/hello"_ba
                                << "127.0.0.1"_ba << 405;
        QTest::newRow("OPTIONS") << "OPTIONS"_ba
                                 << "/hello"_ba
                                 << "127.0.0.1"_ba << 405;
        QTest::newRow("no such path") << "GET"_ba
                                      << "/"_ba
                                      << "127.0.0.1"_ba << 404;
        QTest::newRow("a way up") << "GET"_ba
                                  << "/../../etc/passwd"_ba
                                  << "127.0.0.1"_ba << 404;
        QTest::newRow("another host") << "GET"_ba
                                      << "/hello"_ba
                                      << "evil.example"_ba << 421;
        QTest::newRow("handler throws") << "GET"_ba
                                        << "/throws"_ba
                                        << "127.0.0.1"_ba << 500;
    }

    void everythingElseIsRefused()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, host);
        HttpServer server({});
        addRoutes(server);
        QVERIFY(server.start());
        const auto answer = HttpClient::ask(server.port(), path, method, host);
        QTEST(HttpClient::statusOf(answer), "status");
        QVERIFY2(!answer.contains("hello") && !answer.contains("secret"), answer.constData());
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(server.port(), "/hello")), 200);
    }

    void rangesAreRefused()
    {
        HttpServer server({});
        addRoutes(server);
        QVERIFY(server.start());
        HttpClient client(server.port());
        client.send("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=0-,0-,0-\r\nConnection: close\r\n\r\n");
        const auto answer = client.readToEnd();
        QVERIFY2(HttpClient::statusOf(answer) != 206 && !answer.contains("hello"), answer.constData());
    }

    void aHostIsNeededByHttp11()
    {
        HttpServer server({});
        addRoutes(server);
        QVERIFY(server.start());
        HttpClient modern(server.port());
        QVERIFY(modern.send("GET /hello HTTP/1.1\r\n\r\n"));
        QCOMPARE(HttpClient::statusOf(modern.readToEnd()), 400);
        HttpClient old(server.port());
        QVERIFY(old.send("GET /hello HTTP/1.0\r\n\r\n"));
        QCOMPARE(HttpClient::statusOf(old.readToEnd()), 200);
    }

    void garbageIsAnsweredOrCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("binary") << QByteArray(5000, '\x01');
        QTest::newRow("endless line") << "GET /" + QByteArray(1 << 20, 'a');
        QTest::newRow("endless header") << "GET /hello HTTP/1.1\r\nX: " + QByteArray(1 << 20, 'a');
        QTest::newRow("TLS hello") << QByteArray::fromHex("16030100c8010000c40303") + QByteArray(200, '\0');
        QTest::newRow("body beside a GET") << "GET /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                              "999999999999\r\n\r\n" +
                QByteArray(1000, 'b');
    }

    void garbageIsAnsweredOrCut()
    {
        QFETCH(QByteArray, bytes);
        HttpServerParams params;
        params.requestLimit = 500ms;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        HttpClient client(server.port());
        client.send(bytes);
        [[maybe_unused]] const auto answer = client.readToEnd();
        QVERIFY(client.sawEnd());
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(server.port(), "/hello")), 200);
    }

    void aRequestHasAnEnd_data()
    {
        const QByteArray request =
            "GET /hello HTTP/1.1\r\nHost: localhost\r\n" + QByteArray("X: 1234567\r\n").repeated(8000);
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("too many headers") << request + "\r\n";
        QTest::newRow("headers without end") << request;
    }

    // The deadline is far: only the count of bytes can end it.
    void aRequestHasAnEnd()
    {
        QFETCH(QByteArray, request);
        HttpServerParams params;
        params.requestLimit = 10min;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        HttpClient client(server.port());
        client.send(request);
        const auto answer = client.readToEnd();
        QVERIFY(client.sawEnd());
        QVERIFY2(!answer.contains("hello"), answer.constData());
    }

    void aSlowClientIsCutWhateverItTrickles()
    {
        HttpServerParams params;
        params.requestLimit = 300ms;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        HttpClient client(server.port());
        QVERIFY(client.send("GET /hello HTTP/1.1\r\n"));
        QElapsedTimer timer;
        timer.start();
        // A byte now and then: each single wait is short, only the whole is long.
        while (!client.sawEnd() && timer.elapsed() < 20'000) {
            client.send("X");
            [[maybe_unused]] const auto answer = client.readToEnd(20ms);
        }
        QVERIFY(client.sawEnd());
    }

    void slowReadersDoNotHoldTheServer()
    {
        HttpServerParams params;
        params.requestLimit = 500ms;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        HttpClient first(server.port());
        HttpClient second(server.port());
        for (const auto* client : {&first, &second}) {
            QVERIFY(client->send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")); // and nobody reads
        }
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(server.port(), "/hello")), 200);
    }

    /// Their time runs while they wait: one after the other they would hold the server for half a minute here.
    void silentClientsDoNotTakeTurns()
    {
        HttpServerParams params;
        params.threads = 1;
        params.requestLimit = 3s;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        std::list<HttpClient> silent;
        for (int i = 0; i < 10; ++i) {
            silent.emplace_back(server.port());
        }
        QElapsedTimer timer;
        timer.start();
        HttpClient asking(server.port());
        QVERIFY(asking.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        const auto answer = asking.readToEnd(60s);
        QCOMPARE(HttpClient::statusOf(answer), 200);
        QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
    }

    void tooManyConnectionsAreClosedAtOnce()
    {
        HttpServerParams params;
        params.maxWaiting = 4;
        params.requestLimit = 500ms;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        std::list<HttpClient> silent;
        for (int i = 0; i < 40; ++i) {
            silent.emplace_back(server.port());
        }
        int cut = 0;
        for (auto& client : silent) {
            [[maybe_unused]] const auto answer = client.readToEnd(10ms);
            cut += client.sawEnd() ? 1 : 0;
        }
        QVERIFY2(cut >= 40 - 4 - 2 - 1, qPrintable(QString::number(cut)));
        // When the silent ones were cut, the next one is served.
        QTRY_COMPARE_WITH_TIMEOUT(HttpClient::statusOf(HttpClient::ask(server.port(), "/hello")), 200, 20'000);
    }

    void stopEndsWhatIsUnderWay()
    {
        HttpServerParams params;
        params.requestLimit = 60s;
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        std::list<HttpClient> silent;
        for (int i = 0; i < 10; ++i) {
            silent.emplace_back(server.port());
            QVERIFY(silent.back().send("GET /h"));
        }
        HttpClient reader(server.port());
        QVERIFY(reader.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        QElapsedTimer timer;
        timer.start();
        server.stop();
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
        for (auto& client : silent) {
            [[maybe_unused]] const auto answer = client.readToEnd();
            QVERIFY(client.sawEnd());
        }
        QVERIFY(!HttpClient(server.port()).isConnected());
    }

    void stopUnderLoadEndsAndStartsAgain()
    {
        for (int round = 0; round < 5; ++round) {
            HttpServer server({});
            addRoutes(server);
            QVERIFY(server.start());
            const auto port = server.port();
            std::atomic<bool> isEnding{false};
            std::atomic<int> answered{0};
            std::vector<std::thread> clients;
            for (int i = 0; i < 4; ++i) {
                clients.emplace_back([&] {
                    while (!isEnding) {
                        answered += HttpClient::statusOf(HttpClient::ask(port, "/hello")) == 200 ? 1 : 0;
                    }
                });
            }
            QTRY_VERIFY_WITH_TIMEOUT(answered > 20, 20'000);
            server.stop();
            isEnding = true;
            for (auto& client : clients) {
                client.join();
            }
            QVERIFY(server.start());
            QCOMPARE(HttpClient::statusOf(HttpClient::ask(server.port(), "/hello")), 200);
        }
    }

    void stopAtOnceIsNotForgotten()
    {
        for (int i = 0; i < 50; ++i) {
            HttpServer server({});
            QVERIFY(server.start());
            server.stop();
        }
    }

    void aPortInUseIsSaid()
    {
        HttpServer first({});
        addRoutes(first);
        QVERIFY(first.start());
        HttpServerParams params;
        params.port = first.port();
        HttpServer second(params);
        const auto started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::AddressInUse);
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(first.port(), "/hello")), 200);
    }

    void onlyTheLoopbackInterfaceIsServed()
    {
        HttpServerParams params;
        params.address = u"0.0.0.0"_s;
        const auto started = HttpServer(params).start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::InvalidArgument);
    }

    void aGivenPortIsTaken()
    {
        HttpServerParams params;
        params.port = freePort();
        HttpServer server(params);
        addRoutes(server);
        QVERIFY(server.start());
        QCOMPARE(server.port(), params.port);
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(params.port, "/hello")), 200);
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "TestHttpServer.moc"
