#include "core/net/Socket.h"
#include "core/net/TlsSocket.h"
#include "tests/support/TestPki.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <future>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace radpost;
using namespace radpost::net;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

#ifdef RADPOST_TSAN
constexpr auto kStall = 2000ms;
#else
constexpr auto kStall = 400ms;
#endif
constexpr auto kTick = kStall / 20;
constexpr auto kSlowTime = 3 * kStall;
constexpr auto kLimit = 30s; ///< only a hang takes as long
constexpr int kReceiveBuffer = 16 * 1024;
constexpr std::size_t kSip = 8 * 1024; ///< what the slow peer reads in one tick
constexpr qsizetype kMuch = 24 << 20;  ///< more than the buffers of both sides hold

using Pair = std::pair<std::unique_ptr<Transport>, std::unique_ptr<Transport>>;

/// Two ends; the far one has a small buffer, so that each sip makes the system acknowledge something.
std::pair<std::unique_ptr<Socket>, std::unique_ptr<Socket>> plainPair()
{
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::setsockopt(listening, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listening, generic, length) != 0 || ::listen(listening, 1) != 0 ||
        ::getsockname(listening, generic, &length) != 0) {
        qFatal("no loopback port");
    }
    auto near = Socket::connect(u"127.0.0.1"_s, ntohs(address.sin_port), Deadline(kLimit), {});
    auto far = Socket::adopt(::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC), {});
    ::close(listening);
    return {std::move(near.value()), std::move(far.value())};
}

Pair tlsPair(const radpost::test::TestPki::Identity& identity, const QString& caFile)
{
    auto [near, far] = plainPair();
    TlsSettings client;
    client.caFile = caFile;
    TlsSettings server = client;
    server.certificateFile = identity.certificateFile;
    server.keyFile = identity.keyFile;
    auto accepted = std::async(std::launch::async, [&server, &far = far] {
        return TlsSocket::accept(std::move(far), *TlsContext::forServer(server).value(), Deadline(kLimit), {});
    });
    auto connected = TlsSocket::connect(
        std::move(near), *TlsContext::forClient(client).value(), u"localhost"_s, Deadline(kLimit), {});
    auto served = accepted.get();
    return {std::move(connected.value()), std::move(served.value())};
}

/// One read; how much came.
std::size_t sip(Transport& from, std::size_t most)
{
    Bytes buffer(most);
    return from.read(buffer, Deadline(kLimit), {}).value_or(0);
}

/// Sips once a tick for @p time.
qsizetype readSlowly(Transport& from, std::chrono::milliseconds time)
{
    qsizetype got = 0;
    QTimer pace;
    pace.setTimerType(Qt::PreciseTimer);
    pace.callOnTimeout(&pace, [&] { got += qsizetype(sip(from, kSip)); });
    pace.start(kTick);
    QElapsedTimer elapsed;
    elapsed.start();
    (void)QTest::qWaitFor(
        [&] { return std::chrono::milliseconds(elapsed.elapsed()) >= time; }, int((kLimit).count() * 1000));
    return got;
}

/// Reads on until @p whole bytes have come in all.
qsizetype readTheRest(Transport& from, qsizetype got, qsizetype whole)
{
    while (got < whole) {
        const auto count = sip(from, 256 * 1024);
        if (count == 0) {
            break;
        }
        got += qsizetype(count);
    }
    return got;
}

} // namespace

/// What "a write without progress" means: progress is what the peer takes, however little.
class TestSlowPeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPeerThatReadsALittle_isNotCut_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("file");
        QTest::newRow("plain") << false << false;
        QTest::newRow("plain, file") << false << true;
        QTest::newRow("TLS") << true << false;
    }

    void aPeerThatReadsALittle_isNotCut()
    {
        QFETCH(bool, file);
        const auto [near, far] = makePair();
        auto written = startWriting(*near, file);
        const auto slowly = readSlowly(*far, kSlowTime);
        QVERIFY(slowly < kMuch / 8); // it was slow, so the writer had to wait all the time
        QCOMPARE(readTheRest(*far, slowly, kMuch), kMuch);
        const auto outcome = written.get();
        QVERIFY2(outcome, outcome ? "" : qPrintable(errorName(outcome.error().code).toString()));
    }

    void aPeerThatStopsReading_isCut_data() { aPeerThatReadsALittle_isNotCut_data(); }

    void aPeerThatStopsReading_isCut()
    {
        QFETCH(bool, file);
        const auto [near, far] = makePair();
        auto written = startWriting(*near, file);
        readSlowly(*far, kStall / 2);
        QElapsedTimer silence;
        silence.start();
        const auto outcome = written.get();
        QCOMPARE(outcome.error().code, ErrorCode::SendStalled);
        QVERIFY(std::chrono::milliseconds(silence.elapsed()) >= kStall / 2);
        QVERIFY(std::chrono::milliseconds(silence.elapsed()) <
            kStall * 5); // once it stalls, what is left in buffers is no progress
    }

private:
    Pair makePair()
    {
        QFETCH(bool, tls);
        if (tls) {
            return tlsPair(m_pki.issue({}), m_pki.caFile());
        }
        auto [near, far] = plainPair();
        return {std::move(near), std::move(far)};
    }

    std::future<Result<>> startWriting(Transport& to, bool asFile)
    {
        return std::async(std::launch::async, [&to, asFile] {
            auto outcome = asFile ? writeFile(to) : writeText(to);
            if (!outcome) {
                to.close(); // or the far side would wait for the rest
            }
            return outcome;
        });
    }

    static Result<> writeText(Transport& to)
    {
        const QByteArray much(kMuch, 'x');
        const ConstBytes part = asBytes(much);
        return to.write({&part, 1}, kStall, {});
    }

    static Result<> writeFile(Transport& to)
    {
        QTemporaryFile file;
        if (!file.open() || !file.resize(kMuch)) {
            return fail(ErrorCode::FileWriteFailed);
        }
        return to.writeFile({}, file.handle(), 0, kMuch, false, kStall, {});
    }

    radpost::test::TestPki m_pki;
};

QTEST_GUILESS_MAIN(TestSlowPeer)
#include "TestSlowPeer.moc"
