#include "core/engine/ContractProvider.h"
#include "core/engine/JobOptions.h"
#include "core/engine/StandingJobs.h"
#include "core/engine/ruleHours.h"
#include "tests/core/engine/ForwardFixture.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::StandingJobs;
using store::JobGrowth;
using store::JobState;
using test::ForwardFixture;

namespace {

const QByteArray kAll = "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n";

struct Fixture final : ForwardFixture
{
    Fixture()
        : ForwardFixture(kAll)
        , standing({&queue.ledger.ledger(), queue.jobs.get(), queue.dispatcher.get(), &queue.clock,
              [this](const QString& name) {
                  const auto found = destinations.find(name);
                  return found == destinations.end() ? std::nullopt : std::optional(found->second);
              }})
    {
    }

    StandingJobs standing;
};

} // namespace

class TestStandingJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatADeadProcessLeftGoesOn()
    {
        Fixture f;
        f.queue.peer.hold();
        f.receive("1.1");
        f.turn();
        // As after a crash: the job grows in the ledger, and nobody sends it.
        f.queue.dispatcher.reset();
        f.change([&](store::RoutingRepository&) { return Result<>(); });
        const auto id = f.jobs().front().id;
        f.ok = f.ok && f.queue.ledger.ledger().writer().run([&](store::WriteSession& session) {
            return session.jobs.setGrowth(id, JobGrowth::Interrupted);
        });
        f.queue.start();
        f.queue.peer.release();
        StandingJobs standing({&f.queue.ledger.ledger(), f.queue.jobs.get(), f.queue.dispatcher.get(), &f.queue.clock,
            [&](const QString& name) { return std::optional(f.destinations[name]); }});
        standing.begin();
        QVERIFY(!standing.review());
        QTRY_COMPARE(f.jobs().front().state, JobState::Finished);
        QCOMPARE(f.jobs().front().growth, JobGrowth::Sealed);
        QVERIFY(f.ok);
    }

    void whatNobodyHasIsTaken()
    {
        Fixture f;
        f.standing.begin();
        const auto job = f.queue.makeJob(1);
        engine::JobOptions ours;
        ours.isForward = true;
        f.ok = f.ok && f.queue.ledger.ledger().writer().run([&](store::WriteSession& session) {
            return session.database.exec(u"UPDATE jobs SET options = '%1' WHERE id = %2"_s.arg(
                engine::toText(ours), QString::number(job.value)));
        });
        std::ignore = f.standing.review();
        QVERIFY(!f.queue.dispatcher->progress(job));
        f.queue.clock.advance(6min);
        QTRY_VERIFY([&] {
            std::ignore = f.standing.review();
            return f.queue.dispatcher->progress(job).has_value();
        }());
        QVERIFY(f.ok);
    }

    void aDestinationThatIsSetOtherwiseIsTakenUp()
    {
        Fixture f;
        f.queue.peer.hold();
        f.standing.begin();
        f.receive("1.1");
        f.turn();
        f.destinations[u"PACS"_s].port = 4242;
        QCOMPARE(f.standing.destinationsChanged(), QStringList{u"PACS"_s});
        f.run->closeJobs(u"PACS"_s);
        f.queue.peer.release();
        const auto contract = engine::contractText(f.destinations[u"PACS"_s]);
        QTRY_VERIFY([&] {
            f.standing.review();
            return f.jobs().front().destinationContract == contract;
        }());
        QTRY_VERIFY(f.jobs().front().state == JobState::Finished);
        QVERIFY(f.standing.destinationsChanged().isEmpty());
    }

    void nothingGoesToADestinationThatWasTakenOut()
    {
        Fixture f;
        f.standing.begin();
        f.queue.peer.refuseOpen = [](int) { return std::optional(makeError(ErrorCode::ConnectRefused)); };
        f.receive("1.1");
        f.turn();
        const auto pacs = f.destinations[u"PACS"_s];
        f.destinations.erase(u"PACS"_s);
        QCOMPARE(f.standing.destinationsChanged(), QStringList{u"PACS"_s});
        f.run->closeJobs(u"PACS"_s);
        QTRY_VERIFY([&] {
            f.standing.review();
            return f.jobs().front().state == JobState::Stopped &&
                f.jobs().front().stopReason->code == ErrorCode::DestinationNotFound;
        }());
        {
            const auto lock = f.queue.peer.lock();
            f.queue.peer.refuseOpen = {};
        }
        f.destinations[u"PACS"_s] = pacs; // it is back
        std::ignore = f.standing.destinationsChanged();
        QTRY_VERIFY([&] {
            f.standing.review();
            f.queue.clock.advance(1s); // until the lane tries again
            return f.jobs().front().state == JobState::Finished;
        }());
    }

    void whatWasStoppedIsTriedAgain()
    {
        Fixture f;
        f.standing.begin();
        std::atomic<bool> isMended{false};
        f.queue.peer.refuseOpen = [&isMended](int) {
            return isMended ? std::nullopt : std::optional(makeError(ErrorCode::CalledAeNotRecognised));
        };
        f.receive("1.1");
        f.turn();
        QTRY_COMPARE(f.jobs().front().state, JobState::Stopped);
        isMended = true;
        f.standing.review();
        QCOMPARE(f.jobs().front().state, JobState::Stopped);
        f.queue.clock.advance(5min);
        f.turn(); // the job grows no more
        QTRY_VERIFY([&] {
            f.standing.review();
            f.queue.clock.advance(5min);
            return f.jobs().front().state == JobState::Finished;
        }());
    }

    void aFinishedJobGoesOutOfMemory()
    {
        Fixture f;
        f.standing.begin();
        f.receive("1.1");
        f.turn();
        f.queue.clock.advance(61s);
        f.turn();
        const auto job = f.jobs().front().id;
        QTRY_VERIFY(f.queue.isAtRest(job));
        f.standing.cameToRest({job});
        QVERIFY(!f.queue.dispatcher->progress(job));
        f.receive("1.2"); // and its lane still sends
        f.turn();
        QTRY_COMPARE(f.queue.peer.seen().stored.size(), 2);
    }

    void hoursGoThereAndBack()
    {
        const QList<config::HoursWindow> hours{{QTime(22, 0), QTime(6, 0)}, {QTime(12, 30), QTime(13, 0)}};
        QCOMPARE(engine::hoursToText(hours), u"22:00-06:00,12:30-13:00"_s);
        QCOMPARE(engine::hoursFromText(u"22:00-06:00,12:30-13:00"_s), hours);
        QVERIFY(engine::hoursFromText(u"x-y,"_s).isEmpty());
        QVERIFY(!engine::hoursOpenAt({}, Clock::WallTime()));
        config::Destination own;
        own.hours = config::HoursWindow{QTime(1, 0), QTime(2, 0)};
        QCOMPARE(engine::withRuleHours(own, u"22:00-06:00"_s).hours, own.hours);
        QCOMPARE(engine::withRuleHours({}, u"22:00-06:00"_s).hours->from, QTime(22, 0));
        QVERIFY(!engine::withRuleHours({}, u"22:00-06:00,12:30-13:00"_s).hours);
    }
};

QTEST_GUILESS_MAIN(TestStandingJobs)
#include "TestStandingJobs.moc"
