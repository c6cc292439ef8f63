#include "core/config/DestinationAddress.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

class TestDestinationAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("aeTitle");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<bool>("tls");
        QTest::newRow("all") << u"PACS1@10.1.2.3:11112"_s << "PACS1"_ba << u"10.1.2.3"_s << 11112 << false;
        QTest::newRow("default port") << u"PACS1@pacs.example"_s << "PACS1"_ba << u"pacs.example"_s << 104 << false;
        QTest::newRow("IPv6") << u"P@[::1]:104"_s << "P"_ba << u"::1"_s << 104 << false;
        QTest::newRow("IPv6, default port") << u"P@[fe80::1%eth0]"_s << "P"_ba << u"fe80::1%eth0"_s << 104 << false;
        QTest::newRow("TLS") << u"tls://P@h:2000"_s << "P"_ba << u"h"_s << 2000 << true;
        QTest::newRow("TLS, default port") << u"TLS://P@h"_s << "P"_ba << u"h"_s << 2762 << true;
        QTest::newRow("spaces and @ in the title") << u"MY P@CS@h"_s << "MY P@CS"_ba << u"h"_s << 104 << false;
        QTest::newRow("16 characters") << u"ABCDEFGHIJKLMNOP@h:1"_s << "ABCDEFGHIJKLMNOP"_ba << u"h"_s << 1 << false;
        QTest::newRow("a name with numbers") << u"A@3dlab.7th:1"_s << "A"_ba << u"3dlab.7th"_s << 1 << false;
        QTest::newRow("highest port") << u"A@h:65535"_s << "A"_ba << u"h"_s << 65535 << false;
    }

    void goodAddresses()
    {
        QFETCH(QString, text);
        const auto destination = parseAddress(text);
        QVERIFY(destination);
        QTEST(destination->calledAeTitle.value, "aeTitle");
        QTEST(destination->host, "host");
        QTEST(int(destination->port), "port");
        QTEST(destination->tls.mode != TlsMode::Off, "tls");
        QCOMPARE(destination->name, text);
        const auto again = parseAddress(addressText(*destination));
        QCOMPARE(again->host, destination->host);
        QCOMPARE(again->port, destination->port);
    }

    void badAddresses_data()
    {
        QTest::addColumn<QString>("text");
        for (const QStringView text : std::initializer_list<QStringView>{u"", u"PACS1", u"@h", u"PACS1@", u"PACS1@:104",
                 u"A@h:", u"A@h:0", u"A@h:65536", u"A@h:-1", u"A@h:10x", u"A@h:1:2", u"A@::1", u"A@[::1", u"A@[::1]x",
                 u"A@[::1]:", u"A@[]", u"A@[h]:1", u"A@h h", u"A@h/x", u"   @h", u"ABCDEFGHIJKLMNOPQ@h", u"影像@h",
                 u"A\\B@h", u"A@-h", u"A@12345", u"A@1.2.3:104", u"A@[1:2]", u"tls://"}) {
            QTest::newRow(text.toUtf8().constData()) << text.toString();
        }
    }

    void badAddresses()
    {
        QFETCH(QString, text);
        const auto destination = parseAddress(text);
        QVERIFY(!destination);
        QCOMPARE(destination.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestDestinationAddress)
#include "TestDestinationAddress.moc"
