#include "core/base/loopback.h"

#include <QTest>

using namespace radpost;

class TestLoopback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyThisMachineIsLoopback_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* address, bool expected) {
            QTest::newRow(address) << QString::fromLatin1(address) << expected;
        };
        row("127.0.0.1", true);
        row("127.1.2.255", true);
        row("::1", true);
        row("::ffff:127.0.0.1", true);
        row("::FFFF:127.9.9.9", true);
        row("LocalHost", true);
        row("127.0.0.1.evil.example", false);
        row("127.0.0", false);
        row("127.0.0.256", false);
        row("127.0.0.+1", false);
        row("0.0.0.0", false);
        row("10.0.0.1", false);
        row("::ffff:10.0.0.1", false);
        row("::ffff:localhost", false);
        row("::", false);
        row("", false);
    }

    void onlyThisMachineIsLoopback()
    {
        QFETCH(QString, address);
        QFETCH(bool, expected);
        QCOMPARE(isLoopback(address), expected);
    }

    void theHostFieldMustNameThisMachine_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<bool>("expected");
        QTest::newRow("address and port") << QByteArray("127.0.0.1:9104") << true;
        QTest::newRow("name") << QByteArray("localhost") << true;
        QTest::newRow("IPv6 and port") << QByteArray("[::1]:9104") << true;
        QTest::newRow("IPv6") << QByteArray("[::1]") << true;
        QTest::newRow("rebound name") << QByteArray("evil.example:9104") << false;
        QTest::newRow("looks alike") << QByteArray("localhost.evil.example") << false;
        QTest::newRow("broken bracket") << QByteArray("[::1") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }

    void theHostFieldMustNameThisMachine()
    {
        QFETCH(QByteArray, field);
        QFETCH(bool, expected);
        QCOMPARE(isLoopbackHost(field), expected);
    }
};

QTEST_GUILESS_MAIN(TestLoopback)
#include "TestLoopback.moc"
