#include "core/engine/LocalAddresses.h"
#include "core/engine/RefusedCallers.h"
#include "core/engine/SpoolRebuild.h"
#include "core/engine/SpoolServer.h"
#include "core/net/pdu.h"
#include "core/spool/Spool.h"
#include "core/store/Database.h"
#include "core/observe/Metrics.h"
#include "core/observe/TransferMetrics.h"
#include "core/store/LedgerLock.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/TestPki.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::SpoolServer;
using engine::SpoolServerParams;
using test::ctImage;
using test::kCtImageStorage;
using test::StoreClient;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qint64 kMostMegabytes = 4000; // what the sanitizers keep
#else
constexpr qint64 kMostMegabytes = 150;
#endif

struct Fixture
{
    Fixture()
    {
        params.dataFolder = folder.filePath(u"data"_s);
        params.settings.port = 0;
        params.settings.address = u"127.0.0.1"_s;
        params.settings.durability = config::ReceiveDurability::Process;
        params.settings.diskReserveBytes = 0;
        params.settings.drain = 10s;
    }

    quint16 start()
    {
        server.reset();
        auto opened = SpoolServer::open(params);
        if (!opened || !(*opened)->start()) {
            qFatal("%s", qPrintable(opened ? u"cannot listen"_s : opened.error().detail));
        }
        server = std::move(*opened);
        return server->ports().front().port;
    }

    QStringList files() const
    {
        QStringList found;
        QDirIterator walk(params.dataFolder, {u"*.dcm"_s, u"*.part"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            found.append(walk.next());
        }
        return found;
    }

    QTemporaryDir folder;
    SpoolServerParams params;
    std::unique_ptr<SpoolServer> server;
};

net::AssociateRj rejected(quint16 port, const StoreClient::Wish& wish = {})
{
    StoreClient client;
    const bool isOpen = client.open(port, wish);
    return isOpen ? net::AssociateRj{0, 0, 0} : client.rejection().value_or(net::AssociateRj{255, 255, 255});
}

int openDescriptors()
{
    return static_cast<int>(
        QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

qint64 residentMegabytes()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 / (1 << 20) : 0;
}

} // namespace

class TestSpoolServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgesWhatIsKept()
    {
        Fixture f;
        std::vector<engine::SpooledInstance> told;
        f.params.onInstance = [&told](const engine::SpooledInstance& instance) { told.push_back(instance); };
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        QCOMPARE(client.store("1.1", ctImage("1.1", 'y')), std::optional<quint16>(0));
        client.release();
        f.server->stop();
        const auto counts = f.server->counts();
        QCOMPARE(counts.stored, 2);
        QCOMPARE(counts.identical, 1);
        QCOMPARE(counts.versions, 1);
        QCOMPARE(counts.associations, 0);
        QCOMPARE(told.size(), 3U);
        QCOMPARE(told[0].callingAeTitle, u"CT1"_s);
        QCOMPARE(told[0].peerAddress, u"127.0.0.1"_s);
        QVERIFY(told[1].isIdentical);
        QCOMPARE(told[2].version, 2);
        QCOMPARE(f.files().size(), 2);
    }

    void anotherContentIsRefusedWhereTheFirstIsKept()
    {
        Fixture f;
        f.params.settings.duplicates = config::DuplicateRule::KeepFirst;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        QCOMPARE(client.store("1.1", ctImage("1.1", 'y')), std::optional<quint16>(0x0111));
        QCOMPARE(client.store("1.2", ctImage("1.2")), std::optional<quint16>(0));
        QCOMPARE(f.server->counts().refused, 1);
    }

    void onlyStorageIsAccepted()
    {
        Fixture f;
        f.params.settings.transferSyntaxUids = QStringList{u"1.2.840.10008.1.2"_s};
        const auto port = f.start();
        StoreClient::Wish wish;
        wish.contexts = {{1, {"1.2.840.10008.5.1.4.1.1.2"}, {{"1.2.840.10008.1.2.1"}, {"1.2.840.10008.1.2"}}},
            {3, {"1.2.840.10008.5.1.4.31"}, {{"1.2.840.10008.1.2"}}},
            {5, {"1.2.840.10008.1.1"}, {{"1.2.840.10008.1.2.1"}}}, {7, {"1.2.3.4.5"}, {{"1.2.840.10008.1.2"}}},
            {9, {"1.2.3.4.5"}, {{"1.2.840.10008.1.2.4.70"}}}};
        StoreClient client;
        QVERIFY(client.open(port, wish));
        const auto& answers = client.association().accepted().contexts;
        QCOMPARE(answers.size(), 5U);
        QCOMPARE(int(answers[0].result), 0);
        QCOMPARE(answers[0].transferSyntaxUid.value, QByteArray("1.2.840.10008.1.2"));
        QCOMPARE(int(answers[1].result), 3);
        QCOMPARE(int(answers[2].result), 0);
        QCOMPARE(int(answers[3].result), 0);
        QCOMPARE(int(answers[4].result), 4);
        QCOMPARE(client.store("1.1", ctImage("1.1"), "1.2.840.10008.5.1.4.31"), std::optional<quint16>(0x0122));
        QCOMPARE(f.files().size(), 0);
    }

    /// What is kept is proposed to destinations, and they drop an association for what is no UID.
    void whatIsNoUidIsRefused()
    {
        Fixture f;
        const auto port = f.start();
        const QByteArray plain = "1.2.840.10008.1.2";
        const QByteArray tooLong = "1.2." + QByteArray(61, '3');
        StoreClient::Wish wish;
        wish.contexts = {{1, {kCtImageStorage}, {{tooLong}, {plain}}}, {3, {tooLong}, {{plain}}},
            {5, {"x\x1b[31m"}, {{plain}}}, {7, {kCtImageStorage}, {{tooLong}}}};
        StoreClient client;
        QVERIFY(client.open(port, wish));
        const auto& answers = client.association().accepted().contexts;
        QCOMPARE(answers.size(), 4U);
        QCOMPARE(int(answers[0].result), 0);
        QCOMPARE(answers[0].transferSyntaxUid.value, plain);
        QCOMPARE(int(answers[1].result), 3);
        QCOMPARE(int(answers[2].result), 3);
        QCOMPARE(int(answers[3].result), 4);
        for (const auto& sopClass : {tooLong, QByteArray(300, 'A'), QByteArray("x\"\n"),
                 QByteArray("1.2.840.10008.1.1"), QByteArray("1.2.840.10008.5.1.4.1.1.4")}) {
            QCOMPARE(client.store("1.1", ctImage("1.1"), sopClass), std::optional<quint16>(0x0122));
        }
        QCOMPARE(f.files().size(), 0);
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
    }

    void theCalledTitleMustBeRight()
    {
        Fixture f;
        f.params.settings.aeTitle.value = "GATE";
        const auto port = f.start();
        QCOMPARE(rejected(port), (net::AssociateRj{1, 1, 7}));
        StoreClient::Wish right;
        right.calledAeTitle = "GATE";
        QCOMPARE(rejected(port, right), (net::AssociateRj{0, 0, 0}));
    }

    void strangersAreRefusedRememberedAndAdmitted()
    {
        const auto addresses = engine::localAddresses();
        if (addresses.isEmpty()) {
            QSKIP("this machine has no address but the loopback's");
        }
        Fixture f;
        f.params.settings.address.clear();
        const auto port = f.start();
        StoreClient::Wish wish;
        wish.host = addresses.first();
        QCOMPARE(rejected(port, wish), (net::AssociateRj{1, 1, 3}));
        QCOMPARE(f.server->counts().turnedAway, 1);
        QCOMPARE(rejected(port), (net::AssociateRj{0, 0, 0})); // the loopback
        f.server->stop();
        QTRY_COMPARE(engine::refusedCallers(f.params.dataFolder)->size(), 1);
        const auto callers = engine::refusedCallers(f.params.dataFolder);
        QCOMPARE(callers->first().callingAeTitle, u"CT1"_s);
        QCOMPARE(callers->first().address, addresses.first());
        const auto portAgain = f.start();
        f.server->reload(f.params.settings, {engine::peerFor(callers->first())}, {});
        QCOMPARE(rejected(portAgain, wish), (net::AssociateRj{0, 0, 0}));
        wish.callingAeTitle = "OTHER";
        QCOMPARE(rejected(portAgain, wish), (net::AssociateRj{1, 1, 3}));
        f.server.reset();
        QCOMPARE(engine::refusedCallers(f.params.dataFolder)->size(), 1); // OTHER
    }

    void aStrangerThatKnocksTooOftenGetsNoAnswer()
    {
        const auto addresses = engine::localAddresses();
        if (addresses.isEmpty()) {
            QSKIP("this machine has no address but the loopback's");
        }
        Fixture f;
        f.params.settings.address.clear();
        const auto port = f.start();
        StoreClient::Wish wish;
        wish.host = addresses.first();
        int answered = 0;
        for (int i = 0; i < 30; ++i) {
            answered += rejected(port, wish).result == 1 ? 1 : 0;
        }
        QCOMPARE(answered, 20);
        QCOMPARE(rejected(port), (net::AssociateRj{0, 0, 0}));
    }

    void limitsOfAssociations_data()
    {
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("perAddress");
        QTest::addColumn<int>("perAeTitle");
        QTest::newRow("total") << 2 << 0 << 0;
        QTest::newRow("per address") << 10 << 2 << 0;
        QTest::newRow("per AE title") << 10 << 0 << 2;
    }

    void limitsOfAssociations()
    {
        QFETCH(int, total);
        QFETCH(int, perAddress);
        QFETCH(int, perAeTitle);
        Fixture f;
        f.params.settings.maxAssociations = total;
        f.params.settings.maxAssociationsPerAddress = perAddress;
        f.params.settings.maxAssociationsPerAeTitle = perAeTitle;
        const auto port = f.start();
        StoreClient first;
        StoreClient second;
        QVERIFY(first.open(port));
        QVERIFY(second.open(port));
        QCOMPARE(rejected(port), (net::AssociateRj{2, 3, 2})); // local-limit-exceeded
        StoreClient::Wish other;
        other.callingAeTitle = "MR1";
        QCOMPARE(rejected(port, other).result, quint8(perAeTitle > 0 ? 0 : 2));
        first.release();
        first.close();
        bool isIn = false; // each look is an association itself
        QTRY_VERIFY(isIn || (isIn = rejected(port).result == 0));
    }

    void noRoomMeansTemporaryCongestion()
    {
        Fixture f;
        f.params.settings.diskReserveBytes = qint64(1) << 50;
        const auto port = f.start();
        QCOMPARE(rejected(port), (net::AssociateRj{2, 3, 1}));
        auto settings = f.params.settings;
        settings.diskReserveBytes = 0;
        f.server->reload(settings, {}, {});
        StoreClient client;
        QVERIFY(client.open(port));
        settings.quotaBytes = 10'000;
        f.server->reload(settings, {}, {});
        QCOMPARE(client.store("1.1", ctImage("1.1", 'x', 100'000)), std::optional<quint16>(0xA700));
        QCOMPARE(client.store("1.2", ctImage("1.2")), std::optional<quint16>(0));
        QCOMPARE(f.files().size(), 1);
        QCOMPARE(f.server->counts().failed, 1);
    }

    void anotherFolderInThePlaceOfOursGetsNothing()
    {
        Fixture f;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        const QString spool = f.server->spoolFolder();
        QVERIFY(QFile::rename(spool, spool + u".aside"_s));
        QVERIFY(QDir().mkpath(spool + u"/incoming"_s));
        QCOMPARE(client.store("1.2", ctImage("1.2")), std::optional<quint16>(0xA700));
        QCOMPARE(rejected(port), (net::AssociateRj{2, 3, 1})); // temporary-congestion
        QVERIFY(!f.server->spool().isReady());
        QVERIFY(QDir(spool).removeRecursively());
        QVERIFY(QFile::rename(spool + u".aside"_s, spool));
        QCOMPARE(client.store("1.2", ctImage("1.2")), std::optional<quint16>(0));
        QCOMPARE(rejected(port), (net::AssociateRj{0, 0, 0}));
        QCOMPARE(f.files().size(), 2);
    }

    void aRemovedLedgerAcknowledgesNothing()
    {
        Fixture f;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        const QString ledger = f.params.dataFolder + u"/ledger.sqlite"_s;
        QVERIFY(QFile::rename(ledger, ledger + u".aside"_s));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0xA700));
        QCOMPARE(rejected(port), (net::AssociateRj{2, 3, 1}));
        QVERIFY(QFile::rename(ledger + u".aside"_s, ledger));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
    }

    void oneListenerInTheClearAndOneWithTls()
    {
        test::TestPki pki;
        const auto own = pki.issue({});
        Fixture f;
        config::ServeListener plain;
        plain.address = u"127.0.0.1"_s;
        plain.port = 0;
        auto both = plain;
        both.tlsMode = config::TlsMode::Bcp195;
        both.tlsRequired = false;
        both.certificateFile = own.certificateFile;
        both.keyFile = own.keyFile;
        both.aeTitle.value = "SAFE";
        auto strict = both;
        strict.tlsRequired = true;
        strict.caFile = pki.caFile();
        strict.clientCertificate = config::ClientCertificate::Required;
        f.params.listeners = {plain, both, strict};
        observe::MetricsRegistry registry;
        observe::TransferMetrics metrics(registry);
        f.params.metrics = &metrics;
        f.start();
        const auto ports = f.server->ports();
        net::TlsSettings client;
        client.caFile = pki.caFile();
        StoreClient::Wish clear;
        StoreClient::Wish secured;
        secured.calledAeTitle = "SAFE";
        secured.tls = net::TlsContext::forClient(client).value();
        clear.calledAeTitle = "SAFE";
        QCOMPARE(rejected(ports[0].port, clear), (net::AssociateRj{0, 0, 0})); // any title
        QCOMPARE(rejected(ports[1].port, clear), (net::AssociateRj{0, 0, 0}));
        QCOMPARE(rejected(ports[1].port, secured), (net::AssociateRj{0, 0, 0}));
        QVERIFY(rejected(ports[2].port, clear).result != 0);
        QVERIFY(rejected(ports[2].port, secured).result != 0); // no certificate
        QTRY_COMPARE(metrics.refusedAssociations.with({u"tls"_s}).value(), 2);
        const auto ours = pki.issue({});
        client.certificateFile = ours.certificateFile;
        client.keyFile = ours.keyFile;
        secured.tls = net::TlsContext::forClient(client).value();
        QCOMPARE(rejected(ports[2].port, secured), (net::AssociateRj{0, 0, 0}));
        secured.calledAeTitle = "OTHER";
        QCOMPARE(rejected(ports[2].port, secured), (net::AssociateRj{1, 1, 7}));
    }

    void aDrainLetsASenderFinish()
    {
        Fixture f;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.0", ctImage("1.0")), std::optional<quint16>(0));
        std::atomic<bool> isDrained{false};
        std::thread drain([&] {
            f.server->drain({});
            isDrained = true;
        });
        QTRY_VERIFY(!net::Socket::connect(u"127.0.0.1"_s, port, Deadline(5s), {})); // the port is closed
        for (int i = 1; i < 20; ++i) {
            const QByteArray uid = "1." + QByteArray::number(i);
            QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
        }
        const bool wasWaiting = !isDrained;
        client.release();
        drain.join();
        QVERIFY(wasWaiting);
        f.server->stop();
        QCOMPARE(f.server->counts().stored, 20);
    }

    void aDrainDoesNotWaitForAnIdleSender()
    {
        Fixture f;
        f.params.settings.drain = 1h;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        f.server->drain({});
        f.server->stop();
        QCOMPARE(f.server->counts().associations, 0);
    }

    void theIndexIsMendedAtTheStart()
    {
        Fixture f;
        auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        client.close();
        f.server.reset();
        QVERIFY(QFile::remove(f.params.dataFolder + u"/ledger.sqlite"_s));
        std::atomic<int> entered{0};
        f.params.inTransaction = [&entered](store::WriteSession&, const spool::Arrived& arrived) -> Result<> {
            entered += arrived.sopInstanceUid.value == "1.1" ? 1 : 0;
            return {};
        };
        port = f.start();
        QTRY_VERIFY(!f.server->isChecking());
        QCOMPARE(entered, 1);
        StoreClient again;
        QVERIFY(again.open(port));
        QCOMPARE(again.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        QCOMPARE(f.server->counts().identical, 1);
    }

    void aDamagedLedgerIsPutAsideByARebuild()
    {
        Fixture f;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        for (int i = 0; i < 50; ++i) {
            const QByteArray uid = "1.1." + QByteArray::number(i);
            QCOMPARE(client.store(uid, ctImage(uid)), std::optional<quint16>(0));
        }
        client.close();
        QCOMPARE(engine::rebuildSpool(f.params.dataFolder, {}, {}).error().code, ErrorCode::LedgerLocked);
        f.server.reset();
        const auto sound = engine::rebuildSpool(f.params.dataFolder, {}, {});
        QVERIFY(sound);
        QCOMPARE(sound->known, 50);
        QVERIFY(sound->damagedLedger.isEmpty());
        QFile ledger(f.params.dataFolder + u"/ledger.sqlite"_s);
        QVERIFY(ledger.open(QIODevice::ReadWrite) && ledger.seek(8192));
        QVERIFY(ledger.write(QByteArray(ledger.size() - 8192, 'z')) > 0);
        ledger.close();
        const auto rebuilt = engine::rebuildSpool(f.params.dataFolder, {}, {});
        QVERIFY2(rebuilt, qPrintable(rebuilt ? QString() : rebuilt.error().detail));
        QCOMPARE(rebuilt->adopted, 50);
        QVERIFY(QFile::exists(rebuilt->damagedLedger));
    }

    void aDataSetThatIsNotWhatTheCommandSaysIsRefused()
    {
        Fixture f;
        const auto port = f.start();
        StoreClient client;
        QVERIFY(client.open(port));
        QCOMPARE(client.store("1.1", ctImage("1.2")), std::optional<quint16>(0xA900));
        test::DataSetBuilder other(dicom::kImplicitLittleEndian);
        other.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.4").add(0x00080018U, "UI", "1.1");
        QCOMPARE(client.store("1.1", other.bytes()), std::optional<quint16>(0xA900)); // an MR image
        QCOMPARE(client.store("1.1", QByteArray(3000, '\xff')), std::optional<quint16>(0xC000));
        QCOMPARE(client.store("1.1", ctImage("1.1").left(3)), std::optional<quint16>(0xC000));
        QCOMPARE(f.files().size(), 0);
        QCOMPARE(client.store("1.1", ctImage("1.1")), std::optional<quint16>(0));
        // Without a UID of its own it is what the command says.
        test::DataSetBuilder bare(dicom::kImplicitLittleEndian);
        bare.add(0x00100020U, "LO", "P1").add(0x0020000DU, "UI", "1.2.3");
        QCOMPARE(client.store("1.3", bare.bytes()), std::optional<quint16>(0));
        QCOMPARE(f.files().size(), 2);
    }

    void aRebuildHoldsTheLedgerWhileItLooks()
    {
        Fixture f;
        f.start();
        f.server.reset();
        const QString path = f.params.dataFolder + u"/ledger.sqlite"_s;
        auto busy = store::Database::open(path, store::DatabaseMode::ReadWrite);
        QVERIFY(busy && (*busy)->exec(u"PRAGMA locking_mode = EXCLUSIVE"_s) && (*busy)->exec(u"BEGIN EXCLUSIVE"_s));
        std::atomic<bool> isOver{false};
        std::thread rebuilding([&] {
            while (!isOver) { // waits for the database, and may find our own look at the lock
                std::ignore = engine::rebuildSpool(f.params.dataFolder, {}, {});
            }
        });
        const auto isHeld = [&path] { return !store::LedgerLock::acquire(path); };
        const bool wasHeld = QTest::qWaitFor([&] { return isHeld(); }, 10'000);
        const bool isHeldStill = wasHeld && isHeld() && isHeld();
        isOver = true;
        busy->reset(); // lets go of the database
        rebuilding.join();
        QVERIFY(isHeldStill);
    }

    void twoHundredAssociationsAtOnce()
    {
        constexpr int kAssociations = 200;
        Fixture f;
        f.params.settings.maxAssociations = kAssociations;
        f.params.settings.maxAssociationsPerAddress = 0;
        const auto port = f.start();
        const int descriptorsBefore = openDescriptors();
        const auto memoryBefore = residentMegabytes();
        {
            std::vector<StoreClient> clients(kAssociations);
            for (auto& client : clients) {
                QVERIFY(client.open(port));
            }
            QCOMPARE(f.server->counts().associations, kAssociations);
            QCOMPARE(rejected(port), (net::AssociateRj{2, 3, 2}));
            for (int i = 0; i < kAssociations; ++i) {
                const QByteArray uid = "1.1." + QByteArray::number(i);
                const auto status = clients[static_cast<std::size_t>(i)].store(uid, ctImage(uid, 'x', 600'000));
                QCOMPARE(status, std::optional<quint16>(0));
            }
            // 256 KiB and a stack for each of ours, 64 KiB for each of the clients.
            QVERIFY2(
                residentMegabytes() - memoryBefore < kMostMegabytes, qPrintable(QString::number(residentMegabytes())));
        }
        QTRY_COMPARE(f.server->counts().associations, 0);
        // Threads that have ended are joined when somebody connects.
        bool isBack = false;
        QTRY_VERIFY(isBack || (isBack = rejected(port).result == 0 && openDescriptors() <= descriptorsBefore + 8));
        QCOMPARE(f.server->counts().stored, kAssociations);
    }
};

QTEST_GUILESS_MAIN(TestSpoolServer)
#include "TestSpoolServer.moc"
