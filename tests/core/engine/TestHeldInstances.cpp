#include "core/engine/HeldInstances.h"
#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/RoutingRepository.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::HoldDecision;
using engine::HoldOutcome;

namespace {

struct Fixture
{
    std::unique_ptr<store::Ledger> open()
    {
        return std::move(*store::Ledger::open({.path = folder.path() + u"/ledger.sqlite"_s}));
    }

    /// One hold of an instance that is not in the index. @return its number.
    static void hold(store::Ledger& ledger)
    {
        const auto done = ledger.writer().run([](store::WriteSession& session) {
            return store::RoutingRepository(session.database)
                .add(store::SpoolHold{0, 7, store::HoldReason::Rule, u"r"_s, {}, {}, {}, {}});
        });
        QVERIFY(done.has_value());
    }

    QTemporaryDir folder;
};

} // namespace

class TestHeldInstances : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAGatewayItIsDoneHere()
    {
        Fixture f;
        Fixture::hold(*f.open());
        const auto outcome = engine::decideHolds(f.folder.path(), {{1, 2}, false, false}, 1s, {});
        QVERIFY(outcome.has_value());
        QCOMPARE(*outcome, (HoldOutcome{1, {2}}));
    }

    void aStudyIsCompleteByHand()
    {
        Fixture f;
        const auto ledger = f.open();
        const auto done = ledger->writer().run([](store::WriteSession& session) {
            store::SpoolWait wait;
            wait.spoolId = 7;
            wait.destination = u"PACS"_s;
            wait.group = {u"r"_s, static_cast<int>(config::Trigger::Study), u"1.2.3"_s};
            return store::RoutingRepository(session.database).add(wait);
        });
        QVERIFY(done.has_value());
        engine::HoldRequests requests(f.folder.path());
        HoldDecision decision;
        decision.complete = {{config::Trigger::Study, u"1.2.3"_s}, {config::Trigger::Series, u"1.2.3"_s}};
        Result<HoldOutcome> outcome;
        std::thread person([&] { outcome = engine::decideHolds(f.folder.path(), decision, 30s, {}); });
        const QDeadlineTimer limit(30'000);
        bool areWaitsOver = false;
        while (!requests.serve(*ledger, &areWaitsOver) && !limit.hasExpired()) {
            std::this_thread::yield();
        }
        person.join();
        QVERIFY(outcome.has_value());
        QCOMPARE(*outcome, (HoldOutcome{1, {}}));
        QVERIFY(areWaitsOver);
        const auto reader = ledger->openReader();
        QVERIFY((*reader)->routing().waitingGroups()->isEmpty());
        QCOMPARE((*reader)->routing().due(SystemClock().now(), 10)->size(), 1);
    }

    void theProcessThatHasTheLedgerDoesIt()
    {
        Fixture f;
        const auto ledger = f.open();
        Fixture::hold(*ledger);
        engine::HoldRequests requests(f.folder.path());
        QVERIFY(!requests.serve(*ledger));
        Result<HoldOutcome> outcome;
        std::thread person([&] { outcome = engine::decideHolds(f.folder.path(), {{1, 9}, false, true}, 30s, {}); });
        const QDeadlineTimer limit(30'000);
        while (!requests.serve(*ledger) && !limit.hasExpired()) {
            std::this_thread::yield();
        }
        person.join();
        QVERIFY(outcome.has_value());
        QCOMPARE(*outcome, (HoldOutcome{1, {9}}));
        QVERIFY(QDir(f.folder.path() + u"/requests"_s).entryList(QDir::Files).isEmpty());
    }

    void aProcessThatDoesNotAnswerIsSaid()
    {
        Fixture f;
        const auto ledger = f.open();
        const auto outcome = engine::decideHolds(f.folder.path(), {{1}, false, false}, 100ms, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::LedgerOwnerSilent);
        QVERIFY(QDir(f.folder.path() + u"/requests"_s).entryList(QDir::Files).isEmpty()); // not done later
        CancelSource cancel;
        cancel.cancel();
        const auto cancelled = engine::decideHolds(f.folder.path(), {{1}, false, false}, 1h, cancel.token());
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    }

    void whatAnOwnerThatEndsLeavesIsDoneHere()
    {
        Fixture f;
        auto ledger = f.open();
        Result<HoldOutcome> outcome;
        std::thread person([&] { outcome = engine::decideHolds(f.folder.path(), {{9}, false, false}, 500ms, {}); });
        const QDir requests(f.folder.path() + u"/requests"_s);
        const QDeadlineTimer limit(30'000);
        while (requests.entryList({u"*.hold"_s}, QDir::Files).isEmpty() && !limit.hasExpired()) {
            std::this_thread::yield();
        }
        ledger.reset();
        person.join();
        QVERIFY(outcome.has_value());
        QCOMPARE(*outcome, (HoldOutcome{0, {9}}));
    }

    void junkIsAnsweredAndGoes()
    {
        Fixture f;
        const auto ledger = f.open();
        QVERIFY(QDir().mkpath(f.folder.path() + u"/requests"_s));
        QFile file(f.folder.path() + u"/requests/x.hold"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"holds\": 3}") > 0);
        file.close();
        engine::HoldRequests requests(f.folder.path());
        QVERIFY(requests.serve(*ledger));
        QVERIFY(!file.exists());
        QVERIFY(!requests.serve(*ledger));
    }

    void requestsAreParsed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("all") << QByteArray(R"({"holds":[1,2],"unmatched":true,"drop":true})") << true;
        QTest::newRow("no list") << QByteArray(R"({"unmatched":true})") << false;
        QTest::newRow("not an object") << QByteArray("[1]") << false;
        QTest::newRow("no level") << QByteArray(R"({"holds":[1,2],"complete":[{"level":9,"uid":"1"}]})") << false;
        QTest::newRow("no UID") << QByteArray(R"({"holds":[1,2],"complete":[{"level":2}]})") << false;
        QTest::newRow("cut off") << QByteArray(R"({"holds":[1)") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void requestsAreParsed()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, isGood);
        const auto decision = engine::parseHoldDecision(text);
        QCOMPARE(decision.has_value(), isGood);
        QVERIFY(!isGood || *decision == (HoldDecision{{1, 2}, true, true}));
    }
};

QTEST_GUILESS_MAIN(TestHeldInstances)
#include "TestHeldInstances.moc"
