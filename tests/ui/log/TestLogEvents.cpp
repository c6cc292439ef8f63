#include "tests/core/engine/EngineFixture.h"
#include "tests/support/FakeScp.h"
#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "core/observe/Journal.h"
#include "ui/log/EventRecorder.h"
#include "ui/log/LogEvents.h"
#include "ui/log/LogWords.h"

#include <QDateTime>
#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using observe::LogEvent;
using observe::Masking;

namespace {

queue::DeliveryEvent failure(qint64 job)
{
    queue::DeliveryEvent event;
    event.job = JobId{job};
    event.sopInstanceUid = {"1.2.826.0.1.77"};
    event.path = u"/in/王小东/1.dcm"_s;
    event.state = store::DeliveryState::Rejected;
    event.dimseStatus = 0xA900;
    event.errorCode = ErrorCode::StatusFailed;
    event.errorComment = u"no patient HO-2231"_s;
    return event;
}

queue::JobProgress progress(queue::JobActivity activity)
{
    queue::JobProgress made;
    made.job = JobId{7};
    made.title = u"王小东"_s;
    made.destinationName = u"PACS"_s;
    made.activity = activity;
    made.counts.add(store::DeliveryState::Stored, 3, 0);
    made.counts.add(store::DeliveryState::Pending, 2, 0);
    made.lastError = makeError(ErrorCode::CalledAeNotRecognised);
    return made;
}

std::vector<observe::LogEntry> entriesOf(const observe::Journal& journal)
{
    return journal.ring().from(1, 10'000);
}

qint64 count(const observe::Journal& journal, LogEvent event)
{
    const auto entries = entriesOf(journal);
    return std::count_if(entries.begin(), entries.end(), [event](const auto& entry) { return entry.event == event; });
}

} // namespace

class TestLogEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aFailureIsToldInWordsAndMasked()
    {
        const auto entry = deliveryEntry(failure(7), u"PACS"_s);
        QCOMPARE(entry.level, observe::LogLevel::Error);
        QCOMPARE(entry.job, 7);
        const auto masked = LogWords::text(entry, Masking::On);
        QVERIFY2(masked.startsWith(u"Job 7: not delivered: #"), qPrintable(masked));
        QVERIFY(masked.contains(u"The destination said: #"));
        for (const auto& text : {masked, LogWords::line(entry, Masking::On), observe::entryText(entry, Masking::On)}) {
            QVERIFY2(!text.contains(u"王") && !text.contains(u"2231") && !text.contains(u"1.2.826"), qPrintable(text));
        }
        const auto plain = LogWords::text(entry, Masking::Off);
        QVERIFY(plain.contains(u"/in/王小东/1.dcm") && plain.contains(u"no patient HO-2231"));
    }

    void theEndOfAJobSaysHowItStands_data()
    {
        QTest::addColumn<queue::JobActivity>("activity");
        QTest::addColumn<QString>("expected");
        QTest::newRow("stopped")
            << queue::JobActivity::Stopped
            << u"Job 7 to PACS stopped: 3 stored, 0 failed, 2 left. The destination does not know"_s;
        QTest::newRow("paused") << queue::JobActivity::Paused << u"Job 7 to PACS was paused: 3 stored"_s;
        QTest::newRow("finished") << queue::JobActivity::Finished << u"Job 7 to PACS finished: 3 stored, 0 failed."_s;
        QTest::newRow("cancelled") << queue::JobActivity::Cancelled << u"Job 7 to PACS was cancelled: 3 stored"_s;
    }

    void theEndOfAJobSaysHowItStands()
    {
        QFETCH(queue::JobActivity, activity);
        QFETCH(QString, expected);
        const auto entry = jobAtRestEntry(progress(activity));
        const auto text = LogWords::text(entry, Masking::On);
        QVERIFY2(text.startsWith(expected), qPrintable(text));
        m_language.set(app::Language::Chinese);
        const auto chinese = LogWords::text(entry, Masking::On);
        QVERIFY2(chinese.contains(u"任务") && chinese.contains(u"PACS"), qPrintable(chinese));
        QVERIFY(observe::entryText(entry, Masking::On).startsWith(u"job 7 to PACS: "));
    }

    void aDestinationOutOfReachSaysWhenItIsTriedAgain()
    {
        const Clock::WallTime next(
            std::chrono::milliseconds(QDateTime({2025, 1, 2}, {17, 50, 36}).toMSecsSinceEpoch()));
        const auto entry = destinationDownEntry(u"DEAD"_s, makeError(ErrorCode::ConnectRefused, u"port 104"_s), next);
        const auto text = LogWords::text(entry, Masking::On);
        QVERIFY2(text.startsWith(u"DEAD cannot be reached. ") && text.endsWith(u". Next try at 17:50:36."),
            qPrintable(text));
        QVERIFY(!text.contains(u"ConnectRefused"));
        QCOMPARE(observe::entryText(entry, Masking::On),
            u"DEAD cannot be reached: ConnectRefused, port 104; next try at 2025-01-02 17:50:36"_s);
        m_language.set(app::Language::Chinese);
        const auto chinese = LogWords::text(entry, Masking::On);
        QVERIFY2(chinese.endsWith(u"。下次尝试：17:50:36。") && !chinese.contains(u"。 "), qPrintable(chinese));
    }

    void aDestinationOutOfReachIsTold()
    {
        const EngineFixture files;
        dicom::SyntheticParams made;
        made.folder = files.source();
        made.series = {{dicom::SyntheticKind::Tiny, 1, 0, 0}};
        QVERIFY(dicom::makeSyntheticStudies(made, {}));
        UiFixture fixture;
        observe::Journal journal;
        const EventRecorder recorder(journal, fixture.backend);
        fixture.backend.open(files.params());
        const auto request = files.request({destination(u"DEAD"_s, deadPort())});
        QTRY_COMPARE(count(journal, LogEvent::LedgerOpened), 1);
        QVERIFY(fixture.backend.run(
            this, [request](engine::Engine& engine) { return engine.send(request).has_value(); }, [](bool) {}));
        QTRY_VERIFY(count(journal, LogEvent::DestinationDown) > 0);
        for (const auto& entry : entriesOf(journal)) {
            if (entry.event == LogEvent::DestinationDown) {
                QVERIFY(LogWords::text(entry, Masking::On).contains(u"Next try at "));
            }
        }
    }

    void aFloodOfFailuresIsAFewLinesAndACount()
    {
        UiFixture fixture;
        observe::Journal journal;
        const EventRecorder recorder(journal, fixture.backend);
        auto& events = fixture.backend.events();
        for (const int batch : {1, 2}) {
            for (int i = 0; i < 500; ++i) {
                events.onDelivery(failure(7));
            }
            events.onDelivery(failure(8));
            QTRY_COMPARE(count(journal, LogEvent::DeliveryFailed), 20 + batch); // the limit is the job's
        }
        QCOMPARE(count(journal, LogEvent::DeliveriesLeftOut), 0);
        events.onJobAtRest(progress(queue::JobActivity::Finished));
        QTRY_COMPARE(count(journal, LogEvent::DeliveriesLeftOut), 1);
        const auto entries = entriesOf(journal);
        QVERIFY(LogWords::text(entries.at(entries.size() - 2), Masking::On).startsWith(u"Job 7: 980 more"));
    }

    void aRealJobIsToldFromBeginningToEnd()
    {
        const auto pacs = rejectingPacs();
        const EngineFixture files;
        dicom::SyntheticParams made;
        made.folder = files.source();
        made.series = {{dicom::SyntheticKind::Tiny, 2, 0, 0}};
        QVERIFY(dicom::makeSyntheticStudies(made, {}));
        UiFixture fixture;
        observe::Journal journal;
        const EventRecorder recorder(journal, fixture.backend);
        fixture.backend.open(files.params());
        QTRY_COMPARE(count(journal, LogEvent::LedgerOpened), 1);
        const auto request = files.request({destination(u"PACS"_s, pacs->port())});
        QVERIFY(fixture.backend.run(
            this, [request](engine::Engine& engine) { return engine.send(request).has_value(); }, [](bool) {}));
        QTRY_COMPARE(count(journal, LogEvent::JobStopped), 1);
        QTRY_COMPARE(count(journal, LogEvent::ScanFinished), 1);
        const auto entries = entriesOf(journal);
        const auto stopped = std::find_if(
            entries.begin(), entries.end(), [](const auto& entry) { return entry.event == LogEvent::JobStopped; });
        QCOMPARE(stopped->level, observe::LogLevel::Error);
        QCOMPARE(stopped->destination, u"PACS"_s);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestLogEvents)
#include "TestLogEvents.moc"
