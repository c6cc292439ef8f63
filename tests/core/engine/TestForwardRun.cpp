#include "core/engine/SpoolMending.h"
#include "tests/core/engine/ForwardFixture.h"

#include "core/queue/Receipt.h"

#include <QDeadlineTimer>
#include <QTest>

#include <algorithm>
#include <semaphore>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::HoldReason;
using store::RoutingState;
using test::ForwardFixture;

namespace {

using Counts = std::map<QString, qint64>;

const QByteArray kByModality = R"(
[[rule]]
name = "ct"
when = { modality = "CT" }
send = ["PACS", "AI"]
[[rule]]
name = "mr"
when = { modality = "MR" }
send = "PACS"
)";

const QByteArray kByStudy = R"(
[[rule]]
name = "whole"
send = "PACS"
trigger = "study"
quiet = "30s"
)";

const QByteArray kHold = R"(
[[rule]]
name = "look"
action = "hold"
reason = "a person has to look"
[[rule]]
name = "all"
send = "PACS"
)";

const QByteArray kOnlyMissing = R"(
[[rule]]
name = "rest"
send = { to = "PACS", only_missing = true }
)";

/// A destination that says what it has, or that it cannot.
class Archive final : public engine::ProofAsker
{
public:
    using Answer = std::function<Result<Instances>()>;
    explicit Archive(Answer answer)
        : m_answer(std::move(answer))
    {
    }
    Result<> commit(
        const config::Destination&, const net::CommitmentRequest&, const Watch&, const CancelToken&) override
    {
        return fail(ErrorCode::ServiceNotOffered);
    }
    Result<Instances> instances(
        const config::Destination&, const StudyInstanceUid&, const SeriesInstanceUid&, const CancelToken&) override
    {
        return m_answer();
    }

private:
    const Answer m_answer;
};

void ask(ForwardFixture& f, Archive::Answer answer)
{
    f.presence = std::make_unique<engine::PresenceDesk>(
        [answer = std::move(answer)] { return std::make_unique<Archive>(answer); }, f.queue.clock);
    f.restart();
}

qint64 alreadyThere(ForwardFixture& f, JobId job)
{
    const auto reader = f.reader();
    return queue::makeReceipt(*reader, job, f.queue.clock.now())->alreadyThereCount();
}

/// Turns until each of @p count instances is told as placed.
bool awaitPlaced(ForwardFixture& f, std::size_t count)
{
    const auto isPlaced = [&f] {
        return static_cast<std::size_t>(std::count_if(f.routed.begin(), f.routed.end(),
            [](const auto& told) { return !told.destinations.isEmpty() || !told.alreadyThere.isEmpty(); }));
    };
    const QDeadlineTimer limit(30'000);
    while (isPlaced() < count && !limit.hasExpired()) {
        f.queue.clock.advance(500ms);
        f.turn();
    }
    return isPlaced() == count;
}

} // namespace

class TestForwardRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesDecideWhereInstancesGo()
    {
        ForwardFixture f(kByModality);
        f.receive("1.1");
        f.receive("1.2", {"1.2.4", "MR"});
        f.receive("1.3", {"1.2.5", "US"});
        f.turn();
        QVERIFY(f.ok);
        QCOMPARE(f.deliveries(), (Counts{{u"AI"_s, 1}, {u"PACS"_s, 2}}));
        QCOMPARE(f.routed.size(), 3U);
        QCOMPARE(f.routed[0].destinations, (QStringList{u"PACS"_s, u"AI"_s}));
        QCOMPARE(f.routed[0].rules, QStringList{u"ct"_s});
        QCOMPARE(f.routed[2].state, RoutingState::Unmatched);
        QCOMPARE(f.run->counters().unmatched, 1);
        QCOMPARE(f.reader()->routing().report()->unmatched.instances, 1);
        QTRY_COMPARE(f.queue.peer.seen().stored.size(), 2);
        f.turn(); // nothing twice
        QCOMPARE(f.deliveries(), (Counts{{u"AI"_s, 1}, {u"PACS"_s, 2}}));
    }

    void whatADestinationHasIsLeftOutAndSaid()
    {
        ForwardFixture f(kOnlyMissing);
        ask(f, [] { return engine::ProofAsker::Instances{{SopInstanceUid{"1.1"}, {}}}; });
        f.receive("1.1");
        f.receive("1.2");
        f.turn();
        QVERIFY(awaitPlaced(f, 2));
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        QCOMPARE(f.jobs().size(), 1);
        QCOMPARE(alreadyThere(f, f.jobs().front().id), 1);
        QCOMPARE(f.run->counters().alreadyThere, 1);
        QTRY_COMPARE(f.queue.peer.seen().stored.size(), 1);
        QCOMPARE(f.reader()->routing().report()->unmatched.instances, 0);
        f.queue.clock.advance(60s);
        f.turn();
        QTRY_COMPARE(f.jobs().front().state, store::JobState::Finished);
        QVERIFY(f.ok);
    }

    void aNewVersionIsSentAlthoughTheDestinationHasItsUid()
    {
        ForwardFixture f(kOnlyMissing);
        ask(f, [] { return engine::ProofAsker::Instances{{SopInstanceUid{"1.1"}, {}}}; });
        f.receive("1.1");
        f.receive("1.1"); // with another content
        QVERIFY(awaitPlaced(f, 2));
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        QCOMPARE(f.run->counters().alreadyThere, 1);
        QVERIFY(f.ok);
    }

    void whatIsLeftOutIsDoneAndNotAskedAboutAgain()
    {
        ForwardFixture f(kOnlyMissing);
        ask(f, [] { return engine::ProofAsker::Instances{{SopInstanceUid{"1.1"}, {}}, {SopInstanceUid{"1.2"}, {}}}; });
        const auto first = f.receive("1.1"); // waits for the answer
        QVERIFY(awaitPlaced(f, 1));
        const auto second = f.receive("1.2"); // the answer is there
        QVERIFY(awaitPlaced(f, 2));
        qint64 lost = -1;
        f.change([&](store::RoutingRepository& routing) {
            return routing.rerouteLost(0, second).map([&lost](qint64 count) { lost = count; });
        });
        QCOMPARE(lost, 0);
        QVERIFY(f.reader()->routing().isSettled(first).value() && f.reader()->routing().isSettled(second).value());
        QCOMPARE(f.reader()->routing().report()->kept.instances, 2);
        QCOMPARE(f.reader()->routing().receivedCount(2, u"1.2.3"_s).value(), 2);
        QVERIFY(f.ok);
    }

    void aDestinationThatCannotBeAskedGetsEverything()
    {
        ForwardFixture f(kOnlyMissing);
        ask(f, [] { return Result<engine::ProofAsker::Instances>(fail(ErrorCode::ConnectRefused)); });
        f.receive("1.1");
        f.receive("1.2");
        QVERIFY(awaitPlaced(f, 2));
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 2}}));
        QVERIFY(f.ok);
    }

    void whoAsksAndEndsAsksAgain()
    {
        ForwardFixture f(kOnlyMissing);
        std::binary_semaphore goOn{0};
        ask(f, [&goOn] {
            std::ignore = goOn.try_acquire_for(30s);
            return Result<engine::ProofAsker::Instances>(fail(ErrorCode::Cancelled));
        });
        f.receive("1.1");
        f.turn();
        QCOMPARE(f.routed.back().waiting, QStringList{u"PACS"_s});
        goOn.release();
        f.run.reset();
        f.routed.clear();
        ask(f, [] { return engine::ProofAsker::Instances{{SopInstanceUid{"1.1"}, {}}}; });
        QVERIFY(awaitPlaced(f, 1));
        QCOMPARE(f.routed.back().alreadyThere, QStringList{u"PACS"_s});
        QVERIFY(f.deliveries()[u"PACS"_s] == 0);
    }

    void whatWaitsForAnAnswerIsWrittenOnceAndGoesWithTheAnswer()
    {
        ForwardFixture f(kOnlyMissing);
        std::binary_semaphore goOn{0};
        ask(f, [&goOn] {
            std::ignore = goOn.try_acquire_for(30s);
            return engine::ProofAsker::Instances{{SopInstanceUid{"1.1"}, {}}};
        });
        std::binary_semaphore isAnswered{0};
        f.presence->setOnAnswer([&isAnswered] { isAnswered.release(); });
        f.receive("1.1");
        f.turn();
        const auto due = f.reader()->routing().nextDue().value();
        QVERIFY(due && *due >= f.queue.clock.now() + 2s);
        f.queue.clock.advance(1s);
        f.turn();
        QCOMPARE(f.reader()->routing().nextDue().value(), due);
        goOn.release();
        QVERIFY(isAnswered.try_acquire_for(30s));
        f.turn(); // at the same moment
        QCOMPARE(f.routed.back().alreadyThere, QStringList{u"PACS"_s});
        QVERIFY(f.ok);
    }

    void aRuleThatAlwaysSendsWins()
    {
        ForwardFixture f(kOnlyMissing + "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
        ask(f, [] { return engine::ProofAsker::Instances{{SopInstanceUid{"1.1"}, {}}}; });
        f.receive("1.1");
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
    }

    void whatIsJudgedAgainIsCountedOnce()
    {
        ForwardFixture f(kByModality);
        f.receive("1.1", {"1.2.5", "US"});
        f.receive("1.2", {"1.2.5", "US"});
        f.turn();
        QCOMPARE(f.run->counters().unmatched, 2);
        f.change([](store::RoutingRepository& routing) {
            qint64 after = 0;
            return routing.decideUnmatched(RoutingState::Pending, after, 10).map([](qint64) {});
        });
        f.turn();
        QVERIFY(f.ok);
        QCOMPARE(f.routed.size(), 4U);
        QCOMPARE(f.run->counters().unmatched, 2);
    }

    void aStudyIsOneJobForEachDestinationWhileItComes()
    {
        ForwardFixture f(kByModality);
        for (int i = 0; i < 5; ++i) {
            f.receive("1." + QByteArray::number(i));
            f.turn();
            f.queue.clock.advance(20s);
        }
        QCOMPARE(f.jobs().size(), 2);
        QTRY_COMPARE(f.queue.peer.seen().stored.size(), 5); // sent while it grows
        QCOMPARE(f.jobs().front().growth, store::JobGrowth::Growing);
        f.queue.clock.advance(60s);
        f.turn();
        QCOMPARE(f.jobs().front().growth, store::JobGrowth::Sealed);
        QTRY_COMPARE(f.jobs().front().state, store::JobState::Finished);
        f.receive("1.9");
        f.turn();
        QCOMPARE(f.jobs().size(), 4); // what comes late is a job of its own
        QVERIFY(f.ok);
    }

    void aJobIsBounded()
    {
        ForwardFixture f(kByModality);
        f.limits.maxInstances = 3;
        f.restart();
        for (int i = 0; i < 7; ++i) {
            f.receive("1." + QByteArray::number(i), {"1.2.3", "MR"});
        }
        f.turn();
        QCOMPARE(f.jobs().size(), 3);
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 7}}));
        QVERIFY(f.ok);
    }

    void onlySoManyJobsGrow()
    {
        ForwardFixture f(kByModality);
        f.limits.maxOpen = 2;
        f.restart();
        for (int i = 0; i < 6; ++i) {
            f.receive("1." + QByteArray::number(i), {"1.2." + QByteArray::number(i), "MR"});
        }
        f.turn();
        int growing = 0;
        for (const auto& job : f.jobs()) {
            growing += job.growth == store::JobGrowth::Growing ? 1 : 0;
        }
        QCOMPARE(growing, 2);
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 6}}));
    }

    void aBacklogIsReadInPages()
    {
        ForwardFixture f(kByModality);
        for (int i = 0; i < 600; ++i) {
            f.receive("1." + QByteArray::number(i), {"1.2.3", "MR"});
        }
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 600}}));
        QVERIFY(f.ok);
    }

    void whatWasPostedBeforeAKillIsNotQueuedAgain()
    {
        ForwardFixture f(kByModality);
        const auto id = f.receive("1.1");
        f.turn();
        f.change([&](store::RoutingRepository& routing) { return routing.setState(id, RoutingState::Pending); });
        f.restart();
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"AI"_s, 1}, {u"PACS"_s, 1}}));
        QVERIFY(f.reader()->routing().pending(10)->isEmpty());
    }

    void aStudyWaitsUntilNothingMoreComes()
    {
        ForwardFixture f(kByStudy);
        f.receive("1.1");
        f.turn();
        f.queue.clock.advance(20s);
        f.receive("1.2");
        f.turn();
        f.queue.clock.advance(20s);
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        QCOMPARE(f.routed[0].waiting, QStringList{u"PACS"_s});
        QCOMPARE(f.reader()->routing().report()->waiting.instances, 2);
        f.queue.clock.advance(10s);
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 2}}));
        QCOMPARE(f.completed.size(), 1U);
        QCOMPARE(f.completed[0].second, 2);
        QCOMPARE(f.reader()->routing().report()->waiting.instances, 0);
        QVERIFY(f.ok);
    }

    void aWaitGoesOnAfterARestart()
    {
        ForwardFixture f(kByStudy);
        f.receive("1.1");
        f.turn();
        f.queue.clock.advance(20s);
        f.restart();
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        f.queue.clock.advance(10s);
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
    }

    void theAnnouncedCountCompletesAStudy()
    {
        ForwardFixture f(kByStudy);
        f.receive("1.1", {"1.2.3", "CT", "CT1", 3});
        f.receive("1.2", {"1.2.3", "CT", "CT1", 3});
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        f.receive("1.3", {"1.2.3", "CT", "CT1", 3});
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 3}}));
        QVERIFY(f.ok);
    }

    void eachInstanceCountsOnceHoweverManyRulesWait()
    {
        ForwardFixture f(
            kByStudy + QByteArray(kByStudy).replace("PACS", "BACKUP").replace("name = \"", "name = \"other "));
        for (const auto* uid : {"1.1", "1.2", "1.3"}) {
            f.receive(uid, {"1.2.3", "CT", "CT1", 4});
            f.turn();
            QCOMPARE(f.deliveries(), Counts());
        }
        f.receive("1.4", {"1.2.3", "CT", "CT1", 4});
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"BACKUP"_s, 4}, {u"PACS"_s, 4}}));
        QCOMPARE(f.run->counters().routed.load(), 4); // and not once more for each wait that ended
        QVERIFY(f.ok);
    }

    void withManualAHandCompletesAStudy()
    {
        ForwardFixture f(QByteArray(kByStudy).replace("30s", "manual"));
        f.receive("1.1");
        f.turn();
        f.queue.clock.advance(24h * 30);
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        f.change([&](store::RoutingRepository& routing) {
            return routing.complete(static_cast<int>(config::Trigger::Study), u"1.2.3"_s, f.queue.clock.now())
                .map([](qint64) {});
        });
        f.receive("1.2"); // came after the word
        f.run->rereadWaits();
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        QCOMPARE(f.reader()->routing().waitingGroups()->first().waiting, 1);
        QVERIFY(f.ok);
    }

    void whatCannotBeNotedIsNotSentWithoutEnd()
    {
        ForwardFixture f(kByModality);
        f.ok = f.ok && f.queue.ledger.ledger().writer().run([](store::WriteSession& session) {
            return session.database.exec(u"CREATE TRIGGER broken BEFORE INSERT ON spool_deliveries "
                                         "BEGIN SELECT RAISE(ABORT, 'broken'); END"_s);
        });
        f.receive("1.1", {"1.2.3", "MR"});
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!f.run->turn({}));
        }
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        QVERIFY(f.routed.empty());
        QCOMPARE(f.reader()->routing().pending(10)->size(), 1);
    }

    void aDelayIsKept()
    {
        ForwardFixture f("[[rule]]\nname = \"late\"\nsend = { to = \"PACS\", delay = \"10min\" }\n");
        f.receive("1.1");
        f.turn();
        f.queue.clock.advance(9min);
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        f.queue.clock.advance(1min);
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
    }

    void aDelayBeginsAnewWhenTheClockWasSetBack()
    {
        ForwardFixture f("[[rule]]\nname = \"late\"\nsend = { to = \"PACS\", delay = \"10min\" }\n");
        f.receive("1.1");
        f.turn();
        f.queue.clock.jump(-1h);
        f.queue.clock.advance(90s);
        f.turn(); // it is noticed
        QCOMPARE(f.deliveries(), Counts());
        f.queue.clock.advance(9min);
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        f.queue.clock.advance(1min);
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
    }

    /// As after a ledger was restored or mended.
    void whatLostItsDeliveriesIsRoutedAnew()
    {
        ForwardFixture f(kByModality);
        const auto whole = f.receive("1.1");
        const auto first = f.receive("1.2");
        const auto second = f.receive("1.3");
        f.turn();
        QTRY_COMPARE(f.queue.peer.seen().submits, 6);
        QVERIFY(f.queue.ledger.ledger().writer().flush());
        f.sql({u"DELETE FROM attempts WHERE delivery_id IN (SELECT delivery_id FROM spool_deliveries "
               "WHERE spool_id = %1)"_s.arg(first),
            u"DELETE FROM deliveries WHERE id IN (SELECT delivery_id FROM spool_deliveries WHERE spool_id = %1)"_s.arg(
                first),
            u"DELETE FROM spool_deliveries WHERE spool_id = %1"_s.arg(second)});
        const auto mended = engine::mendSpool(f.queue.ledger.ledger(), {});
        QVERIFY(mended);
        QCOMPARE(mended->rerouted, 2);
        const auto pending = f.reader()->routing().pending(10).value();
        QCOMPARE(pending.size(), 2);
        QVERIFY(pending[0].id != whole && pending[1].id != whole);
        f.turn();
        QCOMPARE(
            f.reader()->routing().destinationsOf(first)->size(), f.reader()->routing().destinationsOf(whole)->size());
        QCOMPARE(f.reader()->routing().destinationsOf(second)->size(), 2);
        QCOMPARE(engine::mendSpool(f.queue.ledger.ledger(), {})->rerouted, 0);
        QVERIFY(f.ok);
    }

    void aJobThatLeftTheLedgerIsNoLoss()
    {
        ForwardFixture f(kByModality);
        f.receive("1.1");
        f.turn();
        f.queue.dispatcher.reset();
        f.sql({u"DELETE FROM attempts"_s, u"DELETE FROM deliveries"_s, u"DELETE FROM job_series"_s,
            u"DELETE FROM job_contexts"_s, u"DELETE FROM job_totals"_s, u"DELETE FROM jobs"_s});
        QCOMPARE(engine::mendSpool(f.queue.ledger.ledger(), {})->rerouted, 0);
        QVERIFY(f.ok);
    }

    void hoursOfARuleAreKept()
    {
        ForwardFixture f;
        const auto local = QDateTime::fromMSecsSinceEpoch(f.queue.clock.now().time_since_epoch().count()).time();
        const auto text = [&](int hours) { return local.addSecs(hours * 3600).toString(u"HH:mm"_s).toLatin1(); };
        f.setRules(
            "[[rule]]\nname = \"night\"\nsend = { to = \"PACS\", hours = \"" + text(2) + "-" + text(4) + "\" }\n");
        f.receive("1.1");
        f.turn();
        f.queue.clock.advance(119min);
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        f.queue.clock.advance(1min);
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        QVERIFY(f.jobs().front().destinationContract.contains(QString::fromLatin1(text(2) + "-" + text(4))));
    }

    void whatIsHeldGoesOnBehindTheRule()
    {
        ForwardFixture f(kHold);
        f.receive("1.1");
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        const auto held = f.held();
        QCOMPARE(held.size(), 1);
        QCOMPARE(held[0].hold.reason, HoldReason::Rule);
        QCOMPARE(held[0].hold.text, u"a person has to look"_s);
        f.change([&](store::RoutingRepository& routing) { return routing.release(held[0].hold.id); });
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        QVERIFY(f.held().isEmpty());
    }

    void aProfileThatCannotBeCarriedOutSendsNothing()
    {
        ForwardFixture f; // the parser knows no profile yet
        config::Rule rule;
        rule.name = u"deid"_s;
        rule.sends.resize(2);
        rule.sends[0].to = u"AI"_s;
        rule.sends[0].profile = u"research"_s;
        rule.sends[1].to = u"PACS"_s;
        f.rules.use(*route::RuleBook::compile({{}, {rule}}));
        f.receive("1.1");
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        const auto held = f.held();
        QCOMPARE(held.size(), 1);
        QCOMPARE(held[0].hold.reason, HoldReason::TransformMissing);
        QCOMPARE(held[0].hold.destination, u"AI"_s);
        QCOMPARE(held[0].hold.text, u"research"_s);
    }

    void aDestinationThatIsGoneHolds()
    {
        ForwardFixture f(kByModality);
        f.destinations.erase(u"AI"_s);
        f.receive("1.1");
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 1}}));
        const auto held = f.held();
        QCOMPARE(held.size(), 1);
        QCOMPARE(held[0].hold.reason, HoldReason::DestinationMissing);
        f.destinations[u"AI"_s] = f.destinations[u"PACS"_s];
        f.destinations[u"AI"_s].name = u"AI"_s;
        f.change([&](store::RoutingRepository& routing) { return routing.release(held[0].hold.id); });
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"AI"_s, 1}, {u"PACS"_s, 1}}));
    }

    void whatIsJudgedWhileTheConfigurationChangesIsNotHeld()
    {
        ForwardFixture f("[[rule]]\nname = \"a\"\nsend = \"PACS\"\n");
        f.onLookup = [&f] {
            f.onLookup = {};
            f.setRules("[[rule]]\nname = \"b\"\nsend = \"BACKUP\"\n");
            f.destinations.erase(u"PACS"_s);
        };
        f.receive("1.1");
        f.turn();
        QVERIFY(f.held().isEmpty());
        QCOMPARE(f.deliveries(), (Counts{{u"BACKUP"_s, 1}}));
    }

    void aDestinationThatGoesWhileItWaitsHolds()
    {
        ForwardFixture f(kByStudy);
        f.receive("1.1");
        f.turn();
        f.destinations.erase(u"PACS"_s);
        f.queue.clock.advance(31s);
        f.turn();
        QCOMPARE(f.deliveries(), Counts());
        QCOMPARE(f.held().size(), 1);
        QCOMPARE(f.reader()->routing().report()->waiting.instances, 0);
    }

    void aFileThatIsGoneIsHeldAndSaid()
    {
        ForwardFixture f(kByModality);
        ForwardFixture::Wish wish;
        wish.hasFile = false;
        f.receive("1.1", wish);
        f.turn();
        QCOMPARE(f.held().size(), 1);
        QCOMPARE(f.held().front().hold.reason, HoldReason::FileMissing);
        QVERIFY(f.reader()->routing().pending(10)->isEmpty());
    }

    void whatARuleDropsGoesNowhere()
    {
        ForwardFixture f("[[rule]]\nname = \"none\"\naction = \"drop\"\nreason = \"scouts\"\n");
        f.receive("1.1");
        f.turn();
        QCOMPARE(f.routed[0].state, RoutingState::Dropped);
        QCOMPARE(f.routed[0].reason, u"scouts"_s);
        QCOMPARE(f.deliveries(), Counts());
    }

    void aStudyStaysWithItsMemberOfABalancedGroup()
    {
        ForwardFixture f("[[group]]\nname = \"both\"\nkind = \"balance\"\nmembers = [\"PACS\", \"BACKUP\"]\n"
                         "[[rule]]\nname = \"all\"\nsend = \"both\"\n");
        f.receive("1.1");
        f.turn();
        const auto first = f.routed[0].destinations.first();
        const QString other = first == u"PACS" ? u"BACKUP"_s : u"PACS"_s;
        f.health.setDown(first, 1min);
        f.receive("1.2");
        f.turn();
        QCOMPARE(f.routed[1].destinations, QStringList{other});
        f.health.setUp(first);
        f.restart(); // only the ledger remembers
        f.receive("1.3");
        f.turn();
        QCOMPARE(f.routed[2].destinations, QStringList{other});
    }

    void aVersionOfTheSameInstanceIsSentToo()
    {
        ForwardFixture f(kByModality);
        f.receive("1.1", {"1.2.3", "MR"});
        f.turn();
        f.receive("1.1", {"1.2.3", "MR"});
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 2}}));
    }

    void aFullDiskLosesAndDoublesNothing()
    {
        ForwardFixture f(kByModality);
        auto& writer = f.queue.ledger.ledger().writer();
        for (int i = 0; i < 200; ++i) {
            f.receive("1." + QByteArray::number(i), {"1.2.3", "MR"});
        }
        writer.setMaxPages(1);
        QVERIFY(!f.run->turn({}));
        QVERIFY(!f.run->turn({}));
        writer.setMaxPages(0x40000000);
        QTRY_VERIFY(f.run->turn({}).has_value());
        f.turn();
        QCOMPARE(f.deliveries(), (Counts{{u"PACS"_s, 200}}));
        QVERIFY(f.reader()->routing().pending(10)->isEmpty());
        QCOMPARE(f.routed.size(), 200U);
        QTRY_COMPARE(f.queue.peer.seen().stored.size(), 200);
        const auto stored = f.queue.peer.seen().stored;
        QVERIFY(std::all_of(stored.begin(), stored.end(), [](int times) { return times == 1; }));
    }

    void aJobThatIsNotTakenAtOnceIsTakenLater()
    {
        ForwardFixture f(kByModality);
        f.change([&](store::RoutingRepository&) { return Result<>(); });
        f.ok = f.ok && f.queue.ledger.ledger().writer().run([](store::WriteSession& session) {
            return session.database.exec(
                u"CREATE TRIGGER broken BEFORE UPDATE OF state ON jobs WHEN new.state = %1 "
                "BEGIN SELECT RAISE(ABORT, 'broken'); END"_s.arg(static_cast<int>(store::JobState::Stopped)));
        });
        f.queue.setupError = makeError(ErrorCode::Internal); // neither sent nor stopped
        f.receive("1.1", {"1.2.3", "MR"});
        f.turn();
        QCOMPARE(f.jobs().front().state, store::JobState::Active);
        f.queue.setupError.reset();
        f.turn();
        QTRY_COMPARE(f.queue.peer.seen().stored.size(), 1);
        QVERIFY(f.ok);
    }

    void healthLapses()
    {
        test::ManualClock clock;
        engine::DestinationHealth health(clock);
        QVERIFY(health.isHealthy(u"PACS"_s));
        health.setDown(u"PACS"_s, 10s);
        QVERIFY(!health.isHealthy(u"pacs"_s));
        clock.advance(39s);
        QVERIFY(!health.isHealthy(u"PACS"_s));
        clock.advance(1s);
        QVERIFY(health.isHealthy(u"PACS"_s));
    }
};

QTEST_GUILESS_MAIN(TestForwardRun)
#include "TestForwardRun.moc"
