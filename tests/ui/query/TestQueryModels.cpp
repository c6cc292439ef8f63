#include "ui/query/FoundStudiesModel.h"
#include "ui/query/QuerySearch.h"

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
};

QTEST_GUILESS_MAIN(TestQueryModels)
#include "TestQueryModels.moc"
