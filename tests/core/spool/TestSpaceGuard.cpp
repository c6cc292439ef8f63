#include "core/spool/SpaceGuard.h"

#include <QTest>

using radpost::spool::SpaceGuard;

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
