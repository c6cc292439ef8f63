// What happens to a job when the program is told to end: nothing is lost, and it goes on at the next start.

#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Engine.h"
#include "core/engine/ReceiveServer.h"
#include "ui/shell/Shell.h"

#include <QApplication>
#include <QProcess>
#include <QSessionManager>
#include <QSignalSpy>
#include <QTest>

#include <cstddef>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::DeliveryState;

namespace {

constexpr int kInstances = 60;
constexpr int kPatienceMs = 60'000;

engine::ReceiveParams receiverIn(const QString& folder)
{
    engine::ReceiveParams made;
    made.address = u"127.0.0.1"_s;
    made.port = 0;
    made.folder = folder;
    return made;
}

/// A ledger with a job that could not be sent, a PACS that it can be sent to now, and a configuration that names it.
struct Desk
{
    Desk()
        : pacs(receiverIn(fixture.folder.filePath(u"pacs"_s)))
    {
        QVERIFY(pacs.start());
        dicom::SyntheticParams study;
        study.folder = fixture.folder.filePath(u"in"_s);
        study.series = {{dicom::SyntheticKind::Tiny, kInstances}};
        QVERIFY(dicom::makeSyntheticStudies(study, {}));
        const auto engine = engine::Engine::open(params());
        QVERIFY(engine);
        engine::SendRequest request;
        request.paths = {study.folder};
        request.destinations = {destination(u"MAIN-PACS"_s, deadPort())};
        const auto jobs = (*engine)->send(request);
        QVERIFY(jobs);
        job = jobs->first();
        QTRY_COMPARE((*engine)->job(job)->counts.total(), kInstances);
        QTRY_COMPARE((*engine)->job(job)->job.growth, store::JobGrowth::Sealed);
    }

    [[nodiscard]] engine::EngineParams params() const
    {
        engine::EngineParams made;
        made.dataFolder = data;
        return made;
    }

    /// From now on, by so many bytes a second; 0: as fast as it goes.
    void configure(qint64 bytesPerSecond)
    {
        auto to = destination(u"MAIN-PACS"_s, pacs.port());
        to.bytesPerSecond = bytesPerSecond;
        to.associations = 1;
        fixture.write("language = \"en\"\n" + toml(to));
    }

    [[nodiscard]] engine::JobSummary read() const
    {
        auto reading = params();
        reading.access = engine::LedgerAccess::ReadOnly;
        const auto engine = engine::Engine::open(reading);
        return engine ? (*engine)->job(job).value_or(engine::JobSummary()) : engine::JobSummary();
    }

    void expectHalfway() const
    {
        const auto summary = read();
        QCOMPARE(summary.job.state, store::JobState::Active);
        QCOMPARE(summary.counts.total(), kInstances);
        QVERIFY(summary.counts.of(DeliveryState::Stored) > 0);
        QVERIFY(summary.counts.unfinished() > 0);
        QCOMPARE(summary.counts.of(DeliveryState::Stored) + summary.counts.unfinished(), kInstances);
        QCOMPARE(summary.counts.of(DeliveryState::Stored), pacs.counts().stored); // and nothing was sent unknown
    }

    UiFixture fixture;
    QString data = fixture.folder.filePath(u"data"_s);
    engine::ReceiveServer pacs;
    JobId job;
};

/// The program as people start it.
struct Program
{
    explicit Program(const Desk& desk)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(qEnvironmentVariable("RADPOST_BIN_DIR") + u"/app/desktop/radpost-desktop"_s,
            {u"--config"_s, desk.fixture.configFile, u"--data"_s, desk.data});
    }
    ~Program()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished();
        }
    }

    [[nodiscard]] bool end()
    {
        process.terminate(); // SIGTERM
        return process.waitForFinished(kPatienceMs) && process.exitStatus() == QProcess::NormalExit &&
            process.exitCode() == 0;
    }

    QProcess process;
};

} // namespace

class TestEndOfSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProgramThatIsTerminatedGoesOnAtTheNextStart()
    {
        Desk desk;
        desk.configure(48 * 1024);
        {
            Program program(desk);
            QTRY_VERIFY_WITH_TIMEOUT(desk.pacs.counts().stored > 2, kPatienceMs);
            QVERIFY(program.end());
        }
        desk.expectHalfway();
        desk.configure(0);
        Program again(desk);
        QTRY_COMPARE_WITH_TIMEOUT(desk.read().job.state, store::JobState::Finished, kPatienceMs);
        QCOMPARE(desk.read().counts.of(DeliveryState::Stored), kInstances);
        QCOMPARE(desk.pacs.counts().stored, kInstances); // each of them once
        QVERIFY(again.end());
    }

    // The end of the desktop's session: the window system does not wait for answers.
    void theEndOfTheSessionStopsWithoutAQuestion()
    {
        Desk desk;
        desk.configure(48 * 1024);
        {
            app::DesktopOptions options;
            options.configFile = desk.fixture.configFile;
            options.dataFolder = desk.data;
            app::DesktopProgram program(*qApp, options);
            program.start();
            QTRY_VERIFY_WITH_TIMEOUT(desk.pacs.counts().stored > 2, kPatienceMs);
            const QSignalSpy quit(program.shell(), &ui::Shell::quitAsked);
            // Only the window system makes one; it is handed on and never looked at.
            alignas(QSessionManager) std::byte nobody[sizeof(QSessionManager)];
            Q_EMIT qApp->commitDataRequest(reinterpret_cast<QSessionManager&>(nobody));
            QCOMPARE(quit.size(), 1);
        }
        desk.expectHalfway();
        desk.configure(0);
        app::DesktopOptions options;
        options.configFile = desk.fixture.configFile;
        options.dataFolder = desk.data;
        app::DesktopProgram program(*qApp, options);
        program.start();
        QTRY_COMPARE_WITH_TIMEOUT(desk.pacs.counts().stored, kInstances, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.read().job.state, store::JobState::Finished, kPatienceMs);
    }
};

QTEST_MAIN(TestEndOfSession)
#include "TestEndOfSession.moc"
