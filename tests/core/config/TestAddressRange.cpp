#include "core/config/AddressRange.h"

#include <QTest>

using radpost::config::AddressRange;
using namespace Qt::StringLiterals;

class TestAddressRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contains_data()
    {
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isInside");
        QTest::newRow("one") << u"10.1.2.3"_s << u"10.1.2.3"_s << true;
        QTest::newRow("another") << u"10.1.2.3"_s << u"10.1.2.4"_s << false;
        QTest::newRow("whole bytes") << u"10.1.0.0/16"_s << u"10.1.255.1"_s << true;
        QTest::newRow("next to it") << u"10.1.0.0/16"_s << u"10.2.0.1"_s << false;
        QTest::newRow("some bits") << u"10.1.2.128/25"_s << u"10.1.2.200"_s << true;
        QTest::newRow("some bits, outside") << u"10.1.2.128/25"_s << u"10.1.2.127"_s << false;
        QTest::newRow("last bit") << u"10.1.2.2/31"_s << u"10.1.2.3"_s << true;
        QTest::newRow("host bits do not count") << u"10.1.2.3/8"_s << u"10.200.0.1"_s << true;
        QTest::newRow("all IPv4") << u"0.0.0.0/0"_s << u"192.168.1.1"_s << true;
        QTest::newRow("all IPv4 is not IPv6") << u"0.0.0.0/0"_s << u"fd00::1"_s << false;
        QTest::newRow("all IPv6 has IPv4 within") << u"::/0"_s << u"10.1.2.3"_s << true;
        QTest::newRow("IPv6") << u"fd00:1::/32"_s << u"fd00:1:2::3"_s << true;
        QTest::newRow("IPv6, outside") << u"fd00:1::/32"_s << u"fd00:2::3"_s << false;
        QTest::newRow("mapped") << u"10.1.0.0/16"_s << u"::ffff:10.1.2.3"_s << true;
        QTest::newRow("mapped range") << u"::ffff:10.1.0.0/112"_s << u"10.1.2.3"_s << true;
        QTest::newRow("no address") << u"0.0.0.0/0"_s << u"ct1"_s << false;
    }

    void contains()
    {
        QFETCH(QString, range);
        QFETCH(QString, address);
        QFETCH(bool, isInside);
        const auto parsed = AddressRange::parse(range);
        QVERIFY(parsed);
        QCOMPARE(parsed->contains(address), isInside);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto* text : {"", "ct1", "10.1.2", "10.1.2.3/", "10.1.2.3/33", "10.1.2.3/-1", "fd00::/129", "/8",
                 "10.1.2.3/8/8", "10.1.2.3/x", "300.1.1.1"}) {
            QTest::newRow(text[0] == '\0' ? "empty" : text) << QString::fromLatin1(text);
        }
    }

    void refuses()
    {
        QFETCH(QString, text);
        QVERIFY(!AddressRange::parse(text));
    }
};

QTEST_GUILESS_MAIN(TestAddressRange)
#include "TestAddressRange.moc"
