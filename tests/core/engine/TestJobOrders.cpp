#include "core/dicom/SyntheticStudy.h"
#include "core/engine/JobOrders.h"
#include "tests/core/engine/EngineFixture.h"

#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::DeliveryState;
using store::JobState;

namespace {

constexpr int kInstances = 3;
constexpr auto kPatience = 30s;

/// Three instances to send, and the way to whoever has the ledger open.
struct Fixture : EngineFixture
{
    Fixture()
    {
        dicom::SyntheticParams params;
        params.folder = source();
        params.series = {{dicom::SyntheticKind::Tiny, kInstances}};
        if (!dicom::makeSyntheticStudies(params, {})) {
            qFatal("no studies");
        }
    }

    [[nodiscard]] Result<OrderOutcome> ask(const JobOrder& order) const
    {
        return askOwner(path(u"data"_s), order, kPatience, limit());
    }
};

} // namespace

class TestJobOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPausedDestinationGetsNothingUntilItIsResumed()
    {
        const Fixture f;
        const auto server = f.startServer();
        JobId job;
        {
            const auto engine = f.open();
            const auto jobs = engine->send(f.request({Fixture::destination(server->port())}));
            QVERIFY(jobs && engine->waitUntilAtRest(f.limit()));
            job = jobs->first();
            QCOMPARE(f.ask({JobAct::Pause, {}, u"pacs"_s}), (OrderOutcome{true, {}, 0})); // however it is spelled
            QCOMPARE(engine->pausedDestinations(), QStringList{u"PACS"_s});
            QVERIFY(engine->send(f.request({Fixture::destination(server->port())})));
            QVERIFY(engine->waitUntilAtRest(f.limit()));
            QCOMPARE(filesBelow(f.received()).size(), kInstances);
        }
        const auto engine = f.open(); // it is kept
        QCOMPARE(engine->pausedDestinations(), QStringList{u"PACS"_s});
        const auto resumed = f.ask({JobAct::Resume, {}, u"PACS"_s});
        QVERIFY(resumed && resumed->isDestination);
        QCOMPARE(resumed->jobs.size(), 1);
        QVERIFY(resumed->jobs.first().isDone && resumed->jobs.first().job != job);
        QVERIFY(engine->waitUntilAtRest(f.limit()));
        QCOMPARE(engine->job(resumed->jobs.first().job)->counts.of(DeliveryState::Stored), kInstances);
    }

    void aJobIsCancelledAndWhatItCameToIsSaid()
    {
        const Fixture f;
        const auto engine = f.open();
        QVERIFY(engine->pauseDestination(u"PACS"_s));
        const auto jobs = engine->send(f.request({Fixture::destination(1)}));
        QVERIFY(jobs && engine->waitUntilAtRest(f.limit()));
        const auto job = jobs->first();
        QCOMPARE(
            f.ask({JobAct::Cancel, job}), (OrderOutcome{false, {{job, u"PACS"_s, true, kInstances, kInstances}}, 0}));
        QCOMPARE(engine->job(job)->job.state, JobState::Cancelled);
        QCOMPARE(f.ask({JobAct::Cancel, {}, u"PACS"_s}), OrderOutcome()); // nothing is left to cancel
    }

    void aJobThatEndsMeanwhileKeepsNoOtherFromTheOrder()
    {
        QList<JobSummary> jobs(4);
        for (int i = 0; i < jobs.size(); ++i) {
            jobs[i].job.id = JobId{i + 1};
        }
        const auto outcome = carryOutEach(jobs, [](const JobSummary& summary) -> Result<OrderedJob> {
            switch (summary.job.id.value) {
            case 2:
                return fail(ErrorCode::InvalidArgument); // it has just come to its end
            case 3:
                return fail(ErrorCode::DiskFull);
            default:
                return OrderedJob{summary.job.id, {}, true, 1, 1};
            }
        });
        QVERIFY(outcome);
        QCOMPARE(outcome->jobs.size(), 2);
        QCOMPARE(outcome->jobs.last().job, JobId{4});
        const auto full =
            carryOutEach(jobs, [](const JobSummary&) -> Result<OrderedJob> { return fail(ErrorCode::DiskFull); });
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
    }

    void pauseAndResumeOfAJobSayWhetherThereWasAnything()
    {
        const Fixture f;
        const auto engine = f.open();
        QVERIFY(engine->pauseDestination(u"PACS"_s));
        const auto job = engine->send(f.request({Fixture::destination(1)}))->first();
        QVERIFY(engine->waitUntilAtRest(f.limit()));
        QVERIFY(f.ask({JobAct::Pause, job})->jobs.first().isDone);
        QCOMPARE(engine->job(job)->job.state, JobState::Paused);
        QVERIFY(!f.ask({JobAct::Pause, job})->jobs.first().isDone);
        QVERIFY(f.ask({JobAct::Resume, job})->jobs.first().isDone);
        QCOMPARE(engine->job(job)->job.state, JobState::Active);
        QVERIFY(!f.ask({JobAct::Retry, job})->jobs.first().isDone); // nothing failed
    }

    void whatIsUnknownIsSaid()
    {
        const Fixture f;
        const auto engine = f.open();
        QCOMPARE(f.ask({JobAct::Cancel, JobId{99}}).error().code, ErrorCode::JobNotFound);
        QCOMPARE(f.ask({JobAct::Pause, {}, u"NOWHERE"_s}).error().code, ErrorCode::DestinationNotFound);
    }

    void whoOnlyCarriesOutAnOrderTakesNoOther()
    {
        const Fixture f;
        auto params = f.params();
        params.takesOrders = false;
        const auto engine = Engine::open(params);
        QVERIFY(engine);
        const auto asked = askOwner(f.path(u"data"_s), {JobAct::Pause, {}, u"PACS"_s}, 50ms, f.limit());
        QCOMPARE(asked.error().code, ErrorCode::LedgerOwnerSilent);
    }

    void withNoOwnerNobodyAnswers()
    {
        const Fixture f;
        f.open().reset();
        const auto asked = askOwner(f.path(u"data"_s), {JobAct::Cancel, JobId{1}}, 50ms, f.limit());
        QCOMPARE(asked.error().code, ErrorCode::LedgerOwnerSilent);
    }

    void ordersAreReadBack()
    {
        const JobOrder orders[] = {{JobAct::Pause, JobId{7}, {}}, {JobAct::Cancel, {}, u"主 PACS"_s},
            {JobAct::Retry, JobId{1}, {}}, {JobAct::Resume, {}, {}}};
        for (const auto& order : orders) {
            QCOMPARE(parseJobOrder(toText(order)), std::optional(order));
        }
        const OrderOutcome outcome{true, {{JobId{3}, u"PACS"_s, true, 2, 5}, {JobId{4}, {}, false, 0, 0}}, 9};
        QCOMPARE(parseOrderOutcome(toText(Result<OrderOutcome>(outcome))), outcome);
        const auto error = parseOrderOutcome(toText(Result<OrderOutcome>(fail(ErrorCode::DiskFull, u"full"_s))));
        QCOMPARE(error.error().code, ErrorCode::DiskFull);
        QCOMPARE(error.error().detail, u"full"_s);
    }

    void whatIsNoOrderIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not an object") << QByteArray("[1]");
        QTest::newRow("no version") << QByteArray(R"({"act":"cancel","job":7})");
        QTest::newRow("of a later version") << QByteArray(R"({"version":2,"act":"cancel","job":7})");
        QTest::newRow("unknown act") << QByteArray(R"({"version":1,"act":"format","job":7})");
        QTest::newRow("everything") << QByteArray(R"({"version":1,"act":"cancel"})");
        QTest::newRow("job and destination") << QByteArray(R"({"version":1,"act":"pause","job":7,"destination":"A"})");
        QTest::newRow("no number") << QByteArray(R"({"version":1,"act":"pause","job":"7"})");
        for (const char* job : {"\"7\"", "0", "-1", "1.5", "null", "[7]"}) {
            QTest::addRow("resume %s", job) << QByteArray(R"({"version":1,"act":"resume","job":)") + job + "}";
        }
        QTest::newRow("a name without end")
            << QByteArray(R"({"version":1,"act":"pause","destination":")" + QByteArray(5000, 'a') + R"("})");
        QTest::newRow("too long") << QByteArray(R"({"version":1,"act":"resume"})" + QByteArray(2 << 20, ' '));
    }
    void whatIsNoOrderIsRefused()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!parseJobOrder(text));
        QVERIFY(!parseOrderOutcome(text));
    }
};

QTEST_GUILESS_MAIN(TestJobOrders)
#include "TestJobOrders.moc"
