#include "tests/support/PastJobs.h"
#include "tests/ui/support/InputProbe.h"
#include "tests/ui/support/SqlWatch.h"
#include "tests/ui/support/UiFixture.h"

#include "core/store/Ledger.h"
#include "ui/activity/ActivityFilter.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/DayCard.h"
#include "ui/activity/FailureList.h"
#include "ui/activity/JobCard.h"
#include "ui/activity/JobDetails.h"
#include "ui/activity/JobListModel.h"
#include "ui/activity/JobTreeModel.h"
#include "ui/common/ActivityMonitor.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::JobState;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsTimed = false;
#else
constexpr bool kIsTimed = true;
#endif
constexpr int kStudies = 50;
constexpr int kSeriesOfAStudy = 4;
constexpr int kInstancesOfASeries = 500; // more than one page
constexpr int kDeliveries = kStudies * kSeriesOfAStudy * kInstancesOfASeries;
constexpr int kFailures = 301;
constexpr qint64 kBig = 1000;   // id of the job of 100 000 deliveries
constexpr int kSmallJobs = 400; // of one patient each, today
constexpr int kPatienceMs = 30'000;
constexpr std::chrono::milliseconds kPatience(kPatienceMs);
constexpr double kMostMs = 200;

store::WallTime at(const QDateTime& time)
{
    return store::WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

/// A ledger with one job of 100 000 deliveries and hundreds of small ones, and the page before it.
struct Room
{
    explicit Room(const QString& dataFolder)
    {
        engine::EngineParams params;
        params.dataFolder = dataFolder;
        ui.backend.open(params);
        page.resize(1100, 800);
        page.show();
    }

    [[nodiscard]] bool isReady()
    {
        return QTest::qWaitForWindowActive(&page) &&
            QTest::qWaitFor([this] { return page.model()->isLoaded() && page.model()->rowCount() > 0; }, kPatienceMs);
    }

    [[nodiscard]] QList<qint64> shownJobs() const
    {
        QList<qint64> jobs;
        for (int row = 0; row < page.model()->rowCount(); ++row) {
            const auto facts = page.model()->index(row).data(JobListModel::FactsRole);
            if (facts.isValid()) {
                jobs.append(facts.value<JobFacts>().entry.job.id.value);
            }
        }
        return jobs;
    }

    /// The filter as it is set now has been answered.
    [[nodiscard]] bool search(const std::function<void(ActivityFilter&)>& set)
    {
        QSignalSpy loaded(page.model(), &JobListModel::loaded);
        page.filter()->clear();
        set(*page.filter());
        const auto wanted = page.filter()->filter();
        return QTest::qWaitFor([&] { return page.model()->filter() == wanted; }, kPatienceMs) &&
            QTest::qWaitFor([&] { return !loaded.isEmpty(); }, kPatienceMs);
    }

    UiFixture ui;
    ActivityMonitor monitor{ui.backend};
    ActivityPage page{ui.backend, ui.config, monitor};
};

} // namespace

class TestLargeLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_language.set(app::Language::English);
        const auto ledger = store::Ledger::open({.path = m_folder.filePath(u"ledger.sqlite"_s)});
        QVERIFY(ledger);
        auto& writer = (*ledger)->writer();
        const auto today = QDate::currentDate().startOfDay();
        for (int n = 1; n <= kSmallJobs; ++n) {
            PastJob job{.id = {n}, .title = u"small %1"_s.arg(n)};
            job.patientName = u"Patient%1^Ann"_s.arg(n, 3, 10, QChar(u'0'));
            job.patientId = u"ID%1"_s.arg(n, 3, 10, QChar(u'0'));
            job.studyDescription = n % 2 == 0 ? u"Thorax"_s : u"Abdomen"_s;
            job.destination = n % 10 == 0 ? u"AI-NODE"_s : u"MAIN-PACS"_s;
            job.state = n % 50 == 0 ? JobState::Cancelled : n % 25 == 0 ? JobState::Paused : JobState::Finished;
            job.createdAt = job.endedAt = at(today.addDays(n <= 10 ? -3 : 0).addSecs(n));
            QVERIFY(addPastJob(writer, job));
        }
        PastJob big{.id = {kBig}, .title = u"the archive"_s, .destination = u"ARCHIVE"_s};
        big.patientName = u"Big^Bertha"_s;
        big.studies = kStudies;
        big.seriesOfAStudy = kSeriesOfAStudy;
        big.instancesOfASeries = kInstancesOfASeries;
        big.rejected = kFailures;
        big.createdAt = big.endedAt = at(today.addDays(-1));
        QCOMPARE(big.instances(), 100'000);
        QVERIFY(addPastJob(writer, big));
    }

    void init()
    {
        m_sqlBefore = sqlStepsOfThisThread();
        m_sqlOfAllBefore = sqlStepsOfAllThreads();
        (void)SlowWork::instance().takeReport();
    }

    /// Every test of this file: queries were made, and none of them on this thread.
    void cleanup()
    {
        QCOMPARE(sqlStepsOfThisThread() - m_sqlBefore, 0);
        QVERIFY(sqlStepsOfAllThreads() > m_sqlOfAllBefore);
    }

    void theFirstLookIsBounded()
    {
        Room room(m_folder.path());
        QVERIFY(room.isReady());
        // Paused ones and the one with failures; of today no more than a page; days before are folded.
        QVERIFY2(room.shownJobs().size() <= 40, qPrintable(QString::number(room.shownJobs().size())));
        QVERIFY(room.shownJobs().contains(kBig));
    }

    void hundredsOfJobsAreFetchedByNeedAndDoNotHoldUpInput()
    {
        Room room(m_folder.path());
        QVERIFY(room.isReady());
        const InputProbe probe(room.page);
        while (room.shownJobs().size() < 300) {
            const auto before = room.shownJobs().size();
            room.page.model()->showMoreOf(QDate::currentDate());
            QVERIFY(runUntil([&] { return room.shownJobs().size() > before; }, kPatience));
            QVERIFY(room.shownJobs().size() <= before + 20);
        }
        auto* bar = room.page.findChild<QScrollArea*>()->verticalScrollBar();
        for (int step = 0; step < 20; ++step) {
            bar->setValue(bar->maximum() * step / 20);
            QVERIFY(runUntil([] { return true; }, kPatience)); // painting
        }
        for (int n = 0; n < 3; ++n) {
            QSignalSpy loaded(room.page.model(), &JobListModel::loaded);
            room.page.model()->refresh(); // as each end of a job does
            QVERIFY(runUntil([&loaded] { return !loaded.isEmpty(); }, kPatience));
        }
        judge(probe, "hundreds of jobs");
    }

    void searchFindsTheRightJobs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("destination");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("daysAgo");
        QTest::addColumn<QList<qint64>>("jobs");
        QTest::newRow("patient name") << u"patient042"_s << QString() << 0 << -1 << QList<qint64>{42};
        QTest::newRow("Patient ID") << u"id007"_s << QString() << 0 << -1 << QList<qint64>{7};
        QTest::newRow("name and study") << u"patient04 thorax"_s << QString() << 0 << -1
                                        << QList<qint64>({40, 42, 44, 46, 48});
        QTest::newRow("study UID") << u"2.25.1.77.0"_s << QString() << 0 << -1 << QList<qint64>{77};
        QTest::newRow("destination") << u"patient10"_s << u"AI-NODE"_s << 0 << -1 << QList<qint64>{100};
        QTest::newRow("state") << QString() << QString() << 5 << -1
                               << QList<qint64>({50, 100, 150, 200, 250, 300, 350, 400});
        QTest::newRow("paused") << QString() << QString() << 3 << -1
                                << QList<qint64>({25, 75, 125, 175, 225, 275, 325, 375});
        QTest::newRow("needs a person") << QString() << QString() << 1 << -1 << QList<qint64>{kBig};
        QTest::newRow("day") << QString() << QString() << 0 << 3 << QList<qint64>({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        QTest::newRow("day and words") << u"abdomen"_s << QString() << 0 << 3 << QList<qint64>({1, 3, 5, 7, 9});
        QTest::newRow("nothing") << u"nobody"_s << QString() << 0 << -1 << QList<qint64>();
    }

    void searchFindsTheRightJobs()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, destination);
        QFETCH(const int, state);
        QFETCH(const int, daysAgo);
        QFETCH(const QList<qint64>, jobs);
        Room room(m_folder.path());
        QVERIFY(room.isReady());
        QTRY_COMPARE_WITH_TIMEOUT(room.page.filter()->destination()->count(), 4, kPatienceMs);
        QVERIFY(room.search([&](ActivityFilter& filter) {
            filter.text()->setText(text);
            filter.destination()->setCurrentText(destination.isEmpty() ? u"All destinations"_s : destination);
            filter.state()->setCurrentIndex(state);
            if (daysAgo >= 0) {
                filter.period()->setCurrentIndex(filter.period()->count() - 1);
                filter.from()->setDate(QDate::currentDate().addDays(-daysAgo));
                filter.to()->setDate(QDate::currentDate().addDays(-daysAgo));
            }
        }));
        const auto found = [&room] {
            auto shown = room.shownJobs();
            std::sort(shown.begin(), shown.end());
            return shown;
        };
        QTRY_COMPARE_WITH_TIMEOUT(found(), jobs, kPatienceMs);
    }

    void aJobOfAHundredThousandUnfoldsPageByPage()
    {
        Room room(m_folder.path());
        QVERIFY(room.isReady());
        const InputProbe probe(room.page);
        auto* card = room.page.card({kBig});
        QVERIFY(card != nullptr);
        QCOMPARE(card->facts().sums().total, kDeliveries);
        card->setUnfolded(true);
        auto* model = card->details()->model();
        QVERIFY(runUntil([&] { return model->rowCount() == kStudies; }, kPatience));
        QVERIFY(runUntil([&] { return card->details()->failures()->groups().size() == 2; }, kPatience));
        QCOMPARE(card->details()->failures()->groups()[0].count, 151);
        const auto study = model->index(0, 0);
        QCOMPARE(model->rowCount(study), kSeriesOfAStudy);
        const auto series = model->index(0, 0, study);
        QCOMPARE(model->rowCount(series), 0); // nothing is read before somebody looks
        for (const int expected : {200, 400, kInstancesOfASeries}) {
            QVERIFY(model->canFetchMore(series));
            model->fetchMore(series);
            QVERIFY(!model->canFetchMore(series)); // one page at a time
            QVERIFY(runUntil([&] { return model->rowCount(series) == expected; }, kPatience));
        }
        QVERIFY(!model->canFetchMore(series));
        QCOMPARE(model->index(0, 0, series).data().toString(), u"IM000000"_s);
        QCOMPARE(model->index(499, 0, series).data().toString(), u"IM000499"_s);
        QVERIFY(model->index(0, JobTreeModel::State, series).data().toString().contains(u"A900"));
        QVERIFY(!model->index(kFailures, JobTreeModel::State, series).data().toString().contains(u"A900"));
        QCOMPARE(model->rowCount(model->index(1, 0, study)), 0);
        judge(probe, "a job of 100 000");
    }

    void theLastSeriesHoldsItsOwnInstances()
    {
        Room room(m_folder.path());
        QVERIFY(room.isReady());
        JobTreeModel model(room.ui.backend, {kBig});
        model.reload();
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), kStudies, kPatienceMs);
        const auto series = model.index(kSeriesOfAStudy - 1, 0, model.index(kStudies - 1, 0));
        model.fetchMore(series);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(series), JobTreeModel::kPage, kPatienceMs);
        QCOMPARE(model.index(0, 0, series).data().toString(),
            u"IM%1"_s.arg(kDeliveries - kInstancesOfASeries, 6, 10, QChar(u'0')));
    }

    /// The tester fetches all there is by itself: a small job will do.
    void modelsOfALargeLedgerKeepTheirContract()
    {
        Room room(m_folder.path());
        QVERIFY(room.isReady());
        const auto mode = QAbstractItemModelTester::FailureReportingMode::QtTest;
        const QAbstractItemModelTester listTester(room.page.model(), mode);
        JobTreeModel tree(room.ui.backend, {1});
        const QAbstractItemModelTester treeTester(&tree, mode);
        tree.reload();
        QTRY_COMPARE_WITH_TIMEOUT(tree.rowCount(), 1, kPatienceMs);
        const auto series = tree.index(0, 0, tree.index(0, 0));
        QTRY_COMPARE_WITH_TIMEOUT(tree.rowCount(series), 3, kPatienceMs);
        room.page.model()->setUnfolded(QDate::currentDate(), false);
        room.page.model()->setUnfolded(QDate::currentDate().addDays(-3), true);
        QTRY_VERIFY_WITH_TIMEOUT(room.shownJobs().contains(10), kPatienceMs);
        QVERIFY(room.search([](ActivityFilter& filter) { filter.text()->setText(u"thorax"_s); }));
    }

private:
    static void judge(const InputProbe& probe, const char* phase)
    {
        const auto delays = probe.delays();
        qInfo(
            "%s: %d events, delay median %.1f ms, 99 %% %.1f ms, worst %.1f ms, %.1f ms of them ours; slowest work: %s",
            phase, delays.count, delays.medianMs, delays.percentile99Ms, delays.worstMs, delays.worstOfOursMs,
            qPrintable(SlowWork::instance().takeReport()));
        if (kIsTimed) {
            QVERIFY2(delays.worstOfOursMs < kMostMs, phase);
        }
    }

    app::LanguageSwitch m_language;
    QTemporaryDir m_folder;
    long m_sqlBefore = 0;
    long m_sqlOfAllBefore = 0;
};

int main(int argc, char** argv)
{
    SlowWork application(argc, argv);
    TestLargeLedger test;
    return QTest::qExec(&test, argc, argv);
}
#include "TestLargeLedger.moc"
