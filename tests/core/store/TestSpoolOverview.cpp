#include "core/store/Database.h"
#include "core/store/SpoolOverview.h"
#include "core/store/SpoolRepository.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/ManualClock.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::DeliveryState;
using store::RoutingRepository;
using store::RoutingState;
using store::SpoolChoice;
using store::SpoolEntry;
using store::SpoolStandingFilter;
using store::SpoolStudyQuery;
using store::SpoolTarget;

namespace {

struct Fixture
{
    Fixture() { fixture.open(&clock); }

    /// An instance of the n-th series of a study. @return its id.
    qint64 enter(int study, int series, int number, const QString& name = u"Wang^XiaoDong=王^小东"_s)
    {
        auto& writer = fixture.ledger().writer();
        auto text = std::make_shared<store::SpoolSeries>();
        text->patientId = u"P%1"_s.arg(study);
        text->patientName = name;
        text->studyInstanceUid = u"1.%1"_s.arg(study);
        text->studyDescription = study == 1 ? u"Chest_100%"_s : u"Head"_s;
        text->accessionNumber = u"ACC%1"_s.arg(study);
        text->seriesInstanceUid = u"1.%1.%2"_s.arg(study).arg(series);
        text->seriesNumber = QString::number(series);
        text->modality = series == 1 ? u"CT"_s : u"SR"_s;
        store::NewSpoolInstance instance;
        instance.id = writer.nextSpoolId();
        instance.source = {u"CT%1"_s.arg(series), u"RADPOST"_s, u"10.0.0.1"_s};
        instance.series = text;
        instance.contextId = writer.contextId({{"1.2.840.10008.5.1.4.1.1.2"}, {"1.2.840.10008.1.2"}});
        instance.sopInstanceUid.value = "1." + QByteArray::number(study) + "." + QByteArray::number(number);
        instance.digest = u"d%1"_s.arg(instance.id);
        instance.fileBytes = 1000;
        instance.receivedAt = clock.now();
        instance.instanceNumber = QString::number(number);
        run([&](store::WriteSession& session) {
            return session.spool.add(instance, store::DuplicatePolicy::KeepBoth).map([](const auto&) {});
        });
        clock.advance(1s);
        return instance.id;
    }

    /// @return its job.
    JobId deliver(qint64 spoolId, const QString& destination, DeliveryState state,
        store::ProofWanted wanted = store::ProofWanted::Response, store::Proof proof = store::Proof::None)
    {
        auto newJob = test::makeJob(destination);
        newJob.proofWanted = wanted;
        const auto job = fixture.ledger().writer().nextJobId();
        const auto delivery = store::deliveryId(job, 1);
        run([&](store::WriteSession& session) {
            auto& database = session.database;
            const Result<> steps[] = {session.jobs.insert(job, newJob, clock.now()),
                database.exec(u"INSERT OR IGNORE INTO folders VALUES (1, '/')"_s),
                database.exec(
                    u"INSERT OR IGNORE INTO series VALUES (1, '', '', '', '', '', '', '', '', '', '', '', '', 0)"_s),
                database.exec(u"INSERT INTO instances VALUES (%1, 1, 'f', NULL, 1, 1, 1, 1, "
                              "(SELECT min(id) FROM contexts), 1, '1.1')"_s.arg(job.value)),
                database.exec(u"INSERT INTO deliveries (id, instance_id, state, proof) VALUES (%1, %2, %3, %4)"_s
                                  .arg(delivery.value)
                                  .arg(job.value)
                                  .arg(static_cast<int>(state))
                                  .arg(static_cast<int>(proof))),
                RoutingRepository(database).link(spoolId, delivery)};
            for (const auto& step : steps) {
                if (!step) {
                    return step;
                }
            }
            return Result<>();
        });
        mark(spoolId, RoutingState::Routed);
        return job;
    }

    void mark(qint64 spoolId, RoutingState state)
    {
        change([&](RoutingRepository& routing) { return routing.setState(spoolId, state); });
    }
    void hold(qint64 spoolId, const QString& rule)
    {
        change([&](RoutingRepository& routing) {
            return routing.add(store::SpoolHold{0, spoolId, store::HoldReason::Rule, rule, u"look"_s, {}, {}, {}});
        });
        mark(spoolId, RoutingState::Routed);
    }
    void wait(qint64 spoolId, const QString& destination)
    {
        store::SpoolWait waiting;
        waiting.spoolId = spoolId;
        waiting.destination = destination;
        waiting.group = {u"rule"_s, 2, u"1.1"_s};
        waiting.arrivedAt = clock.now();
        change([&](RoutingRepository& routing) { return routing.add(waiting); });
        mark(spoolId, RoutingState::Routed);
    }

    void run(const store::LedgerWriter::Work& work)
    {
        if (const auto done = fixture.ledger().writer().run(work); !done) {
            qFatal("%s", qPrintable(done.error().detail));
        }
    }
    void change(const std::function<Result<>(RoutingRepository&)>& work)
    {
        run([&work](store::WriteSession& session) {
            RoutingRepository routing(session.database);
            return work(routing);
        });
    }

    QList<SpoolEntry> studies(const SpoolStudyQuery& query = {})
    {
        return reader()->spoolOverview().studies(query).value();
    }
    QStringList patients(const SpoolStudyQuery& query)
    {
        QStringList ids;
        for (const auto& entry : studies(query)) {
            ids.append(entry.text.patientId);
        }
        return ids;
    }
    std::unique_ptr<store::LedgerReader> reader() { return std::move(*fixture.ledger().openReader()); }

    test::ManualClock clock;
    test::LedgerFixture fixture;
};

} // namespace

class TestSpoolOverview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void studiesComeNewestFirstWithWhatTheyHold()
    {
        Fixture f;
        f.enter(1, 1, 1);
        f.enter(1, 2, 2);
        f.enter(2, 1, 1);
        f.enter(1, 1, 3); // a study keeps the place at which it began
        const auto found = f.studies();
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].text.patientId, u"P2"_s);
        QCOMPARE(found[1].text.patientId, u"P1"_s);
        QCOMPARE(found[1].standing.instances, 3);
        QCOMPARE(found[1].standing.bytes, 3000);
        QCOMPARE(found[1].standing.unrouted, 3);
        QCOMPARE(found[1].modalities, u"CT\\SR"_s);
        QCOMPARE(found[1].callers, (QStringList{u"CT1"_s, u"CT2"_s}));
        QCOMPARE(found[1].lastAt - found[1].firstAt, Clock::WallTime::duration(3s));
    }

    void pagesJoin()
    {
        Fixture f;
        for (int study = 1; study <= 5; ++study) {
            f.enter(study, 1, 1);
        }
        QStringList met;
        qint64 last = 0;
        for (;;) {
            SpoolStudyQuery query;
            query.limit = 2;
            query.before = last;
            const auto page = f.studies(query);
            if (page.isEmpty()) {
                break;
            }
            for (const auto& entry : page) {
                met.append(entry.text.patientId);
            }
            last = page.last().id;
        }
        QCOMPARE(met, (QStringList{u"P5"_s, u"P4"_s, u"P3"_s, u"P2"_s, u"P1"_s}));
    }

    void wordsNarrow_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QStringList>("patients");
        QTest::newRow("name, two words") << u"wang xiaod"_s << QStringList{u"P1"_s};
        QTest::newRow("name as it is spoken") << u"王小东"_s << QStringList{u"P1"_s};
        QTest::newRow("caret") << u"Wang^Xiao"_s << QStringList{u"P1"_s};
        QTest::newRow("accession") << u"acc2"_s << QStringList{u"P2"_s};
        QTest::newRow("wildcards are letters") << u"t_100%"_s << QStringList{u"P1"_s};
        QTest::newRow("not any letter") << u"t_200"_s << QStringList();
        QTest::newRow("all words") << u"wang acc2"_s << QStringList();
        QTest::newRow("UID") << u"1.2"_s << QStringList{u"P2"_s};
    }
    void wordsNarrow()
    {
        QFETCH(QString, words);
        Fixture f;
        f.enter(1, 1, 1);
        f.enter(2, 1, 1, u"Doe^Jane"_s);
        QTEST(f.patients({words}), "patients");
    }

    void deliveriesAreCountedByDestination()
    {
        Fixture f;
        const auto one = f.enter(1, 1, 1);
        const auto two = f.enter(1, 1, 2);
        const auto three = f.enter(1, 1, 3);
        f.deliver(one, u"PACS"_s, DeliveryState::Stored);
        f.deliver(one, u"AI"_s, DeliveryState::Rejected);
        f.deliver(two, u"PACS"_s, DeliveryState::StoredWithWarning);
        f.deliver(two, u"AI"_s, DeliveryState::Pending);
        f.deliver(three, u"PACS"_s, DeliveryState::Waiting);
        f.wait(three, u"AI"_s);
        const auto study = f.studies().first();
        QCOMPARE(study.targets, (QList<SpoolTarget>{{u"AI"_s, 1, 1, 0, 1, 0}, {u"PACS"_s, 0, 1, 2, 0, 0}}));
        QCOMPARE(study.standing.waiting, 1);
        QCOMPARE(study.standing.unrouted, 0);
        const auto series = f.reader()->spoolOverview().series(study.id).value();
        QCOMPARE(series.size(), 1);
        QCOMPARE(series[0].targets, study.targets);
        const auto instances = f.reader()->spoolOverview().instances(series[0].id, one, 10).value();
        QCOMPARE(instances.size(), 2);
        QCOMPARE(instances[0].instanceNumber, u"2"_s);
        QCOMPARE(instances[0].targets, (QList<SpoolTarget>{{u"AI"_s, 0, 1, 0, 0, 0}, {u"PACS"_s, 0, 0, 1, 0, 0}}));
    }

    void whatIsNotProvedIsNotDelivered()
    {
        using store::Proof;
        const auto wanted = store::ProofWanted::Commitment;
        Fixture f;
        f.deliver(f.enter(1, 1, 1), u"PACS"_s, DeliveryState::Stored, wanted, Proof::Asked);
        f.deliver(f.enter(2, 1, 1), u"PACS"_s, DeliveryState::Stored, wanted, Proof::None);
        const auto missing = f.deliver(f.enter(3, 1, 1), u"PACS"_s, DeliveryState::Stored, wanted, Proof::Missing);
        f.deliver(f.enter(4, 1, 1), u"PACS"_s, DeliveryState::StoredWithWarning, wanted, Proof::Proved);
        const auto targetOf = [&f](const QString& patient) { return f.studies({patient}).first().targets.value(0); };
        QCOMPARE(targetOf(u"P1"_s), (SpoolTarget{u"PACS"_s, 0, 0, 0, 0, 0, 1, 0}));
        QCOMPARE(targetOf(u"P2"_s), (SpoolTarget{u"PACS"_s, 0, 0, 0, 0, 0, 1, 0}));
        QCOMPARE(targetOf(u"P3"_s), (SpoolTarget{u"PACS"_s, 0, 0, 0, 0, 0, 0, 1}));
        QCOMPARE(targetOf(u"P4"_s), (SpoolTarget{u"PACS"_s, 0, 0, 1, 0, 0, 0, 0}));
        QCOMPARE(f.patients({{}, SpoolStandingFilter::NeedsPerson}), QStringList{u"P3"_s});
        QCOMPARE(f.patients({{}, SpoolStandingFilter::Unfinished}), (QStringList{u"P2"_s, u"P1"_s}));

        f.run([missing](store::WriteSession& session) { return session.jobs.setSettled(missing, true); });
        QVERIFY(f.patients({{}, SpoolStandingFilter::NeedsPerson}).isEmpty());
        QCOMPARE(targetOf(u"P3"_s).unproved, 0);
    }

    void theLedgerMayHaveForgottenAJob()
    {
        Fixture f;
        const auto id = f.enter(1, 1, 1);
        f.deliver(id, u"PACS"_s, DeliveryState::Stored);
        f.run([](store::WriteSession& session) {
            auto done = session.database.exec(u"DELETE FROM deliveries"_s);
            return done ? session.database.exec(u"DELETE FROM jobs"_s) : done;
        });
        QVERIFY(f.studies().first().targets.isEmpty());
    }

    void filtersFindWhatStandsSo()
    {
        Fixture f;
        f.hold(f.enter(1, 1, 1), u"review"_s);
        f.deliver(f.enter(2, 1, 1), u"PACS"_s, DeliveryState::Rejected);
        f.mark(f.enter(3, 1, 1), RoutingState::Unmatched);
        f.deliver(f.enter(4, 1, 1), u"PACS"_s, DeliveryState::Pending);
        f.deliver(f.enter(5, 1, 1), u"PACS"_s, DeliveryState::Stored);
        f.wait(f.enter(6, 1, 1), u"PACS"_s);
        f.enter(7, 1, 1);
        QCOMPARE(f.patients({{}, SpoolStandingFilter::NeedsPerson}), (QStringList{u"P2"_s, u"P1"_s}));
        QCOMPARE(f.patients({{}, SpoolStandingFilter::Unmatched}), QStringList{u"P3"_s});
        QCOMPARE(f.patients({{}, SpoolStandingFilter::Unfinished}), (QStringList{u"P7"_s, u"P6"_s, u"P4"_s}));
        QCOMPARE(f.patients({u"P2"_s, SpoolStandingFilter::NeedsPerson}), QStringList{u"P2"_s});
        const auto attention = f.reader()->spoolOverview().attention().value();
        QCOMPARE(attention.heldStudies, 1);
        QCOMPARE(attention.unmatched, 1);
    }

    void whatIsChosenGivesItsHoldsAndFiles()
    {
        Fixture f;
        const auto one = f.enter(1, 1, 1);
        const auto two = f.enter(1, 2, 2);
        const auto other = f.enter(2, 1, 1);
        f.hold(one, u"review"_s);
        f.hold(other, u"other"_s);
        const auto reader = f.reader();
        auto& overview = reader->spoolOverview();
        const auto study = overview.studies({u"P1"_s}).value().first().id;
        const auto report = overview.series(study).value().last().id;
        const auto holds = overview.holds({{study}, {}}, 10).value();
        QCOMPARE(holds.size(), 1);
        QCOMPARE(holds[0].rule, u"review"_s);
        QVERIFY(overview.holds({{}, {report}}, 10).value().isEmpty());
        QVERIFY(overview.holds({}, 10).value().isEmpty());
        const auto idsOf = [](const QList<store::SpoolFile>& files) {
            QList<qint64> ids;
            for (const auto& file : files) {
                ids.append(file.id);
            }
            return ids;
        };
        QCOMPARE(idsOf(overview.files({{study}, {}}, 0, 10).value()), (QList<qint64>{one, two}));
        QCOMPARE(idsOf(overview.files({{study}, {report}}, one, 10).value()), QList<qint64>{two});
        QCOMPARE(idsOf(overview.files({{}, {report}}, 0, 10).value()), QList<qint64>{two});
    }

    void whatIsGoneIsNotShown()
    {
        Fixture f;
        const auto id = f.enter(1, 1, 1);
        f.run([id](store::WriteSession& session) { return session.spool.setState(id, store::SpoolState::Missing); });
        QVERIFY(f.studies().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSpoolOverview)
#include "TestSpoolOverview.moc"
