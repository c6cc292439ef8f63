#include "core/store/Database.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(radpost::Retry)

namespace {

class CountingListener final : public LedgerListener
{
public:
    void onInstancesCommitted(std::span<const InstanceRecord> list) override { instances += qint64(list.size()); }
    void onAttemptsCommitted(std::span<const AttemptRecord> list) override
    {
        attempts += qint64(list.size());
        lastState = static_cast<int>(list.back().newState);
    }
    void onLedgerFailed(const Error& error) override
    {
        code = static_cast<int>(error.code);
        ++failures;
    }
    void onLedgerRecovered() override { ++recoveries; }

    std::atomic<qint64> instances{0};
    std::atomic<qint64> attempts{0};
    std::atomic<int> failures{0};
    std::atomic<int> recoveries{0};
    std::atomic<int> code{0};
    std::atomic<int> lastState{-1};
};

} // namespace

class TestLedgerWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::LedgerFixture>();
        QVERIFY(m_fixture->open());
        m_reader = std::move(*m_fixture->ledger().openReader());
        m_ordinal = 0;
        m_folder = 1;
        m_job = writer().nextJobId();
        QVERIFY(writer().run(
            [&](WriteSession& session) { return session.jobs.insert(m_job, test::makeJob(), WallTime()); }));
        m_context = writer().contextId({SopClassUid{"1.2.3"}, TransferSyntaxUid{"1.2.4"}});
        writer().post(
            [](WriteSession& session) { return session.database.exec(u"INSERT INTO folders VALUES (1, '/d/')"_s); });
        writer().post([](WriteSession& session) {
            return session.database.exec(
                u"INSERT INTO series VALUES (1, '', '', '', '', '1', '', '', '', '', '1.1', 'CT', '', 1)"_s);
        });
    }

    void cleanup()
    {
        writer().setListener(nullptr);
        m_reader.reset();
        m_fixture.reset();
    }

    void manyRecordsAreOneTransaction()
    {
        QVERIFY(writer().flush());
        const auto before = writer().commitCount();
        for (int i = 0; i < 300; ++i) {
            postInstance();
        }
        QVERIFY(writer().flush());
        QVERIFY(writer().commitCount() - before <= 3);
        QCOMPARE(m_reader->jobs().counts(m_job)->of(DeliveryState::Pending), 300);
    }

    void recordsBecomeDurableWithoutBeingAskedFor()
    {
        postInstance();
        QTRY_COMPARE(m_reader->jobs().counts(m_job)->total(), 1);
    }

    void theListenerIsToldBeforeAFlushReturns()
    {
        CountingListener listener;
        writer().setListener(&listener);
        for (int i = 0; i < 10; ++i) {
            postInstance();
        }
        postAttempt(1, DeliveryState::Stored);
        QVERIFY(writer().flush());
        QCOMPARE(listener.instances.load(), 10);
        QCOMPARE(listener.attempts.load(), 1);
        writer().setListener(nullptr);
    }

    void talliesCountWhatEndedSinceThen()
    {
        for (int i = 0; i < 6; ++i) {
            postInstance();
        }
        const auto at = [this](int ordinal, DeliveryState state, std::chrono::milliseconds time) {
            AttemptRecord record;
            record.delivery = deliveryId(m_job, ordinal);
            record.startedAt = WallTime(time);
            record.newState = state;
            writer().post(std::move(record));
        };
        at(0, DeliveryState::Stored, 100ms);
        at(1, DeliveryState::StoredWithWarning, 500ms);
        at(2, DeliveryState::Rejected, 500ms);
        at(3, DeliveryState::Waiting, 500ms); // not at its end
        QVERIFY(writer().flush());
        const auto tallies = [this](std::chrono::milliseconds since) {
            return *m_reader->report().tallies(WallTime(since));
        };
        // The job is older than that: its deliveries are asked for their time.
        QCOMPARE(tallies(200ms), (QList<DestinationTally>{{u"PACS"_s, 1, 1}}));
        QCOMPARE(tallies(600ms), QList<DestinationTally>());
        // The job is as old as that: its counts hold, frozen or not.
        QCOMPARE(tallies(0ms), (QList<DestinationTally>{{u"PACS"_s, 2, 1}}));
        QVERIFY(writer().run([this](WriteSession& session) {
            return session.jobs.setState(m_job, JobState::Finished, WallTime(550ms)).and_then([&] {
                return session.jobs.freezeCounts(m_job);
            });
        }));
        QCOMPARE(tallies(0ms), (QList<DestinationTally>{{u"PACS"_s, 2, 1}}));
        QCOMPARE(tallies(551ms), QList<DestinationTally>()); // it ended before
    }

    void outcomesInAnyOrderMakeTheRightRows()
    {
        for (int i = 0; i < 100; ++i) {
            postInstance();
        }
        // The other half first, so that runs have to be found; two tries of one delivery in one transaction.
        for (int i = 99; i >= 0; i -= 2) {
            postAttempt(i, DeliveryState::Stored);
        }
        postAttempt(0, DeliveryState::Pending);
        postAttempt(0, DeliveryState::StoredWithWarning, 2);
        for (int i = 2; i < 50; i += 2) {
            postAttempt(i, i % 4 == 0 ? DeliveryState::Rejected : DeliveryState::Waiting);
        }
        QVERIFY(writer().flush());
        const auto counts = *m_reader->jobs().counts(m_job);
        QCOMPARE(counts.of(DeliveryState::Stored), 50);
        QCOMPARE(counts.of(DeliveryState::StoredWithWarning), 1);
        QCOMPARE(counts.of(DeliveryState::Rejected), 12);
        QCOMPARE(counts.of(DeliveryState::Waiting), 12);
        QCOMPARE(counts.of(DeliveryState::Pending), 25);
        QCOMPARE(counts.total(), 100);
        QCOMPARE(m_reader->report().attempts(deliveryId(m_job, 0))->size(), 2);
        QCOMPARE(m_reader->report().attempts(deliveryId(m_job, 99))->size(), 1);
    }

    void workThatFailsIsUndoneAlone()
    {
        const auto failed = writer().run([&](WriteSession& session) -> Result<> {
            std::ignore = session.jobs.setPriority(m_job, 7);
            return fail(ErrorCode::InvalidArgument);
        });
        QCOMPARE(failed.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!writer().failure());
        QCOMPARE(m_reader->jobs().find(m_job)->priority, 0);
    }

    void workKeepsItsPlaceAmongTheRecords()
    {
        postInstance();
        qint64 seen = -1;
        writer().post([&](WriteSession& session) {
            return session.jobs.counts(m_job).map([&](const StateCounts& counts) { seen = counts.total(); });
        });
        postInstance();
        QVERIFY(writer().flush());
        QCOMPARE(seen, 1);
    }

    void anInspectionSeesWhatWasToldAndNothingElse()
    {
        CountingListener listener;
        writer().setListener(&listener);
        postInstance();
        qint64 counted = -1;
        qint64 told = -1;
        QVERIFY(writer().inspect([&](WriteSession& session) {
            told = listener.instances.load();
            return session.jobs.counts(m_job).map([&](const StateCounts& counts) { counted = counts.total(); });
        }));
        QCOMPARE(counted, told);
        QCOMPARE(counted, 1);
    }

    void aFullDiskLosesNothingAndIsTriedAgain()
    {
        CountingListener listener;
        QVERIFY(writer().flush());
        writer().setListener(&listener);
        writer().setMaxPages(1); // below what it has: SQLite takes the present size
        for (int i = 0; i < 2000; ++i) {
            postInstance();
        }
        QTRY_COMPARE(listener.failures.load(), 1);
        QCOMPARE(listener.code.load(), int(ErrorCode::DiskFull));
        QCOMPARE(writer().flush().error().code, ErrorCode::DiskFull);
        QCOMPARE(m_reader->jobs().counts(m_job)->total(), 0);

        writer().setMaxPages(1'000'000);
        QTRY_COMPARE(listener.recoveries.load(), 1);
        QVERIFY(writer().flush());
        QCOMPARE(m_reader->jobs().counts(m_job)->total(), 2000);
        QVERIFY(!writer().failure());
    }

    void workThatWasGivenUpOnAFullDiskIsNotDoneLater()
    {
        QVERIFY(writer().flush());
        writer().setMaxPages(1);
        for (int i = 0; i < 2000; ++i) {
            postInstance();
        }
        QTRY_VERIFY(writer().failure().has_value());
        const auto refused = writer().run([&](WriteSession& session) { return session.jobs.setPriority(m_job, 9); });
        QCOMPARE(refused.error().code, ErrorCode::DiskFull);
        writer().setMaxPages(1'000'000);
        QTRY_VERIFY(!writer().failure());
        QVERIFY(writer().flush());
        QCOMPARE(m_reader->jobs().find(m_job)->priority, 0);
    }

    /// What a try of the transaction decided is forgotten with it.
    void aCancelThatWasGivenUpOnAFullDiskCancelsNothing()
    {
        postInstance();
        QVERIFY(writer().flush());
        writer().setMaxPages(1);
        std::promise<void> release;
        holdWriter(release);
        auto tries = std::make_shared<int>(0);
        // Done once and then never again, as when whoever wanted it has given up.
        writer().post([this, tries](WriteSession& session) {
            return ++*tries == 1 ? session.jobs.setState(m_job, JobState::Cancelled, WallTime()) : Result<>();
        });
        postAttempt(0, DeliveryState::Waiting);
        writer().post([](WriteSession&) { return Result<>(); }); // what stands before it is written before it
        for (int i = 0; i < 2000; ++i) {
            postInstance();
        }
        release.set_value();
        QTRY_VERIFY(writer().failure().has_value());
        QVERIFY(*tries >= 1);
        writer().setMaxPages(1'000'000);
        QTRY_VERIFY(!writer().failure());
        QVERIFY(writer().flush());
        QCOMPARE(m_reader->jobs().find(m_job)->state, JobState::Active);
        QCOMPARE(m_reader->jobs().counts(m_job)->of(DeliveryState::Cancelled), 0);
        QCOMPARE(m_reader->jobs().counts(m_job)->of(DeliveryState::Waiting), 1);
        QVERIFY(*m_reader->deliveries().nextDue(m_job, WallTime::min()) == WallTime(5s));
    }

    void aQueuedCancelAndATryInOneTransactionEndTheDelivery()
    {
        CountingListener listener;
        postInstance();
        QVERIFY(writer().flush());
        writer().setListener(&listener);
        std::promise<void> release;
        holdWriter(release);
        writer().post(
            [this](WriteSession& session) { return session.jobs.setState(m_job, JobState::Cancelled, WallTime()); });
        postAttempt(0, DeliveryState::Waiting);
        release.set_value();
        QVERIFY(writer().flush());
        QCOMPARE(m_reader->jobs().counts(m_job)->of(DeliveryState::Cancelled), 1);
        QCOMPARE(listener.lastState.load(), int(DeliveryState::Cancelled));
    }

    /// Nobody else has it: thrown away it would be lost in silence.
    void postedWorkIsTriedAgainUnlessItsValuesAreWrong_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<Retry>("retry");
        QTest::newRow("no memory") << ErrorCode::LedgerFailed << Retry::AfterOperator;
        QTest::newRow("busy") << ErrorCode::LedgerFailed << Retry::Later;
        QTest::newRow("read-only") << ErrorCode::LedgerUnreadable << Retry::Later;
    }

    void postedWorkIsTriedAgainUnlessItsValuesAreWrong()
    {
        QFETCH(ErrorCode, code);
        QFETCH(Retry, retry);
        auto tries = std::make_shared<std::atomic<int>>(0);
        writer().post([=, this](WriteSession& session) -> Result<> {
            if (++*tries == 1) {
                return fail(Error{code, retry, u"scripted"_s, {}});
            }
            return session.jobs.setPriority(m_job, 9);
        });
        QTRY_COMPARE(tries->load(), 2);
        QVERIFY(writer().flush());
        QCOMPARE(m_reader->jobs().find(m_job)->priority, 9);
    }

    void aFullQueueHoldsTheCallerUntilItIsCancelled()
    {
        QVERIFY(writer().flush());
        writer().setMaxPages(1);
        CancelSource source;
        std::atomic<int> posted{0};
        std::atomic<bool> cancelled{false};
        std::thread producer([&] {
            while (auto done = tryPostInstance(source.token())) {
                ++posted;
            }
            cancelled = true;
        });
        QTRY_VERIFY(posted.load() > 4000);
        source.cancel();
        producer.join();
        QVERIFY(cancelled.load());
        QVERIFY(posted.load() < 3 * 4096);
        writer().setMaxPages(1'000'000);
        QTRY_VERIFY(!writer().failure());
        QVERIFY(writer().flush());
        QCOMPARE(m_reader->jobs().counts(m_job)->total(), posted.load());
    }

    void aWaitEndsWhenItIsCancelled()
    {
        CancelSource source;
        source.cancel();
        const auto done = writer().run([](WriteSession&) { return Result<>(); }, source.token());
        QVERIFY(done || done.error().code == ErrorCode::Cancelled);
    }

    void theWriterDoesNotWaitForItself()
    {
        std::optional<ErrorCode> code;
        QVERIFY(writer().run([&](WriteSession&) -> Result<> {
            code = writer().run([](WriteSession&) { return Result<>(); }).error().code;
            return {};
        }));
        QCOMPARE(*code, ErrorCode::Internal);
    }

    /// No waiting mends a record that is wrong; it must not stand in the way of the others for ever.
    void anInstanceThatBreaksAConstraintIsLeftOutAlone()
    {
        CountingListener listener;
        QVERIFY(writer().flush());
        writer().setListener(&listener);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"instance 51 is left out"_s));
        for (int i = 0; i < 100; ++i) {
            m_folder = i == 50 ? 77 : 1; // a folder that nobody knows
            postInstance();
        }
        QVERIFY(writer().flush());
        QCOMPARE(listener.failures.load(), 0);
        QCOMPARE(listener.instances.load(), 99);
        QCOMPARE(m_reader->jobs().counts(m_job)->of(DeliveryState::Pending), 99);
        const auto skipped = *m_reader->report().skipped(m_job);
        QCOMPARE(skipped.size(), 1);
        QCOMPARE(skipped.first().sourcePath, u"IM1"_s);
        QCOMPARE(skipped.first().reason, ErrorCode::LedgerFailed);
        QVERIFY(!skipped.first().detail.isEmpty());
    }

    void whatIsLeftOutIsSkippedInEachJobOfTheBatch()
    {
        const auto other = writer().nextJobId();
        QVERIFY(writer().run(
            [&](WriteSession& session) { return session.jobs.insert(other, test::makeJob(), WallTime()); }));
        m_first =
            std::make_shared<const QList<DeliveryId>>(QList<DeliveryId>{deliveryId(m_job, 0), deliveryId(other, 0)});
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"instance 2 is left out"_s));
        postInstance();
        m_context = 77; // one that nobody knows
        postInstance();
        QVERIFY(writer().flush());
        for (const auto job : {m_job, other}) {
            QCOMPARE(m_reader->jobs().counts(job)->total(), 1);
            QCOMPARE(m_reader->report().skipped(job)->size(), 1);
            QCOMPARE(m_reader->report().skipped(job)->first().sourcePath, u"/d/IM1"_s);
        }
    }

    void aTryThatBreaksAConstraintIsLeftOutButNotItsOutcome()
    {
        CountingListener listener;
        for (int i = 0; i < 10; ++i) {
            postInstance();
            postAttempt(i, DeliveryState::Pending);
        }
        QVERIFY(writer().flush());
        writer().setListener(&listener);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"try 1 of delivery .* is left out"_s));
        for (int i = 0; i < 10; ++i) {
            postAttempt(i, DeliveryState::Stored, i == 4 ? 1 : 2); // there is a first one
        }
        QVERIFY(writer().flush());
        QCOMPARE(listener.failures.load(), 0);
        QCOMPARE(listener.attempts.load(), 10);
        QCOMPARE(m_reader->jobs().counts(m_job)->of(DeliveryState::Stored), 10);
        QCOMPARE(m_reader->report().attempts(deliveryId(m_job, 4))->size(), 1);
        QCOMPARE(m_reader->report().attempts(deliveryId(m_job, 5))->size(), 2);
    }

    void whatIsQueuedAtTheEndIsWritten()
    {
        for (int i = 0; i < 50; ++i) {
            postInstance();
        }
        m_reader.reset();
        QVERIFY(m_fixture->open());
        m_reader = std::move(*m_fixture->ledger().openReader());
        QCOMPARE(m_reader->jobs().counts(m_job)->total(), 50);
    }

private:
    LedgerWriter& writer() { return m_fixture->ledger().writer(); }

    /// Returns once it holds: what is posted from now on is one transaction, begun when @p release is set.
    void holdWriter(std::promise<void>& release)
    {
        auto held = std::make_shared<std::promise<void>>();
        const auto holds = held->get_future();
        writer().post([held, until = release.get_future().share()](WriteSession&) -> Result<> {
            held->set_value();
            until.wait();
            return {};
        });
        holds.wait();
    }

    Result<> tryPostInstance(const CancelToken& cancel = {})
    {
        if (!m_first) {
            m_first = std::make_shared<const QList<DeliveryId>>(QList<DeliveryId>{deliveryId(m_job, 0)});
        }
        InstanceRecord record;
        record.id = writer().nextInstanceId();
        record.folderId = m_folder;
        record.fileName = u"IM1"_s;
        record.dataSetLength = 100;
        record.contextId = m_context;
        record.seriesId = 1;
        record.sopInstanceUid.value = "1.2.3." + QByteArray::number(m_ordinal);
        record.firstDeliveries = m_first;
        record.ordinal = m_ordinal;
        auto posted = writer().post(std::move(record), cancel);
        m_ordinal += posted ? 1 : 0;
        return posted;
    }

    void postInstance() { QVERIFY(tryPostInstance()); }

    void postAttempt(qint64 ordinal, DeliveryState state, int number = 1)
    {
        AttemptRecord record;
        record.delivery = deliveryId(m_job, ordinal);
        record.number = number;
        record.newState = state;
        record.bytes = 100;
        if (state == DeliveryState::Waiting) {
            record.retryAt = WallTime(5s);
        }
        if (state == DeliveryState::Rejected) {
            record.errorCode = ErrorCode::StatusFailed;
            record.errorComment = u"no"_s;
        }
        writer().post(std::move(record));
    }

    std::unique_ptr<test::LedgerFixture> m_fixture;
    std::unique_ptr<LedgerReader> m_reader;
    std::shared_ptr<const QList<DeliveryId>> m_first;
    JobId m_job;
    qint64 m_context = 0;
    qint64 m_ordinal = 0;
    qint64 m_folder = 1;
};

QTEST_GUILESS_MAIN(TestLedgerWriter)
#include "TestLedgerWriter.moc"
