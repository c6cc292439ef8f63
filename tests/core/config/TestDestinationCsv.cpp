#include "core/config/DestinationCsv.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

class TestDestinationCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsExportedComesBack()
    {
        Destination a;
        a.name = u"主, \"PACS\""_s;
        a.host = u"10.1.2.3"_s;
        a.port = 11112;
        a.calledAeTitle = {"PACS1"};
        a.tls = {TlsMode::Bcp195, u"ca"_s, {}, {}, false};
        a.userIdentity = {UserIdentityKind::UsernamePasscode, u"u"_s, u"env:P"_s};
        a.window = 7;
        a.hours = HoursWindow{QTime(22, 0), QTime(6, 0)};
        Destination b = a;
        b.name = u"B"_s;
        b.associations = 3;
        b.bytesPerSecond = 1 << 20;
        const auto csv = destinationsToCsv({a, b});
        QVERIFY(csv.startsWith("\xEF\xBB\xBFname,aet,host,port,calling_aet,"));
        const auto back = destinationsFromCsv(csv);
        QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().detail));
        QVERIFY(*back == std::vector({a, b}));
    }

    void aTableOfOneOwnMakeIsRead_data()
    {
        QTest::addColumn<QByteArray>("csv");
        QTest::newRow("comma") << "name,AET,host,port\nA,PACS1,h,11112\n"_ba;
        QTest::newRow("semicolon, CRLF") << "name;aet;host;port\r\nA;PACS1;h;11112\r\n"_ba;
        QTest::newRow("other order, mark, no last line end")
            << "\xEF\xBB\xBFport,host,ae_title,name\n11112,h,PACS1,A"_ba;
        QTest::newRow("quotes and empty lines") << "\"name\",aet,host,port\n\n\"A\",\"PACS1\",h,11112\n\n"_ba;
        QTest::newRow("short row, empty cell") << "name,aet,host,port,window\nA,PACS1,h,11112\n"_ba;
    }

    void aTableOfOneOwnMakeIsRead()
    {
        QFETCH(QByteArray, csv);
        const auto back = destinationsFromCsv(csv);
        QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().detail));
        QCOMPARE(back->size(), 1U);
        QCOMPARE(back->front().name, u"A"_s);
        QCOMPARE(back->front().calledAeTitle.value, "PACS1"_ba);
        QCOMPARE(back->front().port, quint16(11112));
        QCOMPARE(back->front().window, 0);
    }

    void badTables_data()
    {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("where");
        const int value = int(ErrorCode::ConfigValue);
        const int syntax = int(ErrorCode::ConfigSyntax);
        QTest::newRow("empty") << QByteArray() << syntax << u"line 1"_s;
        QTest::newRow("unknown column") << "name,aet,host,x\n"_ba << value << u"line 1"_s;
        QTest::newRow("missing column") << "name,aet\n"_ba << value << u"host"_s;
        QTest::newRow("bad port") << "name,aet,host,port\nA,B,h,1\n\nC,D,h,0\n"_ba << value << u"line 4: port"_s;
        QTest::newRow("bad title") << "name,aet,host\nA,ABCDEFGHIJKLMNOPQ,h\n"_ba << value << u"line 2: aet"_s;
        QTest::newRow("no host") << "name,aet,host\nA,B,\n"_ba << value << u"line 2: host"_s;
        QTest::newRow("too many cells") << "name,aet,host\nA,B,h,x\n"_ba << value << u"line 2"_s;
        QTest::newRow("open quote") << "name,aet,host\n\"A,B,h\n"_ba << syntax << u"line 2"_s;
        QTest::newRow("junk after quote") << "name,aet,host\n\"A\"x,B,h\n"_ba << syntax << u"line 2"_s;
        QTest::newRow("not UTF-8") << "name,aet,host\n\xd6\xf7,B,h\n"_ba << syntax << u"UTF-8"_s;
        QTest::newRow("twice") << "name,aet,host\nA,B,h\na,B,h\n"_ba << int(ErrorCode::DestinationDuplicate) << u"a"_s;
    }

    void badTables()
    {
        QFETCH(QByteArray, csv);
        QFETCH(QString, where);
        const auto back = destinationsFromCsv(csv);
        QVERIFY(!back);
        QTEST(int(back.error().code), "code");
        QVERIFY2(back.error().detail.contains(where), qPrintable(back.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestDestinationCsv)
#include "TestDestinationCsv.moc"
