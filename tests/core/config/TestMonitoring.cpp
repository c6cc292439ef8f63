#include "core/config/ConfigParser.h"
#include "core/config/Monitoring.h"

#include <QTest>

using namespace radpost::config;
using namespace Qt::StringLiterals;

class TestMonitoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endpointsAreOfThisMachineOnly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("IPv4") << u"127.0.0.1:9104"_s << u"127.0.0.1"_s << 9104;
        QTest::newRow("IPv6") << u"[::1]:9104"_s << u"::1"_s << 9104;
        QTest::newRow("name") << u"localhost:1"_s << u"localhost"_s << 1;
        for (const auto* wrong : {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x",
                 "0.0.0.0:9104", "10.0.0.1:9104", ":9104", "[::1", "[::1]9104", "::1:9104"}) {
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << QString() << 0;
        }
    }

    void endpointsAreOfThisMachineOnly()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto endpoint = loopbackEndpoint(text);
        QCOMPARE(endpoint.has_value(), port > 0);
        QCOMPARE(endpoint.value_or(HostPort{}), (HostPort{host, quint16(port)}));
    }

    void receiversHaveAProtocolAndItsPort()
    {
        using Protocol = AuditReceiver::Protocol;
        QVERIFY(auditReceiver(u"tls://arr.example"_s) == (AuditReceiver{Protocol::Tls, {u"arr.example"_s, 6514}}));
        QVERIFY(auditReceiver(u"udp://10.1.2.3"_s) == (AuditReceiver{Protocol::Udp, {u"10.1.2.3"_s, 514}}));
        QVERIFY(auditReceiver(u"udp://[fe80::1]:1514"_s) == (AuditReceiver{Protocol::Udp, {u"fe80::1"_s, 1514}}));
        for (const auto* wrong : {"", "arr.example", "tcp://arr.example", "tls://", "tls://a b", "tls://a:0",
                 "udp://a:99999", "tls://a/path"}) {
            QVERIFY2(!auditReceiver(QString::fromLatin1(wrong)), wrong);
        }
    }

    void theFileSaysThem()
    {
        const auto parsed = parseConfig("[http]\nlisten = \"127.0.0.1:9104\"\n[audit]\nenabled = true\n"
                                        "receiver = \"tls://arr.example\"\nmax_size = \"32 MiB\"\n",
            {});
        QVERIFY(parsed.problems.empty());
        QCOMPARE(parsed.config.settings.httpListen, u"127.0.0.1:9104"_s);
        QVERIFY(parsed.config.settings.audit.isEnabled);
        QCOMPARE(parsed.config.settings.audit.maxBytes, 32LL << 20);
    }

    void whatIsOpenToTheNetworkIsAFault()
    {
        const auto parsed = parseConfig("[http]\nlisten = \"0.0.0.0:9104\"\n", {});
        QCOMPARE(parsed.problems.size(), 1U);
        QCOMPARE(parsed.problems[0].key, u"http.listen"_s);
        QCOMPARE(parsed.problems[0].line, 2);
    }
};

QTEST_GUILESS_MAIN(TestMonitoring)
#include "TestMonitoring.moc"
