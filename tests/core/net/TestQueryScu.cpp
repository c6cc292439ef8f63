#include "core/net/QueryScu.h"

#include "tests/core/net/PeerRun.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::net::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint16 kPending = 0xFF00;
constexpr quint8 kQueryContextId = 1;
constexpr quint8 kStorageContextId = 3;
const SopClassUid kStudyRootFind{"1.2.840.10008.5.1.4.1.2.2.1"};

/// Keeps what it hears; may pull a token at the first match.
class Notes final : public QueryListener
{
public:
    QByteArrayList matches;
    std::vector<SubOperations> counts;
    CancelSource* pullAtMatch = nullptr;

    void match(ConstBytes identifier) override
    {
        matches.append(toByteArray(identifier));
        if (pullAtMatch != nullptr) {
            pullAtMatch->cancel();
        }
    }
    void progress(const SubOperations& said) override { counts.push_back(said); }
};

/// Collects data sets, and says what it is told to say.
class Store final : public StoreHandler
{
public:
    QByteArrayList dataSets;
    quint16 status = kStatusSuccess;

    std::unique_ptr<StoreSink> begin(const CommandSet&, const AcceptedContext&, const PeerInfo&) override
    {
        return std::make_unique<Sink>(*this);
    }

private:
    class Sink final : public StoreSink
    {
    public:
        explicit Sink(Store& store)
            : m_store(store)
        {
        }
        void write(std::span<const ConstBytes> parts) override
        {
            for (const auto part : parts) {
                m_bytes += toByteArray(part);
            }
        }
        StoreReply finish() override
        {
            m_store.dataSets.append(m_bytes);
            return {m_store.status};
        }

    private:
        Store& m_store;
        QByteArray m_bytes;
    };
};

/// A query against a script.
struct Query
{
    DimseCommand command = DimseCommand::CFindRq;
    CancelToken stop{};
    CancelToken cancel{};
    std::chrono::milliseconds patience = 30s;
    ErrorCode expected = kFine; ///< whose phase is to be short
    Notes notes{};
    Store store{};

    Result<QueryEnd> run(const Script& script)
    {
        const FakeScp scp([&script](FakePeer& peer, int) { script(peer); });
        auto socket = Socket::connect(u"127.0.0.1"_s, scp.port(), Deadline(30s), {});
        if (!socket) {
            return fail(socket.error());
        }
        Association association(std::move(*socket), Role::Requestor, timeoutsFor(expected));
        auto asked = request({});
        asked.contexts = {{kQueryContextId, kStudyRootFind, {kExplicit}}, {kStorageContextId, kCt, {kExplicit}}};
        if (auto accepted = association.request(asked, cancel); !accepted) {
            return fail(accepted.error());
        }
        QueryScu scu(association, &store, patience);
        const auto end = scu.run({command, kQueryContextId, asBytes("question"_ba), {"TO"}}, notes, stop, cancel);
        if (end) {
            (void)association.release({});
        }
        return end;
    }
};

/// A script that begins with the request that was sent.
Script answering(const std::function<void(FakePeer&, const FakePeer::Message&)>& answer)
{
    return [answer](FakePeer& peer) {
        peer.accept();
        if (const auto message = peer.readMessage()) {
            answer(peer, *message);
            while (peer.readMessage()) { // until the other side releases or goes
            }
        }
    };
}

/// A C-STORE-RQ of a CT, as a C-GET brings it.
void sendStore(FakePeer& peer, quint16 messageId, const QByteArray& dataSet)
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::CStoreRq);
    command.commandDataSetType = kHasDataSet;
    command.messageId = messageId;
    command.affectedSopClassUid = kCt.value;
    command.affectedSopInstanceUid = "1.2.3";
    Bytes encoded;
    encodeCommand(command, encoded);
    const auto pdv = [](const QByteArray& fragment, char control) {
        QByteArray length(4, '\0');
        qToBigEndian(static_cast<quint32>(fragment.size() + 2), length.data());
        return QByteArray(length + static_cast<char>(kStorageContextId) + control + fragment);
    };
    peer.sendPdu(4, pdv(toByteArray(encoded), '\x03'));
    peer.sendPdu(4, pdv(dataSet, '\x02'));
}

} // namespace

class TestQueryScu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesComeInTheirOrderAndThenTheEnd()
    {
        QByteArray asked;
        Query query;
        const auto end = query.run(answering([&asked](FakePeer& peer, const FakePeer::Message& message) {
            asked = message.dataSet;
            peer.respond(message, {.status = kPending, .dataSet = "first!"});
            peer.respond(message, {.status = 0xFF01, .dataSet = "second"});
            peer.respond(message);
        }));
        QVERIFY2(end, qPrintable(end ? QString() : end.error().detail));
        QCOMPARE(asked, "question"_ba);
        QCOMPARE(query.notes.matches, (QByteArrayList{"first!", "second"}));
        QVERIFY(end->isSuccess() && !end->wasStopped);
    }

    void aFailureIsAnEndWithItsWords()
    {
        Query query;
        const auto end = query.run(answering([](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.status = 0xA900, .errorComment = "no such key", .offendingElements = {0x00100020}});
        }));
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0xA900));
        QCOMPARE(end->errorComment, u"no such key"_s);
        QCOMPARE(end->offendingElement, u"(0010,0020)"_s);
    }

    void subOperationsAreHeard()
    {
        Query query{.command = DimseCommand::CMoveRq};
        const auto end = query.run(answering([](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.status = kPending, .suboperations = {{2, 1, 0, 0}}});
            peer.respond(message, {.status = 0xB000, .dataSet = "failed", .suboperations = {{0, 2, 1, 0}}});
        }));
        QVERIFY(end);
        QCOMPARE(query.notes.counts.size(), std::size_t(2));
        QCOMPARE(query.notes.counts[0].remaining, std::optional<quint16>(2));
        QCOMPARE(end->counts.failed, std::optional<quint16>(1));
        QCOMPARE(end->identifier, "failed"_ba);
    }

    void whatAGetBringsIsStoredAndAnswered()
    {
        QList<quint16> answers;
        Query query{.command = DimseCommand::CGetRq};
        const auto end = query.run(answering([&answers](FakePeer& peer, const FakePeer::Message& message) {
            for (const quint16 id : {quint16(7), quint16(9)}) {
                sendStore(peer, id, "pixels");
                const auto answer = peer.readMessage();
                answers << (answer ? answer->respondedTo : quint16(0));
                peer.respond(message, {.status = kPending, .suboperations = {{1, 1, 0, 0}}});
            }
            peer.respond(message, {.suboperations = {{0, 2, 0, 0}}});
        }));
        QVERIFY2(end, qPrintable(end ? QString() : end.error().detail));
        QCOMPARE(answers, (QList<quint16>{7, 9}));
        QCOMPARE(query.store.dataSets, (QByteArrayList{"pixels", "pixels"}));
        QCOMPARE(end->counts.completed, std::optional<quint16>(2));
    }

    void aStopIsACancelRequestAndThePeersEnd()
    {
        CancelSource stop;
        quint16 command = 0;
        quint16 stopped = 0;
        Query query;
        query.stop = stop.token();
        query.notes.pullAtMatch = &stop;
        const auto end = query.run(answering([&](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.status = kPending, .dataSet = "first!"});
            if (const auto cancel = peer.readMessage()) {
                command = cancel->command;
                stopped = cancel->respondedTo;
            }
            peer.respond(message, {.status = kPending, .dataSet = "on its way"});
            peer.respond(message, {.status = kStatusCancel});
        }));
        QVERIFY2(end, qPrintable(end ? QString() : end.error().detail));
        QCOMPARE(command, quint16(0x0FFF));
        QCOMPARE(stopped, quint16(1));
        QVERIFY(end->wasStopped);
        QCOMPARE(end->status, kStatusCancel);
        QCOMPARE(query.notes.matches.size(), 2);
    }

    void aPeerThatDoesNotStopIsLeft()
    {
        CancelSource stop;
        Query query{.patience = 300ms};
        query.stop = stop.token();
        query.notes.pullAtMatch = &stop;
        const auto end = query.run(answering([](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.status = kPending, .dataSet = "first!"});
        }));
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::ResponseTimeout);
    }

    void aCancelEndsAtOnce()
    {
        CancelSource cancel;
        Query query;
        query.cancel = cancel.token();
        query.notes.pullAtMatch = &cancel;
        QElapsedTimer timer;
        timer.start();
        const auto end = query.run(answering([](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.status = kPending, .dataSet = "first!"});
        }));
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < kSoonMs);
    }

    void silenceEndsAtTheDeadline()
    {
        Query query{.expected = ErrorCode::ResponseTimeout};
        const auto end = query.run(answering([](FakePeer&, const FakePeer::Message&) {}));
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::ResponseTimeout);
    }

    void whatIsNoAnswerEndsTheAssociation_data()
    {
        QTest::addColumn<Script>("script");
        QTest::newRow("another message") << answering([](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.messageId = quint16(99)});
        });
        QTest::newRow("another command") << answering([](FakePeer& peer, FakePeer::Message message) {
            message.command = 0x0021;
            peer.respond(message);
        });
        QTest::newRow("in another context") << answering([](FakePeer& peer, FakePeer::Message message) {
            message.contextId = kStorageContextId;
            peer.respond(message);
        });
        QTest::newRow("a match of nothing") << answering(
            [](FakePeer& peer, const FakePeer::Message& message) { peer.respond(message, {.status = kPending}); });
        QTest::newRow("a store that nobody asked for")
            << answering([](FakePeer& peer, const FakePeer::Message&) { sendStore(peer, 5, "pixels"); });
        QTest::newRow("data that no command announced") << answering([](FakePeer& peer, const FakePeer::Message& m) {
            peer.sendPdu(4,
                QByteArray("\0\0\0\x06", 4) + static_cast<char>(m.contextId) +
                    "\x02"
                    "data");
        });
        QTest::newRow("an identifier without end") << answering([](FakePeer& peer, const FakePeer::Message& message) {
            peer.respond(message, {.status = kPending, .dataSet = QByteArray(QueryScu::kMaxIdentifierBytes + 2, ' ')});
        });
        QTest::newRow("a release in the middle")
            << answering([](FakePeer& peer, const FakePeer::Message&) { peer.sendPdu(5, QByteArray(4, '\0')); });
    }

    void whatIsNoAnswerEndsTheAssociation()
    {
        QFETCH(Script, script);
        Query query;
        const auto end = query.run(script);
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::ProtocolError);
        QVERIFY(query.store.dataSets.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestQueryScu)
#include "TestQueryScu.moc"
