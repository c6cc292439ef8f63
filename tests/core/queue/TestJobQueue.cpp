#include "core/queue/JobQueue.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"

#include <QTest>

#include <atomic>
#include <barrier>
#include <thread>

using namespace radpost;
using namespace radpost::queue;
using namespace radpost::store;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestJobQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::LedgerFixture>();
        QVERIFY(m_fixture->open());
        m_queue = std::make_unique<JobQueue>(m_fixture->ledger());
    }

    void cleanup()
    {
        m_queue.reset();
        m_fixture.reset();
    }

    void instancesEnterEveryJobOfABatchOnce()
    {
        const NewJob jobs[] = {test::makeJob(u"A"_s), test::makeJob(u"B"_s)};
        auto batch = *m_queue->create(jobs);
        append(*batch, 0, 250);
        QVERIFY(batch->seal());
        auto reader = *m_fixture->ledger().openReader();
        for (const auto job : batch->jobs()) {
            QCOMPARE(reader->jobs().counts(job)->of(DeliveryState::Pending), 250);
            QCOMPARE(reader->jobs().counts(job)->totalBytes(), 250'000);
            QCOMPARE(reader->jobs().find(job)->growth, JobGrowth::Sealed);
        }
        QCOMPARE(m_fixture->ledger().writer().nextInstanceId().value, 251);
    }

    void pagesHoldWhatWasAppendedInOrder()
    {
        auto batch = makeBatch();
        append(*batch, 0, 300);
        QVERIFY(batch->seal());
        auto reader = *m_fixture->ledger().openReader();
        const auto job = batch->jobs().first();
        const auto first = reader->deliveries().pendingPage(job, {}, 256);
        const auto second = reader->deliveries().pendingPage(job, first->last().id, 256);
        QCOMPARE(first->size(), 256);
        QCOMPARE(second->size(), 44);
        const auto expected = test::makeInstance(299);
        const auto& last = second->last();
        QCOMPARE(last.path, expected.path);
        QCOMPARE(last.sopInstanceUid, expected.sopInstanceUid);
        QCOMPARE(last.sopClassUid, expected.sopClassUid);
        QCOMPARE(last.transferSyntaxUid, expected.transferSyntaxUid);
        QCOMPARE(last.sizeBytes, expected.sizeBytes);
        QCOMPARE(last.mtimeNs, expected.mtimeNs);
        QCOMPARE(last.dataSetOffset, expected.dataSetOffset);
        QCOMPARE(last.dataSetLength, expected.dataSetLength);
        QCOMPARE(reader->deliveries().contexts(job)->size(), 1);
    }

    void interleavedBatchesKeepTheirOwn()
    {
        auto one = makeBatch();
        auto two = makeBatch();
        for (int i = 0; i < 100; ++i) {
            QVERIFY(one->append(test::makeInstance(i)));
            QVERIFY(two->append(test::makeInstance(1000 + i)));
        }
        QVERIFY(one->seal());
        QVERIFY(two->seal());
        auto reader = *m_fixture->ledger().openReader();
        const auto page = reader->deliveries().pendingPage(two->jobs().first(), {}, 1000);
        QCOMPARE(page->size(), 100);
        QCOMPARE(page->first().sopInstanceUid, test::makeInstance(1000).sopInstanceUid);
        QCOMPARE(page->last().sopInstanceUid, test::makeInstance(1099).sopInstanceUid);
    }

    void seriesSkippedAndDuplicatesAreInTheReport()
    {
        auto batch = makeBatch();
        append(*batch, 0, 25);
        QVERIFY(batch->addSkipped({u"/data/readme.txt"_s, ErrorCode::NotDicom, u"no"_s}));
        const DuplicateFile duplicate{
            u"/data/copy.dcm"_s, u"/data/0/IM000001.dcm"_s, SopInstanceUid{"2.25.1000.1"}, DuplicateKind::Differs};
        QVERIFY(batch->addDuplicate(DuplicateFile(duplicate)));
        QVERIFY(batch->seal());
        auto reader = *m_fixture->ledger().openReader();
        const auto job = batch->jobs().first();
        const auto series = reader->report().series(job);
        QCOMPARE(series->size(), 3);
        QCOMPARE(series->at(2).counts.total(), 5);
        QCOMPARE(series->at(0).text, test::makeInstance(0).series);
        QCOMPARE(reader->report().skipped(job)->first().sourcePath, u"/data/readme.txt"_s);
        QCOMPARE(reader->report().duplicates(job)->first(), duplicate);
    }

    void aBatchThatIsNotSealedIsInterrupted()
    {
        auto batch = makeBatch();
        const auto job = batch->jobs().first();
        append(*batch, 0, 5);
        batch.reset();
        auto reader = *m_fixture->ledger().openReader();
        QCOMPARE(reader->jobs().find(job)->growth, JobGrowth::Interrupted);
        QCOMPARE(reader->jobs().counts(job)->total(), 5);
    }

    void aReopenedBatchPassesOverWhatIsThere()
    {
        auto batch = makeBatch();
        const auto job = batch->jobs().first();
        append(*batch, 0, 60);
        QVERIFY(batch->addSkipped({u"/data/x.txt"_s, ErrorCode::NotDicom, {}}));
        batch.reset();
        const JobId jobs[] = {job};
        auto again = *m_queue->reopen(jobs);
        append(*again, 0, 100);
        QVERIFY(again->addSkipped({u"/data/x.txt"_s, ErrorCode::NotDicom, {}}));
        QVERIFY(again->seal());
        QCOMPARE(again->instanceCount(), 40);
        auto reader = *m_fixture->ledger().openReader();
        QCOMPARE(reader->jobs().counts(job)->total(), 100);
        QCOMPARE(reader->report().skipped(job)->size(), 1);
        QCOMPARE(reader->jobs().find(job)->growth, JobGrowth::Sealed);
    }

    void aReopenedBatchKeepsFilesAddingUpWhenTheScanMeetsCopiesInAnotherOrder()
    {
        auto batch = makeBatch();
        const auto job = batch->jobs().first();
        append(*batch, 0, 1); // A; its copy B was to come
        batch.reset();
        const JobId jobs[] = {job};
        auto again = *m_queue->reopen(jobs);
        auto copy = test::makeInstance(0);
        copy.path = u"/data/0/B.dcm"_s;
        QVERIFY(again->append(std::move(copy)));
        const auto original = test::makeInstance(0);
        QVERIFY(
            again->addDuplicate({original.path, u"/data/0/B.dcm"_s, original.sopInstanceUid, DuplicateKind::Differs}));
        QVERIFY(again->seal());
        auto reader = *m_fixture->ledger().openReader();
        QCOMPARE(reader->jobs().counts(job)->total(), 1);
        const auto duplicates = *reader->report().duplicates(job);
        QCOMPARE(duplicates.size(), 1);
        QCOMPARE(duplicates.first().sourcePath, u"/data/0/B.dcm"_s);
        QCOMPARE(duplicates.first().kind, DuplicateKind::Differs);
    }

    void onlyInterruptedJobsReopen()
    {
        auto batch = makeBatch();
        QVERIFY(batch->seal());
        QCOMPARE(m_queue->reopen(batch->jobs()).error().code, ErrorCode::InvalidArgument);
    }

    void ofTwoWhoReopenAJobOneFails()
    {
        for (int round = 0; round < 10; ++round) {
            auto batch = makeBatch();
            const JobId jobs[] = {batch->jobs().first()};
            append(*batch, 0, 500);
            batch.reset();
            std::barrier together(2);
            Result<std::unique_ptr<Batch>> both[2];
            const auto reopen = [&](int i) {
                together.arrive_and_wait();
                both[i] = m_queue->reopen(jobs);
            };
            std::thread other(reopen, 1);
            reopen(0);
            other.join();
            QVERIFY(both[0].has_value() != both[1].has_value());
            QCOMPARE(both[both[0] ? 1 : 0].error().code, ErrorCode::InvalidArgument);
        }
    }

    void cancellingTakesWhatIsUnfinishedAndWhatStillComes()
    {
        const NewJob jobs[] = {test::makeJob(u"A"_s), test::makeJob(u"B"_s)};
        auto batch = *m_queue->create(jobs);
        append(*batch, 0, 10);
        QVERIFY(m_queue->cancel(batch->jobs().first()));
        append(*batch, 10, 10);
        QVERIFY(batch->seal());
        auto reader = *m_fixture->ledger().openReader();
        QCOMPARE(reader->jobs().counts(batch->jobs().at(0))->of(DeliveryState::Cancelled), 20);
        QCOMPARE(reader->jobs().counts(batch->jobs().at(1))->of(DeliveryState::Pending), 20);
        QCOMPARE(reader->jobs().find(batch->jobs().at(0))->state, JobState::Cancelled);
    }

    void appendingEndsWhenEveryJobWasCancelled()
    {
        auto batch = makeBatch();
        append(*batch, 0, 1);
        QVERIFY(m_queue->cancel(batch->jobs().first()));
        QCOMPARE(batch->append(test::makeInstance(1)).error().code, ErrorCode::Cancelled);
    }

    void pauseAndResumeChangeOnlyWhatTheyMay()
    {
        auto batch = makeBatch();
        const auto job = batch->jobs().first();
        QVERIFY(m_queue->pause(job));
        QVERIFY(m_queue->pause(job));
        QVERIFY(m_queue->resume(job));
        QVERIFY(m_queue->cancel(job));
        QCOMPARE(m_queue->resume(job).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(m_queue->pause(job).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(m_queue->pause(JobId{99}).error().code, ErrorCode::JobNotFound);
    }

    void retryFailedGivesRejectedDeliveriesAFreshBudget()
    {
        auto batch = makeBatch();
        const auto job = batch->jobs().first();
        append(*batch, 0, 4);
        QVERIFY(batch->seal());
        for (int i = 1; i <= 4; ++i) {
            AttemptRecord attempt;
            attempt.delivery = deliveryId(job, i);
            attempt.newState = i <= 2 ? DeliveryState::Rejected : DeliveryState::Stored;
            attempt.refusals = i <= 2 ? 8 : 0;
            m_fixture->ledger().writer().post(std::move(attempt));
        }
        QCOMPARE(*m_queue->retryFailed(job), 2);
        auto reader = *m_fixture->ledger().openReader();
        const auto page = *reader->deliveries().pendingPage(job, {}, 10);
        QCOMPARE(page.size(), 2);
        QCOMPARE(page.first().refusals, 0);
        QCOMPARE(page.first().tries, 1);
        QCOMPARE(reader->jobs().counts(job)->of(DeliveryState::Stored), 2);
    }

    /// The disk is full, and so is the queue before it: nothing else ends these waits.
    void aFullQueueHoldsNotesOnlyUntilTheyAreCancelled()
    {
        auto batch = makeBatch();
        auto& writer = m_fixture->ledger().writer();
        QVERIFY(writer.flush());
        writer.setMaxPages(1);
        CancelSource source;
        std::atomic<int> noted{0};
        std::thread scan([&] {
            const auto token = source.token();
            while (batch->addSkipped({u"/data/x.txt"_s, ErrorCode::NotDicom, {}}, token) &&
                batch->addDuplicate({u"/b"_s, u"/a"_s, SopInstanceUid{"1.2"}, DuplicateKind::Identical}, token)) {
                ++noted;
            }
        });
        QTRY_VERIFY(noted.load() > 2000);
        source.cancel();
        scan.join();
        writer.setMaxPages(1'000'000);
        QTRY_VERIFY(batch->seal()); // a write that was under way may still fail
    }

    void anOutcomeThatRacesTheCancelIsFinal_data()
    {
        QTest::addColumn<DeliveryState>("outcome");
        QTest::newRow("to be tried again later") << DeliveryState::Waiting;
        QTest::newRow("to be tried again at once") << DeliveryState::Pending;
    }

    void anOutcomeThatRacesTheCancelIsFinal()
    {
        QFETCH(DeliveryState, outcome);
        auto batch = makeBatch();
        append(*batch, 0, 4);
        QVERIFY(batch->seal());
        const auto job = batch->jobs().first();
        QVERIFY(m_queue->cancel(job));
        AttemptRecord attempt; // of a try that was judged before the cancel was known
        attempt.delivery = deliveryId(job, 2);
        attempt.newState = outcome;
        attempt.retryAt = WallTime(5s);
        m_fixture->ledger().writer().post(std::move(attempt));
        QVERIFY(m_fixture->ledger().writer().flush());
        auto reader = *m_fixture->ledger().openReader();
        QCOMPARE(reader->jobs().counts(job)->of(DeliveryState::Cancelled), 4);
        QCOMPARE(*reader->deliveries().nextDue(job, WallTime::min()), std::optional<WallTime>());
    }

private:
    std::unique_ptr<Batch> makeBatch()
    {
        const NewJob jobs[] = {test::makeJob()};
        return std::move(*m_queue->create(jobs));
    }

    static void append(Batch& batch, int from, int count)
    {
        for (int i = from; i < from + count; ++i) {
            QVERIFY(batch.append(test::makeInstance(i)));
        }
    }

    std::unique_ptr<test::LedgerFixture> m_fixture;
    std::unique_ptr<JobQueue> m_queue;
};

QTEST_GUILESS_MAIN(TestJobQueue)
#include "TestJobQueue.moc"
