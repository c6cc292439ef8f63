#include "core/engine/AuditTrail.h"
#include "core/engine/JobAuditor.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <latch>

using namespace radpost;
using namespace radpost::engine;
using namespace Qt::StringLiterals;
using store::DeliveryState;

namespace {

queue::Receipt receiptOf(store::JobState state)
{
    queue::ReceiptStudy study;
    study.text.patientId = u"P1"_s;
    study.text.studyInstanceUid = {"1.2.3"};
    study.counts.add(DeliveryState::Stored, 4, 0);
    queue::Receipt made;
    made.job.destinationName = u"PACS"_s;
    made.job.state = state;
    made.studies = {study};
    return made;
}

struct Room
{
    Room()
    {
        AuditTrailParams params;
        params.dataFolder = folder.path();
        params.settings.isEnabled = true;
        auto opened = AuditTrail::open(params);
        trail = opened ? std::move(*opened) : nullptr;
    }

    [[nodiscard]] qsizetype told() const
    {
        qsizetype count = 0;
        const QDir files(folder.filePath(u"audit"_s));
        for (const auto& name : files.entryList({u"audit-*.log"_s}, QDir::Files)) {
            QFile file(files.filePath(name));
            count += file.open(QIODevice::ReadOnly) ? file.readAll().count("<EventID csd-code=\"110104\"") : 0;
        }
        return count;
    }

    QTemporaryDir folder;
    std::unique_ptr<AuditTrail> trail;
};

} // namespace

class TestJobAuditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"radpost.*=false"_s); }

    void whatItWasGivenIsToldBeforeItEnds()
    {
        const Room room;
        QVERIFY(room.trail);
        std::latch hold(1);
        std::latch isAsked(1);
        std::atomic<int> asked{0};
        auto auditor = std::make_unique<JobAuditor>(
            *room.trail,
            [&](JobId) -> Result<queue::Receipt> {
                if (asked++ == 0) {
                    isAsked.count_down();
                    hold.wait();
                }
                return receiptOf(store::JobState::Finished);
            },
            AeTitle{"RADPOST"});
        for (int job = 1; job <= 3; ++job) {
            auditor->jobCameToRest(JobId{job});
        }
        isAsked.wait();
        QCOMPARE(room.told(), 0);
        std::thread end([&] { auditor.reset(); });
        hold.count_down();
        end.join();
        QCOMPARE(room.told(), 3);
    }

    void aHurriedEndLeavesTheRest()
    {
        const Room room;
        std::latch hold(1);
        std::latch isAsked(1);
        {
            JobAuditor auditor(
                *room.trail,
                [&](JobId) -> Result<queue::Receipt> {
                    isAsked.count_down();
                    hold.wait();
                    return receiptOf(store::JobState::Cancelled);
                },
                AeTitle{"RADPOST"});
            auditor.jobCameToRest(JobId{1});
            isAsked.wait();
            auditor.jobCameToRest(JobId{2});
            auditor.abandon();
            hold.count_down();
        }
        QCOMPARE(room.told(), 1);
    }

    void onlyWhatHasEndedIsTold_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("told");
        QTest::newRow("active") << int(store::JobState::Active) << 0;
        QTest::newRow("paused") << int(store::JobState::Paused) << 0;
        QTest::newRow("stopped") << int(store::JobState::Stopped) << 0;
        QTest::newRow("finished") << int(store::JobState::Finished) << 1;
        QTest::newRow("cancelled") << int(store::JobState::Cancelled) << 1;
        QTest::newRow("cannot be read") << -1 << 0;
    }

    void onlyWhatHasEndedIsTold()
    {
        QFETCH(int, state);
        QFETCH(int, told);
        const Room room;
        {
            JobAuditor auditor(
                *room.trail,
                [state](JobId) -> Result<queue::Receipt> {
                    return state < 0 ? Result<queue::Receipt>(fail(ErrorCode::LedgerFailed))
                                     : receiptOf(static_cast<store::JobState>(state));
                },
                AeTitle{"RADPOST"});
            auditor.jobCameToRest(JobId{1});
        }
        QCOMPARE(room.told(), told);
    }
};

QTEST_GUILESS_MAIN(TestJobAuditor)
#include "TestJobAuditor.moc"
