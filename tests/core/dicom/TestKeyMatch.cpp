#include "core/dicom/KeyMatch.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using dicom::KeyMatch;

/// PS3.4 C.2.2.2, row by row.
class TestKeyMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QByteArray>("vr");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* name, const char* vr, const QString& key, const QString& value, bool expected) {
            QTest::newRow(name) << QByteArray(vr) << key << value << expected;
        };
        row("nothing asks for all", "LO", u""_s, u"A"_s, true);
        row("a star asks for all, empty too", "LO", u"*"_s, u""_s, true);
        row("a star in a UID asks for all", "UI", u"*"_s, u"1.2"_s, true);
        for (const auto* vr : {"PN", "UI", "DA", "TM", "LO", "IS"}) {
            row(qPrintable(u"a delimiter alone, %1"_s.arg(QLatin1StringView(vr))), vr, u"\\"_s, u""_s, true);
            row(qPrintable(u"delimiters and blanks, %1"_s.arg(QLatin1StringView(vr))), vr, u" \\ \\"_s, u"x"_s, true);
        }
        row("an empty value beside another is none", "CS", u"\\CT\\ "_s, u""_s, false);
        row("single value", "SH", u"A1"_s, u"A1"_s, true);
        row("single value, another case", "SH", u"a1"_s, u"A1"_s, false);
        row("single value, no beginning", "SH", u"A"_s, u"A1"_s, false);
        row("padding does not count", "SH", u" A1 "_s, u"A1"_s, true);
        row("star at the end", "LO", u"HEAD*"_s, u"HEAD CT"_s, true);
        row("star at the beginning", "LO", u"*CT"_s, u"HEAD CT"_s, true);
        row("star in the middle", "LO", u"H*T"_s, u"HEAD CT"_s, true);
        row("many stars", "LO", u"*A*A*B"_s, u"xAyAzAB"_s, true);
        row("many stars, no match", "LO", u"*A*A*B"_s, u"xAyB"_s, false);
        row("question mark is one character", "LO", u"A?C"_s, u"ABC"_s, true);
        row("question mark is not none", "LO", u"AB?"_s, u"AB"_s, false);
        row("characters of SQL are characters", "LO", u"100%_*"_s, u"100%_x"_s, true);
        row("characters of SQL are no wildcards", "LO", u"100%*"_s, u"1000"_s, false);
        row("brackets are characters", "LO", u"[A]*"_s, u"[A]B"_s, true);
        row("wildcards in Chinese", "LO", u"头?平扫*"_s, u"头颅平扫加增强"_s, true);
        row("a character beyond the first plane is one", "LO", u"a?b"_s, u"a𠮷b"_s, true);
        row("one of several", "CS", u"CT\\MR"_s, u"MR"_s, true);
        row("none of several", "CS", u"CT\\MR"_s, u"US"_s, false);
        row("one of several values", "CS", u"MR"_s, u"CT\\MR"_s, true);
        row("UID list", "UI", u"1.2\\1.3"_s, u"1.3"_s, true);
        row("UID list, no match", "UI", u"1.2\\1.3"_s, u"1.33"_s, false);

        row("name, another case", "PN", u"wang^xiao"_s, u"WANG^Xiao"_s, true);
        row("name, umlauts in another case", "PN", u"MÜLLER*"_s, u"Müller^Eva"_s, true);
        row("name, delimiters at the end", "PN", u"Wang^Xiao"_s, u"Wang^Xiao^^^"_s, true);
        row("name, delimiters at the end of the key", "PN", u"Wang^Xiao^^"_s, u"Wang^Xiao"_s, true);
        row("family name only", "PN", u"Wang"_s, u"Wang^Xiao"_s, false);
        row("family name with wildcard", "PN", u"Wang*"_s, u"Wang^Xiao"_s, true);
        row("family name and delimiter", "PN", u"Wang^*"_s, u"Wang"_s, true);
        row("family name and delimiter, another name", "PN", u"Wang^*"_s, u"Wangler^Jo"_s, false);
        row("Chinese group", "PN", u"王*"_s, u"Wang^XiaoDong=王^小东"_s, true);
        row("Chinese group whole", "PN", u"王^小东"_s, u"Wang^XiaoDong=王^小东"_s, true);
        row("Chinese with question mark", "PN", u"王^?东"_s, u"Wang^XiaoDong=王^小东"_s, true);
        row("Chinese, another one", "PN", u"李*"_s, u"Wang^XiaoDong=王^小东"_s, false);
        row("Chinese in the only group", "PN", u"*小东"_s, u"王^小东"_s, true);
        row("groups one by one", "PN", u"Wang*=王*"_s, u"Wang^XiaoDong=王^小东"_s, true);
        row("groups one by one, the second differs", "PN", u"Wang*=李*"_s, u"Wang^XiaoDong=王^小东"_s, false);
        row("second group only", "PN", u"=王*"_s, u"Wang^XiaoDong=王^小东"_s, true);
        row("second group, there is none", "PN", u"=王*"_s, u"王^小东"_s, false);

        row("day", "DA", u"20260102"_s, u"20260102"_s, true);
        row("day as of old", "DA", u"20260102"_s, u"2026.01.02"_s, true);
        row("range of days", "DA", u"20260101-20260131"_s, u"20260131"_s, true);
        row("range of days, after", "DA", u"20260101-20260131"_s, u"20260201"_s, false);
        row("up to a day", "DA", u"-20260131"_s, u"20251231"_s, true);
        row("up to a day, none known", "DA", u"-20260131"_s, u""_s, false);
        row("from a day", "DA", u"20260131-"_s, u"20260131"_s, true);
        row("from a day, before", "DA", u"20260131-"_s, u"20260130"_s, false);

        row("time", "TM", u"1015"_s, u"101500.000"_s, true);
        row("time, seconds later", "TM", u"1015"_s, u"101530"_s, false);
        row("time as of old", "TM", u"101530"_s, u"10:15:30"_s, true);
        row("range of times", "TM", u"1000-1200"_s, u"120059.9"_s, true);
        row("range of times, a minute after", "TM", u"1000-1200"_s, u"1201"_s, false);
        row("range of times, at its beginning", "TM", u"1000-1200"_s, u"10"_s, true);
        row("range of times, none known", "TM", u"1000-"_s, u""_s, false);

        row("number", "IS", u"5"_s, u"05"_s, true);
        row("number, another one", "IS", u"5"_s, u"50"_s, false);
        row("short", "US", u"512"_s, u"512"_s, true);
    }

    void matches()
    {
        QFETCH(QByteArray, vr);
        QFETCH(QString, key);
        QFETCH(QString, value);
        const auto parsed = KeyMatch::parse(vr, key);
        QVERIFY(parsed);
        QTEST(parsed->matches(value), "expected");
    }

    void aKeyThatIsNotUniversalHasValues_data()
    {
        QTest::addColumn<QByteArray>("vr");
        for (const auto* vr : {"PN", "UI", "DA", "TM", "LO", "IS"}) {
            QTest::newRow(vr) << QByteArray(vr);
        }
    }

    void aKeyThatIsNotUniversalHasValues()
    {
        QFETCH(QByteArray, vr);
        for (const auto& key : {u"\\"_s, u" \\ "_s, u"*\\*"_s, u"   "_s, u"\\*\\"_s}) {
            const auto parsed = KeyMatch::parse(vr, key);
            QVERIFY2(parsed && parsed->isUniversal(), qPrintable(key));
        }
    }

    void whatIsNoKeyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("vr");
        QTest::addColumn<QString>("key");
        QTest::newRow("no date") << "DA"_ba << u"2026-01-02"_s;
        QTest::newRow("half a date") << "DA"_ba << u"202601"_s;
        QTest::newRow("letters") << "DA"_ba << u"today"_s;
        QTest::newRow("no time") << "TM"_ba << u"101"_s;
        QTest::newRow("a text without end") << "LO"_ba << QString(300, u'*') + u'x';
        QTest::newRow("texts without end") << "LO"_ba << QStringList(200, u"a"_s).join(u'\\');
        QTest::newRow("UIDs without end") << "UI"_ba << QStringList(10'001, u"1"_s).join(u'\\');
    }

    void whatIsNoKeyIsRefused()
    {
        QFETCH(QByteArray, vr);
        QFETCH(QString, key);
        const auto parsed = KeyMatch::parse(vr, key);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    }

    void dateAndTimeAreOneInstantWhereThatIsAgreed()
    {
        const auto date = KeyMatch::parse("DA", u"20260101-20260103"_s);
        const auto time = KeyMatch::parse("TM", u"1800-0600"_s);
        QVERIFY(date && time);
        const auto isIn = [&](const QString& day, const QString& at) {
            return KeyMatch::matchesTogether(*date, *time, day, at);
        };
        QVERIFY(isIn(u"20260101"_s, u"1800"_s));
        QVERIFY(isIn(u"20260102"_s, u"1200"_s)); // by themselves the times would not have it
        QVERIFY(isIn(u"20260103"_s, u"060030"_s));
        QVERIFY(!isIn(u"20260101"_s, u"1759"_s));
        QVERIFY(!isIn(u"20260103"_s, u"0601"_s));
        QVERIFY(!isIn({}, u"1900"_s));
    }
};

QTEST_GUILESS_MAIN(TestKeyMatch)
#include "TestKeyMatch.moc"
