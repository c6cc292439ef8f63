// A gateway on the engine of somebody who sends, too, and what is read and done with what it received.

#include "core/engine/Engine.h"
#include "core/engine/GatewayHost.h"
#include "core/engine/ReceiveServer.h"
#include "core/store/JobRepository.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/PeerProcess.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Engine;
using engine::GatewayHost;
using test::ctImage;
using test::StoreClient;

namespace {

constexpr int kPatienceMs = 30'000;

/// Tells when a job of the engine ended: the listener that was there first keeps hearing.
struct Ear final : engine::EngineListener
{
    void onJobAtRest(const queue::JobProgress& /*progress*/) override { ended.release(); }
    QSemaphore ended;
};

struct Site
{
    Site()
        : pacs(pacsParams())
    {
        if (!pacs.start()) {
            qFatal("no port");
        }
        openEngine();
        gateway.config.settings.serve.port = 0;
        gateway.config.settings.serve.address = u"127.0.0.1"_s;
        gateway.config.settings.serve.diskReserveBytes = 0;
        gateway.config.settings.serve.drain = 5s;
        gateway.configFile = folder.filePath(u"radpost.toml"_s);
        gateway.dataFolder = folder.filePath(u"data"_s);
        addDestination(u"PACS"_s, pacs.port());
        rules("[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
    }
    ~Site()
    {
        host.reset();
        engine.reset();
    }
    Q_DISABLE_COPY_MOVE(Site)

    engine::ReceiveParams pacsParams() const
    {
        engine::ReceiveParams params;
        params.address = u"127.0.0.1"_s;
        params.folder = folder.filePath(u"pacs"_s);
        return params;
    }

    void openEngine(engine::LedgerAccess access = engine::LedgerAccess::ReadWrite)
    {
        engine.reset();
        engine::EngineParams params;
        params.dataFolder = folder.filePath(u"data"_s);
        params.access = access;
        params.currentDestination = [this](const QString& name) -> std::optional<config::Destination> {
            const auto* found = gateway.config.find(name);
            return found != nullptr ? std::optional(*found) : std::nullopt;
        };
        auto opened = Engine::open(params, &ear);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        engine = std::move(*opened);
    }

    void addDestination(const QString& name, quint16 port)
    {
        config::Destination destination;
        destination.name = name;
        destination.host = u"127.0.0.1"_s;
        destination.port = port;
        destination.calledAeTitle = {"PACS"};
        gateway.config.destinations = {destination};
    }

    void rules(const QByteArray& toml)
    {
        auto text = toml;
        for (const auto& destination : gateway.config.destinations) {
            text += "[[destination]]\nname = \"" + destination.name.toUtf8() +
                "\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(destination.port) + "\nae_title = \"PACS\"\n";
        }
        QFile file(gateway.configFile);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size());
    }

    Result<> start()
    {
        auto params = gateway;
        params.engine = engine;
        auto opened = GatewayHost::open({std::move(params), u"test"_s});
        if (!opened) {
            return fail(opened.error());
        }
        host = std::move(*opened);
        return host->start();
    }

    bool store(int count, const QByteArray& root = "1.2.9")
    {
        StoreClient client;
        if (!client.open(host->gateway().ports().front().port)) {
            return false;
        }
        for (int i = 0; i < count; ++i) {
            const QByteArray uid = root + '.' + QByteArray::number(i);
            if (client.store(uid, ctImage(uid)) != 0) {
                return false;
            }
        }
        client.release();
        return true;
    }

    store::SpoolEntry study() const { return engine->received().studies({}).value().value(0); }

    QTemporaryDir folder;
    Ear ear;
    engine::ReceiveServer pacs;
    engine::GatewayParams gateway;
    std::shared_ptr<Engine> engine;
    std::unique_ptr<GatewayHost> host;
};

} // namespace

class TestSharedGateway : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatArrivesIsForwardedAndTheEngineGoesOn()
    {
        Site site;
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(3));
        QTRY_COMPARE_WITH_TIMEOUT(site.pacs.counts().stored, qint64(3), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(site.study().targets.value(0).stored, qint64(3), kPatienceMs);
        QCOMPARE(site.study().standing.instances, 3);
        QCOMPARE(site.study().callers, QStringList{u"CT1"_s});
        QTRY_COMPARE_WITH_TIMEOUT(site.host->gateway().counts().delivered, qint64(3), kPatienceMs);

        site.host.reset();
        engine::SendRequest request;
        const auto source =
            site.engine->received().source({{site.study().id}, {}}, engine::spoolFolderOf(site.gateway.dataFolder, {}));
        QVERIFY(source.has_value());
        QCOMPARE(source->instances(), 3);
        QCOMPARE(source->parts.size(), 1);
        request.paths = source->parts.first();
        request.destinations = site.gateway.config.destinations;
        QVERIFY(site.engine->send(request).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(site.pacs.counts().stored, qint64(6), kPatienceMs);
        QVERIFY(site.ear.ended.tryAcquire(2, kPatienceMs)); // that of the gateway and this one
    }

    void veryManyAreSourcesOfSeveralJobs()
    {
        Site site;
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(5));
        const auto spool = engine::spoolFolderOf(site.gateway.dataFolder, {});
        const auto source = site.engine->received().source({{site.study().id}, {}}, spool, 2);
        QVERIFY(source.has_value());
        QCOMPARE(source->instances(), 5);
        QCOMPARE(source->parts.size(), 3);
        QStringList all;
        for (const auto& part : source->parts) {
            QVERIFY(part.size() <= 2);
            all += part;
        }
        QCOMPARE(all.removeDuplicates(), 0);
        for (const auto& path : all) {
            QVERIFY(QFileInfo(path).isFile());
        }
    }

    void itIsSwitchedOnAndOffOnOneEngine()
    {
        Site site;
        for (int round = 1; round <= 3; ++round) {
            QVERIFY(site.start().has_value());
            QVERIFY(site.store(2, "1.2.9." + QByteArray::number(round)));
            QTRY_COMPARE_WITH_TIMEOUT(site.pacs.counts().stored, qint64(2 * round), kPatienceMs);
            site.host->stop();
            site.host.reset();
        }
        QCOMPARE(site.study().standing.instances, 6);
    }

    void whoIsConnectedIsShown()
    {
        Site site;
        QVERIFY(site.start().has_value());
        StoreClient client;
        QVERIFY(client.open(site.host->gateway().ports().front().port));
        QCOMPARE(client.store("1.2.9.1", ctImage("1.2.9.1")), std::optional<quint16>(0));
        const auto open = site.host->gateway().associations();
        QCOMPARE(open.size(), 1U);
        QCOMPARE(open[0].callingAeTitle, u"CT1"_s);
        QCOMPARE(open[0].stored, qint64(1));
        QVERIFY(open[0].bytes > 2000);
        QTRY_VERIFY(!site.host->gateway().associations()[0].isReceiving);
        client.release();
        QTRY_VERIFY(site.host->gateway().associations().empty());
    }

    void whatIsHeldIsReleasedAtOnce()
    {
        Site site;
        site.rules("[[rule]]\nname = \"review\"\naction = \"hold\"\nreason = \"look\"\n"
                   "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(2));
        QTRY_COMPARE_WITH_TIMEOUT(site.study().standing.held, qint64(2), kPatienceMs);
        const auto holds = site.engine->received().holds({{site.study().id}, {}}, 10);
        QVERIFY(holds.has_value());
        engine::HoldDecision decision;
        for (const auto& hold : *holds) {
            decision.holds.append(hold.id);
        }
        const auto outcome = site.host->gateway().decide(decision);
        QVERIFY(outcome.has_value());
        QCOMPARE(outcome->instances, 2);
        QTRY_COMPARE_WITH_TIMEOUT(site.pacs.counts().stored, qint64(2), kPatienceMs);
        QCOMPARE(site.study().standing.held, 0);
    }

    void aChangeOfTheFileIsTakenOver()
    {
        Site site;
        QVERIFY(site.start().has_value());
        using Outcome = engine::ConfigLook::Outcome;
        QCOMPARE(site.host->look().outcome, Outcome::Same);
        site.rules("[[rule]]\nname = \"nothing\"\naction = \"drop\"\nreason = \"not wanted here\"\n");
        engine::ConfigLook look;
        const auto isTaken = [&] { return (look = site.host->look()).outcome != Outcome::Same; };
        QVERIFY(QTest::qWaitFor(isTaken, kPatienceMs));
        QCOMPARE(look.outcome, Outcome::TakenOver);
        QVERIFY(look.rules.problems.empty());
        QVERIFY(site.store(1));
        QTRY_COMPARE_WITH_TIMEOUT(site.study().standing.dropped, qint64(1), kPatienceMs);
        site.rules("[[rule]]\nname = \"broken\"\n");
        QVERIFY(QTest::qWaitFor(isTaken, kPatienceMs));
        QVERIFY(look.error.has_value() || !look.rules.problems.empty());
        QCOMPARE(site.host->gateway().ruleCount(), 1);
    }

    void withoutTheLedgerThereIsNoGateway()
    {
        Site site;
        auto owner = site.engine;
        auto params = site.gateway;
        engine::EngineParams reading;
        reading.dataFolder = site.gateway.dataFolder;
        reading.access = engine::LedgerAccess::ReadOnly;
        params.engine = std::move(*Engine::open(reading));
        const auto opened = GatewayHost::open({std::move(params), u"test"_s});
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::LedgerLocked);
    }

    void aPortInUseLeavesTheEngineAsItWas()
    {
        Site site;
        site.gateway.config.settings.serve.port = site.pacs.port();
        const auto started = site.start();
        QVERIFY(!started.has_value());
        QCOMPARE(started.error().code, ErrorCode::AddressInUse);
        site.host.reset();
        site.gateway.config.settings.serve.port = 0;
        QVERIFY(site.start().has_value());
    }

    // A process that was killed left a job that was growing; nobody receives in the next one.
    void aJobOfTheGatewayGoesOnWithoutIt()
    {
        Site site;
        const auto dead = test::freePort();
        site.addDestination(u"PACS"_s, dead);
        site.rules("[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(2));
        QTRY_COMPARE_WITH_TIMEOUT(site.study().targets.value(0).open, qint64(2), kPatienceMs);
        site.host.reset();
        const auto job = site.engine->jobs().value().first().job.id;
        const auto cut = site.engine->parts().ledger.writer().run(
            [job](store::WriteSession& session) { return session.jobs.setGrowth(job, store::JobGrowth::Interrupted); });
        QVERIFY(cut.has_value());
        site.addDestination(u"PACS"_s, site.pacs.port());
        site.openEngine();
        QCOMPARE(site.engine->resumeUnfinished().value(), QList<JobId>{job});
        QTRY_COMPARE_WITH_TIMEOUT(site.pacs.counts().stored, qint64(2), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(site.engine->job(job).value().job.state, store::JobState::Finished, kPatienceMs);
    }

    void copiesAreWholePart10Files()
    {
        Site site;
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(3));
        const auto target = site.folder.filePath(u"copies"_s);
        const engine::ExportParams params{
            {{site.study().id}, {}}, engine::spoolFolderOf(site.gateway.dataFolder, {}), target};
        int told = 0;
        auto outcome = site.engine->received().exportFiles(params, [&told](const auto&) { ++told; }, {});
        QVERIFY(outcome.has_value());
        QCOMPARE(outcome->written, 3);
        QCOMPARE(told, 3);
        QDirIterator files(target, {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto bytes = file.readAll();
            QCOMPARE(bytes.mid(128, 4), "DICM"_ba);
            const auto uid = file.fileName().section(u'/', -1).chopped(4).toLatin1();
            QVERIFY(bytes.endsWith(ctImage(uid)));
            ++count;
        }
        QCOMPARE(count, 3);
        outcome = site.engine->received().exportFiles(params, [](const auto&) {}, {});
        QCOMPARE(outcome->alreadyThere, 3);
        QCOMPARE(outcome->written, 0);
        CancelSource cancelled;
        cancelled.cancel();
        const auto stopped = site.engine->received().exportFiles(
            params, [](const auto&) {}, cancelled.token());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    }

    void aCopyTakesNoNameFromAnotherContent_data()
    {
        QTest::addColumn<bool>("isOfItsSize");
        QTest::newRow("shorter") << false;
        QTest::newRow("of its size") << true;
    }
    void aCopyTakesNoNameFromAnotherContent()
    {
        QFETCH(bool, isOfItsSize);
        Site site;
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(1));
        const auto target = site.folder.filePath(u"copies"_s);
        const engine::ExportParams params{
            {{site.study().id}, {}}, engine::spoolFolderOf(site.gateway.dataFolder, {}), target};
        const auto save = [&] { return *site.engine->received().exportFiles(params, [](const auto&) {}, {}); };
        QCOMPARE(save().written, 1);
        const auto pathOf = [&target](const QString& pattern) {
            QDirIterator files(target, {pattern}, QDir::Files, QDirIterator::Subdirectories);
            return files.hasNext() ? files.next() : QString();
        };
        QFile others(pathOf(u"*.dcm"_s));
        const QByteArray mine(isOfItsSize ? others.size() : 4, 'x');
        QVERIFY(others.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(others.write(mine), mine.size());
        others.close();

        const auto outcome = save();
        QCOMPARE(outcome.written, 1);
        QCOMPARE(outcome.renamed, 1);
        QCOMPARE(outcome.alreadyThere, 0);
        QVERIFY(others.open(QIODevice::ReadOnly));
        QCOMPARE(others.readAll(), mine);
        QFile copy(pathOf(u"* (2).dcm"_s));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QVERIFY(copy.readAll().endsWith(ctImage("1.2.9.0")));
        QCOMPARE(save().alreadyThere, 1); // the copy under its own name counts
    }

    void aCopyThatCannotBeWrittenSaysSo()
    {
        Site site;
        QVERIFY(site.start().has_value());
        QVERIFY(site.store(1));
        QFile inTheWay(site.folder.filePath(u"copies"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const auto outcome = site.engine->received().exportFiles(
            {{{site.study().id}, {}}, engine::spoolFolderOf(site.gateway.dataFolder, {}), inTheWay.fileName()},
            [](const auto&) {}, {});
        QCOMPARE(outcome.error().code, ErrorCode::FileWriteFailed);
    }

    void whoIsRefusedIsKnownUntilAdmitted()
    {
        Site site;
        QVERIFY(site.start().has_value());
        engine::RefusedCaller caller;
        caller.callingAeTitle = u"CT9"_s;
        caller.address = u"10.1.1.9"_s;
        const auto& serve = site.gateway.config.settings.serve;
        QVERIFY(!engine::isAdmitted(caller, serve, {}));
        QVERIFY(engine::isAdmitted(caller, serve, {engine::peerFor(caller)}));
        auto open = serve;
        open.access = config::ServeAccess::Anyone;
        QVERIFY(engine::isAdmitted(caller, open, {}));
        QVERIFY(site.engine->received().refused().value().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSharedGateway)
#include "TestSharedGateway.moc"
