#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Engine.h"
#include "core/engine/JobOptions.h"
#include "core/store/JobRepository.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/support/FakeScp.h"
#include "tests/support/PastJobs.h"

#include <QFileInfo>
#include <QTest>

#include <atomic>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::DeliveryState;
using store::FailureCause;

namespace {

constexpr int kInstances = 6;

/// Answers requests by turns with 0xA900, 0xC123 and success, as long as it fails at all; remembers what it was given.
struct ByTurns
{
    std::atomic<bool> isFailing = true;
    std::atomic<int> requests = 0;
    FakeScp scp{[this](FakePeer& peer, int) {
        if (!peer.accept()) {
            return;
        }
        for (int n = 0; const auto message = peer.readMessage(); ++n) {
            ++requests;
            FakePeer::Reply reply;
            reply.status = !isFailing || n % 3 == 2 ? 0 : n % 3 == 0 ? 0xA900 : 0xC123;
            peer.respond(*message, reply);
        }
    }};
};

/// Answers some requests and then says no more.
struct Falling
{
    explicit Falling(int answered)
        : scp([answered](FakePeer& peer, int) {
            if (!peer.accept()) {
                return;
            }
            for (int n = 0; n < answered; ++n) {
                if (const auto message = peer.readMessage()) {
                    peer.respond(*message);
                }
            }
            peer.hold();
        })
    {
    }
    FakeScp scp;
};

config::Destination one(const QString& name, quint16 port)
{
    auto made = EngineFixture::destination(port);
    made.name = name;
    made.associations = 1;
    return made;
}

JobListQuery todayIs(const QDate& day)
{
    JobListQuery query;
    query.today = day;
    return query;
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<EngineFixture>();
        makeSource(1, kInstances);
    }

    void settledFailuresNeedNobodyUntilTheJobGoesOn()
    {
        ByTurns pacs;
        const auto engine = m_fixture->open();
        const auto job = send(*engine, one(u"PACS"_s, pacs.scp.port()));
        QCOMPARE(engine->history().standings()->needingPerson, 1);
        QCOMPARE(engine->history().jobs(todayIs(QDate::currentDate()))->open.size(), 1);

        QVERIFY(engine->settle(job));
        QCOMPARE(engine->history().standings()->needingPerson, 0);
        const auto list = engine->history().jobs(todayIs(QDate::currentDate())).value();
        QVERIFY(list.open.isEmpty());
        QCOMPARE(list.days.size(), 1);
        QVERIFY(list.days[0].isUnfolded && list.days[0].jobs[0].isSettled);

        QCOMPARE(*engine->retryFailed(job), 4); // two of three fail
        QVERIFY(engine->waitUntilAtRest(m_fixture->limit()));
        QVERIFY(!engine->history().job(job)->isSettled);
        QCOMPARE(engine->history().standings()->needingPerson, 1);
    }

    void onlyAJobAtRestCanBeSettled()
    {
        const Falling pacs(0);
        const auto engine = m_fixture->open();
        const auto jobs = engine->send(m_fixture->request({one(u"PACS"_s, pacs.scp.port())}));
        QVERIFY(jobs);
        QCOMPARE(engine->settle(jobs->front()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(engine->settle({4711}).error().code, ErrorCode::JobNotFound);
    }

    void oneCauseIsTriedAgainAndTheOthersStay()
    {
        ByTurns pacs;
        const auto engine = m_fixture->open();
        const auto job = send(*engine, one(u"PACS"_s, pacs.scp.port()));
        QCOMPARE(engine->history().failures(job)->size(), 2);
        pacs.isFailing = false;
        pacs.requests = 0;
        QCOMPARE(*engine->retryFailed(job, FailureCause{ErrorCode::StatusFailed, 0xC123}), 2);
        QVERIFY(engine->waitUntilAtRest(m_fixture->limit()));
        QCOMPARE(pacs.requests.load(), 2);
        const auto left = engine->history().failures(job).value();
        QCOMPARE(left.size(), 1);
        QCOMPARE(left[0].cause.dimseStatus, std::optional<quint16>(0xA900));
        QCOMPARE(left[0].count, 2);
        QCOMPARE(engine->job(job)->counts.of(DeliveryState::Stored), 4);
        const auto none = engine->retryFailed(job, FailureCause{ErrorCode::StatusFailed, 0xC123});
        QVERIFY(none);
        QCOMPARE(*none, 0);
        QCOMPARE(engine->job(job)->job.state, store::JobState::Finished);
    }

    void sendAgainTakesWhatTheJobTook()
    {
        makeSource(2, 3); // another patient
        ByTurns pacs;
        const auto engine = m_fixture->open();
        auto request = m_fixture->request({one(u"PACS"_s, pacs.scp.port())});
        request.onlyKeys = {keyOfFirstPatient()};
        request.title = u"only the first"_s;
        const auto jobs = engine->send(request);
        QVERIFY(jobs && engine->waitUntilAtRest(m_fixture->limit()));
        QCOMPARE(engine->job(jobs->front())->counts.total(), kInstances);

        const auto server = m_fixture->startServer();
        const auto again = engine->sendAgain(jobs->front(), {one(u"OTHER"_s, server->port())});
        QVERIFY(again && engine->waitUntilAtRest(m_fixture->limit()));
        const auto summary = engine->job(again->front()).value();
        QCOMPARE(summary.job.title, u"only the first"_s);
        QCOMPARE(summary.job.destinationName, u"OTHER"_s);
        QCOMPARE(summary.counts.total(), kInstances); // nothing of the other patient
        QCOMPARE(filesBelow(m_fixture->received()).size(), kInstances);
        QCOMPARE(engine->sendAgain({4711}, {}).error().code, ErrorCode::JobNotFound);
    }

    void severalDestinationsGetOneJobEachAndTheSameInstances()
    {
        ByTurns fickle;
        const Falling silent(1);
        const auto server = m_fixture->startServer();
        auto engine = m_fixture->open();
        const auto jobs = engine->send(m_fixture->request({one(u"GOOD"_s, server->port()),
            one(u"FICKLE"_s, fickle.scp.port()), one(u"SILENT"_s, silent.scp.port())}));
        QVERIFY(jobs);
        QCOMPARE(jobs->size(), 3);
        const auto counts = [&](int n) { return engine->job(jobs->at(n))->counts; };
        QTRY_COMPARE(counts(0).of(DeliveryState::Stored), kInstances);
        QTRY_COMPARE(counts(1).of(DeliveryState::Rejected), 4);
        QTRY_COMPARE(counts(2).of(DeliveryState::Stored), 1);
        engine->stop(0ms); // the silent one gets no chance
        for (int n = 0; n < 3; ++n) {
            QCOMPARE(counts(n).total(), kInstances);
            QCOMPARE(engine->receipt(jobs->at(n))->studies.size(), 1);
        }
        QCOMPARE(engine->receipt(jobs->at(0))->isComplete(), true);
        QCOMPARE(engine->receipt(jobs->at(1))->rejected.size(), 4);
        QCOMPARE(counts(2).unfinished(), kInstances - 1);
        QCOMPARE(*engine->history().destinationNames(), QStringList({u"FICKLE"_s, u"GOOD"_s, u"SILENT"_s}));
    }

    void theReceiptOfAResumedJobHoldsBothRuns()
    {
        JobId job;
        {
            const Falling pacs(2);
            const auto engine = m_fixture->open();
            const auto jobs = engine->send(m_fixture->request({one(u"PACS"_s, pacs.scp.port())}));
            QVERIFY(jobs);
            job = jobs->front();
            QTRY_COMPARE(engine->job(job)->counts.of(DeliveryState::Stored), 2);
            QTRY_COMPARE(engine->job(job)->job.growth, store::JobGrowth::Sealed);
            engine->stop(0ms);
            const auto half = engine->receipt(job).value();
            QVERIFY(!half.isAllStored());
            QCOMPARE(half.fileCount(), kInstances);
            QCOMPARE(half.unfinished.size(), kInstances - 2);
        }
        const auto server = m_fixture->startServer();
        auto params = m_fixture->params();
        params.currentDestination = [&server](const QString& name) { return one(name, server->port()); };
        const auto engine = *Engine::open(params);
        QCOMPARE(*engine->resumeUnfinished(), QList<JobId>{job});
        QVERIFY(engine->waitUntilAtRest(m_fixture->limit()));
        const auto whole = engine->receipt(job).value();
        QVERIFY(whole.isComplete());
        QCOMPARE(whole.counts.of(DeliveryState::Stored), kInstances);
        QCOMPARE(whole.fileCount(), kInstances);
        QCOMPARE(whole.associations.size(), 2);
        QCOMPARE(filesBelow(m_fixture->received()).size(), kInstances - 2); // what was stored is not sent again
    }

    /// The process was killed in the middle of a scan: what the folder holds of the chosen series goes out, no more.
    void aCutScanOfChosenSeriesIsDoneAgainForThem()
    {
        JobId job;
        const auto key = keyOfFirstPatient();
        {
            const Falling pacs(0);
            const auto engine = m_fixture->open();
            auto request = m_fixture->request({one(u"PACS"_s, pacs.scp.port())});
            request.onlyKeys = {key};
            const auto jobs = engine->send(request);
            QVERIFY(jobs);
            job = jobs->front();
            QTRY_COMPARE(engine->job(job)->job.growth, store::JobGrowth::Sealed);
            QCOMPARE(engine->job(job)->counts.total(), kInstances);
        }
        write(
            [job](store::WriteSession& session) { return session.jobs.setGrowth(job, store::JobGrowth::Interrupted); });
        makeSource(1, kInstances + 2); // the scan had not come that far
        makeSource(2, 3);              // and this is not wanted
        const auto server = m_fixture->startServer();
        auto params = m_fixture->params();
        params.currentDestination = [&server](const QString& name) { return one(name, server->port()); };
        const auto engine = *Engine::open(params);
        QCOMPARE(*engine->resumeUnfinished(), QList<JobId>{job});
        QVERIFY(engine->waitUntilAtRest(m_fixture->limit()));
        QCOMPARE(engine->job(job)->job.growth, store::JobGrowth::Sealed);
        QCOMPARE(engine->job(job)->counts.of(DeliveryState::Stored), kInstances + 2);
        QCOMPARE(filesBelow(m_fixture->received()).size(), kInstances + 2);
        QCOMPARE(engine->receipt(job)->studies.size(), 1);
    }

    void optionsOfAJobComeBackAsTheyWereWritten()
    {
        const JobOptions options{
            {u"/data/王"_s, u"/data/\"b\""_s}, {{"1.2.3"}}, u"/tmp/x"_s, {{u"P 1"_s, {"1.2"}, {"1.3"}}}, true};
        QCOMPARE(jobOptions(toText(options)).value(), options);
        QCOMPARE(jobOptions(u"nonsense"_s).error().code, ErrorCode::LedgerCorrupt);
    }

    void pagesAreCutAndSayThatThereIsMore()
    {
        addPast(30, QDate(2025, 3, 1));
        const auto engine = m_fixture->open();
        auto query = todayIs(QDate(2025, 3, 30));
        query.dayLimit = 5;
        query.jobsOfADay = 2;
        const auto first = engine->history().jobs(query).value();
        QCOMPARE(first.days.size(), 5);
        QVERIFY(first.hasMoreDays && !first.hasMoreOpen);
        QCOMPARE(first.days[0].day.day, QDate(2025, 3, 10));
        QCOMPARE(first.days[0].day.jobs, 3);
        QVERIFY(!first.days[0].isUnfolded && first.days[0].jobs.isEmpty()); // today is another day

        query.isUnfolded[QDate(2025, 3, 9)] = true;
        query.jobsOfDay[QDate(2025, 3, 9)] = 3;
        query.dayLimit = 10;
        const auto second = engine->history().jobs(query).value();
        QVERIFY(!second.hasMoreDays);
        QCOMPARE(second.days[1].jobs.size(), 3);
    }

    void noMoreJobsAreUnfoldedUnaskedThanAPersonWouldLookAt()
    {
        addPast(200, QDate(2025, 3, 1));
        const auto engine = m_fixture->open();
        auto query = todayIs(QDate(2025, 6, 1));
        query.filter.text = u"past"_s; // what is found is unfolded
        query.dayLimit = 100;
        const auto list = engine->history().jobs(query).value();
        qsizetype shown = 0;
        for (const auto& day : list.days) {
            shown += day.jobs.size();
        }
        QCOMPARE(list.days.size(), 67);
        QVERIFY(shown >= History::kMostUnasked && shown < History::kMostUnasked + query.jobsOfADay);
    }

private:
    /// Patient @p seed with one series; called again with more instances, these are added.
    void makeSource(quint64 seed, int instances)
    {
        const QString folder = m_fixture->source() + u"/%1"_s.arg(seed);
        QTemporaryDir fresh;
        dicom::SyntheticParams params;
        params.folder = fresh.path();
        params.seed = seed;
        params.series = {{dicom::SyntheticKind::Tiny, instances}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}) && QDir().mkpath(folder));
        for (const auto& path : filesBelow(fresh.path())) {
            QFile::copy(path, folder + u'/' + QFileInfo(path).fileName()); // what is there stays as it is
        }
    }

    [[nodiscard]] SeriesKey keyOfFirstPatient() const
    {
        dicom::HeaderReader reader;
        return seriesKey(reader.readFile(filesBelow(m_fixture->source() + u"/1"_s).front()).value());
    }

    JobId send(Engine& engine, const config::Destination& to) const
    {
        const auto jobs = engine.send(m_fixture->request({to}));
        return jobs && engine.waitUntilAtRest(m_fixture->limit()) ? jobs->front() : JobId();
    }

    void write(const store::LedgerWriter::Work& work) const
    {
        const auto ledger = store::Ledger::open({.path = m_fixture->path(u"data/ledger.sqlite"_s)});
        QVERIFY(ledger && (*ledger)->writer().run(work));
    }

    /// @p count finished jobs, three on each day from @p first on.
    void addPast(int count, const QDate& first) const
    {
        const auto ledger = store::Ledger::open({.path = m_fixture->path(u"data/ledger.sqlite"_s)});
        QVERIFY(ledger);
        for (int n = 0; n < count; ++n) {
            PastJob job{.id = {n + 1}, .title = u"past"_s};
            const auto day = first.addDays(n / 3).startOfDay().addSecs(12 * 3600 + n);
            job.createdAt = job.endedAt = store::WallTime(std::chrono::milliseconds(day.toMSecsSinceEpoch()));
            QVERIFY(addPastJob((*ledger)->writer(), job));
        }
    }

    std::unique_ptr<EngineFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestHistory)
#include "TestHistory.moc"
