#include "core/net/EchoScu.h"
#include "core/net/Socket.h"
#include "core/net/StoreScu.h"
#include "core/net/implementation.h"
#include "tests/support/FakeScp.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <future>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
const TransferSyntaxUid kImplicit{"1.2.840.10008.1.2"};
constexpr quint8 kCtContext = 1;
constexpr quint8 kEchoContext = 3;

/// No error.
constexpr auto kFine = ErrorCode(0);

using Script = std::function<void(FakePeer&)>;

AssociationTimeouts shortTimeouts()
{
    AssociationTimeouts timeouts;
    timeouts.connect = 5s;
    timeouts.association = 300ms;
    timeouts.stall = 300ms;
    timeouts.response = 300ms;
    timeouts.release = 300ms;
    return timeouts;
}

AssociationTimeouts longTimeouts()
{
    AssociationTimeouts timeouts;
    timeouts.association = timeouts.stall = timeouts.response = timeouts.release = 60s;
    return timeouts;
}

AssociateRq request(std::optional<AsyncWindow> window)
{
    AssociateRq request;
    request.calledAeTitle = "FAKE";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = {
        {kCtContext, kCt, {kExplicit}}, {kEchoContext, SopClassUid{kVerificationSopClass.toByteArray()}, {kImplicit}}};
    request.user.maxLength = 1 << 20;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    request.user.asyncWindow = window;
    return request;
}

/// What a run against a peer came to.
struct Run
{
    ErrorCode error = kFine; ///< of the step that ended it
    QString detail;
    std::vector<StoreResponse> responses;
    qint64 elapsedMs = 0;
};

enum class Task { Associate, Echo, Store };

struct Plan
{
    Task task = Task::Store;
    int instances = 3;
    qsizetype instanceBytes = 2000;
    AssociationTimeouts timeouts = shortTimeouts();
    std::optional<AsyncWindow> window{};
    CancelToken cancel{};
};

StoreRequest storeRequest(int number, const Bytes& dataSet)
{
    StoreRequest store;
    store.tag = static_cast<quint64>(number);
    store.dataSet = dataSet;
    store.contextId = kCtContext;
    store.sopClassUid = kCt;
    store.sopInstanceUid = SopInstanceUid{"1.2.3." + QByteArray::number(number)};
    return store;
}

Result<> storeAll(StoreScu& scu, const Plan& plan, std::vector<StoreResponse>& responses)
{
    const Bytes dataSet(static_cast<std::size_t>(plan.instanceBytes), std::byte{0x20});
    const auto take = [&]() -> Result<> {
        return scu.awaitResponse(plan.cancel).map([&](StoreResponse response) {
            responses.push_back(std::move(response));
        });
    };
    for (int i = 0; i < plan.instances; ++i) {
        if (scu.outstanding() >= scu.window()) {
            if (auto taken = take(); !taken) {
                return taken;
            }
        }
        if (auto sent = scu.submit(storeRequest(i, dataSet), plan.cancel); !sent) {
            return sent;
        }
    }
    while (scu.outstanding() > 0) {
        if (auto taken = take(); !taken) {
            return taken;
        }
    }
    return scu.association().release(plan.cancel);
}

Result<> carryOut(quint16 port, const Plan& plan, std::vector<StoreResponse>& responses)
{
    auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(plan.timeouts.connect), plan.cancel);
    if (!socket) {
        return fail(socket.error());
    }
    auto association = std::make_unique<Association>(std::move(*socket), Role::Requestor, plan.timeouts);
    if (auto asked = association->request(request(plan.window), plan.cancel); !asked) {
        return asked;
    }
    if (plan.task == Task::Store) {
        StoreScu scu(std::move(association));
        return storeAll(scu, plan, responses);
    }
    if (plan.task == Task::Echo) {
        if (auto echoed = EchoScu(*association).echo(plan.cancel); !echoed) {
            return fail(echoed.error());
        }
    }
    return association->release(plan.cancel);
}

Run run(quint16 port, const Plan& plan)
{
    Run run;
    QElapsedTimer timer;
    timer.start();
    const Result<> done = carryOut(port, plan, run.responses);
    run.elapsedMs = timer.elapsed();
    if (!done) {
        run.error = done.error().code;
        run.detail = done.error().detail;
    }
    return run;
}

Run runAgainst(const Script& script, const Plan& plan)
{
    const FakeScp scp([&script](FakePeer& peer, int) { script(peer); });
    return run(scp.port(), plan);
}

/// A script for what comes instead of the A-ASSOCIATE-AC.
Script answering(const QByteArray& bytes)
{
    return [bytes](FakePeer& peer) {
        if (peer.readRequest()) {
            peer.send(bytes);
            peer.hold();
        }
    };
}

/// A script for what comes instead of the first C-STORE-RSP.
Script responding(const std::function<void(FakePeer&, const FakePeer::Message&)>& answer)
{
    return [answer](FakePeer& peer) {
        peer.accept();
        if (const auto message = peer.readMessage()) {
            answer(peer, *message);
            peer.drain();
        }
    };
}

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

} // namespace

class TestHostilePeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRejectionSaysWhy_data();
    void aRejectionSaysWhy();
    void noProperAnswerToTheRequest_data();
    void noProperAnswerToTheRequest();
    void noProperResponseToAStore_data();
    void noProperResponseToAStore();
    void noProperResponseToAnEcho_data();
    void noProperResponseToAnEcho();
    void everyStatusComesThroughWithWhatThePeerSays_data();
    void everyStatusComesThroughWithWhatThePeerSays();
    void abortAfterTwoInstances_keepsTheirOutcomes();
    void theAssociationEndsBeforeTheBatch_data();
    void theAssociationEndsBeforeTheBatch();
    void anotherInstanceNamedInTheResponseIsNoted();
    void aMissingInstanceUidInTheResponseIsNoFault();
    void refusalsThenRecoveryOnOneAssociation();
    void thePeersMaximumPduIsHonoured_data();
    void thePeersMaximumPduIsHonoured();
    void aDataSetOfOddLengthIsPadded_data();
    void aDataSetOfOddLengthIsPadded();
    void theWindowIsHonoured_data();
    void theWindowIsHonoured();
    void responsesInAnyOrderFindTheirRequests();
    void aPeerThatNeverReadsStallsTheWrite();
    void silenceAfterReleaseIsNotWaitedForLong();
    void aContextThatWasNotAskedForIsIgnored();
    void cancelTakesEffectInEveryPhase_data();
    void cancelTakesEffectInEveryPhase();
};

void TestHostilePeer::aRejectionSaysWhy_data()
{
    QTest::addColumn<int>("result");
    QTest::addColumn<int>("source");
    QTest::addColumn<int>("reason");
    QTest::addColumn<ErrorCode>("expected");
    const auto row = [](int result, int source, int reason, ErrorCode expected) {
        QTest::addRow("%d %d %d", result, source, reason) << result << source << reason << expected;
    };
    for (const int result : {1, 2}) {
        row(result, 1, 1, ErrorCode::AssociationRejected);
        row(result, 1, 2, ErrorCode::AssociationRejected);
        row(result, 1, 3, ErrorCode::CallingAeNotRecognised);
        for (const int reserved : {4, 5, 6, 8, 9, 10}) {
            row(result, 1, reserved, ErrorCode::AssociationRejected);
        }
        row(result, 1, 7, ErrorCode::CalledAeNotRecognised);
        row(result, 2, 1, ErrorCode::AssociationRejected);
        row(result, 2, 2, ErrorCode::AssociationRejected);
        row(result, 3, 0, ErrorCode::AssociationRejected);
        row(result, 3, 1, ErrorCode::PeerBusy);
        row(result, 3, 2, ErrorCode::PeerBusy);
        row(result, 3, 7, ErrorCode::AssociationRejected);
    }
    row(0, 0, 0, ErrorCode::AssociationRejected);
    row(255, 255, 255, ErrorCode::AssociationRejected);
}

void TestHostilePeer::aRejectionSaysWhy()
{
    QFETCH(int, result);
    QFETCH(int, source);
    QFETCH(int, reason);
    QFETCH(ErrorCode, expected);
    const Run run = runAgainst(
        [=](FakePeer& peer) {
            peer.readRequest();
            peer.reject(static_cast<quint8>(result), static_cast<quint8>(source), static_cast<quint8>(reason));
            peer.drain();
        },
        {.task = Task::Associate});
    QCOMPARE(run.error, expected);
    QVERIFY(run.detail.contains(u"result %1, source %2, reason %3"_s.arg(result).arg(source).arg(reason)));
}

void TestHostilePeer::noProperAnswerToTheRequest_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorCode>("expected");

    QTest::newRow("closes at once") << Script([](FakePeer& peer) { peer.close(); }) << ErrorCode::ConnectionLost;
    QTest::newRow("reads, then closes") << Script([](FakePeer& peer) { peer.readRequest(); })
                                        << ErrorCode::ConnectionLost;
    QTest::newRow("silence") << Script([](FakePeer& peer) { peer.hold(); }) << ErrorCode::AssociationTimeout;
    QTest::newRow("abort") << Script([](FakePeer& peer) {
        peer.readRequest();
        peer.abort(2, 1);
        peer.drain();
    }) << ErrorCode::PeerAborted;
    QTest::newRow("HTTP") << answering("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                          << ErrorCode::ProtocolError;
    QTest::newRow("TLS alert") << answering(hex("15030300020246")) << ErrorCode::ProtocolError;
    QTest::newRow("SSH banner") << answering("SSH-2.0-OpenSSH_9.2\r\n") << ErrorCode::ProtocolError;
    QTest::newRow("unknown PDU type") << answering(hex("0900000000040000000000")) << ErrorCode::ProtocolError;
    QTest::newRow("PDU type 0") << answering(hex("000000000000")) << ErrorCode::ProtocolError;
    QTest::newRow("an A-ASSOCIATE-RQ of its own")
        << answering(hex("010000000044") + QByteArray(68, '\0')) << ErrorCode::ProtocolError;
    QTest::newRow("data before the association")
        << answering(hex("04000000000a00000006010300000000")) << ErrorCode::ProtocolError;
    QTest::newRow("release before the association")
        << answering(hex("05000000000400000000")) << ErrorCode::ProtocolError;
    QTest::newRow("A-ASSOCIATE-AC of four gigabytes") << answering(hex("0200ffffffff0001")) << ErrorCode::ProtocolError;
    QTest::newRow("empty A-ASSOCIATE-AC") << answering(hex("020000000000")) << ErrorCode::ProtocolError;
    QTest::newRow("items longer than the PDU")
        << answering(hex("02000000004c0001") + QByteArray(66, '\0') + hex("1000ffff00000000"))
        << ErrorCode::ProtocolError;
    QTest::newRow("half an A-ASSOCIATE-AC, then nothing")
        << answering(hex("0200000000b80001") + QByteArray(20, ' ')) << ErrorCode::AssociationTimeout;
    QTest::newRow("half an A-ASSOCIATE-AC, then the end") << Script([](FakePeer& peer) {
        peer.readRequest();
        peer.send(hex("0200000000b80001") + QByteArray(20, ' '));
    }) << ErrorCode::ConnectionLost;
    QTest::newRow("half a header, then the end") << Script([](FakePeer& peer) {
        peer.readRequest();
        peer.send(hex("0200"));
    }) << ErrorCode::ConnectionLost;
    QTest::newRow("short A-ASSOCIATE-RJ") << answering(hex("0300000000020001")) << ErrorCode::ProtocolError;
}

void TestHostilePeer::noProperAnswerToTheRequest()
{
    QFETCH(Script, script);
    QFETCH(ErrorCode, expected);
    const Run run = runAgainst(script, {.task = Task::Associate});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QVERIFY(run.elapsedMs < 2000);
}

void TestHostilePeer::noProperResponseToAStore_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorCode>("expected");

    using Message = FakePeer::Message;
    QTest::newRow("silence") << Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.hold();
    }) << ErrorCode::ResponseTimeout;
    QTest::newRow("wrong message id") << responding([](FakePeer& peer, const Message& message) {
        peer.respond(message, {.messageId = static_cast<quint16>(message.messageId + 7)});
    }) << ErrorCode::ProtocolError;
    QTest::newRow("a C-ECHO-RSP") << responding([](FakePeer& peer, const Message& message) {
        Message echo = message;
        echo.command = 0x0030;
        peer.respond(echo);
    }) << ErrorCode::ProtocolError;
    QTest::newRow("a context that is not there") << responding([](FakePeer& peer, const Message& message) {
        Message elsewhere = message;
        elsewhere.contextId = 99;
        peer.respond(elsewhere);
    }) << ErrorCode::ProtocolError;
    QTest::newRow("fragment longer than its PDU")
        << responding([](FakePeer& peer, const Message&) { peer.sendPdu(4, hex("00001000010300")); })
        << ErrorCode::ProtocolError;
    QTest::newRow("fragment of no length")
        << responding([](FakePeer& peer, const Message&) { peer.sendPdu(4, hex("000000000103")); })
        << ErrorCode::ProtocolError;
    QTest::newRow("empty P-DATA PDUs") << responding([](FakePeer& peer, const Message&) {
        peer.sendPdu(4, {});
        peer.sendPdu(4, {});
        peer.hold();
    }) << ErrorCode::ResponseTimeout;
    QTest::newRow("P-DATA PDU beyond our maximum") << responding([](FakePeer& peer, const Message&) {
        peer.send(hex("0400f0000000"));
        peer.hold();
    }) << ErrorCode::ProtocolError;
    QTest::newRow("command set that is none") << responding([](FakePeer& peer, const Message&) {
        peer.sendPdu(4, hex("0000000a0103") + QByteArray(8, '\xEE'));
    }) << ErrorCode::ProtocolError;
    QTest::newRow("unknown PDU type") << responding([](FakePeer& peer, const Message&) {
        peer.sendPdu(0x55, "nonsense");
    }) << ErrorCode::ProtocolError;
    QTest::newRow("a second A-ASSOCIATE-AC")
        << responding([](FakePeer& peer, const Message&) { peer.sendAccept({}); }) << ErrorCode::ProtocolError;
    QTest::newRow("closes inside a PDU") << Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.send(hex("04000000004000000020"));
    }) << ErrorCode::ConnectionLost;
    QTest::newRow("half a PDU, then silence") << Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.send(hex("04000000004000000020"));
        peer.hold();
    }) << ErrorCode::ResponseTimeout;
    QTest::newRow("aborts") << responding([](FakePeer& peer, const Message&) { peer.abort(0, 0); })
                            << ErrorCode::PeerAborted;
    QTest::newRow("asks for release instead")
        << responding([](FakePeer& peer, const Message&) { peer.sendPdu(5, QByteArray(4, '\0')); })
        << ErrorCode::ProtocolError;
}

void TestHostilePeer::noProperResponseToAStore()
{
    QFETCH(Script, script);
    QFETCH(ErrorCode, expected);
    const Run run = runAgainst(script, {});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QCOMPARE(run.responses.size(), std::size_t(0));
    QVERIFY(run.elapsedMs < 2000);
}

void TestHostilePeer::noProperResponseToAnEcho_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorCode>("expected");

    using Message = FakePeer::Message;
    QTest::newRow("silence") << Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.hold();
    }) << ErrorCode::ResponseTimeout;
    QTest::newRow("wrong message id") << responding([](FakePeer& peer, const Message& message) {
        peer.respond(message, {.messageId = static_cast<quint16>(message.messageId + 1)});
    }) << ErrorCode::ProtocolError;
    QTest::newRow("failure") << responding([](FakePeer& peer, const Message& message) {
        peer.respond(message, {.status = 0x0122});
    }) << ErrorCode::StatusFailed;
    QTest::newRow("Verification not accepted") << Script([](FakePeer& peer) {
        peer.accept({.choose = [](const FakePeer::Context& context) {
            return std::pair(quint8(context.id == kEchoContext ? 3 : 0), context.transferSyntaxes.front());
        }});
        peer.drain();
    }) << ErrorCode::SopClassRefused;
}

void TestHostilePeer::noProperResponseToAnEcho()
{
    QFETCH(Script, script);
    QFETCH(ErrorCode, expected);
    const Run run = runAgainst(script, {.task = Task::Echo});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QVERIFY(run.elapsedMs < 2000);
}

void TestHostilePeer::everyStatusComesThroughWithWhatThePeerSays_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {0x0000, 0xB000, 0xB006, 0xB007, 0x0111, 0x0110, 0x0122, 0x0124, 0x0210, 0x0211, 0x0212,
             0xA700, 0xA7FF, 0xA800, 0xA900, 0xC000, 0xCFFF, 0x1234, 0xFE00, 0xFFFF}) {
        QTest::addRow("%04X", static_cast<unsigned>(status)) << status;
    }
}

void TestHostilePeer::everyStatusComesThroughWithWhatThePeerSays()
{
    QFETCH(int, status);
    const Run run = runAgainst(
        [status](FakePeer& peer) {
            peer.accept();
            while (const auto message = peer.readMessage()) {
                peer.respond(*message,
                    {.status = static_cast<quint16>(status),
                        .errorComment = "Cannot do it",
                        .offendingElements = {0x00080018, 0x7FE00010}});
            }
        },
        {.instances = 2});
    QCOMPARE(run.error, kFine);
    QCOMPARE(run.responses.size(), std::size_t(2));
    for (const StoreResponse& response : run.responses) {
        QCOMPARE(response.status, static_cast<quint16>(status));
        QCOMPARE(response.errorComment, u"Cannot do it"_s);
        QCOMPARE(response.offendingElement.toLower(), u"(0008,0018),(7fe0,0010)"_s);
        QVERIFY(!response.error);
        QVERIFY(!response.otherInstanceNamed);
    }
}

void TestHostilePeer::abortAfterTwoInstances_keepsTheirOutcomes()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            for (int i = 0; i < 2; ++i) {
                peer.respond(peer.readMessage().value());
            }
            peer.readMessage();
            peer.abort(2, 6);
            peer.drain();
        },
        {.instances = 5});
    QCOMPARE(run.error, ErrorCode::PeerAborted);
    QVERIFY2(run.detail.contains(u"source 2, reason 6"_s), qPrintable(run.detail));
    QCOMPARE(run.responses.size(), std::size_t(2));
    QCOMPARE(run.responses[1].tag, quint64(1));
}

void TestHostilePeer::theAssociationEndsBeforeTheBatch_data()
{
    QTest::addColumn<Script>("end");
    QTest::addColumn<ErrorCode>("expected");
    QTest::newRow("abort while we write") << Script([](FakePeer& peer) {
        peer.abort(0, 0);
        peer.drain();
    }) << ErrorCode::PeerAborted;
    QTest::newRow("abort and close while we write")
        << Script([](FakePeer& peer) { peer.abort(0, 0); }) << ErrorCode::PeerAborted;
    QTest::newRow("close while we write") << Script([](FakePeer&) {}) << ErrorCode::ConnectionLost;
}

void TestHostilePeer::theAssociationEndsBeforeTheBatch()
{
    QFETCH(Script, end);
    QFETCH(ErrorCode, expected);
    const Run run = runAgainst(
        [&end](FakePeer& peer) {
            peer.accept();
            peer.readPdu();
            peer.readPdu();
            end(peer);
        },
        {.instances = 1, .instanceBytes = 64'000'000, .timeouts = longTimeouts()});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QVERIFY(run.responses.empty());
}

void TestHostilePeer::anotherInstanceNamedInTheResponseIsNoted()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            peer.respond(peer.readMessage().value(), {.sopInstance = "1.2.3.999"});
            peer.serve();
        },
        {.instances = 2});
    QCOMPARE(run.error, kFine);
    QVERIFY(run.responses.at(0).otherInstanceNamed);
    QVERIFY(!run.responses.at(1).otherInstanceNamed);
}

void TestHostilePeer::aMissingInstanceUidInTheResponseIsNoFault()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            peer.respond(peer.readMessage().value(), {.sopInstance = QByteArray()});
            peer.serve();
        },
        {.instances = 1});
    QCOMPARE(run.error, kFine);
    QVERIFY(!run.responses.at(0).otherInstanceNamed);
}

void TestHostilePeer::refusalsThenRecoveryOnOneAssociation()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            for (int i = 0; i < 3; ++i) {
                peer.respond(peer.readMessage().value(), {.status = 0xA700});
            }
            peer.serve();
        },
        {.instances = 5});
    QCOMPARE(run.error, kFine);
    std::vector<quint16> statuses;
    for (const StoreResponse& response : run.responses) {
        statuses.push_back(response.status.value());
    }
    QCOMPARE(statuses, (std::vector<quint16>{0xA700, 0xA700, 0xA700, 0, 0}));
}

void TestHostilePeer::thePeersMaximumPduIsHonoured_data()
{
    QTest::addColumn<qint64>("maxPdu"); // -1: the item is absent
    for (const qint64 maxPdu : {-1LL, 0LL, 16LL, 17LL, 129LL, 4095LL, 16383LL, 16384LL, 65535LL, 0xFFFFFFFFLL}) {
        QTest::addRow("%lld", static_cast<long long>(maxPdu)) << maxPdu;
    }
}

void TestHostilePeer::thePeersMaximumPduIsHonoured()
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
        {.instances = 2, .instanceBytes = 200'000, .timeouts = longTimeouts()});
    QVERIFY2(run.error == kFine, qPrintable(run.detail));
    QCOMPARE(messages.size(), std::size_t(2));
    for (const FakePeer::Message& message : messages) {
        QCOMPARE(message.dataSet.size(), 200'000);
        const qint64 limit = maxPdu < 0 ? 16384 : maxPdu;
        QVERIFY2(limit == 0 || message.largestPdu <= limit, qPrintable(QString::number(message.largestPdu)));
        QCOMPARE(message.largestPdu % 2, 0U);
    }
}

void TestHostilePeer::aDataSetOfOddLengthIsPadded_data()
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

void TestHostilePeer::aDataSetOfOddLengthIsPadded()
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
        auto association = std::make_unique<Association>(std::move(socket.value()), Role::Requestor, longTimeouts());
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

void TestHostilePeer::theWindowIsHonoured_data()
{
    QTest::addColumn<int>("granted"); // -1: the item is absent
    QTest::addColumn<int>("expected");
    QTest::newRow("absent") << -1 << 1;
    QTest::newRow("1") << 1 << 1;
    QTest::newRow("3") << 3 << 3;
    QTest::newRow("no limit") << 0 << 8; // all there are
}

void TestHostilePeer::theWindowIsHonoured()
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

void TestHostilePeer::responsesInAnyOrderFindTheirRequests()
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

void TestHostilePeer::aPeerThatNeverReadsStallsTheWrite()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            peer.hold();
        },
        {.instances = 1, .instanceBytes = 64'000'000});
    QCOMPARE(run.error, ErrorCode::SendStalled);
    QVERIFY(run.elapsedMs < 3000);
}

void TestHostilePeer::silenceAfterReleaseIsNotWaitedForLong()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            peer.respond(peer.readMessage().value());
            peer.readPdu(); // the A-RELEASE-RQ
            peer.hold();
        },
        {.instances = 1});
    QCOMPARE(run.error, ErrorCode::ReleaseTimeout);
    QCOMPARE(run.responses.size(), std::size_t(1)); // what was answered stays answered
    QVERIFY(run.elapsedMs < 2000);
}

void TestHostilePeer::aContextThatWasNotAskedForIsIgnored()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.accept({.choose = [](const FakePeer::Context&) { return std::pair(quint8(0), "1.2.3.4.5"_ba); }});
        peer.drain();
    });
    auto socket = Socket::connect(u"127.0.0.1"_s, scp.port(), Deadline(5s), {});
    Association association(std::move(socket.value()), Role::Requestor, shortTimeouts());
    QVERIFY(association.request(request({}), {}));
    QVERIFY(association.contexts().empty());
}

void TestHostilePeer::cancelTakesEffectInEveryPhase_data()
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
                           << qsizetype(64'000'000);
    QTest::newRow("half a response") << Script([](FakePeer& peer) {
        peer.accept();
        peer.readMessage();
        peer.send(hex("0400000000"));
        peer.hold();
    }) << static_cast<int>(Task::Store)
                                     << qsizetype(2000);
    QTest::newRow("release") << Script([](FakePeer& peer) {
        peer.accept();
        peer.hold();
    }) << static_cast<int>(Task::Associate)
                             << qsizetype(0);
}

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

void TestHostilePeer::cancelTakesEffectInEveryPhase()
{
    QFETCH(Script, script);
    QFETCH(int, task);
    QFETCH(qsizetype, instanceBytes);

    const FullListener full;
    const FakeScp scp([&script](FakePeer& peer, int) { script(peer); });
    CancelSource source;
    const Plan plan{.task = static_cast<Task>(task),
        .instances = 1,
        .instanceBytes = instanceBytes,
        .timeouts = longTimeouts(),
        .cancel = source.token()};
    const quint16 port = script ? scp.port() : full.port();
    auto result = std::async(std::launch::async, [&] { return run(port, plan); });
    // Not a wait for anything: the phase has to have begun and must not end by itself.
    QCOMPARE(result.wait_for(250ms), std::future_status::timeout);
    QElapsedTimer timer;
    timer.start();
    source.cancel();
    const Run run = result.get();
    const qint64 took = timer.elapsed();
    QVERIFY2(run.error == ErrorCode::Cancelled, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QVERIFY2(took < 200, qPrintable(QString::number(took)));
}

QTEST_GUILESS_MAIN(TestHostilePeer)
#include "TestHostilePeer.moc"
