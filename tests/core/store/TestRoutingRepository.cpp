#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/RoutingRepository.h"
#include "core/store/SpoolRepository.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/ManualClock.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::HoldReason;
using store::RoutingRepository;
using store::RoutingState;
using store::SpoolHold;
using store::SpoolWait;

namespace {

struct Fixture
{
    Fixture() { fixture.open(&clock); }

    /// Enters an instance of a study of its own. @return its id.
    qint64 enter(int number, int study = 1, bool isFound = false)
    {
        auto& writer = fixture.ledger().writer();
        auto series = std::make_shared<store::SpoolSeries>();
        series->patientId = u"P1"_s;
        series->studyInstanceUid = u"1.%1"_s.arg(study);
        series->seriesInstanceUid = u"1.%1.1"_s.arg(study);
        series->modality = u"CT"_s;
        store::NewSpoolInstance instance;
        instance.id = isFound ? number : writer.nextSpoolId();
        instance.source = {u"CT1"_s, u"RADPOST"_s, u"10.0.0.1"_s};
        instance.sourceName = u"inbox"_s;
        instance.series = series;
        instance.contextId = writer.contextId({{"1.2.840.10008.5.1.4.1.1.2"}, {"1.2.840.10008.1.2"}});
        instance.sopInstanceUid.value = "1.1." + QByteArray::number(number);
        instance.digest = u"d%1"_s.arg(number);
        instance.fileBytes = 1000;
        instance.dataSetOffset = 300;
        instance.receivedAt = clock.now();
        instance.isFound = isFound;
        run([&](store::WriteSession& session) {
            return session.spool.add(instance, store::DuplicatePolicy::KeepBoth).map([](const auto&) {});
        });
        return instance.id;
    }

    /// A job with one delivery of the instance in @p state.
    JobId deliver(qint64 spoolId, const QString& destination, store::DeliveryState state)
    {
        const auto job = fixture.ledger().writer().nextJobId();
        const auto delivery = store::deliveryId(job, 1);
        run([&](store::WriteSession& session) {
            auto& database = session.database;
            const Result<> steps[] = {session.jobs.insert(job, test::makeJob(destination), clock.now()),
                database.exec(u"INSERT OR IGNORE INTO folders VALUES (1, '/')"_s),
                database.exec(
                    u"INSERT OR IGNORE INTO series VALUES (1, '', '', '', '', '', '', '', '', '', '', '', '', 0)"_s),
                database.exec(u"INSERT INTO instances VALUES (%1, 1, 'f', NULL, 1, 1, 1, 1, "
                              "(SELECT min(id) FROM contexts), 1, '1.1')"_s.arg(job.value)),
                database.exec(
                    u"INSERT INTO deliveries (id, instance_id, state) VALUES (%1, %2, %3)"_s.arg(delivery.value)
                        .arg(job.value)
                        .arg(static_cast<int>(state))),
                RoutingRepository(database).link(spoolId, delivery),
                RoutingRepository(database).setState(spoolId, RoutingState::Routed)};
            for (const auto& step : steps) {
                if (!step) {
                    return step;
                }
            }
            return Result<>();
        });
        return job;
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

    std::unique_ptr<store::LedgerReader> reader() { return std::move(*fixture.ledger().openReader()); }

    QList<qint64> pending()
    {
        QList<qint64> ids;
        const auto instances = reader()->routing().pending(100).value();
        for (const auto& instance : instances) {
            ids.append(instance.id);
        }
        return ids;
    }

    QList<qint64> removable()
    {
        QList<qint64> ids;
        qint64 scanned = 0;
        const auto instances = reader()->routing().removable(0, 100, clock.now(), scanned).value();
        for (const auto& instance : instances) {
            ids.append(instance.id);
        }
        return ids;
    }

    SpoolWait wait(qint64 id, std::optional<store::WallTime> due = {}) const
    {
        SpoolWait made;
        made.spoolId = id;
        made.destination = u"PACS"_s;
        made.group = {u"rule"_s, 2, u"1.1"_s};
        made.terms = {1min, std::nullopt, 5, 7};
        made.delay = 10s;
        made.hours = u"22:00-06:00"_s;
        made.priority = 2;
        made.arrivedAt = clock.now();
        made.dueAt = due;
        made.onlyMissing = true;
        return made;
    }

    test::ManualClock clock;
    test::LedgerFixture fixture;
};

} // namespace

class TestRoutingRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatEntersIsPendingWithAllThatRoutingWants()
    {
        Fixture f;
        const auto id = f.enter(1);
        const auto found = f.reader()->routing().pending(10).value();
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].id, id);
        QCOMPARE(found[0].sopClassUid.value, QByteArray("1.2.840.10008.5.1.4.1.1.2"));
        QCOMPARE(found[0].sourceName, u"inbox"_s);
        QCOMPARE(found[0].source.callingAeTitle, u"CT1"_s);
        QCOMPARE(found[0].series.studyInstanceUid, u"1.1"_s);
        QCOMPARE(found[0].series.modality, u"CT"_s);
        QCOMPARE(found[0].dataSetOffset, 300);
        f.change([&](RoutingRepository& routing) { return routing.setState(id, RoutingState::Unmatched); });
        QVERIFY(f.pending().isEmpty());
        QCOMPARE(f.reader()->routing().report()->unmatched.instances, 1);
        qint64 after = 0;
        f.change([&](RoutingRepository& routing) {
            return routing.decideUnmatched(RoutingState::Pending, after, 10).map([](qint64) {});
        });
        QCOMPARE(after, id);
        QCOMPARE(f.pending(), QList<qint64>{id});
    }

    void unmatchedOnesAreDecidedInPages()
    {
        Fixture f;
        QList<qint64> ids;
        for (int i = 0; i < 5; ++i) {
            ids.append(f.enter(i));
            f.change([&](RoutingRepository& routing) { return routing.setState(ids.last(), RoutingState::Unmatched); });
        }
        QList<qint64> counts;
        qint64 after = 0;
        while (counts.isEmpty() || counts.last() > 0) {
            qint64 count = 0;
            const qint64 from = after;
            f.change([&](RoutingRepository& routing) {
                after = from; // this may run again
                return routing.decideUnmatched(RoutingState::Dropped, after, 2).map([&count](qint64 n) { count = n; });
            });
            counts.append(count);
        }
        QCOMPARE(counts, (QList<qint64>{2, 2, 1, 0}));
        QCOMPARE(f.removable(), ids);
    }

    void pagesAreTheOldest()
    {
        Fixture f;
        const auto first = f.enter(1);
        f.enter(2);
        const auto page = f.reader()->routing().pending(1).value();
        QCOMPARE(page.size(), 1);
        QCOMPARE(page[0].id, first);
    }

    void aFileFoundAgainIsRoutedWhenTheLedgerHasItsDelivery()
    {
        Fixture f;
        const auto routed = f.enter(1);
        const auto open = f.enter(2);
        f.deliver(routed, u"PACS"_s, store::DeliveryState::Pending);
        f.run([](store::WriteSession& session) { return session.database.exec(u"DELETE FROM spool_instances"_s); });
        f.enter(static_cast<int>(routed), 1, true);
        f.enter(static_cast<int>(open), 1, true);
        QCOMPARE(f.pending(), QList<qint64>{open});
    }

    void aGroupWaitsUntilItIsComplete()
    {
        Fixture f;
        const auto first = f.enter(1);
        f.change([&](RoutingRepository& routing) { return routing.add(f.wait(first)); });
        f.clock.advance(5s);
        const auto second = f.enter(2);
        f.change([&](RoutingRepository& routing) {
            return routing.add(f.wait(second)).and_then([&] { return routing.add(f.wait(second)); });
        });
        const auto groups = f.reader()->routing().waitingGroups().value();
        QCOMPARE(groups.size(), 1);
        QCOMPARE(groups[0].group, (store::WaitGroup{u"rule"_s, 2, u"1.1"_s}));
        QCOMPARE(groups[0].terms, (store::WaitTerms{1min, std::nullopt, 5, 7}));
        QCOMPARE(groups[0].waiting, 2);
        QCOMPARE(groups[0].last - groups[0].first, 5s);
        QCOMPARE(f.reader()->routing().receivedCount(2, u"1.1"_s).value(), 0);
        f.change([&](RoutingRepository& routing) {
            return routing.setState(first, RoutingState::Routed).and_then([&] {
                return routing.setState(second, RoutingState::Routed);
            });
        });
        QCOMPARE(f.reader()->routing().receivedCount(2, u"1.1"_s).value(), 2);
        QCOMPARE(f.reader()->routing().receivedCount(1, u"1.1.1"_s).value(), 2);
        QVERIFY(!f.reader()->routing().nextDue().value());
        const auto now = f.clock.now();
        f.change([&](RoutingRepository& routing) { return routing.complete(groups[0].group, now).map([](qint64) {}); });
        QVERIFY(f.reader()->routing().waitingGroups()->isEmpty());
        QCOMPARE(f.reader()->routing().nextDue().value(), std::optional<store::WallTime>(now + 10s));
        QVERIFY(f.reader()->routing().due(now + 9s, 10)->isEmpty());
        const auto due = f.reader()->routing().due(now + 10s, 10).value();
        QCOMPARE(due.size(), 2);
        auto expected = f.wait(second, now + 10s);
        QCOMPARE(due[1], expected);
        f.change([&](RoutingRepository& routing) { return routing.remove(due[0]); });
        QCOMPARE(f.reader()->routing().due(now + 10s, 10)->size(), 1);
    }

    void aClockThatWasSetBackPostponesNothing()
    {
        Fixture f;
        const auto id = f.enter(1);
        auto wait = f.wait(id, f.clock.now() + 10s);
        wait.hours.clear();
        f.change([&](RoutingRepository& routing) { return routing.add(wait); });
        QVERIFY(f.reader()->routing().due(f.clock.now(), 10)->isEmpty());
        QVERIFY(f.reader()->routing().misdated(f.clock.now(), 10)->isEmpty());
        QCOMPARE(f.reader()->routing().misdated(f.clock.now() - 1h, 10)->size(), 1);
    }

    void whatIsPutOffForAMomentIsNotMisdated()
    {
        Fixture f;
        auto wait = f.wait(f.enter(1), f.clock.now() + 5s);
        wait.delay = 0ms;
        wait.hours.clear();
        f.change([&](RoutingRepository& routing) { return routing.add(wait); });
        QVERIFY(f.reader()->routing().misdated(f.clock.now(), 10)->isEmpty());
        QCOMPARE(f.reader()->routing().misdated(f.clock.now() - 2min, 10)->size(), 1);
    }

    void aPersonLetsItGoOnBehindTheRule()
    {
        Fixture f;
        const auto id = f.enter(1);
        const SpoolHold hold{0, id, HoldReason::Rule, u"check"_s, u"look"_s, {}, {}, f.clock.now()};
        f.change([&](RoutingRepository& routing) {
            return routing.add(hold).and_then([&] { return routing.add(hold); }).and_then([&] {
                return routing.setState(id, RoutingState::Routed);
            });
        });
        const auto held = f.reader()->routing().held(0, 10).value();
        QCOMPARE(held.size(), 1);
        QCOMPARE(held[0].hold.text, u"look"_s);
        QCOMPARE(held[0].modality, u"CT"_s);
        QVERIFY(f.removable().isEmpty());
        f.change([&](RoutingRepository& routing) { return routing.release(held[0].hold.id); });
        QCOMPARE(f.reader()->routing().pending(1)->first().afterRule, u"check"_s);
        QVERIFY(f.reader()->routing().held(0, 10)->isEmpty());
        const auto again = f.fixture.ledger().writer().run(
            [&](store::WriteSession& session) { return RoutingRepository(session.database).release(held[0].hold.id); });
        QVERIFY(!again && again.error().code == ErrorCode::InvalidArgument);
    }

    void whatIsReleasedForAnotherCauseIsJudgedAgainFromWhereItWas()
    {
        Fixture f;
        const auto id = f.enter(1);
        f.change([&](RoutingRepository& routing) {
            return routing
                .add(SpoolHold{0, id, HoldReason::DestinationMissing, u"b"_s, {}, u"GONE"_s, u"a"_s, f.clock.now()})
                .and_then([&] { return routing.setState(id, RoutingState::Routed); });
        });
        const auto hold = f.reader()->routing().held(0, 10)->first().hold.id;
        f.change([&](RoutingRepository& routing) { return routing.release(hold); });
        QCOMPARE(f.reader()->routing().pending(1)->first().afterRule, u"a"_s);
    }

    void whatAPersonDropsMayGo()
    {
        Fixture f;
        const auto id = f.enter(1);
        f.change([&](RoutingRepository& routing) {
            return routing.add(SpoolHold{0, id, HoldReason::Rule, u"check"_s, {}, {}, {}, f.clock.now()}).and_then([&] {
                return routing.setState(id, RoutingState::Routed);
            });
        });
        const auto hold = f.reader()->routing().held(0, 10)->first().hold.id;
        f.change([&](RoutingRepository& routing) { return routing.drop(hold); });
        QVERIFY(f.pending().isEmpty());
        QCOMPARE(f.removable(), QList<qint64>{id});
    }

    void whereItWentIsKnown()
    {
        Fixture f;
        const auto id = f.enter(1);
        f.deliver(id, u"A"_s, store::DeliveryState::Stored);
        f.deliver(id, u"B"_s, store::DeliveryState::Stored);
        auto wait = f.wait(id);
        wait.destination = u"C"_s;
        f.change([&](RoutingRepository& routing) { return routing.add(wait); });
        auto names = f.reader()->routing().destinationsOf(id).value();
        names.sort();
        QCOMPARE(names, (QStringList{u"A"_s, u"B"_s, u"C"_s}));
        QCOMPARE(f.reader()->routing().memberOf(u"1.1"_s, {u"a"_s, u"b"_s}).value(), u"b"_s);
        QCOMPARE(f.reader()->routing().memberOf(u"1.1"_s, {u"x"_s}).value(), QString());
        QCOMPARE(f.reader()->routing().memberOf(u"1.2"_s, {u"a"_s}).value(), QString());
    }

    void onlyWhatIsFinalEverywhereMayGo_data()
    {
        using store::DeliveryState;
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("mayGo");
        QTest::newRow("pending") << int(DeliveryState::Pending) << false;
        QTest::newRow("waiting") << int(DeliveryState::Waiting) << false;
        QTest::newRow("stored") << int(DeliveryState::Stored) << true;
        QTest::newRow("stored with warning") << int(DeliveryState::StoredWithWarning) << true;
        QTest::newRow("rejected") << int(DeliveryState::Rejected) << false;
        QTest::newRow("cancelled") << int(DeliveryState::Cancelled) << true;
    }
    void onlyWhatIsFinalEverywhereMayGo()
    {
        QFETCH(const int, state);
        QFETCH(const bool, mayGo);
        Fixture f;
        const auto id = f.enter(1);
        QVERIFY(f.removable().isEmpty()); // not routed
        f.deliver(id, u"A"_s, store::DeliveryState::Stored);
        QCOMPARE(f.removable(), QList<qint64>{id});
        const auto job = f.deliver(id, u"B"_s, static_cast<store::DeliveryState>(state));
        QCOMPARE(f.removable().contains(id), mayGo);
        QCOMPARE(f.reader()->routing().isSettled(id).value(), mayGo);
        f.run([&](store::WriteSession& session) { return session.jobs.setSettled(job, true); });
        const bool isRejected = static_cast<store::DeliveryState>(state) == store::DeliveryState::Rejected;
        QCOMPARE(f.removable().contains(id), mayGo || isRejected);
        f.run([&](store::WriteSession& session) { return session.spool.remove(id); });
        QVERIFY(f.reader()->routing().destinationsOf(id)->isEmpty());
    }

    void aDeliveryTheLedgerLostStaysOpenWhileItsJobIsThere()
    {
        Fixture f;
        const auto id = f.enter(1);
        const auto job = f.deliver(id, u"A"_s, store::DeliveryState::Stored);
        f.run([&](store::WriteSession& session) {
            return session.database.exec(u"DELETE FROM attempts"_s).and_then([&] {
                return session.database.exec(u"DELETE FROM deliveries"_s);
            });
        });
        QVERIFY(f.removable().isEmpty());
        QVERIFY(!f.reader()->routing().isSettled(id).value());
        f.run([&](store::WriteSession& session) { // as ledger.keep_days lets it go
            return session.database.exec(u"DELETE FROM jobs WHERE id = %1"_s.arg(job.value));
        });
        QCOMPARE(f.removable(), QList<qint64>{id});
    }

    void theReportSaysWhyInstancesAreThere()
    {
        Fixture f;
        const auto sent = f.enter(1);
        f.deliver(sent, u"A"_s, store::DeliveryState::Stored);
        const auto half = f.enter(2);
        f.deliver(half, u"A"_s, store::DeliveryState::Pending);
        f.deliver(half, u"B"_s, store::DeliveryState::Rejected);
        const auto waits = f.enter(3);
        f.change([&](RoutingRepository& routing) {
            return routing.add(f.wait(waits)).and_then([&] { return routing.setState(waits, RoutingState::Routed); });
        });
        f.enter(4);
        const auto report = f.reader()->routing().report();
        QVERIFY(report.has_value());
        QCOMPARE(report->all, (store::SpoolShare{4, 4000}));
        QCOMPARE(report->unrouted.instances, 1);
        QCOMPARE(report->kept.instances, 1);
        QCOMPARE(report->waiting.instances, 1);
        QCOMPARE(report->held.instances, 0);
        QCOMPARE(report->undelivered, (QList<store::DestinationShare>{{u"A"_s, {1, 1000}}}));
        QCOMPARE(report->rejected, (QList<store::DestinationShare>{{u"B"_s, {1, 1000}}}));
        QCOMPARE(report->oldestUndelivered, std::optional(f.clock.now()));
    }
};

QTEST_GUILESS_MAIN(TestRoutingRepository)
#include "TestRoutingRepository.moc"
