#include "app/cli/ReceivedCheck.h"
#include "core/engine/LocalAddresses.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "tests/app/cli/GatewayProcess.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/HttpClient.h"
#include "tests/support/PeerProcess.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString dataFolder(const RadpostHome& home)
{
    return home.path(u"data"_s);
}

/// By SOP Instance UID: the path and the size of each file that the index promises.
std::map<QByteArray, std::pair<QString, qint64>> indexed(const QString& data)
{
    std::map<QByteArray, std::pair<QString, qint64>> found;
    const auto ledger = store::Ledger::open({.path = data + u"/ledger.sqlite"_s, .mode = store::LedgerMode::ReadOnly});
    const auto reader = ledger ? (*ledger)->openReader() : fail(ledger.error());
    const auto ids = reader ? (*reader)->spool().idsBetween(0, 1'000'000) : fail(reader.error());
    for (const auto id : ids.value_or(QList<qint64>())) {
        const auto row = (*reader)->spool().find(id).value();
        const auto number = QString::number(id).rightJustified(10, u'0');
        const QString path = data + u"/spool/0000/"_s + number.mid(4, 3) + u'/' + number + u".dcm"_s;
        found[row->sopInstanceUid.value] = {path, row->fileBytes};
    }
    return found;
}

/// The data set of a file of the spool.
QByteArray dataSetOf(const QString& path)
{
    QFile file(path);
    const auto bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const auto length = bytes.size() > 144 ? qFromLittleEndian<quint32>(bytes.constData() + 140) : 0;
    return bytes.mid(144 + length);
}

} // namespace

class TestServe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isUsefulWithoutAConfiguration()
    {
        const RadpostHome home;
        Gateway gateway(home);
        QVERIFY(gateway.start({}));
        QVERIFY(!QFile::exists(home.configFile()));
        PeerProcess echo;
        QCOMPARE(echo.run(u"echoscu"_s, {u"127.0.0.1"_s, QString::number(gateway.port())}), 0);
        QCOMPARE(gateway.terminate(), 0);
        QVERIFY(!gateway.await(u"served-in-all"_s, 1000).isEmpty());
    }

    void isAskedAndFetchedFromByOurOwnCommands()
    {
        const RadpostHome home;
        const auto inbox = home.path(u"in"_s);
        QVERIFY(QDir().mkpath(inbox));
        ReceiverProcess receiver;
        QVERIFY(receiver.start(home, inbox));
        QFile file(home.configFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[[destination]]\nname = \"rx\"\nhost = \"127.0.0.1\"\nae_title = \"RX\"\nport = " +
            QByteArray::number(receiver.port()) +
            "\n[audit]\nenabled = true\n[http]\nlisten = \"127.0.0.1:" + QByteArray::number(freePort()) + "\"\n");
        file.close();
        Gateway gateway(home);
        gateway.begin();
        const auto watched = static_cast<quint16>(gateway.await(u"monitoring"_s)[u"port"_s].toInt());
        QVERIFY(gateway.awaitPort());
        StoreClient modality;
        QVERIFY(modality.open(gateway.port()));
        for (const QByteArray uid : {"1.2.9.1", "1.2.9.2"}) {
            QCOMPARE(modality.store(uid, ctImage(uid)), std::optional<quint16>(0));
        }
        modality.release();
        const auto address = u"GATE@127.0.0.1:%1"_s.arg(gateway.port());
        const auto found = home.run({u"find"_s, address, u"--name"_s, u"doe*"_s, u"--json"_s});
        QVERIFY2(found.code == 0, qPrintable(found.text()));
        QCOMPARE(found.event(u"found"_s)[u"matches"_s].toInt(), 1);
        QCOMPARE(found.event(u"match"_s)[u"attributes"_s][u"StudyInstanceUID"_s].toString(), u"1.2.3"_s);
        const auto got =
            home.run({u"get"_s, address, u"--study"_s, u"1.2.3"_s, u"--dir"_s, home.path(u"got"_s), u"--json"_s});
        QVERIFY2(got.code == 0, qPrintable(got.text()));
        QCOMPARE(got.event(u"retrieved"_s)[u"received"_s].toInt(), 2);
        const auto moved = home.run({u"move"_s, address, u"--study"_s, u"1.2.3"_s, u"--to"_s, u"RX"_s, u"--json"_s});
        QVERIFY2(moved.code == 0, qPrintable(moved.text()));
        QCOMPARE(moved.event(u"retrieved"_s)[u"completed"_s].toInt(), 2);
        QCOMPARE(QDir(inbox).entryList({u"*.dcm"_s}).size(), 2);
        const auto metrics = HttpClient::ask(watched, "/metrics");
        QVERIFY2(metrics.contains("service=\"move\",result=\"success\"} 1"), metrics.constData());
        QVERIFY2(metrics.contains("radpost_retrieved_instances_total"), metrics.constData());
        QStringList services;
        while (!services.contains(u"move"_s)) {
            const auto event = gateway.await(u"queried"_s);
            QVERIFY(!event.isEmpty());
            services.append(event[u"service"_s].toString());
        }
        QVERIFY(services.contains(u"find"_s) && services.contains(u"get"_s));
        QCOMPARE(gateway.terminate(), 0);
    }

    void isWatchedOverHttpAndLeavesAnAuditTrail()
    {
        const RadpostHome home;
        QFile file(home.configFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[http]\nlisten = \"127.0.0.1:" + QByteArray::number(freePort()) +
            "\"\n[audit]\nenabled = true\n[serve]\nae_title = \"RADPOST\"\n");
        file.close();
        Gateway gateway(home);
        gateway.begin();
        const auto watched = static_cast<quint16>(gateway.await(u"monitoring"_s)[u"port"_s].toInt());
        QVERIFY(watched != 0);
        QVERIFY(gateway.awaitPort());
        const auto ready = HttpClient::ask(watched, "/readyz");
        QVERIFY2(HttpClient::statusOf(ready) == 200, ready.constData());
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        QCOMPARE(client.store("1.2.9", ctImage("1.2.9")), std::optional<quint16>(0));
        StoreClient stranger;
        StoreClient::Wish wrong;
        wrong.calledAeTitle = "OTHER";
        QVERIFY(!stranger.open(gateway.port(), wrong));
        const auto metrics = HttpClient::ask(watched, "/metrics");
        QVERIFY2(metrics.contains("radpost_received_instances_total{calling_ae_title=\"CT1\",result=\"stored\"} 1"),
            metrics.constData());
        QVERIFY2(metrics.contains("reason=\"called_ae_title\"} 1"), metrics.constData());
        client.release();
        QCOMPARE(gateway.terminate(), 0);
        QByteArray trail;
        for (QDirIterator each(dataFolder(home) + u"/audit"_s, {u"*.log"_s}); each.hasNext();) {
            QFile part(each.next());
            QVERIFY(part.open(QIODevice::ReadOnly));
            trail += part.readAll();
        }
        for (const auto* code : {"110100", "110102", "110104", "110113"}) {
            QVERIFY2(trail.contains(code), code);
        }
        QVERIFY(trail.contains("Jane"));
    }

    void storescuAndDcmsendSideBySide()
    {
        const RadpostHome home;
        const auto studies = home.makeStudies(
            u"studies"_s, {u"--patients"_s, u"3"_s, u"--series"_s, u"ct:10"_s, u"--series"_s, u"tiny:3"_s});
        QVERIFY(!studies.isEmpty());
        Gateway gateway(home);
        QVERIFY(gateway.start());
        const auto port = QString::number(gateway.port());
        std::array<PeerProcess, 4> senders;
        for (std::size_t i = 0; i < senders.size(); ++i) {
            const bool isDcmsend = i % 2 == 0;
            senders[i].setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
            senders[i].start(isDcmsend ? u"dcmsend"_s : u"storescu"_s,
                QStringList(isDcmsend ? QStringList() : QStringList{u"-R"_s}) +
                    QStringList{u"+sd"_s, u"+r"_s, u"-nh"_s, u"127.0.0.1"_s, port, studies});
        }
        for (auto& sender : senders) {
            QVERIFY2(sender.awaitEnd() == 0, sender.output().constData());
        }
        QCOMPARE(gateway.terminate(), 0);
        const auto counts = gateway.await(u"served-in-all"_s);
        QCOMPARE(counts[u"stored"_s].toInt(), 39);
        QCOMPARE(counts[u"identical"_s].toInt(), 3 * 39);
        QCOMPARE(counts[u"failed"_s].toInt(), 0);
        const auto compared = cli::compareReceived(studies, dataFolder(home) + u"/spool"_s, {});
        QVERIFY(compared && compared->isPerfect());
        QCOMPARE(indexed(dataFolder(home)).size(), 39U);
    }

    void draftsBackupsAndChecksWorkBesideIt()
    {
        const RadpostHome home;
        const QByteArray destination = "[[destination]]\nname = \"PACS\"\nhost = \"h\"\nae_title = \"P\"\n"
                                       "[[destination]]\nname = \"AI\"\nhost = \"h\"\nae_title = \"A\"\n";
        const auto write = [&home](const QString& path, const QByteArray& toml) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(toml) == toml.size();
        };
        QVERIFY(write(home.configFile(), destination + "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start({u"--address"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s}));
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        for (const auto* uid : {"1.2.1", "1.2.2", "1.2.3"}) {
            QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
        }
        const QString draft = home.path(u"draft.toml"_s);
        QVERIFY(write(draft,
            "[[rule]]\nname = \"two\"\nsend = [\"PACS\", \"AI\"]\n"
            "when = { attribute = \"SOPInstanceUID\", in = [\"1.2.1\", \"1.2.3\"] }\n"));
        const auto replay = home.run({u"route"_s, u"replay"_s, u"--rules"_s, draft, u"--json"_s});
        QVERIFY2(replay.code == 0, qPrintable(replay.text()));
        const auto summary = replay.event(u"replay"_s);
        QCOMPARE(summary[u"instances"_s].toInt(), 3);
        QCOMPARE(summary[u"unchanged"_s].toInt(), 0);
        QCOMPARE(summary[u"changes"_s].toObject()[u"added"_s].toInt(), 2);
        QCOMPARE(summary[u"changes"_s].toObject()[u"nowUnmatched"_s].toInt(), 1);
        QCOMPARE(summary[u"destinations"_s].toObject()[u"PACS"_s].toObject()[u"after"_s].toInt(), 2);
        const auto text = home.run({u"route"_s, u"replay"_s, u"--since"_s, u"1h"_s, u"--rules"_s, draft});
        QVERIFY2(text.text().contains(u"1.2.2") && text.text().contains(u"AI"), qPrintable(text.text()));
        const auto later =
            home.run({u"route"_s, u"replay"_s, u"--since"_s, u"2199-01-01T00:00"_s, u"--rules"_s, draft, u"--json"_s});
        QCOMPARE(later.event(u"replay"_s)[u"instances"_s].toInt(), 0);
        QCOMPARE(home.run({u"route"_s, u"replay"_s}).code, 2);
        QCOMPARE(home.run({u"route"_s, u"replay"_s, u"--since"_s, u"soon"_s, u"--rules"_s, draft}).code, 2);
        const auto copied = home.run({u"ledger"_s, u"backup"_s, home.path(u"copy.sqlite"_s), u"--json"_s});
        QVERIFY2(copied.code == 0, qPrintable(copied.text())); // beside the gateway
        QVERIFY(copied.event(u"ledger-copied"_s)[u"bytes"_s].toInt() > 0);
        QCOMPARE(home.run({u"ledger"_s, u"backup"_s, home.path(u"copy.sqlite"_s)}).code, 5);
        QCOMPARE(home.run({u"ledger"_s, u"check"_s}).code, 0);
        // By its UID, as it came.
        QVERIFY(write(draft, "[[rule]]\nname = \"ct1\"\nsend = \"AI\"\nwhen = { calling_ae = \"CT1\" }\n"));
        const auto explained = home.run({u"route"_s, u"explain"_s, u"1.2.2"_s, u"--rules"_s, draft});
        QVERIFY2(explained.text().contains(u"Sent to AI"), qPrintable(explained.text()));
        QCOMPARE(home.run({u"route"_s, u"explain"_s, u"1.2.77"_s, u"--rules"_s, draft}).code, 4);
        client.release();
        QCOMPARE(gateway.terminate(), 0);
    }

    void whatWasAcknowledgedSurvivesKillMinusNine()
    {
        constexpr int kKills = 12;
        constexpr int kSenders = 3;
        const RadpostHome home;
        std::mutex mutex;
        std::map<QByteArray, QByteArray> acknowledged; // by UID
        for (int kill = 0; kill < kKills; ++kill) {
            Gateway gateway(home);
            QVERIFY(gateway.start({u"--address"_s, u"127.0.0.1"_s, u"--durability"_s, u"process"_s}));
            std::atomic<int> count{0};
            std::vector<std::thread> senders;
            for (int sender = 0; sender < kSenders; ++sender) {
                senders.emplace_back([&, sender] {
                    StoreClient client;
                    bool isOpen = client.open(gateway.port());
                    for (int i = 0; isOpen; ++i) {
                        const QByteArray uid = "1.2." + QByteArray::number(kill) + '.' + QByteArray::number(sender) +
                            '.' + QByteArray::number(i);
                        const auto dataSet = ctImage(uid, static_cast<char>('a' + i % 26), 1000 + i * 977 % 200'000);
                        isOpen = client.store(uid, dataSet) == std::optional<quint16>(0);
                        if (isOpen) {
                            ++count;
                            const std::lock_guard lock(mutex);
                            acknowledged[uid] = dataSet;
                        }
                    }
                });
            }
            const QDeadlineTimer limit(30'000);
            while (count < 10 + 7 * kill && !limit.hasExpired()) {
                std::this_thread::yield();
            }
            gateway.kill();
            for (auto& sender : senders) {
                sender.join();
            }
        }
        QVERIFY(acknowledged.size() > kKills * 10);
        const auto promised = indexed(dataFolder(home));
        for (const auto& [uid, dataSet] : acknowledged) {
            const auto row = promised.find(uid);
            QVERIFY2(row != promised.end(), uid.constData());
            QVERIFY2(dataSetOf(row->second.first) == dataSet, uid.constData());
        }
        // What was not acknowledged is whole as well, or not there.
        QCOMPARE(home.run({u"spool"_s, u"rebuild"_s}).code, 0);
        QCOMPARE(QDir(dataFolder(home) + u"/spool/incoming"_s).entryList(QDir::Files).size(), 0);
        const auto rebuilt = home.run({u"spool"_s, u"rebuild"_s, u"--json"_s});
        QCOMPARE(rebuilt.code, 0);
        QCOMPARE(rebuilt.event(u"spool-rebuilt"_s)[u"adopted"_s].toInt(), 0);
        for (const auto& [uid, file] : indexed(dataFolder(home))) {
            QCOMPARE(QFileInfo(file.first).size(), file.second);
        }
    }

    void aFullDiskIsSaidAndPasses()
    {
        const RadpostHome home;
        const auto disk = home.path(u"disk"_s);
        QVERIFY(QDir().mkpath(disk));
        PeerProcess mount;
        if (::geteuid() != 0 ||
            mount.run(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=8m"_s, u"tmpfs"_s, disk}) != 0) {
            QSKIP("only root may mount a small file system here");
        }
        const auto unmount = qScopeGuard([&disk] {
            PeerProcess process;
            std::ignore = process.run(u"umount"_s, {u"-l"_s, disk});
        });
        for (const bool hasReserve : {false, true}) {
            QFile config(home.configFile());
            QVERIFY(config.open(QIODevice::WriteOnly | QIODevice::Truncate));
            config.write("[serve]\nspool_folder = \"" + disk.toUtf8() + "/spool\"\ndisk_reserve = \"" +
                (hasReserve ? "2 MiB" : "0 B") + "\"\n");
            config.close();
            Gateway gateway(home);
            QVERIFY(gateway.start());
            StoreClient client;
            QVERIFY(client.open(gateway.port()));
            int stored = 0;
            std::optional<quint16> status = 0;
            while (status == std::optional<quint16>(0) && stored < 100) {
                const QByteArray uid =
                    "1.2." + QByteArray::number(int(hasReserve)) + '.' + QByteArray::number(stored++);
                status = client.store(uid, ctImage(uid, 'x', 100'000));
            }
            QCOMPARE(status, std::optional<quint16>(0xA700));
            StoreClient other;
            QCOMPARE(other.open(gateway.port()), !hasReserve); // temporary-congestion before the disk is full
            QVERIFY(QDir(disk + u"/spool/0000/000"_s).removeRecursively()); // somebody makes room
            if (!hasReserve) {
                QCOMPARE(client.store("1.3", ctImage("1.3", 'x', 500'000)), std::optional<quint16>(0));
            }
            client.close();
            QCOMPARE(gateway.terminate(), 0);
            QVERIFY(gateway.await(u"served-in-all"_s)[u"failed"_s].toInt() >= 1);
        }
    }

    void theConfigurationIsReadAgain()
    {
        const RadpostHome home;
        Gateway gateway(home);
        QVERIFY(gateway.start());
        const auto write = [&home](const QByteArray& toml) {
            QFile config(home.configFile());
            return config.open(QIODevice::WriteOnly | QIODevice::Truncate) && config.write(toml) == toml.size();
        };
        QVERIFY(write("[serve]\nae_title = \"GATE\"\n"));
        QVERIFY(!gateway.await(u"reloaded"_s).isEmpty());
        StoreClient client;
        QVERIFY(!client.open(gateway.port()));
        QVERIFY(write("[serve]\nae_title = \"TOO LONG FOR AN AE TITLE\"\n"));
        QCOMPARE(gateway.await(u"error"_s)[u"name"_s].toString(), u"ConfigValue"_s);
        QVERIFY(!client.open(gateway.port())); // as before
        StoreClient::Wish wish;
        wish.calledAeTitle = "GATE";
        QVERIFY(client.open(gateway.port(), wish));
        QVERIFY(write("[serve]\nae_title = \"RADPOST\"\n"));
        gateway.signal(SIGHUP);
        QVERIFY(!gateway.await(u"reloaded"_s).isEmpty());
        QVERIFY(client.open(gateway.port()));
    }

    void aConfigurationThatIsGoneChangesNothing()
    {
        const RadpostHome home;
        QFile config(home.configFile());
        QVERIFY(config.open(QIODevice::WriteOnly) && config.write("[serve]\nae_title = \"GATE\"\n") > 0);
        config.close();
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QVERIFY(config.rename(home.configFile() + u".away"_s));
        QVERIFY(!gateway.await(u"reload-refused"_s).isEmpty());
        StoreClient client;
        QVERIFY(!client.open(gateway.port())); // RADPOST, as nothing would say
        StoreClient::Wish wish;
        wish.calledAeTitle = "GATE";
        QVERIFY(client.open(gateway.port(), wish));
        QVERIFY(config.open(QIODevice::WriteOnly | QIODevice::Append) && config.write("# back\n") > 0);
        config.close();
        QVERIFY(config.rename(home.configFile()));
        QVERIFY(!gateway.await(u"reloaded"_s).isEmpty());
        QCOMPARE(gateway.terminate(), 0);
    }

    void theServiceManagerIsTold()
    {
        const RadpostHome home;
        const int receiver = ::socket(AF_UNIX, SOCK_DGRAM, 0);
        const auto closed = qScopeGuard([receiver] { ::close(receiver); });
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        const auto path = home.path(u"notify"_s).toUtf8();
        qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
        QCOMPARE(::bind(receiver, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const timeval limit{30, 0};
        ::setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const auto next = [receiver] {
            std::array<char, 256> text{};
            const auto got = ::recv(receiver, text.data(), text.size(), 0);
            return QByteArray(text.data(), std::max<qsizetype>(got, 0));
        };
        qputenv("NOTIFY_SOCKET", path);
        Gateway gateway(home);
        const bool isStarted = gateway.start();
        qunsetenv("NOTIFY_SOCKET");
        QVERIFY(isStarted);
        QCOMPARE(next(), QByteArray("READY=1"));
        QCOMPARE(gateway.terminate(), 0);
        QVERIFY(next().startsWith("STOPPING=1\nEXTEND_TIMEOUT_USEC="));
    }

    void aRefusedPeerIsListedAndAdmitted()
    {
        const auto addresses = engine::localAddresses();
        if (addresses.isEmpty()) {
            QSKIP("this machine has no address but the loopback's");
        }
        const RadpostHome home;
        Gateway gateway(home);
        QVERIFY(gateway.start({}));
        StoreClient::Wish wish;
        wish.host = addresses.first();
        wish.callingAeTitle = "NEWCT";
        StoreClient client;
        QVERIFY(!client.open(gateway.port(), wish));
        QJsonObject refused;
        QByteArray log;
        QTRY_VERIFY(
            (log += gateway.process().readAllStandardError()).contains("refused: \\\"not_listed")); // no --verbose
        QTRY_VERIFY(!(refused = home.run({u"peer"_s, u"list"_s, u"--json"_s}).event(u"refused-peer"_s)).isEmpty());
        QCOMPARE(refused[u"callingAeTitle"_s].toString(), u"NEWCT"_s);
        QCOMPARE(refused[u"address"_s].toString(), addresses.first());
        const auto number = QString::number(refused[u"number"_s].toInt());
        QCOMPARE(home.run({u"peer"_s, u"admit"_s, u"999"_s}).code, 2);
        QCOMPARE(home.run({u"peer"_s, u"admit"_s, number, u"--name"_s, u"CT 3"_s}).code, 0);
        QVERIFY(!gateway.await(u"reloaded"_s).isEmpty());
        QVERIFY(client.open(gateway.port(), wish));
        const auto listed = home.run({u"peer"_s, u"list"_s, u"--json"_s});
        QCOMPARE(listed.event(u"peer"_s)[u"name"_s].toString(), u"CT 3"_s);
        QTRY_VERIFY(home.run({u"peer"_s, u"list"_s, u"--json"_s}).event(u"refused-peer"_s).isEmpty());
        QVERIFY(home.run({u"peer"_s, u"list"_s}).text().contains(u"NEWCT"_s));
    }

    void whatAStrangerCallsItselfIsOnlyText()
    {
        const auto addresses = engine::localAddresses();
        if (addresses.isEmpty()) {
            QSKIP("this machine has no address but the loopback's");
        }
        const RadpostHome home;
        Gateway gateway(home);
        QVERIFY(gateway.start({}));
        StoreClient::Wish wish;
        wish.host = addresses.first();
        for (const auto& title : {"A\x1b[31mB"_ba, " "_ba}) {
            wish.callingAeTitle = title;
            StoreClient client;
            QVERIFY(!client.open(gateway.port(), wish));
        }
        QList<QJsonObject> refused;
        const auto list = [&home, &refused] {
            refused = home.run({u"peer"_s, u"list"_s, u"--json"_s}).events();
            refused.removeIf([](const auto& event) { return event[u"event"_s].toString() != u"refused-peer"; });
            return refused.size();
        };
        QTRY_COMPARE(list(), 2);
        QVERIFY(!home.run({u"peer"_s, u"list"_s}).text().contains(u'\x1b'));
        for (const auto& peer : refused) { // neither may stand in a configuration: one is no title, one is every title
            QVERIFY(home.run({u"peer"_s, u"admit"_s, QString::number(peer[u"number"_s].toInt())}).code != 0);
        }
    }

    void wrongOptionsAreRefused_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("port") << QStringList{u"--port"_s, u"70000"_s};
        QTest::newRow("title") << QStringList{u"--aet"_s, u"TOO LONG FOR AN AE TITLE"_s};
        QTest::newRow("durability") << QStringList{u"--durability"_s, u"none"_s};
    }

    void wrongOptionsAreRefused()
    {
        QFETCH(QStringList, options);
        const RadpostHome home;
        QCOMPARE(home.run(QStringList{u"serve"_s} + options).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestServe)
#include "TestServe.moc"
