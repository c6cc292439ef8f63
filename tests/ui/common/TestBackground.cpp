#include "ui/common/Background.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <future>

using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestBackground : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workRunsElsewhereAndTheOutcomeComesBack()
    {
        Background background(u"worker"_s, 1);
        QThread* worker = nullptr;
        QThread* here = nullptr;
        int outcome = 0;
        background.run(
            this,
            [&worker] {
                worker = QThread::currentThread();
                return 42;
            },
            [&](int value) {
                here = QThread::currentThread();
                outcome = value;
            });
        QTRY_COMPARE(outcome, 42);
        QCOMPARE(here, QThread::currentThread());
        QVERIFY(worker != here);
    }

    void oneThreadKeepsTheOrder()
    {
        Background background(u"worker"_s, 1);
        QList<int> order;
        for (int i = 0; i < 50; ++i) {
            background.run(
                this, [i] { return i; }, [&order](int value) { order.append(value); });
        }
        QTRY_COMPARE(order.size(), 50);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void aReceiverThatIsGoneHearsNothing()
    {
        Background background(u"worker"_s, 1);
        auto receiver = std::make_unique<QObject>();
        bool isTold = false;
        bool isOver = false;
        background.run(
            receiver.get(), [] { return 1; }, [&isTold](int) { isTold = true; });
        receiver.reset();
        background.run(
            this, [] { return 2; }, [&isOver](int) { isOver = true; });
        QTRY_VERIFY(isOver);
        QVERIFY(!isTold);
    }

    void theEndWaitsForWhatRuns()
    {
        std::promise<void> begun;
        std::atomic<bool> isDone = false;
        {
            Background background(u"worker"_s, 1);
            background.run(
                this,
                [&] {
                    begun.set_value();
                    QThread::yieldCurrentThread();
                    isDone = true;
                    return 0;
                },
                [](int) {});
            begun.get_future().wait();
        }
        QVERIFY(isDone);
    }
};

QTEST_MAIN(TestBackground)
#include "TestBackground.moc"
