#include "tests/core/net/PeerRun.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::net::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

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
    void silenceAfterReleaseIsNotWaitedForLong();
    void aContextThatWasNotAskedForIsIgnored();
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
    const Run run = runAgainst(script, {.task = Task::Associate, .timeouts = timeoutsFor(expected)});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QVERIFY(run.elapsedMs < kSoonMs);
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
    const Run run = runAgainst(script, {.timeouts = timeoutsFor(expected)});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QCOMPARE(run.responses.size(), std::size_t(0));
    QVERIFY(run.elapsedMs < kSoonMs);
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
    const Run run = runAgainst(script, {.task = Task::Echo, .timeouts = timeoutsFor(expected)});
    QVERIFY2(run.error == expected, qPrintable(errorName(run.error) % u": "_s % run.detail));
    QVERIFY(run.elapsedMs < kSoonMs);
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
        {.instances = 1, .instanceBytes = 16'000'000});
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

void TestHostilePeer::silenceAfterReleaseIsNotWaitedForLong()
{
    const Run run = runAgainst(
        [](FakePeer& peer) {
            peer.accept();
            peer.respond(peer.readMessage().value());
            peer.readPdu(); // the A-RELEASE-RQ
            peer.hold();
        },
        {.instances = 1, .timeouts = timeoutsFor(ErrorCode::ReleaseTimeout)});
    QCOMPARE(run.error, ErrorCode::ReleaseTimeout);
    QCOMPARE(run.responses.size(), std::size_t(1)); // what was answered stays answered
    QVERIFY(run.elapsedMs < kSoonMs);
}

void TestHostilePeer::aContextThatWasNotAskedForIsIgnored()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.accept({.choose = [](const FakePeer::Context&) { return std::pair(quint8(0), "1.2.3.4.5"_ba); }});
        peer.drain();
    });
    auto socket = Socket::connect(u"127.0.0.1"_s, scp.port(), Deadline(5s), {});
    Association association(std::move(socket.value()), Role::Requestor, timeoutsFor(kFine));
    QVERIFY(association.request(request({}), {}));
    QVERIFY(association.contexts().empty());
}

QTEST_GUILESS_MAIN(TestHostilePeer)
#include "TestHostilePeer.moc"
