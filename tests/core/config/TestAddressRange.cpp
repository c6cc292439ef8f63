#include "core/config/AddressRange.h"

#include <QTest>

using namespace radpost::config;
using namespace Qt::StringLiterals;

class TestAddressRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isInside_data()
    {
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("inside");
        const auto row = [](const QString& range, const QString& address, bool inside) {
            QTest::newRow(qPrintable(QString(address + u" in "_s + range))) << range << address << inside;
        };
        row(u"10.0.0.0/8"_s, u"10.255.0.1"_s, true);
        row(u"10.0.0.0/8"_s, u"11.0.0.1"_s, false);
        row(u"10.1.2.0/25"_s, u"10.1.2.127"_s, true);
        row(u"10.1.2.0/25"_s, u"10.1.2.128"_s, false);
        row(u"0.0.0.0/0"_s, u"203.0.113.9"_s, true);
        row(u"0.0.0.0/0"_s, u"2001:db8::1"_s, false);
        row(u"::/0"_s, u"203.0.113.9"_s, true);
        row(u"10.1.2.3"_s, u"::ffff:10.1.2.3"_s, true);
        row(u"10.1.2.3"_s, u"10.1.2.4"_s, false);
        row(u"2001:db8::/33"_s, u"2001:db8:7fff::1"_s, true);
        row(u"2001:db8::/33"_s, u"2001:db8:8000::1"_s, false);
        row(u"fe80::1"_s, u"fe80::1%eth0"_s, true);
        row(u"1:2:3:4:5:6:7:8"_s, u"1:2:3:4:5:6:7:8"_s, true);
    }

    void isInside()
    {
        QFETCH(QString, range);
        QFETCH(QString, address);
        const auto parsed = parseAddressRange(range);
        const auto peer = parseIpAddress(address);
        QVERIFY(parsed && peer);
        QTEST(parsed->contains(*peer), "inside");
    }

    void whatIsNoRangeIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
            {"", "10.0.0.1/8", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08x", "256.0.0.0/8",
                "010.0.0.0/8", "::1/129", "1:2:3", "1::2::3", "g::1", "1:2:3:4:5:6:7:8:9", ":1", "pacs",
                "1.2.3.4::", "12345::", "fe80::%eth0/64", "::1/127", "1:2:3:4:5:6:7::8:9"}) {
            QTest::newRow(text) << QString::fromLatin1(text);
        }
    }

    void whatIsNoRangeIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!parseAddressRange(text));
    }
};

QTEST_GUILESS_MAIN(TestAddressRange)
#include "TestAddressRange.moc"
