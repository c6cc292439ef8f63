#include "core/observe/Metrics.h"

#include <QTest>

#include <array>
#include <thread>

using namespace radpost::observe;

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameNameIsTheSameMetric()
    {
        MetricsRegistry registry;
        registry.counter("sent").add(3);
        registry.counter("sent").add();
        QCOMPARE(registry.counter("sent").value(), 4ULL);
    }

    void aValueOnABoundBelongsToTheBucketBelow()
    {
        const std::array bounds{1.0, 2.0};
        Histogram histogram(bounds);
        for (const double value : {0.5, 1.0, 1.5, 2.0, 99.0}) {
            histogram.observe(value);
        }
        const HistogramSnapshot expected{{1.0, 2.0}, {2, 2, 1}, 104.0};
        QVERIFY(histogram.snapshot() == expected);
    }

    void theSnapshotIsSortedAndTyped()
    {
        MetricsRegistry registry;
        registry.gauge("b").set(-2);
        registry.counter("c").add(1);
        registry.histogram("a", std::array{1.0}).observe(7);
        const auto all = registry.snapshot();
        QCOMPARE(all.size(), 3U);
        QCOMPARE(std::get<HistogramSnapshot>(all[0].value).sum, 7.0);
        QCOMPARE(std::get<qint64>(all[1].value), -2LL);
        QCOMPARE(std::get<quint64>(all[2].value), 1ULL);
    }

    void manyThreadsLoseNothing()
    {
        MetricsRegistry registry;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&registry] {
                auto& histogram = registry.histogram("h", std::array{1.0});
                for (int i = 0; i < 1000; ++i) {
                    registry.counter("n").add();
                    histogram.observe(0.5);
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(registry.counter("n").value(), 4000ULL);
        QCOMPARE(registry.histogram("h", {}).snapshot().sum, 2000.0);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "TestMetrics.moc"
