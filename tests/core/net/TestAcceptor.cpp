#include "core/net/Acceptor.h"

#include "core/net/EchoScu.h"
#include "core/net/QueryOperation.h"
#include "tests/core/net/StoreFixture.h"
#include "tests/support/NoMoreThreads.h"
#include "tests/support/PeerProcess.h"

#include <QDir>
#include <QTest>

#include <array>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace std::chrono_literals;

namespace {

AcceptorSettings onLoopback()
{
    AcceptorSettings settings;
    settings.address = QStringLiteral("127.0.0.1");
    settings.port = 0;
    return settings;
}

class CountingEcho final : public EchoHandler
{
public:
    quint16 echo(const PeerInfo& peer) override
    {
        const std::lock_guard lock(m_mutex);
        m_last = peer;
        ++m_count;
        return kStatusSuccess;
    }
    int count()
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }
    PeerInfo last()
    {
        const std::lock_guard lock(m_mutex);
        return m_last;
    }

private:
    std::mutex m_mutex; // guards both
    int m_count = 0;
    PeerInfo m_last;
};

/// Sends as many matches as it is told to, and notes what it was asked.
class CountingFind final : public FindHandler
{
public:
    Result<QueryReply> find(const QueryCall& call, QueryOperation& operation) override
    {
        identifier = call.identifier;
        for (int i = 0; i < matches; ++i) {
            if (auto sent = operation.respond({kStatusPending, {}, {}, {}, "match!"}); !sent) {
                return fail(std::move(sent.error()));
            }
        }
        return QueryReply{kStatusIdentifierMismatch, QByteArray(100, 'c'), {0x00080052}};
    }
    int matches = 0;
    QByteArray identifier;
};

class BrokenFind final : public FindHandler
{
public:
    Result<QueryReply> find(const QueryCall&, QueryOperation&) override
    {
        throw std::runtime_error("no handler is without faults");
    }
};

template <typename T>
ErrorCode codeOf(const Result<T>& result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

/// Sends a command, with or without a data set, and gives the response.
Result<CommandSet> ask(Association& association, quint8 contextId, const CommandSet& command, bool withData)
{
    Bytes encoded;
    encodeCommand(command, encoded);
    const QByteArray data(100, 'd');
    auto answered =
        association.sendMessage(contextId, encoded, withData ? net::asBytes(data) : ConstBytes(), {}).and_then([&] {
            return association.next(Deadline(StoreFixture::kLimit), {});
        });
    if (!answered) {
        return fail(std::move(answered.error()));
    }
    return *answered ? decodeCommand((*answered)->bytes) : fail(ErrorCode::ProtocolError);
}

CommandSet request(DimseCommand command, bool withData)
{
    CommandSet set;
    set.commandField = static_cast<quint16>(command);
    set.messageId = 5;
    set.commandDataSetType = withData ? kHasDataSet : kNoDataSet;
    set.affectedSopClassUid = StoreFixture::kSopClass;
    set.affectedSopInstanceUid = "1.2.3";
    return set;
}

/// Reads until the other side closes; what came.
QByteArray readToTheEnd(Socket& socket)
{
    QByteArray all;
    Bytes buffer(4096);
    for (;;) {
        const auto got = socket.read(buffer, Deadline(StoreFixture::kLimit), {});
        if (!got || *got == 0) {
            return got ? all : all + "!";
        }
        all += toByteArray(ConstBytes(buffer).first(*got));
    }
}

std::unique_ptr<Socket> connectTo(const Acceptor& acceptor)
{
    auto socket = Socket::connect(QStringLiteral("127.0.0.1"), acceptor.port(), Deadline(StoreFixture::kLimit), {});
    return socket ? std::move(*socket) : nullptr;
}

} // namespace

class TestAcceptor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void echoscuIsAnswered()
    {
        CountingEcho echo;
        Acceptor acceptor(onLoopback(), nullptr, &echo);
        QVERIFY(acceptor.start());
        PeerProcess echoscu;
        QCOMPARE(echoscu.run(QStringLiteral("echoscu"),
                     {QStringLiteral("-aet"), QStringLiteral("THEM"), QStringLiteral("-aec"), QStringLiteral("US"),
                         QStringLiteral("--repeat"), QStringLiteral("5"), QStringLiteral("127.0.0.1"),
                         QString::number(acceptor.port())}),
            0);
        QCOMPARE(echo.count(), 5);
        QCOMPARE(echo.last().callingAeTitle, QByteArray("THEM"));
        QCOMPARE(echo.last().calledAeTitle, QByteArray("US"));
        QVERIFY(echo.last().address.startsWith(QStringLiteral("127.0.0.1:")));
    }

    void ourOwnEchoIsAnsweredWithoutAHandler()
    {
        Acceptor acceptor(onLoopback(), nullptr);
        QVERIFY(acceptor.start());
        auto association = StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(association);
        EchoScu echo(**association);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(echo.echo({}));
        }
        QVERIFY((*association)->release({}));
    }

    void storescuStoresItsFiles_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("as it is") << QStringList();
        QTest::newRow("small PDUs") << QStringList{QStringLiteral("--max-send-pdu"), QStringLiteral("4096")};
        QTest::newRow("large PDUs") << QStringList{QStringLiteral("--max-send-pdu"), QStringLiteral("131072")};
    }
    void storescuStoresItsFiles()
    {
        QFETCH(QStringList, options);
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        std::vector<StoreRequest> files;
        options << QStringLiteral("-R") << QStringLiteral("127.0.0.1") << QString::number(acceptor.port());
        for (const qsizetype size : {100, 20'000, 1'000'000}) {
            files.push_back(fixture.makeFile("1.2." + QByteArray::number(files.size()), size));
            options << files.back().path;
        }
        PeerProcess storescu;
        QVERIFY2(storescu.run(QStringLiteral("storescu"), options) == 0, storescu.output().constData());
        for (const auto& file : files) {
            QVERIFY(fixture.arrivedWhole(file));
        }
        QCOMPARE(receiver.counters().stored, 3);
    }

    void thePolicyDecides()
    {
        auto settings = onLoopback();
        settings.policy = [](const AssociateRq& asked) {
            return asked.calledAeTitle == "FAR" ? std::nullopt
                                                : std::optional(AssociateRj{1, 1, kRejectCalledAeNotRecognised});
        };
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        auto asked = StoreFixture::associateRequest();
        QVERIFY(StoreFixture::associate(acceptor.port(), asked));
        asked.calledAeTitle = "OTHER";
        QCOMPARE(codeOf(StoreFixture::associate(acceptor.port(), asked)), ErrorCode::CalledAeNotRecognised);
        asked = StoreFixture::associateRequest();
        asked.applicationContext = "1.2.3";
        QCOMPARE(codeOf(StoreFixture::associate(acceptor.port(), asked)), ErrorCode::AssociationRejected);
        asked = StoreFixture::associateRequest();
        asked.protocolVersion = 2;
        QCOMPARE(codeOf(StoreFixture::associate(acceptor.port(), asked)), ErrorCode::AssociationRejected);
    }

    void contextsAreChosenBySetting()
    {
        auto settings = onLoopback();
        settings.chooseContext = [](const ProposedContext& proposed) -> AnsweredContext {
            if (proposed.sopClassUid.value == kVerificationSopClass) {
                return {proposed.id, kContextAbstractSyntaxNotSupported, {}};
            }
            return {proposed.id, kContextAccepted, proposed.transferSyntaxes.back()};
        };
        settings.maxPduBytes = 5000;
        settings.window = 7;
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        auto asked = StoreFixture::associateRequest();
        asked.contexts[0].transferSyntaxes.push_back({"1.2.840.10008.1.2"});
        auto association = StoreFixture::associate(acceptor.port(), asked);
        QVERIFY(association);
        QCOMPARE((*association)->contexts().size(), std::size_t(1));
        QCOMPARE((*association)->contexts()[0].transferSyntaxUid.value, QByteArray("1.2.840.10008.1.2"));
        QCOMPARE((*association)->maxFragment(), 4994U);
        QCOMPARE((*association)->window(), 7);
    }

    void beyondTheLimitIsBusyAndThenNot()
    {
        auto settings = onLoopback();
        settings.maxAssociations = 2;
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        const auto asked = StoreFixture::associateRequest();
        auto first = StoreFixture::associate(acceptor.port(), asked);
        const auto second = StoreFixture::associate(acceptor.port(), asked);
        QVERIFY(first && second);
        const auto third = StoreFixture::associate(acceptor.port(), asked);
        QCOMPARE(codeOf(third), ErrorCode::PeerBusy);
        QCOMPARE(third.error().retry, Retry::Later);
        QVERIFY((*first)->release({}));
        bool isAccepted = false;
        QTRY_VERIFY(isAccepted = isAccepted || StoreFixture::associate(acceptor.port(), asked));
    }

    void aSilentConnectionIsClosed()
    {
        auto settings = onLoopback();
        settings.timeouts.association = 50ms;
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        const auto socket = connectTo(acceptor);
        QVERIFY(readToTheEnd(*socket).isEmpty());
        QTRY_COMPARE(acceptor.openAssociations(), 0);
    }

    void anAssociationThatFallsSilentIsAborted()
    {
        auto settings = onLoopback();
        settings.timeouts.response = 50ms;
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        auto association = StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(association);
        QCOMPARE(codeOf((*association)->next(Deadline(StoreFixture::kLimit), {})), ErrorCode::PeerAborted);
    }

    void whatIsNotDicomIsTurnedAway()
    {
        Acceptor acceptor(onLoopback(), nullptr);
        QVERIFY(acceptor.start());
        const auto socket = connectTo(acceptor);
        const QByteArray probe("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        const std::array<ConstBytes, 1> parts{net::asBytes(probe)};
        QVERIFY(socket->write(parts, StoreFixture::kLimit, {}));
        QVERIFY(readToTheEnd(*socket).startsWith(QByteArray::fromHex("07000000000400000000")));
    }

    void requestsItDoesNotKnowAreAnsweredSo()
    {
        Acceptor acceptor(onLoopback(), nullptr);
        QVERIFY(acceptor.start());
        auto association = StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(association);
        auto& open = **association;
        using enum DimseCommand;
        QCOMPARE(ask(open, 1, request(CFindRq, true), true)->status, kStatusUnrecognizedOperation);
        QCOMPARE(ask(open, 1, request(NGetRq, false), false)->status, kStatusUnrecognizedOperation);
        QCOMPARE(ask(open, 1, request(CStoreRq, false), false)->status, kStatusProcessingFailure);
        const auto refused = ask(open, 1, request(CStoreRq, true), true);
        QCOMPARE(refused->status, kStatusSopClassNotSupported);
        QCOMPARE(refused->messageIdBeingRespondedTo, quint16(5));
        QCOMPARE(refused->affectedSopInstanceUid, QByteArray("1.2.3"));
        QVERIFY(open.release({}));
    }

    void confusedPeersAreAborted()
    {
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        const auto store = request(DimseCommand::CStoreRq, true);
        const auto afterTwo = [&](const CommandSet& first, const CommandSet& second, bool secondHasData) {
            auto association = StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
            Bytes encoded;
            encodeCommand(first, encoded);
            const bool isSent = association && (*association)->sendMessage(1, encoded, {}, {});
            return isSent ? codeOf(ask(**association, 1, second, secondHasData)) : ErrorCode::Internal;
        };
        QCOMPARE(afterTwo(store, store, true), ErrorCode::PeerAborted); // a command where data are due
        const auto cancelled = request(DimseCommand::CCancelRq, false);
        QCOMPARE(afterTwo(cancelled, cancelled, true), ErrorCode::PeerAborted); // data that nothing announced
        QCOMPARE(afterTwo(cancelled, request(DimseCommand::CEchoRq, false), false), ErrorCode::Internal); // answered
        QVERIFY(QDir(fixture.receivedPath()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

    void stopEndsWhateverIsGoingOn()
    {
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        const auto silent = connectTo(acceptor);
        auto idle = StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(idle);
        auto busy = StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(busy);
        Bytes command;
        encodeCommand(request(DimseCommand::CStoreRq, true), command);
        std::array<std::byte, kDataHeaderSize> header{};
        writeDataHeader(header.data(), 1, false, false, 4);
        QVERIFY((*busy)->sendMessage(1, command, {}, {}));
        const QByteArray half("half");
        const std::array<ConstBytes, 2> parts{header, net::asBytes(half)};
        QVERIFY((*busy)->writeData(parts, {}));
        QTRY_COMPARE(QDir(fixture.receivedPath()).entryList(QDir::Files | QDir::Hidden).size(), qsizetype(1));

        const auto begun = std::chrono::steady_clock::now();
        acceptor.stop();
        QVERIFY(std::chrono::steady_clock::now() - begun < 5s);
        QCOMPARE(acceptor.openAssociations(), 0);
        QCOMPARE(codeOf((*idle)->next(Deadline(StoreFixture::kLimit), {})), ErrorCode::PeerAborted);
        QVERIFY(QDir(fixture.receivedPath()).entryList(QDir::Files | QDir::Hidden).isEmpty());
        QCOMPARE(codeOf(Socket::connect(QStringLiteral("127.0.0.1"), acceptor.port(), Deadline(5s), {})),
            ErrorCode::ConnectRefused);
    }

    void itCanBeStartedAgain()
    {
        Acceptor acceptor(onLoopback(), nullptr);
        QVERIFY(acceptor.start());
        acceptor.stop();
        QVERIFY(acceptor.start());
        QVERIFY(StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest()));
    }

    void withoutAThreadItIsStartedLater()
    {
        Acceptor acceptor(onLoopback(), nullptr);
        {
            const NoMoreThreads none;
            const auto started = acceptor.start();
            QVERIFY(!started);
            QCOMPARE(started.error().retry, Retry::Later);
        }
        QVERIFY(acceptor.start());
        QVERIFY(StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest()));
    }

    void withoutAThreadAPeerIsTurnedAwayAndTheNextIsServed()
    {
        Acceptor acceptor(onLoopback(), nullptr);
        QVERIFY(acceptor.start());
        {
            const NoMoreThreads none;
            const auto turnedAway = connectTo(acceptor);
            QVERIFY(turnedAway);
            QCOMPARE(readToTheEnd(*turnedAway), QByteArray());
        }
        QVERIFY(StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest()));
    }

    void aHandlerThatThrowsLosesItsAssociationAndNoOther()
    {
        BrokenFind find;
        auto settings = onLoopback();
        settings.find = &find;
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        const auto other = *StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        const auto broken = *StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(!ask(*broken, 1, request(DimseCommand::CFindRq, true), true));
        QTRY_COMPARE(acceptor.openAssociations(), 1);
        QVERIFY(EchoScu(*other).echo({}));
        QVERIFY(other->release({}));
    }

    void aPortInUseIsAnError()
    {
        Acceptor first(onLoopback(), nullptr);
        QVERIFY(first.start());
        auto settings = onLoopback();
        settings.port = first.port();
        Acceptor second(settings, nullptr);
        QCOMPARE(codeOf(second.start()), ErrorCode::AddressInUse);
    }

    void manyAssociationsAtOnceStoreEverything()
    {
        constexpr int kSenders = 4;
        constexpr int kEach = 100;
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        std::vector<std::vector<StoreRequest>> work(kSenders);
        for (int i = 0; i < kSenders * kEach; ++i) {
            work[std::size_t(i % kSenders)].push_back(fixture.makeFile("1.2." + QByteArray::number(i), 3000));
        }
        std::atomic<int> stored{0};
        std::vector<std::thread> threads;
        for (const auto& requests : work) {
            threads.emplace_back([&] {
                auto scu = StoreFixture::openScu(acceptor.port());
                for (const auto& request : requests) {
                    stored += scu->submit(request, {}) && scu->awaitResponse({})->status == quint16(0) ? 1 : 0;
                }
                scu->close();
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(stored, kSenders * kEach);
        for (const auto& requests : work) {
            QVERIFY(std::all_of(
                requests.begin(), requests.end(), [&](const auto& request) { return fixture.arrivedWhole(request); }));
        }
    }

    void queriesGoToTheirHandler()
    {
        CountingFind find;
        find.matches = 2;
        auto settings = onLoopback();
        settings.find = &find;
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        const auto association = *StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        const auto first = ask(*association, 1, request(DimseCommand::CFindRq, true), true);
        QVERIFY(first && first->is(DimseCommand::CFindRsp) && first->hasDataSet());
        QCOMPARE(first->status, std::optional(kStatusPending));
        std::optional<CommandSet> last;
        for (int pieces = 0; pieces < 4 && (!last || isPending(*last->status)); ++pieces) {
            const auto said = association->next(Deadline(StoreFixture::kLimit), {});
            QVERIFY(said && *said);
            if ((*said)->kind == Incoming::Kind::Command) {
                last = *decodeCommand((*said)->bytes);
            }
        }
        QVERIFY(last);
        QCOMPARE(last->status, std::optional(kStatusIdentifierMismatch));
        QCOMPARE(last->errorComment.size(), 64);
        QCOMPARE(last->offendingElements, std::vector<quint32>{0x00080052});
        QCOMPARE(find.identifier, QByteArray(100, 'd'));
        const auto without = ask(*association, 1, request(DimseCommand::CFindRq, false), false);
        QVERIFY(without);
        QCOMPARE(without->status, std::optional(kStatusIdentifierMismatch));
        const auto move = ask(*association, 1, request(DimseCommand::CMoveRq, true), true);
        QVERIFY(move);
        QCOMPARE(move->status, std::optional(kStatusUnrecognizedOperation)); // nobody serves it
        QVERIFY(association->release({}));
    }

    void anAnswerCanBeRefined()
    {
        auto settings = onLoopback();
        settings.refine = [](const AssociateRq&, const Caller& caller, AssociateAc& answer) {
            if (caller.address == QStringLiteral("127.0.0.1")) {
                answer.user.roles = {{StoreFixture::kSopClass, false, true}};
            }
        };
        Acceptor acceptor(settings, nullptr);
        QVERIFY(acceptor.start());
        const auto association = *StoreFixture::associate(acceptor.port(), StoreFixture::associateRequest());
        QVERIFY(association);
        const std::vector<RoleSelection> expected{{StoreFixture::kSopClass, false, true}};
        QCOMPARE(association->accepted().user.roles, expected);
    }
};

QTEST_GUILESS_MAIN(TestAcceptor)
#include "TestAcceptor.moc"
