#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/DimseSender.h"
#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"
#include "core/net/TlsContext.h"
#include "core/net/TlsSocket.h"
#include "core/queue/ReceiptWriter.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/support/DataSetBuilder.h"
#include "tests/support/FakeScp.h"
#include "tests/support/TestPki.h"

#include <QFile>
#include <QTest>

#include <atomic>
#include <mutex>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using config::UserIdentityKind;
using net::UserIdentityType;
using store::DeliveryState;
using store::JobState;

namespace {

constexpr int kInstances = 5;
constexpr quint16 kEchoRequest = 0x0030;
constexpr char kGray = 'g';
constexpr auto kShortest = 100ms; // of what the configuration takes for a timeout

/// Accepts every association and keeps what was asked for.
class Listener final
{
public:
    void listenTo(net::AcceptorSettings& settings)
    {
        settings.policy = [this](const net::AssociateRq& request) -> std::optional<net::AssociateRj> {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
            return std::nullopt;
        };
    }
    [[nodiscard]] std::vector<net::AssociateRq> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<net::AssociateRq> m_requests;
};

/// 16 x 16, 8 bits, one frame of one fragment.
QByteArray compressedFile(const char* syntax, const QByteArray& fragment)
{
    DataSetBuilder builder;
    builder.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.7").add(0x00080018U, "UI", "1.2.826.0.1.3680043.2.1");
    builder.add(0x0020000DU, "UI", "1.2.826.0.1.3680043.2.2").add(0x0020000EU, "UI", "1.2.826.0.1.3680043.2.3");
    builder.addShort(0x00280002U, 1).add(0x00280004U, "CS", "MONOCHROME2").addShort(0x00280010U, 16);
    builder.addShort(0x00280011U, 16).addShort(0x00280100U, 8).addShort(0x00280101U, 8).addShort(0x00280102U, 7);
    builder.addShort(0x00280103U, 0).addHead(0x7FE00010U, "OB", 0xFFFFFFFFU).addItemHead(0);
    builder.addItemHead(quint32(fragment.size())).addRaw(fragment).closeSequence();
    return part10(syntax, builder);
}

/// One segment (PS3.5 Annex G): twice "128 times this byte".
QByteArray rleFragment()
{
    QByteArray fragment(64, '\0');
    fragment[0] = 1;
    fragment[4] = 64;
    const QByteArray run{QByteArray(1, char(0x81)) + kGray};
    return fragment + run + run;
}

} // namespace

/// What the far side of a send through the engine sees and what comes back of its answers.
class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<EngineFixture>();
        dicom::SyntheticParams params;
        params.folder = m_fixture->source();
        params.series = {{dicom::SyntheticKind::Tiny, kInstances}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}).has_value());
    }

    void cleanup()
    {
        m_peer.reset();
        m_files.reset();
    }

    void aSendOverTlsChecksBothSides_data()
    {
        QTest::addColumn<QString>("serverName");
        QTest::addColumn<bool>("verifyHost");
        QTest::addColumn<bool>("hasCertificate");
        QTest::addColumn<bool>("trustsAuthority");
        QTest::addColumn<std::optional<ErrorCode>>("stop");
        const auto mine = u"IP:127.0.0.1"_s;
        const auto other = u"DNS:elsewhere.example"_s;
        const std::optional<ErrorCode> none;
        QTest::newRow("all is right") << mine << true << true << true << none;
        QTest::newRow("another host") << other << true << true << true << std::optional(ErrorCode::TlsHostMismatch);
        QTest::newRow("another host, not checked") << other << false << true << true << none;
        QTest::newRow("no client certificate")
            << mine << true << false << true << std::optional(ErrorCode::TlsClientCertificateRequired);
        QTest::newRow("an unknown authority")
            << mine << true << true << false << std::optional(ErrorCode::TlsUntrusted);
    }

    void aSendOverTlsChecksBothSides()
    {
        QFETCH(QString, serverName);
        QFETCH(bool, verifyHost);
        QFETCH(bool, hasCertificate);
        QFETCH(bool, trustsAuthority);
        QFETCH(std::optional<ErrorCode>, stop);
        TestPki pki;
        TestPki stranger;
        const auto server = pki.issue({.commonName = u"pacs"_s, .names = {serverName}});
        const auto client = pki.issue({.commonName = u"station"_s});
        net::FileReceiver files(m_fixture->received());
        QVERIFY(files.open().has_value());
        net::Acceptor peer(tlsAcceptor(pki, server), &files);
        QVERIFY(peer.start().has_value());

        auto pacs = EngineFixture::destination(peer.port());
        pacs.tls.mode = config::TlsMode::Bcp195;
        pacs.tls.caFile = trustsAuthority ? pki.caFile() : stranger.caFile();
        pacs.tls.verifyHost = verifyHost;
        pacs.tls.certificateFile = hasCertificate ? client.certificateFile : QString();
        pacs.tls.keyFile = hasCertificate ? client.keyFile : QString();
        const auto receipt = send(pacs);
        QCOMPARE(receipt.job.stopReason ? std::optional(receipt.job.stopReason->code) : std::nullopt, stop);
        QCOMPARE(receipt.isComplete(), !stop.has_value());
        QCOMPARE(filesBelow(m_fixture->received()).size(), stop ? 0 : kInstances);
    }

    void theUserIdentityIsWhatTheDestinationSays_data()
    {
        QTest::addColumn<UserIdentityKind>("kind");
        QTest::addColumn<QString>("reference");
        QTest::addColumn<UserIdentityType>("type");
        QTest::addColumn<QByteArray>("primary");
        QTest::addColumn<QByteArray>("secondary");
        const auto file = u"file"_s;
        const auto variable = u"env:RADPOST_TEST_SECRET"_s;
        const QByteArray none;
        QTest::newRow("username") << UserIdentityKind::Username << QString() << UserIdentityType::Username
                                  << "reader"_ba << none;
        QTest::newRow("passcode") << UserIdentityKind::UsernamePasscode << file << UserIdentityType::UsernamePasscode
                                  << "reader"_ba
                                  << "from a file"_ba;
        QTest::newRow("kerberos") << UserIdentityKind::Kerberos << variable << UserIdentityType::Kerberos
                                  << "from the environment"_ba << none;
        QTest::newRow("saml") << UserIdentityKind::Saml << file << UserIdentityType::Saml << "from a file"_ba << none;
        QTest::newRow("jwt") << UserIdentityKind::Jwt << variable << UserIdentityType::Jwt << "from the environment"_ba
                             << none;
    }

    void theUserIdentityIsWhatTheDestinationSays()
    {
        QFETCH(UserIdentityKind, kind);
        QFETCH(QString, reference);
        QFETCH(UserIdentityType, type);
        QFETCH(QByteArray, primary);
        QFETCH(QByteArray, secondary);
        QFile secret(m_fixture->path(u"secret"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("from a file\n") > 0);
        secret.close();
        qputenv("RADPOST_TEST_SECRET", "from the environment");
        Listener listener;
        const auto port = startPeer(listener);
        auto pacs = EngineFixture::destination(port);
        pacs.userIdentity.kind = kind;
        pacs.userIdentity.primary = u"reader"_s;
        pacs.userIdentity.secretReference = reference == u"file" ? u"file:"_s + secret.fileName() : reference;
        QVERIFY(send(pacs).isComplete());
        QVERIFY(!listener.requests().empty());
        for (const auto& request : listener.requests()) {
            QCOMPARE(request.user.identity, std::optional(net::UserIdentityRq{type, false, primary, secondary}));
        }
    }

    void aSecretThatCannotBeHadStopsTheJob()
    {
        Listener listener;
        auto pacs = EngineFixture::destination(startPeer(listener));
        pacs.userIdentity.kind = UserIdentityKind::Jwt;
        pacs.userIdentity.secretReference = u"file:"_s + m_fixture->path(u"nowhere"_s);
        const auto receipt = send(pacs);
        QCOMPARE(receipt.job.state, JobState::Stopped);
        QCOMPARE(receipt.job.stopReason->code, ErrorCode::ConfigValue);
        QVERIFY(listener.requests().empty());
    }

    void theRequestIsWhatTheDestinationSays()
    {
        Listener listener;
        auto pacs = EngineFixture::destination(startPeer(listener));
        pacs.calledAeTitle = {"ARCHIVE"};
        pacs.callingAeTitle = {"ROOM7"};
        pacs.maxPduBytes = 65'536;
        pacs.window = 7;
        QVERIFY(send(pacs).isComplete());
        const auto requests = listener.requests();
        QVERIFY(!requests.empty());
        QCOMPARE(requests.front().calledAeTitle, "ARCHIVE"_ba);
        QCOMPARE(requests.front().callingAeTitle, "ROOM7"_ba);
        QCOMPARE(requests.front().user.maxLength, std::optional<quint32>(65'536));
        QCOMPARE(requests.front().user.asyncWindow, std::optional(net::AsyncWindow{7, 1}));
        QVERIFY(!requests.front().user.identity);
    }

    void aDestinationWithoutACallingTitleGetsTheProgramsOwn()
    {
        Listener listener;
        const auto port = startPeer(listener);
        auto params = m_fixture->params();
        params.callingAeTitle = {"STATION"};
        QVERIFY(send(EngineFixture::destination(port), params).isComplete());
        QCOMPARE(listener.requests().front().callingAeTitle, "STATION"_ba);
    }

    void aSilentPeerIsLeftWhenItsTimeIsUp_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::addColumn<ErrorCode>("stop");
        QTest::newRow("association") << false << ErrorCode::AssociationTimeout;
        QTest::newRow("TLS handshake") << true << ErrorCode::TlsTimeout;
    }

    void aSilentPeerIsLeftWhenItsTimeIsUp()
    {
        QFETCH(bool, isTls);
        QFETCH(ErrorCode, stop);
        FakeScp scp([](FakePeer& peer, int) { peer.hold(); });
        const TestPki pki;
        auto pacs = EngineFixture::destination(scp.port());
        pacs.associations = 1;
        pacs.tls.mode = isTls ? config::TlsMode::Bcp195 : config::TlsMode::Off;
        pacs.tls.caFile = pki.caFile();
        (isTls ? pacs.timeouts.tlsHandshake : pacs.timeouts.association) = kShortest;
        const auto receipt = send(pacs);
        QCOMPARE(receipt.job.state, JobState::Stopped);
        QCOMPARE(receipt.job.stopReason->code, stop);
    }

    void anAnswerThatDoesNotComeEndsTheAssociation()
    {
        FakeScp scp([](FakePeer& peer, int connection) {
            peer.accept();
            if (connection == 0) {
                peer.readMessage();
                peer.hold();
                return;
            }
            peer.serve();
        });
        auto pacs = EngineFixture::destination(scp.port());
        pacs.associations = 1;
        pacs.timeouts.response = kShortest;
        auto params = m_fixture->params();
        params.giveUpAfter = 0ms;
        QVERIFY(send(pacs, params).isComplete());
        QVERIFY(scp.connections() > 1);
    }

    void whatAnUncompressedPeerGets_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<std::optional<ErrorCode>>("refusal");
        QTest::newRow("RLE is decoded") << compressedFile("1.2.840.10008.1.2.5", rleFragment())
                                        << std::optional<ErrorCode>();
        QTest::newRow("JPEG 2000 cannot be") << compressedFile("1.2.840.10008.1.2.4.90", QByteArray(64, 'j'))
                                             << std::optional(ErrorCode::DicomUnsupportedSyntax);
    }

    void whatAnUncompressedPeerGets()
    {
        QFETCH(QByteArray, file);
        QFETCH(std::optional<ErrorCode>, refusal);
        QVERIFY(QDir(m_fixture->source()).removeRecursively() && QDir().mkpath(m_fixture->source()));
        QFile written(m_fixture->source() + u"/image.dcm"_s);
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write(file) == file.size());
        written.close();
        net::FileReceiver files(m_fixture->received());
        QVERIFY(files.open().has_value());
        net::Acceptor peer(EngineFixture::implicitOnly(), &files);
        QVERIFY(peer.start().has_value());
        const auto receipt = send(EngineFixture::destination(peer.port()));
        QCOMPARE(receipt.counts.total(), 1);
        if (refusal) {
            QCOMPARE(receipt.rejected.size(), 1);
            QCOMPARE(receipt.rejected.front().delivery.lastAttempt->errorCode, refusal);
            return;
        }
        QVERIFY2(receipt.isComplete(),
            qPrintable(receipt.rejected.isEmpty() ? QString() : receipt.rejected.front().delivery.lastAttempt->detail));
        const auto arrived = filesBelow(m_fixture->received());
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(dicom::HeaderReader().readFile(arrived.front())->transferSyntaxUid.value, "1.2.840.10008.1.2"_ba);
        QVERIFY(dataSet(arrived.front()).contains(QByteArray(256, kGray)));
    }

    void theWordsOfARefusalAreKept()
    {
        FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            while (const auto message = peer.readMessage()) {
                peer.respond(*message,
                    {.status = 0xA900,
                        .errorComment = "no such patient",
                        .offendingElements = {0x00100020, 0x00100010}});
            }
        });
        const auto receipt = send(EngineFixture::destination(scp.port()));
        QCOMPARE(receipt.rejected.size(), kInstances);
        for (const auto& problem : receipt.rejected) {
            const auto& attempt = problem.delivery.lastAttempt;
            QCOMPARE(attempt->dimseStatus, std::optional<quint16>(0xA900));
            QCOMPARE(attempt->errorComment, u"no such patient"_s);
            QCOMPARE(attempt->offendingElement, u"(0010,0020),(0010,0010)"_s);
        }
        QVERIFY(queue::receiptJson(receipt).contains("no such patient"));
    }

    void theProbeIsAnEcho()
    {
        std::atomic<int> echoes = 0;
        std::atomic<bool> wasReleased = false;
        {
            FakeScp scp([&](FakePeer& peer, int) {
                peer.accept();
                while (const auto message = peer.readMessage()) {
                    echoes += message->command == kEchoRequest && message->sopClass == "1.2.840.10008.1.1" ? 1 : 100;
                    peer.respond(*message);
                }
                wasReleased = peer.wasReleased();
            });
            QVERIFY(probe(scp.port()).has_value());
        }
        QCOMPARE(echoes.load(), 1);
        QVERIFY(wasReleased);
    }

    void aPeerThatDoesNotVerifyIsThereAllTheSame()
    {
        FakeScp scp([](FakePeer& peer, int) {
            peer.accept({.choose = [](const FakePeer::Context&) {
                return std::pair<quint8, QByteArray>(net::kContextAbstractSyntaxNotSupported, {});
            }});
            peer.drain();
        });
        const auto probed = probe(scp.port());
        QVERIFY2(probed.has_value(), qPrintable(probed ? QString() : probed.error().detail));
    }

    void aPeerThatRefusesIsNotThere()
    {
        FakeScp scp([](FakePeer& peer, int connection) {
            if (connection == 0) {
                peer.readRequest();
                peer.reject(1, 1, net::kRejectCalledAeNotRecognised);
                return;
            }
            peer.accept();
            peer.serve(net::kStatusProcessingFailure);
        });
        QCOMPARE(probe(scp.port()).error().code, ErrorCode::CalledAeNotRecognised);
        QVERIFY(!probe(scp.port()).has_value());
    }

private:
    [[nodiscard]] queue::Receipt send(const config::Destination& to) const { return send(to, m_fixture->params()); }

    [[nodiscard]] queue::Receipt send(const config::Destination& to, const EngineParams& params) const
    {
        const auto engine = Engine::open(params);
        const auto jobs = engine ? (*engine)->send(m_fixture->request({to})) : fail(engine.error());
        if (!jobs || !(*engine)->waitUntilAtRest(m_fixture->limit())) {
            qFatal("the send did not come to its end");
        }
        return *(*engine)->receipt(jobs->front());
    }

    [[nodiscard]] Result<> probe(quint16 port) const
    {
        dicom::DcmtkRuntime runtime;
        const auto connector =
            std::make_shared<DimseConnector>(EngineFixture::destination(port), AeTitle{QByteArray("RADPOST")});
        return DimseSenderFactory(connector, {&runtime, m_fixture->path(u"converted"_s)}).probe(m_fixture->limit());
    }

    quint16 startPeer(Listener& listener)
    {
        m_files = std::make_unique<net::FileReceiver>(m_fixture->received());
        auto settings = EngineFixture::acceptorSettings();
        listener.listenTo(settings);
        m_peer = std::make_unique<net::Acceptor>(settings, m_files.get());
        if (!m_files->open() || !m_peer->start()) {
            qFatal("the peer could not be started");
        }
        return m_peer->port();
    }

    [[nodiscard]] static net::AcceptorSettings tlsAcceptor(const TestPki& pki, const TestPki::Identity& identity)
    {
        net::TlsSettings tls;
        tls.caFile = pki.caFile();
        tls.certificateFile = identity.certificateFile;
        tls.keyFile = identity.keyFile;
        tls.requireClientCertificate = true;
        auto settings = EngineFixture::acceptorSettings();
        settings.wrap = [context = net::TlsContext::forServer(tls).value()](std::unique_ptr<net::Socket> socket,
                            const CancelToken& cancel) -> Result<std::unique_ptr<net::Transport>> {
            auto secured = net::TlsSocket::accept(std::move(socket), *context, Deadline(10s), cancel);
            if (!secured) {
                return fail(std::move(secured.error()));
            }
            return std::unique_ptr<net::Transport>(*std::move(secured));
        };
        return settings;
    }

    std::unique_ptr<EngineFixture> m_fixture;
    std::unique_ptr<net::FileReceiver> m_files;
    std::unique_ptr<net::Acceptor> m_peer;
};

QTEST_GUILESS_MAIN(TestWire)
#include "TestWire.moc"
