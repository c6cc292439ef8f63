#include "core/store/HistoryRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/PastJobs.h"

#include <QTest>

using namespace radpost;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Noon on that day of this computer's calendar.
WallTime noon(const QDate& day)
{
    return WallTime(std::chrono::milliseconds(day.startOfDay().addSecs(12 * 3600).toMSecsSinceEpoch()));
}

WallTime midnight(const QDate& day)
{
    return WallTime(std::chrono::milliseconds(day.startOfDay().toMSecsSinceEpoch()));
}

QList<qint64> idsOf(const Result<QList<JobEntry>>& entries)
{
    QList<qint64> ids;
    for (const auto& entry : entries.value()) {
        ids.append(entry.job.id.value);
    }
    return ids;
}

constexpr int kMany = 1000;

} // namespace

class TestHistoryRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_fixture.open());
        add({.id = {1},
            .title = u"chest"_s,
            .patientName = u"Meier^Anna"_s,
            .patientId = u"HO-1"_s,
            .accessionNumber = u"A100"_s});
        add({.id = {2},
            .destination = u"AI"_s,
            .patientName = u"王^小东"_s,
            .patientId = u"HO-2"_s,
            .studyDescription = u"胸部平扫"_s,
            .rejected = 2});
        add({.id = {3}, .state = JobState::Active, .patientName = u"O_Neil^50%"_s, .patientId = u"HO-3"_s});
        add({.id = {4}, .state = JobState::Paused, .patientId = u"HO-4"_s});
        add({.id = {5}, .state = JobState::Stopped, .patientId = u"HO-5"_s});
        add({.id = {6}, .state = JobState::Cancelled, .patientId = u"HO-6"_s, .rejected = 1});
        add({.id = {7}, .patientId = u"HO-7"_s, .rejected = 3, .isSettled = true});
        add({.id = {8}, .patientId = u"HO-8"_s, .studies = 2, .seriesOfAStudy = 3, .instancesOfASeries = 4});
        m_reader = std::move(*m_fixture.ledger().openReader());
    }

    void cleanupTestCase() { m_reader.reset(); }

    void openAreThoseWithoutAnEndOrWithFailuresNobodyHasSeenTo()
    {
        QCOMPARE(idsOf(history().open({}, kMany)), QList<qint64>({5, 4, 3, 2}));
        QCOMPARE(*history().countNeedingPerson(), 2);
        QCOMPARE(idsOf(history().unfinished()), QList<qint64>({5, 4, 3}));
    }

    void theOthersStandOnTheDayOnWhichTheyEnded()
    {
        const auto days = history().days({}, kMany).value();
        QCOMPARE(days.size(), 4);
        QCOMPARE(days[0].day, dayOf(8));
        QCOMPARE(days[3].day, dayOf(1));
        QCOMPARE(days[3].jobs, 1);
        QCOMPARE(idsOf(history().ended({}, midnight(dayOf(7)), midnight(dayOf(8)), kMany)), QList<qint64>{7});
        QCOMPARE(
            idsOf(history().ended({}, midnight(dayOf(1)), midnight(dayOf(9)), kMany)), QList<qint64>({8, 7, 6, 1}));
        QCOMPARE(idsOf(history().ended({}, midnight(dayOf(9)), midnight(dayOf(12)), kMany)), QList<qint64>());
    }

    void everyAnswerKeepsToItsLimit()
    {
        QCOMPARE(idsOf(history().open({}, 2)), QList<qint64>({5, 4}));
        QCOMPARE(history().days({}, 3)->size(), 3);
        QCOMPARE(idsOf(history().ended({}, midnight(dayOf(1)), midnight(dayOf(9)), 1)), QList<qint64>{8});
    }

    void textIsFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<qint64>>("jobs");
        QTest::newRow("title") << u"CHEST"_s << QList<qint64>{1};
        QTest::newRow("family name") << u"meier"_s << QList<qint64>{1};
        QTest::newRow("both names, in any order") << u"anna meier"_s << QList<qint64>{1};
        QTest::newRow("one word of two is elsewhere") << u"anna chestnut"_s << QList<qint64>();
        QTest::newRow("Chinese name as it is written") << u"王小东"_s << QList<qint64>{2};
        QTest::newRow("study description") << u"胸部"_s << QList<qint64>{2};
        QTest::newRow("accession number") << u"A100"_s << QList<qint64>{1};
        QTest::newRow("Patient ID") << u"HO-8"_s << QList<qint64>{8};
        QTest::newRow("study UID") << u"2.25.1.8.1"_s << QList<qint64>{8};
        QTest::newRow("series UID") << u"2.25.2.8.5"_s << QList<qint64>{8};
        QTest::newRow("series description") << u"series"_s << QList<qint64>({1, 2, 3, 4, 5, 6, 7, 8});
        QTest::newRow("a per cent sign is no wildcard") << u"50%"_s << QList<qint64>{3};
        QTest::newRow("an underscore is none") << u"o_n"_s << QList<qint64>{3};
        QTest::newRow("wildcards alone") << u"%_%"_s << QList<qint64>();
        QTest::newRow("what escapes them") << u"!"_s << QList<qint64>();
        QTest::newRow("a quote") << u"'"_s << QList<qint64>();
    }

    void textIsFound()
    {
        QFETCH(const QString, text);
        QFETCH(const QList<qint64>, jobs);
        JobFilter filter;
        filter.text = text;
        QCOMPARE(all(filter), jobs);
    }

    void destinationTimesAndStandingAreAllAskedFor()
    {
        JobFilter filter;
        filter.destinationName = u"AI"_s;
        QCOMPARE(all(filter), QList<qint64>{2});
        filter = {};
        filter.since = noon(dayOf(2));
        filter.before = noon(dayOf(4));
        QCOMPARE(all(filter), QList<qint64>({2, 3}));
        filter.standing = JobStanding::NeedsPerson;
        QCOMPARE(all(filter), QList<qint64>{2});
        filter.text = u"meier"_s;
        QCOMPARE(all(filter), QList<qint64>());
    }

    void standingsAreToldApart_data()
    {
        QTest::addColumn<int>("standing");
        QTest::addColumn<QList<qint64>>("jobs");
        QTest::newRow("needs a person") << int(JobStanding::NeedsPerson) << QList<qint64>({2, 5});
        QTest::newRow("unfinished") << int(JobStanding::Unfinished) << QList<qint64>{3};
        QTest::newRow("paused") << int(JobStanding::Paused) << QList<qint64>{4};
        QTest::newRow("finished") << int(JobStanding::Finished) << QList<qint64>({1, 2, 7, 8});
        QTest::newRow("cancelled") << int(JobStanding::Cancelled) << QList<qint64>{6};
    }

    void standingsAreToldApart()
    {
        QFETCH(const int, standing);
        JobFilter filter;
        filter.standing = static_cast<JobStanding>(standing);
        QTEST(all(filter), "jobs");
    }

    void anEntryShowsItsFirstPatientAndItsCounts()
    {
        const auto entry = history().entry({2}).value();
        QCOMPARE(entry.job.destinationName, u"AI"_s);
        QCOMPARE(entry.patientName, u"王^小东"_s);
        QCOMPARE(entry.patientId, u"HO-2"_s);
        QCOMPARE(entry.studyDescription, u"胸部平扫"_s);
        QCOMPARE(entry.modality, u"OT"_s);
        QCOMPARE(entry.patients, 1);
        QCOMPARE(entry.counts.of(DeliveryState::Rejected), 2);
        QCOMPARE(entry.counts.of(DeliveryState::Stored), 1);
        QVERIFY(entry.needsPerson());
        QVERIFY(history().entry({7})->isSettled && !history().entry({7})->needsPerson());
        QCOMPARE(history().entry({99}).error().code, ErrorCode::JobNotFound);
    }

    void filesThatCouldNotBeReadNeedAPerson_thoseThatAreNoImagesDoNot()
    {
        LedgerFixture fixture;
        QVERIFY(fixture.open());
        PastJob job{.id = {1}, .createdAt = noon(dayOf(1)), .endedAt = noon(dayOf(1)), .unread = 2};
        QVERIFY(addPastJob(fixture.ledger().writer(), job));
        const auto reader = std::move(*fixture.ledger().openReader());
        QCOMPARE(reader->history().entry({1})->unread, 2);
        QVERIFY(reader->history().entry({1})->needsPerson());
        QCOMPARE(*reader->history().countNeedingPerson(), 1);
        QCOMPARE(idsOf(reader->history().open({}, kMany)), QList<qint64>{1});
        QVERIFY(
            fixture.ledger().writer().run([](WriteSession& session) { return session.jobs.setSettled({1}, true); }));
        QCOMPARE(*reader->history().countNeedingPerson(), 0);
        QVERIFY(!reader->history().entry({1})->needsPerson());
        QCOMPARE(history().entry({1})->unread, 0);
    }

    void seriesComeWithTheirCountsAndPlaces()
    {
        const auto series = history().series({8}).value();
        QCOMPARE(series.size(), 6);
        for (int i = 0; i < series.size(); ++i) {
            QCOMPARE(series[i].text.seriesNumber, i);
            QCOMPARE(series[i].counts.of(DeliveryState::Stored), 4);
            QCOMPARE(series[i].counts.totalBytes(), 4000);
            QCOMPARE(series[i].first, deliveryId({8}, i * 4));
            QCOMPARE(series[i].last, deliveryId({8}, i * 4 + 3));
        }
        QVERIFY(series[0].text.studyInstanceUid != series[3].text.studyInstanceUid);
        QVERIFY(history().series({99})->isEmpty());
    }

    void aSeriesInTwoStatesIsOneRow()
    {
        const auto series = history().series({2}).value();
        QCOMPARE(series.size(), 1);
        QCOMPARE(series[0].counts.of(DeliveryState::Rejected), 2);
        QCOMPARE(series[0].counts.of(DeliveryState::Stored), 1);
        QCOMPARE(series[0].last, deliveryId({2}, 2));
    }

    void failuresAreGroupedByCauseLargestFirst()
    {
        const auto groups = history().failures({7}).value();
        QCOMPARE(groups.size(), 2);
        QCOMPARE(groups[0].cause, (FailureCause{ErrorCode::StatusFailed, 0xA900}));
        QCOMPARE(groups[0].count, 2);
        QCOMPARE(groups[0].example, u"/data/past/IM000000"_s);
        QCOMPARE(groups[1].cause, (FailureCause{ErrorCode::StatusFailed, 0xC123}));
        QCOMPARE(groups[1].count, 1);
        QVERIFY(history().failures({1})->isEmpty());
    }

    void aGroupKnowsEveryKindOfObjectInIt()
    {
        const Context image{{"1.2.840.10008.5.1.4.1.1.7"}, {"1.2.840.10008.1.2.1"}};
        const Context report{{"1.2.840.10008.5.1.4.1.1.88.11"}, {"1.2.840.10008.1.2.1"}};
        add({.id = {9}, .patientId = u"HO-9"_s, .instancesOfASeries = 6, .rejected = 6}); // by turns A900 and C123
        QVERIFY(m_fixture.ledger().writer().run([](WriteSession& session) {
            auto done =
                session.database
                    .prepared(
                        u"INSERT OR IGNORE INTO contexts VALUES (2, '1.2.840.10008.5.1.4.1.1.88.11', '1.2.840.10008.1.2.1')"_s)
                    .exec();
            return done
                ? session.database
                      .prepared(u"UPDATE instances SET context_id = 2 WHERE id IN (SELECT "
                                "instance_id FROM deliveries WHERE id IN (9 * 4294967296 + 2, 9 * 4294967296 + 4))"_s)
                      .exec()
                : done;
        }));
        const auto groups = history().failures({9}).value();
        QCOMPARE(groups.size(), 2);
        QCOMPARE(groups[0].cause, (FailureCause{ErrorCode::StatusFailed, 0xA900}));
        QCOMPARE(groups[0].count, 3);
        QCOMPARE(groups[0].kinds,
            (QList<FailedKind>{
                {report.sopClassUid, report.transferSyntaxUid, 2}, {image.sopClassUid, image.transferSyntaxUid, 1}}));
        QVERIFY2(groups[0].example.endsWith(u"IM000000"), "that of the first, whatever its kind");
        QCOMPARE(groups[1].kinds, (QList<FailedKind>{{image.sopClassUid, image.transferSyntaxUid, 3}}));
    }

    void destinationsAreThoseOfJobs()
    {
        QVERIFY(m_fixture.ledger().writer().run(
            [](WriteSession& session) { return session.jobs.setDestinationPaused(u"never used"_s, true); }));
        QCOMPARE(*history().destinationNames(), QStringList({u"AI"_s, u"PACS"_s}));
    }

    void aPausedDestinationMakesItsActiveJobsPaused()
    {
        const auto pause = [this](bool isPaused) {
            return m_fixture.ledger().writer().run(
                [isPaused](WriteSession& session) { return session.jobs.setDestinationPaused(u"PACS"_s, isPaused); });
        };
        QVERIFY(pause(true));
        JobFilter filter;
        filter.standing = JobStanding::Paused;
        QCOMPARE(all(filter), QList<qint64>({3, 4}));
        QVERIFY(pause(false));
        QCOMPARE(all(filter), QList<qint64>{4});
    }

private:
    static QDate dayOf(qint64 job) { return QDate(2025, 3, 9).addDays(job); }

    void add(PastJob job)
    {
        job.createdAt = noon(dayOf(job.id.value));
        job.endedAt = job.createdAt + 1min;
        const auto added = addPastJob(m_fixture.ledger().writer(), job);
        QVERIFY2(added, added ? "" : qPrintable(added.error().detail));
    }

    [[nodiscard]] HistoryRepository& history() const { return m_reader->history(); }

    /// Open and ended, by id.
    [[nodiscard]] QList<qint64> all(const JobFilter& filter) const
    {
        QList<qint64> ids = idsOf(history().open(filter, kMany)) +
            idsOf(history().ended(filter, midnight(dayOf(0)), midnight(dayOf(100)), kMany));
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    LedgerFixture m_fixture;
    std::unique_ptr<LedgerReader> m_reader;
};

QTEST_GUILESS_MAIN(TestHistoryRepository)
#include "TestHistoryRepository.moc"
