#include "core/net/Association.h"
#include "core/net/framing.h"
#include "core/net/implementation.h"
#include "tests/core/net/SocketPair.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <thread>

using namespace radpost;
using namespace radpost::net;
using namespace std::chrono_literals;
using radpost::test::SocketPair;

namespace {

constexpr auto kSoon = 10s;
const QByteArray kCtClass = "1.2.840.10008.5.1.4.1.1.2";
const QByteArray kImplicit = "1.2.840.10008.1.2";
const QByteArray kExplicit = "1.2.840.10008.1.2.1";

AssociateRq someRequest()
{
    AssociateRq request;
    request.calledAeTitle = "FAR";
    request.callingAeTitle = "NEAR";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = {{1, {kCtClass}, {{kExplicit}, {kImplicit}}}, {3, {"1.2.3"}, {{kImplicit}}}};
    request.user.maxLength = 16384;
    request.user.implementationClassUid = "1.2.3.4";
    return request;
}

AssociateAc someAnswer()
{
    AssociateAc answer;
    answer.calledAeTitle = "FAR";
    answer.callingAeTitle = "NEAR";
    answer.applicationContext = kDicomApplicationContext.toByteArray();
    answer.contexts = {{1, kContextAccepted, {kImplicit}}, {3, kContextAbstractSyntaxNotSupported, {kImplicit}}};
    answer.user.maxLength = 16384;
    answer.user.implementationVersionName = "FAR_SIDE";
    return answer;
}

AssociationTimeouts shortTimeouts()
{
    AssociationTimeouts timeouts;
    timeouts.association = 50ms;
    timeouts.response = 50ms;
    timeouts.release = 50ms;
    return timeouts;
}

/// A requestor here and an acceptor on a thread of its own.
class Sides
{
public:
    using AcceptorScript = std::function<void(Association&)>;

    explicit Sides(AcceptorScript script, const AssociationTimeouts& timeouts = {})
    {
        auto pair = SocketPair::make();
        near = std::make_unique<Association>(std::move(pair.near), Role::Requestor, timeouts);
        m_far = std::thread([script = std::move(script), socket = std::move(pair.far)]() mutable {
            Association far(std::move(socket), Role::Acceptor);
            script(far);
        });
    }
    ~Sides()
    {
        near.reset();
        m_far.join();
    }
    Q_DISABLE_COPY_MOVE(Sides)

    std::unique_ptr<Association> near;

private:
    std::thread m_far;
};

/// A peer that answers each write before the write is done, and says nothing else: who then waits, waits in vain.
class HastyPeer final : public Transport
{
public:
    explicit HastyPeer(std::deque<Bytes> answers)
        : m_answers(std::move(answers))
    {
    }

    Result<> write(std::span<const ConstBytes>, std::chrono::milliseconds, const CancelToken&) override
    {
        if (!m_answers.empty()) {
            const auto& answer = m_answers.front();
            std::ranges::copy(answer, m_sink->inputSpace().begin());
            m_sink->inputArrived(answer.size());
            m_answers.pop_front();
        }
        return {};
    }
    Result<> writeFile(ConstBytes, int, qint64, qint64, bool, std::chrono::milliseconds, const CancelToken&) override
    {
        return fail(ErrorCode::Internal);
    }
    Result<std::size_t> read(std::span<std::byte>, const Deadline&, const CancelToken&) override
    {
        return fail(ErrorCode::ResponseTimeout);
    }
    bool hasInput() override { return false; }
    void setInputSink(InputSink* sink) override { m_sink = sink; }
    void setAckPolicy(AckPolicy) override {}
    void close() override {}
    [[nodiscard]] QString peerAddress() const override { return QStringLiteral("hasty"); }

private:
    std::deque<Bytes> m_answers;
    InputSink* m_sink = nullptr;
};

/// An open association with one command queued, which a hasty peer answers with "answer".
std::unique_ptr<Association> askHastyPeer()
{
    Bytes answer;
    appendFramed(answer, 1, true, asBytes(QByteArray("answer")), 100);
    auto association = std::make_unique<Association>(
        std::make_unique<HastyPeer>(std::deque{*encode(someAnswer()), answer}), Role::Requestor);
    if (!association->request(someRequest(), {})) {
        qFatal("no association");
    }
    association->queueCommand(1, asBytes(QByteArray("question")));
    return association;
}

/// A requestor here, and the bare bytes of its peer.
struct Wire
{
    std::unique_ptr<Association> near;
    std::unique_ptr<Socket> far;

    explicit Wire(Role role = Role::Requestor, const AssociationTimeouts& timeouts = {})
    {
        auto pair = SocketPair::make();
        near = std::make_unique<Association>(std::move(pair.near), role, timeouts);
        far = std::move(pair.far);
    }

    void say(const Bytes& bytes)
    {
        const std::array<ConstBytes, 1> parts{bytes};
        QVERIFY(far->write(parts, kSoon, {}));
    }

    /// The type of the next PDU that our side sends, and its body; 0 at the end.
    int hear(QByteArray* body = nullptr)
    {
        const auto header = take(kPduHeaderSize);
        if (header.size() < qsizetype(kPduHeaderSize)) {
            return 0;
        }
        const auto pdu = decodePduHeader(asBytes(header).data());
        const auto rest = take(pdu.length);
        if (body != nullptr) {
            *body = rest;
        }
        return pdu.type;
    }

private:
    QByteArray take(std::size_t count)
    {
        QByteArray all;
        while (std::size_t(all.size()) < count) {
            Bytes buffer(count - std::size_t(all.size()));
            const auto got = far->read(buffer, Deadline(kSoon), {});
            if (!got || *got == 0) {
                break;
            }
            all += toByteArray(ConstBytes(buffer).first(*got));
        }
        return all;
    }
};

void acceptIt(Association& far)
{
    QVERIFY(far.awaitRequest({}));
    QVERIFY(far.accept(someAnswer(), {}));
}

template <typename T>
ErrorCode codeOf(const Result<T>& result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

/// Everything said until the end of a data set: "command|data".
QByteArray readMessage(Association& association)
{
    QByteArray text;
    for (;;) {
        const auto incoming = association.next(Deadline(kSoon), {});
        if (!incoming || !*incoming) {
            return text + "!";
        }
        if ((*incoming)->kind == Incoming::Kind::Command) {
            text += toByteArray((*incoming)->bytes) + '|';
            continue;
        }
        for (const auto part : (*incoming)->parts) {
            text += toByteArray(part);
        }
        if ((*incoming)->isLast) {
            return text;
        }
    }
}

} // namespace

class TestAssociation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothSidesKnowWhatWasAgreed()
    {
        Sides sides([](Association& far) {
            QVERIFY(far.awaitRequest({}));
            QVERIFY(far.requested() == someRequest());
            QVERIFY(far.accept(someAnswer(), {}));
            QCOMPARE(far.contexts().size(), std::size_t(1));
            QCOMPARE(far.peerImplementation(), QStringLiteral("1.2.3.4"));
            const auto asked = far.next(Deadline(kSoon), {});
            QVERIFY(asked && !*asked);
            QVERIFY(far.confirmRelease({}));
        });
        auto& near = *sides.near;
        QVERIFY(near.request(someRequest(), {}));
        QVERIFY(near.isOpen());
        QCOMPARE(near.contexts().size(), std::size_t(1));
        QVERIFY(*near.context(1) == (AcceptedContext{1, {kCtClass}, {kImplicit}}));
        QVERIFY(near.context(3) == nullptr);
        QCOMPARE(near.peerImplementation(), QStringLiteral("FAR_SIDE"));
        QCOMPARE(near.maxFragment(), 16378U);
        QVERIFY(near.release({}));
        QCOMPARE(near.state(), State::Sta1);
    }

    void aSyntaxThatWasNotProposedIsNoContext()
    {
        Sides sides([](Association& far) {
            QVERIFY(far.awaitRequest({}));
            auto answer = someAnswer();
            answer.contexts = {{1, kContextAccepted, {"1.2.3.4.5"}}, {7, kContextAccepted, {kImplicit}}};
            QVERIFY(far.accept(answer, {}));
            QVERIFY(!far.next(Deadline(kSoon), {}));
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        QVERIFY(sides.near->contexts().empty());
        sides.near->abort();
    }

    void theWindowIsTheNarrowerOfBoth_data()
    {
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("granted");
        QTest::addColumn<int>("window");
        QTest::newRow("nobody speaks of it") << -1 << -1 << 1;
        QTest::newRow("asked, not granted") << 0 << -1 << 1;
        QTest::newRow("granted unasked") << -1 << 8 << 1;
        QTest::newRow("no limit on both sides") << 0 << 0 << 0;
        QTest::newRow("limited by the peer") << 0 << 16 << 16;
        QTest::newRow("limited by us") << 4 << 0 << 4;
        QTest::newRow("widened against the rule") << 4 << 8 << 4;
        QTest::newRow("narrowed") << 8 << 2 << 2;
    }
    void theWindowIsTheNarrowerOfBoth()
    {
        QFETCH(const int, asked);
        QFETCH(const int, granted);
        QFETCH(const int, window);
        Sides sides([granted](Association& far) {
            QVERIFY(far.awaitRequest({}));
            auto answer = someAnswer();
            if (granted >= 0) {
                answer.user.asyncWindow = AsyncWindow{quint16(granted), 1};
            }
            QVERIFY(far.accept(answer, {}));
            QVERIFY(!far.next(Deadline(kSoon), {}));
        });
        auto request = someRequest();
        if (asked >= 0) {
            request.user.asyncWindow = AsyncWindow{quint16(asked), 1};
        }
        QVERIFY(sides.near->request(request, {}));
        QCOMPARE(sides.near->window(), window);
    }

    void aRejectionKeepsItsReason()
    {
        Sides sides([](Association& far) {
            QVERIFY(far.awaitRequest({}));
            QVERIFY(far.reject({2, 3, 2}, {}));
        });
        QCOMPARE(codeOf(sides.near->request(someRequest(), {})), ErrorCode::PeerBusy);
        QVERIFY(sides.near->rejection() == (AssociateRj{2, 3, 2}));
    }

    void aUselessMaximumLengthEndsIt()
    {
        Sides sides([](Association& far) {
            QVERIFY(far.awaitRequest({}));
            auto answer = someAnswer();
            answer.user.maxLength = 7;
            QVERIFY(far.accept(answer, {}));
            QCOMPARE(codeOf(far.next(Deadline(kSoon), {})), ErrorCode::PeerAborted);
        });
        QCOMPARE(codeOf(sides.near->request(someRequest(), {})), ErrorCode::ProtocolError);
    }

    void messagesCrossInPdusThatFit_data()
    {
        QTest::addColumn<quint32>("maxLength");
        for (const quint32 length : {0U, 8U, 9U, 100U, 65535U, 1U << 20}) {
            QTest::addRow("%u", length) << length;
        }
    }
    void messagesCrossInPdusThatFit()
    {
        QFETCH(const quint32, maxLength);
        const QByteArray command("command set");
        QByteArray data(maxLength == 8 || maxLength == 9 ? 5000 : 3'000'000, 'd');
        data[77] = 'x';
        Sides sides([&](Association& far) {
            QVERIFY(far.awaitRequest({}));
            auto answer = someAnswer();
            answer.user.maxLength = maxLength;
            QVERIFY(far.accept(answer, {}));
            QVERIFY(readMessage(far) == command + '|' + data);
            QVERIFY(far.sendMessage(1, asBytes(command), asBytes(data), {}));
            const auto asked = far.next(Deadline(kSoon), {});
            QVERIFY(asked && !*asked);
            QVERIFY(far.confirmRelease({}));
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        QVERIFY(sides.near->sendMessage(1, asBytes(command), asBytes(data), {}));
        QVERIFY(readMessage(*sides.near) == command + '|' + data);
        QVERIFY(sides.near->release({}));
    }

    void aDataSetOfOddLengthGetsOneByteMore()
    {
        const QByteArray text("odd");
        Sides sides([](Association& far) {
            acceptIt(far);
            QCOMPARE(readMessage(far), QByteArray("odd|odd\0", 8));
            QVERIFY(!far.next(Deadline(kSoon), {}));
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        QVERIFY(sides.near->sendMessage(1, asBytes(text), asBytes(text), {}));
        sides.near->abort();
    }

    void queuedCommandsLeaveTogetherBeforeTheNextWait()
    {
        Sides sides([](Association& far) {
            acceptIt(far);
            const QByteArray one("one");
            const QByteArray two("two");
            far.queueCommand(1, asBytes(one));
            far.queueCommand(1, asBytes(two));
            QVERIFY(far.queuedBytes() > 0);
            QVERIFY(!far.next(Deadline(kSoon), {})); // the other side goes away
            QCOMPARE(far.queuedBytes(), std::size_t(0));
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        for (const QByteArray text : {"one", "two"}) {
            const auto incoming = sides.near->next(Deadline(kSoon), {});
            QVERIFY(incoming && *incoming);
            QCOMPARE(toByteArray((*incoming)->bytes), text);
        }
        sides.near->abort();
    }

    void releasesThatMeetAreBothAnswered()
    {
        Sides sides([](Association& far) {
            acceptIt(far);
            QVERIFY(far.release({}));
            QCOMPARE(far.state(), State::Sta1);
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        QVERIFY(sides.near->release({}));
        QCOMPARE(sides.near->state(), State::Sta1);
    }

    void dataThatCrossesAReleaseIsDropped()
    {
        Sides sides([](Association& far) {
            acceptIt(far);
            const QByteArray late("late");
            QVERIFY(far.sendMessage(1, asBytes(late), asBytes(late), {}));
            const auto asked = far.next(Deadline(kSoon), {});
            QVERIFY(asked && !*asked);
            QVERIFY(far.sendMessage(1, asBytes(late), {}, {})); // allowed in Sta8
            QVERIFY(far.confirmRelease({}));
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        QVERIFY(sides.near->release({}));
    }

    void aReleaseWithoutAnswerIsBounded()
    {
        Wire wire(Role::Requestor, shortTimeouts());
        std::thread peer([&wire] {
            QCOMPARE(wire.hear(), 1);
            wire.say(*encode(someAnswer()));
            QCOMPARE(wire.hear(), 5);
            QCOMPARE(wire.hear(), 7); // we give up
        });
        QVERIFY(wire.near->request(someRequest(), {}));
        QCOMPARE(codeOf(wire.near->release({})), ErrorCode::ReleaseTimeout);
        peer.join();
    }

    void aPeerThatAbortsSaysWhy()
    {
        Sides sides([](Association& far) {
            acceptIt(far);
            far.abort(AbortSource::ServiceProvider, AbortReason::InvalidParameterValue);
        });
        QVERIFY(sides.near->request(someRequest(), {}));
        QCOMPARE(codeOf(sides.near->next(Deadline(kSoon), {})), ErrorCode::PeerAborted);
        QVERIFY(sides.near->peerAbort() == (Abort{2, 6}));
        QVERIFY(!sides.near->sendMessage(1, {}, {}, {}));
    }

    void anAbortThatArrivedBeforeAFailedWriteIsTheReason()
    {
        Wire wire;
        std::thread peer([&wire] {
            wire.hear();
            wire.say(*encode(someAnswer()));
            wire.say(encode(Abort{2, 1}));
            wire.far.reset();
        });
        QVERIFY(wire.near->request(someRequest(), {}));
        peer.join();
        const QByteArray data(10'000'000, 'x');
        Result<> sent;
        for (int i = 0; sent && i < 100; ++i) {
            sent = wire.near->sendMessage(1, asBytes(data).first(10), asBytes(data), {});
        }
        QCOMPARE(codeOf(sent), ErrorCode::PeerAborted);
        QVERIFY(wire.near->peerAbort() == (Abort{2, 1}));
    }

    void anAnswerThatCameWhileTheQuestionWasWrittenIsHeard()
    {
        const auto near = askHastyPeer();
        const auto said = near->next(Deadline(kSoon), {});
        QVERIFY2(said, said ? "" : qPrintable(errorName(said.error().code).toString()));
        QCOMPARE(toByteArray((*said)->bytes), QByteArray("answer"));
    }

    void anAnswerThatCameWhileTheQuestionWasWrittenIsInput()
    {
        const auto near = askHastyPeer();
        QVERIFY(near->awaitInput(Deadline(0ms), {}).value());
        QVERIFY(near->isOpen());
    }

    void aPeerThatClosesIsLost()
    {
        Wire wire;
        std::thread peer([&wire] {
            wire.hear();
            wire.far.reset();
        });
        QCOMPARE(codeOf(wire.near->request(someRequest(), {})), ErrorCode::ConnectionLost);
        peer.join();
    }

    void silenceIsBoundedInEveryPhase()
    {
        {
            Wire wire(Role::Requestor, shortTimeouts());
            QCOMPARE(codeOf(wire.near->request(someRequest(), {})), ErrorCode::AssociationTimeout);
            QCOMPARE(wire.hear(), 1);
            QCOMPARE(wire.hear(), 7);
        }
        {
            Wire wire(Role::Acceptor, shortTimeouts());
            QCOMPARE(codeOf(wire.near->awaitRequest({})), ErrorCode::AssociationTimeout);
            QCOMPARE(wire.hear(), 0); // AA-2: only closed
        }
        {
            Wire wire(Role::Requestor, shortTimeouts());
            wire.say(*encode(someAnswer()));
            QVERIFY(wire.near->request(someRequest(), {}));
            QCOMPARE(codeOf(wire.near->next(Deadline(50ms), {})), ErrorCode::ResponseTimeout);
            QCOMPARE(wire.hear(), 1);
            QCOMPARE(wire.hear(), 7);
        }
    }

    void whatComesOutOfTurnIsAborted_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("abortBody");
        const auto hex = [](const char* text) { return QByteArray::fromHex(text); };
        QTest::newRow("request again") << toByteArray(*encode(someRequest())) << hex("00000202");
        QTest::newRow("acceptance again") << toByteArray(*encode(someAnswer())) << hex("00000202");
        QTest::newRow("rejection") << toByteArray(encode(AssociateRj{1, 1, 1})) << hex("00000202");
        QTest::newRow("release response") << toByteArray(encodeReleaseRp()) << hex("00000202");
        QTest::newRow("unknown PDU") << hex("090000000000") << hex("00000201");
        QTest::newRow("PDV too long") << hex("040000000008000000100103") << hex("00000206");
        QTest::newRow("PDU above our maximum") << hex("040000004001") << hex("00000206");
        QTest::newRow("context that is not accepted") << hex("0400000000080000000403036162") << hex("00000206");
    }
    void whatComesOutOfTurnIsAborted()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, abortBody);
        Wire wire;
        wire.say(*encode(someAnswer()));
        QVERIFY(wire.near->request(someRequest(), {}));
        wire.say(Bytes(asBytes(bytes).begin(), asBytes(bytes).end()));
        QCOMPARE(codeOf(wire.near->next(Deadline(kSoon), {})), ErrorCode::ProtocolError);
        QCOMPARE(wire.hear(), 1);
        QByteArray body;
        QCOMPARE(wire.hear(&body), 7);
        QCOMPARE(body, abortBody);
    }

    void aMalformedRequestIsAborted()
    {
        Wire wire(Role::Acceptor);
        auto pdu = *encode(someRequest());
        pdu[77] = std::byte(0xFF); // the length of the first item
        wire.say(pdu);
        QCOMPARE(codeOf(wire.near->awaitRequest({})), ErrorCode::ProtocolError);
        QByteArray body;
        QCOMPARE(wire.hear(&body), 7);
        QCOMPARE(body, QByteArray(4, '\0')); // AA-1: the service user, no reason
    }

    void cancelTellsThePeer()
    {
        Wire wire;
        wire.say(*encode(someAnswer()));
        QVERIFY(wire.near->request(someRequest(), {}));
        CancelSource source;
        source.cancel();
        QCOMPARE(codeOf(wire.near->next(Deadline(kSoon), source.token())), ErrorCode::Cancelled);
        QCOMPARE(wire.hear(), 1);
        QCOMPARE(wire.hear(), 7);
        QCOMPARE(wire.hear(), 0);
    }

    void anOpenAssociationThatGoesAwayIsAborted()
    {
        Wire wire;
        wire.say(*encode(someAnswer()));
        QVERIFY(wire.near->request(someRequest(), {}));
        wire.near.reset();
        QCOMPARE(wire.hear(), 1);
        QCOMPARE(wire.hear(), 7);
    }

    void callsOutOfOrderAreRefused()
    {
        Wire wire;
        const QByteArray text("x");
        QCOMPARE(codeOf(wire.near->sendMessage(1, asBytes(text), {}, {})), ErrorCode::ConnectionLost);
        QCOMPARE(codeOf(wire.near->release({})), ErrorCode::ConnectionLost);
        QCOMPARE(codeOf(wire.near->accept(someAnswer(), {})), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(wire.near->confirmRelease({})), ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestAssociation)
#include "TestAssociation.moc"
