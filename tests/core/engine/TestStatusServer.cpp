#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Health.h"
#include "core/engine/StandingMetrics.h"
#include "core/engine/StatusServer.h"
#include "core/observe/TransferMetrics.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/support/HttpClient.h"
#include "tests/support/ManualClock.h"
#include "core/observe/MetricsText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kInstances = 4;

bool makeStudy(const QString& folder)
{
    dicom::SyntheticParams params;
    params.folder = folder;
    params.patients = 1;
    params.series = {{dicom::SyntheticKind::Ct, kInstances, 32, 32}};
    return dicom::makeSyntheticStudies(params, {}).has_value();
}

QByteArray scrape(const StatusServer& server)
{
    return HttpClient::bodyOf(HttpClient::ask(server.port(), "/metrics"));
}

/// The number behind a series, as it stands in the text.
QByteArray valueOf(const QByteArray& text, const QByteArray& series)
{
    const auto begin = text.indexOf(QByteArray('\n' + series + ' '));
    const auto from = begin + series.size() + 2;
    return begin < 0 ? QByteArray("absent") : text.mid(from, text.indexOf('\n', from) - from);
}

store::DestinationBacklog backlogOf(const QString& name, qint64 pending, std::optional<Clock::WallTime> oldest)
{
    store::DestinationBacklog backlog;
    backlog.destinationName = name;
    backlog.pending = pending;
    backlog.oldest = oldest;
    return backlog;
}

} // namespace

class TestStatusServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aliveIsAlwaysAnswered()
    {
        const Health health;
        const observe::MetricsRegistry metrics;
        StatusServer server(u"127.0.0.1:0"_s, health, metrics);
        QVERIFY(server.start());
        const auto answer = HttpClient::ask(server.port(), "/healthz");
        QCOMPARE(HttpClient::statusOf(answer), 200);
        QCOMPARE(HttpClient::bodyOf(answer), "ok\n"_ba);
    }

    void readinessNamesEachCheckAndItsReason()
    {
        Health health;
        std::atomic<bool> isWritable{true};
        health.add(u"ledger"_s, [&]() -> Result<QString> {
            return isWritable ? Result<QString>(u"writable"_s) : fail(ErrorCode::DiskFull, u"no room for the ledger"_s);
        });
        health.add(u"disk"_s, diskCheck(QDir::tempPath(), 1));
        const observe::MetricsRegistry metrics;
        StatusServer server(u"127.0.0.1:0"_s, health, metrics);
        QVERIFY(server.start());
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(server.port(), "/readyz")), 200);
        isWritable = false;
        const auto answer = HttpClient::ask(server.port(), "/readyz");
        QCOMPARE(HttpClient::statusOf(answer), 503);
        const auto object = QJsonDocument::fromJson(HttpClient::bodyOf(answer)).object();
        QCOMPARE(object[u"ready"_s].toBool(true), false);
        const auto ledger = object[u"checks"_s].toArray().at(0).toObject();
        QCOMPARE(ledger[u"name"_s].toString(), u"ledger"_s);
        QCOMPARE(ledger[u"ok"_s].toBool(true), false);
        QCOMPARE(ledger[u"reason"_s].toString(), u"DiskFull: no room for the ledger"_s);
        QCOMPARE(object[u"checks"_s].toArray().at(1).toObject()[u"ok"_s].toBool(), true);
    }

    void aListenerThatIsGoneIsNotWell()
    {
        qsizetype open = 2;
        const auto check = listenerCheck([&open] { return open; }, 2);
        QCOMPARE(check().value_or(QString()), u"2 of 2 ports open"_s);
        open = 1;
        QCOMPARE(check().error().detail, u"1 of 2 ports open"_s);
    }

    void aLedgerThatTakesNothingIsNotWell()
    {
        EngineFixture fixture;
        const auto writing = Engine::open(fixture.params());
        QVERIFY(writing);
        QVERIFY(ledgerCheck([&] { return (*writing)->checkLedger(10s); })());
        auto params = fixture.params();
        params.access = LedgerAccess::ReadOnly;
        const auto reading = Engine::open(params);
        QVERIFY(reading);
        QCOMPARE(ledgerCheck([&] { return (*reading)->checkLedger(10s); })().error().code, ErrorCode::LedgerLocked);
    }

    void aProgramThatEndsIsNotReady()
    {
        Health health;
        QVERIFY(isWell(health.look()));
        health.setEnding();
        QVERIFY(!isWell(health.look()));
    }

    void aDiskBelowItsReserveIsNotWell()
    {
        const auto found = diskCheck(QDir::tempPath(), qint64(1) << 60)();
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::DiskFull);
        QVERIFY(!diskCheck(u"/nowhere/at/all"_s, 0)());
    }

    void whatIsSentAndReceivedIsCounted()
    {
        EngineFixture fixture;
        QVERIFY(makeStudy(fixture.source()));
        observe::MetricsRegistry registry;
        observe::TransferMetrics metrics(registry);
        const auto destinationServer = startReceiver(fixture, metrics);
        auto params = fixture.params();
        params.metrics = &metrics;
        const auto opened = Engine::open(params);
        QVERIFY(opened);
        auto& engine = **opened;
        const SystemClock clock;
        const auto queues = collectQueues(
            registry, [&] { return engine.backlog(); }, clock, 0ms);
        Health health;
        health.add(u"ledger"_s, ledgerCheck([&] { return engine.checkLedger(10s); }));
        StatusServer server(u"127.0.0.1:0"_s, health, registry);
        QVERIFY(server.start());
        QVERIFY(engine.send(fixture.request({EngineFixture::destination(destinationServer->port())})));
        QVERIFY(engine.waitUntilAtRest(fixture.limit()));
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(server.port(), "/readyz")), 200);
        engine.stop(10s);
        const auto text = scrape(server);
        QCOMPARE(valueOf(text, "radpost_deliveries_total{destination=\"PACS\",outcome=\"stored\"}"), "4"_ba);
        QCOMPARE(valueOf(text, "radpost_delivery_attempts_total{destination=\"PACS\",result=\"stored\"}"), "4"_ba);
        QCOMPARE(valueOf(text, "radpost_sent_instances_total{destination=\"PACS\"}"), "4"_ba);
        QCOMPARE(valueOf(text, "radpost_destination_up{destination=\"PACS\"}"), "1"_ba);
        QCOMPARE(valueOf(text, "radpost_outbound_associations_open{destination=\"PACS\"}"), "0"_ba);
        QCOMPARE(valueOf(text, "radpost_store_duration_seconds_count{destination=\"PACS\"}"), "4"_ba);
        QVERIFY(valueOf(text, "radpost_connect_duration_seconds_count{destination=\"PACS\"}").toInt() >= 1);
        QVERIFY(valueOf(text, "radpost_negotiate_duration_seconds_count{destination=\"PACS\"}").toInt() >= 1);
        QCOMPARE(valueOf(text, "radpost_queue_deliveries{destination=\"PACS\",state=\"pending\"}"), "0"_ba);
        QCOMPARE(valueOf(text, "radpost_queue_oldest_age_seconds{destination=\"PACS\"}"), "0"_ba);
        const QByteArray caller = "{calling_ae_title=\"RADPOST\"";
        QCOMPARE(valueOf(text, "radpost_received_instances_total" + caller + ",result=\"stored\"}"), "4"_ba);
        QCOMPARE(valueOf(text, "radpost_received_bytes_total" + caller + "}"),
            valueOf(text, "radpost_sent_bytes_total{destination=\"PACS\"}"));
        QCOMPARE(valueOf(text, "radpost_receive_duration_seconds_count"), "4"_ba);
        QTRY_COMPARE(valueOf(scrape(server), "radpost_inbound_associations_open"), "0"_ba);
    }

    void aDestinationThatIsAwayIsDownAndItsQueueIsSeen()
    {
        EngineFixture fixture;
        QVERIFY(makeStudy(fixture.source()));
        observe::MetricsRegistry registry;
        observe::TransferMetrics metrics(registry);
        auto params = fixture.params();
        params.giveUpAfter = 0ms;
        params.metrics = &metrics;
        const auto opened = Engine::open(params);
        QVERIFY(opened);
        auto& engine = **opened;
        const SystemClock clock;
        const auto queues = collectQueues(
            registry, [&] { return engine.backlog(); }, clock, 0ms);
        const Health health;
        StatusServer server(u"127.0.0.1:0"_s, health, registry);
        QVERIFY(server.start());
        QVERIFY(engine.send(fixture.request({EngineFixture::destination(fixture.unusedPort())})));
        QTRY_COMPARE_WITH_TIMEOUT(
            valueOf(scrape(server), "radpost_destination_up{destination=\"PACS\"}"), "0"_ba, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(
            valueOf(scrape(server), "radpost_queue_deliveries{destination=\"PACS\",state=\"pending\"}"), "4"_ba,
            20'000);
        const auto text = scrape(server);
        QVERIFY(valueOf(text, "radpost_queue_oldest_age_seconds{destination=\"PACS\"}").toDouble() > 0);
        const QByteArray tried = "radpost_outbound_associations_total{destination=\"PACS\",result=\"unreachable\"}";
        QVERIFY(valueOf(text, tried).toInt() >= 1);
    }

    void aCallerForAnotherTitleIsCountedAsRefused()
    {
        EngineFixture fixture;
        QVERIFY(makeStudy(fixture.source()));
        observe::MetricsRegistry registry;
        observe::TransferMetrics metrics(registry);
        const auto receiver = startReceiver(fixture, metrics, {"OTHER"});
        const auto opened = Engine::open(fixture.params());
        QVERIFY(opened);
        QVERIFY((*opened)->send(fixture.request({EngineFixture::destination(receiver->port())})));
        QVERIFY((*opened)->waitUntilAtRest(fixture.limit()));
        QVERIFY(metrics.refusedAssociations.with({u"called_ae_title"_s}).value() >= 1);
    }

    void theQueuesAreReadOnceInAnInterval()
    {
        observe::MetricsRegistry registry;
        ManualClock clock;
        int asked = 0;
        const auto since = clock.now();
        const auto queues = collectQueues(
            registry,
            [&]() -> Result<QList<store::DestinationBacklog>> {
                ++asked;
                return QList{backlogOf(u"A"_s, 7, since), backlogOf(u"B"_s, 0, {})};
            },
            clock, 5s);
        for (int i = 0; i < 10; ++i) {
            QVERIFY(!registry.snapshot().empty());
        }
        QCOMPARE(asked, 1);
        clock.advance(90s);
        const auto text = observe::prometheusText(registry.snapshot());
        QCOMPARE(asked, 2);
        QCOMPARE(valueOf(text, "radpost_queue_oldest_age_seconds{destination=\"A\"}"), "90"_ba);
        QCOMPARE(valueOf(text, "radpost_queue_oldest_age_seconds{destination=\"B\"}"), "0"_ba);
    }

    void aLedgerThatFailsHasNoNumbers()
    {
        observe::MetricsRegistry registry;
        const SystemClock clock;
        const auto queues = collectQueues(
            registry, []() -> Result<QList<store::DestinationBacklog>> { return fail(ErrorCode::LedgerFailed); },
            clock);
        QVERIFY(registry.snapshot().empty());
    }

    void disksAndTheProcessAreSeen()
    {
        observe::MetricsRegistry registry;
        const auto disks = collectDisks(registry, {{u"data"_s, QDir::tempPath(), 4096}});
        const auto process = collectProcess(registry, u"1.2.3"_s);
        const auto text = observe::prometheusText(registry.snapshot());
        QVERIFY(valueOf(text, "radpost_disk_free_bytes{folder=\"data\"}").toDouble() > 0);
        QCOMPARE(valueOf(text, "radpost_disk_reserve_bytes{folder=\"data\"}"), "4096"_ba);
        QCOMPARE(valueOf(text, "radpost_build_info{version=\"1.2.3\"}"), "1"_ba);
        QVERIFY(valueOf(text, "process_start_time_seconds").toDouble() > 1.7e9);
        QVERIFY(valueOf(text, "process_max_fds").toDouble() > 0);
    }

    void aPortInUseIsSaid()
    {
        const Health health;
        const observe::MetricsRegistry metrics;
        StatusServer first(u"127.0.0.1:0"_s, health, metrics);
        QVERIFY(first.start());
        StatusServer second(u"127.0.0.1:%1"_s.arg(first.port()), health, metrics);
        const auto started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::AddressInUse);
        StatusServer open(u"0.0.0.0:0"_s, health, metrics);
        QVERIFY(!open.start());
    }

private:
    static std::unique_ptr<ReceiveServer> startReceiver(
        const EngineFixture& fixture, observe::TransferMetrics& metrics, const AeTitle& aeTitle = {})
    {
        ReceiveParams params;
        params.address = u"127.0.0.1"_s;
        params.folder = fixture.received();
        params.aeTitle = aeTitle;
        params.metrics = &metrics;
        auto server = std::make_unique<ReceiveServer>(params);
        if (!server->start()) {
            qFatal("no receiver");
        }
        return server;
    }
};

QTEST_GUILESS_MAIN(TestStatusServer)
#include "TestStatusServer.moc"
