#include "ui/main/WindowMemory.h"

#include <QTest>

using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestWindowMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        const WindowState state{
            "\x01\x02\0geometry"_ba, u"send"_s, {{u"send"_s, "\xff\0columns"_ba}}, {{u"tests"_s, "{}"_ba}}};
        QCOMPARE(windowStateFrom(windowStateText(state)), std::optional(state));
    }

    void aFileFromBeforeColumnsWereKeptIsStillGood()
    {
        const auto state = windowStateFrom(R"({"version":1,"geometry":"AAAA","page":"activity"})");
        QVERIFY(state.has_value());
        QCOMPARE(state->page, u"activity"_s);
        QVERIFY(state->columns.isEmpty());
    }

    void whatIsNoStateIsNone()
    {
        QVERIFY(!windowStateFrom("") && !windowStateFrom("[]") && !windowStateFrom(R"({"version":2})"));
    }
};

QTEST_MAIN(TestWindowMemory)
#include "TestWindowMemory.moc"
