#include "app/cli/TextWidth.h"

#include <QTest>

using namespace radpost::cli;
using namespace Qt::StringLiterals;

class TestTextWidth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void widths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("width");
        QTest::newRow("empty") << QString() << 0;
        QTest::newRow("ASCII") << u"abc"_s << 3;
        QTest::newRow("Chinese") << u"王小东"_s << 6;
        QTest::newRow("full-width comma") << u"，"_s << 2;
        QTest::newRow("Korean") << u"한"_s << 2;
        QTest::newRow("beyond the first plane") << QString::fromUcs4(U"\U00020000") << 2;
        QTest::newRow("combining accent") << u"e\u0301"_s << 1;
        QTest::newRow("bar") << u"━─"_s << 2;
    }

    void widths()
    {
        QFETCH(QString, text);
        QTEST(displayWidth(text), "width");
    }

    void cuttingNeverExceedsTheWidth()
    {
        const auto text = u"王a小东bc𠀀d"_s;
        for (int columns = 0; columns <= displayWidth(text); ++columns) {
            const auto cut = cutToWidth(text, columns);
            QVERIFY2(displayWidth(cut) <= columns, qPrintable(cut));
            QVERIFY(!cut.isEmpty() || columns == 0);
            QVERIFY(cut.isValidUtf16());
        }
        QCOMPARE(cutToWidth(text, displayWidth(text)), text);
        QCOMPARE(cutToWidth(u"王小东"_s, 4), u"王…"_s);
    }

    void paddingCountsColumns()
    {
        QCOMPARE(padRight(u"王"_s, 4), u"王  "_s);
        QCOMPARE(padLeft(u"王"_s, 4), u"  王"_s);
        QCOMPARE(padRight(u"long"_s, 2), u"long"_s);
    }

    void wordsAreWrapped()
    {
        QCOMPARE(wrapText(u"one two three"_s, 8), QStringList({u"one two"_s, u"three"_s}));
        QCOMPARE(wrapText(u"unbreakable"_s, 4), QStringList(u"unbreakable"_s));
        QCOMPARE(wrapText(QString(), 4), QStringList(QString()));
        QCOMPARE(wrapText(u"ends in .csv …"_s, 40), QStringList(u"ends in .csv …"_s));
    }

    void chineseIsWrappedAnywhereButBeforePunctuation()
    {
        QCOMPARE(wrapText(u"目的地拒绝了关联"_s, 8), QStringList({u"目的地拒"_s, u"绝了关联"_s}));
        for (const auto& line : wrapText(u"检查，序列，实例，目的地。"_s, 6)) {
            QVERIFY2(!line.startsWith(u'，') && !line.startsWith(u'。'), qPrintable(line));
            QVERIFY(displayWidth(line) <= 8);
        }
    }

    void nothingIsLostInWrapping()
    {
        const auto text = u"Radpost 把 3 个实例 sent to PACS1，其余在 job 7 中。"_s;
        for (int columns = 4; columns < 60; ++columns) {
            auto joined = wrapText(text, columns).join(QString());
            auto expected = text;
            QCOMPARE(joined.remove(u' '), expected.remove(u' '));
        }
    }

    void whatCouldSteerTheTerminalIsReplaced()
    {
        QCOMPARE(printable(u"a\x1b[2J\n\u202Eb"_s), u"a\uFFFD[2J\uFFFD\uFFFDb"_s);
        QCOMPARE(printable(u"王^小东"_s), u"王^小东"_s);
    }
};

QTEST_GUILESS_MAIN(TestTextWidth)
#include "TestTextWidth.moc"
