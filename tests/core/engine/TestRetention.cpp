#include "core/engine/Retention.h"
#include "core/engine/SpoolMending.h"
#include "core/net/fileMeta.h"
#include "core/spool/Intake.h"
#include "core/spool/Spool.h"
#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerReader.h"
#include "core/store/RoutingRepository.h"
#include "core/store/SpoolRepository.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/ManualClock.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::DeliveryState;
using store::RoutingState;

namespace {

struct Fixture
{
    Fixture() { reopen(); }

    void reopen()
    {
        retention.reset();
        spool.reset();
        ledger.open(&clock);
        spool::SpoolParams params;
        params.folder = ledger.folder() + u"/spool"_s;
        params.durability = spool::Durability::Process;
        spool = std::move(*spool::Spool::open(ledger.ledger(), params));
        retention = std::make_unique<engine::Retention>(ledger.ledger(), *spool, clock, 1h);
    }

    qint64 receive(const QByteArray& uid)
    {
        const auto intake = spool->makeIntake();
        const auto head = net::encodeFileMeta({test::kCtImageStorage, uid, "1.2.840.10008.1.2", "CT1"});
        const auto first = std::as_bytes(std::span(head));
        intake->begin({{test::kCtImageStorage}, {uid}, {"1.2.840.10008.1.2"}, {u"CT1"_s, {}, {}},
            std::vector<std::byte>(first.begin(), first.end()), {}});
        const auto data = test::ctImage(uid);
        const auto bytes = std::as_bytes(std::span(data.constData(), static_cast<std::size_t>(data.size())));
        intake->write(std::span(&bytes, 1));
        return intake->finish()->id;
    }

    void change(const std::function<Result<>(store::WriteSession&)>& work)
    {
        if (const auto done = ledger.ledger().writer().run(work); !done) {
            qFatal("%s", qPrintable(done.error().detail));
        }
    }

    void setRouting(qint64 id, RoutingState state)
    {
        change([=](auto& session) { return store::RoutingRepository(session.database).setState(id, state); });
    }

    JobId deliver(qint64 id, DeliveryState state)
    {
        const auto job = ledger.ledger().writer().nextJobId();
        change([&](store::WriteSession& session) {
            auto& database = session.database;
            store::RoutingRepository routing(database);
            const auto delivery = store::deliveryId(job, 1);
            const Result<> steps[] = {session.jobs.insert(job, test::makeJob(), clock.now()),
                database.exec(u"INSERT OR IGNORE INTO folders VALUES (1, '/')"_s),
                database.exec(
                    u"INSERT OR IGNORE INTO series VALUES (1, '', '', '', '', '', '', '', '', '', '', '', '', 0)"_s),
                database.exec(u"INSERT INTO instances VALUES (%1, 1, 'f', NULL, 1, 1, 1, 1, "
                              "(SELECT min(id) FROM contexts), 1, '1.1')"_s.arg(job.value)),
                database.exec(
                    u"INSERT INTO deliveries (id, instance_id, state) VALUES (%1, %2, %3)"_s.arg(delivery.value)
                        .arg(job.value)
                        .arg(static_cast<int>(state))),
                database.exec(u"INSERT INTO attempts (delivery_id, number, started_at, duration_us, bytes) VALUES "
                              "(%1, 1, %2, 1, 1)"_s.arg(delivery.value)
                                  .arg(clock.now().time_since_epoch().count())),
                routing.link(id, delivery), routing.setState(id, RoutingState::Routed)};
            for (const auto& step : steps) {
                if (!step) {
                    return step;
                }
            }
            return Result<>();
        });
        return job;
    }

    bool isThere(qint64 id) const { return QFile::exists(QString::fromLocal8Bit(spool->folder().pathOf(id))); }

    test::ManualClock clock;
    test::LedgerFixture ledger;
    std::unique_ptr<spool::Spool> spool;
    std::unique_ptr<engine::Retention> retention;
};

} // namespace

class TestRetention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsDeliveredGoesAfterTheTime()
    {
        Fixture f;
        const auto id = f.receive("1.1");
        f.clock.advance(30min);
        f.deliver(id, DeliveryState::Stored);
        f.clock.advance(59min); // since it was sent
        QCOMPARE(f.retention->pass({}).value(), 0);
        QVERIFY(f.isThere(id));
        const auto before = f.spool->space().used();
        f.clock.advance(1min);
        QCOMPARE(f.retention->pass({}).value(), 1);
        QVERIFY(f.retention->isAround());
        QVERIFY(!f.isThere(id));
        QVERIFY(f.spool->space().used() < before);
    }

    void whatSomethingIsLeftToDoWithStaysForEver_data()
    {
        QTest::addColumn<int>("routing");
        QTest::addColumn<int>("delivery");
        QTest::newRow("not routed") << int(RoutingState::Pending) << -1;
        QTest::newRow("wanted by no rule") << int(RoutingState::Unmatched) << -1;
        QTest::newRow("pending") << int(RoutingState::Routed) << int(DeliveryState::Pending);
        QTest::newRow("waiting") << int(RoutingState::Routed) << int(DeliveryState::Waiting);
        QTest::newRow("rejected") << int(RoutingState::Routed) << int(DeliveryState::Rejected);
    }
    void whatSomethingIsLeftToDoWithStaysForEver()
    {
        QFETCH(const int, routing);
        QFETCH(const int, delivery);
        Fixture f;
        const auto kept = f.receive("1.1");
        f.spool->space().setLimits({0, 1}); // however short room is
        if (delivery >= 0) {
            f.deliver(kept, static_cast<DeliveryState>(delivery));
        } else {
            f.setRouting(kept, static_cast<RoutingState>(routing));
        }
        f.clock.advance(24h * 365);
        QVERIFY(f.spool->space().isTight());
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(f.retention->pass({}).value(), 0);
        }
        QVERIFY(f.isThere(kept));
    }

    void aSettledJobLetsItsRejectedGo()
    {
        Fixture f;
        const auto id = f.receive("1.1");
        const auto job = f.deliver(id, DeliveryState::Rejected);
        f.clock.advance(2h);
        QCOMPARE(f.retention->pass({}).value(), 0);
        f.change([job](store::WriteSession& session) { return session.jobs.setSettled(job, true); });
        QCOMPARE(f.retention->pass({}).value() + f.retention->pass({}).value(), 1);
        QVERIFY(!f.isThere(id));
    }

    void heldAndWaitingStay()
    {
        Fixture f;
        const auto held = f.receive("1.1");
        const auto waiting = f.receive("1.2");
        f.deliver(held, DeliveryState::Stored);
        f.deliver(waiting, DeliveryState::Stored);
        f.change([&](store::WriteSession& session) {
            store::RoutingRepository routing(session.database);
            store::SpoolWait wait;
            wait.spoolId = waiting;
            wait.destination = u"PACS"_s;
            return routing.add(store::SpoolHold{0, held, store::HoldReason::Rule, u"r"_s, {}, {}, {}, f.clock.now()})
                .and_then([&] { return routing.add(wait); });
        });
        f.clock.advance(24h);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(f.retention->pass({}).value(), 0);
        }
    }

    void roomIsMadeOfWhatIsDeliveredBeforeItsTime()
    {
        Fixture f;
        const auto delivered = f.receive("1.1");
        const auto open = f.receive("1.2");
        f.deliver(delivered, DeliveryState::Stored);
        f.deliver(open, DeliveryState::Pending);
        QCOMPARE(f.retention->pass({}).value(), 0);
        f.spool->space().setLimits({0, f.spool->space().used()});
        QCOMPARE(f.retention->pass({}).value() + f.retention->pass({}).value(), 1);
        QVERIFY(!f.isThere(delivered));
        QVERIFY(f.isThere(open));
    }

    void whatIsMoreThanAPageGoesInPages()
    {
        Fixture f;
        for (int i = 0; i < 501; ++i) {
            f.setRouting(f.receive("1." + QByteArray::number(i)), RoutingState::Dropped);
        }
        f.clock.advance(2h);
        const auto commits = f.ledger.ledger().writer().commitCount();
        QCOMPARE(f.retention->pass({}).value(), 500);
        QVERIFY(f.ledger.ledger().writer().commitCount() - commits <= 2); // marked, and gone
        QVERIFY(!f.retention->isAround());
        QCOMPARE(f.retention->pass({}).value(), 1);
        QVERIFY(f.retention->isAround());
    }

    void whereRoomIsShortNoMoreGoesThanItTakes()
    {
        Fixture f;
        for (int i = 0; i < 60; ++i) {
            f.deliver(f.receive("1." + QByteArray::number(i)), DeliveryState::Stored);
        }
        f.spool->space().setLimits({0, f.spool->space().used()});
        QVERIFY(f.spool->space().isTight());
        QCOMPARE(f.retention->pass({}).value(), 50);
        QVERIFY(!f.spool->space().isTight());
        QCOMPARE(f.retention->pass({}).value(), 0);
    }

    void whatSurvivesItsRemovalIsNotSentAgain()
    {
        Fixture f;
        const auto id = f.receive("1.1");
        f.setRouting(id, RoutingState::Dropped);
        f.clock.advance(2h);
        const auto path = QString::fromLocal8Bit(f.spool->folder().pathOf(id));
        QVERIFY(QFile::rename(path, path + u".kept"_s) && QDir().mkdir(path)); // no unlink() takes a folder
        const auto used = f.spool->space().used();
        QCOMPARE(f.retention->pass({}).value(), 0);
        QCOMPARE(f.spool->space().used(), used);
        QVERIFY(QDir().rmdir(path) && QFile::rename(path + u".kept"_s, path));
        f.reopen();
        QVERIFY(f.spool->check({}));
        QVERIFY((*f.ledger.ledger().openReader())->routing().pending(10)->isEmpty());
        QCOMPARE(f.retention->pass({}).value(), 1);
        QVERIFY(!f.isThere(id));
    }

    void whatDiedOnItsWayOutIsKnownAgain()
    {
        Fixture f;
        const auto id = f.receive("1.1");
        f.deliver(id, DeliveryState::Stored);
        // As after a kill between the mark and the removal of the file.
        f.change([id](store::WriteSession& session) { return session.spool.setState(id, store::SpoolState::Missing); });
        f.reopen();
        QCOMPARE(f.spool->check({})->revived, 1);
        const auto reader = f.ledger.ledger().openReader();
        QVERIFY((*reader)->routing().pending(10)->isEmpty());
        QCOMPARE((*reader)->routing().destinationsOf(id)->size(), 1);
        f.clock.advance(2h);
        QCOMPARE(f.retention->pass({}).value(), 1);
    }

    /// As after a kill between the removal of the file and that of its row.
    void aRowWithoutFileGoesWhenNothingIsLeftToBeDone()
    {
        Fixture f;
        const auto settled = f.receive("1.1");
        const auto unsent = f.receive("1.2");
        f.deliver(settled, DeliveryState::Stored);
        f.deliver(unsent, DeliveryState::Pending);
        for (const auto id : {settled, unsent}) {
            f.change(
                [id](store::WriteSession& session) { return session.spool.setState(id, store::SpoolState::Missing); });
            QVERIFY(f.spool->folder().remove(id));
        }
        f.reopen();
        QVERIFY(f.spool->check({}));
        QCOMPARE(engine::mendSpool(f.ledger.ledger(), {})->tidied, 1);
        const auto reader = f.ledger.ledger().openReader();
        QVERIFY(!(*reader)->spool().find(settled).value());
        QVERIFY((*reader)->spool().find(unsent).value().has_value());
    }

    void aClockThatIsSetBackRemovesNothingEarly()
    {
        Fixture f;
        const auto id = f.receive("1.1");
        f.deliver(id, DeliveryState::Stored);
        f.clock.jump(-24h);
        f.clock.advance(2h);
        QCOMPARE(f.retention->pass({}).value() + f.retention->pass({}).value(), 0);
        QVERIFY(f.isThere(id));
    }
};

QTEST_GUILESS_MAIN(TestRetention)
#include "TestRetention.moc"
