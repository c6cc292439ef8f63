#include "core/config/HoursWindow.h"

#include <QTest>

using namespace radpost::config;
using namespace Qt::StringLiterals;

class TestHoursWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowsAreReadAndWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("over midnight") << u"22:00-06:00"_s << u"22:00-06:00"_s;
        QTest::newRow("short, with spaces") << u" 6:30 - 12:00"_s << u"06:30-12:00"_s;
        QTest::newRow("from midnight") << u"0:00-23:59"_s << u"00:00-23:59"_s;
    }

    void windowsAreReadAndWritten()
    {
        QFETCH(QString, text);
        const auto window = hoursFromText(text);
        QVERIFY(window);
        QTEST(hoursToText(*window), "written");
        QVERIFY(hoursFromText(hoursToText(*window)) == window);
    }

    void whatIsNoWindowIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto* text : {"", "-", "22:00", "22:00-", "-06:00", "22:00-06:00-07:00", "24:00-06:00",
                 "22:60-06:00", "22:00-22:00", "22-06", "10pm-6am", "22:00:30-06:00"}) {
            QTest::newRow(text) << QString::fromLatin1(text);
        }
    }

    void whatIsNoWindowIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!hoursFromText(text));
    }
};

QTEST_GUILESS_MAIN(TestHoursWindow)
#include "TestHoursWindow.moc"
