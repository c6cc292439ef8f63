#include "core/dicom/uid.h"

#include <QSet>
#include <QTest>

using namespace radpost;
using namespace radpost::dicom;
using namespace Qt::StringLiterals;

class TestUid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validity_followsTheStandard_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::addColumn<bool>("valid");
        QTest::newRow("usual") << "1.2.840.10008.1.2"_ba << true;
        QTest::newRow("zero component") << "1.2.0.3"_ba << true;
        QTest::newRow("one component") << "2"_ba << true;
        QTest::newRow("64 characters") << QByteArray("1.2.") + QByteArray(60, '9') << true;
        QTest::newRow("65 characters") << QByteArray("1.2.") + QByteArray(61, '9') << false;
        QTest::newRow("empty") << ""_ba << false;
        QTest::newRow("leading zero") << "1.2.03"_ba << false;
        QTest::newRow("double zero") << "1.00.3"_ba << false;
        QTest::newRow("leading dot") << ".1.2"_ba << false;
        QTest::newRow("trailing dot") << "1.2."_ba << false;
        QTest::newRow("two dots") << "1..2"_ba << false;
        QTest::newRow("letter") << "1.2.a"_ba << false;
        QTest::newRow("blank") << "1.2 "_ba << false;
        QTest::newRow("NUL") << QByteArray("1.2\0", 4) << false;
    }

    void validity_followsTheStandard()
    {
        QFETCH(QByteArray, uid);
        QTEST(isValidUid(uid), "valid");
    }

    void generatedUids_areValidAndDifferent()
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 1000; ++i) {
            const QByteArray uid = generateUid();
            QVERIFY2(isValidUid(uid), uid.constData());
            QVERIFY(uid.startsWith("2.25."));
            // A random UUID has its version bits set, so the number has 36 digits or more in all but freak cases.
            QVERIFY(uid.size() > 30);
            seen.insert(uid);
        }
        QCOMPARE(seen.size(), 1000);
    }

    void aeTitles_areTrimmedAndChecked()
    {
        QCOMPARE(toAeTitle(u"  PACS ONE "_s)->value, "PACS ONE"_ba);
        QCOMPARE(toAeTitle(u"ABCDEFGHIJKLMNOP"_s)->value, "ABCDEFGHIJKLMNOP"_ba);
        QVERIFY(!toAeTitle(u"ABCDEFGHIJKLMNOPQ"_s));
        QVERIFY(!toAeTitle(u"   "_s));
        QVERIFY(!toAeTitle(u"A\\B"_s));
        QVERIFY(!toAeTitle(u"A\tB"_s));
        QVERIFY(!toAeTitle(u"Ä"_s));
    }
};

QTEST_GUILESS_MAIN(TestUid)
#include "TestUid.moc"
