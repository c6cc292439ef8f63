#include "tests/ui/support/UiFixture.h"

#include "ui/send/CheckRun.h"
#include "ui/send/LeftOutModel.h"
#include "ui/send/SendNotices.h"
#include "ui/send/SendOffer.h"
#include "ui/send/SendTexts.h"
#include "ui/send/SendTreeModel.h"
#include "ui/send/SentJobs.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kQtTest = QAbstractItemModelTester::FailureReportingMode::QtTest;
const QByteArray kCt = "1.2.840.10008.5.1.4.1.1.2";
const QByteArray kExplicit = "1.2.840.10008.1.2.1";

engine::SeriesNode seriesNode(size_t serial, qint64 instances, const QByteArray& sopClass = kCt)
{
    engine::SeriesNode node;
    node.uid.value = "1.2." + QByteArray::number(serial);
    node.modality = u"CT"_s;
    node.number = static_cast<int>(serial);
    node.instances = instances;
    node.bytes = instances * 1000;
    node.contexts = {{{sopClass}, {kExplicit}, instances}};
    return node;
}

/// One more series, with the heads of its study and patient as they are then.
engine::InspectionNews news(size_t patient, size_t study, size_t series, size_t serial, qint64 instances = 3)
{
    engine::InspectionNews made;
    engine::PatientNode person;
    person.id = u"P%1"_s.arg(patient);
    person.name = u"Wang^Xiao%1"_s.arg(patient);
    engine::StudyNode visit;
    visit.uid.value = "1.3." + QByteArray::number(patient) + '.' + QByteArray::number(study);
    visit.date = u"20250101"_s;
    visit.description = u"Thorax %1"_s.arg(study);
    made.patients.push_back({patient, person});
    made.studies.push_back({patient, study, visit});
    made.series.push_back({{patient, study, series, serial}, seriesNode(serial, instances)});
    return made;
}

engine::LeftOutFile leftOut(const QString& path, ErrorCode reason, const QString& sameAs = {})
{
    return {path, reason, sameAs, !sameAs.isEmpty()};
}

std::vector<engine::PatientNode> patientsWith(const std::vector<engine::SeriesNode>& series)
{
    engine::StudyNode study;
    study.series = series;
    engine::PatientNode patient;
    patient.studies.push_back(study);
    return {patient};
}

} // namespace

class TestSendModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void theTreeGrowsInAnyOrderOfStudies()
    {
        SendTreeModel model;
        const QAbstractItemModelTester tester(&model, kQtTest);
        model.add(news(0, 0, 0, 0));
        model.add(news(1, 0, 0, 1));
        model.add(news(0, 1, 0, 2)); // the first patient has a second study
        model.add(news(0, 0, 1, 3)); // and the first study a second series
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        QCOMPARE(model.rowCount(model.index(0, 0, model.index(0, 0))), 2);
        QCOMPARE(model.totals(), (SendTotals{2, 3, 4, 12, 12'000}));
        QCOMPARE(model.ticked(), model.totals());
        model.add(news(0, 0, 0, 0, 5)); // a series grows
        QCOMPARE(model.totals().instances, 14);
        QCOMPARE(model.totals().series, 4);
        model.retranslate();
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.totals(), SendTotals());
    }

    void ticksGoDownAndAreSummedUpwards()
    {
        SendTreeModel model;
        const QAbstractItemModelTester tester(&model, kQtTest);
        for (size_t serial = 0; serial < 4; ++serial) {
            model.add(news(0, serial / 2, serial % 2, serial));
        }
        const auto state = [](const QModelIndex& index) { return index.data(Qt::CheckStateRole).toInt(); };
        const auto patient = model.index(0, 0);
        const auto study = model.index(0, 0, patient);
        const QSignalSpy changed(&model, &SendTreeModel::tickedChanged);
        QVERIFY(model.setData(model.index(0, 0, study), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(state(study), int(Qt::PartiallyChecked));
        QCOMPARE(state(patient), int(Qt::PartiallyChecked));
        QCOMPARE(model.ticked().series, 3);
        QVERIFY(model.setData(study, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(model.ticked().series, 2);
        model.add(news(0, 0, 2, 4)); // into a study that was unticked
        QCOMPARE(model.ticked().series, 2);
        QVERIFY(model.setData(patient, Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.ticked(), model.totals());
        QCOMPARE(model.tickedKeys().size(), 5);
        model.setTicked({model.index(0, 0, study), model.index(1, 0, study)}, false);
        QCOMPARE(model.tickedKeys().size(), 3);
        QCOMPARE(model.tickedTree().front().studies.front().series.size(), 1U);
    }

    void whatIsLeftOutIsGroupedByReason()
    {
        LeftOutModel model;
        const QAbstractItemModelTester tester(&model, kQtTest);
        model.add({leftOut(u"/a.txt"_s, ErrorCode::NotDicom), leftOut(u"/b"_s, ErrorCode::FileUnreadable),
            leftOut(u"/c.txt"_s, ErrorCode::NotDicom)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        QVERIFY(model.index(0, 0).data().toString().endsWith(u"(2)"_s));
        model.add({leftOut(u"/copy.dcm"_s, ErrorCode::DuplicateDiffers, u"/first.dcm"_s),
            leftOut(u"/d.txt"_s, ErrorCode::NotDicom)});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowCount(model.index(0, 0)), 3);
        QCOMPARE(model.index(2, 0).data().toString(), u"Identical copies: sent once. (1)"_s);
        const auto copy = model.index(0, 0, model.index(2, 0)).data().toString();
        QVERIFY(copy.contains(u"/copy.dcm") && copy.contains(u"/first.dcm"));
        m_language.set(app::Language::Chinese);
        model.retranslate();
        QVERIFY(!model.index(2, 0).data().toString().contains(u"Identical"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void theButtonSaysWhatItDoesOrWhyItCannot_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("reason");
        QTest::newRow("all is there") << QString() << u"Send 1,204 instances to MAIN-PACS"_s << QString();
        QTest::newRow("one") << u"one"_s << u"Send 1 instance to MAIN-PACS"_s << QString();
        QTest::newRow("a cut scan") << u"cut"_s << u"Send at least 1,204 instances to MAIN-PACS"_s << QString();
        QTest::newRow("starting") << u"starting"_s << u"Send 1,204 instances to MAIN-PACS"_s
                                  << u"The job is being written…"_s;
        QTest::newRow("scanning") << u"scanning"_s << u"Send 1,204 instances to MAIN-PACS"_s
                                  << u"Possible when the scan has ended."_s;
        QTest::newRow("nothing") << u"nothing"_s << u"Send"_s << u"Add what shall be sent."_s;
        QTest::newRow("unticked") << u"unticked"_s << u"Send"_s << u"Tick what shall be sent."_s;
        QTest::newRow("no destination chosen")
            << u"unchosen"_s << u"Send 1,204 instances"_s << u"Choose a destination."_s;
        QTest::newRow("no destination at all") << u"none"_s << u"Send 1,204 instances"_s
                                               << u"There is no destination yet. Add one on the page Destinations."_s;
        QTest::newRow("sent") << u"sent"_s << u"Send 1,204 instances to MAIN-PACS"_s
                              << u"This is on its way already."_s;
        QTest::newRow("paused") << u"paused"_s << u"Send 1,204 instances to MAIN-PACS"_s
                                << u"This is paused. Resume it on the page Activity."_s;
        QTest::newRow("sent before") << u"sent before"_s << u"Send 1,204 instances to MAIN-PACS again"_s << QString();
        QTest::newRow("read only") << u"read-only"_s << u"Send 1,204 instances to MAIN-PACS"_s
                                   << u"Another Radpost is sending."_s;
        QTest::newRow("opening") << u"opening"_s << u"Send 1,204 instances to MAIN-PACS"_s
                                 << u"The ledger is being opened…"_s;
        QTest::newRow("failed") << u"failed"_s << u"Send 1,204 instances to MAIN-PACS"_s
                                << u"The ledger cannot be used."_s;
    }

    void theButtonSaysWhatItDoesOrWhyItCannot()
    {
        QFETCH(QString, change);
        SendSituation situation;
        situation.instances = change == u"one" ? 1 : change == u"nothing" || change == u"unticked" ? 0 : 1204;
        situation.found = change == u"nothing" ? 0 : 1204;
        situation.wasCut = change == u"cut";
        situation.isScanning = change == u"scanning";
        using Phase = SentStanding::Phase;
        situation.sent = change == u"starting" ? Phase::Starting
            : change == u"sent"                ? Phase::OnTheWay
            : change == u"paused"              ? Phase::Paused
            : change == u"sent before"         ? Phase::Cancelled
                                               : Phase::Nothing;
        situation.hasDestinations = change != u"none";
        situation.destinations =
            change == u"none" || change == u"unchosen" ? QStringList() : QStringList{u"MAIN-PACS"_s};
        situation.backend = change == u"read-only" ? Backend::State::ReadOnly
            : change == u"opening"                 ? Backend::State::Opening
            : change == u"failed"                  ? Backend::State::Failed
                                                   : Backend::State::Ready;
        const auto offer = sendOffer(situation);
        QTEST(offer.label, "label");
        QTEST(offer.reason, "reason");
        QCOMPARE(offer.isPossible(), offer.reason.isEmpty());
    }

    void aSendIsFollowedToItsEnd()
    {
        using queue::JobActivity;
        using Phase = SentStanding::Phase;
        EngineEvents events;
        SentJobs sent(events);
        const QSignalSpy changes(&sent, &SentJobs::changed);
        const auto tell = [&events](qint64 job, JobActivity activity, qint64 stored, qint64 left) {
            queue::JobProgress progress;
            progress.job = {job};
            progress.activity = activity;
            progress.counts.add(store::DeliveryState::Stored, stored, stored);
            progress.counts.add(
                activity == JobActivity::Cancelled ? store::DeliveryState::Cancelled : store::DeliveryState::Pending,
                left, left);
            Q_EMIT events.progressed(progress);
        };
        tell(1, JobActivity::Finished, 3, 0);
        QCOMPARE(sent.standing().phase, Phase::Nothing);
        sent.begin();
        QCOMPARE(sent.standing().phase, Phase::Starting);
        tell(2, JobActivity::Finished, 5, 0); // before it is known that it is ours
        sent.follow({{2}, {3}});
        QCOMPARE(sent.standing().phase, Phase::OnTheWay);
        tell(3, JobActivity::Sending, 1, 4);
        tell(4, JobActivity::Sending, 1, 4); // of somebody else
        QCOMPARE(sent.standing().sent, 6);
        QCOMPARE(sent.standing().total, 10);
        QVERIFY(!sent.standing().isOver());
        tell(3, JobActivity::Paused, 1, 4);
        QCOMPARE(sent.standing().phase, Phase::Paused);
        tell(3, JobActivity::Cancelled, 1, 4);
        QCOMPARE(sent.standing().phase, Phase::Cancelled);
        QVERIFY(sent.standing().isOver());
        QCOMPARE(SendNotices::sent(sent.standing(), 10, {u"A"_s}).heading(),
            u"6 of 10 sent to A, the rest was cancelled."_s);
        sent.follow({{2}});
        QCOMPARE(sent.standing().phase, Phase::Stored);
        QVERIFY(!changes.isEmpty());
    }

    void whatCouldNotBeReadStandsOut()
    {
        LeftOutModel model;
        model.add({{u"/in/junk.txt"_s, ErrorCode::NotDicom, {}}, {u"/in/notes"_s, ErrorCode::NotDicom, {}}});
        QCOMPARE(model.damaged(), 0);
        QCOMPARE(model.summary(), u"2 files left out"_s);
        model.add({{u"/in/cut.dcm"_s, ErrorCode::DicomTruncated, {}}});
        QCOMPARE(model.damaged(), 1);
        QCOMPARE(model.summary(), u"1 file could not be read · 2 left out"_s);
        QVERIFY(!model.index(0, 0).data(Qt::DecorationRole).isValid());
        QVERIFY(model.index(1, 0).data(Qt::DecorationRole).isValid());
    }

    void aCheckAsksEachContextOnceAndAnswersForEverySeries()
    {
        const auto pacs = goodPacs();
        Background network(u"check"_s, 2);
        CheckRun check(network);
        const QSignalSpy finished(&check, &CheckRun::finished);
        const auto good = destination(u"GOOD"_s, pacs->port());
        const auto dead = destination(u"DEAD"_s, deadPort());
        const auto first = seriesNode(1, 3);
        const auto second = seriesNode(2, 40);
        const auto other = seriesNode(3, 1, "1.2.840.10008.5.1.4.1.1.4");
        QCOMPARE(check.stateOf(u"GOOD"_s), CheckRun::State::Unknown);
        check.start(patientsWith({first, second}), {good, dead}, AeTitle{"RADPOST"});
        QCOMPARE(check.stateOf(u"GOOD"_s), CheckRun::State::Running);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!check.isRunning());
        QCOMPARE(check.stateOf(u"GOOD"_s), CheckRun::State::Answered);
        QCOMPARE(check.stateOf(u"DEAD"_s), CheckRun::State::Failed);
        QVERIFY(check.errorOf(u"DEAD"_s).has_value());
        for (const auto& series : {first, second}) {
            const auto verdicts = check.verdicts(series, {u"GOOD"_s, u"DEAD"_s});
            QCOMPARE(verdicts.size(), 1U);
            QCOMPARE(verdicts.front().verdict, engine::PreflightVerdict::AsIs);
            QCOMPARE(verdicts.front().instances, series.instances);
        }
        QVERIFY(check.verdicts(other, {u"GOOD"_s}).empty()); // was not asked about
        auto changed = good;
        changed.port = dead.port;
        check.keepOnly({changed});
        QCOMPARE(check.stateOf(u"GOOD"_s), CheckRun::State::Unknown);
        QCOMPARE(check.stateOf(u"DEAD"_s), CheckRun::State::Unknown);
    }

    void aCancelledCheckIsForgotten()
    {
        const auto silent = silentPacs();
        Background network(u"check"_s, 1);
        CheckRun check(network);
        check.start(patientsWith({seriesNode(1, 3)}), {destination(u"SILENT"_s, silent->port())}, AeTitle{"RADPOST"});
        QVERIFY(check.isRunning());
        check.cancel();
        QTRY_VERIFY(!check.isRunning());
        QCOMPARE(check.stateOf(u"SILENT"_s), CheckRun::State::Unknown);
    }

    void theWorstVerdictIsTheOneToKnow()
    {
        using engine::PreflightVerdict;
        SeriesVerdict asIs;
        asIs.verdict = PreflightVerdict::AsIs;
        SeriesVerdict converted;
        converted.verdict = PreflightVerdict::LosslessConvert;
        SeriesVerdict cannot;
        cannot.verdict = PreflightVerdict::Cannot;
        QCOMPARE(worst({asIs, cannot, converted})->verdict, PreflightVerdict::Cannot);
        QCOMPARE(worst({asIs, converted})->verdict, PreflightVerdict::LosslessConvert);
        QCOMPARE(worst({asIs})->verdict, PreflightVerdict::AsIs);
        QVERIFY(!worst({}));
    }

    void aCheckIsGoodWhenAllHaveAnsweredAndSaysWhoCannot()
    {
        using engine::PreflightVerdict;
        SeriesVerdict one;
        one.destination = u"A"_s;
        one.verdict = PreflightVerdict::AsIs;
        SeriesVerdict two = one;
        two.destination = u"B"_s;
        QCOMPARE(checkStatus({one, two}, 2), Status::Good);
        QCOMPARE(checkStatus({one, two}, 4), Status::Warning);
        QCOMPARE(checkText({one, two}, 4), u"as is; 2 of 4 did not answer"_s);
        two.verdict = PreflightVerdict::Cannot;
        QCOMPARE(checkText({one, two}, 2), u"cannot be sent to 1 of 2"_s);
        one.verdict = PreflightVerdict::Cannot;
        QCOMPARE(checkText({one, two}, 2), u"cannot be sent"_s);
        QCOMPARE(checkStatus({one, two}, 2), Status::Bad);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestSendModels)
#include "TestSendModels.moc"
