#include "tests/core/net/PeerRun.h"

#include <QTemporaryFile>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::net::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A port whose queue of waiting connections is full, so that the next attempt hangs.
class FullListener final
{
public:
    FullListener()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        ::bind(m_listening, generic, length);
        ::listen(m_listening, 0);
        ::getsockname(m_listening, generic, &length);
        m_port = ntohs(address.sin_port);
        for (int& descriptor : m_waiting) {
            descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(descriptor, generic, length);
        }
    }
    ~FullListener()
    {
        for (const int descriptor : m_waiting) {
            ::close(descriptor);
        }
        ::close(m_listening);
    }
    Q_DISABLE_COPY_MOVE(FullListener)
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    int m_listening = ::socket(AF_INET, SOCK_STREAM, 0);
    std::array<int, 4> m_waiting{};
    quint16 m_port = 0;
};

} // namespace

/// What the peer allows is kept to, and what we allow ourselves too.
class TestPeerLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePeersMaximumPduIsHonoured_data();
    void thePeersMaximumPduIsHonoured();
    void aDataSetOfOddLengthIsPadded_data();
    void aDataSetOfOddLengthIsPadded();
    void theWindowIsHonoured_data();
    void theWindowIsHonoured();
    void responsesInAnyOrderFindTheirRequests();
    void aPeerThatNeverReadsStallsTheWrite();
    void cancelTakesEffectInEveryPhase_data();
    void cancelTakesEffectInEveryPhase();
};

void TestPeerLimits::thePeersMaximumPduIsHonoured_data()
{
    QTest::addColumn<qint64>("maxPdu"); // -1: the item is absent
    for (const qint64 maxPdu : {-1LL, 0LL, 16LL, 17LL, 129LL, 4095LL, 16383LL, 16384LL, 65535LL, 0xFFFFFFFFLL}) {
        QTest::addRow("%lld", static_cast<long long>(maxPdu)) << maxPdu;
    }
}

void TestPeerLimits::thePeersMaximumPduIsHonoured()
{
    QFETCH(qint64, maxPdu);
    std::vector<FakePeer::Message> messages;
    const Run run = runAgainst(
        [&](FakePeer& peer) {
            peer.accept({.maxPdu = maxPdu < 0 ? std::nullopt : std::optional(static_cast<quint32>(maxPdu))});
            while (const auto message = peer.readMessage()) {
                messages.push_back(*message);
                peer.respond(*message);
            }
        },
        {.instances = 2, .instanceBytes = 200'000});
    QVERIFY2(run.error == kFine, qPrintable(run.detail));
    QCOMPARE(messages.size(), std::size_t(2));
    for (const FakePeer::Message& message : messages) {
        QCOMPARE(message.dataSet.size(), 200'000);
        const qint64 limit = maxPdu < 0 ? 16384 : maxPdu;
        QVERIFY2(limit == 0 || message.largestPdu <= limit, qPrintable(QString::number(message.largestPdu)));
        QCOMPARE(message.largestPdu % 2, 0U);
    }
}

void TestPeerLimits::aDataSetOfOddLengthIsPadded_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<quint32>("maxPdu");
    QTest::addColumn<bool>("fromFile");
    for (const qsizetype size : {1, 4303, 16'383, 262'143, 262'145, 700'001, 1'048'575}) {
        for (const quint32 maxPdu : {0U, 16'384U, 4'310U, 262'151U}) {
            for (const bool fromFile : {false, true}) {
                QTest::addRow(
                    "%lld in PDUs of %u, %s", static_cast<long long>(size), maxPdu, fromFile ? "file" : "memory")
                    << size << maxPdu << fromFile;
            }
        }
    }
}

void TestPeerLimits::aDataSetOfOddLengthIsPadded()
{
    QFETCH(qsizetype, size);
    QFETCH(quint32, maxPdu);
    QFETCH(bool, fromFile);
    QTemporaryFile file;
    QVERIFY(file.open());
    const QByteArray content(size, 'x');
    file.write(content);
    QVERIFY(file.flush());

    std::optional<FakePeer::Message> message;
    {
        const FakeScp scp([&](FakePeer& peer, int) {
            peer.accept({.maxPdu = maxPdu});
            message = peer.readMessage();
            peer.respond(*message);
            peer.serve();
        });
        auto socket = Socket::connect(u"127.0.0.1"_s, scp.port(), Deadline(5s), {});
        auto association =
            std::make_unique<Association>(std::move(socket.value()), Role::Requestor, timeoutsFor(kFine));
        QVERIFY(association->request(request({}), {}));
        StoreScu scu(std::move(association));
        StoreRequest store = storeRequest(0, {});
        store.path = file.fileName();
        store.dataSetLength = size;
        store.dataSet = fromFile ? ConstBytes() : net::asBytes(content);
        QVERIFY(scu.submit(store, {}));
        const auto response = scu.awaitResponse({});
        QVERIFY(response && !response->error);
        QCOMPARE(response->bytesSent, size);
        QVERIFY(scu.association().release({}));
    }
    QCOMPARE(message->dataSet.size(), size + 1);
    QVERIFY(message->dataSet == content + '\0');
}

void TestPeerLimits::theWindowIsHonoured_data()
{
    QTest::addColumn<int>("granted"); // -1: the item is absent
    QTest::addColumn<int>("expected");
    QTest::newRow("absent") << -1 << 1;
    QTest::newRow("1") << 1 << 1;
    QTest::newRow("3") << 3 << 3;
    QTest::newRow("no limit") << 0 << 8; // all there are
}

void TestPeerLimits::theWindowIsHonoured()
{
    QFETCH(int, granted);
    QFETCH(int, expected);
    bool exceeded = false;
    std::optional<std::pair<quint16, quint16>> requested;
    const Run run = runAgainst(
        [&](FakePeer& peer) {
            peer.accept({.window = granted < 0 ? std::nullopt
                                               : std::optional(std::pair(static_cast<quint16>(granted), quint16(1)))});
            requested = peer.requestedWindow();
            // Answers only when the full window has come: a sender that sends fewer would wait forever.
            std::vector<FakePeer::Message> pending;
            for (int i = 0; i < expected; ++i) {
                pending.push_back(peer.readMessage().value());
            }
            exceeded = peer.hears(100ms);
            for (const FakePeer::Message& message : pending) {
                peer.respond(message);
            }
            peer.serve();
        },
        {.instances = 8, .window = AsyncWindow{0, 1}});
    QVERIFY2(run.error == kFine, qPrintable(run.detail));
    QCOMPARE(run.responses.size(), std::size_t(8));
    QVERIFY(!exceeded);
    QCOMPARE(requested, std::pair(quint16(0), quint16(1)));
}

void TestPeerLimits::responsesInAnyOrderFindTheirRequests()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept({.window = std::pair(quint16(3), quint16(1))});
            std::vector<FakePeer::Message> pending;
            for (int i = 0; i < 3; ++i) {
                pending.push_back(peer.readMessage().value());
            }
            peer.respond(pending[2], {.status = 0xB000});
            peer.respond(pending[0], {.status = 0xB006});
            peer.respond(pending[1], {.status = 0xB007});
            peer.serve();
        },
        {.instances = 3, .window = AsyncWindow{0, 1}});
    QCOMPARE(run.error, kFine);
    std::vector<std::pair<quint64, quint16>> outcomes;
    for (const StoreResponse& response : run.responses) {
        outcomes.emplace_back(response.tag, response.status.value());
    }
    QCOMPARE(outcomes, (std::vector<std::pair<quint64, quint16>>{{2, 0xB000}, {0, 0xB006}, {1, 0xB007}}));
}

void TestPeerLimits::aPeerThatNeverReadsStallsTheWrite()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            peer.hold();
        },
        {.instances = 1, .instanceBytes = 16'000'000, .timeouts = timeoutsFor(ErrorCode::SendStalled)});
    QCOMPARE(run.error, ErrorCode::SendStalled);
    QVERIFY(run.elapsedMs < kSoonMs);
}

void TestPeerLimits::cancelTakesEffectInEveryPhase_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("task");
    QTest::addColumn<qsizetype>("instanceBytes");
    const auto silent = Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.hold();
    });
    QTest::newRow("connect") << Script() << static_cast<int>(Task::Associate) << qsizetype(0);
    QTest::newRow("association") << Script([](FakePeer& peer) { peer.hold(); }) << static_cast<int>(Task::Associate)
                                 << qsizetype(0);
    QTest::newRow("C-ECHO response") << silent << static_cast<int>(Task::Echo) << qsizetype(0);
    QTest::newRow("C-STORE response") << silent << static_cast<int>(Task::Store) << qsizetype(2000);
    QTest::newRow("write") << Script([](FakePeer& peer) {
        peer.accept();
        peer.hold();
    }) << static_cast<int>(Task::Store)
                           << qsizetype(16'000'000);
    QTest::newRow("half a response") << Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.send(QByteArray::fromHex("0400000000"));
        peer.hold();
    }) << static_cast<int>(Task::Store)
                                     << qsizetype(2000);
    QTest::newRow("release") << Script([](FakePeer& peer) {
        peer.accept();
        peer.hold();
    }) << static_cast<int>(Task::Associate)
                             << qsizetype(0);
}

void TestPeerLimits::cancelTakesEffectInEveryPhase()
{
    QFETCH(Script, script);
    QFETCH(int, task);
    QFETCH(qsizetype, instanceBytes);

    // A busy machine may be late by itself; one run in time shows that nothing of ours waits.
    qint64 took = kCancelMs;
    for (int attempt = 0; attempt < 3 && took >= kCancelMs; ++attempt) {
        const FullListener full;
        const FakeScp scp([&script](FakePeer& peer, int) { script(peer); });
        CancelSource source;
        const Plan plan{
            .task = static_cast<Task>(task), .instances = 1, .instanceBytes = instanceBytes, .cancel = source.token()};
        const quint16 port = script ? scp.port() : full.port();
        auto result = std::async(std::launch::async, [&] { return run(port, plan); });
        // Not a wait for anything: the phase has to have begun and must not end by itself.
        QCOMPARE(result.wait_for(250ms), std::future_status::timeout);
        QElapsedTimer timer;
        timer.start();
        source.cancel();
        const Run run = result.get();
        took = timer.elapsed();
        QVERIFY2(run.error == ErrorCode::Cancelled, qPrintable(errorName(run.error) % u": "_s % run.detail));
    }
    QVERIFY2(took < kCancelMs, qPrintable(QString::number(took)));
}

QTEST_GUILESS_MAIN(TestPeerLimits)
#include "TestPeerLimits.moc"
