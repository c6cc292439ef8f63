#include "core/net/Listener.h"
#include "core/net/TlsSocket.h"
#include "tests/support/TestPki.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <functional>
#include <future>

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using TlsResult = Result<std::unique_ptr<TlsSocket>>;

std::shared_ptr<const TlsContext> clientContext(const TlsSettings& settings)
{
    return TlsContext::forClient(settings).value();
}

std::shared_ptr<const TlsContext> serverContext(const TlsSettings& settings)
{
    return TlsContext::forServer(settings).value();
}

TlsSettings trusting(const TestPki& pki)
{
    TlsSettings settings;
    settings.caFile = pki.caFile();
    return settings;
}

TlsSettings with(TlsSettings settings, const TestPki::Identity& identity)
{
    settings.certificateFile = identity.certificateFile;
    settings.keyFile = identity.keyFile;
    return settings;
}

constexpr int kSmallBuffer = 16 * 1024;       ///< of the system, for each direction
constexpr qsizetype kMoreThanSmall = 200'000; ///< does not fit in it, but in what TlsSocket collects

/// Two connected plain sockets.
struct Wire
{
    std::unique_ptr<Socket> near;
    std::unique_ptr<Socket> far;

    /// @p bufferBytes of the system for each direction; 0: its default, which grows.
    explicit Wire(int bufferBytes = 0)
    {
        const auto listener = Listener::open(u"127.0.0.1"_s, 0).value();
        auto connected = std::async(std::launch::async,
            [port = listener->port()] { return Socket::connect(u"127.0.0.1"_s, port, Deadline(30s), {}); });
        far = listener->accept(Deadline(30s), {}).value();
        near = connected.get().value();
        for (const int descriptor : {near->descriptor(), far->descriptor()}) {
            for (const int option : {SO_SNDBUF, SO_RCVBUF}) {
                if (bufferBytes > 0) {
                    ::setsockopt(descriptor, SOL_SOCKET, option, &bufferBytes, sizeof bufferBytes);
                }
            }
        }
    }
};

/// A TLS 1.2 client made of nothing but OpenSSL, for what ours never does. It waits for 30 s at most.
class BareClient final
{
public:
    explicit BareClient(const Socket& socket)
        : m_context(SSL_CTX_new(TLS_client_method()))
        , m_ssl(SSL_new(m_context))
    {
        const timeval limit{30, 0};
        ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::fcntl(socket.descriptor(), F_SETFL, 0); // blocking
        SSL_set_max_proto_version(m_ssl, TLS1_2_VERSION);
        SSL_set_fd(m_ssl, socket.descriptor());
    }
    ~BareClient()
    {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
    }
    Q_DISABLE_COPY_MOVE(BareClient)

    [[nodiscard]] bool connect() { return SSL_connect(m_ssl) == 1; }

    /// Asks for a new handshake; OpenSSL's reason why there is none.
    [[nodiscard]] int renegotiate()
    {
        ERR_clear_error();
        SSL_renegotiate(m_ssl);
        SSL_do_handshake(m_ssl);
        return ERR_GET_REASON(ERR_peek_last_error());
    }

private:
    SSL_CTX* m_context;
    SSL* m_ssl;
};

/// Both ends of a handshake.
struct Handshake
{
    TlsResult client;
    TlsResult server;
    TlsFacts clientFacts;
    TlsFacts serverFacts;

    Handshake(const TlsSettings& clientSettings, const TlsSettings& serverSettings,
        const QString& host = u"localhost"_s, int bufferBytes = 0)
    {
        Wire wire(bufferBytes);
        const auto serving = serverContext(serverSettings);
        auto accepted = std::async(std::launch::async,
            [&] { return TlsSocket::accept(std::move(wire.far), *serving, Deadline(30s), {}, &serverFacts); });
        client = TlsSocket::connect(
            std::move(wire.near), *clientContext(clientSettings), host, Deadline(30s), {}, &clientFacts);
        server = accepted.get();
    }
};

/// What a cancel may take; the thread sanitizer makes everything several times slower.
#ifdef RADPOST_TSAN
constexpr qint64 kCancelMs = 2000;
#else
constexpr qint64 kCancelMs = 200;
#endif

/// Bytes whose period, a prime, fits no buffer: a piece that is lost, doubled or swapped shows.
QByteArray pattern(qsizetype size)
{
    constexpr qsizetype kPeriod = 4093;
    QByteArray period(kPeriod, Qt::Uninitialized);
    for (qsizetype i = 0; i < kPeriod; ++i) {
        period[i] = static_cast<char>((i * 31 + i / 251) & 0xFF);
    }
    return period.repeated(size / kPeriod + 1).first(size);
}

Result<> writeAll(Transport& to, const QByteArray& bytes, std::chrono::milliseconds stall = 10s)
{
    const ConstBytes part = asBytes(bytes);
    return to.write({&part, 1}, stall, {});
}

/// Reads until @p size bytes are there, or the end or an error.
QByteArray readAll(Transport& from, qsizetype size)
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

ErrorCode readError(Transport& from)
{
    Bytes buffer(64);
    const auto got = from.read(buffer, Deadline(30s), {});
    return got ? ErrorCode::Internal : got.error().code;
}

class CollectingSink final : public InputSink
{
public:
    std::span<std::byte> inputSpace() override { return m_buffer; }
    void inputArrived(std::size_t count) override { m_taken += toByteArray(ConstBytes(m_buffer).first(count)); }
    [[nodiscard]] const QByteArray& taken() const { return m_taken; }

private:
    Bytes m_buffer = Bytes(32 * 1024);
    QByteArray m_taken;
};

/// As an association has it: one buffer that both read() and the sink fill.
class OneBuffer final : public InputSink
{
public:
    std::span<std::byte> inputSpace() override { return std::span(m_buffer).subspan(m_filled); }
    void inputArrived(std::size_t count) override { m_filled = std::min(m_filled + count, m_buffer.size()); }
    [[nodiscard]] QByteArray take() { return toByteArray(ConstBytes(m_buffer).first(std::exchange(m_filled, 0))); }

private:
    Bytes m_buffer = Bytes(64 * 1024);
    std::size_t m_filled = 0;
};

/// All that @p from says until @p size bytes are there, by way of one buffer.
QByteArray readThroughOneBuffer(Transport& from, qsizetype size)
{
    OneBuffer buffer;
    QByteArray all;
    from.setInputSink(&buffer);
    while (all.size() < size) {
        const auto got = from.read(buffer.inputSpace(), Deadline(30s), {});
        if (!got || *got == 0) {
            break;
        }
        buffer.inputArrived(*got);
        all += buffer.take();
    }
    from.setInputSink(nullptr);
    return all;
}

/// Gives @p to bytes that it holds back for more.
Result<> writeHeldBack(Transport& to, const QByteArray& bytes)
{
    QTemporaryFile file;
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush()) {
        return fail(ErrorCode::FileWriteFailed);
    }
    return to.writeFile({}, file.handle(), 0, bytes.size(), true, 10s, {});
}

} // namespace

class TestTlsSocket : public QObject
{
    Q_OBJECT

public:
    TestTlsSocket()
        : m_server(with(trusting(m_pki), m_pki.issue({})))
    {
    }

private Q_SLOTS:
    void bytesPassBothWays();
    void partsAndFilesArriveInOrder();
    void aFileThatEndsEarlyIsNoticed();
    void bothSidesMayWriteMoreThanTheSystemHolds();
    void whatArrivesWhileAReadSendsStaysInOrder();
    void aReadThatEndsEarlyLosesNoOutput_data();
    void aReadThatEndsEarlyLosesNoOutput();
    void renegotiationIsRefusedAtOnce();
    void goodbyeIsTheEndOfInput();
    void hasInputTellsBytesFromHalfARecord();
    void factsNameProtocolAndChain();
    void theModifiedProfileWorksWithTheStrictOne();
    void aBadCertificateHasItsOwnError_data();
    void aBadCertificateHasItsOwnError();
    void everythingWrongIsListed();
    void aPinnedSelfSignedCertificateIsTrusted();
    void theHostCheckCanBeSwitchedOff();
    void aMissingClientCertificateShowsAtTheFirstRead();
    void aTrustedClientCertificateIsAccepted();
    void aClientCertificateThatTheServerDoesNotTrustIsRefused();
    void aPeerWithoutTlsIsRecognised_data();
    void aPeerWithoutTlsIsRecognised();
    void aClientWithoutTlsIsRecognised();
    void aSilentPeerEndsAtTheDeadline();
    void aPeerThatStopsReadingStallsTheWrite();
    void cancelTakesEffectAtOnce_data();
    void cancelTakesEffectAtOnce();
    void unusableFilesAreConfigurationErrors_data();
    void unusableFilesAreConfigurationErrors();

private:
    [[nodiscard]] Handshake connectedPair(int bufferBytes = 0)
    {
        return {trusting(m_pki), m_server, u"localhost"_s, bufferBytes};
    }

    TestPki m_pki;
    TlsSettings m_server;
};

void TestTlsSocket::bytesPassBothWays()
{
    Handshake pair = connectedPair();
    QVERIFY2(pair.client, pair.client ? "" : qPrintable(pair.client.error().detail));
    QVERIFY(pair.server);
    const QByteArray large = pattern(3'000'001);
    auto sent = std::async(std::launch::async, [&] { return writeAll(**pair.client, large); });
    QCOMPARE(readAll(**pair.server, large.size()), large);
    QVERIFY(sent.get());
    QVERIFY(writeAll(**pair.server, "answer"));
    QCOMPARE(readAll(**pair.client, 6), "answer"_ba);
}

void TestTlsSocket::partsAndFilesArriveInOrder()
{
    Handshake pair = connectedPair();
    QTemporaryFile file;
    QVERIFY(file.open());
    const QByteArray content = pattern(700'000);
    file.write(content);
    QVERIFY(file.flush());

    const std::array words{"one"_ba, ""_ba, "two"_ba, "head"_ba, "tail"_ba};
    auto sent = std::async(std::launch::async, [&]() -> Result<> {
        Transport& to = **pair.client;
        const std::array parts{asBytes(words[0]), asBytes(words[1]), asBytes(words[2])};
        return to.write(parts, 10s, {})
            .and_then([&] { return to.writeFile(asBytes(words[3]), file.handle(), 10, 600'000, true, 10s, {}); })
            .and_then([&] { return to.writeFile(asBytes(words[4]), file.handle(), 1, 2, false, 10s, {}); });
    });
    const QByteArray expected = "onetwohead" + content.mid(10, 600'000) + "tail" + content.mid(1, 2);
    QCOMPARE(readAll(**pair.server, expected.size()), expected);
    QVERIFY(sent.get());
    QCOMPARE(file.pos(), content.size()); // positional reads leave the descriptor alone
}

void TestTlsSocket::aFileThatEndsEarlyIsNoticed()
{
    Handshake pair = connectedPair();
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("short");
    QVERIFY(file.flush());
    const auto sent = (*pair.client)->writeFile({}, file.handle(), 0, 6, false, 10s, {});
    QCOMPARE(sent.error().code, ErrorCode::FileChanged);
    QVERIFY(!(*pair.client)->takesMappedFiles()); // it reads what it encrypts, and would die of it
}

void TestTlsSocket::bothSidesMayWriteMoreThanTheSystemHolds()
{
    Handshake pair = connectedPair();
    CollectingSink clientSink;
    CollectingSink serverSink;
    (*pair.client)->setInputSink(&clientSink);
    (*pair.server)->setInputSink(&serverSink);
    const QByteArray large = pattern(12'000'000);
    const auto exchange = [&large](Transport& with, const CollectingSink& sink) -> QByteArray {
        return writeAll(with, large) ? sink.taken() + readAll(with, large.size() - sink.taken().size()) : QByteArray();
    };
    auto received = std::async(std::launch::async, [&] { return exchange(**pair.client, clientSink); });
    QVERIFY(exchange(**pair.server, serverSink) == large);
    QVERIFY(received.get() == large);
}

/// The peer takes nothing before it has said all, so that the read has to take input while it still sends.
void TestTlsSocket::whatArrivesWhileAReadSendsStaysInOrder()
{
    Handshake pair = connectedPair(kSmallBuffer);
    const QByteArray heldBack = pattern(kMoreThanSmall);
    const QByteArray said = pattern(100'000); // more than the one buffer holds
    QVERIFY(writeHeldBack(**pair.client, heldBack));
    auto peer = std::async(std::launch::async,
        [&] { return writeAll(**pair.server, said) ? readAll(**pair.server, heldBack.size()) : QByteArray(); });
    const QByteArray heard = readThroughOneBuffer(**pair.client, said.size());
    (*pair.client)->close(); // or the peer might wait for what a failed read did not send
    QVERIFY(heard == said);
    QVERIFY(peer.get() == heldBack);
}

void TestTlsSocket::aReadThatEndsEarlyLosesNoOutput_data()
{
    QTest::addColumn<ErrorCode>("why");
    QTest::newRow("at its deadline") << ErrorCode::ResponseTimeout;
    QTest::newRow("cancelled") << ErrorCode::Cancelled;
}

void TestTlsSocket::aReadThatEndsEarlyLosesNoOutput()
{
    QFETCH(ErrorCode, why);
    const bool isCancelled = why == ErrorCode::Cancelled;
    Handshake pair = connectedPair(kSmallBuffer);
    const QByteArray heldBack = pattern(kMoreThanSmall);
    QVERIFY(writeHeldBack(**pair.client, heldBack));
    CancelSource source;
    auto begun = std::async(std::launch::async, [&] { // in the middle of it, when something has come
        const QByteArray first = isCancelled ? readAll(**pair.server, 1) : QByteArray();
        source.cancel();
        return first;
    });
    Bytes buffer(64);
    const auto got = isCancelled ? (*pair.client)->read(buffer, Deadline(30s), source.token())
                                 : (*pair.client)->read(buffer, Deadline(0ms), {});
    QCOMPARE(got ? ErrorCode::Internal : got.error().code, why);
    const QByteArray first = begun.get();
    const QByteArray whole = heldBack + "tail";
    auto rest = std::async(std::launch::async, [&] { return readAll(**pair.server, whole.size() - first.size()); });
    const auto sent = writeAll(**pair.client, "tail");
    (*pair.client)->close();
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().detail));
    QVERIFY(QByteArray(first + rest.get()) == whole);
}

/// A client that asks for it waits for the answer, so it must not stay here until there is something else to say.
void TestTlsSocket::renegotiationIsRefusedAtOnce()
{
    Wire wire;
    const auto serving = serverContext(m_server);
    auto accepted = std::async(
        std::launch::async, [&] { return TlsSocket::accept(std::move(wire.far), *serving, Deadline(30s), {}); });
    BareClient client(*wire.near);
    QVERIFY(client.connect());
    const TlsResult server = accepted.get();
    QVERIFY(server);
    auto reading = std::async(std::launch::async, [&] { return readError(**server); });
    QCOMPARE(client.renegotiate(), SSL_R_NO_RENEGOTIATION);
    wire.near->close();
    QVERIFY(reading.get() != ErrorCode::ResponseTimeout);
}

void TestTlsSocket::goodbyeIsTheEndOfInput()
{
    Handshake pair = connectedPair();
    QVERIFY(writeAll(**pair.client, "last words"));
    (*pair.client)->close();
    QCOMPARE(readAll(**pair.server, 10), "last words"_ba);
    Bytes buffer(16);
    QCOMPARE((*pair.server)->read(buffer, Deadline(30s), {}).value(), std::size_t(0));
    QVERIFY((*pair.server)->hasInput());
}

void TestTlsSocket::hasInputTellsBytesFromHalfARecord()
{
    Handshake pair = connectedPair();
    QVERIFY(!(*pair.server)->hasInput());
    QVERIFY(writeAll(**pair.client, "12"));
    QTRY_VERIFY((*pair.server)->hasInput());
    QCOMPARE(readAll(**pair.server, 2), "12"_ba);
    QVERIFY(!(*pair.server)->hasInput());
}

void TestTlsSocket::factsNameProtocolAndChain()
{
    const Handshake pair = connectedPair();
    QCOMPARE(pair.clientFacts.protocol, u"TLSv1.3"_s);
    QCOMPARE(pair.clientFacts.cipher, u"TLS_AES_128_GCM_SHA256"_s);
    QVERIFY(pair.clientFacts.problems.empty());
    QVERIFY(!pair.clientFacts.certificateRequested);
    QCOMPARE(pair.clientFacts.chain.size(), std::size_t(1));
    const TlsCertificate& certificate = pair.clientFacts.chain.front();
    QCOMPARE(certificate.subject, u"CN=localhost"_s);
    QCOMPARE(certificate.issuer, u"CN=Radpost test root"_s);
    QCOMPARE(certificate.dnsNames, QStringList{u"localhost"_s});
    QCOMPARE(certificate.ipAddresses, QStringList{u"127.0.0.1"_s});
    QCOMPARE(certificate.key, u"EC 256"_s);
    QCOMPARE(certificate.sha256.size(), 64);
    const qint64 secondsLeft = QDateTime::currentDateTimeUtc().secsTo(certificate.notAfter);
    QVERIFY(secondsLeft > 23 * 3600 && secondsLeft <= 24 * 3600);
    QCOMPARE(certificate.notBefore.secsTo(certificate.notAfter), 25 * 3600);
}

void TestTlsSocket::theModifiedProfileWorksWithTheStrictOne()
{
    TlsSettings modified = trusting(m_pki);
    modified.profile = TlsProfile::Bcp195Modified;
    const Handshake pair(modified, m_server);
    QVERIFY(pair.client && pair.server);
}

void TestTlsSocket::aBadCertificateHasItsOwnError_data()
{
    QTest::addColumn<int>("begins");
    QTest::addColumn<int>("ends");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<bool>("selfSigned");
    QTest::addColumn<bool>("otherRoot");
    QTest::addColumn<QString>("host");
    QTest::addColumn<ErrorCode>("expected");

    const QStringList local{u"DNS:localhost"_s, u"IP:127.0.0.1"_s};
    QTest::newRow("expired") << -48 << -24 << local << false << false << u"localhost"_s
                             << ErrorCode::TlsCertificateExpired;
    QTest::newRow("not yet valid") << 24 << 48 << local << false << false << u"localhost"_s
                                   << ErrorCode::TlsCertificateNotYetValid;
    QTest::newRow("other name") << -1 << 24 << QStringList{u"DNS:pacs.example.org"_s} << false << false
                                << u"localhost"_s << ErrorCode::TlsHostMismatch;
    QTest::newRow("other address") << -1 << 24 << QStringList{u"DNS:localhost"_s, u"IP:10.0.0.1"_s} << false << false
                                   << u"127.0.0.1"_s << ErrorCode::TlsHostMismatch;
    QTest::newRow("wildcard of another level") << -1 << 24 << QStringList{u"DNS:*.example.org"_s} << false << false
                                               << u"a.b.example.org"_s << ErrorCode::TlsHostMismatch;
    QTest::newRow("self-signed") << -1 << 24 << local << true << false << u"localhost"_s << ErrorCode::TlsSelfSigned;
    QTest::newRow("unknown root") << -1 << 24 << local << false << true << u"localhost"_s << ErrorCode::TlsUntrusted;
    QTest::newRow("good name") << -1 << 24 << QStringList{u"DNS:*.example.org"_s} << false << false
                               << u"pacs.example.org"_s << ErrorCode::Internal;
    QTest::newRow("good address") << -1 << 24 << local << false << false << u"127.0.0.1"_s << ErrorCode::Internal;
}

void TestTlsSocket::aBadCertificateHasItsOwnError()
{
    QFETCH(int, begins);
    QFETCH(int, ends);
    QFETCH(QStringList, names);
    QFETCH(bool, selfSigned);
    QFETCH(bool, otherRoot);
    QFETCH(QString, host);
    QFETCH(ErrorCode, expected);

    TestPki other;
    const auto identity =
        m_pki.issue({u"test"_s, names, std::chrono::hours(begins), std::chrono::hours(ends), selfSigned});
    const Handshake pair(trusting(otherRoot ? other : m_pki), with(trusting(m_pki), identity), host);
    QCOMPARE(pair.client ? ErrorCode::Internal : pair.client.error().code, expected);
    QCOMPARE(pair.clientFacts.chain.size(), std::size_t(1)); // shown also when refused
    QCOMPARE(pair.clientFacts.problems.empty(), pair.client.has_value());
}

void TestTlsSocket::everythingWrongIsListed()
{
    TestPki other;
    const auto identity = m_pki.issue({u"test"_s, {u"DNS:elsewhere"_s}, -48h, -24h});
    const Handshake pair(trusting(other), with(trusting(m_pki), identity));
    QCOMPARE(pair.client.error().code, ErrorCode::TlsUntrusted);
    const auto has = [&pair](ErrorCode code) {
        const auto& problems = pair.clientFacts.problems;
        return std::any_of(problems.begin(), problems.end(),
            [code](const TlsCertificateProblem& problem) { return problem.code == code; });
    };
    QVERIFY(has(ErrorCode::TlsUntrusted));
    QVERIFY(has(ErrorCode::TlsHostMismatch));
    QVERIFY(has(ErrorCode::TlsCertificateExpired));
}

void TestTlsSocket::aPinnedSelfSignedCertificateIsTrusted()
{
    const auto identity = m_pki.issue({u"test"_s, {u"DNS:localhost"_s}, -1h, 24h, true});
    TlsSettings pinned;
    pinned.caFile = identity.certificateFile;
    const Handshake pair(pinned, with({}, identity));
    QVERIFY2(pair.client, pair.client ? "" : qPrintable(pair.client.error().detail));
}

void TestTlsSocket::theHostCheckCanBeSwitchedOff()
{
    TlsSettings lenient = trusting(m_pki);
    lenient.verifyHost = false;
    QVERIFY(Handshake(lenient, m_server, u"other.example.org"_s).client);
    QVERIFY(Handshake(lenient, m_server, u"10.0.0.9"_s).client);
}

void TestTlsSocket::aMissingClientCertificateShowsAtTheFirstRead()
{
    TlsSettings strict = m_server;
    strict.requireClientCertificate = true;
    Handshake pair(trusting(m_pki), strict);
    QCOMPARE(pair.server.error().code, ErrorCode::TlsClientCertificateRequired);
    QVERIFY(pair.client); // TLS 1.3: the client is done before the server has looked
    QVERIFY(pair.clientFacts.certificateRequested);
    QCOMPARE(readError(**pair.client), ErrorCode::TlsClientCertificateRequired);

    // The same when a write finds the connection closed first.
    Handshake again(trusting(m_pki), strict);
    again.server = fail(ErrorCode::Internal);
    const QByteArray bytes(64 * 1024, 'x');
    Result<> sent;
    for (int i = 0; i < 1000 && sent; ++i) {
        sent = writeAll(**again.client, bytes);
    }
    QCOMPARE(sent.error().code, ErrorCode::TlsClientCertificateRequired);
}

void TestTlsSocket::aTrustedClientCertificateIsAccepted()
{
    TlsSettings strict = m_server;
    strict.requireClientCertificate = true;
    Handshake pair(with(trusting(m_pki), m_pki.issue({u"MODALITY1"_s, {}})), strict);
    QVERIFY(pair.client && pair.server);
    QCOMPARE(pair.serverFacts.chain.front().subject, u"CN=MODALITY1"_s);
    QVERIFY(writeAll(**pair.server, "ok"));
    QCOMPARE(readAll(**pair.client, 2), "ok"_ba);
}

void TestTlsSocket::aClientCertificateThatTheServerDoesNotTrustIsRefused()
{
    TestPki other;
    TlsSettings strict = m_server;
    strict.requireClientCertificate = true;
    Handshake pair(with(trusting(m_pki), other.issue({})), strict);
    QCOMPARE(pair.server.error().code, ErrorCode::TlsUntrusted);
    QCOMPARE(readError(**pair.client), ErrorCode::TlsClientCertificateRequired);
}

void TestTlsSocket::aPeerWithoutTlsIsRecognised_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("closes") << QByteArray();
    QTest::newRow("HTTP") << "HTTP/1.0 400 Bad Request\r\n\r\n"_ba;
    QTest::newRow("A-ABORT") << QByteArray::fromHex("07000000000400000201");
    QTest::newRow("SSH") << "SSH-2.0-OpenSSH_9.2\r\n"_ba;
}

void TestTlsSocket::aPeerWithoutTlsIsRecognised()
{
    QFETCH(QByteArray, answer);
    Wire wire;
    auto peer = std::async(std::launch::async, [&] {
        readAll(*wire.far, 1);
        if (!answer.isEmpty()) {
            return writeAll(*wire.far, answer);
        }
        wire.far->close();
        return Result<>();
    });
    const auto client = TlsSocket::connect(std::move(wire.near), *clientContext({}), u"localhost"_s, Deadline(30s), {});
    QCOMPARE(client.error().code, ErrorCode::TlsPeerNotTls);
    QVERIFY(peer.get());
}

void TestTlsSocket::aClientWithoutTlsIsRecognised()
{
    Wire wire;
    QVERIFY(writeAll(*wire.near, QByteArray::fromHex("0100000000440001") + QByteArray(64, ' ')));
    const auto server = TlsSocket::accept(std::move(wire.far), *serverContext(m_server), Deadline(30s), {});
    QCOMPARE(server.error().code, ErrorCode::TlsPeerNotTls);
}

void TestTlsSocket::aSilentPeerEndsAtTheDeadline()
{
    Wire wire;
    QElapsedTimer timer;
    timer.start();
    const auto client =
        TlsSocket::connect(std::move(wire.near), *clientContext({}), u"localhost"_s, Deadline(150ms), {});
    QCOMPARE(client.error().code, ErrorCode::TlsTimeout);
    QVERIFY(timer.elapsed() >= 140 && timer.elapsed() < 10'000);
}

void TestTlsSocket::aPeerThatStopsReadingStallsTheWrite()
{
    Handshake pair = connectedPair();
    const auto sent = writeAll(**pair.client, QByteArray(16'000'000, 'x'), 200ms);
    QCOMPARE(sent.error().code, ErrorCode::SendStalled);
}

void TestTlsSocket::cancelTakesEffectAtOnce_data()
{
    QTest::addColumn<QString>("phase");
    for (const char* phase : {"handshake", "read", "write"}) {
        QTest::newRow(phase) << QString::fromLatin1(phase);
    }
}

void TestTlsSocket::cancelTakesEffectAtOnce()
{
    QFETCH(QString, phase);
    const auto blocked = [&](const CancelToken& cancel) -> Result<> {
        if (phase == u"handshake") {
            Wire wire;
            return TlsSocket::connect(std::move(wire.near), *clientContext({}), u"localhost"_s, Deadline(60s), cancel)
                .map([](const auto&) {});
        }
        Handshake pair = connectedPair();
        const QByteArray many(16'000'000, 'x');
        Bytes buffer(16);
        const ConstBytes part = asBytes(many);
        return phase == u"read" ? (*pair.client)->read(buffer, Deadline(60s), cancel).map([](std::size_t) {})
                                : (*pair.client)->write({&part, 1}, 60s, cancel);
    };
    // A busy machine may be late by itself; one run in time shows that nothing of ours waits.
    qint64 took = kCancelMs;
    for (int attempt = 0; attempt < 3 && took >= kCancelMs; ++attempt) {
        CancelSource source;
        auto result = std::async(std::launch::async, blocked, source.token());
        // Not a wait for anything: the call has to be somewhere in its middle when it is cancelled.
        QCOMPARE(result.wait_for(300ms), std::future_status::timeout);
        QElapsedTimer timer;
        timer.start();
        source.cancel();
        QCOMPARE(result.get().error().code, ErrorCode::Cancelled);
        took = timer.elapsed();
    }
    QVERIFY2(took < kCancelMs, qPrintable(QString::number(took)));
}

void TestTlsSocket::unusableFilesAreConfigurationErrors_data()
{
    QTest::addColumn<QString>("what");
    for (const char* what : {"missing CA", "garbage CA", "missing certificate", "missing key", "key of another",
             "key without certificate", "encrypted key"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void TestTlsSocket::unusableFilesAreConfigurationErrors()
{
    QFETCH(QString, what);
    const auto identity = m_pki.issue({});
    const QString garbage = m_pki.folder() + u"/garbage.pem"_s;
    QFile file(garbage);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not a certificate\n") > 0);
    file.close();

    TlsSettings settings = with(trusting(m_pki), identity);
    if (what == u"missing CA") {
        settings.caFile = u"/nowhere/ca.pem"_s;
    } else if (what == u"garbage CA") {
        settings.caFile = garbage;
    } else if (what == u"missing certificate") {
        settings.certificateFile = u"/nowhere/cert.pem"_s;
    } else if (what == u"missing key") {
        settings.keyFile = u"/nowhere/key.pem"_s;
    } else if (what == u"key of another") {
        settings.keyFile = m_pki.issue({}).keyFile;
    } else if (what == u"key without certificate") {
        settings.certificateFile.clear();
    } else {
        settings.keyFile = m_pki.issue({.keyPassPhrase = "secret"}).keyFile;
        settings.certificateFile = settings.keyFile.chopped(3) + u"pem"_s;
    }
    const auto context = TlsContext::forClient(settings);
    QVERIFY(!context);
    QCOMPARE(context.error().code, ErrorCode::TlsConfiguration);
    QVERIFY(!context.error().detail.isEmpty());
}

QTEST_GUILESS_MAIN(TestTlsSocket)
#include "TestTlsSocket.moc"
