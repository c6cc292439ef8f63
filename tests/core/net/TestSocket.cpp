#include "core/net/Listener.h"
#include "core/net/Socket.h"
#include "tests/core/net/SocketPair.h"
#include "tests/support/NoMoreThreads.h"

#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace radpost;
using namespace radpost::net;
using radpost::test::NoMoreThreads;
using radpost::test::SocketPair;
using namespace std::chrono_literals;

namespace {

using Steady = std::chrono::steady_clock;

constexpr auto kSoon = 5s; ///< generous: only a hang takes as long

/// A port that takes no further connection: its queue is full and nobody accepts. Attempts hang.
class DeafPort final
{
public:
    DeafPort()
    {
        m_descriptors[0] = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* where = reinterpret_cast<sockaddr*>(&address);
        if (::bind(m_descriptors[0], where, length) != 0 || ::listen(m_descriptors[0], 0) != 0 ||
            ::getsockname(m_descriptors[0], where, &length) != 0) {
            qFatal("no port");
        }
        m_port = ntohs(address.sin_port);
        for (std::size_t i = 1; i < m_descriptors.size(); ++i) {
            m_descriptors[i] = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            [[maybe_unused]] const int started = ::connect(m_descriptors[i], where, length);
        }
    }
    ~DeafPort()
    {
        for (const int descriptor : m_descriptors) {
            ::close(descriptor);
        }
    }
    Q_DISABLE_COPY_MOVE(DeafPort)

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    std::array<int, 4> m_descriptors{};
    quint16 m_port = 0;
};

/// Cancels from another thread some time after it was made, and knows when.
class LateCancel final
{
public:
    explicit LateCancel(std::chrono::milliseconds after)
        : m_thread([this, after] {
            std::unique_lock lock(m_mutex);
            m_stop.wait_for(lock, after, [this] { return m_isOver; });
            m_cancelled = Steady::now();
            m_source.cancel();
        })
    {
    }
    ~LateCancel()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isOver = true;
        }
        m_stop.notify_all();
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(LateCancel)

    [[nodiscard]] CancelToken token() const { return m_source.token(); }
    [[nodiscard]] std::chrono::milliseconds since() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - m_cancelled.load());
    }

private:
    CancelSource m_source;
    std::atomic<Steady::time_point> m_cancelled{Steady::time_point()};
    std::mutex m_mutex;
    std::condition_variable m_stop;
    bool m_isOver = false;
    std::thread m_thread;
};

/// Runs @p call, which must block, and cancels it; the best delay of three runs, since the machine may be busy.
std::chrono::milliseconds delayOfCancel(const std::function<ErrorCode(const CancelToken&)>& call)
{
    auto best = std::chrono::milliseconds::max();
    for (int run = 0; run < 3; ++run) {
        LateCancel late(30ms);
        if (call(late.token()) != ErrorCode::Cancelled) {
            return std::chrono::milliseconds::max();
        }
        best = std::min(best, late.since());
    }
    return best;
}

template <typename T>
ErrorCode codeOf(const Result<T>& result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

Result<> writeText(Socket& socket, const QByteArray& text)
{
    const std::array<ConstBytes, 1> parts{asBytes(text)};
    return socket.write(parts, kSoon, {});
}

QByteArray readExactly(Socket& socket, std::size_t count)
{
    QByteArray all;
    Bytes buffer(64 * 1024);
    while (std::size_t(all.size()) < count) {
        const auto got = socket.read(buffer, Deadline(kSoon), {});
        if (!got || *got == 0) {
            break;
        }
        all += toByteArray(ConstBytes(buffer).first(*got));
    }
    return all;
}

/// More than the buffers of both sides hold.
QByteArray muchText()
{
    QByteArray text(32 << 20, 'x');
    for (qsizetype i = 0; i < text.size(); i += 1009) {
        text[i] = char('a' + i % 26);
    }
    return text;
}

class Collector final : public InputSink
{
public:
    std::span<std::byte> inputSpace() override { return std::span(m_buffer).subspan(m_filled); }
    void inputArrived(std::size_t count) override { m_filled += count; }
    [[nodiscard]] QByteArray text() const { return toByteArray(ConstBytes(m_buffer).first(m_filled)); }

private:
    Bytes m_buffer = Bytes(1024);
    std::size_t m_filled = 0;
};

} // namespace

class TestSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothDirectionsCarryBytes()
    {
        auto pair = SocketPair::make();
        QVERIFY(writeText(*pair.near, "hello"));
        QCOMPARE(readExactly(*pair.far, 5), QByteArray("hello"));
        QVERIFY(writeText(*pair.far, "back"));
        QCOMPARE(readExactly(*pair.near, 4), QByteArray("back"));
    }

    void manyPartsArriveInOrder()
    {
        auto pair = SocketPair::make();
        std::vector<QByteArray> texts;
        std::vector<ConstBytes> parts;
        QByteArray whole;
        for (int i = 0; i < 500; ++i) {
            texts.push_back(i % 7 == 0 ? QByteArray() : QByteArray::number(i));
            whole += texts.back();
        }
        for (const auto& text : texts) {
            parts.push_back(asBytes(text));
        }
        QVERIFY(pair.near->write(parts, kSoon, {}));
        QCOMPARE(readExactly(*pair.far, std::size_t(whole.size())), whole);
    }

    void moreThanTheBuffersHoldArrivesWhole()
    {
        auto pair = SocketPair::make();
        const auto text = muchText();
        std::thread writer([&] { QVERIFY(writeText(*pair.near, text)); });
        const auto got = readExactly(*pair.far, std::size_t(text.size()));
        writer.join();
        QVERIFY(got == text);
    }

    void aFileArrivesWithItsHeaders()
    {
        auto pair = SocketPair::make();
        QTemporaryFile file;
        QVERIFY(file.open());
        const auto text = muchText();
        file.write(text);
        file.flush();
        std::thread writer([&] {
            const QByteArray first("first:");
            const QByteArray second("second:");
            QVERIFY(pair.near->writeFile(asBytes(first), file.handle(), 10, 4'000'000, true, kSoon, {}));
            QVERIFY(pair.near->writeFile(asBytes(second), file.handle(), 4'000'010, 1'000'001, false, kSoon, {}));
        });
        const QByteArray wanted = "first:" + text.mid(10, 4'000'000) + "second:" + text.mid(4'000'010, 1'000'001);
        const auto got = readExactly(*pair.far, std::size_t(wanted.size()));
        writer.join();
        QVERIFY(got == wanted);
    }

    void aWriteAfterACorkedFileIsNotHeldBack()
    {
        auto pair = SocketPair::make();
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("0123456789");
        file.flush();
        QVERIFY(pair.near->writeFile({}, file.handle(), 0, 10, true, kSoon, {}));
        const auto begun = Steady::now();
        QVERIFY(writeText(*pair.near, "end"));
        QCOMPARE(readExactly(*pair.far, 13), QByteArray("0123456789end"));
        QVERIFY(Steady::now() - begun < kSoon);
    }

    void aFileThatEndsEarlyHasChanged()
    {
        auto pair = SocketPair::make();
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("short");
        file.flush();
        QCOMPARE(codeOf(pair.near->writeFile({}, file.handle(), 0, 100, false, kSoon, {})), ErrorCode::FileChanged);
    }

    void readSaysThatThePeerHasClosed()
    {
        auto pair = SocketPair::make();
        QVERIFY(writeText(*pair.far, "last"));
        pair.far.reset();
        QCOMPARE(readExactly(*pair.near, 4), QByteArray("last"));
        std::array<std::byte, 8> buffer{};
        const auto got = pair.near->read(buffer, Deadline(kSoon), {});
        QVERIFY(got);
        QCOMPARE(*got, std::size_t(0));
    }

    void writingToAPeerThatHasGoneIsAnErrorAndNoSignal()
    {
        auto pair = SocketPair::make();
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("data");
        file.flush();
        pair.far.reset();
        auto outcome = writeText(*pair.near, "first");
        for (int i = 0; outcome && i < 1000; ++i) {
            outcome = i % 2 == 0 ? writeText(*pair.near, "more")
                                 : pair.near->writeFile({}, file.handle(), 0, 4, false, kSoon, {});
        }
        QCOMPARE(codeOf(outcome), ErrorCode::ConnectionLost);
    }

    void hasInputTellsWithoutTaking()
    {
        auto pair = SocketPair::make();
        QVERIFY(!pair.near->hasInput());
        QVERIFY(writeText(*pair.far, "x"));
        QTRY_VERIFY(pair.near->hasInput());
        QCOMPARE(readExactly(*pair.near, 1), QByteArray("x"));
        QVERIFY(!pair.near->hasInput());
    }

    void twoWritingSidesDoNotStopEachOther()
    {
        auto pair = SocketPair::make();
        Collector collector;
        pair.near->setInputSink(&collector);
        const auto text = muchText();
        QVERIFY(writeText(*pair.far, "meanwhile")); // nobody reads it but the sink
        std::thread reader([&] { readExactly(*pair.far, std::size_t(text.size())); });
        QVERIFY(writeText(*pair.near, text));
        reader.join();
        pair.near->setInputSink(nullptr);
        QCOMPARE(collector.text() + (pair.near->hasInput() ? readExactly(*pair.near, 9) : QByteArray()),
            QByteArray("meanwhile"));
    }

    void aReadEndsAtItsDeadlineAndCanBeRepeated()
    {
        auto pair = SocketPair::make();
        std::array<std::byte, 8> buffer{};
        const auto begun = Steady::now();
        QCOMPARE(codeOf(pair.near->read(buffer, Deadline(50ms), {})), ErrorCode::ResponseTimeout);
        QVERIFY(Steady::now() - begun >= 50ms);
        QVERIFY(Steady::now() - begun < kSoon);
        QVERIFY(writeText(*pair.far, "late"));
        QCOMPARE(readExactly(*pair.near, 4), QByteArray("late"));
    }

    void aWriteWithoutProgressIsStalled()
    {
        auto pair = SocketPair::make();
        const auto text = muchText();
        const std::array<ConstBytes, 1> parts{asBytes(text)};
        QCOMPARE(codeOf(pair.near->write(parts, 50ms, {})), ErrorCode::SendStalled);
    }

    void connectingEndsAtItsDeadline()
    {
        const DeafPort deaf;
        const auto begun = Steady::now();
        QCOMPARE(codeOf(Socket::connect(QStringLiteral("127.0.0.1"), deaf.port(), Deadline(80ms), {})),
            ErrorCode::ConnectTimeout);
        QVERIFY(Steady::now() - begun < kSoon);
    }

    void aPortWithoutListenerRefuses()
    {
        quint16 port = 0;
        {
            auto listener = Listener::open(QStringLiteral("127.0.0.1"), 0);
            port = (*listener)->port();
        }
        QCOMPARE(
            codeOf(Socket::connect(QStringLiteral("127.0.0.1"), port, Deadline(kSoon), {})), ErrorCode::ConnectRefused);
    }

    void aHostWithoutAddressIsNotFound()
    {
        QCOMPARE(codeOf(Socket::connect(QString(), 104, Deadline(kSoon), {})), ErrorCode::HostNotFound);
    }

    void withoutAThreadANameIsLookedUpLater()
    {
        auto listener = Listener::open(QStringLiteral("127.0.0.1"), 0);
        const auto connect = [port = (*listener)->port()] {
            return Socket::connect(QStringLiteral("localhost"), port, Deadline(kSoon), {});
        };
        {
            const NoMoreThreads none;
            const auto failed = connect();
            QVERIFY(!failed);
            QCOMPARE(failed.error().code, ErrorCode::Internal);
            QCOMPARE(failed.error().retry, Retry::Later);
        }
        QVERIFY(connect());
    }

    void theNextAddressIsTriedWhenOneFails()
    {
        auto listener = Listener::open(QStringLiteral("127.0.0.1"), 0);
        const auto port = (*listener)->port();
        // Nobody listens there on this address, and the one after it answers.
        auto addresses = *resolveHost(QStringLiteral("127.0.0.2"), port, Deadline(kSoon), {});
        addresses.push_back(resolveHost(QStringLiteral("127.0.0.1"), port, Deadline(kSoon), {})->front());
        const auto socket = Socket::connect(addresses, Deadline(kSoon), {});
        QVERIFY(socket);
        QCOMPARE((*socket)->peerAddress(), QStringLiteral("127.0.0.1:%1").arg(port));
    }

    void aHangingAddressDoesNotHoldBackTheNext()
    {
        const DeafPort deaf;
        auto listener = Listener::open(QStringLiteral("127.0.0.1"), 0);
        auto addresses = *resolveHost(QStringLiteral("127.0.0.1"), deaf.port(), Deadline(kSoon), {});
        addresses.push_back(
            resolveHost(QStringLiteral("127.0.0.1"), (*listener)->port(), Deadline(kSoon), {})->front());
        QVERIFY(Socket::connect(addresses, Deadline(30s), {}));
    }

    void listeningOnAllAddressesTakesBothFamilies()
    {
        auto listener = Listener::open({}, 0);
        QVERIFY(listener);
        auto v4 = Socket::connect(QStringLiteral("127.0.0.1"), (*listener)->port(), Deadline(kSoon), {});
        QVERIFY(v4);
        auto accepted = (*listener)->accept(Deadline(kSoon), {});
        QVERIFY(accepted);
        QVERIFY2((*accepted)->peerAddress().startsWith(QStringLiteral("127.0.0.1:")),
            qPrintable((*accepted)->peerAddress()));
    }

    void aPortInUseIsSaidToBe()
    {
        auto first = Listener::open(QStringLiteral("127.0.0.1"), 0);
        QCOMPARE(codeOf(Listener::open(QStringLiteral("127.0.0.1"), (*first)->port())), ErrorCode::AddressInUse);
        QCOMPARE(codeOf(Listener::open(QStringLiteral("192.0.2.1"), 0)), ErrorCode::HostNotFound);
    }

    void cancelEndsEveryWaitAtOnce()
    {
        constexpr auto kLimit = 200ms;
        const DeafPort deaf;
        QVERIFY(delayOfCancel([&](const CancelToken& cancel) {
            return codeOf(Socket::connect(QStringLiteral("127.0.0.1"), deaf.port(), Deadline(60s), cancel));
        }) < kLimit);

        auto pair = SocketPair::make();
        std::array<std::byte, 8> buffer{};
        QVERIFY(delayOfCancel([&](const CancelToken& cancel) {
            return codeOf(pair.near->read(buffer, Deadline(60s), cancel));
        }) < kLimit);

        const auto text = muchText();
        const std::array<ConstBytes, 1> parts{asBytes(text)};
        QVERIFY(delayOfCancel([&](const CancelToken& cancel) {
            return codeOf(SocketPair::make().near->write(parts, 60s, cancel));
        }) < kLimit);

        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(text);
        file.flush();
        QVERIFY(delayOfCancel([&](const CancelToken& cancel) {
            auto stalled = SocketPair::make();
            return codeOf(stalled.near->writeFile({}, file.handle(), 0, text.size(), false, 60s, cancel));
        }) < kLimit);

        auto listener = Listener::open(QStringLiteral("127.0.0.1"), 0);
        QVERIFY(delayOfCancel([&](const CancelToken& cancel) {
            return codeOf((*listener)->accept(Deadline(60s), cancel));
        }) < kLimit);
    }

    void aTokenThatIsCancelledAlreadyLetsNothingBegin()
    {
        CancelSource source;
        source.cancel();
        auto pair = SocketPair::make();
        QVERIFY(writeText(*pair.far, "x"));
        std::array<std::byte, 8> buffer{};
        QCOMPARE(codeOf(pair.near->read(buffer, Deadline(kSoon), source.token())), ErrorCode::Cancelled);
        QCOMPARE(codeOf(pair.near->write({}, kSoon, source.token())), ErrorCode::Cancelled);
        QCOMPARE(codeOf(Socket::connect(QStringLiteral("127.0.0.1"), 1, Deadline(kSoon), source.token())),
            ErrorCode::Cancelled);
    }

    void aSocketServesOnAfterAnotherTokenWasCancelled()
    {
        auto pair = SocketPair::make();
        std::array<std::byte, 8> buffer{};
        {
            LateCancel late(10ms);
            QCOMPARE(codeOf(pair.near->read(buffer, Deadline(kSoon), late.token())), ErrorCode::Cancelled);
        }
        QVERIFY(writeText(*pair.far, "on"));
        QCOMPARE(readExactly(*pair.near, 2), QByteArray("on"));
    }
};

QTEST_GUILESS_MAIN(TestSocket)
#include "TestSocket.moc"
