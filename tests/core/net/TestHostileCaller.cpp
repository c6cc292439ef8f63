#include "core/net/Acceptor.h"
#include "core/net/ConnectionGate.h"
#include "core/net/EchoScu.h"
#include "core/net/TlsSocket.h"
#include "core/net/dimse.h"
#include "core/net/implementation.h"
#include "core/net/pdu.h"
#include "core/net/serverTls.h"
#include "tests/support/TestPki.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <deque>
#include <thread>

#include <sys/socket.h>

using namespace radpost;
using namespace radpost::net;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Drops what comes, and counts what it holds.
class Discard final : public StoreHandler
{
public:
    std::unique_ptr<StoreSink> begin(const CommandSet&, const AcceptedContext&, const PeerInfo&) override
    {
        return std::make_unique<Sink>(open);
    }

    std::atomic<int> open{0};

private:
    class Sink final : public StoreSink
    {
    public:
        explicit Sink(std::atomic<int>& open)
            : m_open(open)
        {
            ++m_open;
        }
        ~Sink() override { --m_open; }
        Q_DISABLE_COPY_MOVE(Sink)
        void write(std::span<const ConstBytes>) override {}
        StoreReply finish() override { return {}; }

    private:
        std::atomic<int>& m_open;
    };
};

AcceptorSettings impatient()
{
    AcceptorSettings settings;
    settings.address = u"127.0.0.1"_s;
    settings.port = 0;
    settings.timeouts.association = 150ms;
    settings.timeouts.tlsHandshake = 150ms;
    settings.timeouts.response = 300ms;
    settings.timeouts.stall = 150ms;
    settings.timeouts.release = 100ms;
    settings.receiveBufferBytes = 64 * 1024;
    settings.maxPduBytes = 64 * 1024;
    return settings;
}

AssociateRq request()
{
    AssociateRq request;
    request.calledAeTitle = "RADPOST";
    request.callingAeTitle = "EVIL";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = {{1, {"1.2.840.10008.5.1.4.1.1.2"}, {{"1.2.840.10008.1.2"}}}};
    request.user.maxLength = 16384;
    request.user.implementationClassUid = "1.2.3";
    return request;
}

Bytes encodedRequest()
{
    return encode(request()).value();
}

Bytes bytesOf(const QByteArray& text)
{
    const auto bytes = std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size())));
    return {bytes.begin(), bytes.end()};
}

/// A caller without manners.
class RudeCaller final
{
public:
    explicit RudeCaller(quint16 port)
        : m_socket(Socket::connect(u"127.0.0.1"_s, port, Deadline(10s), {}).value_or(nullptr))
    {
    }

    [[nodiscard]] bool isConnected() const { return m_socket != nullptr; }

    /// False when the other side has closed.
    bool send(const Bytes& bytes)
    {
        const ConstBytes parts[] = {bytes};
        return m_socket->write(parts, 2s, {}).has_value();
    }

    /// Opens an association. False: it was refused.
    bool associate()
    {
        std::array<std::byte, 4096> answer{};
        return send(encodedRequest()) && m_socket->read(answer, Deadline(5s), {}).value_or(0) > 0 &&
            answer[0] == std::byte{2};
    }

    /// Reads until the other side has closed. False: it has not within @p limit.
    bool sawClose(std::chrono::milliseconds limit = 5s)
    {
        std::array<std::byte, 4096> rest{};
        const Deadline deadline(limit);
        for (;;) {
            const auto got = m_socket->read(rest, deadline, {});
            if (!got || *got == 0) {
                return got.has_value() || got.error().code == ErrorCode::ConnectionLost;
            }
        }
    }

    void shutDownWriting() { ::shutdown(m_socket->descriptor(), SHUT_WR); }

private:
    std::unique_ptr<Socket> m_socket;
};

/// The head of a P-DATA PDU with one PDV.
Bytes dataHead(quint32 pduLength, quint32 pdvLength, quint8 control, quint8 context = 1)
{
    Bytes head(12);
    head[0] = std::byte{4};
    qToBigEndian(pduLength, head.data() + 2);
    qToBigEndian(pdvLength, head.data() + 6);
    head[10] = std::byte{context};
    head[11] = std::byte{control};
    return head;
}

/// A whole one.
Bytes dataPdu(quint8 control, quint8 context = 1)
{
    auto pdu = dataHead(100, 96, control, context);
    pdu.resize(pdu.size() + 94);
    return pdu;
}

Bytes storeCommand()
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::CStoreRq);
    command.commandDataSetType = kHasDataSet;
    command.messageId = 1;
    command.priority = 0;
    command.affectedSopClassUid = "1.2.840.10008.5.1.4.1.1.2";
    command.affectedSopInstanceUid = "1.2.3";
    Bytes encoded;
    encodeCommand(command, encoded);
    const auto size = static_cast<quint32>(encoded.size());
    Bytes pdu = dataHead(size + 6, size + 2, 3);
    pdu.insert(pdu.end(), encoded.begin(), encoded.end());
    return pdu;
}

bool answersEcho(quint16 port)
{
    auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(10s), {});
    if (!socket) {
        return false;
    }
    auto asked = request();
    asked.contexts = {{1, {"1.2.840.10008.1.1"}, {{"1.2.840.10008.1.2"}}}};
    Association association(std::move(*socket), Role::Requestor);
    return association.request(asked, {}) && EchoScu(association).echo({}) && association.release({});
}

int openDescriptors()
{
    const auto all = QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System;
    return static_cast<int>(QDir(u"/proc/self/fd"_s).entryList(all).size());
}

} // namespace

class TestHostileCaller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slownessInEachPhaseEndsTheConnection_data()
    {
        QTest::addColumn<bool>("associates");
        QTest::addColumn<Bytes>("bytes");
        const auto request = encodedRequest();
        QTest::newRow("silence") << false << Bytes();
        QTest::newRow("one byte") << false << Bytes(request.begin(), request.begin() + 1);
        QTest::newRow("half a request") << false << Bytes(request.begin(), request.begin() + 40);
        QTest::newRow("associated and silent") << true << Bytes();
        QTest::newRow("half a PDU head") << true << bytesOf(QByteArray("\4\0\0", 3));
        QTest::newRow("a PDU without its bytes") << true << dataHead(1000, 996, 3);
        QTest::newRow("a command, no data set") << true << storeCommand();
        auto begun = storeCommand();
        const auto head = dataHead(60'000, 59'996, 0);
        begun.insert(begun.end(), head.begin(), head.end());
        begun.resize(begun.size() + 2000);
        QTest::newRow("a data set that stops") << true << begun;
    }

    void slownessInEachPhaseEndsTheConnection()
    {
        QFETCH(bool, associates);
        QFETCH(Bytes, bytes);
        Discard discard;
        Acceptor acceptor(impatient(), &discard);
        QVERIFY(acceptor.start());
        RudeCaller caller(acceptor.port());
        QVERIFY(!associates || caller.associate());
        QVERIFY(bytes.empty() || caller.send(bytes));
        QVERIFY(caller.sawClose());
        QTRY_COMPARE(discard.open, 0);
        QVERIFY(answersEcho(acceptor.port()));
    }

    void aByteNowAndThenDoesNotHoldAnAssociation_data()
    {
        QTest::addColumn<bool>("inDataSet");
        QTest::newRow("request") << false;
        QTest::newRow("data set") << true;
    }

    void aByteNowAndThenDoesNotHoldAnAssociation()
    {
        QFETCH(bool, inDataSet);
        Discard discard;
        Acceptor acceptor(impatient(), &discard);
        QVERIFY(acceptor.start());
        RudeCaller caller(acceptor.port());
        QVERIFY(!inDataSet ||
            (caller.associate() && caller.send(storeCommand()) && caller.send(dataHead(60'000, 59'996, 0))));
        const Deadline limit(5s);
        bool isOpen = true;
        while (isOpen && !limit.isOver()) {
            isOpen = caller.send(Bytes(1)) && !caller.sawClose(30ms); // faster than every pause that is allowed
        }
        QVERIFY(!isOpen);
        QTRY_COMPARE(discard.open, 0);
    }

    void nonsenseEndsTheConnectionAtOnce_data()
    {
        QTest::addColumn<bool>("associates");
        QTest::addColumn<Bytes>("bytes");
        QTest::newRow("HTTP") << false << bytesOf("GET / HTTP/1.1\r\nHost: gateway\r\n\r\n");
        QTest::newRow("TLS on a plain port") << false << bytesOf(QByteArray::fromHex("160301020001000001fc0303"));
        QTest::newRow("SSH") << false << bytesOf("SSH-2.0-OpenSSH_9.2p1\r\n");
        QTest::newRow("HL7") << false << bytesOf("\x0bMSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r\x1c\r");
        QTest::newRow("zeros") << false << Bytes(5000);
        QTest::newRow("a request of 4 GB") << false << bytesOf(QByteArray::fromHex("0100ffffffff00010000"));
        QTest::newRow("data before the request") << false << dataPdu(3);
        const ProposedContext plain{1, {"1.2.840.10008.1.1"}, {{"1.2.840.10008.1.2"}}};
        for (const quint8 other : {quint8(0), quint8(2), quint8(1)}) {
            auto asked = request();
            asked.contexts = {plain, {other, plain.sopClassUid, plain.transferSyntaxes}};
            QTest::addRow("contexts 1 and %d", int(other)) << false << *encode(asked);
        }
        auto many = request();
        many.contexts.assign(129, plain);
        for (int i = 0; i < 129; ++i) {
            many.contexts[std::size_t(i)].id = quint8(2 * i + 1);
        }
        QTest::newRow("129 contexts") << false << *encode(many);
        QTest::newRow("a PDU of 4 GB") << true << dataHead(0xFFFFFFFF, 100, 3);
        QTest::newRow("a PDV longer than its PDU") << true << dataHead(100, 0xFFFFFFF0, 3);
        QTest::newRow("a PDV of nothing") << true << dataHead(100, 0, 3);
        QTest::newRow("another context") << true << dataPdu(3, 77);
        QTest::newRow("a data set that nobody announced") << true << dataPdu(2);
        QTest::newRow("a second request") << true << encodedRequest();
        QTest::newRow("garbage") << true << bytesOf("garbage garbage garbage");
    }

    void nonsenseEndsTheConnectionAtOnce()
    {
        QFETCH(bool, associates);
        QFETCH(Bytes, bytes);
        auto settings = impatient();
        settings.timeouts.association = settings.timeouts.response = settings.timeouts.stall = 1min;
        Discard discard;
        Acceptor acceptor(std::move(settings), &discard);
        QVERIFY(acceptor.start());
        RudeCaller caller(acceptor.port());
        QVERIFY(!associates || caller.associate());
        QVERIFY(caller.send(bytes));
        QVERIFY(caller.sawClose(20s));
        QVERIFY(answersEcho(acceptor.port()));
    }

    void aHalfOpenPeerIsLetGo()
    {
        Discard discard;
        Acceptor acceptor(impatient(), &discard);
        QVERIFY(acceptor.start());
        RudeCaller before(acceptor.port());
        before.shutDownWriting();
        QVERIFY(before.sawClose());
        RudeCaller within(acceptor.port());
        QVERIFY(within.associate() && within.send(storeCommand()));
        within.shutDownWriting();
        QVERIFY(within.sawClose());
        QTRY_COMPARE(discard.open, 0);
    }

    void aClientThatNeverReadsItsAnswersIsCutOff()
    {
        auto settings = impatient();
        settings.timeouts.response = 1min;
        Discard discard;
        Acceptor acceptor(std::move(settings), &discard);
        QVERIFY(acceptor.start());
        RudeCaller caller(acceptor.port());
        QVERIFY(caller.associate());
        auto message = storeCommand();
        auto data = dataHead(8, 4, 2);
        data.resize(data.size() + 2);
        message.insert(message.end(), data.begin(), data.end());
        Bytes many;
        for (int i = 0; i < 500; ++i) {
            many.insert(many.end(), message.begin(), message.end());
        }
        const Deadline limit(30s);
        bool isOpen = true;
        while (isOpen && !limit.isOver()) {
            isOpen = caller.send(many);
        }
        QVERIFY(!isOpen);
        QTRY_COMPARE(discard.open, 0);
    }

    void thousandsOfConnectionsCostAFewThreads()
    {
        auto settings = impatient();
        settings.gate = std::make_shared<ConnectionGate>(ConnectionLimits{8, 4});
        settings.timeouts.association = 1min;
        Discard discard;
        Acceptor acceptor(std::move(settings), &discard);
        QVERIFY(acceptor.start());
        const int before = openDescriptors();
        {
            std::vector<std::unique_ptr<RudeCaller>> silent;
            for (int i = 0; i < 300; ++i) {
                silent.push_back(std::make_unique<RudeCaller>(acceptor.port()));
                QVERIFY(silent.back()->isConnected());
            }
            QTRY_VERIFY(acceptor.openAssociations() <= 8); // the rest was closed at once
            QVERIFY(silent.front()->sawClose());           // who comes last is heard
        }
        for (int i = 0; i < 2000; ++i) {
            QVERIFY(RudeCaller(acceptor.port()).isConnected());
        }
        bool answers = false;
        QTRY_VERIFY(answers || (answers = answersEcho(acceptor.port())));
        QTRY_VERIFY(openDescriptors() <= before + 12);
    }

    /// A thread that ends just while the listener looks for those that ended.
    void callersThatComeAndGoAllTheTimeEndNothing()
    {
        auto settings = impatient();
        settings.timeouts.association = 1min;
        Discard discard;
        Acceptor acceptor(std::move(settings), &discard);
        QVERIFY(acceptor.start());
        std::vector<std::thread> callers;
        for (int n = 0; n < 8; ++n) {
            callers.emplace_back([port = acceptor.port()] {
                for (int i = 0; i < 1500; ++i) {
                    RudeCaller caller(port);
                }
            });
        }
        std::for_each(callers.begin(), callers.end(), [](std::thread& caller) { caller.join(); });
        bool answers = false;
        QTRY_VERIFY(answers || (answers = answersEcho(acceptor.port())));
        QTRY_COMPARE(acceptor.openAssociations(), 0);
    }

    void tlsThatIsOptionalIsToldByTheFirstByte()
    {
        radpost::test::TestPki pki;
        const auto own = pki.issue({});
        const auto ours = pki.issue({});
        auto context = TlsContext::forServer({.caFile = pki.caFile(),
            .certificateFile = own.certificateFile,
            .keyFile = own.keyFile,
            .askClientCertificate = true});
        QVERIFY(context);
        std::vector<net::Caller> seen;
        auto settings = impatient();
        settings.timeouts.association = 10s;
        settings.wrap = [context = *context](std::unique_ptr<Socket> socket, const CancelToken& cancel) {
            return secure(std::move(socket), *context, TlsDemand::Optional, 2s, cancel);
        };
        settings.admission = [&seen](const AssociateRq&, const net::Caller& caller) {
            seen.push_back(caller);
            return std::optional<AcceptorSettings::Refusal>();
        };
        Acceptor acceptor(std::move(settings), nullptr);
        QVERIFY(acceptor.start());
        QVERIFY(answersEcho(acceptor.port()));
        for (const bool showsOne : {false, true}) {
            TlsSettings client{.caFile = pki.caFile()};
            client.certificateFile = showsOne ? ours.certificateFile : QString();
            client.keyFile = showsOne ? ours.keyFile : QString();
            auto socket = Socket::connect(u"127.0.0.1"_s, acceptor.port(), Deadline(5s), {});
            auto secured = TlsSocket::connect(
                std::move(*socket), *TlsContext::forClient(client).value(), u"127.0.0.1"_s, Deadline(10s), {});
            QVERIFY(secured);
            Association association(std::move(*secured), Role::Requestor);
            QVERIFY(association.request(request(), {}));
            QVERIFY(association.release({}));
        }
        acceptor.stop();
        QCOMPARE(seen.size(), 3U);
        QCOMPARE(seen[0].address, u"127.0.0.1"_s);
        QVERIFY(!seen[0].isSecured);
        QVERIFY(seen[1].isSecured && seen[1].certificateSha256.isEmpty());
        QCOMPARE(seen[2].certificateSha256.size(), 64);
        QVERIFY(!seen[2].certificateSubject.isEmpty());
    }

    void theGateCountsAndForgets()
    {
        using Admission = ConnectionGate::Admission;
        ConnectionGate gate({3, 2});
        std::vector<quint64> ofA;
        const auto enter = [&](const QString& address) {
            const auto pass = gate.enter(address);
            if (address == u"a"_s) {
                ofA.push_back(pass.number);
            }
            return pass.admission;
        };
        QCOMPARE(enter(u"a"_s), Admission::Welcome);
        QCOMPARE(enter(u"a"_s), Admission::Welcome);
        QCOMPARE(enter(u"a"_s), Admission::OverLimit);
        const auto b = gate.enter(u"b"_s);
        QCOMPARE(b.admission, Admission::OverLimit); // three are in, one of them to be told
        gate.leave(ofA[0]);
        gate.leave(b.number);
        QCOMPARE(enter(u"b"_s), Admission::Welcome);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(enter(u"a"_s), Admission::OverLimit);
        }
        QCOMPARE(enter(u"a"_s), Admission::Closed);
        gate.setLimits({100, 0});
        QCOMPARE(enter(u"a"_s), Admission::Welcome);
    }

    void whoIsSilentLongestMakesRoom()
    {
        using Admission = ConnectionGate::Admission;
        ConnectionGate gate({3, 0});
        QList<int> cut;
        const auto enter = [&](int n) { return gate.enter(u"a"_s, [&cut, n] { cut.append(n); }); };
        const auto first = enter(1);
        const auto second = enter(2);
        const auto third = enter(3);
        QVERIFY(gate.asked(first.number));
        QCOMPARE(enter(4).admission, Admission::Welcome);
        QCOMPARE(cut, QList<int>{2});
        QVERIFY(!gate.asked(second.number)); // too late
        QVERIFY(gate.asked(third.number));
        const auto fifth = enter(5);
        QCOMPARE(cut, (QList<int>{2, 4}));
        QVERIFY(gate.asked(fifth.number));
        QCOMPARE(enter(6).admission, Admission::OverLimit); // all have asked
        QCOMPARE(cut.size(), 2);
    }

    void strangersShareASmallPart()
    {
        using Admission = ConnectionGate::Admission;
        ConnectionGate gate({200, 64});
        gate.setKnown([](const QString& address) { return address.startsWith(u"known"_s); });
        std::deque<quint64> open;
        bool isCut = false;
        for (int i = 0; i < 1000; ++i) { // each from elsewhere, and silent
            const auto pass = gate.enter(u"stranger %1"_s.arg(i), [&isCut] { isCut = true; });
            QCOMPARE(pass.admission, Admission::Welcome);
            open.push_back(pass.number);
            if (std::exchange(isCut, false)) {
                gate.leave(open.front());
                open.pop_front();
            }
            QVERIFY(open.size() <= 25);
        }
        for (int i = 0; i < 150; ++i) {
            const auto pass = gate.enter(u"known %1"_s.arg(i), [] {});
            QCOMPARE(pass.admission, Admission::Welcome);
            QVERIFY(gate.asked(pass.number));
        }
        // Nor does a stranger take the place of a known one that has not asked yet.
        bool isKnownCut = false;
        for (int i = 0; i < 30; ++i) {
            QCOMPARE(gate.enter(u"known slow"_s, [&isKnownCut] { isKnownCut = true; }).admission, Admission::Welcome);
        }
        std::ignore = gate.enter(u"stranger"_s, [] {});
        QVERIFY(!isKnownCut);
    }

    void silentConnectionsKeepNobodyOut()
    {
        auto settings = impatient();
        settings.gate = std::make_shared<ConnectionGate>(ConnectionLimits{8, 0});
        settings.timeouts.association = 1min;
        Discard discard;
        Acceptor acceptor(std::move(settings), &discard);
        QVERIFY(acceptor.start());
        std::vector<std::unique_ptr<RudeCaller>> silent;
        for (int i = 0; i < 8; ++i) {
            silent.push_back(std::make_unique<RudeCaller>(acceptor.port()));
        }
        QTRY_COMPARE(acceptor.openAssociations(), 8);
        QVERIFY(answersEcho(acceptor.port()));
        QVERIFY(silent.front()->sawClose());
    }
};

QTEST_GUILESS_MAIN(TestHostileCaller)
#include "TestHostileCaller.moc"
