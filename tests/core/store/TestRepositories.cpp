#include "core/store/Database.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"

#include <QTest>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRepositories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJobComesBackAsItWasMade()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const NewJob job{u"CT Meier"_s, u"PACS 中"_s, u"host = x"_s, u"{}"_s, 3};
        const JobId id{5};
        QVERIFY(run(fixture, [&](WriteSession& s) { return s.jobs.insert(id, job, WallTime(1234ms)); }));
        auto reader = *fixture.ledger().openReader();
        const auto row = reader->jobs().find(id);
        QCOMPARE(row->title, job.title);
        QCOMPARE(row->destinationName, job.destinationName);
        QCOMPARE(row->destinationContract, job.destinationContract);
        QCOMPARE(row->options, job.options);
        QCOMPARE(row->priority, 3);
        QCOMPARE(row->createdAt, WallTime(1234ms));
        QVERIFY(!row->finishedAt && !row->stopReason);
        QCOMPARE(reader->jobs().find(JobId{6}).error().code, ErrorCode::JobNotFound);
    }

    void aStopKeepsItsReasonUntilTheJobGoesOn()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const JobId id{1};
        Error reason = makeError(ErrorCode::StatusNotAuthorised, u"not authorised"_s);
        reason.dimseStatus = 0x0124;
        QVERIFY(run(fixture, [&](WriteSession& s) { return s.jobs.insert(id, test::makeJob(), WallTime()); }));
        QVERIFY(
            run(fixture, [&](WriteSession& s) { return s.jobs.setState(id, JobState::Stopped, WallTime(), reason); }));
        auto reader = *fixture.ledger().openReader();
        QCOMPARE(*reader->jobs().find(id)->stopReason, reason);
        QCOMPARE(reader->jobs().list(JobState::Stopped)->size(), 1);
        QCOMPARE(reader->jobs().list(JobState::Active)->size(), 0);
        QVERIFY(run(fixture, [&](WriteSession& s) { return s.jobs.setState(id, JobState::Active, WallTime()); }));
        QVERIFY(!reader->jobs().find(id)->stopReason);
    }

    void namesOfDestinationsAreTheSameWithoutRegardToCase()
    {
        QVERIFY(isSameDestination(u"MAIN-PACS"_s, u"main-pacs"_s));
        QVERIFY(isSameDestination(u"ÄRZTE"_s, u"ärzte"_s));
        QVERIFY(!isSameDestination(u"PACS"_s, u"PACS2"_s));
        // Part of an address is an AE title, which has regard to it.
        QVERIFY(!isSameDestination(u"PACS@host"_s, u"pacs@host"_s));
        QVERIFY(isSameDestination(u"PACS@host"_s, u"PACS@host"_s));
    }

    void aDestinationIsPausedHoweverItsNameIsWritten()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const auto isPaused = [&](qint64 job) {
            return (*fixture.ledger().openReader())->jobs().find(JobId{job})->destinationPaused;
        };
        const auto insert = [&](qint64 job, const QString& name) {
            return run(fixture,
                [&](WriteSession& s) { return s.jobs.insert(JobId{job}, test::makeJob(name), WallTime(1234ms)); });
        };
        const auto pause = [&](const QString& name, bool paused) {
            return run(fixture, [&](WriteSession& s) { return s.jobs.setDestinationPaused(name, paused); });
        };
        QVERIFY(insert(1, u"Ärzte-PACS"_s) && insert(2, u"OTHER"_s));
        QVERIFY(pause(u"ärzte-pacs"_s, true));
        QVERIFY(isPaused(1) && !isPaused(2));
        // Renamed in the configuration meanwhile: still the same destination, and still paused.
        QVERIFY(insert(3, u"ÄRZTE-PACS"_s));
        QVERIFY(isPaused(3));
        QVERIFY(pause(u"ÄRZTE-pacs"_s, false));
        QVERIFY(!isPaused(1) && !isPaused(3));
    }

    void aDestinationIsPausedForAllItsJobs()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        for (int i = 1; i <= 2; ++i) {
            QVERIFY(
                run(fixture, [&](WriteSession& s) { return s.jobs.insert(JobId{i}, test::makeJob(), WallTime()); }));
        }
        QVERIFY(run(fixture, [](WriteSession& s) { return s.jobs.setDestinationPaused(u"PACS"_s, true); }));
        auto reader = *fixture.ledger().openReader();
        QVERIFY(reader->jobs().find(JobId{1})->destinationPaused && reader->jobs().find(JobId{2})->destinationPaused);
        QVERIFY(run(fixture, [](WriteSession& s) { return s.jobs.setDestinationPaused(u"PACS"_s, false); }));
        QVERIFY(!reader->jobs().find(JobId{1})->destinationPaused);
    }

    void dueDeliveriesComeFromTheIndexOfThoseThatWait()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        auto database = std::move(*Database::open(fixture.path(), DatabaseMode::QueryOnly));
        auto& plan = database->prepared(u"EXPLAIN QUERY PLAN SELECT d.id FROM deliveries d JOIN instances i "
                                        "ON i.id = d.instance_id WHERE d.id / 4294967296 = ? AND d.state = 1 AND "
                                        "d.retry_at <= ? ORDER BY d.retry_at, d.id LIMIT ?"_s);
        QVERIFY(plan.bind(1).bind(1).bind(1).exec());
        QVERIFY(plan.next());
        QVERIFY2(plan.text(3).contains(u"deliveries_waiting"_s), qPrintable(plan.text(3)));
    }

    void pendingDeliveriesComeFromOneRangeOfThePrimaryKey()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        auto database = std::move(*Database::open(fixture.path(), DatabaseMode::QueryOnly));
        auto& plan = database->prepared(
            u"EXPLAIN QUERY PLAN SELECT d.id FROM deliveries d JOIN instances i ON i.id = d.instance_id "
            "WHERE d.id > ? AND d.id < ? AND d.state = 0 ORDER BY d.id LIMIT ?"_s);
        QVERIFY(plan.bind(1).bind(1).bind(1).exec());
        QVERIFY(plan.next());
        QVERIFY2(plan.text(3).contains(u"SEARCH d USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"_s),
            qPrintable(plan.text(3)));
    }

private:
    static Result<> run(test::LedgerFixture& fixture, LedgerWriter::Work work)
    {
        return fixture.ledger().writer().run(std::move(work));
    }
};

QTEST_GUILESS_MAIN(TestRepositories)
#include "TestRepositories.moc"
