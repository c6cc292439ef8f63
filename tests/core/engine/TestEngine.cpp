#include "core/dicom/HeaderReader.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/ContractProvider.h"
#include "core/engine/Engine.h"
#include "core/engine/Preflight.h"
#include "core/engine/ReceiveServer.h"
#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/support/Relay.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <mutex>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kInstances = 30;
const QByteArray kImplicit = "1.2.840.10008.1.2";

/// Cuts the way while an instance waits for its answer, some times, and repairs it once the engine has noticed.
class Outages final : public EngineListener
{
public:
    static constexpr int kCuts = 3;

    void setWay(test::Relay* way) { m_way = way; }

    void onArrival()
    {
        ++m_arrived;
        const std::lock_guard lock(m_mutex);
        if (m_cuts < kCuts && !m_isCut && ++m_sinceRepair >= 5) {
            m_isCut = true;
            ++m_cuts;
            m_way.load()->cut();
        }
    }
    void onDestinationDown(const QString&, const Error&, Clock::WallTime) override
    {
        const std::lock_guard lock(m_mutex);
        m_isCut = false;
        m_sinceRepair = 0;
        m_way.load()->restore();
    }

    [[nodiscard]] int arrived() const { return m_arrived; }
    [[nodiscard]] int cuts() const { return m_cuts; }

private:
    std::atomic<test::Relay*> m_way{nullptr};
    std::atomic<int> m_arrived{0};
    std::atomic<int> m_cuts{0};
    std::mutex m_mutex; // guards the next two
    bool m_isCut = false;
    int m_sinceRepair = 0;
};

/// Answers each data set with one status.
class StatusHandler final : public net::StoreHandler
{
public:
    explicit StatusHandler(quint16 status)
        : m_status(status)
    {
    }
    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet&, const net::AcceptedContext&, const net::PeerInfo&) override
    {
        return std::make_unique<Sink>(m_status);
    }

private:
    class Sink final : public net::StoreSink
    {
    public:
        explicit Sink(quint16 status)
            : m_status(status)
        {
        }
        void write(std::span<const net::ConstBytes>) override {}
        net::StoreReply finish() override { return {m_status, {}}; }

    private:
        const quint16 m_status;
    };

    const quint16 m_status;
};

/// One CT in JPEG 2000.
StudyTree jpeg2000Tree()
{
    StudyTree tree;
    scan::ScannedInstance instance;
    instance.header.sopClassUid = {"1.2.840.10008.5.1.4.1.1.2"};
    instance.header.transferSyntaxUid = {"1.2.840.10008.1.2.4.90"};
    tree.add(instance);
    return tree;
}

} // namespace

class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<EngineFixture>();
        dicom::SyntheticParams params;
        params.folder = source();
        params.series = {{dicom::SyntheticKind::Tiny, kInstances - 1}, {dicom::SyntheticKind::Sr, 1}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}).has_value());
    }

    void aFolderArrivesBitForBit_andTheReceiptSaysSo()
    {
        const auto server = startServer();
        const auto engine = openEngine();
        const auto jobs = engine->send(request({destination(server->port())}));
        QVERIFY2(jobs.has_value(), qPrintable(jobs ? QString() : jobs.error().detail));
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());

        const auto receipt = engine->receipt(jobs->front());
        QVERIFY(receipt.has_value());
        QVERIFY(receipt->isComplete());
        QVERIFY(receipt->parties.has_value());
        QCOMPARE(receipt->parties->port, server->port());
        QCOMPARE(receipt->parties->calledAeTitle, destination(server->port()).calledAeTitle.toString());
        QVERIFY(!receipt->parties->callingAeTitle.isEmpty());
        QCOMPARE(receipt->counts.of(store::DeliveryState::Stored), kInstances);
        QCOMPARE(server->counts().stored, kInstances);
        QCOMPARE(dataSets(received()), dataSets(source()));
    }

    void theReceiptNotesTheByteThatAnOddLengthGot()
    {
        QFile odd(filesBelow(source()).first());
        QVERIFY(odd.open(QIODevice::Append) && odd.write("\0", 1) == 1);
        odd.close();
        StatusHandler handler(0xB000); // coercion of data elements
        net::AcceptorSettings settings;
        settings.address = u"127.0.0.1"_s;
        settings.port = 0;
        net::Acceptor acceptor(settings, &handler);
        QVERIFY(acceptor.start());
        const auto engine = openEngine();
        const auto jobs = engine->send(request({destination(acceptor.port())}));
        QVERIFY(jobs.has_value());
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());

        const auto receipt = engine->receipt(jobs->front());
        QVERIFY(receipt.has_value());
        QCOMPARE(receipt->warnings.size(), kInstances);
        for (const auto& [delivery] : receipt->warnings) {
            const bool isOdd = delivery.sourcePath == odd.fileName();
            QCOMPARE(delivery.lastAttempt->note, isOdd ? u"odd length: one zero byte added"_s : QString());
        }
    }

    void aJobThatIsSentAgainHasTheSameSeriesAndProof()
    {
        const auto server = startServer();
        const auto engine = openEngine();
        auto wanted = request({destination(server->port())});
        dicom::HeaderReader reader;
        const auto files = filesBelow(source());
        const auto report = std::find_if(files.begin(), files.end(),
            [&reader](const QString& path) { return reader.readFile(path)->modality == u"SR"; });
        QVERIFY(report != files.end());
        wanted.onlyKeys = {seriesKey(*reader.readFile(*report))};
        const auto first = engine->send(wanted);
        QVERIFY(first && engine->waitUntilAtRest(limit()));
        const auto again = engine->sendAgain(first->front(), {destination(server->port())});
        QVERIFY(again && engine->waitUntilAtRest(limit()));
        const auto receipt = engine->receipt(again->front());
        QCOMPARE(receipt->counts.total(), qint64(1)); // and not the whole folder
        QCOMPARE(receipt->job.proofWanted, store::ProofWanted::Response);
        QCOMPARE(receipt->provedCount(), qint64(1));
    }

    void aJobIsFoundByTheUidOfAnInstance()
    {
        const auto server = startServer();
        const auto engine = openEngine();
        const auto jobs = engine->send(request({destination(server->port())}));
        QVERIFY(jobs && engine->waitUntilAtRest(limit()));
        const auto found = [&engine](const QString& text) {
            JobListQuery query;
            query.filter.text = text;
            const auto list = engine->history().jobs(query);
            return list ? static_cast<int>(list->days.size()) : -1;
        };
        const auto uid = QString::fromLatin1(sopInstanceUid(filesBelow(source()).first()));
        QCOMPARE(found(uid), 1);
        QCOMPARE(found(uid + u".1"_s), 0);
        QCOMPARE(found(uid.chopped(1)), 0); // whole UIDs only
    }

    void aPeriodHoldsWhatWasUnderWayInIt()
    {
        const auto server = startServer();
        const auto engine = openEngine();
        const auto jobs = engine->send(request({destination(server->port())}));
        QVERIFY(jobs && engine->waitUntilAtRest(limit()));
        const auto job = engine->job(jobs->front())->job;
        const auto found = [&engine](Clock::WallTime since, Clock::WallTime before) {
            JobListQuery query;
            query.filter.since = since;
            query.filter.before = before;
            const auto list = engine->history().jobs(query);
            return list ? static_cast<int>(list->days.size()) : -1;
        };
        QCOMPARE(found(job.createdAt, job.createdAt + 1ms), 1);
        QCOMPARE(found(*job.finishedAt, *job.finishedAt + 1h), 1); // though it may have been made before
        QCOMPARE(found(*job.finishedAt + 1ms, *job.finishedAt + 1h), 0);
        QCOMPARE(found(job.createdAt - 1h, job.createdAt), 0);
    }

    void eachDestinationHasItsOwnFate()
    {
        const auto server = startServer();
        const auto engine = openEngine();
        auto dead = destination(unusedPort());
        dead.name = u"DEAD"_s;
        const auto jobs = engine->send(request({destination(server->port()), dead}));
        QVERIFY(jobs.has_value());
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());

        QCOMPARE(engine->job(jobs->at(0))->job.state, store::JobState::Finished);
        const auto stopped = engine->job(jobs->at(1));
        QCOMPARE(stopped->job.state, store::JobState::Stopped);
        QCOMPARE(stopped->job.stopReason->code, ErrorCode::ConnectRefused);
        QCOMPARE(stopped->counts.of(store::DeliveryState::Pending), kInstances);
    }

    void aStoppedJobGoesOnWhenTheDestinationIsBack()
    {
        const auto port = unusedPort();
        auto engine = openEngine();
        const auto jobs = engine->send(request({destination(port)}));
        QVERIFY(jobs.has_value());
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());
        QCOMPARE(engine->job(jobs->front())->job.state, store::JobState::Stopped);
        engine.reset();

        const auto server = startServer(port);
        engine = openEngine();
        const auto resumed = engine->resumeUnfinished();
        QCOMPARE(resumed.value_or(QList<JobId>()), *jobs);
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());
        QCOMPARE(engine->job(jobs->front())->counts.of(store::DeliveryState::Stored), kInstances);
        QCOMPARE(dataSets(received()), dataSets(source()));
    }

    void aJobGoesOnWithTheDestinationAsItIsSetNow_data()
    {
        QTest::addColumn<bool>("restarts");
        QTest::newRow("after a restart") << true;
        QTest::newRow("in the same process") << false;
    }

    void aJobGoesOnWithTheDestinationAsItIsSetNow()
    {
        QFETCH(bool, restarts);
        std::optional<config::Destination> configured;
        auto params = engineParams();
        params.currentDestination = [&configured](
                                        const QString& name) { return name == u"PACS" ? configured : std::nullopt; };
        auto engine = *Engine::open(params);
        const auto wrong = destination(unusedPort());
        const auto jobs = engine->send(request({wrong}));
        QVERIFY(jobs && engine->waitUntilAtRest(limit()));
        QCOMPARE(engine->job(jobs->front())->job.state, store::JobState::Stopped);
        if (restarts) {
            engine.reset();
            engine = *Engine::open(params);
        }
        const auto server = startServer();
        configured = destination(server->port());
        QVERIFY(engine->resume(jobs->front()));
        QVERIFY(engine->waitUntilAtRest(limit()));
        QVERIFY(engine->receipt(jobs->front())->isComplete());
        QCOMPARE(server->counts().stored, kInstances);
        QCOMPARE(engine->job(jobs->front())->job.destinationContract, contractText(*configured));
    }

    void whatFailedIsSentAgainToTheDestinationAsItIsSetNow()
    {
        net::FileReceiver files(m_fixture->path(u"first"_s));
        QVERIFY(files.open());
        StatusHandler refusing(0xC000); // cannot understand
        net::Acceptor first(EngineFixture::acceptorSettings(), &refusing);
        QVERIFY(first.start());
        std::optional<config::Destination> configured;
        auto params = engineParams();
        params.currentDestination = [&configured](const QString&) { return configured; };
        const auto engine = *Engine::open(params);
        const auto jobs = engine->send(request({destination(first.port())}));
        QVERIFY(jobs && engine->waitUntilAtRest(limit()));
        QCOMPARE(engine->job(jobs->front())->counts.of(store::DeliveryState::Rejected), kInstances);
        const auto server = startServer();
        configured = destination(server->port());
        QCOMPARE(engine->retryFailed(jobs->front()).value_or(0), kInstances);
        QVERIFY(engine->waitUntilAtRest(limit()));
        QVERIFY(engine->receipt(jobs->front())->isComplete());
        QCOMPARE(server->counts().stored, kInstances);
    }

    /// The bound of associations is the destination's, not a job's.
    void jobsToOneDestinationShareItsLimits()
    {
        std::atomic<int> most = 0;
        auto engine = openEngine();
        const auto port = unusedPort();
        auto narrow = destination(port);
        narrow.associations = 1;
        auto narrowToo = narrow;
        narrowToo.name = u"pacs"_s;
        narrowToo.maxPduBytes = 32'768;
        QVERIFY(engine->send(request({narrow})) && engine->send(request({narrowToo})));
        QVERIFY(engine->waitUntilAtRest(limit()));
        engine.reset();

        net::FileReceiver files(received());
        QVERIFY(files.open());
        auto settings = EngineFixture::acceptorSettings();
        settings.port = port;
        net::Acceptor* running = nullptr;
        settings.policy = [&](const net::AssociateRq& request) -> std::optional<net::AssociateRj> {
            most = std::max(most.load(), running->openAssociations());
            return request.user.maxLength == 32'768U ? std::nullopt : std::optional(net::AssociateRj());
        };
        net::Acceptor peer(settings, &files);
        running = &peer;
        QVERIFY(peer.start());
        engine = openEngine();
        const auto resumed = engine->resumeUnfinished();
        QCOMPARE(resumed->size(), 2);
        QVERIFY(engine->waitUntilAtRest(limit()));
        for (const auto job : *resumed) {
            QVERIFY(engine->receipt(job)->isComplete());
        }
        QCOMPARE(most.load(), 1);
    }

    /// Each cut comes when an instance was stored and its answer is still to be sent.
    void connectionsThatAreCutInMidBatchLoseNothing_data()
    {
        QTest::addColumn<int>("associations");
        QTest::newRow("one association") << 1;
        QTest::newRow("four associations") << 4;
    }

    void connectionsThatAreCutInMidBatchLoseNothing()
    {
        QFETCH(int, associations);
        Outages outages;
        const auto server = startServer(0, [&outages](const ReceivedInstance&) { outages.onArrival(); });
        test::Relay relay(server->port());
        outages.setWay(&relay);
        auto params = engineParams();
        params.giveUpAfter = 0ms;
        const auto engine = Engine::open(params, &outages);
        QVERIFY(engine.has_value());
        auto pacs = destination(relay.port());
        pacs.associations = associations;
        const auto jobs = (*engine)->send(request({pacs}));
        QVERIFY(jobs.has_value());
        QVERIFY((*engine)->waitUntilAtRest(limit()).has_value());

        QCOMPARE(outages.cuts(), Outages::kCuts);
        const auto receipt = (*engine)->receipt(jobs->front());
        QCOMPARE(receipt->job.state, store::JobState::Finished);
        QCOMPARE(receipt->counts.of(store::DeliveryState::Stored), kInstances);
        QCOMPARE(receipt->counts.total(), kInstances);
        QCOMPARE(dataSets(received()), dataSets(source()));
        QCOMPARE(filesBelow(received()).size(), kInstances);
        QVERIFY(outages.arrived() > kInstances); // what was stored without an answer came again
    }

    void anAddressInsteadOfANameIsADestinationToo()
    {
        const auto server = startServer();
        const auto engine = openEngine();
        auto typedIn = destination(server->port());
        typedIn.name = u"PACS@127.0.0.1:%1"_s.arg(server->port());
        const auto jobs = engine->send(request({typedIn}));
        QVERIFY2(jobs.has_value(), qPrintable(jobs ? QString() : jobs.error().detail));
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());
        QCOMPARE(engine->job(jobs->front())->job.destinationName, typedIn.name);
        QCOMPARE(server->counts().stored, kInstances);
    }

    void filesThatChangedSinceTheScanAreNeverSent()
    {
        const auto port = unusedPort();
        auto engine = openEngine();
        const auto jobs = engine->send(request({destination(port)}));
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());
        engine.reset();

        const auto files = filesBelow(source());
        QVERIFY(QFile::remove(files.at(0)));
        QFile grown(files.at(1));
        QVERIFY(grown.open(QIODevice::Append) && grown.write("xx") == 2);
        grown.close();
        const auto swapped = swapKeepingTime(files.at(2), files.at(3));

        const auto server = startServer(port);
        engine = openEngine();
        QVERIFY(engine->resume(jobs->front()).has_value());
        QVERIFY(engine->waitUntilAtRest(limit()).has_value());

        const auto receipt = engine->receipt(jobs->front());
        QCOMPARE(receipt->counts.of(store::DeliveryState::Stored), kInstances - (swapped ? 3 : 2));
        QCOMPARE(receipt->rejected.size(), swapped ? 3 : 2);
        for (const auto& problem : receipt->rejected) {
            const auto code = problem.delivery.lastAttempt->errorCode;
            QVERIFY(code == ErrorCode::FileNotFound || code == ErrorCode::FileChanged);
        }
    }

    void whatThePeerDoesNotTakeIsConverted_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("big endian") << int(dicom::SyntheticSyntax::ExplicitBig);
        QTest::newRow("deflated") << int(dicom::SyntheticSyntax::Deflated);
    }

    void whatThePeerDoesNotTakeIsConverted()
    {
        QFETCH(int, syntax);
        dicom::SyntheticParams params;
        params.folder = source();
        params.series = {{dicom::SyntheticKind::Tiny, 3}};
        params.syntax = dicom::SyntheticSyntax(syntax);
        QVERIFY(QDir(source()).removeRecursively());
        QVERIFY(dicom::makeSyntheticStudies(params, {}).has_value());

        net::FileReceiver files(received());
        QVERIFY(files.open().has_value());
        net::Acceptor peer(implicitOnly(), &files);
        QVERIFY(peer.start().has_value());
        const auto engine = openEngine();
        const auto jobs = engine->send(request({destination(peer.port())}));
        QVERIFY(jobs.has_value() && engine->waitUntilAtRest(limit()).has_value());

        QCOMPARE(engine->job(jobs->front())->counts.of(store::DeliveryState::Stored), 3);
        for (const auto& path : filesBelow(received())) {
            QCOMPARE(dicom::HeaderReader().readFile(path)->transferSyntaxUid.value, kImplicit);
        }
        QVERIFY(filesBelow(m_fixture->path(u"data/converted"_s)).isEmpty());
    }

    void aPeerThatTakesNothingIsAskedOnce()
    {
        auto settings = implicitOnly();
        settings.chooseContext = [](const net::ProposedContext& proposed) {
            return net::AnsweredContext{proposed.id, net::kContextTransferSyntaxesNotSupported, {kImplicit}};
        };
        net::FileReceiver files(received());
        QVERIFY(files.open().has_value());
        net::Acceptor peer(settings, &files);
        QVERIFY(peer.start().has_value());
        const auto engine = openEngine();
        const auto jobs = engine->send(request({destination(peer.port())}));
        QVERIFY(jobs.has_value() && engine->waitUntilAtRest(limit()).has_value());

        const auto receipt = engine->receipt(jobs->front());
        QCOMPARE(receipt->rejected.size(), kInstances);
        QCOMPARE(*receipt->rejected.front().delivery.lastAttempt->errorCode, ErrorCode::NoAcceptedContext);
        QVERIFY(receipt->associations.isEmpty()); // no session was kept for it
    }

    void theDryRunSaysWhatTheReceiverTakes()
    {
        const auto server = startServer();
        const StudyTree tree = jpeg2000Tree();
        const auto report = preflight(tree.patients(), destination(server->port()), {"RADPOST"}, limit());
        QVERIFY(report.has_value());
        QCOMPARE(report->count(PreflightVerdict::AsIs), 1);
        QVERIFY(!report->peerImplementation.isEmpty());
    }

    void whatCannotBeDecompressedIsSaidToBeThat()
    {
        net::FileReceiver files(received());
        net::Acceptor peer(implicitOnly(), &files);
        QVERIFY(peer.start().has_value());
        const StudyTree tree = jpeg2000Tree();
        auto to = destination(peer.port());
        QCOMPARE(preflight(tree.patients(), to, {"RADPOST"}, limit())->items.front().reason,
            ErrorCode::DicomUnsupportedSyntax);
        to.syntaxPolicy = config::SyntaxPolicy::AsIsOnly;
        QCOMPARE(preflight(tree.patients(), to, {"RADPOST"}, limit())->items.front().reason,
            ErrorCode::TransferSyntaxRefused);
    }

    void aSecondEngineOnTheSameLedgerMayOnlyLook()
    {
        const auto engine = openEngine();
        EngineParams params = engineParams();
        QCOMPARE(Engine::open(params).error().code, ErrorCode::LedgerLocked);
        params.access = LedgerAccess::ReadOnly;
        const auto reader = Engine::open(params);
        QVERIFY(reader.has_value());
        QVERIFY((*reader)->jobs().has_value());
        QCOMPARE((*reader)->send(request({destination(1)})).error().code, ErrorCode::LedgerLocked);
    }

private:
    [[nodiscard]] QString source() const { return m_fixture->source(); }
    [[nodiscard]] QString received() const { return m_fixture->received(); }
    [[nodiscard]] EngineParams engineParams() const { return m_fixture->params(); }
    [[nodiscard]] std::unique_ptr<Engine> openEngine() const { return m_fixture->open(); }
    [[nodiscard]] std::unique_ptr<ReceiveServer> startServer(
        quint16 port = 0, std::function<void(const ReceivedInstance&)> onInstance = {}) const
    {
        return m_fixture->startServer(port, std::move(onInstance));
    }
    [[nodiscard]] quint16 unusedPort() const { return m_fixture->unusedPort(); }
    [[nodiscard]] static config::Destination destination(quint16 port) { return EngineFixture::destination(port); }
    [[nodiscard]] SendRequest request(std::vector<config::Destination> destinations) const
    {
        return m_fixture->request(std::move(destinations));
    }
    [[nodiscard]] CancelToken limit() const { return m_fixture->limit(); }

    [[nodiscard]] static net::AcceptorSettings implicitOnly() { return EngineFixture::implicitOnly(); }

    /// Puts the content of @p from into @p to without a trace in size or time. False when the sizes differ.
    static bool swapKeepingTime(const QString& to, const QString& from)
    {
        QFile source(from);
        QFile target(to);
        if (source.size() != target.size() || !source.open(QIODevice::ReadOnly) || !target.open(QIODevice::ReadWrite)) {
            return false;
        }
        const auto time = target.fileTime(QFile::FileModificationTime);
        target.write(source.readAll());
        target.flush();
        return target.setFileTime(time, QFile::FileModificationTime);
    }

    std::unique_ptr<EngineFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestEngine)
#include "TestEngine.moc"
