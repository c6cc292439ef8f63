#include "core/net/Acceptor.h"
#include "tests/app/cli/GatewayProcess.h"
#include "tests/support/HttpClient.h"
#include "tests/support/PeerProcess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <atomic>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kLimitMs = 60'000;
constexpr int kInstances = 6;

/// `storescp` in a folder of its own; may go and come back on the same port.
class Receiver final
{
public:
    explicit Receiver(const RadpostHome& home)
        : m_folder(home.path(u"received"_s))
        , m_port(freePort())
    {
        QDir().mkpath(m_folder);
    }

    bool start()
    {
        m_process = std::make_unique<PeerProcess>();
        m_process->setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
        return m_process->startServer(
            u"storescp"_s, {u"+B"_s, u"--fork"_s, u"-od"_s, m_folder, QString::number(m_port)}, m_port);
    }
    void stop() { m_process.reset(); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int count() const { return static_cast<int>(QDir(m_folder).entryList(QDir::Files).size()); }

private:
    const QString m_folder;
    const quint16 m_port;
    std::unique_ptr<PeerProcess> m_process;
};

/// Rejects for good until it is told otherwise.
class Picky final : public net::StoreHandler
{
public:
    Picky()
        : m_acceptor(settings(), this)
    {
        if (!m_acceptor.start()) {
            qFatal("no port");
        }
    }
    ~Picky() override { m_acceptor.stop(); }
    Q_DISABLE_COPY_MOVE(Picky)

    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet&, const net::AcceptedContext&, const net::PeerInfo&) override
    {
        return std::make_unique<Sink>(*this);
    }

    [[nodiscard]] quint16 port() const { return m_acceptor.port(); }

    std::atomic<quint16> status{0xC000};
    std::atomic<int> stored{0};

private:
    class Sink final : public net::StoreSink
    {
    public:
        explicit Sink(Picky& picky)
            : m_picky(picky)
        {
        }
        void write(std::span<const net::ConstBytes>) override {}
        net::StoreReply finish() override
        {
            const quint16 said = m_picky.status;
            m_picky.stored += said == 0 ? 1 : 0;
            return {said};
        }

    private:
        Picky& m_picky;
    };

    static net::AcceptorSettings settings()
    {
        net::AcceptorSettings made;
        made.address = u"127.0.0.1"_s;
        made.port = 0;
        return made;
    }

    net::Acceptor m_acceptor;
};

bool writeConfig(const RadpostHome& home, const QByteArray& toml)
{
    QFile config(home.configFile());
    return config.open(QIODevice::WriteOnly | QIODevice::Truncate) && config.write(toml) == toml.size();
}

QByteArray allTo(quint16 port, const QByteArray& send = "\"PACS\"")
{
    return "[http]\nlisten = \"127.0.0.1:" + QByteArray::number(freePort()) +
        "\"\n[[destination]]\nname = \"PACS\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(port) +
        "\nae_title = \"PACS\"\n[[rule]]\nname = \"all\"\nsend = " + send + "\n";
}

bool store(const RadpostHome& home, quint16 port, const QString& folder, int seed = 1)
{
    PeerProcess sender;
    sender.setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
    const auto studies =
        home.makeStudies(folder, {u"--series"_s, u"tiny:%1"_s.arg(kInstances), u"--seed"_s, QString::number(seed)});
    return sender.run(u"storescu"_s,
               {u"+sd"_s, u"+r"_s, u"-R"_s, u"-nh"_s, u"127.0.0.1"_s, QString::number(port), studies}) == 0;
}

/// The newest job, once @p isRight says so; else empty.
QJsonObject awaitJob(const RadpostHome& home, const std::function<bool(const QJsonObject&)>& isRight)
{
    const QDeadlineTimer deadline(kLimitMs);
    while (!deadline.hasExpired()) {
        for (const auto& event : home.run({u"jobs"_s, u"--json"_s}).events()) {
            if (event[u"event"_s].toString() == u"job" && isRight(event)) {
                return event;
            }
        }
    }
    return {};
}

QString numberOf(const QJsonObject& job)
{
    return QString::number(job[u"job"_s].toInt());
}

int countOf(const QJsonObject& job, const QString& state)
{
    return job[u"counts"_s][state].toInt();
}

bool awaitMetric(quint16 port, const QByteArray& line)
{
    const QDeadlineTimer deadline(kLimitMs);
    while (!HttpClient::ask(port, "/metrics").contains(line)) {
        if (deadline.hasExpired()) {
            return false;
        }
    }
    return true;
}

} // namespace

class TestControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPausedDestinationGetsNothingUntilItIsResumed()
    {
        const RadpostHome home;
        Receiver receiver(home);
        QVERIFY(receiver.start());
        QVERIFY(writeConfig(home, allTo(receiver.port())));
        Gateway gateway(home);
        gateway.begin();
        auto watched = static_cast<quint16>(gateway.await(u"monitoring"_s)[u"port"_s].toInt());
        QVERIFY(gateway.awaitPort());

        const auto paused = home.run({u"pause"_s, u"--to"_s, u"PACS"_s, u"--json"_s});
        QVERIFY2(paused.code == 0, paused.err.constData());
        QCOMPARE(paused.event(u"paused"_s)[u"destination"_s].toString(), u"PACS"_s);
        QVERIFY(awaitMetric(watched, "radpost_queue_paused{destination=\"PACS\"} 1"));
        QVERIFY(home.run({u"dest"_s, u"list"_s, u"--json"_s}).event(u"destination"_s)[u"paused"_s].toBool());

        QVERIFY(store(home, gateway.port(), u"first"_s));
        QVERIFY(awaitMetric(watched, "radpost_queue_deliveries{destination=\"PACS\",state=\"pending\"} 6"));
        QVERIFY(
            awaitJob(home, [](const auto& job) { return job[u"destinationPaused"_s].toBool(); }).contains(u"job"_s));
        QVERIFY(home.run({u"jobs"_s}).text().contains(u"dest. paused"_s));

        receiver.stop();                  // it comes and goes meanwhile
        QCOMPARE(gateway.terminate(), 0); // the pause is kept over a restart
        Gateway again(home);
        again.begin();
        watched = static_cast<quint16>(again.await(u"monitoring"_s)[u"port"_s].toInt());
        QVERIFY(again.awaitPort());
        QVERIFY(awaitMetric(watched, "radpost_queue_paused{destination=\"PACS\"} 1"));
        QVERIFY(receiver.start());
        QCOMPARE(receiver.count(), 0);

        const auto resumed = home.run({u"resume"_s, u"--to"_s, u"PACS"_s, u"--json"_s});
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QVERIFY(!resumed.event(u"resumed"_s).isEmpty());
        QVERIFY(resumed.event(u"nothing-to-do"_s).isEmpty());
        QVERIFY(again.awaitDelivered(u"PACS"_s, kInstances));
        QCOMPARE(receiver.count(), kInstances);
        QVERIFY(awaitMetric(watched, "radpost_queue_paused{destination=\"PACS\"} 0"));
        QCOMPARE(again.terminate(), 0);
    }

    void aJobOfTheGatewayIsCancelled()
    {
        const RadpostHome home;
        Receiver receiver(home);
        QVERIFY(receiver.start());
        QVERIFY(writeConfig(home, allTo(receiver.port())));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QCOMPARE(home.run({u"pause"_s, u"--to"_s, u"PACS"_s}).code, 0);
        QVERIFY(store(home, gateway.port(), u"first"_s));
        const auto job = awaitJob(home, [](const auto& it) { return countOf(it, u"pending"_s) == kInstances; });
        QVERIFY(!job.isEmpty());

        const auto cancelled = home.run({u"cancel"_s, numberOf(job), u"--json"_s});
        QVERIFY2(cancelled.code == 0, cancelled.err.constData());
        QCOMPARE(cancelled.event(u"cancelled"_s)[u"instances"_s].toInt(), kInstances);
        QCOMPARE(home.run({u"cancel"_s, u"99"_s}).code, home.run({u"show"_s, u"99"_s}).code); // there is none

        QVERIFY(store(home, gateway.port(), u"second"_s, 2));
        QCOMPARE(home.run({u"resume"_s, u"--to"_s, u"PACS"_s}).code, 0); // with what came after it
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, kInstances));
        const auto after = awaitJob(home, [&job](const auto& it) { return it[u"job"_s] == job[u"job"_s]; });
        QCOMPARE(after[u"state"_s].toString(), u"cancelled"_s);
        QCOMPARE(receiver.count(), kInstances);
        QCOMPARE(countOf(after, u"cancelled"_s), kInstances);
        QCOMPARE(gateway.terminate(), 0);
    }

    void whatFailedInTheGatewayIsSentAgain()
    {
        const RadpostHome home;
        Picky picky;
        QVERIFY(writeConfig(home, allTo(picky.port())));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QVERIFY(store(home, gateway.port(), u"first"_s));
        const auto job = awaitJob(home, [](const auto& it) { return countOf(it, u"rejected"_s) == kInstances; });
        QVERIFY(!job.isEmpty());

        picky.status = 0;
        const auto retried = home.run({u"retry"_s, numberOf(job), u"--give-up-after"_s, u"9s"_s, u"--json"_s});
        QVERIFY2(retried.code == 0, retried.err.constData());
        QCOMPARE(retried.event(u"retry"_s)[u"instances"_s].toInt(), kInstances);
        QVERIFY(gateway.awaitDelivered(u"PACS"_s, kInstances));
        QCOMPARE(picky.stored.load(), kInstances);
        QVERIFY(home.run({u"retry"_s, numberOf(job)}).text().contains(u"Nothing failed"_s));

        QCOMPARE(home.run({u"pause"_s, numberOf(job)}).code, 0); // nothing of it is being sent
        QCOMPARE(gateway.terminate(), 0);
    }

    void whatTheDestinationHasIsNotSentAgain()
    {
        const RadpostHome other;
        QVERIFY(writeConfig(other, "[serve]\naccess = \"anyone\"\n[[peer]]\naddress = \"127.0.0.1\"\nquery = true\n"));
        Gateway archive(other);
        QVERIFY(archive.start());
        QVERIFY(store(other, archive.port(), u"same"_s));

        const RadpostHome home;
        QVERIFY(writeConfig(home, allTo(archive.port(), "{ to = \"PACS\", only_missing = true }")));
        Gateway gateway(home);
        QVERIFY(gateway.start());
        QVERIFY(store(home, gateway.port(), u"same"_s)); // the same parameters, the same bytes
        const auto routed = [&gateway] {
            for (auto event = gateway.await(u"routed"_s); !event.isEmpty(); event = gateway.await(u"routed"_s)) {
                if (!event[u"alreadyThere"_s].toArray().isEmpty()) {
                    return true;
                }
            }
            return false;
        };
        for (int i = 0; i < kInstances; ++i) {
            QVERIFY(routed());
        }
        QCOMPARE(gateway.terminate(), 0);
        const auto counts = gateway.await(u"served-in-all"_s);
        QCOMPARE(counts[u"alreadyThere"_s].toInt(), kInstances);
        QCOMPARE(counts[u"delivered"_s].toInt(), 0);
        const auto receipt = QJsonDocument::fromJson(home.run({u"report"_s, u"1"_s, u"--format"_s, u"json"_s}).out);
        QCOMPARE(receipt[u"proof"_s][u"alreadyThere"_s].toInt(), kInstances);
        Gateway again(home); // a job that was sealed at the very end is finished at the next start
        QVERIFY(again.start());
        const auto isSaid = [&home] {
            return home.run({u"show"_s, u"1"_s}).text().contains(u"The destination has everything already."_s);
        };
        QVERIFY(QTest::qWaitFor(isSaid, 20'000));
        QCOMPARE(again.terminate(), 0);
    }

    void rightsOfAPeerAreGrantedAndTaken()
    {
        const RadpostHome home;
        QVERIFY(writeConfig(home,
            "# who may call\n[[peer]]\nname = \"CT in room 3\"\nae_title = \"CT3\"\naddress = \"10.0.0.3\"\n\n"
            "# another\n[[peer]]\nae_title = \"MR1\"\n"));
        const auto granted = home.run({u"peer"_s, u"admit"_s, u"CT3"_s, u"--query"_s, u"--retrieve"_s, u"--json"_s});
        QVERIFY2(granted.code == 0, granted.err.constData());
        QVERIFY(granted.event(u"peer-admitted"_s)[u"query"_s].toBool());
        const auto listed = home.run({u"peer"_s, u"list"_s}).text();
        QVERIFY2(listed.contains(u"may query"_s) && listed.contains(u"may retrieve"_s), qPrintable(listed));

        QCOMPARE(home.run({u"peer"_s, u"remove"_s, u"nobody"_s}).code, 2);
        const auto removed = home.run({u"peer"_s, u"remove"_s, u"ct in room 3"_s, u"--json"_s});
        QVERIFY2(removed.code == 0, removed.err.constData());
        QCOMPARE(removed.event(u"peer-removed"_s)[u"aeTitle"_s].toString(), u"CT3"_s);
        QFile config(home.configFile());
        QVERIFY(config.open(QIODevice::ReadOnly));
        QCOMPARE(config.readAll(), QByteArray("# who may call\n# another\n[[peer]]\nae_title = \"MR1\"\n"));
    }

    void whatStillAdmitsARemovedPeerIsSaid()
    {
        const RadpostHome home;
        QVERIFY(writeConfig(home,
            "[serve]\naccess = \"anyone\"\n[[peer]]\nname = \"CT\"\nae_title = \"CT3\"\naddress = \"10.1.0.3\"\n"
            "[[peer]]\nname = \"ward\"\naddress = \"10.1.0.0/16\"\n"
            "[[peer]]\nname = \"far\"\naddress = \"10.2.0.0/16\"\n"));
        const auto first = home.run({u"peer"_s, u"remove"_s, u"CT"_s}).text();
        QVERIFY2(first.contains(u"CT is no longer listed"_s), qPrintable(first));
        QVERIFY2(
            first.contains(u"anyone"_s) && first.contains(u"ward"_s) && !first.contains(u"far"_s), qPrintable(first));
        QVERIFY(writeConfig(home, "[[peer]]\nae_title = \"CT3\"\n[[peer]]\nae_title = \"MR1\"\n"));
        const auto second = home.run({u"peer"_s, u"remove"_s, u"CT3"_s}).text();
        QVERIFY2(!second.contains(u"still"_s), qPrintable(second));
    }
};

QTEST_GUILESS_MAIN(TestControl)
#include "TestControl.moc"
