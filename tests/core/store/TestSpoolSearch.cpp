#include "core/store/SpoolSearch.h"

#include "core/store/Database.h"
#include "tests/support/LedgerFixture.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using store::SpoolColumn;
using store::SpoolLevel;
using store::SpoolMatch;
using store::SpoolSearch;
using store::SpoolSum;
using store::SpoolTerm;

namespace {

constexpr auto kCt = "1.2.840.10008.5.1.4.1.1.2";
constexpr auto kSr = "1.2.840.10008.5.1.4.1.1.88.11";

/// Patients "P0" to "P<n>" with a study each; each study has a CT series of @p slices and an SR.
struct Fixture
{
    Fixture()
    {
        auto& writer = fixture.open()->writer();
        for (const auto* sopClass : {kCt, kSr}) { // before the rows that refer to them
            contexts[sopClass] = writer.contextId({{sopClass}, {"1.2.840.10008.1.2"}});
        }
    }

    static std::shared_ptr<store::SpoolSeries> seriesOf(int patient, const QString& modality)
    {
        auto series = std::make_shared<store::SpoolSeries>();
        series->patientName = u"Li^Wei%1=李^伟"_s.arg(patient);
        series->patientId = u"P%1"_s.arg(patient);
        series->studyInstanceUid = u"1.2.%1"_s.arg(patient);
        series->studyDate = u"202601%1"_s.arg(patient % 28 + 1, 2, 10, QChar(u'0'));
        series->studyTime = u"10%1"_s.arg(patient % 60, 2, 10, QChar(u'0'));
        series->seriesInstanceUid = series->studyInstanceUid + (modality == u"CT" ? u".1"_s : u".2"_s);
        series->modality = modality;
        return series;
    }

    void add(int patients, int slices)
    {
        const auto done = fixture.ledger().writer().run([&](store::WriteSession& session) -> Result<> {
            for (int patient = 0; patient < patients; ++patient) {
                const auto ct = seriesOf(patient, u"CT"_s);
                for (int i = 0; i < slices; ++i) {
                    if (auto entered = enter(session, ct, kCt, u"%1.%2"_s.arg(ct->seriesInstanceUid).arg(i));
                        !entered) {
                        return entered;
                    }
                }
                const auto sr = seriesOf(patient, u"SR"_s);
                if (auto entered = enter(session, sr, kSr, sr->seriesInstanceUid + u".1"_s); !entered) {
                    return entered;
                }
            }
            return {};
        });
        if (!done) {
            qFatal("%s", qPrintable(done.error().detail));
        }
    }

    Result<> enter(store::WriteSession& session, const std::shared_ptr<store::SpoolSeries>& series,
        const char* sopClass, const QString& uid, const QString& digest = u"aa"_s)
    {
        store::NewSpoolInstance instance;
        instance.id = fixture.ledger().writer().nextSpoolId();
        instance.series = series;
        instance.contextId = contexts.value(sopClass);
        instance.sopInstanceUid.value = uid.toLatin1();
        instance.digest = digest;
        return session.spool.add(instance, store::DuplicatePolicy::KeepBoth).map([](const auto&) {});
    }

    /// All pages.
    QList<SpoolMatch> all(SpoolLevel level, const QList<SpoolTerm>& terms = {})
    {
        reader = std::move(*fixture.ledger().openReader());
        const auto search = reader->searchSpool(level, terms);
        QList<SpoolMatch> matches;
        for (;;) {
            const auto page = search->next();
            if (!page) {
                qFatal("%s", qPrintable(page.error().detail));
            }
            if (page->isEmpty()) {
                return matches;
            }
            matches += *page;
        }
    }

    test::LedgerFixture fixture;
    QHash<QByteArray, qint64> contexts;
    std::unique_ptr<store::LedgerReader> reader;
};

SpoolTerm is(SpoolColumn column, const QString& value)
{
    return {column, SpoolTerm::Test::AnyOf, {value}};
}

/// How SQLite would carry it out.
QStringList stepsOf(store::Database& database, const QString& sql)
{
    store::Statement explain(database, u"EXPLAIN QUERY PLAN "_s + sql);
    for (qsizetype i = sql.count(u'?'); i > 0; --i) {
        explain.bind(1);
    }
    QStringList steps;
    if (explain.exec()) {
        while (explain.next()) {
            steps.append(explain.text(3));
        }
    }
    return steps;
}

/// Of the first step.
QStringList planOf(const QString& path, SpoolLevel level, const QList<SpoolTerm>& terms)
{
    const auto database = store::Database::open(path, store::DatabaseMode::QueryOnly);
    return stepsOf(**database, SpoolSearch(**database, level, terms).sql());
}

} // namespace

class TestSpoolSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLevelNarrows()
    {
        Fixture f;
        f.add(3, 4);
        QCOMPARE(f.all(SpoolLevel::Patient).size(), 3);
        QCOMPARE(f.all(SpoolLevel::Study).size(), 3);
        QCOMPARE(f.all(SpoolLevel::Series).size(), 6);
        QCOMPARE(f.all(SpoolLevel::Instance).size(), 15);
        QCOMPARE(f.all(SpoolLevel::Study, {is(SpoolColumn::PatientId, u"P1"_s)}).size(), 1);
        QCOMPARE(f.all(SpoolLevel::Series, {is(SpoolColumn::Modality, u"SR"_s)}).size(), 3);
        const auto images = f.all(SpoolLevel::Instance, {is(SpoolColumn::SeriesInstanceUid, u"1.2.1.1"_s)});
        QCOMPARE(images.size(), 4);
        QCOMPARE(images.first().value(SpoolColumn::SopClassUid), QString::fromLatin1(kCt));
        QCOMPARE(images.first().value(SpoolColumn::PatientName), u"Li^Wei1=李^伟"_s);
    }

    void theNewestStudyComesFirstAndPagesMeetWithoutAGap_data()
    {
        QTest::addColumn<QList<SpoolTerm>>("terms");
        QTest::newRow("all") << QList<SpoolTerm>{};
        QTest::newRow("by date") << QList<SpoolTerm>{
            {SpoolColumn::StudyDate, SpoolTerm::Test::Between, {u"20260101"_s, u""_s}}};
        QTest::newRow("by name") << QList<SpoolTerm>{
            {SpoolColumn::PatientName, SpoolTerm::Test::Between, {u"li"_s, u"lj"_s}}};
    }

    void theNewestStudyComesFirstAndPagesMeetWithoutAGap()
    {
        QFETCH(QList<SpoolTerm>, terms);
        Fixture f;
        f.add(1200, 1);
        const auto studies = f.all(SpoolLevel::Study, terms);
        QSet<qint64> rows;
        for (const auto& study : studies) {
            rows.insert(study.study);
        }
        QCOMPARE(studies.size(), 1200);
        QCOMPARE(rows.size(), 1200);
        const bool isByDate = !terms.isEmpty() && terms.first().column == SpoolColumn::StudyDate;
        for (qsizetype i = 1; i < studies.size(); ++i) {
            const auto& before = studies.at(i - 1);
            const auto& date = studies.at(i).value(SpoolColumn::StudyDate);
            QVERIFY(isByDate ? before.value(SpoolColumn::StudyDate) >= date : before.study > studies.at(i).study);
        }
    }

    void onlyTheCurrentVersionIsThere()
    {
        Fixture f;
        f.add(1, 2);
        QVERIFY(f.fixture.ledger().writer().run([&](store::WriteSession& session) {
            return f.enter(session, Fixture::seriesOf(0, u"CT"_s), kCt, u"1.2.0.1.0"_s, u"bb"_s);
        }));
        const auto images = f.all(SpoolLevel::Instance, {is(SpoolColumn::SopInstanceUid, u"1.2.0.1.0"_s)});
        QCOMPARE(images.size(), 1);
        QCOMPARE(images.first().instance, 4); // the one that came last
        QVERIFY(f.fixture.ledger().writer().run([](store::WriteSession& session) -> Result<> {
            for (qint64 id = 1; id <= 4; ++id) {
                if (auto done = session.spool.setState(id, store::SpoolState::Missing); !done) {
                    return done;
                }
            }
            return {};
        }));
        for (const auto level : {SpoolLevel::Patient, SpoolLevel::Study, SpoolLevel::Series, SpoolLevel::Instance}) {
            QCOMPARE(f.all(level).size(), 0); // nothing is left to be had
        }
    }

    void termsLetThroughWhatTheySay_data()
    {
        QTest::addColumn<SpoolTerm>("term");
        QTest::addColumn<int>("expected");
        using Test = SpoolTerm::Test;
        QTest::newRow("any of") << SpoolTerm{SpoolColumn::PatientId, Test::AnyOf, {u"P1"_s, u"P2"_s, u"P9"_s}} << 2;
        QTest::newRow("like") << SpoolTerm{SpoolColumn::PatientName, Test::Like, {store::likePattern(u"*李^?*"_s)}}
                              << 3;
        QTest::newRow("like, one of two")
            << SpoolTerm{SpoolColumn::PatientName, Test::Like, {u"x"_s, store::likePattern(u"LI^WEI1*"_s)}} << 1;
        QTest::newRow("like, no wildcard of SQL")
            << SpoolTerm{SpoolColumn::PatientName, Test::Like, {store::likePattern(u"Li%"_s)}} << 0;
        QTest::newRow("between") << SpoolTerm{SpoolColumn::StudyDate, Test::Between, {u"20260102"_s, u"20260103"_s}}
                                 << 2;
        QTest::newRow("up to") << SpoolTerm{SpoolColumn::StudyDate, Test::Between, {u""_s, u"20260102"_s}} << 2;
        QTest::newRow("from") << SpoolTerm{SpoolColumn::StudyDate, Test::Between, {u"20260102"_s, u""_s}} << 2;
        QTest::newRow("up to, where nothing is known")
            << SpoolTerm{SpoolColumn::AccessionNumber, Test::Between, {u""_s, u"Z"_s}} << 0;
        QTest::newRow("modality in the study") << SpoolTerm{SpoolColumn::Modality, Test::Holds, {u"SR"_s}} << 3;
        QTest::newRow("modality in no study") << SpoolTerm{SpoolColumn::Modality, Test::Holds, {u"US"_s}} << 0;
        QTest::newRow("a value that would be SQL")
            << SpoolTerm{SpoolColumn::PatientId, Test::AnyOf, {u"' OR 1=1 --"_s}} << 0;
    }

    void termsLetThroughWhatTheySay()
    {
        QFETCH(SpoolTerm, term);
        Fixture f;
        f.add(3, 1);
        QTEST(int(f.all(SpoolLevel::Study, {term}).size()), "expected");
    }

    void sumsCountWhatIsThere()
    {
        Fixture f;
        f.add(2, 5);
        const auto study = f.all(SpoolLevel::Series, {is(SpoolColumn::SeriesInstanceUid, u"1.2.1.1"_s)}).first();
        auto& lookup = f.reader->spoolLookup();
        QCOMPARE(*lookup.sum(SpoolSum::StudiesOfPatient, study), u"1"_s);
        QCOMPARE(*lookup.sum(SpoolSum::SeriesOfPatient, study), u"2"_s);
        QCOMPARE(*lookup.sum(SpoolSum::InstancesOfPatient, study), u"6"_s);
        QCOMPARE(*lookup.sum(SpoolSum::SeriesOfStudy, study), u"2"_s);
        QCOMPARE(*lookup.sum(SpoolSum::InstancesOfStudy, study), u"6"_s);
        QCOMPARE(*lookup.sum(SpoolSum::InstancesOfSeries, study), u"5"_s);
        QCOMPARE(*lookup.sum(SpoolSum::ModalitiesInStudy, study), u"CT\\SR"_s);
        QCOMPARE(
            *lookup.sum(SpoolSum::SopClassesInStudy, study), QString::fromLatin1(kCt) + u'\\' + QLatin1String(kSr));
    }

    void picksAreAllThatIsToBeSent()
    {
        Fixture f;
        f.add(2, 3);
        const auto reader = std::move(*f.fixture.ledger().openReader());
        const auto all = [](SpoolColumn, const QString&) { return true; };
        const auto picks = reader->spoolLookup().pick({is(SpoolColumn::StudyInstanceUid, u"1.2.1"_s)}, all);
        QVERIFY(picks);
        QCOMPARE(picks->size(), 4);
        const auto judged =
            reader->spoolLookup().pick({is(SpoolColumn::StudyInstanceUid, u"1.2.1"_s),
                                           {SpoolColumn::SeriesInstanceUid, SpoolTerm::Test::Like, {u"1.2.1.%"_s}}},
                [](SpoolColumn column, const QString& value) {
                    return column != SpoolColumn::SeriesInstanceUid || value == u"1.2.1.2";
                });
        QVERIFY(judged);
        QCOMPARE(judged->size(), 1); // of what the terms let through
        const auto instance = reader->spoolLookup().instance(picks->first().id);
        QVERIFY(instance && *instance);
        QCOMPARE((*instance)->value(SpoolColumn::StudyInstanceUid), u"1.2.1"_s);
        QVERIFY(!*reader->spoolLookup().instance(4711));
    }

    void studyQueriesWalkNoInstances_data()
    {
        QTest::addColumn<QList<SpoolTerm>>("terms");
        QTest::addColumn<QString>("driver"); ///< how the plan begins
        using Test = SpoolTerm::Test;
        using C = SpoolColumn;
        const auto row = [](const char* name, const QList<SpoolTerm>& terms, const QString& driver) {
            QTest::newRow(name) << terms << driver;
        };
        row("all", {}, u"SCAN t"_s);
        row("UIDs", {{C::StudyInstanceUid, Test::AnyOf, {u"1"_s, u"2"_s}}},
            u"SEARCH t USING INDEX sqlite_autoindex_spool_studies_1"_s);
        row("patient ID", {is(C::PatientId, u"P1"_s)}, u"SEARCH p USING INDEX spool_patients_patient_id"_s);
        row("accession number", {is(C::AccessionNumber, u"A"_s)}, u"SEARCH t USING INDEX spool_studies_accession"_s);
        row("beginning of the name", {{C::PatientName, Test::Between, {u"a"_s, u"b"_s}}},
            u"SEARCH p USING INDEX spool_patients_name"_s);
        row("day", {is(C::StudyDate, u"20260101"_s)}, u"SEARCH t USING INDEX spool_studies_date"_s);
        row("days", {{C::StudyDate, Test::Between, {u"20260101"_s, u"20260105"_s}}},
            u"SEARCH t USING INDEX spool_studies_date"_s);
        row("modality", {{C::Modality, Test::Holds, {u"CT"_s}}}, u"SCAN t"_s);
        row("name in Chinese", {{C::PatientName, Test::Like, {u"%李%"_s}}}, u"SCAN t"_s);
    }

    void studyQueriesWalkNoInstances()
    {
        QFETCH(QList<SpoolTerm>, terms);
        QFETCH(QString, driver);
        Fixture f;
        f.add(3, 2);
        auto plan = planOf(f.fixture.path(), SpoolLevel::Study, terms);
        plan.first().remove(u"COVERING "_s);
        const auto text = plan.join(u'\n');
        QVERIFY2(plan.first().startsWith(driver), qPrintable(text));
        const bool scansInstances = plan.filter(u"SCAN ei"_s).size() + plan.filter(u"SCAN es"_s).size() > 0;
        QVERIFY2(!scansInstances, qPrintable(text));
        QVERIFY2(text.contains(u"SEARCH ei USING INDEX spool_instances_series"), qPrintable(text));
        const bool isSelective =
            driver.contains(u"patient") || driver.contains(u"accession") || driver.contains(u"auto");
        QVERIFY2(
            isSelective || !text.contains(u"TEMP B-TREE"), qPrintable(text)); // or the first match waits for the last
    }

    void whatIsGatheredIsReadOnceAndWhatIsTooMuchIsWalked_data()
    {
        QTest::addColumn<int>("mostGathered");
        QTest::addColumn<bool>("isWalked");
        QTest::newRow("few") << 5000 << false;
        QTest::newRow("just as many") << 1200 << false;
        QTest::newRow("too many") << 1199 << true;
    }

    void whatIsGatheredIsReadOnceAndWhatIsTooMuchIsWalked()
    {
        QFETCH(int, mostGathered);
        QFETCH(bool, isWalked);
        Fixture f;
        f.add(1200, 1);
        const auto database = store::Database::open(f.fixture.path(), store::DatabaseMode::QueryOnly);
        QVERIFY(database);
        SpoolSearch search(**database, SpoolLevel::Study,
            {{SpoolColumn::PatientName, SpoolTerm::Test::Between, {u"li"_s, u"lj"_s}}}, mostGathered);
        QList<qint64> rows;
        for (auto page = search.next(); page && !page->isEmpty(); page = search.next()) {
            for (const auto& match : *page) {
                rows.append(match.study);
            }
            if (rows.size() < 1200) {
                const auto text = stepsOf(**database, search.sql()).join(u'\n');
                QVERIFY2(!text.contains(u"spool_patients_name"), qPrintable(text)); // not all matches again
                QVERIFY2(!text.contains(u"TEMP B-TREE"), qPrintable(text));
                QVERIFY2(text.startsWith(u"SEARCH t USING INTEGER PRIMARY KEY"), qPrintable(text));
                QCOMPARE(search.sql().contains(u"IN (?"), !isWalked);
            }
        }
        QCOMPARE(rows.size(), 1200);
        QVERIFY(std::is_sorted(rows.begin(), rows.end(), std::greater<>()));
        QCOMPARE(QSet<qint64>(rows.begin(), rows.end()).size(), 1200);
    }

    void aSearchThatFindsNothingCanBeEnded()
    {
        Fixture f;
        f.add(2000, 1);
        const auto reader = std::move(*f.fixture.ledger().openReader());
        const QList<SpoolTerm> terms{{SpoolColumn::PatientName, SpoolTerm::Test::Like, {u"%nobody%"_s}}};
        int asked = 0;
        {
            const store::LedgerWatch watch(*reader, [&asked] { return ++asked > 1; });
            const auto page = reader->searchSpool(SpoolLevel::Study, terms)->next();
            QVERIFY(!page);
            QCOMPARE(page.error().code, ErrorCode::Cancelled);
            QCOMPARE(asked, 2);
        }
        const auto page = reader->searchSpool(SpoolLevel::Study, terms)->next();
        QVERIFY(page && page->isEmpty()); // nobody asks any more
    }

    void anEndInTheMiddleOfThePageIsNoEndOfThePage()
    {
        Fixture f;
        f.add(3000, 1);
        const auto reader = std::move(*f.fixture.ledger().openReader());
        const store::LedgerWatch watch(*reader, [] { return true; });
        const auto picks = reader->spoolLookup().pick({}, [](SpoolColumn, const QString&) { return true; });
        QVERIFY(!picks);
        QCOMPARE(picks.error().code, ErrorCode::Cancelled);
    }

    void imagesOfASeriesAreFoundByItsIndex()
    {
        Fixture f;
        f.add(3, 2);
        const auto plan = planOf(f.fixture.path(), SpoolLevel::Instance,
            {is(SpoolColumn::StudyInstanceUid, u"1.2.1"_s), is(SpoolColumn::SeriesInstanceUid, u"1.2.1.1"_s)});
        const auto text = plan.join(u'\n');
        QVERIFY2(text.contains(u"SEARCH i USING INDEX spool_instances_series"), qPrintable(text));
        QVERIFY2(!text.contains(u"SCAN i"), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestSpoolSearch)
#include "TestSpoolSearch.moc"
