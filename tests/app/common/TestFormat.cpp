#include "app/common/Format.h"
#include "app/common/Language.h"

#include <QDateTime>
#include <QTest>

using namespace radpost::app;
using namespace Qt::StringLiterals;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_language.set(Language::English); }

    void sizesArePowersOfAThousand_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << u"0 bytes"_s;
        QTest::newRow("bytes") << qint64(999) << u"999 bytes"_s;
        QTest::newRow("kilo") << qint64(1'500) << u"1.5 kB"_s;
        QTest::newRow("mega") << qint64(631'400'000) << u"631 MB"_s;
        QTest::newRow("giga") << qint64(2'100'000'000) << u"2.1 GB"_s;
    }

    void sizesArePowersOfAThousand()
    {
        QFETCH(qint64, bytes);
        QTEST(bytesText(bytes), "text");
    }

    void durations()
    {
        using namespace std::chrono_literals;
        QCOMPARE(durationText(0s), u"0:00"_s);
        QCOMPARE(durationText(72s), u"1:12"_s);
        QCOMPARE(durationText(3723s), u"1:02:03"_s);
    }

    void countsHaveGroups() { QCOMPARE(countText(1204), u"1,204"_s); }

    void datesOfDicom()
    {
        QCOMPARE(dicomDateText(u"20250102"_s), u"2025-01-02"_s);
        QCOMPARE(dicomDateText(u"2025"_s), u"2025"_s);
        QCOMPARE(dicomDateText({}), QString());
    }

    void namesPreferTheIdeographicGroup_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::newRow("alphabetic") << u"Wang^Xiaodong^^^"_s << u"Wang Xiaodong"_s;
        QTest::newRow("ideographic") << u"Wang^Xiaodong=王^小东"_s << u"王 小东"_s;
        QTest::newRow("only ideographic") << u"=王^小东"_s << u"王 小东"_s;
        QTest::newRow("empty second group") << u"Wang^Xiaodong="_s << u"Wang Xiaodong"_s;
        QTest::newRow("empty") << QString() << QString();
    }

    void namesPreferTheIdeographicGroup()
    {
        QFETCH(QString, name);
        QTEST(personNameText(name), "text");
    }

    void aMomentIsTheSameInEveryLanguage()
    {
        const auto today = QDateTime(QDate::currentDate(), QTime(1, 11, 5));
        const auto at = [](const QDateTime& when) {
            return radpost::Clock::WallTime(std::chrono::milliseconds(when.toMSecsSinceEpoch()));
        };
        QCOMPARE(momentText(at(today)), u"01:11"_s);
        QCOMPARE(momentText(at(today), Precision::Seconds), u"01:11:05"_s);
        const auto before = QDateTime(QDate(2025, 1, 2), QTime(13, 4, 5));
        QCOMPARE(momentText(at(before), Precision::Seconds), u"2025-01-02 13:04"_s);
    }

    void sexInTheWordsOfTheLanguage()
    {
        QCOMPARE(sexText(u"F"_s), u"F"_s);
        QCOMPARE(sexText(u"X9"_s), u"X9"_s);
        m_language.set(Language::Chinese);
        QCOMPARE(sexText(u"M"_s), u"男"_s);
        QCOMPARE(sexText(u"F"_s), u"女"_s);
        QCOMPARE(sexText(u"O"_s), u"其他"_s);
        QCOMPARE(sexText({}), QString());
        m_language.set(Language::English);
    }

private:
    LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestFormat)
#include "TestFormat.moc"
