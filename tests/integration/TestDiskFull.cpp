#include "tests/app/cli/GatewayProcess.h"
#include "tests/support/HttpClient.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SampleFiles.h"
#include "tests/support/SmallDisk.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <map>
#include <memory>
#include <set>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kLimitMs = 60'000;
constexpr auto kLimit = std::chrono::milliseconds(kLimitMs);

QByteArray dataSetOf(const Sample& sample)
{
    QFile file(sample.path);
    return file.open(QIODevice::ReadOnly) && file.seek(sample.header.dataSetOffset) ? file.readAll() : QByteArray();
}

std::map<QByteArray, QByteArray> contents(const std::vector<Sample>& samples)
{
    std::map<QByteArray, QByteArray> found;
    for (const auto& sample : samples) {
        found[sample.header.sopInstanceUid.value] = dataSetOf(sample);
    }
    return found;
}

/// What one run of storescu came to.
struct Stored
{
    std::set<QString> acknowledged; ///< files
    bool isRefused = false;         ///< A700
    bool isRejected = false;        ///< the association: temporary congestion
};

/// `storescu` stops at the first instance that is not taken.
Stored storescu(quint16 port, const QStringList& files)
{
    PeerProcess program;
    program.setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
    const QStringList options{
        u"-v"_s, u"-to"_s, u"20"_s, u"-aec"_s, u"RADPOST"_s, u"127.0.0.1"_s, QString::number(port)};
    std::ignore = program.run(u"storescu"_s, options + files, kLimit);
    Stored stored;
    QString file;
    const auto output = QString::fromUtf8(program.output());
    for (const auto& line : output.split(u'\n')) {
        if (line.contains(u"Sending file: "_s)) {
            file = line.section(u"Sending file: "_s, 1).trimmed();
        } else if (line.contains(u"Received Store Response (Success)"_s)) {
            stored.acknowledged.insert(file);
        } else if (line.contains(u"Received Store Response (Refused: OutOfResources)"_s)) {
            stored.isRefused = true;
        }
    }
    stored.isRejected = output.contains(u"Temporary Congestion"_s);
    return stored;
}

/// A gateway with a destination that is not there yet, and what modalities are to store.
class Scene final
{
public:
    /// @p serve: more lines of the table.
    bool prepare(const SmallDisk& disk, const QByteArray& serve, const QStringList& studies)
    {
        home.setLauncher(disk.launcher());
        QFile config(home.configFile());
        const QByteArray toml = "[http]\nlisten = \"127.0.0.1:" + QByteArray::number(freePort()) + "\"\n[serve]\n" +
            serve +
            "[[destination]]\nname = \"PACS\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(m_destination) +
            "\nae_title = \"PACS\"\nretry = { first_delay = \"200ms\", max_delay = \"1s\" }\n"
            "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n";
        const auto folder = home.makeStudies(u"in"_s, studies);
        for (QDirIterator each(folder, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
            files.append(each.next());
        }
        std::sort(files.begin(), files.end(), [](const QString& a, const QString& b) { // the largest first
            return std::pair(-QFileInfo(a).size(), a) < std::pair(-QFileInfo(b).size(), b);
        });
        sources = contents(readSamples(folder));
        const bool isWritten = config.open(QIODevice::WriteOnly) && config.write(toml) == toml.size();
        config.close();
        return isWritten && !files.isEmpty() && QDir().mkpath(received()) && start();
    }

    bool start()
    {
        gateway = std::make_unique<Gateway>(home);
        gateway->begin();
        m_http = static_cast<quint16>(gateway->await(u"monitoring"_s)[u"port"_s].toInt());
        return m_http != 0 && gateway->awaitPort();
    }

    bool startDestination()
    {
        m_receiver.setEnvironment(u"TCP_NODELAY"_s, u"1"_s);
        const auto port = QString::number(m_destination);
        return m_receiver.startServer(u"storescp"_s, {u"+B"_s, u"--fork"_s, u"-od"_s, received(), port}, m_destination);
    }

    [[nodiscard]] QString received() const { return home.path(u"out"_s); }

    /// The status of the answer, and the text.
    [[nodiscard]] std::pair<int, QByteArray> ask(const QByteArray& path) const
    {
        const auto answer = HttpClient::ask(m_http, path);
        return {HttpClient::statusOf(answer), HttpClient::bodyOf(answer)};
    }

    /// Until the destination has everything in @p files, bit for bit.
    [[nodiscard]] bool awaitAll(const std::set<QString>& acknowledged) const
    {
        std::map<QByteArray, QByteArray> wanted;
        for (const auto& sample : readSamples(home.path(u"in"_s))) {
            if (acknowledged.contains(sample.path)) {
                wanted[sample.header.sopInstanceUid.value] = sources.at(sample.header.sopInstanceUid.value);
            }
        }
        return wanted.size() == acknowledged.size() &&
            QTest::qWaitFor(
                [&] {
                    const auto there = contents(readSamples(received()));
                    return std::all_of(wanted.begin(), wanted.end(), [&there](const auto& one) {
                        const auto found = there.find(one.first);
                        return found != there.end() && found->second == one.second;
                    });
                },
                kLimitMs);
    }

    /// Until a modality that tries again and again has stored the rest, some at a time: what the gateway tells of them
    /// must find room in the pipe.
    [[nodiscard]] bool storeRest(std::set<QString>& acknowledged) const
    {
        return QTest::qWaitFor(
            [&] {
                constexpr int kAtATime = 25;
                QStringList rest;
                for (const auto& file : files) {
                    if (!acknowledged.contains(file) && rest.size() < kAtATime) {
                        rest.append(file);
                    }
                }
                acknowledged.merge(rest.isEmpty() ? std::set<QString>() : storescu(gateway->port(), rest).acknowledged);
                return acknowledged.size() == std::size_t(files.size());
            },
            kLimitMs);
    }

    RadpostHome home;
    QStringList files; ///< to be stored
    std::map<QByteArray, QByteArray> sources;
    std::unique_ptr<Gateway> gateway;

private:
    const quint16 m_destination = freePort();
    quint16 m_http = 0;
    PeerProcess m_receiver;
};

} // namespace

/// A disk that is really full, under `radpost serve`, with modalities that are not ours.
class TestDiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What cannot be delivered fills it; as soon as it is delivered, room is made.
    void aFullSpoolRefusesAndComesBackByItself()
    {
        const SmallDisk disk(12);
        if (!disk.isThere()) {
            QSKIP("neither root nor a user namespace may mount a small file system here");
        }
        Scene scene;
        QVERIFY(scene.prepare(disk, "spool_folder = \"" + disk.path().toUtf8() + "/spool\"\ndisk_reserve = \"2 MiB\"\n",
            {u"--series"_s, u"ct:30"_s, u"--series"_s, u"tiny:150"_s}));
        QCOMPARE(scene.ask("/readyz").first, 200);
        const auto first = storescu(scene.gateway->port(), scene.files);
        QVERIFY(first.isRefused);
        QVERIFY(first.acknowledged.size() > 5 && first.acknowledged.size() < 25);
        const auto small = storescu(scene.gateway->port(), scene.files.mid(30)); // until the last corner is taken
        QVERIFY(small.isRefused || small.isRejected);
        const auto third = storescu(scene.gateway->port(), {scene.files.last()});
        QVERIFY(third.isRejected);
        QVERIFY(third.acknowledged.empty());
        const auto [status, text] = scene.ask("/readyz");
        QCOMPARE(status, 503);
        QVERIFY2(text.contains("{\"name\":\"spool\",\"ok\":false"), text.constData());
        QCOMPARE(scene.ask("/healthz").first, 200);

        QVERIFY(scene.startDestination());
        auto acknowledged = first.acknowledged;
        acknowledged.insert(small.acknowledged.begin(), small.acknowledged.end());
        QVERIFY(scene.awaitAll(acknowledged));
        QVERIFY(scene.storeRest(acknowledged));
        QVERIFY(scene.awaitAll(acknowledged));
        QTRY_COMPARE_WITH_TIMEOUT(scene.ask("/readyz").first, 200, kLimitMs);
        QCOMPARE(scene.gateway->terminate(), 0);
    }

    void aFullLedgerRefusesAndComesBackByItself_data()
    {
        QTest::addColumn<bool>("isKilled");
        QTest::newRow("goes on") << false;
        QTest::newRow("is killed while it is full") << true;
    }

    void aFullLedgerRefusesAndComesBackByItself()
    {
        QFETCH(bool, isKilled);
        SmallDisk disk(32); // the journal of the ledger takes eight
        if (!disk.isThere()) {
            QSKIP("neither root nor a user namespace may mount a small file system here");
        }
        Scene scene;
        QVERIFY(QFile::link(disk.path(), scene.home.path(u"data"_s)));
        QVERIFY(scene.prepare(disk,
            "spool_folder = \"" + scene.home.path(u"spool"_s).toUtf8() + "\"\ndisk_reserve = \"1 MiB\"\n",
            {u"--series"_s, u"tiny:300"_s}));
        const auto before = storescu(scene.gateway->port(), scene.files.mid(0, 20));
        QCOMPARE(before.acknowledged.size(), 20U);
        QVERIFY(disk.fillUpTo(100'000));
        const auto full = storescu(scene.gateway->port(), scene.files.mid(20));
        QVERIFY(full.isRefused);
        QVERIFY(full.acknowledged.size() < 250);
        const auto [status, text] = scene.ask("/readyz");
        QCOMPARE(status, 503);
        QVERIFY2(text.contains("{\"name\":\"ledger\",\"ok\":false"), text.constData());
        QCOMPARE(scene.ask("/healthz").first, 200);
        QVERIFY(storescu(scene.gateway->port(), {scene.files.last()}).acknowledged.empty());

        if (isKilled) {
            scene.gateway->kill();
        }
        QVERIFY(disk.empty());
        QVERIFY(!isKilled || scene.start());
        QVERIFY(scene.startDestination());
        auto acknowledged = before.acknowledged;
        acknowledged.insert(full.acknowledged.begin(), full.acknowledged.end());
        QVERIFY(scene.awaitAll(acknowledged));
        QVERIFY(scene.storeRest(acknowledged));
        QVERIFY(scene.awaitAll(acknowledged));
        QTRY_COMPARE_WITH_TIMEOUT(scene.ask("/readyz").first, 200, kLimitMs);
        QCOMPARE(scene.gateway->terminate(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDiskFull)
#include "TestDiskFull.moc"
