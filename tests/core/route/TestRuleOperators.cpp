#include "tests/core/route/RouteFixture.h"

using namespace radpost;
using namespace radpost::route;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

Verdict verdictOf(const InstanceFacts& facts, const RuleBook& book, Why* why = nullptr)
{
    EvaluateOptions options;
    options.explains = true;
    const auto routing = book.evaluate(facts, {}, options);
    const auto& report = routing.rules.front().condition;
    if (why != nullptr) {
        *why = report.test.why;
    }
    return report.verdict;
}

std::shared_ptr<const RuleBook> bookWhen(const QByteArray& condition)
{
    return bookOf("[[rule]]\nname = \"a\"\nsend = \"PACS\"\nwhen = " + condition + '\n');
}

DataSetBuilder dataSet()
{
    DataSetBuilder set;
    set.add(0x00080005U, "CS", "GB18030").add(0x00080008U, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    set.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.2").add(0x00080018U, "UI", "1.2.3.4");
    set.add(0x00080020U, "DA", "20240229")
        .add(0x00080030U, "TM", "101112.5")
        .add(0x0008002AU, "DT", "20240229101112+0800");
    set.add(0x00080060U, "CS", "CT").add(0x00081010U, "SH", "").add(0x00081030U, "LO", "\xCD\xB7\xB2\xBF CT");
    set.add(0x00100010U, "PN", "Wang^XiaoDong^=\xCD\xF5^\xD0\xA1\xB6\xAB").add(0x00100020U, "LO", "id-7");
    set.add(0x00101010U, "AS", "044Y").add(0x00180050U, "DS", "1.250").add(0x00181150U, "IS", "+12");
    set.add(0x0020000DU, "UI", "1.2.3").add(0x0020000EU, "UI", "1.2.3.1").addShort(0x00280010U, 512);
    set.add(0x00290010U, "LO", "ACME").add(0x00291001U, "LO", "17");
    DataSetBuilder item;
    item.add(0x00400009U, "SH", "STEP1");
    set.add(0x00324000U, "LT", QByteArray(9000, 'a') + "END").addSequence(0x00400275U, item);
    return set;
}

} // namespace

class TestRuleOperators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsAreJudged_data()
    {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<bool>("fits");
        const auto row = [](const QByteArray& condition, bool fits) { QTest::newRow(condition) << condition << fits; };
        row("{ calling_ae = \"CT1\" }", true);
        row("{ calling_ae = [\"CT2\", \"CT1\"] }", true);
        row("{ calling_ae = \"ct1\" }", false);
        row("{ calling_ae = { equals = \"ct1\", ignore_case = true } }", true);
        row("{ calling_ae = { regex = '^CT\\d+$' } }", true);
        row("{ calling_ae = { regex = '^ct', ignore_case = true } }", true);
        row("{ called_ae = { contains = \"GATE\" } }", true);
        row("{ called_ae = \"OTHER\" }", false);
        row("{ address = \"10.0.0.0/8\" }", true);
        row("{ address = [\"192.168.0.0/16\", \"10.1.2.3\"] }", true);
        row("{ address = \"10.1.3.0/24\" }", false);
        row("{ source = { exists = true } }", false);
        row("{ source = { exists = false } }", true);
        row("{ source = \"drop\" }", false);
        row("{ modality = [\"MR\", \"CT\"] }", true);
        row("{ modality = \"MR\" }", false);
        row("{ sop_class = \"CTImageStorage\" }", true);
        row("{ sop_class = \"CT Image Storage\" }", true);
        row("{ sop_class = \"1.2.840.10008.5.1.4.1.1.2\" }", true);
        row("{ sop_class = \"1.2.840.10008.5.1.4.1.1.20\" }", false);
        row("{ transfer_syntax = \"explicit vr little endian\" }", true);
        row("{ transfer_syntax = [\"JPEG2000Lossless\", \"RLELossless\"] }", false);
        row("{ study_description = { contains = \"routine\" } }", true);
        row("{ study_description = { regex = \"^HEAD\" } }", true);
        row("{ study_description = \"HEAD\" }", false);
        row("{ hours = \"10:00-11:00\" }", true);
        row("{ hours = \"10:30-10:31\" }", true);
        row("{ hours = \"10:00-10:30\" }", false);
        row("{ hours = \"22:00-11:00\" }", true);
        row("{ hours = [\"01:00-02:00\", \"22:00-06:00\"] }", false);
        row("{ weekday = \"wed\" }", true);
        row("{ weekday = \"mon-fri\" }", true);
        row("{ weekday = \"fri-mon\" }", false);
        row("{ weekday = [\"sat\", \"tue-wed\"] }", true);
        row("{ modality = \"CT\", calling_ae = \"CT1\" }", true);
        row("{ modality = \"CT\", calling_ae = \"CT2\" }", false);
        row("{ any = [{ modality = \"MR\" }, { calling_ae = \"CT1\" }] }", true);
        row("{ any = [{ modality = \"MR\" }, { calling_ae = \"CT2\" }] }", false);
        row("{ not = { modality = \"MR\" } }", true);
        row("{ not = { modality = \"CT\", calling_ae = \"CT1\" } }", false);
        row("{ not = { any = [{ modality = \"MR\" }, { not = { modality = \"CT\" } }] } }", true);
    }

    void factsAreJudged()
    {
        QFETCH(QByteArray, condition);
        const auto book = bookWhen(condition);
        QVERIFY(book);
        QTEST(verdictOf(someFacts(), *book) == Verdict::Yes, "fits");
        QTEST(!book->evaluate(someFacts()).deliveries.empty(), "fits");
    }

    void attributesAreJudged_data()
    {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("why");
        const auto row = [](const QByteArray& condition, Verdict verdict, Why why) {
            QTest::newRow(condition) << "{ attribute = " + condition + " }" << int(verdict) << int(why);
        };
        const auto yes = [&row](const QByteArray& condition) { row(condition, Verdict::Yes, Why::Fits); };
        const auto no = [&row](
                            const QByteArray& condition, Why why = Why::Differs) { row(condition, Verdict::No, why); };

        yes("\"ImageType\", equals = \"PRIMARY\"");
        yes("\"ImageType[3]\", equals = \"AXIAL\"");
        no("\"ImageType[1]\", equals = \"AXIAL\"");
        no("\"ImageType[4]\", exists = true", Why::Empty);
        no("\"ImageType\", equals = \"PRIMARY\", values = \"all\"");
        yes("\"ImageType\", regex = \"^[A-Z]+$\", values = \"all\"");
        yes("\"PatientID\", in = [\"x\", \"id-7\"]");
        no("\"PatientID\", equals = \"ID-7\"");
        yes("\"PatientID\", equals = \"ID-7\", ignore_case = true");
        yes("\"PatientID\", contains = [\"zz\", \"-7\"]");
        yes("\"StudyDescription\", contains = \"头部\"");
        yes("\"(0008,1030)\", regex = \"^头部\\\\s\"");
        yes("\"PatientName\", equals = \"王^小东\"");
        yes("\"PatientName\", equals = \"Wang^XiaoDong\"");
        yes("\"PatientName\", equals = \"Wang^XiaoDong^^\"");
        yes("\"PatientName\", equals = \"wang^xiaodong\", ignore_case = true, name_part = \"alphabetic\"");
        no("\"PatientName\", equals = \"王^小东\", name_part = \"alphabetic\"");
        yes("\"PatientName\", regex = \"^王\", name_part = \"ideographic\"");
        no("\"PatientName\", regex = \".\", name_part = \"phonetic\"", Why::Absent);
        yes("\"SliceThickness\", equals = 1.25");
        yes("\"SliceThickness\", from = 1, until = \"1.25\"");
        no("\"SliceThickness\", from = 1.26");
        yes("\"ExposureTime\", equals = \"12\"");
        yes("\"ExposureTime\", until = 12");
        yes("\"Rows\", from = 512");
        yes("\"Rows\", equals = 512");
        yes("\"PatientAge\", from = \"18Y\"");
        yes("\"PatientAge\", until = \"600M\"");
        no("\"PatientAge\", until = \"18Y\"");
        yes("\"StudyDate\", from = \"2024-02-29\", until = \"20240301\"");
        no("\"StudyDate\", from = \"20240301\"");
        yes("\"StudyDate\", equals = \"2024-02-29\"");
        yes("\"StudyTime\", from = \"10:00\", until = \"10:11:13\"");
        no("\"StudyTime\", until = \"10:11:12\"");
        yes("\"AcquisitionDateTime\", from = \"20240229021112\", until = \"20240229021112\"");
        yes("\"AcquisitionDateTime\", until = \"2024-02-29\"");
        no("\"AcquisitionDateTime\", from = \"20240301\"");
        yes("\"(0029,1001)\", creator = \"ACME\", from = 10, until = 20");
        no("\"(0029,1001)\", creator = \"OTHER\", exists = true", Why::Absent);
        yes("\"(0029,1001)\", creator = \"OTHER\", exists = false");
        row("\"PatientID\", from = 1", Verdict::Undecided, Why::NotComparable);
        no("\"StationName\", exists = true", Why::Empty);
        yes("\"StationName\", exists = false");
        no("\"StationName\", equals = \"X\"", Why::Empty);
        no("\"BodyPartExamined\", equals = \"HEAD\"", Why::Absent);
        yes("\"RequestAttributesSequence.ScheduledProcedureStepID\", equals = \"STEP1\"");
        yes("\"RequestAttributesSequence\", exists = true");
        row("\"RequestAttributesSequence\", equals = \"X\"", Verdict::Undecided, Why::NotComparable);
        yes("\"StudyComments\", regex = \"^aaa\"");
        row("\"StudyComments\", regex = \"END$\"", Verdict::Undecided, Why::CutShort);
        yes("\"StudyComments\", contains = \"END\"");
        row("\"StudyComments\", regex = \"^(a+)+[0-9]\"", Verdict::Undecided, Why::RegexLimit);
    }

    void attributesAreJudged()
    {
        QFETCH(QByteArray, condition);
        const auto book = bookWhen(condition);
        QVERIFY(book);
        const auto facts = factsOfFile(part10("1.2.840.10008.1.2.1", dataSet()), *book);
        QVERIFY(facts.attributes);
        Why why = Why::Differs;
        QTEST(int(verdictOf(facts, *book, &why)), "verdict");
        QTEST(int(why), "why");
    }

    void anAgeThatCannotBeReadIsNeitherYoungNorOld()
    {
        for (const char* condition : {"{ attribute = \"PatientAge\", until = \"17Y\" }",
                 "{ not = { attribute = \"PatientAge\", until = \"17Y\" } }"}) {
            const auto book = bookWhen(condition);
            QVERIFY(book);
            DataSetBuilder set;
            set.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.2").add(0x00080018U, "UI", "1.2.3.4");
            set.add(0x00101010U, "AS", "CHLD");
            const auto facts = factsOfFile(part10("1.2.840.10008.1.2.1", set), *book);
            QVERIFY(facts.attributes);
            const auto routing = book->evaluate(facts);
            QVERIFY(routing.deliveries.empty());
            QCOMPARE(routing.held.size(), 1U);
        }
    }

    void whatIsUndecidedIsNotItsOpposite()
    {
        auto facts = someFacts();
        facts.attributes.reset();
        for (const char* condition :
            {"{ attribute = \"PatientID\", equals = \"1\" }", "{ not = { attribute = \"PatientID\", equals = \"1\" } }",
                "{ modality = \"CT\", attribute = \"PatientID\", equals = \"1\" }",
                "{ any = [{ modality = \"MR\" }, { attribute = \"PatientID\", exists = false }] }"}) {
            const auto book = bookWhen(condition);
            QCOMPARE(verdictOf(facts, *book), Verdict::Undecided);
            const auto routing = book->evaluate(facts);
            QVERIFY(routing.deliveries.empty());
            QCOMPARE(routing.held.size(), 1U);
            QCOMPARE(routing.held[0].reason, HoldReason::Undecided);
        }
        QCOMPARE(verdictOf(facts, *bookWhen("{ modality = \"MR\", attribute = \"PatientID\", equals = \"1\" }")),
            Verdict::No);
        QCOMPARE(verdictOf(facts,
                     *bookWhen("{ any = [{ modality = \"CT\" }, { attribute = \"PatientID\", exists = true }] }")),
            Verdict::Yes);
    }

    void wrongTestsAreRefusedAtLoad_data()
    {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<int>("fault");
        const auto row = [](const QByteArray& condition, config::RuleFault fault) {
            QTest::newRow(condition) << condition << int(fault);
        };
        using config::RuleFault;
        row("{ attribute = \"PatientNme\", exists = true }", RuleFault::BadAttribute);
        row("{ attribute = \"(0010,001)\", exists = true }", RuleFault::BadAttribute);
        row("{ attribute = \"(0029,1001)\", exists = true }", RuleFault::NoCreator);
        row("{ attribute = \"PatientID.Modality\", exists = true }", RuleFault::BadAttribute);
        row("{ sop_class = \"CT Image\" }", RuleFault::UnknownSopClass);
        row("{ transfer_syntax = \"JPEG\" }", RuleFault::UnknownTransferSyntax);
        row("{ attribute = \"SliceThickness\", from = \"thin\" }", RuleFault::BadBound);
        row("{ attribute = \"StudyDate\", from = \"20240230\" }", RuleFault::BadBound);
        row("{ attribute = \"StudyTime\", until = \"25:00\" }", RuleFault::BadBound);
        row("{ attribute = \"PatientAge\", from = 18 }", RuleFault::BadBound);
        row("{ attribute = \"SliceThickness\", from = 3, until = 2 }", RuleFault::ImpossibleRange);
        row("{ attribute = \"StudyDate\", from = \"20240301\", until = \"2024-02-29\" }", RuleFault::ImpossibleRange);
        row("{ attribute = \"PatientAge\", from = \"2Y\", until = \"18M\" }", RuleFault::ImpossibleRange);
    }

    void wrongTestsAreRefusedAtLoad()
    {
        QFETCH(QByteArray, condition);
        const auto loaded = loadRules(
            "[[rule]]\nname = \"a\"\nsend = \"PACS\"\nwhen = " + condition + '\n', u"r.toml"_s, kDestinations);
        QVERIFY(!loaded.book);
        QCOMPARE(loaded.problems.size(), 1U);
        QTEST(int(loaded.problems[0].fault), "fault");
        QCOMPARE(loaded.problems[0].line, 4);
    }

    void wildExpressionsCostLittle()
    {
        const auto book = bookWhen("{ study_description = { regex = '^(\\w+\\s?)*$' } }");
        auto facts = someFacts();
        facts.studyDescription = QString(4000, u'a') + u'!';
        QElapsedTimer timer;
        timer.start();
        const auto routing = book->evaluate(facts);
        QVERIFY(timer.elapsed() < 5000); // without a bound: longer than the world has been
        QVERIFY(routing.deliveries.empty());
        QCOMPARE(routing.held.size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestRuleOperators)
#include "TestRuleOperators.moc"
