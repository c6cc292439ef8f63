#include "core/engine/Monitor.h"
#include "tests/core/engine/GatewayFixture.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <algorithm>
#include <vector>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum class Outage { OutOfReach, Full };

const QByteArray kBoth = "[[rule]]\nname = \"all\"\nsend = [\"PACS\", \"AI\"]\n";

const QByteArray kLater = R"(
[[rule]]
name = "an hour later"
when = { modality = "CT" }
send = { to = "PACS", delay = "1h" }

[[rule]]
name = "at night"
when = { modality = "MR" }
send = { to = "PACS", hours = "22:00-23:00" }

[[rule]]
name = "by study"
when = { modality = "CR" }
send = "PACS"
trigger = "study"
quiet = "5min"

[[rule]]
name = "to one that is full"
when = { modality = "US" }
send = "AI"

[[rule]]
name = "at once"
when = { modality = "DX" }
send = "PACS"
)";

QByteArray studyOf(int number)
{
    return "1.2.3." + QByteArray::number(number);
}

/// Images that each wait for something else when the clock jumps.
struct Waiting
{
    quint64 delayed = 0;
    quint64 atNight = 0;
    quint64 byStudy = 0;
    quint64 refused = 0;
    quint64 delivered = 0;
    quint64 unmatched = 0;
};

std::optional<Waiting> storeAll(GatewayFixture& f)
{
    Waiting waiting;
    int number = 0;
    for (const auto& [key, modality] : std::initializer_list<std::pair<quint64*, const char*>>{{&waiting.delayed, "CT"},
             {&waiting.atNight, "MR"}, {&waiting.byStudy, "CR"}, {&waiting.refused, "US"}, {&waiting.delivered, "DX"},
             {&waiting.unmatched, "NM"}}) {
        const auto study = studyOf(++number);
        const auto stored = f.store(study + ".1.1", study, modality);
        if (!stored) {
            return std::nullopt;
        }
        *key = *stored;
    }
    return waiting;
}

engine::HealthCheck checkOf(engine::Monitor& monitor, const QString& name)
{
    const auto checks = monitor.health().look();
    const auto found =
        std::find_if(checks.begin(), checks.end(), [&](const auto& check) { return check.name == name; });
    return found == checks.end() ? engine::HealthCheck() : *found;
}

QTime localTime(Clock::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).time();
}

} // namespace

/// The gateway while a destination is away for a day, and while the clocks of the machine do what they should not.
class TestGatewayOutage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLoggingCategory::setFilterRules(u"radpost.*=false"_s);
    }

    void aDayWithoutADestinationLosesNothing_data()
    {
        QTest::addColumn<Outage>("outage");
        QTest::addColumn<std::chrono::minutes>("longest"); // until all has arrived, once it is back
        QTest::newRow("out of reach") << Outage::OutOfReach << std::chrono::minutes(7);
        // What was refused lately waits for an hour and a fifth.
        QTest::newRow("out of resources") << Outage::Full << std::chrono::minutes(80);
    }

    void aDayWithoutADestinationLosesNothing()
    {
        QFETCH(Outage, outage);
        QFETCH(std::chrono::minutes, longest);
        constexpr int kInstances = 48;
        GatewayFixture f(kBoth);
        QVERIFY(f.start());
        outage == Outage::Full ? f.pacs.answerAll(net::kStatusOutOfResources) : f.pacs.close();

        std::vector<quint64> keys;
        for (int i = 0; i < kInstances; ++i) {
            const auto key = f.store(studyOf(i) + ".1.1", studyOf(i));
            QVERIFY(key);
            keys.push_back(*key);
            // No time passes until the other one has it.
            QVERIFY(GatewayFixture::await([&] { return f.ai.got(*key).times == 1; }));
            if (i == kInstances / 2) {
                QVERIFY(f.start());
            }
            f.pass(std::chrono::minutes(24h) / kInstances, 15s);
        }
        QCOMPARE(f.pacs.count(), 0U);
        QCOMPARE(f.rows(u"spool_instances"_s), kInstances); // though retention has passed for those of the morning
        QCOMPARE(f.rows(u"deliveries"_s, u"state IN (4, 5)"_s), 0);
        // One look in four to six minutes, more of them at the beginning and after the restart.
        const int looks = outage == Outage::Full ? f.pacs.requests() : f.downs.load();
        QVERIFY2(looks > 150 && looks < 24 * 60 / 4 + 40, qPrintable(QString::number(looks)));

        if (outage == Outage::Full) {
            f.pacs.answerAll(net::kStatusSuccess);
        } else {
            QVERIFY(f.pacs.open());
        }
        f.pass(longest, 1s);
        QVERIFY(GatewayFixture::await([&] { return f.pacs.count() == keys.size(); }));
        for (const auto key : keys) {
            QCOMPARE(f.pacs.got(key).times, 1);
            QCOMPARE(f.ai.got(key).times, 1);
        }
        QCOMPARE(f.gateway->counts().rejected, 0);
    }

    void whoIsRefusedForRoomIsToldUntilThereIsSome()
    {
        const QByteArray large = ctImage("1.9", 'x', 8000);
        const QTemporaryDir folder;
        engine::Monitor monitor({{}, folder.path(), u"1.2.3"_s}); // outlives the gateway, which it asks
        GatewayFixture f("[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
        f.monitor = &monitor;
        f.config.settings.serve.quotaBytes = 20'000; // four of the small ones and less than a large one
        QVERIFY(f.start());
        f.pacs.close();
        std::vector<quint64> keys;
        for (int i = 0; i < 4; ++i) {
            const auto key = f.store(studyOf(i) + ".1.1", studyOf(i));
            QVERIFY(key);
            keys.push_back(*key);
        }
        QVERIFY(checkOf(monitor, u"spool"_s).isOk);
        StoreClient client;
        QVERIFY(client.open(f.port(), GatewayFixture::caller()));
        QCOMPARE(client.store("1.9", large), std::optional(net::kStatusOutOfResources));
        QVERIFY(!checkOf(monitor, u"spool"_s).isOk);
        QVERIFY(checkOf(monitor, u"spool"_s).reason.startsWith(u"DiskFull: "_s));
        QVERIFY(!f.gateway->counts().spool.hasRoom);
        f.pass(1min, 1s);
        QVERIFY(!checkOf(monitor, u"spool"_s).isOk); // it would be refused again
        QCOMPARE(client.store("1.9", large), std::optional(net::kStatusOutOfResources));

        QVERIFY(f.pacs.open());
        const auto isReady = [&monitor] { return checkOf(monitor, u"spool"_s).isOk; };
        QVERIFY(f.passUntil(isReady, 30min)); // what is delivered makes room, although it was to be kept for hours
        for (const auto key : keys) {
            QCOMPARE(f.pacs.got(key).times, 1);
        }
        QVERIFY(f.gateway->counts().spool.hasRoom);
        QCOMPARE(client.store("1.9", large), std::optional<quint16>(0));
        client.release();
    }

    void clocksThatJumpNeitherHurryNorForget_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("wall");
        QTest::addColumn<std::chrono::milliseconds>("both");
        const auto row = [](const char* name, std::chrono::milliseconds wall, std::chrono::milliseconds both) {
            QTest::newRow(name) << wall << both;
        };
        row("set forward by three days", 72h, 0ms);
        row("set back by three days", -72h, 0ms);
        row("set back by a minute", -1min, 0ms);
        row("asleep for eight hours, the steady clock stands still", 8h, 0ms);
        row("asleep for eight hours, the steady clock goes on", 0ms, 8h);
    }

    void clocksThatJumpNeitherHurryNorForget()
    {
        QFETCH(std::chrono::milliseconds, wall);
        QFETCH(std::chrono::milliseconds, both);
        constexpr std::chrono::milliseconds kDelay = 1h;
        constexpr std::chrono::milliseconds kQuiet = 5min;
        constexpr std::chrono::milliseconds kNoticed = 2min; // a look at the wall clock each minute, and the network
        GatewayFixture f(kLater);
        QVERIFY(f.start());
        f.ai.answerAll(net::kStatusOutOfResources);
        const auto keys = storeAll(f);
        QVERIFY(keys);
        const auto begun = f.clock.steadyNow();
        QVERIFY(GatewayFixture::await([&] { return f.pacs.got(keys->delivered).times == 1 && f.ai.requests() > 0; }));
        f.pass(20s, 1s);
        f.ai.answerAll(net::kStatusSuccess);
        f.clock.jump(wall);
        f.clock.advance(both);
        const bool isLeaptOver = wall + both >= kDelay; // nobody can tell a clock set forward from a machine asleep

        f.pass(kNoticed, 1s);
        QVERIFY(GatewayFixture::await([&] { return f.ai.got(keys->refused).times == 1; }));
        QCOMPARE(f.pacs.got(keys->delayed).times, isLeaptOver ? 1 : 0);
        f.pass(kQuiet, 2s);
        QVERIFY(GatewayFixture::await([&] { return f.pacs.got(keys->byStudy).times == 1; }));
        QVERIFY(f.pacs.got(keys->byStudy).at - begun >= kQuiet);

        f.pass(kDelay - kQuiet, 2s);
        QVERIFY(GatewayFixture::await([&] { return f.pacs.got(keys->delayed).times == 1; }));
        QVERIFY(isLeaptOver || f.pacs.got(keys->delayed).at - begun >= kDelay);
        if (!isLeaptOver) {
            QCOMPARE(f.gateway->counts().removed, 0); // two hours are not over
        }

        f.pass(24h, 30s);
        QVERIFY(GatewayFixture::await([&] { return f.pacs.got(keys->atNight).times == 1; }));
        const auto at = localTime(f.pacs.got(keys->atNight).wallAt);
        QVERIFY2(at >= QTime(22, 0) && at < QTime(23, 0), qPrintable(at.toString()));
        // What nobody wanted is there; nothing went that was to be sent.
        QCOMPARE(f.rows(u"spool_instances"_s, u"routing = 2"_s), 1);
        QCOMPARE(f.gateway->counts().held, 0);
        QCOMPARE(f.gateway->counts().rejected, 0);
        QCOMPARE(f.pacs.repeated() + f.ai.repeated(), 0);
    }
};

QTEST_GUILESS_MAIN(TestGatewayOutage)
#include "TestGatewayOutage.moc"
