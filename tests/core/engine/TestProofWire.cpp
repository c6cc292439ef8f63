#include "core/dicom/SyntheticStudy.h"
#include "core/engine/SpoolServer.h"
#include "core/net/CommitmentScu.h"
#include "core/queue/ReceiptWriter.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/FakeArchive.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <condition_variable>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Engine;
using store::Proof;
using store::ProofWanted;

namespace {

constexpr int kInstances = 6;

struct Room : EngineFixture
{
    Room()
    {
        dicom::SyntheticParams params;
        params.folder = source();
        params.series = {{dicom::SyntheticKind::Ct, kInstances}};
        if (!dicom::makeSyntheticStudies(params, {})) {
            qFatal("no study");
        }
    }

    [[nodiscard]] std::unique_ptr<Engine> openWith(std::optional<quint16> port = 0)
    {
        auto made = params();
        made.commitmentPort = port;
        made.commitmentAddress = u"127.0.0.1"_s;
        made.proof.firstDelay = 20ms;
        made.proof.quiet = 10ms;
        made.proof.patience = 2s; // a peer that stays is told after half a second
        made.proof.patienceAlone = 5s;
        auto opened = Engine::open(made);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        return *std::move(opened);
    }

    [[nodiscard]] engine::SendRequest wish(quint16 port, ProofWanted proof)
    {
        auto made = request({destination(port)});
        made.proof = proof;
        return made;
    }

    /// Sends, and waits for the proof. @return the receipt.
    [[nodiscard]] queue::Receipt send(Engine& engine, const engine::SendRequest& request)
    {
        const auto jobs = engine.send(request);
        if (!jobs || !engine.waitUntilAtRest(limit()) || !engine.waitUntilProved(*jobs, limit())) {
            qFatal("not sent");
        }
        return *engine.receipt(jobs->front());
    }
};

/// A gateway of ours on a free port.
struct Gateway
{
    explicit Gateway(const QString& folder, quint16 reportPort = 0,
        const std::function<void(engine::SpoolServerParams&)>& change = {})
    {
        params.dataFolder = folder;
        params.settings.port = 0;
        params.settings.address = u"127.0.0.1"_s;
        params.settings.durability = config::ReceiveDurability::Process;
        params.settings.diskReserveBytes = 0;
        params.settings.drain = 5s;
        config::ServePeer peer;
        peer.aeTitle = {"RADPOST"};
        peer.port = reportPort;
        params.peers = {peer};
        if (change) {
            change(params);
        }
        auto opened = engine::SpoolServer::open(params);
        if (!opened || !(*opened)->start()) {
            qFatal("no gateway");
        }
        server = std::move(*opened);
    }
    [[nodiscard]] quint16 port() const { return server->ports().front().port; }

    engine::SpoolServerParams params;
    std::unique_ptr<engine::SpoolServer> server;
};

/// Takes reports, for a test that is the SCU itself.
class Reports final : public net::CommitmentHandler
{
public:
    Reports()
        : m_acceptor(settings(), nullptr)
    {
        if (!m_acceptor.start()) {
            qFatal("no port");
        }
    }
    [[nodiscard]] quint16 port() const { return m_acceptor.port(); }
    quint16 request(const net::CommitmentRequest&, const net::PeerInfo&) override { return 0x0211; }
    std::optional<net::CommitmentReport> takeDue(const net::PeerInfo&) override { return {}; }
    void answered(const QByteArray&, const net::PeerInfo&, std::optional<quint16>) override {}
    quint16 report(const net::CommitmentReport& report, const net::PeerInfo& peer) override
    {
        const std::lock_guard lock(m_mutex);
        m_reports.push_back(report);
        m_caller = peer.callingAeTitle;
        m_came.notify_all();
        return m_reports.size() == 1 ? firstAnswer : net::kStatusSuccess;
    }
    bool await(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        return m_came.wait_for(lock, 30s, [&] { return m_reports.size() >= count; });
    }

    quint16 firstAnswer = net::kStatusSuccess;
    std::vector<net::CommitmentReport> m_reports;
    QByteArray m_caller;

private:
    net::AcceptorSettings settings()
    {
        net::AcceptorSettings made;
        made.address = u"127.0.0.1"_s;
        made.port = 0;
        made.commitment = this;
        return made;
    }
    std::mutex m_mutex;
    std::condition_variable m_came;
    net::Acceptor m_acceptor;
};

std::unique_ptr<net::Association> open(quint16 port, const std::vector<net::ProposedContext>& contexts)
{
    auto socket = net::Socket::connect(u"127.0.0.1"_s, port, Deadline(20s), {});
    net::AssociateRq asked;
    asked.calledAeTitle = "GATEWAY";
    asked.callingAeTitle = "RADPOST";
    asked.applicationContext = net::kDicomApplicationContext.toByteArray();
    asked.contexts = contexts;
    asked.user.maxLength = 16384;
    asked.user.implementationClassUid = "1.2.3";
    asked.user.roles = {net::askingRole()};
    auto association = std::make_unique<net::Association>(*std::move(socket), net::Role::Requestor);
    if (!association->request(asked, {})) {
        qFatal("not opened");
    }
    return association;
}

std::unique_ptr<net::Association> ask(quint16 port, const net::CommitmentRequest& request)
{
    auto association = open(port, {net::commitmentContext(1)});
    if (!net::CommitmentScu(*association).request(request, {}, {})) {
        qFatal("not asked");
    }
    return association;
}

const net::SopReference kHeld{{kCtImageStorage}, {"1.2.826.1"}};
const net::SopReference kOtherClass{{"1.2.840.10008.5.1.4.1.1.4"}, {"1.2.826.1"}};
const net::SopReference kAbsent{{kCtImageStorage}, {"1.2.826.2"}};

void storeHeld(quint16 port)
{
    StoreClient client;
    if (!client.open(port) || client.store("1.2.826.1", ctImage("1.2.826.1")) != quint16(0)) {
        qFatal("not stored");
    }
    client.release();
}

} // namespace

/// Proof of delivery from the engine to archives and to our own gateway.
class TestProofWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourGatewayCommitsToWhatWeSent()
    {
        Room room;
        const Gateway gateway(room.path(u"gateway"_s));
        const auto engine = room.openWith(std::nullopt);
        const auto receipt = room.send(*engine, room.wish(gateway.port(), ProofWanted::Commitment));
        QCOMPARE(receipt.proof.of(Proof::Proved), kInstances);
        QVERIFY(receipt.isComplete());
        const auto proof = QJsonDocument::fromJson(queue::receiptJson(receipt))[u"proof"_s];
        QCOMPARE(proof[u"wanted"_s].toString(), u"commitment"_s);
        QCOMPARE(proof[u"proved"_s].toInt(), kInstances);
    }

    void aReportOnAnotherAssociationComesToOurPort()
    {
        Room room;
        FakeArchive archive;
        archive.manner = FakeArchive::Manner::OtherAssociation;
        const auto engine = room.openWith();
        archive.reportPort = [&] { return engine->commitmentPort(); };
        const auto receipt = room.send(*engine, room.wish(archive.port(), ProofWanted::Commitment));
        QCOMPARE(receipt.proof.of(Proof::Proved), kInstances);
        QVERIFY(receipt.isComplete());
    }

    void aFailureIsSentAgain()
    {
        Room room;
        FakeArchive archive;
        const auto uid = sopInstanceUid(filesBelow(room.source()).front());
        archive.failures.insert(uid, net::kReasonNoSuchObjectInstance);
        const auto engine = room.openWith();
        const auto receipt = room.send(*engine, room.wish(archive.port(), ProofWanted::Commitment));
        QCOMPARE(receipt.proof.of(Proof::Proved), kInstances - 1);
        QCOMPARE(receipt.proof.of(Proof::Missing), 1);
        QVERIFY(receipt.isAllStored());
        QVERIFY(!receipt.isComplete());
        QCOMPARE(receipt.missing.front().delivery.sopInstanceUid.value, uid);
        QVERIFY(queue::receiptCsv(receipt).contains("unproved,stored"));
        archive.failures.clear();
        QCOMPARE(engine->retryFailed(receipt.job.id).value(), 1);
        QVERIFY(engine->waitUntilAtRest(room.limit()));
        QVERIFY(engine->waitUntilProved({receipt.job.id}, room.limit()));
        QCOMPARE(archive.stored(), kInstances + 1);
        QVERIFY(engine->receipt(receipt.job.id)->isComplete());
    }

    void aReportAfterARestartCounts()
    {
        Room room;
        FakeArchive archive;
        archive.manner = FakeArchive::Manner::WhenTold;
        JobId job;
        std::size_t asked = 0; // more than once where sending takes long: what is stored is asked for meanwhile
        {
            const auto engine = room.openWith();
            const auto jobs = engine->send(room.wish(archive.port(), ProofWanted::Commitment));
            QVERIFY(jobs);
            job = jobs->front();
            QVERIFY(engine->waitUntilAtRest(room.limit()));
            QTRY_COMPARE(engine->receipt(job)->proof.of(Proof::Asked), kInstances);
            asked = archive.requests().size();
            QVERIFY(qint64(asked) < kInstances);
        }
        const auto engine = room.openWith();
        QCOMPARE(engine->resumeUnfinished().value(), QList<JobId>{job});
        archive.reportPort = [&] { return engine->commitmentPort(); };
        QCOMPARE(archive.reportAll(), QList<quint16>(qsizetype(asked), 0));
        QVERIFY(engine->waitUntilProved({job}, room.limit()));
        QVERIFY(engine->receipt(job)->isComplete());
        QCOMPARE(archive.requests().size(), asked);
    }

    void aReportThatNeverComesIsNotProof()
    {
        Room room;
        FakeArchive archive;
        archive.manner = FakeArchive::Manner::WhenTold;
        const auto engine = room.openWith();
        const auto jobs = engine->send(room.wish(archive.port(), ProofWanted::Commitment));
        QVERIFY(jobs);
        QVERIFY(engine->waitUntilAtRest(room.limit()));
        QTRY_COMPARE(archive.requests().size(), std::size_t(1));
        const TimeLimit soon(100ms);
        QCOMPARE(engine->waitUntilProved(*jobs, soon.token()).error().code, ErrorCode::Cancelled);
        const auto receipt = engine->receipt(jobs->front());
        QVERIFY(receipt->isAllStored());
        QVERIFY(!receipt->isComplete());
        QCOMPARE(receipt->provedCount(), 0);
    }

    void whoDoesNotCommitIsNotTakenForProof()
    {
        Room room;
        const auto receiver = room.startServer();
        const auto engine = room.openWith();
        const auto receipt = room.send(*engine, room.wish(receiver->port(), ProofWanted::Commitment));
        QCOMPARE(receipt.counts.of(store::DeliveryState::Stored), kInstances);
        QCOMPARE(receipt.proof.of(Proof::Missing), kInstances);
        QVERIFY(!receipt.isComplete());
    }

    void theDestinationSaysWhatIsWanted()
    {
        Room room;
        FakeArchive archive;
        auto request = room.request({EngineFixture::destination(archive.port())});
        request.destinations.front().proof = config::ProofOfDelivery::Commitment;
        const auto engine = room.openWith();
        QCOMPARE(room.send(*engine, request).job.proofWanted, ProofWanted::Commitment);
    }

    void aDestinationThatCannotBeAskedGetsNothing()
    {
        Room room;
        std::atomic<int> received = 0;
        const auto receiver = room.startServer(0, [&](const engine::ReceivedInstance&) { ++received; });
        const auto engine = room.openWith();
        auto request = room.request({EngineFixture::destination(receiver->port())});
        request.onlyMissing = true;
        const auto jobs = engine->send(request);
        QVERIFY(jobs);
        QVERIFY(engine->waitUntilAtRest(room.limit()));
        const auto receipt = engine->receipt(jobs->front());
        QCOMPARE(receipt->job.state, store::JobState::Stopped);
        QCOMPARE(receipt->job.stopReason->code, ErrorCode::QueryFailed);
        QCOMPARE(received.load(), 0);
    }

    /// Where nobody can report to us, the association of the request is all there is.
    void aPortThatIsTaken_isAsIfThereWereNone()
    {
        Room room;
        FakeArchive archive;
        archive.grace = 2500ms; // longer than the patience of who has a port
        const auto engine = room.openWith(archive.port());
        const auto receipt = room.send(*engine, room.wish(archive.port(), ProofWanted::Commitment));
        QCOMPARE(engine->commitmentPort(), 0);
        QCOMPARE(receipt.proof.of(Proof::Proved), kInstances);
    }

    void theGatewayReadsPlainSyntaxesOnly()
    {
        Room room;
        const Gateway gateway(room.path(u"gateway"_s));
        const TransferSyntaxUid bigEndian{"1.2.840.10008.1.2.2"};
        const TransferSyntaxUid implicit{"1.2.840.10008.1.2"};
        const auto association = open(gateway.port(),
            {{1, {net::kStorageCommitmentClass.toByteArray()}, {bigEndian}},
                {3, {net::kStorageCommitmentClass.toByteArray()}, {bigEndian, implicit}}});
        QVERIFY(association->context(1) == nullptr);
        QCOMPARE(association->context(3)->transferSyntaxUid, implicit);
        (void)association->release({});
    }

    void aTransactionUidIsOfOneRequest()
    {
        Room room;
        const Gateway gateway(room.path(u"gateway"_s));
        const auto association = ask(gateway.port(), {"2.25.9", {kHeld}});
        const auto again = net::CommitmentScu(*association).request({"2.25.9", {kAbsent}}, {}, {});
        QVERIFY(!again);
        QCOMPARE(again.error().dimseStatus, std::optional<quint16>(0x0115));
        QVERIFY(association->release({}));
    }

    void tooManyReferencesAreRefused()
    {
        Room room;
        const Gateway gateway(room.path(u"gateway"_s));
        net::CommitmentRequest request{"2.25.10", {}};
        for (int i = 0; i < 20'001; ++i) {
            request.references.push_back({{kCtImageStorage}, {"1.2.826.3." + QByteArray::number(i)}});
        }
        const auto association = open(gateway.port(), {net::commitmentContext(1)});
        const auto asked = net::CommitmentScu(*association).request(request, {}, {});
        QVERIFY(!asked);
        QCOMPARE(asked.error().dimseStatus, std::optional<quint16>(0x0213));
        (void)association->release({});
    }

    /// A peer without a title is not the one that asked while another has its title.
    void theReportGoesToWhoAsked()
    {
        Room room;
        Reports others;
        Reports reports;
        const Gateway gateway(room.path(u"gateway"_s), reports.port(), [&](engine::SpoolServerParams& params) {
            config::ServePeer any;
            any.port = others.port();
            config::ServePeer elsewhere;
            elsewhere.aeTitle = {"RADPOST"};
            elsewhere.addresses = {u"10.1.0.0/16"_s};
            elsewhere.host = u"127.0.0.1"_s;
            elsewhere.port = others.port();
            params.peers.insert(params.peers.begin(), {any, elsewhere});
        });
        storeHeld(gateway.port());
        QVERIFY(ask(gateway.port(), {"2.25.9", {kHeld}})->release({}));
        QVERIFY(reports.await(1));
        QVERIFY(others.m_reports.empty());
    }

    void whoKnowsNothingOfIt_isToldAgain()
    {
        Room room;
        Reports reports;
        reports.firstAnswer = 0x0115;
        const Gateway gateway(room.path(u"gateway"_s), reports.port());
        storeHeld(gateway.port());
        QVERIFY(ask(gateway.port(), {"2.25.9", {kHeld}})->release({}));
        QVERIFY(reports.await(2));
    }

    void theGatewaySaysWhatItHolds()
    {
        Room room;
        const Gateway gateway(room.path(u"gateway"_s));
        storeHeld(gateway.port());
        const auto association = ask(gateway.port(), {"2.25.9", {kHeld, kOtherClass, kAbsent}});
        std::optional<net::CommitmentReport> heard;
        const auto take = [&](const net::CommitmentReport& report) {
            heard = report;
            return net::kStatusSuccess;
        };
        QVERIFY(net::CommitmentScu(*association).awaitReport("2.25.9", 20s, take, {}).value());
        QVERIFY(heard->committed == std::vector{kHeld});
        const std::vector<net::FailedReference> failures{
            {kOtherClass, net::kReasonClassInstanceConflict}, {kAbsent, net::kReasonNoSuchObjectInstance}};
        QVERIFY(heard->failed == failures);
        QVERIFY(association->release({}));
    }

    void theGatewayReportsOnAnotherAssociation_untilItIsTaken()
    {
        Room room;
        Reports reports;
        reports.firstAnswer = net::kStatusProcessingFailure;
        const Gateway gateway(room.path(u"gateway"_s), reports.port());
        storeHeld(gateway.port());
        QVERIFY(ask(gateway.port(), {"2.25.9", {kHeld}})->release({}));
        QVERIFY(reports.await(2));
        QCOMPARE(reports.m_caller, QByteArray("GATEWAY"));
        QVERIFY(reports.m_reports.back().committed == std::vector{kHeld});
    }

    void whatTheGatewayOwesSurvivesItsEnd()
    {
        Room room;
        Reports reports;
        const auto folder = room.path(u"gateway"_s);
        {
            const Gateway gateway(folder); // knows no port to report to
            storeHeld(gateway.port());
            QVERIFY(ask(gateway.port(), {"2.25.9", {kHeld}})->release({}));
        }
        const Gateway gateway(folder, reports.port());
        QVERIFY(reports.await(1));
        QCOMPARE(reports.m_reports.front().transactionUid, QByteArray("2.25.9"));
    }
};

QTEST_GUILESS_MAIN(TestProofWire)
#include "TestProofWire.moc"
