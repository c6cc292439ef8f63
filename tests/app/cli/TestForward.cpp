#include "tests/app/cli/GatewayProcess.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/FakeArchive.h"
#include "tests/support/PeerProcess.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QtEndian>

#include <atomic>
#include <csignal>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include <unistd.h>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kLimitMs = 60'000;

/// `storescp` that keeps every byte, in a folder of its own; may go and come back on the same port.
class Receiver final
{
public:
    explicit Receiver(const RadpostHome& home, const QString& name)
        : m_folder(home.path(name))
        , m_log(home.path(name + u".log"_s))
        , m_port(freePort())
    {
        QDir().mkpath(m_folder);
    }

    bool start()
    {
        m_process = std::make_unique<PeerProcess>();
        m_process->setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
        // Into a file: nobody reads a pipe while the test waits for others.
        return m_process->startServer(u"sh"_s,
            {u"-c"_s, u"exec storescp -v +B --fork -od \"$0\" \"$1\" >>\"$2\" 2>&1"_s, m_folder,
                QString::number(m_port), m_log},
            m_port);
    }
    void stop() { m_process.reset(); }
    /// C-STORE requests that came, with those that came twice.
    [[nodiscard]] qint64 requests() const
    {
        QFile log(m_log);
        return log.open(QIODevice::ReadOnly) ? qint64(log.readAll().count("Received Store Request")) : 0;
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int count() const { return static_cast<int>(QDir(m_folder).entryList(QDir::Files).size()); }

    /// The data sets, by SOP Instance UID.
    [[nodiscard]] std::map<QByteArray, QByteArray> dataSets() const
    {
        std::map<QByteArray, QByteArray> found;
        for (QDirIterator each(m_folder, QDir::Files); each.hasNext();) {
            QFile file(each.next());
            const auto bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            const auto length = bytes.size() > 144 ? qFromLittleEndian<quint32>(bytes.constData() + 140) : 0;
            const auto uid = QFileInfo(file.fileName()).fileName().section(u'.', 1).toLatin1(); // "CT.1.2.3"
            found[uid] = bytes.mid(144 + length);
        }
        return found;
    }

private:
    const QString m_folder;
    const QString m_log;
    const quint16 m_port;
    std::unique_ptr<PeerProcess> m_process;
};

bool writeConfig(const RadpostHome& home, const QByteArray& toml)
{
    QFile config(home.configFile());
    return config.open(QIODevice::WriteOnly | QIODevice::Truncate) && config.write(toml) == toml.size();
}

QByteArray destination(const QByteArray& name, quint16 port)
{
    return "[[destination]]\nname = \"" + name + "\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(port) +
        "\nae_title = \"" + name + "\"\n";
}

QJsonObject report(const RadpostHome& home)
{
    return home.run({u"spool"_s, u"report"_s, u"--json"_s}).event(u"spool-report"_s);
}

int instances(const QJsonObject& reported, const QString& part)
{
    return reported[part][u"instances"_s].toInt(-1);
}

/// Waits until the report says so of @p part.
bool awaitReport(const RadpostHome& home, const QString& part, int count)
{
    const QDeadlineTimer deadline(kLimitMs);
    while (instances(report(home), part) != count) {
        if (deadline.hasExpired()) {
            return false;
        }
    }
    return true;
}

int killCount()
{
    bool isNumber = false;
    const int wanted = qEnvironmentVariableIntValue("RADPOST_TEST_KILLS", &isNumber);
    return isNumber ? wanted : 10;
}

} // namespace

class TestForward : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesSendByModality()
    {
        const RadpostHome home;
        Receiver a(home, u"a"_s);
        Receiver b(home, u"b"_s);
        QVERIFY(a.start() && b.start());
        QVERIFY(writeConfig(home,
            destination("A", a.port()) + destination("B", b.port()) +
                "[[rule]]\nname = \"ct\"\nwhen = { modality = \"CT\" }\nsend = [\"A\", \"B\"]\n"
                "[[rule]]\nname = \"mr\"\nwhen = { modality = \"MR\" }\nsend = \"B\"\n"));
        const auto studies = home.makeStudies(
            u"studies"_s, {u"--series"_s, u"ct:12"_s, u"--series"_s, u"mr:8"_s, u"--series"_s, u"tiny:5"_s});
        Gateway gateway(home);
        QVERIFY(gateway.start());
        PeerProcess sender;
        sender.setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
        QCOMPARE(sender.run(u"storescu"_s,
                     {u"+sd"_s, u"+r"_s, u"-R"_s, u"-nh"_s, u"127.0.0.1"_s, QString::number(gateway.port()), studies}),
            0);
        QVERIFY(gateway.awaitDelivered(u"A"_s, 12));
        QVERIFY(gateway.awaitDelivered(u"B"_s, 20));
        QCOMPARE(a.count(), 12);
        QCOMPARE(b.count(), 20);
        const auto reported = report(home);
        QCOMPARE(instances(reported, u"all"_s), 25);
        QCOMPARE(instances(reported, u"unmatched"_s), 5);
        QCOMPARE(instances(reported, u"kept"_s), 20);
        QCOMPARE(gateway.terminate(), 0);
        const auto counts = gateway.await(u"served-in-all"_s);
        QCOMPARE(counts[u"delivered"_s].toInt(), 32);
        QCOMPARE(counts[u"unmatched"_s].toInt(), 5);
        const auto jobs = home.run({u"jobs"_s, u"--json"_s}).events();
        QCOMPARE(std::count_if(jobs.begin(), jobs.end(),
                     [](const QJsonObject& event) { return event[u"event"_s].toString() == u"job"; }),
            2); // a study is one line for each destination
    }

    void whatIsForwardedIsProved()
    {
        const RadpostHome home;
        FakeArchive archive;
        QVERIFY(writeConfig(home,
            destination("PACS", archive.port()) +
                "proof = \"commitment\"\n[[rule]]\nname = \"all\"\nsend = \"PACS\"\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        QCOMPARE(client.store("1.2.9.1", ctImage("1.2.9.1")), std::optional<quint16>(0));
        client.release();
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, 1));
        QTRY_COMPARE_WITH_TIMEOUT(archive.requests().size(), std::size_t(1), kLimitMs);
        QCOMPARE(archive.requests().front().references.front().sopInstanceUid.value, QByteArray("1.2.9.1"));
    }

    void aDeadDestinationHoldsUpNobody()
    {
        const RadpostHome home;
        Receiver alive(home, u"alive"_s);
        Receiver dead(home, u"dead"_s);
        QVERIFY(alive.start());
        QVERIFY(writeConfig(home,
            destination("ALIVE", alive.port()) + destination("DEAD", dead.port()) +
                "[[rule]]\nname = \"all\"\nsend = [\"DEAD\", \"ALIVE\"]\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        for (int i = 0; i < 20; ++i) {
            const QByteArray uid = "1.2.9." + QByteArray::number(i);
            QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
        }
        QVERIFY(gateway.awaitDelivered(u"ALIVE"_s, 20));
        const auto undelivered = report(home)[u"undelivered"_s].toArray();
        QCOMPARE(undelivered.size(), 1);
        QCOMPARE(undelivered[0][u"destination"_s].toString(), u"DEAD"_s);
        QCOMPARE(undelivered[0][u"instances"_s].toInt(), 20);
        QVERIFY(dead.start());
        QVERIFY(gateway.awaitDelivered(u"DEAD"_s, 20));
        QCOMPARE(dead.count(), 20);
    }

    void aStudyGoesWhenItIsComplete()
    {
        const RadpostHome home;
        Receiver pacs(home, u"pacs"_s);
        QVERIFY(pacs.start());
        QVERIFY(writeConfig(home,
            destination("PACS", pacs.port()) +
                "[[rule]]\nname = \"whole\"\nsend = \"PACS\"\ntrigger = \"study\"\nquiet = \"2s\"\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        for (int i = 0; i < 5; ++i) {
            const QByteArray uid = "1.2.9." + QByteArray::number(i);
            QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
        }
        client.release(); // its end means nothing
        QCOMPARE(gateway.await(u"routed"_s)[u"waiting"_s].toArray(), QJsonArray{u"PACS"_s});
        QCOMPARE(gateway.await(u"complete"_s)[u"instances"_s].toInt(), 5);
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, 5));
    }

    void badRulesLeaveThoseOfBefore()
    {
        const RadpostHome home;
        Receiver pacs(home, u"pacs"_s);
        QVERIFY(pacs.start());
        const auto to = destination("PACS", pacs.port());
        const QByteArray good = "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n";
        QVERIFY(writeConfig(home, to + good));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        // By its shape it is right; only the dictionary knows better.
        QVERIFY(writeConfig(home,
            to +
                "[[rule]]\nname = \"all\"\nwhen = { attribute = \"NoSuchKeyword\", equals = \"x\" }\naction = "
                "\"drop\"\n"));
        const auto problem = gateway.await(u"rule-problem"_s);
        QVERIFY(problem[u"line"_s].toInt() > 0);
        QVERIFY(!gateway.await(u"rules-refused"_s).isEmpty());
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        QCOMPARE(client.store("1.2.9", ctImage("1.2.9")), std::optional<quint16>(0));
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, 1));
        QVERIFY(writeConfig(home, to + "[[rule]]\nname = \"none\"\naction = \"drop\"\n"));
        QVERIFY(!gateway.await(u"rules-reloaded"_s).isEmpty());
        QCOMPARE(client.store("1.2.10", ctImage("1.2.10")), std::optional<quint16>(0));
        QCOMPARE(gateway.await(u"routed"_s)[u"state"_s].toString(), u"dropped"_s);
        QCOMPARE(pacs.count(), 1);
    }

    void faultsInTheRulesAreSaidAtTheStart()
    {
        const RadpostHome home;
        QVERIFY(writeConfig(home,
            "[[rule]]\nname = \"a\"\nwhen = { attribute = \"NoSuchKeyword\", equals = \"x\" }\naction = \"drop\"\n"));
        const auto outcome = home.run({u"serve"_s, u"--port"_s, u"0"_s, u"--address"_s, u"127.0.0.1"_s});
        QVERIFY(outcome.code > 0);
        QVERIFY2(outcome.text().contains(u"NoSuchKeyword"_s), qPrintable(outcome.text()));
    }

    void aPersonReleasesAndDropsBesideTheGateway()
    {
        const RadpostHome home;
        Receiver pacs(home, u"pacs"_s);
        QVERIFY(pacs.start());
        QVERIFY(writeConfig(home,
            destination("PACS", pacs.port()) +
                "[[rule]]\nname = \"look\"\naction = \"hold\"\nreason = \"please look\"\n"
                "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n"));
        {
            Gateway gateway(home);
            QVERIFY(gateway.start());
            StoreClient client;
            QVERIFY(client.open(gateway.port()));
            for (const auto* uid : {"1.2.1", "1.2.2", "1.2.3"}) {
                QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
                QCOMPARE(gateway.await(u"held"_s)[u"text"_s].toString(), u"please look"_s);
            }
            const auto held = home.run({u"route"_s, u"held"_s, u"--json"_s});
            QCOMPARE(held.events().size(), 3);
            const auto number = [&held](int i) { return QString::number(held.events()[i][u"number"_s].toInt()); };
            QCOMPARE(home.run({u"route"_s, u"release"_s, number(0)}).code, 0);
            QVERIFY(gateway.awaitDelivered(u"PACS"_s, 1));
            QCOMPARE(home.run({u"route"_s, u"release"_s, number(1), u"--drop"_s}).code, 0);
            QVERIFY(home.run({u"route"_s, u"release"_s, number(1)}).code != 0); // there is none any more
            QCOMPARE(gateway.terminate(), 0);
        }
        // Without a gateway it is done at its next start.
        const auto held = home.run({u"route"_s, u"held"_s, u"--json"_s});
        QCOMPARE(held.events().size(), 1);
        const auto last = QString::number(held.events()[0][u"number"_s].toInt());
        QCOMPARE(home.run({u"route"_s, u"release"_s, last}).code, 0);
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, 1));
        QCOMPARE(pacs.count(), 2);
    }

    void watchFoldersAreASource()
    {
        const RadpostHome home;
        Receiver pacs(home, u"pacs"_s);
        QVERIFY(pacs.start());
        const auto inbox = home.makeStudies(u"inbox"_s, {u"--series"_s, u"ct:6"_s});
        QFile junk(inbox + u"/note.txt"_s);
        QVERIFY(junk.open(QIODevice::WriteOnly) && junk.write("no image") > 0);
        junk.close();
        QVERIFY(writeConfig(home,
            destination("PACS", pacs.port()) + "[[watch]]\nname = \"inbox\"\nfolder = \"" + inbox.toUtf8() +
                "\"\nafter = \"remove\"\nsettle = \"200ms\"\njunk_folder = \"" + home.path(u"junk"_s).toUtf8() +
                "\"\n[[rule]]\nname = \"in\"\nwhen = { source = \"inbox\" }\nsend = \"PACS\"\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, 6));
        QCOMPARE(pacs.count(), 6);
        QTRY_VERIFY(QFile::exists(home.path(u"junk/note.txt"_s)));
        QDirIterator left(inbox, QDir::Files, QDirIterator::Subdirectories);
        QVERIFY(!left.hasNext());
    }

    void oneBadWatchFolderStopsNoOther()
    {
        const RadpostHome home;
        Receiver pacs(home, u"pacs"_s);
        QVERIFY(pacs.start());
        const auto inbox = home.makeStudies(u"inbox"_s, {u"--series"_s, u"ct:2"_s});
        const QByteArray rule = "[[rule]]\nname = \"in\"\nwhen = { source = \"inbox\" }\nsend = \"PACS\"\n";
        const auto to = destination("PACS", pacs.port());
        QVERIFY(writeConfig(home, to + rule));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        // A folder where the journal of "bad" would be.
        const QString journal = home.path(u"data/watch/"_s) + QString::fromLatin1(QByteArray("bad").toHex());
        QVERIFY(QDir().mkpath(journal + u".taken"_s));
        const auto watch = [](const QByteArray& name, const QString& folder) -> QByteArray {
            return "[[watch]]\nname = \"" + name + "\"\nfolder = \"" + folder.toUtf8() + "\"\nsettle = \"200ms\"\n";
        };
        QVERIFY(QDir().mkpath(home.path(u"other"_s)));
        QVERIFY(writeConfig(home, to + watch("bad", home.path(u"other"_s)) + watch("inbox", inbox) + rule));
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, 2));
    }

    void whatIsDeliveredLeavesTheSpoolAndNothingElse()
    {
        const RadpostHome home;
        Receiver pacs(home, u"pacs"_s);
        const auto dead = freePort();
        QVERIFY(pacs.start());
        QVERIFY(writeConfig(home,
            "[serve]\nkeep = \"0s\"\n" + destination("PACS", pacs.port()) + destination("DEAD", dead) +
                "[[rule]]\nname = \"one\"\nwhen = { calling_ae = \"ONE\" }\nsend = \"PACS\"\n"
                "[[rule]]\nname = \"two\"\nwhen = { calling_ae = \"TWO\" }\nsend = [\"PACS\", \"DEAD\"]\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        for (const auto* calling : {"ONE", "TWO", "OTHER"}) {
            StoreClient client;
            StoreClient::Wish wish;
            wish.callingAeTitle = calling;
            QVERIFY(client.open(gateway.port(), wish));
            const QByteArray uid = "1.2." + QByteArray::number(qHash(QByteArray(calling), 0) % 1000);
            QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
            client.release();
        }
        QCOMPARE(gateway.await(u"removed"_s)[u"instances"_s].toInt(), 1);
        const auto reported = report(home);
        QCOMPARE(instances(reported, u"all"_s), 2);
        QCOMPARE(instances(reported, u"unmatched"_s), 1);
        QCOMPARE(reported[u"undelivered"_s].toArray().size(), 1);
    }

    void whatIsRejectedStaysUntilSomebodySawToIt()
    {
        const RadpostHome home;
        // A destination that takes no CT.
        const auto port = freePort();
        PeerProcess only;
        QFile profile(home.path(u"none.cfg"_s));
        QVERIFY(profile.open(QIODevice::WriteOnly));
        profile.write("[[TransferSyntaxes]]\n[ILE]\nTransferSyntax1 = LittleEndianImplicit\n"
                      "[[PresentationContexts]]\n[MR]\nPresentationContext1 = MRImageStorage\\ILE\n"
                      "[[Profiles]]\n[Default]\nPresentationContexts = MR\n");
        profile.close();
        QVERIFY(only.startServer(
            u"storescp"_s, {u"+B"_s, u"-xf"_s, profile.fileName(), u"Default"_s, QString::number(port)}, port));
        QVERIFY(writeConfig(
            home, "[serve]\nkeep = \"0s\"\n" + destination("MR", port) + "[[rule]]\nname = \"all\"\nsend = \"MR\"\n"));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        StoreClient client;
        QVERIFY(client.open(gateway.port()));
        QCOMPARE(client.store("1.2.9", ctImage("1.2.9")), std::optional<quint16>(0));
        QVERIFY(!gateway.await(u"failed"_s).isEmpty());
        QVERIFY(gateway.await(u"removed"_s, 12'000).isEmpty()); // more than one look of the retention
        const auto reported = report(home);
        QCOMPARE(reported[u"rejected"_s].toArray().size(), 1);
        QCOMPARE(instances(reported, u"all"_s), 1);
    }

    /// RADPOST_TEST_KILLS: how often, 10 by default.
    void whatWasAcknowledgedReachesBothDestinationsWhateverIsKilled()
    {
        constexpr int kSenders = 3;
        constexpr int kAssociations = 2;
        constexpr int kWindow = 1; // storescp takes one operation at a time
        const QByteArray bounded = "associations = " + QByteArray::number(kAssociations) + "\n";
        const RadpostHome home;
        Receiver steady(home, u"steady"_s);
        Receiver flapping(home, u"flapping"_s);
        QVERIFY(steady.start());
        QVERIFY(writeConfig(home,
            destination("STEADY", steady.port()) + bounded + destination("FLAPPING", flapping.port()) + bounded +
                "[[rule]]\nname = \"all\"\nsend = [\"STEADY\", \"FLAPPING\"]\n"));
        std::mutex mutex;
        std::map<QByteArray, QByteArray> acknowledged; // by UID
        const int kills = killCount();
        for (int kill = 0; kill < kills; ++kill) {
            if (kill % 2 == 0) {
                QVERIFY(flapping.start());
            } else {
                flapping.stop();
            }
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
                        const auto dataSet = ctImage(uid, static_cast<char>('a' + i % 26), 1000 + i * 977 % 50'000 * 2);
                        isOpen = client.store(uid, dataSet) == std::optional<quint16>(0);
                        if (isOpen) {
                            ++count;
                            const std::lock_guard lock(mutex);
                            acknowledged[uid] = dataSet;
                        }
                    }
                });
            }
            const QDeadlineTimer limit(kLimitMs);
            while (count < 10 + 7 * (kill % 12) && !limit.hasExpired()) {
                std::this_thread::yield();
            }
            gateway.kill();
            for (auto& sender : senders) {
                sender.join();
            }
        }
        QVERIFY(acknowledged.size() >= std::size_t(kills) * 10);
        flapping.stop();
        QVERIFY(flapping.start());
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QVERIFY(awaitReport(home, u"unrouted"_s, 0));
        const QDeadlineTimer limit(2 * kLimitMs);
        while (!report(home)[u"undelivered"_s].toArray().isEmpty() && !limit.hasExpired()) {
        }
        QVERIFY(report(home)[u"undelivered"_s].toArray().isEmpty());
        QVERIFY(report(home)[u"rejected"_s].toArray().isEmpty());
        QCOMPARE(gateway.terminate(), 0);
        for (const auto* receiver : {&steady, &flapping}) {
            const auto got = receiver->dataSets();
            // Each kill may double what was on the wire, and nothing else. A peer that goes is a kill of its own.
            const auto inFlight = qint64(kAssociations) * kWindow * kills * 2;
            QVERIFY2(receiver->requests() >= qint64(got.size()), QByteArray::number(receiver->requests()));
            QVERIFY2(receiver->requests() <= qint64(got.size()) + inFlight, QByteArray::number(receiver->requests()));
            for (const auto& [uid, dataSet] : acknowledged) {
                const auto found = got.find(uid);
                QVERIFY2(found != got.end(), uid.constData());
                QVERIFY2(found->second == dataSet, uid.constData());
            }
        }
        qInfo() << steady.requests() << flapping.requests() << "requests," << kills << "kills," << acknowledged.size()
                << "instances at both destinations, bit for bit";
    }
};

QTEST_GUILESS_MAIN(TestForward)
#include "TestForward.moc"
