#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/activity/ActivityFilter.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/FailureList.h"
#include "ui/activity/JobCard.h"
#include "ui/activity/JobDetails.h"
#include "ui/activity/JobListModel.h"
#include "ui/activity/JobTreeModel.h"
#include "ui/activity/JobWords.h"
#include "ui/activity/ProgressLine.h"
#include "ui/activity/ReceiptFile.h"
#include "ui/activity/ReceiptView.h"
#include "ui/activity/StopPanel.h"
#include "ui/common/ActivityMonitor.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDirIterator>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kInstances = 6;

/// Answers by turns with the statuses that are set; 0 is success.
struct FickleScp
{
    std::atomic<int> failing = 0xA900;
    FakeScp scp{[this](FakePeer& peer, int) {
        if (!peer.accept()) {
            return;
        }
        for (int n = 0; const auto message = peer.readMessage(); ++n) {
            FakePeer::Reply reply;
            const int bad = n % 3 == 0 ? failing.load() : n % 3 == 1 && failing != 0 ? 0xC123 : 0;
            reply.status = static_cast<quint16>(bad);
            peer.respond(*message, reply);
        }
    }};
};

struct PageFixture
{
    explicit PageFixture(const QByteArray& toml = {})
        : ui(toml)
    {
        params.dataFolder = ui.folder.filePath(u"data"_s);
    }

    void open()
    {
        ui.backend.open(params);
        QTRY_VERIFY(ui.backend.state() == Backend::State::Ready || ui.backend.state() == Backend::State::ReadOnly);
    }

    void show()
    {
        page.resize(1100, 800);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }

    QString source() const
    {
        dicom::SyntheticParams made;
        made.folder = ui.folder.filePath(u"in"_s);
        made.series = {{dicom::SyntheticKind::Tiny, kInstances}};
        return dicom::makeSyntheticStudies(made, {}) ? made.folder : QString();
    }

    JobId send(config::Destination to)
    {
        (void)source();
        return sendWhatIsThere(std::move(to));
    }

    JobId sendWhatIsThere(config::Destination to)
    {
        to.associations = 1;
        engine::SendRequest request;
        request.paths = {ui.folder.filePath(u"in"_s)};
        request.destinations = {std::move(to)};
        JobId job;
        ui.backend.run(
            &page, [request](engine::Engine& engine) { return engine.send(request); },
            [&job](const Result<QList<JobId>>& jobs) { job = jobs.value().first(); });
        (void)QTest::qWaitFor([&job] { return job.isValid(); });
        page.showJobs({job});
        (void)QTest::qWaitFor([this, job] { return page.card(job) != nullptr; });
        return job;
    }

    UiFixture ui;
    engine::EngineParams params;
    ActivityMonitor monitor{ui.backend};
    ActivityPage page{ui.backend, ui.config, monitor};
    QAbstractItemModelTester tester{page.model(), QAbstractItemModelTester::FailureReportingMode::QtTest};
};

void press(QAbstractButton* button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

class TestActivityPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReceiptIsCalledAfterDestinationAndDay()
    {
        queue::Receipt receipt;
        receipt.job.id = JobId{4};
        receipt.job.destinationName = u"主 PACS/1"_s;
        receipt.job.createdAt = Clock::WallTime(
            std::chrono::milliseconds(QDateTime(QDate(2026, 11, 27), QTime(12, 0)).toMSecsSinceEpoch()));
        QCOMPARE(receiptFileName(receipt), u"radpost-4-主-PACS-1-2026-11-27"_s);
    }

    void init() { m_language.set(app::Language::English); }

    void nothingSentYetTeaches()
    {
        PageFixture f;
        f.open();
        f.show();
        QTRY_VERIFY(f.page.model()->isLoaded());
        QCOMPARE(f.page.shownState(), u"empty"_s);
        QCOMPARE(namelessWidgets(f.page), QStringList());
    }

    void aGoodSendAddsUpAtEveryEventAndGivesAReceipt()
    {
        const auto pacs = goodPacs();
        PageFixture f;
        f.open();
        f.show();
        int events = 0;
        connect(f.page.model(), &JobListModel::dataChanged, this, [&](const QModelIndex& at) {
            ++events;
            QVERIFY(at.data(JobListModel::FactsRole).value<JobFacts>().sums().addsUp());
        });
        const auto job = f.send(destination(u"A"_s, pacs->port()));
        QTRY_COMPARE(f.page.card(job)->stateText(), u"finished: everything is stored"_s);
        QVERIFY(events > 0);
        QVERIFY(f.page.card(job)->sumsText().startsWith(u"6 sent · 6 in all"));
        QTRY_COMPARE(f.page.card(job)->mainButton()->text(), u"Receipt"_s);
        press(f.page.card(job)->mainButton());
        QTRY_VERIFY(f.page.receipt()->text().contains(u"Everything is stored at the destination."));
        QVERIFY(f.page.receipt()->text().contains(u"Associations"));
        for (const auto& [name, start] : QList<std::pair<QString, QByteArray>>{{u"r.csv"_s, "\xEF\xBB\xBF"},
                 {u"r.json"_s, "{"}, {u"r.html"_s, "<!DOCTYPE html>"}, {u"r.pdf"_s, "%PDF"}}) {
            QFile file(f.ui.folder.filePath(name));
            f.page.receipt()->saveTo(file.fileName());
            QTRY_VERIFY(file.exists());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readAll().startsWith(start), qPrintable(name));
        }
    }

    void whatIsSentIsNotCalledStored_whileItsProofIsAwaited()
    {
        JobFacts facts;
        facts.entry.job.state = store::JobState::Finished;
        facts.entry.job.proofWanted = store::ProofWanted::Commitment;
        facts.entry.counts.add(store::DeliveryState::Stored, 3, 30);
        facts.entry.proved = 1;
        QCOMPARE(facts.sums().awaited, 2);
        QVERIFY(facts.status() != Status::Good);
        QCOMPARE(JobWords::state(facts), u"sent; the proof is awaited"_s);
        QVERIFY(JobWords::sums(facts.sums()).contains(u"2 to be proved"));
        facts.entry.unproved = 1;
        QCOMPARE(JobWords::state(facts), u"finished: sent, but not proved"_s);
        facts.entry.unproved = 0;
        facts.entry.proved = 3;
        QCOMPARE(facts.status(), Status::Good);
        QCOMPARE(JobWords::state(facts), u"finished: everything is stored"_s);
        facts.entry.proved = 0;
        facts.entry.job.proofWanted = store::ProofWanted::Response; // has none to wait for
        QCOMPARE(facts.status(), Status::Good);
    }

    void whatCouldNotBeReadIsNotCalledStored()
    {
        JobFacts facts;
        facts.entry.job.state = store::JobState::Finished;
        facts.entry.counts.add(store::DeliveryState::Stored, 3, 30);
        facts.entry.unread = 1;
        QCOMPARE(JobWords::state(facts), u"everything that could be read is stored; 1 file could not be read"_s);
        QCOMPARE(facts.status(), Status::Warning);
        QVERIFY(facts.needsPerson());
        QVERIFY(JobWords::sums(facts.sums()).endsWith(u"3 in all · 1 file not read"));
        facts.entry.isSettled = true;
        QVERIFY(!facts.needsPerson());
    }

    void aDamagedImageIsCountedUntilAPersonHasSeenIt()
    {
        const auto pacs = goodPacs();
        PageFixture f;
        f.open();
        f.show();
        QDirIterator images(f.source(), QDir::Files, QDirIterator::Subdirectories);
        QFile image(images.next());
        QVERIFY(image.open(QIODevice::ReadWrite) && image.resize(image.size() - 20));
        image.close();
        const auto job = f.sendWhatIsThere(destination(u"A"_s, pacs->port()));
        QTRY_COMPARE(
            f.page.card(job)->stateText(), u"everything that could be read is stored; 1 file could not be read"_s);
        QTRY_COMPARE(f.monitor.summary().needingPerson, 1);
        f.page.actions().settle(job);
        QTRY_COMPARE(f.monitor.summary().needingPerson, 0);
    }

    void theBarIsTheShareThatIsStored()
    {
        JobFacts facts;
        facts.entry.job.state = store::JobState::Cancelled;
        facts.entry.counts.add(store::DeliveryState::Stored, 1, 25);
        facts.entry.counts.add(store::DeliveryState::Rejected, 1, 25);
        facts.entry.counts.add(store::DeliveryState::Cancelled, 1, 50);
        QCOMPARE(facts.storedShare(), 0.25);
        QCOMPARE(facts.failedShare(), 0.25);
        ProgressLine line;
        line.set(facts.storedShare(), facts.failedShare(), facts.movingShare());
        QCOMPARE(line.accessibleName(), u"25%"_s);
        line.resize(100, 6);
        const auto picture = line.grab().toImage();
        QCOMPARE(picture.pixelColor(12, 3), currentColors().accent);
        QCOMPARE(picture.pixelColor(37, 3), currentColors().bad);
        QCOMPARE(picture.pixelColor(75, 3), currentColors().hover);
    }

    void aLimitedRateAndTheNextTryAreSaid()
    {
        JobFacts facts;
        facts.progress.emplace();
        facts.progress->activity = queue::JobActivity::Sending;
        QCOMPARE(JobWords::state(facts), u"sending"_s);
        facts.progress->byteLimit = 3'000'000;
        QCOMPARE(JobWords::state(facts), u"sending, limited to 3.0 MB/s"_s);
        facts.progress->activity = queue::JobActivity::DestinationDown;
        const auto next = QDateTime::currentDateTime();
        facts.progress->nextTryAt = store::WallTime(std::chrono::milliseconds(next.toMSecsSinceEpoch()));
        QCOMPARE(JobWords::state(facts), u"destination down, tries again at "_s + next.toString(u"HH:mm:ss"_s));
        QCOMPARE(facts.mainAction(), JobAction::TryNow);
    }

    void cardsAreToldApartByAPatientAndTheTime()
    {
        JobFacts facts;
        facts.entry.patients = 2;
        facts.entry.patientName = u"Meier^Anna"_s;
        facts.entry.job.title = u"mix"_s;
        const auto made = QDateTime::currentDateTime();
        facts.entry.job.createdAt = store::WallTime(std::chrono::milliseconds(made.toMSecsSinceEpoch()));
        QCOMPARE(JobWords::title(facts), u"Meier Anna and 1 more"_s);
        QCOMPARE(JobWords::subtitle(facts), u"mix · "_s + made.toString(u"HH:mm"_s));
    }

    void theStudiesFollowAJobThatIsBeingSent()
    {
        FakeScp slow([](FakePeer& peer, int) {
            if (!peer.accept()) {
                return;
            }
            for (int n = 0; const auto message = peer.readMessage(); ++n) {
                if (n == 3) {
                    (void)peer.hears(std::chrono::seconds(30)); // the job stays active
                }
                peer.respond(*message, {});
            }
        });
        PageFixture f;
        f.open();
        f.show();
        auto to = destination(u"A"_s, slow.port());
        to.associations = 1;
        const auto job = f.send(to);
        f.page.card(job)->setUnfolded(true);
        const auto* model = f.page.card(job)->details()->model();
        QTRY_COMPARE(model->rowCount(), 1);
        QTRY_COMPARE(model->index(0, JobTreeModel::Sent).data().toString(), u"3"_s);
        QVERIFY(f.page.card(job)->facts().isRunning());
        f.page.actions().cancel(job);
    }

    void aStoppedJobSaysWhatToDoAndLeadsToTheDestination()
    {
        const auto pacs = rejectingPacs();
        PageFixture f(toml(destination(u"A"_s, pacs->port())));
        QVERIFY(f.ui.load());
        f.open();
        f.show();
        const auto job = f.send(destination(u"A"_s, pacs->port()));
        QTRY_COMPARE(f.page.card(job)->stateText(), u"stopped"_s);
        auto* panel = f.page.card(job)->stopPanel();
        QVERIFY(panel != nullptr && panel->isVisible());
        QCOMPARE(panel->heading(), u"The destination does not know the AE title by which it was called."_s);
        QVERIFY(!panel->text().isEmpty());
        QSignalSpy edit(&f.page, &ActivityPage::editWanted);
        QSignalSpy test(&f.page, &ActivityPage::testWanted);
        press(panel->editButton());
        press(panel->testButton());
        press(panel->copyButton());
        QCOMPARE(edit.value(0), QVariantList{u"A"_s});
        QCOMPARE(test.value(0), QVariantList{u"A"_s});
        const auto copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(u"What: sending stopped"_s) && copied.contains(QString::number(pacs->port())),
            qPrintable(copied));
        QCOMPARE(namelessWidgets(f.page), QStringList());
    }

    void failuresAreGroupedAndOneGroupIsSentAgain()
    {
        FickleScp pacs;
        PageFixture f;
        f.open();
        f.show();
        const auto job = f.send(destination(u"A"_s, pacs.scp.port()));
        QTRY_COMPARE(f.page.card(job)->stateText(), u"finished with failures"_s);
        QCOMPARE(f.page.card(job)->facts().sums().failed, 4);
        QTRY_COMPARE(f.monitor.summary().needingPerson, 1);
        f.page.card(job)->setUnfolded(true);
        auto* details = f.page.card(job)->details();
        QTRY_COMPARE(details->failures()->groups().size(), 2);
        QTRY_COMPARE(details->model()->rowCount(), 1);
        const QAbstractItemModelTester tree(details->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto series = details->model()->index(0, 0, details->model()->index(0, 0));
        QCOMPARE(details->model()->rowCount(series), 0);
        details->model()->fetchMore(series);
        QTRY_COMPARE(details->model()->rowCount(series), kInstances);
        pacs.failing = 0;
        f.page.actions().retry(job, {ErrorCode::StatusFailed, 0xA900});
        QTRY_COMPARE(f.page.card(job)->facts().sums().failed, 2);
        QTRY_COMPARE(f.page.card(job)->stateText(), u"finished with failures"_s);
        QTRY_COMPARE(details->failures()->groups().size(), 1);
        press(f.page.card(job)->mainButton());
        QTRY_COMPARE(f.page.card(job)->stateText(), u"finished: everything is stored"_s);
        QTRY_COMPARE(f.monitor.summary().needingPerson, 0);
    }

    void aDeadDestinationIsPausedResumedAndCancelled()
    {
        PageFixture f;
        f.open();
        f.show();
        const auto job = f.send(destination(u"A"_s, deadPort()));
        QTRY_VERIFY(f.page.card(job)->stateText().startsWith(u"destination down"));
        QCOMPARE(f.page.card(job)->mainButton()->text(), u"Try now"_s);
        press(f.page.card(job)->mainButton());
        f.page.actions().pause(job);
        QTRY_COMPARE(f.page.card(job)->stateText(), u"paused"_s);
        press(f.page.card(job)->mainButton());
        QTRY_VERIFY(f.page.card(job)->stateText().startsWith(u"destination down"));
        f.page.actions().cancel(job);
        QTRY_COMPARE(f.page.card(job)->stateText(), u"cancelled"_s);
        QCOMPARE(f.page.card(job)->facts().sums().cancelled, kInstances);
        QVERIFY(f.page.card(job)->facts().sums().addsUp());
    }

    void searchFindsByPatientAndSaysWhenNothingMatches()
    {
        const auto pacs = goodPacs();
        PageFixture f;
        f.open();
        f.show();
        const auto job = f.send(destination(u"A"_s, pacs->port()));
        QTRY_VERIFY(f.page.card(job)->facts().isEnded());
        QTRY_VERIFY(!f.page.card(job)->facts().entry.patientId.isEmpty());
        f.page.filter()->text()->setText(u"no such patient"_s);
        QTRY_COMPARE(f.page.shownState(), u"no-match"_s);
        f.page.filter()->text()->setText(u"zzz"_s); // overtaken by what follows
        store::JobFilter filter;
        filter.text = f.page.model()->filter().text;
        f.page.filter()->clear();
        QTRY_COMPARE(f.page.shownState(), u"list"_s);
        QTRY_VERIFY(f.page.card(job) != nullptr);
    }

    void besideAProcessThatSendsNothingCanBeAsked()
    {
        PageFixture f;
        auto other = engine::Engine::open(f.params);
        QVERIFY(other);
        engine::SendRequest request;
        request.paths = {f.source()};
        request.destinations = {destination(u"A"_s, deadPort())};
        const auto jobs = (*other)->send(request);
        QVERIFY(jobs);
        f.open();
        QCOMPARE(f.ui.backend.state(), Backend::State::ReadOnly);
        f.show();
        QTRY_VERIFY(f.page.card(jobs->first()) != nullptr);
        QVERIFY(!f.page.card(jobs->first())->mainButton()->isEnabled());
        QVERIFY(!f.page.card(jobs->first())->mainButton()->toolTip().isEmpty());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestActivityPage)
#include "TestActivityPage.moc"
