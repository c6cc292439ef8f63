#include "ui/query/FoundStudiesModel.h"
#include "ui/query/QuerySearch.h"
#include "ui/query/RetrievalsModel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
namespace tag = radpost::dicom::tag;

namespace {

const QDate kToday(2026, 3, 1);

QString dateKey(StudyTime time)
{
    QuerySearch search;
    search.time = time;
    return toFindParams(search, kToday).keys.value(tag::kStudyDate);
}

} // namespace

class TestQueryModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDayIsADateOrARange()
    {
        QCOMPARE(dateKey(StudyTime::Any), QString());
        QCOMPARE(dateKey(StudyTime::Today), u"20260301"_s);
        QCOMPARE(dateKey(StudyTime::Yesterday), u"20260228"_s);
        QCOMPARE(dateKey(StudyTime::LastWeek), u"20260223-20260301"_s);
        QCOMPARE(dateKey(StudyTime::LastMonth), u"20260131-20260301"_s);
    }

    void aDayAndARangeAreAsChosen()
    {
        QuerySearch search;
        search.time = StudyTime::Day;
        search.from = QDate(2026, 1, 31);
        search.to = QDate(2026, 2, 28);
        QCOMPARE(toFindParams(search, kToday).keys.value(tag::kStudyDate), u"20260131"_s);
        search.time = StudyTime::Range;
        QCOMPARE(toFindParams(search, kToday).keys.value(tag::kStudyDate), u"20260131-20260228"_s);
        std::swap(search.from, search.to);
        QCOMPARE(toFindParams(search, kToday).keys.value(tag::kStudyDate), u"20260131-20260228"_s);
    }

    void theBeginningOfANameIsEnough()
    {
        const auto nameKey = [](const QString& typed) {
            QuerySearch search;
            search.name = typed;
            return toFindParams(search, kToday).keys.value(tag::kPatientName);
        };
        QCOMPARE(nameKey({}), QString());
        QCOMPARE(nameKey(u" Wang "_s), u"Wang*"_s);
        QCOMPARE(nameKey(u"W?ng"_s), u"W?ng"_s);
        QCOMPARE(nameKey(u"王"_s), u"王*"_s);
    }

    void everythingShownIsAskedFor()
    {
        const auto params = toFindParams({}, kToday);
        for (const auto key : {tag::kStudyInstanceUid, tag::kPatientBirthDate, tag::kNumberOfStudyInstances,
                 tag::kModalitiesInStudy, tag::kAccessionNumber}) {
            QVERIFY(params.keys.contains(key));
        }
        QCOMPARE(params.limit, kMostMatches);
    }

    void studiesAreShownInTheWordsOfPeople()
    {
        FoundStudiesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        dicom::Identifier study;
        study.set(tag::kPatientName, u"Wang^XiaoDong=王^小东"_s);
        study.set(tag::kStudyDate, u"20260102"_s);
        study.set(tag::kModalitiesInStudy, u"CT\\SR"_s);
        study.set(tag::kNumberOfStudyInstances, u"1204"_s);
        model.add(study);
        const auto text = [&model](int column) { return model.index(0, column).data().toString(); };
        QCOMPARE(text(FoundStudiesModel::Patient), u"王 小东"_s);
        QCOMPARE(text(FoundStudiesModel::Date), u"2026-01-02"_s);
        QCOMPARE(text(FoundStudiesModel::Modality), u"CT, SR"_s);
        QVERIFY(text(FoundStudiesModel::Images).contains(u"204"));
        QCOMPARE(model.index(0, FoundStudiesModel::Images).data(FoundStudiesModel::kSortRole).toLongLong(), 1204);
        model.add({});
        QVERIFY(model.index(1, FoundStudiesModel::Images).data().toString().isEmpty());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void onlyAllOfItIsComplete_data()
    {
        QTest::addColumn<qint64>("expected");
        QTest::addColumn<qint64>("completed");
        QTest::addColumn<qint64>("failed");
        QTest::addColumn<QString>("text");
        QTest::newRow("all") << qint64(120) << qint64(120) << qint64(0) << u"complete"_s;
        QTest::newRow("more than expected") << qint64(120) << qint64(121) << qint64(0) << u"complete"_s;
        QTest::newRow("unknown how many") << qint64(0) << qint64(4) << qint64(0) << u"complete"_s;
        QTest::newRow("none of many") << qint64(120) << qint64(0) << qint64(0) << u"incomplete: 0 of 120"_s;
        QTest::newRow("fewer") << qint64(120) << qint64(119) << qint64(0) << u"incomplete: 119 of 120"_s;
        QTest::newRow("nothing at all") << qint64(0) << qint64(0) << qint64(0) << u"nothing came"_s;
        QTest::newRow("some failed") << qint64(120) << qint64(117) << qint64(3) << u"3 failed"_s;
    }

    void onlyAllOfItIsComplete()
    {
        QFETCH(qint64, expected);
        QFETCH(qint64, completed);
        QFETCH(qint64, failed);
        engine::RetrieveSummary summary;
        summary.counts.completed = completed;
        summary.counts.failed = failed;
        Retrieval retrieval;
        retrieval.expected = expected;
        retrieval.counts = summary.counts;
        retrieval.state = stateAfter(retrieval, summary);
        QTEST(stateText(retrieval), "text");
    }

    void whatCameHereIsCountedHere()
    {
        engine::RetrieveSummary summary;
        summary.counts.completed = 120;
        summary.received = 118;
        summary.refused = 2;
        Retrieval retrieval;
        retrieval.expected = 120;
        retrieval.counts = summary.counts;
        retrieval.received = summary.received;
        retrieval.refused = summary.refused;
        retrieval.isCounted = true;
        retrieval.state = stateAfter(retrieval, summary);
        QCOMPARE(stateText(retrieval), u"2 failed"_s);
        QCOMPARE(retrieval.total(), 120);
    }
};

QTEST_GUILESS_MAIN(TestQueryModels)
#include "TestQueryModels.moc"
