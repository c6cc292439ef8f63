#include "core/net/Acceptor.h"
#include "core/net/Doctor.h"
#include "core/net/FileReceiver.h"
#include "core/net/Listener.h"
#include "core/net/TlsSocket.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SampleFiles.h"
#include "tests/support/TestPki.h"

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};

ErrorCode codeOf(const Result<std::unique_ptr<TlsSocket>>& result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

Result<> write(Transport& to, const QByteArray& bytes)
{
    const ConstBytes part = net::asBytes(bytes);
    return to.write({&part, 1}, 10s, {});
}

QByteArray read(Transport& from, qsizetype size)
{
    QByteArray all;
    Bytes buffer(64 * 1024);
    while (all.size() < size) {
        const auto got = from.read(buffer, Deadline(30s), {});
        if (!got || *got == 0) {
            break;
        }
        all += toByteArray(ConstBytes(buffer).first(*got));
    }
    return all;
}

} // namespace

/// TLS with the peers of this world: OpenSSL's own client and server, and DCMTK's.
class TestTlsInterop : public QObject
{
    Q_OBJECT

public:
    TestTlsInterop()
        : m_identity(m_pki.issue({}))
    {
    }

private Q_SLOTS:
    void openSslServer_data();
    void openSslServer();
    void openSslServerKeyUpdate();
    void openSslClient_data();
    void openSslClient();
    void storescp_data();
    void storescp();
    void storescpWithoutTls();
    void storescuAndEchoscu();

private:
    [[nodiscard]] Result<std::unique_ptr<TlsSocket>> connectTo(
        quint16 port, const TlsSettings& settings, TlsFacts* facts = nullptr)
    {
        const auto context = TlsContext::forClient(settings);
        return Socket::connect(u"localhost"_s, port, Deadline(30s), {}).and_then([&](std::unique_ptr<Socket> socket) {
            return TlsSocket::connect(std::move(socket), **context, u"localhost"_s, Deadline(30s), {}, facts);
        });
    }
    [[nodiscard]] TlsSettings settings(TlsProfile profile = TlsProfile::Bcp195) const
    {
        return {.profile = profile,
            .caFile = m_pki.caFile(),
            .certificateFile = m_identity.certificateFile,
            .keyFile = m_identity.keyFile};
    }
    [[nodiscard]] QStringList serverArguments(quint16 port) const
    {
        return {u"s_server"_s, u"-accept"_s, QString::number(port), u"-cert"_s, m_identity.certificateFile, u"-key"_s,
            m_identity.keyFile};
    }

    TestPki m_pki;
    TestPki::Identity m_identity;
};

void TestTlsInterop::openSslServer_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<TlsProfile>("profile");
    QTest::addColumn<ErrorCode>("expected"); // Internal: none
    QTest::addColumn<QString>("cipher");

    const auto row = [](const char* name, const QString& options, TlsProfile profile, ErrorCode expected,
                         const QString& cipher = {}) {
        QTest::newRow(name) << options.split(u' ', Qt::SkipEmptyParts) << profile << expected << cipher;
    };
    const auto strict = TlsProfile::Bcp195;
    const auto modified = TlsProfile::Bcp195Modified;
    row("TLS 1.3", u"-tls1_3"_s, strict, ErrorCode::Internal, u"TLS_AES_128_GCM_SHA256"_s);
    row("TLS 1.2", u"-tls1_2"_s, strict, ErrorCode::Internal, u"ECDHE-ECDSA-AES128-GCM-SHA256"_s);
    row("TLS 1.2, AES-256", u"-tls1_2 -cipher ECDHE-ECDSA-AES256-GCM-SHA384"_s, strict, ErrorCode::Internal,
        u"ECDHE-ECDSA-AES256-GCM-SHA384"_s);
    row("TLS 1.1", u"-tls1_1 -cipher ALL:@SECLEVEL=0"_s, strict, ErrorCode::TlsNoCommonProtocol);
    row("TLS 1.1, modified", u"-tls1_1 -cipher ALL:@SECLEVEL=0"_s, modified, ErrorCode::TlsNoCommonProtocol);
    row("CBC only", u"-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA"_s, strict, ErrorCode::TlsNoCommonProtocol);
    row("ChaCha20 only, strict", u"-tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305"_s, strict,
        ErrorCode::TlsNoCommonProtocol);
    row("ChaCha20 only, modified", u"-tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305"_s, modified, ErrorCode::Internal,
        u"ECDHE-ECDSA-CHACHA20-POLY1305"_s);
    row("CCM only, modified", u"-tls1_2 -cipher ECDHE-ECDSA-AES256-CCM8"_s, modified, ErrorCode::Internal,
        u"ECDHE-ECDSA-AES256-CCM8"_s);
}

void TestTlsInterop::openSslServer()
{
    QFETCH(QStringList, options);
    QFETCH(TlsProfile, profile);
    QFETCH(ErrorCode, expected);
    QFETCH(QString, cipher);

    const quint16 port = freePort();
    PeerProcess server;
    QVERIFY2(server.startAnnounced(u"openssl"_s, serverArguments(port) + options + QStringList{u"-rev"_s}, "ACCEPT"),
        server.output());
    TlsFacts facts;
    const auto socket = connectTo(port, settings(profile), &facts);
    QCOMPARE(codeOf(socket), expected);
    QCOMPARE(facts.cipher, cipher);
    if (socket) {
        QVERIFY(write(**socket, "abc\n")); // -rev sends each line back in reverse
        QCOMPARE(read(**socket, 4), "cba\n"_ba);
    }
}

void TestTlsInterop::openSslServerKeyUpdate()
{
    const quint16 port = freePort();
    PeerProcess server;
    QVERIFY(server.startAnnounced(u"openssl"_s, serverArguments(port) + QStringList{u"-tls1_3"_s}, "ACCEPT"));
    const auto socket = connectTo(port, settings());
    QVERIFY(socket);
    QVERIFY(server.awaitOutput("CIPHER is"));
    // Its command K updates the keys and asks us to do so; what we write afterwards has to make sense to it.
    server.write("K\n");
    // It drops what it reads from its input together with the command, hence again until something comes.
    Bytes buffer(64);
    Result<std::size_t> got = fail(ErrorCode::ResponseTimeout);
    for (int i = 0; i < 100 && !got && got.error().code == ErrorCode::ResponseTimeout; ++i) {
        server.write("after\n");
        got = (*socket)->read(buffer, Deadline(100ms), {});
    }
    QVERIFY(got);
    QCOMPARE(toByteArray(ConstBytes(buffer).first(6)), "after\n"_ba);
    QVERIFY(write(**socket, "understood\n"));
    QVERIFY2(server.awaitOutput("understood"), server.output());
}

void TestTlsInterop::openSslClient_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("requireCertificate");
    QTest::addColumn<ErrorCode>("expected");
    const QStringList none;
    QTest::newRow("TLS 1.3") << QStringList{u"-tls1_3"_s} << false << ErrorCode::Internal;
    QTest::newRow("TLS 1.2") << QStringList{u"-tls1_2"_s} << false << ErrorCode::Internal;
    QTest::newRow("TLS 1.1") << QStringList{u"-tls1_1"_s, u"-cipher"_s, u"ALL:@SECLEVEL=0"_s} << false
                             << ErrorCode::TlsNoCommonProtocol;
    QTest::newRow("no certificate, TLS 1.3")
        << QStringList{u"-tls1_3"_s} << true << ErrorCode::TlsClientCertificateRequired;
    QTest::newRow("no certificate, TLS 1.2")
        << QStringList{u"-tls1_2"_s} << true << ErrorCode::TlsClientCertificateRequired;
}

void TestTlsInterop::openSslClient()
{
    QFETCH(QStringList, options);
    QFETCH(bool, requireCertificate);
    QFETCH(ErrorCode, expected);

    TlsSettings serving = settings();
    serving.requireClientCertificate = requireCertificate;
    const auto context = TlsContext::forServer(serving).value();
    const auto listener = Listener::open(u"127.0.0.1"_s, 0).value();
    auto accepted = std::async(std::launch::async, [&] {
        return listener->accept(Deadline(30s), {}).and_then([&](std::unique_ptr<Socket> socket) {
            return TlsSocket::accept(std::move(socket), *context, Deadline(30s), {});
        });
    });
    PeerProcess client;
    const QString address = u"localhost:%1"_s.arg(listener->port());
    QVERIFY(client.startAnnounced(u"openssl"_s,
        QStringList{u"s_client"_s, u"-connect"_s, address, u"-CAfile"_s, m_pki.caFile(), u"-quiet"_s} + options, ""));
    const auto server = accepted.get();
    QCOMPARE(codeOf(server), expected);
    if (server) {
        client.write("hello\n");
        QCOMPARE(read(**server, 6), "hello\n"_ba);
        QVERIFY(write(**server, "welcome\n"));
        QVERIFY(client.awaitOutput("welcome"));
    }
}

void TestTlsInterop::storescp_data()
{
    QTest::addColumn<bool>("ours"); // with a certificate of ours
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("works");
    QTest::newRow("mutual") << true << QStringList() << true;
    QTest::newRow("without our certificate") << false << QStringList() << false;
    QTest::newRow("peer does not ask") << false << QStringList{u"-ic"_s} << true;
    QTest::newRow("old BCP 195 profile") << true << QStringList{u"+px"_s} << true;
    QTest::newRow("extended profile") << true << QStringList{u"+pz"_s} << true;
    QTest::newRow("retired AES profile") << true << QStringList{u"+pa"_s} << false;
}

void TestTlsInterop::storescp()
{
    QFETCH(bool, ours);
    QFETCH(QStringList, options);
    QFETCH(bool, works);

    const quint16 port = freePort();
    PeerProcess storescp;
    const QStringList tls{u"+tls"_s, m_identity.keyFile, m_identity.certificateFile, u"+cf"_s, m_pki.caFile()};
    QVERIFY2(storescp.startServer(
                 u"storescp"_s, tls + options + QStringList{u"--fork"_s, u"--ignore"_s, QString::number(port)}, port),
        storescp.output());
    DoctorTarget target;
    target.host = u"localhost"_s;
    target.port = port;
    target.calledAeTitle = "ANY-SCP";
    target.callingAeTitle = "RADPOST";
    target.tls = ours ? settings() : TlsSettings{.caFile = m_pki.caFile()};
    target.needs = {{kCt, kExplicit}};
    const DoctorReport report = Doctor(target).examine({});
    const DoctorFinding* failure = report.firstFailure();
    if (works) {
        QVERIFY2(failure == nullptr, failure == nullptr ? "" : qPrintable(failure->error->detail));
        QCOMPARE(report.roundTrips.size(), std::size_t(5));
        return;
    }
    QVERIFY(failure != nullptr);
    const auto expected = ours ? ErrorCode::TlsNoCommonProtocol : ErrorCode::TlsClientCertificateRequired;
    QVERIFY2(failure->error->code == expected,
        qPrintable(errorName(failure->error->code) % u": "_s % failure->error->detail));
}

void TestTlsInterop::storescpWithoutTls()
{
    const quint16 port = freePort();
    PeerProcess storescp;
    QVERIFY(storescp.startServer(u"storescp"_s, {u"--ignore"_s, QString::number(port)}, port));
    QCOMPARE(codeOf(connectTo(port, settings())), ErrorCode::TlsPeerNotTls);
}

void TestTlsInterop::storescuAndEchoscu()
{
    const QTemporaryDir received;
    FileReceiver receiver(received.path());
    QVERIFY(receiver.open());
    TlsSettings serving = settings();
    serving.requireClientCertificate = true;
    const auto context = TlsContext::forServer(serving).value();
    AcceptorSettings settings;
    settings.address = u"127.0.0.1"_s;
    settings.port = 0;
    settings.wrap = [context](std::unique_ptr<Socket> socket, const CancelToken& cancel) {
        return TlsSocket::accept(std::move(socket), *context, Deadline(30s), cancel)
            .map([](std::unique_ptr<TlsSocket> made) -> std::unique_ptr<Transport> { return made; });
    };
    Acceptor acceptor(settings, &receiver);
    QVERIFY(acceptor.start());

    const QTemporaryDir folder;
    const auto samples = makeSyntheticSamples(folder.path());
    const QStringList tls{u"+tls"_s, m_identity.keyFile, m_identity.certificateFile, u"+cf"_s, m_pki.caFile(),
        u"localhost"_s, QString::number(acceptor.port())};
    PeerProcess peer;
    QCOMPARE(peer.run(u"echoscu"_s, tls), 0);
    QCOMPARE(peer.run(u"storescu"_s, QStringList{u"-R"_s, u"+sd"_s, u"+r"_s} + tls + QStringList{folder.path()}), 0);
    QCOMPARE(static_cast<std::size_t>(receiver.counters().stored), samples.size());

    const QStringList anonymous{u"+tla"_s, u"+cf"_s, m_pki.caFile(), u"localhost"_s, QString::number(acceptor.port())};
    QVERIFY(peer.run(u"echoscu"_s, anonymous) != 0);
}

QTEST_GUILESS_MAIN(TestTlsInterop)
#include "TestTlsInterop.moc"
