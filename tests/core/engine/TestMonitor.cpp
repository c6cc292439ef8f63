#include "core/engine/AuditTrail.h"
#include "core/engine/Monitor.h"
#include "tests/support/HttpClient.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SyslogReceiver.h"

#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

MonitorParams paramsIn(const QTemporaryDir& folder)
{
    MonitorParams params;
    params.dataFolder = folder.path();
    params.version = u"1.2.3"_s;
    return params;
}

} // namespace

class TestMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutSettingsNothingIsOpened()
    {
        const QTemporaryDir folder;
        Monitor monitor(paramsIn(folder));
        QVERIFY(monitor.start());
        QCOMPARE(int(monitor.port()), 0);
        QVERIFY(!monitor.audit());
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void theSettingsOpenThePortAndTheTrail()
    {
        const QTemporaryDir folder;
        const SyslogReceiver receiver;
        auto params = paramsIn(folder);
        params.settings.httpListen = u"127.0.0.1:%1"_s.arg(freePort());
        params.settings.audit.isEnabled = true;
        params.settings.audit.receiver = u"udp://127.0.0.1:%1"_s.arg(receiver.port());
        Monitor monitor(params);
        monitor.watchDisk({u"data"_s, folder.path(), 1});
        monitor.watchQueues([]() -> Result<QList<store::DestinationBacklog>> {
            return QList{store::DestinationBacklog{u"PACS"_s, 3, 0, std::nullopt, false, false}};
        });
        QVERIFY(monitor.start());
        monitor.receiveMeter().received(u"CT3"_s, ReceivedAs::Stored, 1000, 1ms);
        const auto text = HttpClient::bodyOf(HttpClient::ask(monitor.port(), "/metrics"));
        for (const auto* part : {"radpost_build_info{version=\"1.2.3\"} 1\n",
                 "radpost_queue_deliveries{destination=\"PACS\",state=\"pending\"} 3\n",
                 "radpost_received_bytes_total{calling_ae_title=\"CT3\"} 1000\n", "radpost_audit_undelivered_bytes ",
                 "radpost_disk_reserve_bytes{folder=\"data\"} 1\n",
                 "radpost_audit_messages_total{result=\"written\"} 1\n"}) {
            QVERIFY2(text.contains(part), part);
        }
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(monitor.port(), "/readyz")), 200);
        monitor.setEnding();
        QCOMPARE(HttpClient::statusOf(HttpClient::ask(monitor.port(), "/readyz")), 503);
        monitor.stop(30s);
        QTRY_COMPARE(receiver.messages().size(), 2); // start and stop
    }

    void aPortInUseEndsTheStart()
    {
        const QTemporaryDir folder;
        auto params = paramsIn(folder);
        params.settings.httpListen = u"127.0.0.1:%1"_s.arg(freePort());
        Monitor first(params);
        QVERIFY(first.start());
        Monitor second(params);
        const auto started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::AddressInUse);
    }
};

QTEST_GUILESS_MAIN(TestMonitor)
#include "TestMonitor.moc"
