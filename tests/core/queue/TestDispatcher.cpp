#include "tests/support/DispatchFixture.h"

#include <QDeadlineTimer>
#include <QTest>

using namespace radpost;
using namespace radpost::queue;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// QTRY_VERIFY looks twenty times a second; this is for many short waits.
bool until(const std::function<bool()>& condition)
{
    const QDeadlineTimer deadline(5000);
    while (!condition() && !deadline.hasExpired()) {
        QTest::qWait(1);
    }
    return condition();
}

} // namespace

// Sending as such: order, windows, growth while sending, control by people, stop and resume.
class TestDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJobIsSentAndFinishedAndEverythingAddsUp()
    {
        DispatchFixture f;
        const auto job = f.makeJob(600);
        QVERIFY(f.ok && f.take(job));
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 600);
        QCOMPARE(f.row(job).state, JobState::Finished);
        QVERIFY(f.row(job).finishedAt.has_value());
        QCOMPARE(f.peer.seen().submits, 600);
        QCOMPARE(f.peer.seen().stored.size(), 600);
        QCOMPARE(f.peer.seen().opens, 1);
        QCOMPARE(f.attempts(job, 600).size(), 1);
        QCOMPARE(*f.attempts(job, 600).first().dimseStatus, 0);
        const auto progress = *f.dispatcher->progress(job);
        QCOMPARE(progress.counts, f.counts(job));
        QCOMPARE(progress.sending, 0);
    }

    void eventsTellTheStartTheProgressAndTheEndOnce()
    {
        DispatchFixture f;
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.events.told().rests.size(), 1);
        const auto told = f.events.told();
        QCOMPARE(told.started, QList<JobId>{job});
        QVERIFY(told.progressCalls >= 1);
        QVERIFY(told.sumsAreRight);
        QVERIFY(told.deliveries.isEmpty());
        QCOMPARE(told.rests.first().activity, JobActivity::Finished);
        QCOMPARE(told.rests.first().counts.of(DeliveryState::Stored), 10);
    }

    void whatCameFirstIsSentFirst()
    {
        DispatchFixture f;
        const auto job = f.makeJob(300);
        QVERIFY(f.take(job));
        QTRY_VERIFY(f.isAtRest(job));
        const auto order = f.peer.seen().order;
        for (int i = 0; i < 300; ++i) {
            QCOMPARE(order.at(i), makeInstance(i).sopInstanceUid.value);
        }
    }

    void instancesThatComeWhileSendingAreSentToo()
    {
        DispatchFixture f;
        auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        QVERIFY(f.take(job));
        for (int i = 0; i < 50; ++i) {
            QVERIFY(batch->append(makeInstance(i)));
        }
        QTRY_COMPARE(f.peer.seen().submits, 50);
        QTRY_COMPARE(f.activity(job), JobActivity::WaitingForScan);
        QVERIFY(f.dispatcher->progress(job)->growing);
        for (int i = 50; i < 80; ++i) {
            QVERIFY(batch->append(makeInstance(i)));
        }
        QVERIFY(batch->seal());
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 80);
        QCOMPARE(f.peer.seen().stored.size(), 80);
    }

    void aJobWithoutInstancesFinishes()
    {
        DispatchFixture f;
        const auto job = f.makeJob(0);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.peer.seen().opens, 0);
    }

    void theWindowOfThePeerIsFilledAndNotExceeded_data()
    {
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("onTheWire");
        QTest::newRow("one at a time") << 1 << 1;
        QTest::newRow("five") << 5 << 5;
        QTest::newRow("no limit: ours") << 0 << 16;
        QTest::newRow("more than ours") << 100 << 16;
    }

    void theWindowOfThePeerIsFilledAndNotExceeded()
    {
        QFETCH(int, window);
        QFETCH(int, onTheWire);
        DispatchFixture f;
        f.peer.window = window;
        f.policy.maxOutstanding = 16;
        f.peer.hold();
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().onTheWire, onTheWire);
        QTRY_VERIFY(f.dispatcher->progress(job)->sending >= onTheWire);
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.peer.seen().maxOnTheWire, onTheWire);
        QCOMPARE(f.count(job, DeliveryState::Stored), 100);
    }

    void aFixedNumberOfAssociationsShareTheWork()
    {
        DispatchFixture f;
        f.policy.associations = 4;
        f.peer.hold();
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().onTheWire, 4);
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.peer.seen().maxOpen, 4);
        QCOMPARE(f.peer.seen().stored.size(), 100);
        QCOMPARE(f.peer.seen().submits, 100);
    }

    void fewInstancesDoNotOpenManyAssociations()
    {
        DispatchFixture f;
        f.policy.associations = 8;
        const auto job = f.makeJob(2);
        QVERIFY(f.take(job));
        QTRY_VERIFY(f.isAtRest(job));
        QVERIFY(f.peer.seen().opens <= 2);
    }

    void aFarPeerGetsAllAssociationsAtOnce()
    {
        DispatchFixture f;
        f.policy.associations = 0;
        f.policy.maxAssociations = 8;
        f.peer.whileOpening = [&] { f.clock.advance(100ms); };
        f.peer.hold();
        const auto job = f.makeJob(200);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().openNow, 8);
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 200);
    }

    void aFurtherAssociationThatIsNotAnsweredIsDroppedQuietly()
    {
        DispatchFixture f;
        f.policy.associations = 0;
        f.peer.oneAtATime = true;
        f.peer.whileOpening = [&] { f.clock.advance(50ms); }; // looks far, so that more are tried
        f.peer.hold();
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_VERIFY(f.peer.seen().waitingToOpen > 0);
        f.clock.advance(5s);
        QTRY_COMPARE(f.peer.seen().waitingToOpen, 0);
        const int opens = f.peer.seen().opens;
        f.peer.letThrough(50);
        QTRY_VERIFY(f.peer.seen().submits > 50);
        f.clock.advance(5s);
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.peer.seen().opens, opens);
        QCOMPARE(f.count(job, DeliveryState::Stored), 100);
        QVERIFY(f.events.told().downs.isEmpty());
        QVERIFY(f.events.told().deliveries.isEmpty());
        QVERIFY(!f.dispatcher->progress(job)->lastError);
    }

    void furtherAssociationsThatAreRefusedAreNoFailure()
    {
        DispatchFixture f;
        f.policy.associations = 4;
        f.peer.hold();
        f.peer.refuseOpen = [](int number) {
            return number == 1 ? std::nullopt : std::optional(makeError(ErrorCode::AssociationRejected));
        };
        const auto job = f.makeJob(50);
        QVERIFY(f.take(job));
        QTRY_VERIFY(f.peer.seen().opens > 1);
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 50);
        QCOMPARE(f.row(job).state, JobState::Finished);
        QVERIFY(f.events.told().downs.isEmpty());
    }

    void pausedJobsSendNoMoreAndGoOnWhenResumed()
    {
        DispatchFixture f;
        f.peer.hold();
        const auto job = f.makeJob(300);
        QVERIFY(f.take(job));
        f.peer.letThrough(10);
        QTRY_COMPARE(f.peer.seen().submits, 11);
        QVERIFY(f.jobs->pause(job));
        f.peer.release();
        QTRY_COMPARE(f.activity(job), JobActivity::Paused);
        const int sent = f.peer.seen().submits;
        QVERIFY(sent <= 12);
        QCOMPARE(f.count(job, DeliveryState::Stored), sent);
        QCOMPARE(f.dispatcher->progress(job)->counts.total(), 300);
        QVERIFY(f.jobs->resume(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.peer.seen().submits, 300);
        QTRY_COMPARE(f.events.told().rests.size(), 2);
    }

    void cancelledJobsKeepWhatWasStored()
    {
        DispatchFixture f;
        f.peer.hold();
        const auto job = f.makeJob(300);
        QVERIFY(f.take(job));
        f.peer.letThrough(5);
        QTRY_COMPARE(f.peer.seen().submits, 6);
        QVERIFY(f.jobs->cancel(job));
        f.peer.release();
        QTRY_COMPARE(f.activity(job), JobActivity::Cancelled);
        const auto counts = f.counts(job);
        QCOMPARE(counts.of(DeliveryState::Stored), f.peer.seen().submits);
        QCOMPARE(counts.of(DeliveryState::Cancelled), 300 - f.peer.seen().submits);
        QCOMPARE(f.dispatcher->progress(job)->counts, counts);
    }

    void whatWasTakenAheadIsNotSentAfter_data()
    {
        QTest::addColumn<int>("wish");
        QTest::newRow("the job is paused") << 0;
        QTest::newRow("the job is cancelled") << 1;
        QTest::newRow("the destination is paused") << 2;
    }

    void whatWasTakenAheadIsNotSentAfter()
    {
        QFETCH(int, wish);
        DispatchFixture f;
        f.policy.associations = 3;
        f.peer.hold();
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().onTheWire, 3);
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 6); // one more for each session, ready to go
        QVERIFY(wish == 0 ? f.jobs->pause(job) : wish == 1 ? f.jobs->cancel(job) : f.jobs->pauseDestination(u"PACS"_s));
        f.peer.release();
        QTRY_COMPARE(f.dispatcher->progress(job)->sending, 0);
        QTRY_COMPARE(f.count(job, DeliveryState::Stored), 3);
        QCOMPARE(f.peer.seen().submits, 3);
        QCOMPARE(f.count(job, wish == 1 ? DeliveryState::Cancelled : DeliveryState::Pending), 97);
        if (wish != 1) {
            QVERIFY(wish == 0 ? f.jobs->resume(job) : f.jobs->resumeDestination(u"PACS"_s));
            QTRY_COMPARE(f.activity(job), JobActivity::Finished);
            QCOMPARE(f.peer.seen().submits, 100);
        }
    }

    void retryFailedSendsTheRejectedAgain()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            const bool isBad = item.sopInstanceUid.value.endsWith('7') && time == 1;
            return isBad ? FakeAnswer::fail(ErrorCode::StatusFailed, 0xC000) : FakeAnswer{};
        };
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 10);
        QTRY_COMPARE(f.events.told().deliveries.size(), 10);
        QCOMPARE(*f.jobs->retryFailed(job), 10);
        QTRY_COMPARE(f.count(job, DeliveryState::Stored), 100);
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.peer.seen().submits, 110);
        QCOMPARE(f.attempts(job, 8).size(), 2);
    }

    void retryFailedWorksWhileTheJobRuns()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            const bool isBad = item.sopInstanceUid == makeInstance(0).sopInstanceUid && time == 1;
            return isBad ? FakeAnswer::fail(ErrorCode::StatusFailed, 0xC000) : FakeAnswer{};
        };
        f.peer.hold();
        const auto job = f.makeJob(20);
        QVERIFY(f.take(job));
        f.peer.letThrough(5);
        QTRY_COMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(*f.jobs->retryFailed(job), 1);
        f.peer.release();
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 20);
    }

    void retryFailedWorksWhileTheJobGrows()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem&, int time) {
            return time == 1 ? FakeAnswer::fail(ErrorCode::StatusFailed, 0xC000) : FakeAnswer{};
        };
        const auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        QVERIFY(batch->append(makeInstance(0)) && batch->append(makeInstance(1)));
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.count(job, DeliveryState::Rejected), 2);
        QCOMPARE(*f.jobs->retryFailed(job), 2);
        QTRY_COMPARE(f.count(job, DeliveryState::Stored), 2);
        QCOMPARE(f.row(job).growth, store::JobGrowth::Growing);
        QVERIFY(batch->seal());
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.peer.seen().submits, 4);
    }

    void highPriorityGoesFirst()
    {
        DispatchFixture f;
        f.peer.hold();
        const auto low = f.makeJob(200);
        const auto high = f.makeJob(50, 1000, 5);
        QVERIFY(f.take(low));
        QTRY_COMPARE(f.peer.seen().submits, 1);
        QVERIFY(f.take(high));
        const auto firstOfHigh = makeInstance(1000).sopInstanceUid.value;
        for (int step = 0; step < 100 && !f.peer.seen().order.contains(firstOfHigh); ++step) {
            const int before = f.peer.seen().submits;
            f.peer.letThrough(1);
            QVERIFY(until([&] { return f.peer.seen().submits > before; }));
        }
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(low) && f.isAtRest(high));
        const auto order = f.peer.seen().order;
        const auto first = order.indexOf(firstOfHigh);
        const auto last = order.lastIndexOf(makeInstance(1049).sopInstanceUid.value);
        QVERIFY(first < 150);
        QCOMPARE(last - first, 49);
    }

    void jobsOfEqualPriorityTakeTurns()
    {
        DispatchFixture f;
        f.peer.hold();
        const auto one = f.makeJob(300);
        const auto two = f.makeJob(300, 1000);
        QVERIFY(f.take(one) && f.take(two));
        const auto isOfTwo = [](const QByteArray& uid) { return uid.mid(uid.lastIndexOf('.') + 1).toInt() >= 1000; };
        for (int step = 0; step < 200; ++step) {
            const int before = f.peer.seen().submits;
            f.peer.letThrough(1);
            QVERIFY(until([&] { return f.peer.seen().submits > before; }));
        }
        f.peer.release();
        QTRY_VERIFY(f.isAtRest(one) && f.isAtRest(two));
        const auto order = f.peer.seen().order;
        const auto first = std::find_if(order.begin(), order.end(), isOfTwo) - order.begin();
        QVERIFY(first < 150);
        const auto ofTwo = std::count_if(order.begin() + first, order.begin() + first + 256, isOfTwo);
        QVERIFY2(ofTwo >= 96 && ofTwo <= 160, qPrintable(QString::number(ofTwo)));
    }

    void aPausedDestinationHoldsItsJobs()
    {
        DispatchFixture f;
        QVERIFY(f.jobs->pauseDestination(u"PACS"_s));
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::DestinationPaused);
        QCOMPARE(f.peer.seen().opens, 0);
        QVERIFY(f.jobs->resumeDestination(u"PACS"_s));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
    }

    void aStopLeavesTheRestPendingForTheNextProcess()
    {
        DispatchFixture f;
        f.peer.window = 4;
        f.peer.hold();
        const auto job = f.makeJob(200);
        QVERIFY(f.take(job));
        f.peer.letThrough(20);
        QTRY_COMPARE(f.peer.seen().submits, 24);
        f.dispatcher->stop(0ms);
        QCOMPARE(f.row(job).state, JobState::Active);
        QCOMPARE(f.count(job, DeliveryState::Stored), 20);
        QCOMPARE(f.count(job, DeliveryState::Pending), 180);

        f.peer.release();
        f.start();
        QCOMPARE(*f.dispatcher->takeUnfinished(), QList<JobId>{job});
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 200);
        QVERIFY(f.peer.seen().submits <= 200 + 4);
    }

    void aPatientStopWaitsForWhatIsOnTheWire()
    {
        DispatchFixture f;
        f.peer.window = 4;
        f.peer.hold();
        const auto job = f.makeJob(50);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().onTheWire, 4);
        std::thread releaser([&] {
            // stop() is under way once no new request leaves; what is on the wire may then be answered.
            f.peer.release();
        });
        f.dispatcher->stop(20s);
        releaser.join();
        QCOMPARE(f.count(job, DeliveryState::Stored), f.peer.seen().submits);
        QCOMPARE(f.counts(job).total(), 50);
    }

    void waitingUntilAllIsAtRestEndsWithTheLastJob()
    {
        DispatchFixture f;
        const auto one = f.makeJob(30);
        const auto two = f.makeJob(30, 100);
        QVERIFY(f.take(one) && f.take(two));
        QVERIFY(f.dispatcher->waitUntilAtRest({}));
        QVERIFY(f.isAtRest(one) && f.isAtRest(two));
        QCOMPARE(f.row(two).state, JobState::Finished);
        CancelSource source;
        source.cancel();
        QVERIFY(f.dispatcher->waitUntilAtRest(source.token()));
    }

    void aPausedDestinationEndsAWait()
    {
        DispatchFixture f;
        QVERIFY(f.jobs->pauseDestination(u"PACS"_s));
        const auto job = f.makeJob(20);
        QVERIFY(f.take(job));
        CancelSource source;
        QVERIFY(f.dispatcher->waitUntilAtRest(source.token()));
        QCOMPARE(f.activity(job), JobActivity::DestinationPaused);
        QVERIFY(f.jobs->resumeDestination(u"PACS"_s));
        QVERIFY(f.dispatcher->waitUntilAtRest(source.token()));
        QCOMPARE(f.count(job, DeliveryState::Stored), 20);
    }

    void aWaitIsCancelled()
    {
        DispatchFixture f;
        f.peer.hold();
        QVERIFY(f.take(f.makeJob(3)));
        CancelSource source;
        source.cancel();
        QCOMPARE(f.dispatcher->waitUntilAtRest(source.token()).error().code, ErrorCode::Cancelled);
        f.peer.release();
    }

    void aContractThatCannotBeReadStopsTheJob()
    {
        DispatchFixture f;
        f.setupError = makeError(ErrorCode::ConfigValue, u"port"_s);
        const auto job = f.makeJob(3);
        QCOMPARE(f.dispatcher->take(job).error().code, ErrorCode::ConfigValue);
        QCOMPARE(f.row(job).state, JobState::Stopped);
        QCOMPARE(f.row(job).stopReason->code, ErrorCode::ConfigValue);
        QCOMPARE(f.dispatcher->take(JobId{77}).error().code, ErrorCode::JobNotFound);
    }

    void aNeedThatIsNewReopensTheSessionWithMore()
    {
        DispatchFixture f;
        auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        QVERIFY(f.take(job));
        QVERIFY(batch->append(makeInstance(0)));
        QTRY_COMPARE(f.peer.seen().submits, 1);
        auto other = makeInstance(1);
        other.sopClassUid.value = "1.2.840.10008.5.1.4.1.1.4";
        QVERIFY(batch->append(std::move(other)));
        QVERIFY(batch->append(makeInstance(2)));
        QVERIFY(batch->seal());
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 3);
        QCOMPARE(f.peer.seen().opens, 2);
        QCOMPARE(f.peer.seen().maxNeeds, 2);
    }

    void moreNeedsThanASessionCarriesAreSplit()
    {
        DispatchFixture f;
        f.policy.maxNeeds = 8;
        auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        for (int i = 0; i < 400; ++i) {
            auto instance = makeInstance(i);
            instance.sopClassUid.value = "1.2.3." + QByteArray::number((i * 7) % 40);
            QVERIFY(batch->append(std::move(instance)));
        }
        QVERIFY(batch->seal());
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 400);
        QCOMPARE(f.peer.seen().maxNeeds, 8);
        QVERIFY2(f.peer.seen().opens <= 20, qPrintable(QString::number(f.peer.seen().opens)));
    }
};

QTEST_GUILESS_MAIN(TestDispatcher)
#include "TestDispatcher.moc"
