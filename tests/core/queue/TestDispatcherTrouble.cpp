#include "tests/support/DispatchFixture.h"
#include "tests/support/NoMoreThreads.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QRandomGenerator>
#include <QTest>

#include <atomic>

using namespace radpost;
using namespace radpost::queue;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::chrono::milliseconds)

// What goes wrong: refusals, failures, deaths, outages, limits, a full disk. Culprits: TestDispatcherTrial.
class TestDispatcherTrouble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWarningIsStoredAndTold()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int) {
            return isNumber(item, 4) ? FakeAnswer{FakeAnswer::Kind::Warn, {}} : FakeAnswer{};
        };
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::StoredWithWarning), 1);
        const auto told = f.events.told().deliveries;
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().path, makeInstance(4).path);
        QCOMPARE(*told.first().dimseStatus, 0xB000);
    }

    void aPermanentFailureIsAloneAndNotTriedAgain()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int) {
            return isNumber(item, 4) ? FakeAnswer::fail(ErrorCode::StatusFailed, 0xC123) : FakeAnswer{};
        };
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 9);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(f.peer.seen().submits, 10);
        const auto attempt = f.attempts(job, 5).first();
        QCOMPARE(*attempt.dimseStatus, 0xC123);
        QCOMPARE(*attempt.errorCode, ErrorCode::StatusFailed);
    }

    void aRefusedInstanceWaitsAndIsTriedAgainLater()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            return isNumber(item, 0) && time <= 2 ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.count(job, DeliveryState::Stored), 9);
        QTRY_COMPARE(f.activity(job), JobActivity::WaitingToRetry);
        QCOMPARE(f.count(job, DeliveryState::Waiting), 1);
        QCOMPARE(*f.dispatcher->progress(job)->nextTryAt, f.clock.now() + 2s);
        f.clock.advance(1900ms);
        QCOMPARE(f.peer.seen().submits, 10);
        f.clock.advance(200ms);
        QTRY_COMPARE(f.peer.seen().submits, 11);
        QTRY_COMPARE(f.activity(job), JobActivity::WaitingToRetry);
        f.clock.advance(3900ms); // the second wait is twice as long
        QCOMPARE(f.peer.seen().submits, 11);
        f.clock.advance(200ms);
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 10);
        QCOMPARE(f.attempts(job, 1).size(), 3);
    }

    void theWallClockJumpsWhileDeliveriesWait_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("jump");
        QTest::newRow("hours forward") << std::chrono::milliseconds(7h);
        QTest::newRow("hours backward") << std::chrono::milliseconds(-7h);
        QTest::newRow("a year backward") << std::chrono::milliseconds(-8760h);
        QTest::newRow("half an hour backward") << std::chrono::milliseconds(-30min);
    }

    /// No wait gets longer than the longest of the policy, which is an hour.
    void theWallClockJumpsWhileDeliveriesWait()
    {
        QFETCH(std::chrono::milliseconds, jump);
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            const bool isBusy = item.sopInstanceUid.value.endsWith('5') && time == 1;
            return isBusy ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.count(job, DeliveryState::Waiting), 10);
        QTRY_COMPARE(f.activity(job), JobActivity::WaitingToRetry);
        f.clock.jump(jump);
        for (int minute = 0; minute <= 60 && !f.isAtRest(job); ++minute) {
            f.clock.advance(1min);
            QTest::qWait(2);
        }
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 100);
        QCOMPARE(f.peer.seen().submits, 110);
    }

    void aWallClockThatJumpsToAndFroLosesNothing()
    {
        DispatchFixture f;
        f.peer.window = 4;
        QRandomGenerator random(7);
        f.peer.answer = [&](const SendItem&, int time) {
            const bool isBusy = time <= 3 && random.bounded(4) == 0;
            return isBusy ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(300);
        QVERIFY(f.take(job));
        QRandomGenerator director(8);
        for (int step = 0; step < 3000 && !f.isAtRest(job); ++step) {
            f.clock.advance(10s);
            f.clock.jump(std::chrono::minutes(director.bounded(-600, 600)));
            QTest::qWait(1);
        }
        QCOMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 300);
        for (const int times : f.peer.seen().stored) {
            QCOMPARE(times, 1);
        }
    }

    void anInstanceThatIsAlwaysRefusedIsRejectedInTheEnd()
    {
        DispatchFixture f;
        f.policy.retry.maxAttempts = 3;
        f.peer.answer = [](const SendItem& item, int) {
            return isNumber(item, 3) ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(5);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(f.attempts(job, 4).size(), 3);
        QCOMPARE(*f.attempts(job, 4).last().dimseStatus, 0xA700);
    }

    void aStandingJobIsPatientAndThenSaysSo()
    {
        DispatchFixture f;
        f.areStanding = true;
        f.policy.retry = {.maxAttempts = 3, .patience = 30min, .firstDelay = 2s, .maxDelay = 1min, .jitter = 0};
        f.peer.answer = [](const SendItem& item, int) {
            return isNumber(item, 3) ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(5);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.count(job, DeliveryState::Stored), 4);
        const auto begun = f.clock.steadyNow();
        while (f.clock.steadyNow() - begun < 29min) {
            f.clock.advance(1s);
            QTest::qWait(1);
        }
        QTRY_COMPARE(f.count(job, DeliveryState::Waiting), 1);
        QVERIFY(f.attempts(job, 4).size() > 20); // far beyond maxAttempts
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QVERIFY(f.clock.steadyNow() - begun >= 30min);
        QCOMPARE(*f.attempts(job, 4).last().dimseStatus, 0xA700);
    }

    void aClockSetForwardDoesNotEndPatience()
    {
        DispatchFixture f;
        f.areStanding = true;
        f.policy.retry = {.maxAttempts = 3, .patience = 168h, .firstDelay = 2s, .maxDelay = 1min, .jitter = 0};
        std::atomic<bool> full{true};
        f.peer.answer = [&](const SendItem&, int) {
            return full ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(2);
        QVERIFY(f.take(job));
        for (int day = 0; day < 20; ++day) {
            f.clock.jump(24h);
            for (int step = 0; step < 30; ++step) {
                f.clock.advance(10s);
                QTest::qWait(1);
            }
        }
        QCOMPARE(f.count(job, DeliveryState::Rejected), 0);
        full = false;
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 2);
    }

    /// Two that are always refused must not keep the others from a destination that takes them.
    void whatIsRefusedHoldsWhatIsNewForMinutesOnly()
    {
        DispatchFixture f;
        f.areStanding = true;
        f.policy.retry = {.maxAttempts = 8, .patience = 24h * 30, .firstDelay = 2s, .maxDelay = 24h, .jitter = 0};
        f.peer.answer = [](const SendItem& item, int) {
            return isNumber(item, 0) || isNumber(item, 1) ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700)
                                                          : FakeAnswer{};
        };
        const auto bad = f.makeJob(2);
        QVERIFY(f.take(bad));
        for (int step = 0; step < 1000; ++step) { // some hours: their waits are long now
            f.clock.advance(20s);
            QTest::qWait(1);
        }
        const auto good = f.makeJob(1, 5);
        QVERIFY(f.take(good));
        const auto begun = f.clock.steadyNow();
        QVERIFY(f.advanceUntilAtRest(good));
        QCOMPARE(f.count(good, DeliveryState::Stored), 1);
        QVERIFY(f.clock.steadyNow() - begun <= f.policy.breaker.maxDelay + 1min);
    }

    void contractsThatNoJobHasLeaveNothingBehind()
    {
        DispatchFixture f;
        const auto threads = [] {
            return QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        };
        qsizetype first = 0;
        for (int i = 0; i < 30; ++i) {
            const auto job = f.makeJob(1, i);
            QVERIFY(f.jobs->setContract(job, QString::number(i)));
            QVERIFY(f.take(job));
            QTRY_COMPARE(f.activity(job), JobActivity::Finished);
            QVERIFY(f.dispatcher->letGo(job));
            first = i == 4 ? threads() : first;
        }
        if (first == 0) {
            QSKIP("this system does not tell how many threads there are");
        }
        QTRY_VERIFY2(threads() <= first + 1, qPrintable(QString::number(threads() - first)));
        QCOMPARE(f.peer.seen().stored.size(), 30);
    }

    void withoutAThreadForItsLaneAJobIsTakenLater()
    {
        DispatchFixture f;
        const auto job = f.makeJob(3);
        {
            const NoMoreThreads none;
            const auto taken = f.dispatcher->take(job);
            QVERIFY(!taken);
            QCOMPARE(taken.error().retry, Retry::Later);
        }
        QCOMPARE(f.row(job).state, JobState::Active);
        QVERIFY(!f.dispatcher->progress(job));
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 3);
    }

    void withoutAThreadForASessionALaneTriesAgain()
    {
        const SystemWaitClock clock; // with a clock that is moved a lane looks at everything all the time
        DispatchFixture f;
        f.dispatcher.reset(); // it would take the listeners from the next one
        f.dispatcher = std::make_unique<Dispatcher>(*f.jobs, f, f.events, clock);
        const auto job = f.makeJob(3);
        QVERIFY(f.jobs->pause(job));
        QVERIFY(f.take(job));
        {
            const NoMoreThreads none;
            QVERIFY(f.jobs->resume(job));
            QTRY_VERIFY(f.peer.seen().senders > 0);
            QCOMPARE(f.peer.seen().opens, 0);
        }
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 3);
    }

    void refusalsInARowHoldTheDestinationAndBurnNoAttempts()
    {
        DispatchFixture f;
        std::atomic<bool> full{true};
        f.peer.answer = [&](const SendItem&, int) {
            return full ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::WaitingToRetry);
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 0);
        const int first = f.peer.seen().submits;
        QVERIFY2(first <= 3, qPrintable(QString::number(first)));
        for (int i = 0; i < 20; ++i) {
            f.clock.advance(500ms);
        }
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 0);
        QVERIFY2(f.peer.seen().submits <= first + 5, qPrintable(QString::number(f.peer.seen().submits)));
        full = false;
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 100);
    }

    void aConfigurationErrorStopsTheJobUntilItIsResumed_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("called AE title") << ErrorCode::CalledAeNotRecognised;
        QTest::newRow("calling AE title") << ErrorCode::CallingAeNotRecognised;
        QTest::newRow("TLS") << ErrorCode::TlsCertificateExpired;
    }

    void aConfigurationErrorStopsTheJobUntilItIsResumed()
    {
        QFETCH(ErrorCode, code);
        DispatchFixture f;
        f.peer.refuseOpen = [code](int) { return std::optional(makeError(code)); };
        const auto job = f.makeJob(20);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Stopped);
        QCOMPARE(f.row(job).stopReason->code, code);
        QCOMPARE(f.dispatcher->progress(job)->lastError->code, code);
        QCOMPARE(f.count(job, DeliveryState::Pending), 20);
        QCOMPARE(f.peer.seen().opens, 1);
        f.clock.advance(1h);
        {
            const auto lock = f.peer.lock();
            f.peer.refuseOpen = nullptr;
        }
        QVERIFY(f.jobs->resume(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 20);
    }

    void notAuthorisedStopsOnlyThatJob()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            return isNumber(item, 5) && time == 1 ? FakeAnswer::fail(ErrorCode::StatusNotAuthorised, 0x0124)
                                                  : FakeAnswer{};
        };
        const auto stopped = f.makeJob(20);
        const auto other = f.makeJob(20, 1000);
        QVERIFY(f.take(stopped) && f.take(other));
        QTRY_COMPARE(f.activity(other), JobActivity::Finished);
        QTRY_COMPARE(f.activity(stopped), JobActivity::Stopped);
        QCOMPARE(*f.row(stopped).stopReason->dimseStatus, 0x0124);
        QCOMPARE(f.counts(stopped).unfinished() + f.count(stopped, DeliveryState::Stored), 20);
        QVERIFY(f.count(stopped, DeliveryState::Pending) >= 14);
        QVERIFY(f.jobs->resume(stopped));
        QTRY_COMPARE(f.activity(stopped), JobActivity::Finished);
        QCOMPARE(f.count(stopped, DeliveryState::Stored), 20);
    }

    void whatDiedWithItsSessionIsSentAgain()
    {
        DispatchFixture f;
        f.peer.window = 4;
        f.peer.answer = [](const SendItem& item, int time) {
            return isNumber(item, 10) && time == 1 ? FakeAnswer::die() : FakeAnswer{};
        };
        const auto job = f.makeJob(40);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 40);
        QVERIFY(f.peer.seen().submits <= 40 + 4);
        QCOMPARE(f.peer.seen().opens, 2);
        QCOMPARE(f.attempts(job, 11).size(), 2);
        QCOMPARE(*f.attempts(job, 11).first().errorCode, ErrorCode::PeerAborted);
    }

    void aFileThatBreaksOffFailsAloneAndIsNoFaultOfTheDestination_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<int>("window");
        QTest::newRow("the file shrank") << ErrorCode::FileChanged << 1;
        QTest::newRow("the disk does not read it") << ErrorCode::FileUnreadable << 1;
        QTest::newRow("the disk does not read it, window 8") << ErrorCode::FileUnreadable << 8;
    }

    void aFileThatBreaksOffFailsAloneAndIsNoFaultOfTheDestination()
    {
        QFETCH(ErrorCode, code);
        QFETCH(int, window);
        DispatchFixture f;
        f.peer.window = window;
        f.peer.breakOff = [code](const SendItem& item, int) {
            const bool isBad = item.sopInstanceUid.value.endsWith('3');
            return isBad ? std::optional(makeError(code, u"scripted"_s)) : std::nullopt;
        };
        const auto job = f.makeJob(30);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished); // with no wait: the clock stands
        QCOMPARE(f.count(job, DeliveryState::Stored), 27);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 3);
        QCOMPARE(f.attempts(job, 4).size(), 1);
        QCOMPARE(*f.attempts(job, 4).last().errorCode, code);
        QCOMPARE(f.events.told().downs.size(), 0);
        QCOMPARE(f.peer.seen().opens, 4);
    }

    void anUnreachableDestinationTouchesNoDelivery()
    {
        DispatchFixture f;
        std::atomic<bool> isDown{true};
        const auto error = [&] { return isDown ? std::optional(makeError(ErrorCode::ConnectRefused)) : std::nullopt; };
        f.peer.refuseOpen = [&](int) { return error(); };
        f.peer.probeAnswer = [&] { return error(); };
        const auto job = f.makeJob(20);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::DestinationDown);
        QTRY_COMPARE(f.peer.seen().opens, 1);
        f.clock.advance(2100ms);
        QTRY_COMPARE(f.peer.seen().opens, 2);
        f.clock.advance(4100ms);
        QTRY_COMPARE(f.peer.seen().opens, 3);
        QTRY_COMPARE(f.events.told().downs.size(), 3);
        // From here on only a probe asks.
        for (int probes = 1; probes <= 3; ++probes) {
            f.clock.advance(301s);
            QTRY_COMPARE(f.events.told().downs.size(), 3 + probes);
            QCOMPARE(f.peer.seen().probes, probes);
        }
        QCOMPARE(f.peer.seen().opens, 3);
        isDown = false;
        f.clock.advance(301s);
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QTRY_COMPARE(f.events.told().ups, 1);
        QCOMPARE(f.peer.seen().submits, 20);
        QCOMPARE(f.attempts(job, 1).size(), 1);
    }

    void afterAnOutageOneInstanceGoesAhead()
    {
        DispatchFixture f;
        f.policy.associations = 4;
        f.peer.window = 8;
        std::atomic<bool> isDown{true};
        f.peer.refuseOpen = [&](int) {
            return isDown ? std::optional(makeError(ErrorCode::ConnectRefused)) : std::nullopt;
        };
        f.peer.hold();
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::DestinationDown);
        isDown = false;
        f.clock.advance(10s);
        QTRY_COMPARE(f.peer.seen().onTheWire, 1);
        QCOMPARE(f.peer.seen().maxOnTheWire, 1);
        f.peer.letThrough(1);
        QTRY_VERIFY(f.peer.seen().onTheWire > 8);
        f.peer.release();
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
    }

    void tooLongUnreachableStopsTheJob()
    {
        DispatchFixture f;
        f.policy.breaker.giveUpAfter = 30s;
        f.peer.refuseOpen = [](int) { return std::optional(makeError(ErrorCode::HostNotFound)); };
        f.peer.probeAnswer = [] { return std::optional(makeError(ErrorCode::HostNotFound)); };
        const auto job = f.makeJob(5);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::DestinationDown);
        f.clock.advance(31s);
        QTRY_COMPARE(f.activity(job), JobActivity::Stopped);
        QCOMPARE(f.row(job).stopReason->code, ErrorCode::HostNotFound);
        QCOMPARE(f.count(job, DeliveryState::Pending), 5);
        {
            const auto lock = f.peer.lock();
            f.peer.refuseOpen = nullptr;
        }
        QVERIFY(f.jobs->resume(job)); // at once, whatever the delay had grown to
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
    }

    void contextsThatNobodyAcceptsAreRejectedWithoutALoop()
    {
        DispatchFixture f;
        f.peer.accepts = [](const ContextNeed&) { return false; };
        const auto job = f.makeJob(500);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 500);
        QCOMPARE(f.peer.seen().opens, 1);
        QCOMPARE(f.peer.seen().submits, 0);
        QCOMPARE(*f.attempts(job, 1).first().errorCode, ErrorCode::NoAcceptedContext);
    }

    void oneRefusedContextRejectsItsInstancesAlone()
    {
        DispatchFixture f;
        f.peer.accepts = [](const ContextNeed& need) { return need.sopClassUid.value != "1.2.3"; };
        auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        for (int i = 0; i < 60; ++i) {
            auto instance = makeInstance(i);
            if (i % 3 == 0) {
                instance.sopClassUid.value = "1.2.3";
            }
            QVERIFY(batch->append(std::move(instance)));
        }
        QVERIFY(batch->seal());
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 20);
        QCOMPARE(f.count(job, DeliveryState::Stored), 40);
        QCOMPARE(f.peer.seen().opens, 1);
    }

    void aWaitingDeliveryWhoseSessionDiesIsCountedOnce()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            if (!isNumber(item, 2) || time > 2) {
                return FakeAnswer{};
            }
            return time == 1 ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer::die();
        };
        auto batch = f.makeBatch(); // it grows, so that the counts are those kept in memory
        const auto job = batch->jobs().first();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(batch->append(makeInstance(i)));
        }
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.dispatcher->progress(job)->counts.of(DeliveryState::Waiting), 1);
        f.clock.advance(3s);
        QTRY_COMPARE(f.dispatcher->progress(job)->counts.of(DeliveryState::Stored), 3);
        QCOMPARE(f.dispatcher->progress(job)->counts, f.counts(job));
        QCOMPARE(f.dispatcher->progress(job)->counts.of(DeliveryState::Waiting), 0);
    }

    void whatIsGivenBackUnsentGivesTheRateLimitBack()
    {
        DispatchFixture f;
        f.policy.bytesPerSecond = 8000; // the bucket holds 2000
        f.peer.hold();
        const auto job = f.makeJob(2, 0, 0, 1500);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 2); // one on the wire, one taken ahead
        QVERIFY(f.jobs->pause(job));
        f.peer.release();
        QTRY_COMPARE(f.activity(job), JobActivity::Paused);
        QCOMPARE(f.peer.seen().submits, 1);
        QVERIFY(f.jobs->resume(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished); // with no wait: the clock stands
    }

    void whatADeathLeavesUnsentGivesTheRateLimitBack()
    {
        DispatchFixture f;
        f.policy.bytesPerSecond = 8000;
        f.peer.hold();
        f.peer.answer = [](const SendItem&, int time) { return time == 1 ? FakeAnswer::die() : FakeAnswer{}; };
        const auto job = f.makeJob(2, 0, 0, 1500);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 2);
        f.peer.release();
        QTRY_COMPARE(f.peer.seen().submits, 2); // the clock stands
    }

    void bytesPerSecondAreKept()
    {
        DispatchFixture f;
        f.policy.bytesPerSecond = 100'000;
        const auto job = f.makeJob(100, 0, 0, 10'000); // 1 MB: 10 s, less what the bucket holds at first
        QVERIFY(f.take(job));
        int seconds = 0;
        int atHalf = 0;
        while (!f.isAtRest(job) && seconds < 400) {
            settle(f, job);
            f.clock.advance(250ms);
            ++seconds;
            atHalf = seconds == 20 ? f.peer.seen().submits : atHalf;
        }
        QVERIFY2(seconds >= 38 && seconds <= 48, qPrintable(QString::number(seconds))); // quarters
        QVERIFY2(atHalf >= 45 && atHalf <= 56, qPrintable(QString::number(atHalf)));
        QCOMPARE(f.count(job, DeliveryState::Stored), 100);
    }

    void aSessionIsKeptWhileTheLimitHoldsTheNextInstanceBack()
    {
        DispatchFixture f;
        f.policy.bytesPerSecond = 1000;
        const auto job = f.makeJob(4, 0, 0, 5000); // one in five seconds, and idleClose is two
        QVERIFY(f.take(job));
        for (int quarters = 0; !f.isAtRest(job) && quarters < 400; ++quarters) {
            settle(f, job);
            f.clock.advance(250ms);
        }
        QCOMPARE(f.count(job, DeliveryState::Stored), 4);
        QCOMPARE(f.peer.seen().opens, 1);
    }

    void aJobBetweenTwoInstancesOfALimitedRateIsSending()
    {
        DispatchFixture f;
        f.policy.bytesPerSecond = 10'000;
        const auto job = f.makeJob(5, 0, 0, 10'000);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.dispatcher->progress(job)->counts.of(DeliveryState::Stored), 1);
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 0);
        f.clock.advance(200ms); // the bucket is still in debt
        const auto progress = *f.dispatcher->progress(job);
        QCOMPARE(progress.activity, JobActivity::Sending);
        QCOMPARE(progress.byteLimit, 10'000);
        QVERIFY(progress.eta.has_value());
    }

    void everyNewTimeOfTheNextTryIsTold()
    {
        DispatchFixture f;
        f.peer.refuseOpen = [](int) { return std::optional(makeError(ErrorCode::ConnectRefused)); };
        f.peer.probeAnswer = [] { return std::optional(makeError(ErrorCode::ConnectRefused)); };
        const auto job = f.makeJob(2);
        QVERIFY(f.take(job));
        const auto told = [&] {
            const auto last = f.events.told().last;
            const auto found = last.find(job);
            return found == last.end() ? std::nullopt : found->second.nextTryAt;
        };
        for (int tries = 0; tries < 5; ++tries) {
            QTRY_COMPARE(f.activity(job), JobActivity::DestinationDown);
            const auto isNewsTold = [&] {
                f.clock.advance(20ms); // it tells ten times a second at most
                return told() && *told() > f.clock.now();
            };
            QTRY_VERIFY(isNewsTold());
            const auto next = *told();
            QVERIFY(std::chrono::abs(next - *f.dispatcher->progress(job)->nextTryAt) < 500ms);
            f.clock.advance(next - f.clock.now() + 1ms);
        }
    }

    void aPersonNeedNotWaitForTheNextTry()
    {
        DispatchFixture f;
        std::atomic<bool> isDown = true;
        const auto answer = [&isDown] {
            return isDown ? std::optional(makeError(ErrorCode::ConnectRefused)) : std::nullopt;
        };
        f.peer.refuseOpen = [answer](int) { return answer(); };
        f.peer.probeAnswer = answer;
        const auto job = f.makeJob(2);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::DestinationDown);
        QCOMPARE(f.dispatcher->tryNow({99}).error().code, ErrorCode::JobNotFound);
        const int before = f.peer.seen().opens;
        QVERIFY(f.dispatcher->tryNow(job));
        QTRY_VERIFY(f.peer.seen().opens > before);
        isDown = false;
        QVERIFY(f.dispatcher->tryNow(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished); // the clock stands
    }

    void nothingIsSentOutsideTheAllowedHours()
    {
        DispatchFixture f;
        f.policy.hours = AllowedHours{QTime(22, 0), QTime(6, 0)}; // it is noon
        const auto job = f.makeJob(20);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::OutsideHours);
        QCOMPARE(*f.dispatcher->progress(job)->nextTryAt, f.clock.now() + 10h);
        f.clock.advance(9h + 59min);
        QTRY_COMPARE(f.activity(job), JobActivity::OutsideHours);
        QCOMPARE(f.peer.seen().opens, 0);
        f.peer.hold();
        f.clock.advance(2min);
        QTRY_COMPARE(f.peer.seen().onTheWire, 1);
        f.clock.advance(8h); // morning: what is on the wire ends, no more leaves
        QTRY_COMPARE(f.activity(job), JobActivity::OutsideHours);
        f.peer.release();
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 0);
        QVERIFY(f.peer.seen().submits <= 2);
        f.clock.advance(16h);
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
    }

    void aFullDiskPausesSendingAndItGoesOnWhenThereIsRoom()
    {
        DispatchFixture f;
        f.peer.hold();
        const auto job = f.makeJob(2000);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().onTheWire, 1);
        auto& writer = f.ledger.ledger().writer();
        writer.setMaxPages(1);
        f.peer.release();
        QTRY_COMPARE(f.events.told().ledgerFailures.size(), 1);
        QCOMPARE(f.events.told().ledgerFailures.first().code, ErrorCode::DiskFull);
        QTRY_COMPARE(f.activity(job), JobActivity::LedgerFailed);
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 0);
        const int sent = f.peer.seen().submits;
        QVERIFY2(sent < 2000, qPrintable(QString::number(sent)));
        writer.setMaxPages(1'000'000);
        QTRY_COMPARE(f.events.told().ledgerRecoveries, 1);
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 2000);
        QCOMPARE(f.peer.seen().submits, 2000);
    }

    void randomFaultsLoseNothing_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 4; ++seed) {
            QTest::addRow("%u", seed) << seed;
        }
    }

    /// Every kind of trouble at random, with pauses and restarts of the dispatcher: whatever happens, each instance
    /// ends in one state, what the ledger calls stored the peer has, and nothing is missing.
    void randomFaultsLoseNothing()
    {
        QFETCH(quint32, seed);
        DispatchFixture f;
        QRandomGenerator random(seed);
        f.policy.associations = 1 + int(seed % 4);
        f.policy.retry.maxAttempts = 1000;
        f.policy.culpritsBeforeStop = 1'000'000;
        f.peer.window = 1 + int(seed * 3 % 7);
        f.peer.answer = [&](const SendItem& item, int) {
            const auto dice = random.bounded(1000);
            if (item.sopInstanceUid.value.endsWith("77")) {
                return FakeAnswer::fail(ErrorCode::StatusFailed, 0xC000);
            }
            if (dice < 15) {
                return FakeAnswer::die(dice < 8 ? ErrorCode::ConnectionLost : ErrorCode::ResponseTimeout);
            }
            return dice < 45 ? FakeAnswer::fail(ErrorCode::StatusRefused, 0xA700) : FakeAnswer{};
        };
        f.peer.refuseOpen = [&](int) {
            return random.bounded(10) < 3 ? std::optional(makeError(ErrorCode::ConnectTimeout)) : std::nullopt;
        };
        f.peer.probeAnswer = [&] {
            return random.bounded(10) < 3 ? std::optional(makeError(ErrorCode::ConnectRefused)) : std::nullopt;
        };
        constexpr int kCount = 1500;
        const auto job = f.makeJob(kCount);
        QVERIFY(f.take(job));
        QRandomGenerator director(seed * 977);
        const QDeadlineTimer limit(60s);
        while (!f.isAtRest(job) && !limit.hasExpired()) {
            f.clock.advance(std::chrono::milliseconds(director.bounded(5000)));
            const auto dice = director.bounded(1000);
            if (dice < 5) {
                f.dispatcher->stop(0ms);
                f.start();
                QVERIFY(f.take(job));
            } else if (dice < 10 && f.jobs->pause(job)) {
                QVERIFY(f.jobs->resume(job));
            }
            QTest::qWait(0);
        }
        QVERIFY(f.isAtRest(job));
        const auto counts = f.counts(job);
        QCOMPARE(counts.total(), kCount);
        QCOMPARE(counts.of(DeliveryState::Stored) + counts.of(DeliveryState::Rejected), kCount);
        QVERIFY2(counts.of(DeliveryState::Rejected) >= 15 && counts.of(DeliveryState::Rejected) < 60,
            qPrintable(QString::number(counts.of(DeliveryState::Rejected))));
        QCOMPARE(f.dispatcher->progress(job)->counts, counts);
        checkAgainstThePeer(f, job);
    }

private:
    /// Until nothing moves any more at this moment of the clock.
    static void settle(DispatchFixture& f, JobId job)
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        constexpr int kQuiet = 20; // workers are slower there
#else
        constexpr int kQuiet = 3;
#endif
        int before = -1;
        for (int quiet = 0; quiet < kQuiet && !f.isAtRest(job);) {
            QTest::qWait(3);
            const int now = f.peer.seen().submits;
            quiet = now == before ? quiet + 1 : 0;
            before = now;
        }
    }

    static void checkAgainstThePeer(DispatchFixture& f, JobId job)
    {
        const auto seen = f.peer.seen();
        const auto reader = *f.ledger.ledger().openReader();
        qint64 missing = 0;
        qint64 wrongTries = 0;
        QVERIFY(reader->report().forEachDelivery(job, {}, [&](const DeliveryRow& delivery) {
            const bool isStored = delivery.state == DeliveryState::Stored;
            missing += isStored && seen.stored.value(delivery.sopInstanceUid.value) == 0 ? 1 : 0;
            wrongTries += !delivery.lastAttempt || delivery.lastAttempt->number != delivery.tries ? 1 : 0;
            return true;
        }));
        QCOMPARE(missing, 0);
        QCOMPARE(wrongTries, 0);
    }
};

int main(int argc, char** argv)
{
    qputenv("TZ", "UTC");
    QCoreApplication app(argc, argv);
    TestDispatcherTrouble test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestDispatcherTrouble.moc"
