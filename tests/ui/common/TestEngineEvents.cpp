#include "ui/common/EngineEvents.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestEngineEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void skippedFilesComeInBatchesAndNoneIsLost()
    {
        constexpr int kThreads = 3;
        constexpr int kEach = 5000;
        EngineEvents events;
        qsizetype skipped = 0;
        int batches = 0;
        connect(&events, &EngineEvents::scanned, this, [&](const ScanBatch& batch) {
            skipped += static_cast<qsizetype>(batch.skipped.size());
            ++batches;
        });
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&events] {
                for (int n = 0; n < kEach; ++n) {
                    events.onSkipped({JobId{1}}, {});
                }
            });
        }
        threads.clear();
        QTRY_COMPARE(skipped, kThreads * kEach);
        QCOMPARE(batches, 1); // this thread was busy: all of it waited in one event
    }

    void onlyTheNewestProgressOfAJobIsTold()
    {
        EngineEvents events;
        QList<qint64> sending;
        connect(&events, &EngineEvents::progressed, this,
            [&sending](const queue::JobProgress& progress) { sending.append(progress.sending); });
        queue::JobProgress progress;
        progress.job = JobId{7};
        for (progress.sending = 0; progress.sending < 10; ++progress.sending) {
            events.onProgress(progress);
        }
        QTRY_COMPARE(sending, QList<qint64>{9});
    }

    void theEndOfAJobComesAfterItsNews()
    {
        EngineEvents events;
        QStringList order;
        connect(&events, &EngineEvents::progressed, this, [&order] { order.append(u"progress"_s); });
        connect(&events, &EngineEvents::delivered, this, [&order] { order.append(u"delivery"_s); });
        connect(&events, &EngineEvents::jobAtRest, this, [&order] { order.append(u"rest"_s); });
        std::jthread([&events] {
            events.onProgress({});
            events.onJobAtRest({});
            events.onDelivery({});
        }).join();
        QTRY_COMPARE(order.size(), 3);
        QCOMPARE(order.last(), u"rest"_s);
    }
};

QTEST_MAIN(TestEngineEvents)
#include "TestEngineEvents.moc"
