#include "core/engine/Prover.h"

#include "core/queue/JobQueue.h"
#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerReader.h"
#include "core/store/ProofRepository.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/LogWatch.h"
#include "tests/support/ManualClock.h"
#include "tests/support/NoMoreThreads.h"

#include <QTest>

#include <condition_variable>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::Proof;
using store::ProofWanted;

namespace {

/// What a destination does, and what it was asked.
class FakeAsker final : public ProofAsker
{
public:
    std::function<Result<>(const net::CommitmentRequest&, const Watch&)> onCommit;
    std::function<Result<Instances>(const SeriesInstanceUid&)> onQuery;

    Result<> commit(const config::Destination&, const net::CommitmentRequest& request, const Watch& watch,
        const CancelToken&) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
        }
        return onCommit(request, watch);
    }
    Result<Instances> instances(const config::Destination&, const StudyInstanceUid&, const SeriesInstanceUid& series,
        const CancelToken&) override
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_queries;
        }
        return onQuery(series);
    }

    [[nodiscard]] std::vector<net::CommitmentRequest> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    [[nodiscard]] int queries() const
    {
        const std::lock_guard lock(m_mutex);
        return m_queries;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<net::CommitmentRequest> m_requests;
    int m_queries = 0;
};

net::CommitmentReport allOf(const net::CommitmentRequest& request)
{
    return {request.transactionUid, request.references, {}};
}

using Answer = Result<ProofAsker::Instances>;

const SeriesInstanceUid kSecondSeries{"2.25.1.1"};

/// Ten from number @p first on, as a destination knows them.
ProofAsker::Instances instancesOf(int first)
{
    ProofAsker::Instances found;
    for (int i = first; i < first + 10; ++i) {
        found.insert(makeInstance(i).sopInstanceUid, makeInstance(i).sopClassUid);
    }
    return found;
}

/// A ledger with one job whose instances are stored, and what proves them.
class Room final
{
public:
    explicit Room(ProofWanted wanted, int instances = 25)
    {
        m_ledger.open(&clock);
        policy.mostRounds = 3;
        policy.firstDelay = 10s;
        policy.group = 10;
        destination.name = u"PACS"_s;
        destination.commitmentTimeout = 60s;
        queue::JobQueue queue(m_ledger.ledger());
        auto wish = makeJob();
        wish.proofWanted = wanted;
        auto batch = *queue.create(std::span(&wish, 1));
        job = batch->jobs().front();
        for (int i = 0; i < instances; ++i) {
            if (!batch->append(makeInstance(i))) {
                qFatal("not appended");
            }
        }
        if (!batch->seal()) {
            qFatal("not sealed");
        }
        for (int i = 1; i <= instances; ++i) {
            if (!store(i)) {
                qFatal("not stored");
            }
        }
    }

    ~Room() { stop(); } // its threads use the ledger
    Q_DISABLE_COPY_MOVE(Room)

    void start()
    {
        stop();
        book = std::make_unique<CommitmentBook>(m_ledger.ledger(), policy);
        prover = std::make_unique<Prover>(
            m_ledger.ledger(), *book, asker, clock, ProverParams{policy, [this](JobId) { ++told; }});
        prover->take(row(), destination);
    }
    void stop()
    {
        prover.reset();
        book.reset();
    }

    /// The delivery of this number becomes stored.
    [[nodiscard]] bool store(int number)
    {
        store::AttemptRecord record;
        record.delivery = store::deliveryId(job, number);
        record.newState = store::DeliveryState::Stored;
        ledger().writer().post(std::move(record));
        return ledger().writer().flush().has_value();
    }

    [[nodiscard]] bool write(store::LedgerWriter::Work work)
    {
        return ledger().writer().run(std::move(work)).has_value();
    }
    [[nodiscard]] bool writeProofs(const std::function<Result<>(store::ProofRepository&)>& work)
    {
        return ledger()
            .writer()
            .run([&](store::WriteSession& session) {
                store::ProofRepository proofs(session.database);
                return work(proofs);
            })
            .has_value();
    }

    [[nodiscard]] store::JobRow row() { return *reader()->jobs().find(job); }
    [[nodiscard]] store::ProofCounts counts() { return *reader()->proofs().counts(job); }
    [[nodiscard]] std::unique_ptr<store::LedgerReader> reader() { return *m_ledger.ledger().openReader(); }
    [[nodiscard]] QList<store::DeliveryRow> missing()
    {
        QList<store::DeliveryRow> rows;
        (void)reader()->report().forEachMissing(job, [&](const store::DeliveryRow& delivery) {
            rows.append(delivery);
            return true;
        });
        return rows;
    }
    /// Until the ledger says so; the clock stands.
    [[nodiscard]] bool becomes(Proof proof, qint64 count)
    {
        return QTest::qWaitFor([&] { return counts().of(proof) == count; }, 20'000);
    }
    [[nodiscard]] store::Ledger& ledger() { return m_ledger.ledger(); }

    ManualClock clock;
    ProofPolicy policy;
    config::Destination destination;
    FakeAsker asker;
    std::atomic<int> told = 0; ///< that the proof moved
    JobId job;
    std::unique_ptr<CommitmentBook> book;
    std::unique_ptr<Prover> prover;

private:
    LedgerFixture m_ledger;
};

CancelToken limit()
{
    static CancelSource never;
    return never.token();
}

} // namespace

class TestProver : public QObject
{
    Q_OBJECT

    /// A process asks and ends before the answer; the next one is answered.
    static void askAndEndBeforeTheAnswer(Room& room)
    {
        room.asker.onCommit = [](const net::CommitmentRequest&, const ProofAsker::Watch&) -> Result<> {
            return {}; // as if the process ended before the answer
        };
        room.start();
        QTRY_COMPARE(room.asker.requests().size(), std::size_t(1));
        room.stop();
        room.asker.onCommit = [](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            (void)watch.take(allOf(request));
            return {};
        };
    }

private Q_SLOTS:
    void aReportProvesInGroups()
    {
        Room room(ProofWanted::Commitment);
        room.asker.onCommit = [](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            return watch.take(allOf(request)) == 0 ? Result<>() : fail(ErrorCode::Internal);
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 25);
        QCOMPARE(room.counts().total(), 25);
        QCOMPARE(room.reader()->history().entry(room.job)->proved, 25);
        QCOMPARE(room.asker.requests().size(), std::size_t(3)); // 10, 10, 5
    }

    void aFailureIsMissingWithItsReason()
    {
        Room room(ProofWanted::Commitment, 4);
        room.asker.onCommit = [](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            auto report = allOf(request);
            report.failed = {{report.committed.back(), net::kReasonNoSuchObjectInstance}};
            report.committed.pop_back();
            (void)watch.take(report);
            return {};
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 3);
        const auto missing = room.missing();
        QCOMPARE(missing.size(), 1);
        QCOMPARE(missing.front().proofReason, std::optional<quint16>(0x0112));
        QCOMPARE(missing.front().proofError, std::optional(ErrorCode::ProofMissing));
        QVERIFY(room.reader()->history().entry(room.job)->needsPerson());

        // It is sent again, and its proof begins anew.
        queue::JobQueue queue(room.ledger());
        QCOMPARE(queue.retryFailed(room.job).value(), 1);
        QCOMPARE(room.reader()->jobs().counts(room.job)->of(store::DeliveryState::Pending), 1);
        QCOMPARE(room.counts().total(), 3);
    }

    void aPassingFailureIsAskedAgain()
    {
        Room room(ProofWanted::Commitment, 2);
        std::atomic<int> asked = 0;
        room.asker.onCommit = [&](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            auto report = allOf(request);
            if (asked++ == 0) {
                report.failed = {{report.committed.back(), net::kReasonProcessingFailure}};
                report.committed.pop_back();
            }
            (void)watch.take(report);
            return {};
        };
        room.start();
        QVERIFY(room.becomes(Proof::Proved, 1));
        QCOMPARE(room.counts().of(Proof::Asked), 1);
        room.clock.advance(30s);
        QVERIFY(room.becomes(Proof::Proved, 2));
        QCOMPARE(room.asker.requests().at(1).references.size(), std::size_t(1));
    }

    void noReportIsMissing_andAskedAgain_andALateReportCounts()
    {
        Room room(ProofWanted::Commitment, 2);
        room.asker.onCommit = [](const net::CommitmentRequest&, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            return {};
        };
        room.start();
        QVERIFY(room.becomes(Proof::Asked, 2));
        QTRY_COMPARE(room.asker.requests().size(), std::size_t(1));
        room.clock.advance(61s);
        QVERIFY(room.becomes(Proof::Missing, 2));
        QCOMPARE(room.missing().front().proofError, std::optional(ErrorCode::CommitmentTimeout));
        room.clock.advance(30s); // the back-off
        QTRY_COMPARE(room.asker.requests().size(), std::size_t(2));
        QVERIFY(room.becomes(Proof::Asked, 2));
        QCOMPARE(room.book->take(allOf(room.asker.requests().front())), 0); // the first one, late
        QCOMPARE(room.counts().of(Proof::Proved), 2);
    }

    void asMuchAsIsAllowedIsAsked_thenItStaysMissing()
    {
        Room room(ProofWanted::Commitment, 1);
        room.asker.onCommit = [](const net::CommitmentRequest&, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            return {};
        };
        room.start();
        for (std::size_t round = 1; round <= 3; ++round) {
            QTRY_COMPARE(room.asker.requests().size(), round);
            room.clock.advance(61s);
            QVERIFY(room.becomes(Proof::Missing, 1));
            room.clock.advance(10min);
        }
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.asker.requests().size(), std::size_t(3));
        QCOMPARE(room.counts().of(Proof::Missing), 1);
    }

    void aProcessThatDiedBetweenRequestAndReportGoesOn()
    {
        Room room(ProofWanted::Commitment, 2);
        room.asker.onCommit = [](const net::CommitmentRequest&, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            return {};
        };
        room.start();
        QTRY_COMPARE(room.asker.requests().size(), std::size_t(1));
        QTRY_VERIFY(room.reader()->proofs().commitment(room.asker.requests().front().transactionUid)->state ==
            store::CommitmentState::Accepted);
        room.start(); // another process
        QVERIFY(!*room.reader()->proofs().isSettled(room.job));
        QCOMPARE(room.book->take(allOf(room.asker.requests().front())), 0);
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 2);
        QCOMPARE(room.asker.requests().size(), std::size_t(1));
    }

    void whatThePeerMayNotHaveHeardIsAskedAgainAtOnce()
    {
        Room room(ProofWanted::Commitment, 2);
        askAndEndBeforeTheAnswer(room);
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 2);
        const auto requests = room.asker.requests();
        QCOMPARE(requests.size(), std::size_t(2));
        QVERIFY(requests[0].transactionUid != requests[1].transactionUid);
    }

    void whatThePeerMayNotHaveHeardIsAskedAgain_alsoWhenTheLedgerRefusesAtFirst()
    {
        Room room(ProofWanted::Commitment, 2);
        askAndEndBeforeTheAnswer(room);
        QVERIFY(room.write([](store::WriteSession& session) {
            return session.database.exec(u"CREATE TRIGGER stuck BEFORE UPDATE ON commitments BEGIN SELECT "
                                         "RAISE(ABORT, 'stuck'); END"_s);
        }));
        const LogWatch refused(u"the proof of job"_s);
        room.start();
        QTRY_COMPARE(refused.count(), 1);
        int seconds = 0; // of 60 until it is overdue
        QTRY_VERIFY((room.clock.advance(seconds++ < 30 ? 1s : 0s), refused.count() > 1));
        QVERIFY(
            room.write([](store::WriteSession& session) { return session.database.exec(u"DROP TRIGGER stuck"_s); }));
        QTRY_VERIFY((room.prover->rested(room.job), room.counts().of(Proof::Proved) == 2));
        QCOMPARE(room.asker.requests().size(), std::size_t(2));
    }

    void whoDoesNotOfferTheServiceIsNotAskedAgain()
    {
        Room room(ProofWanted::Commitment);
        room.asker.onCommit = [](const net::CommitmentRequest&, const ProofAsker::Watch&) -> Result<> {
            return fail(ErrorCode::ServiceNotOffered);
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Missing), 25);
        QCOMPARE(room.asker.requests().size(), std::size_t(1)); // the other groups need no trial of their own
        QCOMPARE(room.missing().back().proofError, std::optional(ErrorCode::ServiceNotOffered));
    }

    void whoIsOutOfReachIsAskedLater()
    {
        Room room(ProofWanted::Commitment, 3);
        std::atomic<bool> isDown = true;
        room.asker.onCommit = [&](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            if (isDown) {
                return fail(ErrorCode::ConnectRefused);
            }
            watch.accepted();
            (void)watch.take(allOf(request));
            return {};
        };
        room.start();
        QTRY_COMPARE(room.asker.requests().size(), std::size_t(1));
        QTRY_VERIFY(room.reader()->proofs().openCommitments(room.job)->isEmpty());
        isDown = false;
        room.clock.advance(30s);
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 3);
    }

    void aQueryAsksOncePerSeries()
    {
        Room room(ProofWanted::Query, 10);
        room.asker.onQuery = [](const SeriesInstanceUid&) -> Result<ProofAsker::Instances> {
            ProofAsker::Instances found;
            for (int i = 0; i < 9; ++i) {
                found.insert(makeInstance(i).sopInstanceUid, makeInstance(i).sopClassUid);
            }
            return found;
        };
        room.start();
        QVERIFY(room.becomes(Proof::Proved, 9));
        QCOMPARE(room.counts().of(Proof::Asked), 1); // it may be indexed later
        QCOMPARE(room.asker.queries(), 1);
        room.clock.advance(30s);
        QTRY_COMPARE(room.asker.queries(), 2);
        room.clock.advance(10min);
        QTRY_COMPARE(room.asker.queries(), 3);
        QVERIFY(room.becomes(Proof::Missing, 1));
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.missing().front().proofError, std::optional(ErrorCode::ProofMissing));
    }

    void aSeriesThatCannotBeAskedAbout_takesNoProofFromAnother()
    {
        Room room(ProofWanted::Query, 20); // 10 to a series
        room.policy.group = 20;
        room.asker.onQuery = [](const SeriesInstanceUid& series) -> Result<ProofAsker::Instances> {
            return series == kSecondSeries ? fail(ErrorCode::ConnectionLost) : Answer(instancesOf(0));
        };
        room.start();
        QTRY_COMPARE(room.asker.queries(), 2);
        QVERIFY(room.becomes(Proof::Asked, 10));
        QCOMPARE(room.counts().of(Proof::Proved), 10);
    }

    void aQueryThatFailsForAMomentIsAskedAgain()
    {
        Room room(ProofWanted::Query, 10);
        std::atomic<int> asked = 0;
        room.asker.onQuery = [&](const SeriesInstanceUid&) -> Result<ProofAsker::Instances> {
            auto busy = makeError(ErrorCode::QueryFailed);
            busy.dimseStatus = 0xA700;
            busy.retry = Retry::Later;
            return asked++ == 0 ? Answer(tl::unexpected(busy)) : Answer(instancesOf(0));
        };
        room.start();
        QVERIFY(room.becomes(Proof::Asked, 10));
        QTRY_VERIFY((room.clock.advance(10s), room.counts().of(Proof::Proved) == 10));
    }

    void aSeriesWithoutAnAnswerDoesNotKeepTheNextOne()
    {
        Room room(ProofWanted::Query, 20);
        room.policy.group = 20;
        room.asker.onQuery = [](const SeriesInstanceUid& series) -> Result<ProofAsker::Instances> {
            return series == kSecondSeries ? Answer(instancesOf(10)) : fail(ErrorCode::QueryFailed);
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 10);
        QCOMPARE(room.counts().of(Proof::Missing), 10);
    }

    /// What was read as due is sent again before it is asked about.
    void aRetryWhileTheLaneAsks_leavesNothingAskedForEver()
    {
        Room room(ProofWanted::Commitment, 3);
        const std::array answers{
            store::ProofAnswer{store::deliveryId(room.job, 1), Proof::Missing, {}, {}, room.clock.now()}};
        QVERIFY(
            room.writeProofs([&](store::ProofRepository& proofs) { return proofs.answer(answers, room.clock.now()); }));
        const auto page = *room.reader()->proofs().due(room.job, room.clock.now(), room.clock.now() + 1h, 10);
        QCOMPARE(page.size(), 3);
        queue::JobQueue queue(room.ledger());
        QCOMPARE(queue.retryFailed(room.job).value(), 1);
        QList<store::UnprovedDelivery> asked;
        QVERIFY(room.writeProofs([&](store::ProofRepository& proofs) {
            const store::CommitmentRow row{
                0, "2.25.1", room.job, store::CommitmentState::Prepared, room.clock.now(), room.clock.now() + 1h};
            return proofs.insertCommitment(row, page).map([&](const auto& list) { asked = list; });
        }));
        QCOMPARE(asked.size(), 2);
        QCOMPARE(room.counts().total(), 2); // of the stored ones
        QVERIFY(room.store(1));
        QCOMPARE(room.counts().of(Proof::None), 1); // to be asked about
    }

    void whatIsAskedWithoutATransactionIsDue()
    {
        Room room(ProofWanted::Commitment, 2);
        QVERIFY(room.writeProofs([&](store::ProofRepository& proofs) {
            return proofs.due(room.job, room.clock.now(), room.clock.now() + 1h, 1)
                .and_then([&](const auto& page) { return proofs.setAsked(page); })
                .map([](const auto&) {});
        }));
        QCOMPARE(room.reader()->proofs().due(room.job, room.clock.now(), room.clock.now() + 1h, 10)->size(), 2);
        room.asker.onCommit = [](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            (void)watch.take(allOf(request));
            return {};
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.counts().of(Proof::Proved), 2);
    }

    void anotherClassUnderTheSameUidIsNoProof()
    {
        Room room(ProofWanted::Query, 1);
        room.asker.onQuery = [](const SeriesInstanceUid&) -> Result<ProofAsker::Instances> {
            return ProofAsker::Instances{{makeInstance(0).sopInstanceUid, {"1.2.840.10008.5.1.4.1.1.4"}}};
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QCOMPARE(room.missing().front().proofReason, std::optional<quint16>(net::kReasonClassInstanceConflict));
    }

    void whatIsProvedIsNotLookedAfterAnyMore_untilItIsTakenAgain()
    {
        Room room(ProofWanted::Commitment, 1);
        QVERIFY(room.write([&](store::WriteSession& session) {
            return session.jobs.setState(room.job, store::JobState::Finished, room.clock.now(), {});
        }));
        room.asker.onCommit = [](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            (void)watch.take(allOf(request));
            return {};
        };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        QTRY_COMPARE(room.prover->jobCount(), 0);
        const auto told = room.told.load();
        room.clock.advance(10min);
        room.prover->rested(room.job);
        QCOMPARE(room.told.load(), told);
        room.prover->take(room.row(), room.destination);
        QTRY_COMPARE(room.prover->jobCount(), 0);
        QCOMPARE(room.told.load(), told); // nothing was written
    }

    void withoutAThreadItIsAskedLater()
    {
        Room room(ProofWanted::Query, 10);
        room.asker.onQuery = [](const SeriesInstanceUid&) -> Result<ProofAsker::Instances> { return instancesOf(0); };
        {
            const NoMoreThreads none;
            room.start();
            room.prover->stored(u"PACS"_s, 10);
            room.prover->rested(room.job);
            QCOMPARE(room.prover->jobCount(), 1);
        }
        QCOMPARE(room.counts().of(Proof::Proved), 0);
        room.prover->stored(u"ANOTHER"_s, 1);
        QVERIFY(room.becomes(Proof::Proved, 10));
    }

    void aJobThatIsStillSentIsKept()
    {
        Room room(ProofWanted::Query, 10);
        room.asker.onQuery = [](const SeriesInstanceUid&) -> Result<ProofAsker::Instances> { return instancesOf(0); };
        room.start();
        QVERIFY(room.prover->waitUntilSettled({room.job}, limit()));
        room.clock.advance(2min);
        QCOMPARE(room.prover->jobCount(), 1);
    }

    void aLedgerThatCannotBeWritten_doesNotMakeItAskWithoutEnd()
    {
        Room room(ProofWanted::Query, 10);
        QVERIFY(room.write([](store::WriteSession& session) { // the disk refuses, as far as proofs go
            return session.database
                .prepared(u"CREATE TRIGGER full BEFORE INSERT ON proofs BEGIN SELECT RAISE(ABORT, "
                          "'full'); END"_s)
                .exec();
        }));
        room.asker.onQuery = [](const SeriesInstanceUid&) -> Result<ProofAsker::Instances> { return instancesOf(0); };
        room.start();
        QTRY_COMPARE(room.asker.queries(), 1);
        QTest::qWait(300); // real time, in which a loop would go round hundreds of times; the clock stands
        QCOMPARE(room.asker.queries(), 1);
        room.clock.advance(6s);
        QTRY_COMPARE(room.asker.queries(), 2);
    }

    void aReportOfAnotherIsRefused()
    {
        Room room(ProofWanted::Commitment, 1);
        CommitmentBook book(room.ledger(), room.policy);
        QCOMPARE(book.take({"2.25.4711", {{{"1.2"}, {"1.2.3"}}}, {}}), 0x0115);
    }

    void whatAReportDoesNotMentionWasNotAnswered()
    {
        Room room(ProofWanted::Commitment, 2);
        room.asker.onCommit = [](const net::CommitmentRequest& request, const ProofAsker::Watch& watch) -> Result<> {
            watch.accepted();
            auto report = allOf(request);
            report.committed.pop_back();
            (void)watch.take(report);
            return {};
        };
        room.start();
        QVERIFY(room.becomes(Proof::Proved, 1));
        QCOMPARE(room.counts().of(Proof::Asked), 1);
        QVERIFY(!*room.reader()->proofs().isSettled(room.job));
    }
};

QTEST_GUILESS_MAIN(TestProver)
#include "TestProver.moc"
