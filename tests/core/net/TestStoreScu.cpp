#include "core/net/StoreScu.h"

#include "tests/core/net/StoreFixture.h"
#include "tests/support/PeerProcess.h"

#include <QDir>
#include <QTest>

#include <functional>
#include <map>
#include <mutex>

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

/// Does something to the file that is being sent as soon as its first bytes arrive.
class MeddlingHandler final : public StoreHandler
{
public:
    explicit MeddlingHandler(std::function<void()> meddle)
        : m_meddle(std::move(meddle))
    {
    }
    std::unique_ptr<StoreSink> begin(const CommandSet&, const AcceptedContext&, const PeerInfo&) override
    {
        return std::make_unique<Sink>(*this);
    }
    std::atomic<int> finished{0};

private:
    class Sink final : public StoreSink
    {
    public:
        explicit Sink(MeddlingHandler& handler)
            : m_handler(handler)
        {
        }
        void write(std::span<const ConstBytes>) override { m_handler.m_meddle(); }
        StoreReply finish() override
        {
            ++m_handler.finished;
            return {};
        }

    private:
        MeddlingHandler& m_handler;
    };
    std::function<void()> m_meddle;
};

/// Keeps the commands, and answers with the statuses it was given, in turn.
class RecordingHandler final : public StoreHandler
{
public:
    std::unique_ptr<StoreSink> begin(const CommandSet& request, const AcceptedContext&, const PeerInfo&) override
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        return std::make_unique<Sink>();
    }
    std::vector<CommandSet> requests()
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    class Sink final : public StoreSink
    {
    public:
        void write(std::span<const ConstBytes>) override {}
        StoreReply finish() override { return {0xB007, "coerced"}; }
    };
    std::mutex m_mutex; // guards the requests
    std::vector<CommandSet> m_requests;
};

/// Sends all, keeping the window full; the responses by tag.
Result<std::map<quint64, StoreResponse>> sendAll(StoreScu& scu, const std::vector<StoreRequest>& requests)
{
    std::map<quint64, StoreResponse> responses;
    const auto collect = [&]() -> Result<> {
        auto response = scu.awaitResponse({});
        if (!response) {
            return fail(std::move(response.error()));
        }
        responses[response->tag] = *response;
        return {};
    };
    for (std::size_t i = 0; i < requests.size(); ++i) {
        while (scu.outstanding() >= scu.window()) {
            if (auto got = collect(); !got) {
                return fail(std::move(got.error()));
            }
        }
        if (auto sent = scu.submit(requests[i], {}); !sent) {
            return fail(std::move(sent.error()));
        }
        if (i + 1 < requests.size()) {
            scu.prepare(requests[i + 1]);
        }
    }
    while (scu.outstanding() > 0) {
        if (auto got = collect(); !got) {
            return fail(std::move(got.error()));
        }
    }
    return responses;
}

bool allStored(const Result<std::map<quint64, StoreResponse>>& responses, std::size_t count)
{
    return responses && responses->size() == count &&
        std::all_of(responses->begin(), responses->end(), [](const auto& entry) {
            return entry.second.status == quint16(0) && !entry.second.error && !entry.second.otherInstanceNamed;
        });
}

} // namespace

class TestStoreScu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void instancesArriveBitForBit_data()
    {
        QTest::addColumn<quint32>("maxPdu");
        QTest::addColumn<int>("window");
        for (const quint32 maxPdu : {0U, 250U, 4097U, 16384U, 65535U, 131'072U, 1U << 20}) {
            for (const int window : {-1, 0, 2}) {
                QTest::addRow("PDU %u, window %d", maxPdu, window) << maxPdu << window;
            }
        }
    }
    void instancesArriveBitForBit()
    {
        QFETCH(const quint32, maxPdu);
        QFETCH(const int, window);
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        auto settings = onLoopback();
        settings.maxPduBytes = maxPdu;
        Acceptor acceptor(settings, &receiver);
        QVERIFY(acceptor.start());
        std::vector<StoreRequest> requests;
        for (const qsizetype size : {0, 1000, 16'300, 262'100, 5000, 700'000, 262'144, 2, 1'500'000}) {
            if (maxPdu == 0 || size / maxPdu < 1000) {
                requests.push_back(fixture.makeFile("1.2." + QByteArray::number(requests.size()), size));
            }
        }
        std::optional<quint16> asked;
        if (window >= 0) {
            asked = quint16(window);
        }
        auto scu = StoreFixture::openScu(acceptor.port(), asked);
        QVERIFY(scu);
        QCOMPARE(scu->window(), window < 0 ? 1 : window == 0 ? StoreScu::kMaxOutstanding : window);
        QVERIFY(allStored(sendAll(*scu, requests), requests.size()));
        scu->close();
        for (const auto& request : requests) {
            QVERIFY2(fixture.arrivedWhole(request), request.sopInstanceUid.value.constData());
        }
    }

    void stockStorescpGetsThemBitForBit_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("as it is") << QStringList();
        QTest::newRow("small PDUs") << QStringList{QStringLiteral("-pdu"), QStringLiteral("4096")};
        QTest::newRow("large PDUs") << QStringList{QStringLiteral("-pdu"), QStringLiteral("131072")};
    }
    void stockStorescpGetsThemBitForBit()
    {
        QFETCH(QStringList, options);
        StoreFixture fixture;
        const auto port = freePort();
        options << QStringLiteral("+B") << QStringLiteral("-uf") << QStringLiteral("-od") << fixture.receivedPath()
                << QString::number(port);
        PeerProcess storescp;
        QVERIFY2(storescp.startServer(QStringLiteral("storescp"), options, port), storescp.output().constData());
        std::vector<StoreRequest> requests;
        for (const qsizetype size : {1000, 20'000, 300'000, 2'000'000, 5000}) {
            requests.push_back(fixture.makeFile("1.2." + QByteArray::number(requests.size()), size));
        }
        auto scu = StoreFixture::openScu(port);
        QVERIFY(scu);
        QCOMPARE(scu->window(), 1); // DCMTK negotiates none
        QVERIFY(allStored(sendAll(*scu, requests), requests.size()));
        scu->close();
        const auto names = QDir(fixture.receivedPath()).entryList(QDir::Files);
        QCOMPARE(names.size(), qsizetype(requests.size()));
        for (const auto& request : requests) {
            const auto sent = StoreFixture::dataSetOf(request);
            QVERIFY(std::any_of(names.begin(), names.end(), [&](const QString& name) {
                return StoreFixture::dataSetOf(fixture.receivedPath(name.toLatin1())) == sent;
            }));
        }
    }

    void whatIsWrongWithOneFileStaysWithIt_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("prepared") << true;
        QTest::newRow("not prepared") << false;
    }
    void whatIsWrongWithOneFileStaysWithIt()
    {
        QFETCH(const bool, isPrepared);
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        auto scu = StoreFixture::openScu(acceptor.port());
        const auto outcomeOf = [&](const StoreRequest& request) -> StoreResponse {
            if (isPrepared) {
                scu->prepare(request);
            }
            if (!scu->submit(request, {})) {
                return {};
            }
            return scu->awaitResponse({}).value_or(StoreResponse{});
        };

        auto missing = fixture.makeFile("1.2.1", 100);
        QFile::remove(missing.path);
        QCOMPARE(outcomeOf(missing).error->code, ErrorCode::FileNotFound);

        auto grown = fixture.makeFile("1.2.2", 100);
        grown.expectedSizeBytes -= 2;
        QCOMPARE(outcomeOf(grown).error->code, ErrorCode::FileChanged);

        auto touched = fixture.makeFile("1.2.3", 100);
        touched.expectedMtimeNs = 1;
        const auto response = outcomeOf(touched);
        QCOMPARE(response.error->code, ErrorCode::FileChanged);
        QCOMPARE(response.tag, touched.tag);
        QVERIFY(!response.status);

        auto shorter = fixture.makeFile("1.2.4", 1000);
        shorter.expectedSizeBytes = -1;
        QVERIFY(QFile::resize(shorter.path, 500));
        QCOMPARE(outcomeOf(shorter).error->code, ErrorCode::FileChanged);

        auto directory = fixture.makeFile("1.2.5", 100);
        directory.path = fixture.receivedPath();
        directory.expectedSizeBytes = -1;
        directory.dataSetOffset = 0;
        directory.dataSetLength = 2;
        QCOMPARE(outcomeOf(directory).error->code, ErrorCode::FileUnreadable);

        auto empty = fixture.makeFile("1.2.6", 100);
        empty.dataSetLength = 0;
        QCOMPARE(outcomeOf(empty).error->code, ErrorCode::InvalidArgument);

        auto named = fixture.makeFile("1.2.8", 100);
        named.sopInstanceUid.value = QByteArray(400'000, '1');
        QCOMPARE(outcomeOf(named).error->code, ErrorCode::InvalidArgument);

        auto endless = fixture.makeFile("1.2.9", 100);
        endless.dataSetLength = std::numeric_limits<qint64>::max();
        QCOMPARE(outcomeOf(endless).error->code, ErrorCode::FileChanged);

        const auto good = fixture.makeFile("1.2.7", 100);
        QCOMPARE(outcomeOf(good).status, quint16(0));
        scu->close();
        QVERIFY(fixture.arrivedWhole(good));
        QCOMPARE(QDir(fixture.receivedPath()).entryList(QDir::Files | QDir::Hidden).size(), qsizetype(1));
    }

    void aFileThatShrinksOnTheWireEndsTheSession_data()
    {
        QTest::addColumn<quint32>("maxPdu");
        QTest::newRow("mapped") << 16384U;
        QTest::newRow("sent from the file") << (1U << 20);
    }
    void aFileThatShrinksOnTheWireEndsTheSession()
    {
        QFETCH(const quint32, maxPdu);
        StoreFixture fixture;
        const auto request = fixture.makeFile("1.2.1", 32'000'000);
        MeddlingHandler handler([&request] { QFile::resize(request.path, 1000); });
        auto settings = onLoopback();
        settings.maxPduBytes = maxPdu;
        Acceptor acceptor(settings, &handler);
        QVERIFY(acceptor.start());
        auto scu = StoreFixture::openScu(acceptor.port());
        const auto sent = scu->submit(request, {});
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, ErrorCode::FileChanged);
        QVERIFY(!scu->awaitResponse({}));
        acceptor.stop();
        QCOMPARE(handler.finished, 0);
    }

    void aFileThatIsWrittenToOnTheWireIsNoSuccess_data()
    {
        QTest::addColumn<quint32>("maxPdu");
        QTest::newRow("copied") << 4000U;
        QTest::newRow("mapped") << 16384U;
        QTest::newRow("sent from the file") << (1U << 20);
    }
    void aFileThatIsWrittenToOnTheWireIsNoSuccess()
    {
        QFETCH(const quint32, maxPdu);
        StoreFixture fixture;
        const auto request = fixture.makeFile("1.2.1", 32'000'000);
        MeddlingHandler handler([&request] {
            QFile file(request.path);
            QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() - 1) && file.write("x") == 1);
        });
        auto settings = onLoopback();
        settings.maxPduBytes = maxPdu;
        Acceptor acceptor(settings, &handler);
        QVERIFY(acceptor.start());
        auto scu = StoreFixture::openScu(acceptor.port());
        QVERIFY(scu->submit(request, {}));
        const auto response = scu->awaitResponse({});
        QVERIFY(response);
        QVERIFY(!response->status);
        QCOMPARE(response->error->code, ErrorCode::FileChanged);
        scu->close();
        acceptor.stop();
        QCOMPARE(handler.finished, 1);
    }

    void dataSetsMayComeFromMemoryOrFromAnOpenFile()
    {
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        auto inMemory = fixture.makeFile("1.2.1", 3'000'000);
        const auto bytes = StoreFixture::dataSetOf(inMemory);
        const auto wasAt = inMemory.path;
        inMemory.path.clear();
        inMemory.dataSet = net::asBytes(bytes);
        auto opened = fixture.makeFile("1.2.2", 10'000);
        QFile file(opened.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        opened.fileDescriptor = file.handle();
        auto scu = StoreFixture::openScu(acceptor.port());
        QVERIFY(allStored(sendAll(*scu, {inMemory, opened}), 2));
        scu->close();
        inMemory.path = wasAt;
        QVERIFY(fixture.arrivedWhole(inMemory));
        QVERIFY(fixture.arrivedWhole(opened));
        QVERIFY(file.seek(0) && file.read(1).size() == 1); // still open
    }

    void aDataSetOfOddLengthGetsOneByteMore_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<quint32>("maxPdu");
        QTest::newRow("copied") << qsizetype(1000) << (1U << 20);
        QTest::newRow("mapped") << qsizetype(9'000'000) << 16384U;
        QTest::newRow("sent from the file") << qsizetype(3'000'000) << (1U << 20);
    }
    void aDataSetOfOddLengthGetsOneByteMore()
    {
        QFETCH(const qsizetype, size);
        QFETCH(const quint32, maxPdu);
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        auto settings = onLoopback();
        settings.maxPduBytes = maxPdu;
        Acceptor acceptor(settings, &receiver);
        QVERIFY(acceptor.start());
        auto request = fixture.makeFile("1.2.1", size);
        request.dataSetLength -= 1;
        auto scu = StoreFixture::openScu(acceptor.port());
        const auto even = fixture.makeFile("1.2.2", 1000);
        const auto responses = sendAll(*scu, {request, even});
        QVERIFY(allStored(responses, 2));
        QVERIFY(responses->at(request.tag).isPadded);
        QVERIFY(!responses->at(even.tag).isPadded);
        scu->close();
        const auto arrived = StoreFixture::dataSetOf(fixture.receivedPath("1.2.1.dcm"));
        QVERIFY(arrived == StoreFixture::dataSetOf(request) + QByteArray(1, '\0'));
    }

    void aFileThatHoldsAnotherInstanceNowIsNotSent_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<quint32>("maxPdu");
        QTest::newRow("copied") << qsizetype(1000) << 65536U;
        QTest::newRow("copied in small PDUs") << qsizetype(1000) << 100U;
        QTest::newRow("sent from the file") << qsizetype(3'000'000) << (1U << 20);
    }
    void aFileThatHoldsAnotherInstanceNowIsNotSent()
    {
        QFETCH(const qsizetype, size);
        QFETCH(const quint32, maxPdu);
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        auto settings = onLoopback();
        settings.maxPduBytes = maxPdu;
        Acceptor acceptor(settings, &receiver);
        QVERIFY(acceptor.start());
        auto request = fixture.makeFile("1.2.1", size);
        request.uidMustAppear = true;
        auto other = request;
        other.tag = 100;
        other.sopInstanceUid.value = "1.2";
        auto scu = StoreFixture::openScu(acceptor.port());
        const auto responses = sendAll(*scu, {request, other});
        QVERIFY(responses);
        QCOMPARE(responses->at(request.tag).status, quint16(0));
        QCOMPARE(responses->at(other.tag).error->code, ErrorCode::FileChanged);
    }

    void theCommandCarriesWhatWasAskedAndTheResponseWhatWasSaid()
    {
        StoreFixture fixture;
        RecordingHandler handler;
        Acceptor acceptor(onLoopback(), &handler);
        QVERIFY(acceptor.start());
        auto request = fixture.makeFile("1.2.1", 100);
        request.priority = Priority::High;
        request.moveOriginator = MoveOriginator{{"MOVER"}, 77};
        auto scu = StoreFixture::openScu(acceptor.port());
        QVERIFY(scu->submit(request, {}));
        const auto response = scu->awaitResponse({});
        QVERIFY(response);
        QCOMPARE(response->status, quint16(0xB007));
        QCOMPARE(response->errorComment, QStringLiteral("coerced"));
        QCOMPARE(response->bytesSent, request.dataSetLength);
        const auto command = handler.requests().at(0);
        QCOMPARE(command.priority, quint16(1));
        QCOMPARE(command.moveOriginatorAeTitle, QByteArray("MOVER"));
        QCOMPARE(command.moveOriginatorMessageId, quint16(77));
        QCOMPARE(command.affectedSopClassUid, StoreFixture::kSopClass);
    }

    void whatWasPreparedAndNotSentIsForgotten()
    {
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        const auto first = fixture.makeFile("1.2.1", 5000);
        const auto second = fixture.makeFile("1.2.2", 5000);
        auto scu = StoreFixture::openScu(acceptor.port());
        scu->prepare(first);
        QVERIFY(allStored(sendAll(*scu, {second}), 1));
        scu->close();
        QVERIFY(fixture.arrivedWhole(second));
        QVERIFY(!fixture.arrivedWhole(first));
    }

    void theWindowIsNotOverrun()
    {
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        const auto request = fixture.makeFile("1.2.1", 100);
        auto scu = StoreFixture::openScu(acceptor.port(), std::nullopt);
        QCOMPARE(scu->awaitResponse({}).error().code, ErrorCode::InvalidArgument);
        QVERIFY(scu->submit(request, {}));
        QCOMPARE(scu->submit(request, {}).error().code, ErrorCode::InvalidArgument);
        QVERIFY(scu->awaitResponse({}));
        QCOMPARE(scu->outstanding(), 0);
    }

    void cancelEndsItAndSaysSo()
    {
        StoreFixture fixture;
        FileReceiver receiver(fixture.receivedPath());
        QVERIFY(receiver.open());
        Acceptor acceptor(onLoopback(), &receiver);
        QVERIFY(acceptor.start());
        auto scu = StoreFixture::openScu(acceptor.port());
        CancelSource source;
        source.cancel();
        QCOMPARE(scu->submit(fixture.makeFile("1.2.1", 100), source.token()).error().code, ErrorCode::Cancelled);
        QVERIFY(!scu->association().isOpen());
        scu->close(); // harmless
        QTRY_COMPARE(acceptor.openAssociations(), 0);
        QVERIFY(QDir(fixture.receivedPath()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStoreScu)
#include "TestStoreScu.moc"
