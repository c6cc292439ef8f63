#include "core/spool/SpaceGuard.h"

#include <QTest>

using radpost::Clock;
using radpost::spool::SpaceGuard;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kMiB = 1 << 20;

} // namespace

class TestSpaceGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingNewBeginsShortlyBeforeTheReserve()
    {
        SpaceGuard guard({}, {.reserveBytes = 80 * kMiB}, [] { return 85 * kMiB; });
        QVERIFY(!guard.isOpen());
        QVERIFY(guard.take(2 * kMiB)); // what is under way goes on
    }

    void roomThatWasMadeIsSeenAtOnce()
    {
        qint64 free = 10 * kMiB;
        SpaceGuard guard({}, {.reserveBytes = 8 * kMiB}, [&free] { return free; });
        QVERIFY(!guard.take(4 * kMiB));
        free = 100 * kMiB;
        QVERIFY(guard.take(4 * kMiB));
        QCOMPARE(guard.used(), 4 * kMiB);
    }

    void theReserveStaysFree()
    {
        qint64 free = 100 * kMiB;
        SpaceGuard guard({}, {.reserveBytes = 80 * kMiB}, [&free] { return free; });
        QVERIFY(guard.isOpen());
        QVERIFY(guard.take(8 * kMiB));
        free = 85 * kMiB;
        QVERIFY(guard.take(2 * kMiB));
        QVERIFY(!guard.take(12 * kMiB));
        QCOMPARE(guard.used(), 10 * kMiB);
    }

    void theSystemIsAskedAgainAfterSomeBytes()
    {
        qint64 free = 1000 * kMiB;
        SpaceGuard guard({}, {.reserveBytes = 100 * kMiB}, [&free] { return free; });
        QVERIFY(guard.take(17 * kMiB));
        free = 50 * kMiB; // somebody else wrote
        QVERIFY(!guard.take(kMiB));
        QVERIFY(!guard.isOpen());
    }

    void theQuotaCountsWhatIsThereAndWhatArrives()
    {
        SpaceGuard guard({}, {.quotaBytes = 10 * kMiB}, [] { return qint64(-1); });
        guard.setUsed(6 * kMiB);
        QVERIFY(guard.take(4 * kMiB));
        QVERIFY(!guard.isOpen());
        QVERIFY(!guard.take(1));
        guard.giveBack(2 * kMiB);
        QVERIFY(guard.isOpen());
        guard.setLimits({.quotaBytes = 7 * kMiB});
        QVERIFY(!guard.isOpen());
        guard.setLimits({});
        QVERIFY(guard.take(100 * kMiB));
    }

    void whatWasRefusedIsWantedUntilItFits()
    {
        SpaceGuard guard({}, {.quotaBytes = 10 * kMiB}, [] { return qint64(-1); });
        guard.setUsed(6 * kMiB);
        guard.refused(8 * kMiB);
        guard.refused(5 * kMiB);
        QVERIFY(guard.isOpen());
        QVERIFY(guard.isRefusing());
        QVERIFY(guard.isTight()); // though far from the quota
        guard.giveBack(3 * kMiB);
        QVERIFY(guard.isRefusing()); // the larger one does not fit
        guard.giveBack(kMiB);
        QVERIFY(!guard.isRefusing());
        QVERIFY(!guard.isTight());
        guard.refused(9 * kMiB);
        guard.setLimits({.quotaBytes = 20 * kMiB});
        QVERIFY(!guard.isRefusing());
    }

    void roomOnTheDiskEndsARefusalToo()
    {
        Clock::SteadyTime now{};
        qint64 free = 12 * kMiB;
        SpaceGuard guard(
            {}, {.reserveBytes = 8 * kMiB}, [&free] { return free; }, [&now] { return now; });
        guard.setUsed(20 * kMiB);
        QVERIFY(guard.isOpen());
        guard.refused(6 * kMiB);
        QVERIFY(guard.isRefusing());
        free = 15 * kMiB;
        now += 1s;
        QVERIFY(!guard.isRefusing());
    }

    void aRefusalLapsesWhenNobodyTriesAgain()
    {
        Clock::SteadyTime now{};
        SpaceGuard guard(
            {}, {.quotaBytes = 10 * kMiB}, [] { return qint64(-1); }, [&now] { return now; });
        guard.setUsed(6 * kMiB);
        guard.refused(8 * kMiB);
        now += 4min;
        QVERIFY(guard.isRefusing() && guard.isTight());
        guard.refused(5 * kMiB); // somebody does
        now += 4min;
        QVERIFY(guard.isRefusing() && guard.isTight());
        now += 1min;
        QVERIFY(!guard.isRefusing() && !guard.isTight());
    }

    void aDiskThatFillsDoesNotEndARefusal()
    {
        Clock::SteadyTime now{};
        qint64 free = 13 * kMiB;
        SpaceGuard guard(
            {}, {.reserveBytes = 8 * kMiB}, [&free] { return free; }, [&now] { return now; });
        guard.setUsed(2 * kMiB);
        guard.refused(6 * kMiB); // would fit with the spool empty
        free = 11 * kMiB;        // not any more
        now += 1s;
        QVERIFY(guard.isRefusing());
        guard.refused(6 * kMiB);
        free = 20 * kMiB;
        now += 1s;
        QVERIFY(!guard.isRefusing());
    }

    void whatNeverFitsCountsForAWhile_data()
    {
        QTest::addColumn<qint64>("quota");
        QTest::addColumn<qint64>("reserve");
        QTest::newRow("larger than the quota") << 10 * kMiB << qint64(0);
        QTest::newRow("larger than the disk") << qint64(0) << 15 * kMiB;
    }

    void whatNeverFitsCountsForAWhile()
    {
        QFETCH(qint64, quota);
        QFETCH(qint64, reserve);
        Clock::SteadyTime now{};
        SpaceGuard guard(
            {}, {reserve, quota}, [] { return 20 * kMiB; }, [&now] { return now; });
        guard.setUsed(4 * kMiB);
        guard.refused(11 * kMiB);
        QVERIFY(guard.isRefusing());
        QVERIFY(!guard.isTight()); // no room that could be made is enough
        now += 1min;
        QVERIFY(guard.isRefusing());
        now += 1h;
        QVERIFY(!guard.isRefusing());
        guard.refused(11 * kMiB);
        guard.setLimits({});
        QVERIFY(!guard.isRefusing());
    }

    void anUnknownDiskIsNotInTheWay()
    {
        SpaceGuard guard({}, {.reserveBytes = kMiB}, [] { return qint64(-1); });
        QVERIFY(guard.isOpen());
        QVERIFY(guard.take(kMiB));
    }

    void theSystemsOwnFiguresAreUsed()
    {
        SpaceGuard guard(QStringLiteral("/"), {});
        QVERIFY(guard.free() > 0);
    }
};

QTEST_GUILESS_MAIN(TestSpaceGuard)
#include "TestSpaceGuard.moc"
