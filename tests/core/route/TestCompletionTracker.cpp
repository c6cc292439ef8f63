#include "core/route/CompletionTracker.h"
#include "tests/support/ManualClock.h"

#include <QTest>

using namespace radpost;
using namespace radpost::route;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const WaitKey kStudy{u"r"_s, config::Trigger::Study, "1.2.3"};

config::Completion quietFor(std::chrono::milliseconds quiet)
{
    config::Completion completion;
    completion.quiet = quiet;
    return completion;
}

} // namespace

class TestCompletionTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quietCompletes()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        QVERIFY(!tracker.nextDue());
        for (int i = 1; i <= 3; ++i) {
            tracker.arrived(kStudy, quietFor(60s), i);
            QVERIFY(tracker.takeCompleted().empty());
            clock.advance(59s);
        }
        QVERIFY(tracker.takeCompleted().empty());
        QCOMPARE(*tracker.nextDue(), clock.steadyNow() + 1s);
        clock.advance(1s);
        const auto completed = tracker.takeCompleted();
        QCOMPARE(completed.size(), 1U);
        QVERIFY(completed[0] == (Completed{kStudy, CompleteBy::Quiet, 3, 3, 0}));
        QVERIFY(tracker.takeCompleted().empty());
        QCOMPARE(tracker.waitingCount(), 0);
    }

    void theExpectedCountCompletesAtOnce()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.arrived(kStudy, quietFor(60s), 1, 2);
        QVERIFY(tracker.takeCompleted().empty());
        tracker.arrived(kStudy, quietFor(60s), 2);
        QVERIFY(tracker.nextDue() && *tracker.nextDue() <= clock.steadyNow());
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::Expected, 2, 2, 2}));
    }

    void aRuleKnowsBetterThanTheInstances()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        auto completion = quietFor(60s);
        completion.expected = 3;
        tracker.arrived(kStudy, completion, 1, 1);
        tracker.arrived(kStudy, completion, 2, 1);
        QVERIFY(tracker.takeCompleted().empty());
        tracker.arrived(kStudy, completion, 3, 1);
        QCOMPARE(tracker.takeCompleted().at(0).by, CompleteBy::Expected);
    }

    void anAnnouncementThatGrowsIsBelieved()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.arrived(kStudy, quietFor(60s), 1, 2);
        tracker.arrived(kStudy, quietFor(60s), 2, 4);
        QVERIFY(tracker.takeCompleted().empty());
    }

    void whatNeverEndsIsEnded()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        auto completion = quietFor(60s);
        completion.maxWait = 150s;
        for (int i = 1; i <= 5; ++i) {
            tracker.arrived(kStudy, completion, i);
            clock.advance(30s);
        }
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::MaxWait, 5, 5, 0}));
    }

    void byHandOnly()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        config::Completion completion;
        completion.quiet.reset();
        tracker.arrived(kStudy, completion, 1);
        clock.advance(24h * 30);
        QVERIFY(tracker.takeCompleted().empty());
        QVERIFY(!tracker.nextDue());
        QVERIFY(!tracker.completeNow({u"other"_s, config::Trigger::Study, "1.2.3"}));
        QVERIFY(tracker.completeNow(kStudy));
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::Hand, 1, 1, 0}));
        QVERIFY(!tracker.completeNow(kStudy));
    }

    void whatComesLateMakesARoundOfItsOwn()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.arrived(kStudy, quietFor(60s), 1);
        clock.advance(60s);
        QCOMPARE(tracker.takeCompleted().size(), 1U);
        tracker.arrived(kStudy, quietFor(60s), 2);
        QVERIFY(tracker.takeCompleted().empty());
        clock.advance(60s);
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::Quiet, 1, 2, 0}));
    }

    void whatComesAfterTheExpectedCountWaitsForQuiet()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.arrived(kStudy, quietFor(60s), 1, 2);
        tracker.arrived(kStudy, quietFor(60s), 2, 2);
        QCOMPARE(tracker.takeCompleted().at(0).by, CompleteBy::Expected);
        tracker.arrived(kStudy, quietFor(60s), 3, 2);
        tracker.arrived(kStudy, quietFor(60s), 4, 2);
        QVERIFY(tracker.takeCompleted().empty());
        clock.advance(60s);
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::Quiet, 2, 4, 2}));
    }

    void aLaterAnnouncementCompletesTheNextRound()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.arrived(kStudy, quietFor(60s), 1, 1);
        QCOMPARE(tracker.takeCompleted().size(), 1U);
        tracker.arrived(kStudy, quietFor(60s), 2, 3);
        QVERIFY(tracker.takeCompleted().empty());
        tracker.arrived(kStudy, quietFor(60s), 3, 3);
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::Expected, 2, 3, 3}));
    }

    void keysWaitEachForThemselves()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        const WaitKey series{u"r"_s, config::Trigger::Series, "1.2.3"};
        const WaitKey other{u"s"_s, config::Trigger::Study, "1.2.3"};
        tracker.arrived(kStudy, quietFor(10s), 1);
        tracker.arrived(series, quietFor(20s), 1);
        tracker.arrived(other, quietFor(30s), 1);
        clock.advance(20s);
        const auto completed = tracker.takeCompleted();
        QCOMPARE(completed.size(), 2U);
        QVERIFY(completed[0].key == kStudy && completed[1].key == series);
        tracker.forget(other);
        clock.advance(20s);
        QVERIFY(tracker.takeCompleted().empty());
    }

    void aJumpOfTheWallClockChangesNothing()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.arrived(kStudy, quietFor(60s), 1);
        clock.jump(24h);
        QVERIFY(tracker.takeCompleted().empty());
        clock.jump(-48h);
        clock.advance(60s);
        QCOMPARE(tracker.takeCompleted().size(), 1U);
    }

    void aRestartGoesOnWhereItWas()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        auto completion = quietFor(60s);
        completion.maxWait = 100s;
        tracker.restore({kStudy, completion, 4, 7, 0, clock.now() - 70s, clock.now() - 50s});
        QVERIFY(tracker.takeCompleted().empty());
        QCOMPARE(*tracker.nextDue(), clock.steadyNow() + 10s);
        clock.advance(10s);
        QVERIFY(tracker.takeCompleted().at(0) == (Completed{kStudy, CompleteBy::Quiet, 4, 7, 0}));
    }

    void whatEndedWhileItWasOffEndsAtOnce()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.restore({kStudy, quietFor(60s), 4, 4, 0, clock.now() - 24h * 400, clock.now() - 24h * 400});
        tracker.restore({{u"r"_s, config::Trigger::Study, "9"}, quietFor(60s), 4, 4, 4, clock.now(), clock.now()});
        tracker.restore({{u"r"_s, config::Trigger::Study, "8"}, quietFor(60s), 0, 4, 4, clock.now(), clock.now()});
        const auto completed = tracker.takeCompleted();
        QCOMPARE(completed.size(), 2U);
        QCOMPARE(completed[0].by, CompleteBy::Expected);
        QCOMPARE(completed[1].by, CompleteBy::Quiet);
    }

    void aClockThatWasSetBackWaitsOnceMore()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        tracker.restore({kStudy, quietFor(60s), 1, 1, 0, clock.now() + 24h, clock.now() + 24h});
        QCOMPARE(*tracker.nextDue(), clock.steadyNow() + 60s);
    }

    void manyStudiesWaitAtLittleCost()
    {
        ManualClock clock;
        CompletionTracker tracker(clock);
        for (int round = 0; round < 5; ++round) {
            for (int i = 0; i < 2000; ++i) {
                tracker.arrived({u"r"_s, config::Trigger::Study, QByteArray::number(i)}, quietFor(60s), round + 1);
            }
        }
        QCOMPARE(tracker.waitingCount(), 2000);
        clock.advance(60s);
        QCOMPARE(tracker.takeCompleted().size(), 2000U);
        QVERIFY(!tracker.nextDue());
    }
};

QTEST_GUILESS_MAIN(TestCompletionTracker)
#include "TestCompletionTracker.moc"
