#include "core/observe/MetricsText.h"
#include "core/observe/TransferMetrics.h"

#include <QTest>

#include <array>
#include <thread>

using namespace radpost::observe;
using namespace Qt::StringLiterals;

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameNameAndLabelsAreTheSameMetric()
    {
        MetricsRegistry registry;
        registry.counters({"sent_total", "", {"to"}}).with({u"A"_s}).add(3);
        registry.counters({"sent_total", "", {"to"}}).with({u"A"_s}).add();
        registry.counters({"sent_total", "", {"to"}}).with({u"B"_s}).add();
        QCOMPARE(registry.counters({"sent_total", "", {"to"}}).with({u"A"_s}).value(), 4ULL);
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
        registry.gauges({"b", ""}).with({}).set(-2);
        registry.counters({"c", ""}).with({}).add(1);
        registry.histograms({"a", ""}, std::array{1.0}).with({}).observe(7);
        const auto all = registry.snapshot();
        QCOMPARE(all.size(), 3U);
        QCOMPARE(std::get<HistogramSnapshot>(all[0].series[0].value).sum, 7.0);
        QCOMPARE(std::get<double>(all[1].series[0].value), -2.0);
        QCOMPARE(std::get<quint64>(all[2].series[0].value), 1ULL);
    }

    void madeUpNamesEndAsOther()
    {
        MetricsRegistry registry;
        auto& family = registry.counters({"received_total", "", {"calling_ae_title", "result"}, 10});
        for (int i = 0; i < 1000; ++i) {
            family.with({u"AE%1"_s.arg(i), i % 2 == 0 ? u"stored"_s : u"failed"_s}).add();
        }
        family.with({u"AE3"_s, u"failed"_s}).add(); // known before the limit: still its own
        const auto series = family.snapshot().series;
        QCOMPARE(series.size(), 12U);
        quint64 sum = 0;
        for (const auto& row : series) {
            sum += std::get<quint64>(row.value);
        }
        QCOMPARE(sum, 1001ULL);
        QCOMPARE(family.with({u"other"_s, u"stored"_s}).value(), 495ULL);
        QCOMPARE(family.with({u"AE3"_s, u"failed"_s}).value(), 2ULL);
    }

    void callersAreBoundedDestinationsAreNot()
    {
        MetricsRegistry registry;
        const TransferMetrics metrics(registry);
        for (int i = 0; i < 1000; ++i) {
            const QString name = u"AE%1"_s.arg(i);
            metrics.sentInstances.with({name}).add();
            metrics.deliveries.with({name, u"stored"_s}).add();
            metrics.receivedInstances.with({name, u"stored"_s}).add();
            metrics.acceptedAssociations.with({name}).add();
        }
        QCOMPARE(metrics.sentInstances.snapshot().series.size(), 1000U);
        QCOMPARE(metrics.deliveries.snapshot().series.size(), 1000U);
        QCOMPARE(metrics.receivedInstances.snapshot().series.size(), 201U);
        QCOMPARE(metrics.acceptedAssociations.snapshot().series.size(), 201U);
    }

    void aLongLabelIsCut()
    {
        MetricsRegistry registry;
        auto& family = registry.counters({"x_total", "", {"who"}});
        family.with({QString(100'000, u'x')}).add();
        QCOMPARE(family.snapshot().series[0].labels[0].size(), 128);
    }

    void manyThreadsLoseNothing()
    {
        MetricsRegistry registry;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&registry] {
                auto& histogram = registry.histograms({"h", ""}, std::array{1.0}).with({});
                for (int i = 0; i < 1000; ++i) {
                    registry.counters({"n", "", {"i"}}).with({QString::number(i % 3)}).add();
                    histogram.observe(0.5);
                    if (i % 100 == 0) {
                        QVERIFY(!prometheusText(registry.snapshot()).isEmpty());
                    }
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(registry.counters({"n", "", {"i"}}).with({u"0"_s}).value(), 4ULL * 334);
        QCOMPARE(registry.histograms({"h", ""}, {}).with({}).snapshot().sum, 2000.0);
    }

    void aCollectorIsAskedAtEachSnapshotUntilItGoes()
    {
        MetricsRegistry registry;
        int asked = 0;
        const MetricDescription depth{"depth", "d", {"to"}};
        auto registration = registry.collect({depth}, [&] {
            return std::vector{FamilySnapshot{depth, MetricType::Gauge, {{{u"A"_s}, double(++asked)}}}};
        });
        QCOMPARE(registry.descriptions().size(), 1U);
        QCOMPARE(registry.snapshot().size(), 1U);
        QCOMPARE(std::get<double>(registry.snapshot()[0].series[0].value), 2.0);
        registration.reset();
        QVERIFY(registry.snapshot().empty());
        QCOMPARE(asked, 2);
    }

    void theTextIsTheExpositionFormat()
    {
        MetricsRegistry registry;
        registry.counters({"radpost_sent_total", "Sent\\ and\nmore", {"to"}}).with({u"a\"b\\c\n1"_s}).add(7);
        registry.gauges({"radpost_up", "Up"}).with({}).set(0.25);
        auto& histogram = registry.histograms({"radpost_t_seconds", "T", {"to"}}, std::array{0.1, 1.0}).with({u"王"_s});
        histogram.observe(0.1);
        histogram.observe(0.5);
        histogram.observe(8);
        QCOMPARE(prometheusText(registry.snapshot()),
            QByteArray("# HELP radpost_sent_total Sent\\\\ and\\nmore\n"
                       "# TYPE radpost_sent_total counter\n"
                       "radpost_sent_total{to=\"a\\\"b\\\\c\\n1\"} 7\n"
                       "# HELP radpost_t_seconds T\n"
                       "# TYPE radpost_t_seconds histogram\n"
                       "radpost_t_seconds_bucket{to=\"\xe7\x8e\x8b\",le=\"0.1\"} 1\n"
                       "radpost_t_seconds_bucket{to=\"\xe7\x8e\x8b\",le=\"1\"} 2\n"
                       "radpost_t_seconds_bucket{to=\"\xe7\x8e\x8b\",le=\"+Inf\"} 3\n"
                       "radpost_t_seconds_sum{to=\"\xe7\x8e\x8b\"} 8.6\n"
                       "radpost_t_seconds_count{to=\"\xe7\x8e\x8b\"} 3\n"
                       "# HELP radpost_up Up\n"
                       "# TYPE radpost_up gauge\n"
                       "radpost_up 0.25\n"));
    }

    void oddNumbersHaveTheirWords()
    {
        MetricsRegistry registry;
        auto& gauges = registry.gauges({"g", "", {"k"}});
        gauges.with({u"a"_s}).set(qQNaN());
        gauges.with({u"b"_s}).set(qInf());
        gauges.with({u"c"_s}).set(1.7e12 + 0.5);
        const auto text = prometheusText(registry.snapshot());
        QVERIFY(text.contains("g{k=\"a\"} NaN\n"));
        QVERIFY(text.contains("g{k=\"b\"} +Inf\n"));
        QVERIFY2(text.contains("g{k=\"c\"} 1700000000000.5\n"), text.constData());
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "TestMetrics.moc"
