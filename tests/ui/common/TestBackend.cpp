#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ActivityMonitor.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

engine::EngineParams paramsFor(const QString& folder)
{
    engine::EngineParams params;
    params.dataFolder = folder;
    return params;
}

constexpr qint64 kInstances = 3;

queue::JobProgress progressOf(queue::JobActivity activity)
{
    queue::JobProgress progress;
    progress.job = JobId{1};
    progress.activity = activity;
    progress.instancesPerSecond = 63;
    progress.bytesPerSecond = 303000;
    progress.eta = std::chrono::seconds(12);
    return progress;
}

QString madeStudy(const QString& folder)
{
    dicom::SyntheticParams params;
    params.folder = folder;
    params.series = {{dicom::SyntheticKind::Tiny, kInstances}};
    return dicom::makeSyntheticStudies(params, {}) ? folder : QString();
}

bool isSettled(const Backend& backend)
{
    return backend.state() != Backend::State::Opening && backend.state() != Backend::State::Closed;
}

} // namespace

class TestBackend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLedgerIsOpenedOnAnotherThread()
    {
        UiFixture fixture;
        fixture.backend.open(paramsFor(fixture.folder.filePath(u"data"_s)));
        QCOMPARE(fixture.backend.state(), Backend::State::Opening);
        QTRY_VERIFY(isSettled(fixture.backend));
        QCOMPARE(fixture.backend.state(), Backend::State::Ready);

        QThread* worker = nullptr;
        std::optional<qsizetype> jobs;
        QVERIFY(fixture.backend.run(
            this,
            [&worker](engine::Engine& engine) {
                worker = QThread::currentThread();
                return engine.jobs()->size();
            },
            [&jobs](qsizetype count) { jobs = count; }));
        QTRY_VERIFY(jobs);
        QCOMPARE(*jobs, 0);
        QVERIFY(worker != QThread::currentThread());
    }

    void aLedgerInUseIsOpenedForLooking()
    {
        UiFixture fixture;
        const auto params = paramsFor(fixture.folder.filePath(u"data"_s));
        auto other = engine::Engine::open(params);
        QVERIFY(other);
        fixture.backend.open(params);
        QTRY_VERIFY(isSettled(fixture.backend));
        QCOMPARE(fixture.backend.state(), Backend::State::ReadOnly);
        QCOMPARE(fixture.backend.error()->code, ErrorCode::LedgerLocked);

        other->reset();
        fixture.backend.open(params);
        QTRY_COMPARE(fixture.backend.state(), Backend::State::Ready);
        QVERIFY(!fixture.backend.error());
    }

    void aFolderThatCannotBeMadeIsAnError()
    {
        UiFixture fixture;
        QFile file(fixture.folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        fixture.backend.open(paramsFor(file.fileName() + u"/data"_s));
        QTRY_COMPARE(fixture.backend.state(), Backend::State::Failed);
        QVERIFY(fixture.backend.error().has_value());
        QVERIFY(!fixture.backend.run(
            this, [](engine::Engine&) { return 0; }, [](int) {}));
    }

    void whatAStopLeftIsCountedAndGoesOn()
    {
        UiFixture fixture;
        const auto params = paramsFor(fixture.folder.filePath(u"data"_s));
        const auto pacs = goodPacs();
        auto later = destination(u"A"_s, pacs->port());
        later.hours = config::HoursWindow{QTime::currentTime().addSecs(3600), QTime::currentTime().addSecs(7200)};
        {
            auto engine = engine::Engine::open(params);
            QVERIFY(engine);
            engine::SendRequest request;
            request.paths = {madeStudy(fixture.folder.filePath(u"in"_s))};
            request.destinations = {later};
            const auto jobs = (*engine)->send(request);
            QVERIFY(jobs);
            QTRY_COMPARE((*engine)->job(jobs->first())->job.growth, store::JobGrowth::Sealed);
        }
        ActivityMonitor activity(fixture.backend);
        fixture.backend.open(params);
        QTRY_COMPARE(activity.summary().unfinishedJobs, 1);
        QCOMPARE(activity.summary().waiting, kInstances);
        activity.resumeUnfinished();
        QTRY_COMPARE(activity.summary().runningJobs, 1); // taken up; it waits for its hours
        QCOMPARE(activity.summary().unfinishedJobs, 0);
        QCOMPARE(activity.summary().left, kInstances);
        QCOMPARE(activity.summary().heldUpJobs, 1);
    }

    void onlyWhatIsSentHasAPace()
    {
        UiFixture fixture;
        ActivityMonitor activity(fixture.backend);
        auto& events = fixture.backend.events();
        Q_EMIT events.progressed(progressOf(queue::JobActivity::Sending));
        QCOMPARE(activity.summary().instancesPerSecond, 63);
        QCOMPARE(activity.summary().eta, std::optional(std::chrono::seconds(12)));
        QCOMPARE(activity.summary().heldUpJobs, 0);
        Q_EMIT events.progressed(progressOf(queue::JobActivity::DestinationDown));
        QCOMPARE(activity.summary().runningJobs, 1);
        QCOMPARE(activity.summary().heldUpJobs, 1);
        QCOMPARE(activity.summary().instancesPerSecond, 0);
        QCOMPARE(activity.summary().bytesPerSecond, 0);
        QVERIFY(!activity.summary().eta);
    }

    void aJobAtRestIsCountedAsItEnded()
    {
        UiFixture fixture;
        ActivityMonitor activity(fixture.backend);
        auto& events = fixture.backend.events();
        auto progress = progressOf(queue::JobActivity::Stopped);
        progress.counts.add(store::DeliveryState::Pending, 24, 2400);
        Q_EMIT events.progressed(progress);
        QCOMPARE(activity.summary().unfinishedJobs, 1);
        QCOMPARE(activity.summary().waiting, 24);
        Q_EMIT events.progressed(progressOf(queue::JobActivity::Sending));
        QCOMPARE(activity.summary().unfinishedJobs, 0);
        Q_EMIT events.progressed(progressOf(queue::JobActivity::Finished)); // before the ledger is read
        QCOMPARE(activity.summary().runningJobs, 0);
        QCOMPARE(activity.summary().unfinishedJobs, 0);
        QCOMPARE(activity.summary().waiting, 0);
    }

    void eventsOfTheEngineReachTheSum()
    {
        UiFixture fixture;
        ActivityMonitor activity(fixture.backend);
        QFile file(fixture.folder.filePath(u"no-dicom"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        auto params = paramsFor(fixture.folder.filePath(u"data"_s));
        fixture.backend.open(params);
        QTRY_COMPARE(fixture.backend.state(), Backend::State::Ready);
        QCOMPARE(activity.summary(), ActivitySummary());

        QSignalSpy atRest(&fixture.backend.events(), &EngineEvents::jobAtRest);
        engine::SendRequest request;
        request.paths = {file.fileName()};
        request.destinations = {destination(u"A"_s, deadPort())};
        QVERIFY(fixture.backend.run(
            this, [request](engine::Engine& engine) { return engine.send(request).has_value(); },
            [](bool isGiven) { QVERIFY(isGiven); }));
        QTRY_COMPARE(atRest.count(), 1); // nothing in it is DICOM: finished with nothing to send
        QTRY_COMPARE(activity.summary().runningJobs, 0);
        QCOMPARE(activity.summary().unfinishedJobs, 0);
    }
};

QTEST_MAIN(TestBackend)
#include "TestBackend.moc"
