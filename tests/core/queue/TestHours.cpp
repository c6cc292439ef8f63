#include "core/queue/hours.h"

#include <QDateTime>
#include <QTest>

using namespace radpost;
using namespace radpost::queue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Clock::WallTime at(const QString& local)
{
    return Clock::WallTime(std::chrono::milliseconds(QDateTime::fromString(local, Qt::ISODate).toMSecsSinceEpoch()));
}

} // namespace

class TestHours : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noHoursAllowEverything()
    {
        QVERIFY(!closedUntil(std::nullopt, at(u"2025-01-08T12:00:00"_s)));
        QVERIFY(!openUntil(std::nullopt, at(u"2025-01-08T12:00:00"_s)));
    }

    void closedUntilTheNextOpening_data()
    {
        QTest::addColumn<QTime>("from");
        QTest::addColumn<QTime>("until");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("opens"); // empty: it is open
        const QTime six(6, 0);
        const QTime ten(22, 0);
        QTest::newRow("by day, before") << six << ten << u"2025-01-08T05:00:00"_s << u"2025-01-08T06:00:00"_s;
        QTest::newRow("by day, within") << six << ten << u"2025-01-08T06:00:00"_s << QString();
        QTest::newRow("by day, after") << six << ten << u"2025-01-08T22:00:00"_s << u"2025-01-09T06:00:00"_s;
        QTest::newRow("by night, evening") << ten << six << u"2025-01-08T23:00:00"_s << QString();
        QTest::newRow("by night, morning") << ten << six << u"2025-01-08T05:59:59"_s << QString();
        QTest::newRow("by night, noon") << ten << six << u"2025-01-08T12:00:00"_s << u"2025-01-08T22:00:00"_s;
        QTest::newRow("the whole day") << six << six << u"2025-01-08T12:00:00"_s << QString();
        // Clocks go forward from 02:00 to 03:00 on this night: an hour less to wait.
        QTest::newRow("summer time") << six << ten << u"2025-03-29T23:00:00"_s << u"2025-03-30T06:00:00"_s;
    }

    void closedUntilTheNextOpening()
    {
        QFETCH(QTime, from);
        QFETCH(QTime, until);
        QFETCH(QString, now);
        QFETCH(QString, opens);
        const auto closed = closedUntil(AllowedHours{from, until}, at(now));
        QCOMPARE(closed.has_value(), !opens.isEmpty());
        if (closed) {
            QCOMPARE(*closed, at(opens));
        }
    }

    void summerTimeShortensTheWait()
    {
        const auto now = at(u"2025-03-29T23:00:00"_s);
        QCOMPARE(*closedUntil(AllowedHours{QTime(6, 0), QTime(22, 0)}, now) - now, 6h);
    }

    void openUntilTheEnd()
    {
        const AllowedHours night{QTime(22, 0), QTime(6, 0)};
        QCOMPARE(*openUntil(night, at(u"2025-01-08T23:00:00"_s)), at(u"2025-01-09T06:00:00"_s));
        QCOMPARE(*openUntil(night, at(u"2025-01-09T01:00:00"_s)), at(u"2025-01-09T06:00:00"_s));
        QVERIFY(!openUntil(night, at(u"2025-01-08T12:00:00"_s)));
    }
};

int main(int argc, char** argv)
{
    qputenv("TZ", "Europe/Berlin");
    QCoreApplication app(argc, argv);
    TestHours test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestHours.moc"
