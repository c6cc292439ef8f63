#include "core/observe/Redact.h"
#include "core/observe/Scrubber.h"

#include <QTest>

using namespace radpost::observe;
using namespace Qt::StringLiterals;

class TestScrubber : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownPatientsAreTakenOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("left"); // what must not be there any more
        QTest::newRow("as in the data set") << u"name ZHANG^XIAODONG here"_s << u"ZHANG"_s;
        QTest::newRow("one part") << u"folder Xiaodong/1.dcm"_s << u"Xiaodong"_s;
        QTest::newRow("given name first") << u"xiaodong zhang"_s << u"zhang"_s;
        QTest::newRow("as one word") << u"ZhangXiaodong.zip"_s << u"Xiaodong"_s;
        QTest::newRow("in its own script") << u"患者王小东已到"_s << u"王小东"_s;
        QTest::newRow("given name alone") << u"小东"_s << u"小东"_s;
        QTest::newRow("ID") << u"id=HO-2231, ok"_s << u"2231"_s;
        QTest::newRow("ID in a file name") << u"x_ho-2231_1.dcm"_s << u"2231"_s;
        QTest::newRow("ID of digits") << u"(100231)"_s << u"100231"_s;
        QTest::newRow("ID with a blank") << u"was A 77/B before"_s << u"A 77/B"_s;
        QTest::newRow("short names together") << u"LI^NA and li na"_s << u"na"_s;
    }

    void knownPatientsAreTakenOut()
    {
        QFETCH(QString, text);
        QFETCH(QString, left);
        const auto scrubbed = patients().scrubbed(text);
        QVERIFY2(!scrubbed.contains(left, Qt::CaseInsensitive) || left == u"na", qPrintable(scrubbed));
        QVERIFY2(scrubbed.contains(u'#'), qPrintable(scrubbed));
        if (left == u"na") {
            QCOMPARE(scrubbed.count(u'#'), 2);
        }
    }

    void whatOnlyContainsOneStays()
    {
        const auto text = u"ZHANGJIAKOU 1002310 XHO-22311 12 Test/7"_s;
        QCOMPARE(patients().scrubbed(text), text);
    }

    void theSameTextGetsTheSameMark()
    {
        QCOMPARE(patients().scrubbed(u"HO-2231"_s), redact(u"ho-2231"));
        QCOMPARE(patients().scrubbed(u"ho-2231"_s), redact(u"ho-2231"));
    }

    void nothingKnownChangesNothing()
    {
        const Scrubber nobody;
        QCOMPARE(nobody.scrubbed(u"any text"_s), u"any text"_s);
    }

    void aLargeTextTakesNoLongerForManyPatients()
    {
        Scrubber many;
        for (int i = 0; i < 20'000; ++i) {
            many.addName(u"FAMILY%1^GIVEN%1"_s.arg(i));
            many.addId(u"ID-%1"_s.arg(i));
        }
        QString text;
        for (int i = 0; i < 20'000; ++i) {
            text += u"a line about id-%1 and nobody else\n"_s.arg(i);
        }
        const auto scrubbed = many.scrubbed(text);
        QCOMPARE(scrubbed.count(u'#'), 20'000);
    }

private:
    static Scrubber patients()
    {
        Scrubber scrubber;
        scrubber.addName(u"Zhang^XiaoDong=王^小东"_s);
        scrubber.addName(u"LI^NA"_s);
        for (const auto& id : {u"HO-2231"_s, u"100231"_s, u"A 77/B"_s, u"12"_s, u"7"_s, u""_s}) {
            scrubber.addId(id);
        }
        return scrubber;
    }
};

QTEST_GUILESS_MAIN(TestScrubber)
#include "TestScrubber.moc"
