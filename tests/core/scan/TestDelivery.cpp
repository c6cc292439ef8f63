#include "core/scan/Delivery.h"

#include "tests/core/scan/ScanTestSupport.h"

#include <QTest>

#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;
using namespace radpost::scan::test;

namespace {

void addSome(Delivery& delivery, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        delivery.skip(u"f"_s + QString::number(i), makeError(ErrorCode::NotDicom));
    }
}

} // namespace

class TestDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alone_eachFindingIsDeliveredAtOnce()
    {
        CollectingSink sink;
        ScanGate gate(sink, {});
        Delivery delivery(gate);
        for (qsizetype i = 1; i <= 3; ++i) {
            addSome(delivery, 1);
            QCOMPARE(sink.skipped.size(), i);
        }
    }

    void together_findingsAreDeliveredWhenThereAreEnough()
    {
        CollectingSink sink;
        ScanGate gate(sink, {});
        Delivery delivery(gate, Delivery::kTogether);
        size_t added = 0;
        while (sink.skipped.isEmpty()) {
            addSome(delivery, 1);
            ++added;
        }
        QVERIFY(added <= Delivery::kTogether); // fewer only when this thread was held up for kPatience
        QCOMPARE(sink.skipped.size(), static_cast<qsizetype>(added));
    }

    void together_aFindingIsDeliveredWhenTheFirstHasWaitedLong()
    {
        CollectingSink sink;
        ScanGate gate(sink, {});
        Delivery delivery(gate, 1'000'000);
        QTRY_VERIFY_WITH_TIMEOUT((addSome(delivery, 1), !sink.skipped.isEmpty()), 5000);
    }

    void flush_deliversTheRest()
    {
        CollectingSink sink;
        ScanGate gate(sink, {});
        Delivery delivery(gate, Delivery::kTogether);
        addSome(delivery, Delivery::kTogether + 3);
        delivery.flush();
        QCOMPARE(sink.skipped.size(), static_cast<qsizetype>(Delivery::kTogether + 3));
        QCOMPARE(sink.skipped.first().sourcePath, u"f0"_s);
        QCOMPARE(sink.skipped.last().sourcePath, u"f%1"_s.arg(Delivery::kTogether + 2));
    }

    void whileTheSinkIsTaken_addDoesNotWait_andNothingIsLost()
    {
        CollectingSink sink;
        ScanGate gate(sink, {});
        std::latch isInside(1);
        std::latch mayLeave(1);
        sink.beforeEach = [&] {
            if (sink.skipped.isEmpty()) {
                isInside.count_down();
                mayLeave.wait();
            }
        };
        std::jthread other([&] { gate.deliver(SkippedFile{u"other"_s, makeError(ErrorCode::NotDicom)}); });
        isInside.wait();
        Delivery delivery(gate, Delivery::kTogether);
        addSome(delivery, Delivery::kMost - 1); // would never return if it waited
        mayLeave.count_down();
        delivery.flush();
        other.join();
        QCOMPARE(sink.skipped.size(), static_cast<qsizetype>(Delivery::kMost));
        QVERIFY(!sink.hasOverlapped);
    }
};

QTEST_GUILESS_MAIN(TestDelivery)
#include "TestDelivery.moc"
