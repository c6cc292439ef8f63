#include "core/engine/StudyTree.h"

#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace Qt::StringLiterals;

namespace {

scan::ScannedInstance instance(const QString& patientId, const QByteArray& study, const QByteArray& series)
{
    scan::ScannedInstance made;
    made.header.patientId = patientId;
    made.header.studyInstanceUid = {study};
    made.header.seriesInstanceUid = {series};
    made.header.sopClassUid = {"1.2.840.10008.5.1.4.1.1.2"};
    made.header.transferSyntaxUid = {"1.2.840.10008.1.2.1"};
    made.sizeBytes = 100;
    return made;
}

} // namespace

class TestStudyTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAddUpAtEveryLevel()
    {
        StudyTree tree;
        for (const auto* series : {"1.1", "1.1", "1.2"}) {
            tree.add(instance(u"A"_s, "1", series));
        }
        tree.add(instance(u"B"_s, "2", "2.1"));

        QCOMPARE(tree.patients().size(), size_t(2));
        const auto& first = tree.patients().front();
        QCOMPARE(first.instances, 3);
        QCOMPARE(first.bytes, 300);
        QCOMPARE(first.studies.front().series.size(), size_t(2));
        QCOMPARE(first.studies.front().series.front().instances, 2);
        QCOMPARE(tree.patients().back().studies.front().instances, 1);
    }

    void oneSeriesUidUnderTwoPatientsMakesTwoSeries()
    {
        StudyTree tree;
        tree.add(instance(u"A"_s, "1", "1.1"));
        tree.add(instance(u"B"_s, "1", "1.1"));
        QCOMPARE(tree.patients().size(), size_t(2));
        QCOMPARE(tree.patients().back().studies.front().series.front().instances, 1);
    }

    void twoPeopleUnderOneIdAreSaid_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("birthDate");
        QTest::addColumn<bool>("mixed");
        QTest::newRow("same") << u"DOE^JOHN"_s << u"19700101"_s << false;
        QTest::newRow("empty values contradict nothing") << QString() << QString() << false;
        QTest::newRow("another name") << u"ROE^JANE"_s << u"19700101"_s << true;
        QTest::newRow("another birth date") << u"DOE^JOHN"_s << u"19800101"_s << true;
    }

    void twoPeopleUnderOneIdAreSaid()
    {
        QFETCH(QString, name);
        QFETCH(QString, birthDate);
        QFETCH(bool, mixed);
        StudyTree tree;
        auto first = instance(u"A"_s, "1", "1.1");
        first.header.patientName = u"DOE^JOHN"_s;
        first.header.patientBirthDate = u"19700101"_s;
        auto second = first;
        second.header.patientName = name;
        second.header.patientBirthDate = birthDate;
        tree.add(first);
        tree.add(second);
        const auto expected = mixed ? TreeWarnings{TreeWarning::MixedPatients} : TreeWarnings{};
        QVERIFY(tree.patients().front().warnings == expected);
    }

    void aPatientWithoutIdIsKnownByName()
    {
        StudyTree tree;
        for (const auto& name : {u"A"_s, u"B"_s}) {
            auto nameless = instance({}, "1", "1.1");
            nameless.header.patientName = name;
            tree.add(nameless);
        }
        QCOMPARE(tree.patients().size(), size_t(2));
    }

    void mislabelledTextAndDifferingDuplicatesAreMarkedOnce()
    {
        StudyTree tree;
        auto odd = instance(u"A"_s, "1", "1.1");
        odd.header.charsetVerdict = dicom::CharsetVerdict::Mislabelled;
        tree.add(odd);
        tree.add(odd);
        tree.addDifferingDuplicate(odd);
        tree.addDifferingDuplicate(odd);
        const auto& patient = tree.patients().front();
        QVERIFY(patient.warnings == TreeWarnings{TreeWarning::MislabelledText});
        QVERIFY(patient.studies.front().series.front().warnings == TreeWarnings{TreeWarning::DifferingDuplicate});
        QCOMPARE(patient.instances, 2);
    }
};

QTEST_GUILESS_MAIN(TestStudyTree)
#include "TestStudyTree.moc"
