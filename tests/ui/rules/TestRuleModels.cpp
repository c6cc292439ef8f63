#include "tests/ui/support/UiFixture.h"

#include "core/config/RuleParser.h"
#include "core/config/RulesText.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/rules/RuleForm.h"
#include "ui/rules/RuleListModel.h"
#include "ui/rules/RuleTrial.h"
#include "ui/rules/TrialModel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

const RuleSurroundings kAround{{u"PACS"_s, u"AI"_s}, {}, {u"other"_s}};

RuleSet rulesOf(const QByteArray& toml)
{
    return parseRules(toml, {}, {}).rules;
}

const QByteArray kRules = R"(
[[rule]]
name = "one"
send = "PACS"
[rule.when]
attribute = "PatientName"
contains = "nobody has this name"

[[rule]]
name = "two"
send = "AI"
stop = true

[[rule]]
name = "three"
action = "drop"
)";

QStringList textsOf(const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            texts.append(model.index(row, column, parent).data().toString());
        }
        texts += textsOf(model, model.index(row, 0, parent));
    }
    return texts;
}

} // namespace

class TestRuleModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        dicom::SyntheticParams params;
        params.folder = m_folder.filePath(u"studies"_s);
        params.series = {{dicom::SyntheticKind::Tiny, 3}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}));
    }

    void theListSaysWhatARuleDoes()
    {
        RuleListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRules(rulesOf(kRules).rules);
        QCOMPARE(model.rowCount(), 3);
        const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(1, RuleListModel::Number), u"2"_s);
        QCOMPARE(text(0, RuleListModel::When), u"PatientName contains nobody has this name"_s);
        QCOMPARE(text(1, RuleListModel::When), u"always"_s);
        QCOMPARE(text(1, RuleListModel::Then), u"to AI"_s);
        QCOMPARE(text(1, RuleListModel::Stop), u"stops"_s);
        QCOMPARE(text(2, RuleListModel::Then), u"drop"_s);
        auto fewer = rulesOf(kRules).rules;
        fewer.pop_back();
        model.setRules(fewer);
        fewer[0].enabled = false;
        model.setRules(fewer);
        QCOMPARE(model.index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        model.setRules({});
    }

    void aCheckAndADragAreWishes()
    {
        RuleListModel model;
        model.setRules(rulesOf(kRules).rules);
        QSignalSpy enabled(&model, &RuleListModel::enabledWanted);
        QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(enabled.first(), (QVariantList{1, false}));
        QVERIFY(model.rules()[1].enabled); // not before the file has it
        QSignalSpy moved(&model, &RuleListModel::moveWanted);
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0, 0)}));
        model.dropMimeData(data.get(), Qt::MoveAction, 3, 0, {});
        QCOMPARE(moved.takeFirst(), (QVariantList{0, 2}));
        model.dropMimeData(data.get(), Qt::MoveAction, 1, 0, {}); // where it is already
        QVERIFY(moved.isEmpty());
    }

    void theFormJudgesWhatIsTyped()
    {
        Background background(u"test"_s, 1);
        RuleForm form({}, kAround, background);
        QSignalSpy judged(&form, &RuleForm::judged);
        QSignalSpy finished(&form, &RuleForm::finished);
        QSignalSpy refused(&form, &RuleForm::refused);
        QVERIFY(judged.wait());
        QVERIFY(form.problemOf(RuleField::Name).isEmpty()); // not filled in yet
        QVERIFY(!form.isChanged());
        form.finish();
        QCOMPARE(refused.count(), 1);
        QVERIFY(!form.problemOf(RuleField::Name).isEmpty());
        QVERIFY(!form.problemOf(RuleField::Sends).isEmpty());
        form.change([](RuleDraft& draft) {
            draft.name = u"CT"_s;
            draft.sends.push_back({u"AI"_s, {}, {}, Priority::High});
        });
        QVERIFY(form.isChanged());
        form.finish(); // before it is judged
        QCOMPARE(finished.count(), 0);
        QVERIFY(finished.wait());
        QCOMPARE(finished.first().first().value<Rule>().sends.front().priority, Priority::High);
    }

    void aTestWithoutAValueIsComplainedAboutWhenItsAttributeIsWrong()
    {
        Background background(u"test"_s, 1);
        RuleForm form(rulesOf(kRules).rules[0], kAround, background);
        form.change([](RuleDraft& draft) {
            draft.tests[0] = {true, Fact::Attribute, u"PATIENT-AGE"_s, Comparison::Between, {}, u"17Y"_s, false, false};
        });
        QTRY_VERIFY(form.problemOf(RuleField::Tests, 0).contains(u"PATIENT-AGE"));
    }

    void aDeepRuleIsShownAsTextAndUntouchedStaysTheSame()
    {
        const auto deep =
            rulesOf("[[rule]]\nname = \"deep\"\nsend = \"PACS\"\n[rule.when]\nmodality = \"CT\"\n"
                    "any = [ { calling_ae = \"A\" }, { not = { called_ae = \"B\", weekday = \"mon\" } } ]\n")
                .rules.front();
        Background background(u"test"_s, 1);
        RuleForm form(deep, kAround, background);
        QCOMPARE(form.mode(), RuleForm::Mode::Text);
        QSignalSpy finished(&form, &RuleForm::finished);
        form.finish();
        QVERIFY(finished.wait());
        QVERIFY(finished.first().first().value<Rule>() == deep);
        QVERIFY(!form.canShowFields());
        form.setMode(RuleForm::Mode::Fields);
        QCOMPARE(form.mode(), RuleForm::Mode::Text);
    }

    void aRuleGoesToTextAndBack()
    {
        const auto rule = rulesOf(kRules).rules[1];
        Background background(u"test"_s, 1);
        RuleForm form(rule, kAround, background);
        QTRY_VERIFY(form.isJudged());
        form.setMode(RuleForm::Mode::Text);
        QCOMPARE(form.text().toUtf8(), ruleToToml(rule));
        QVERIFY(!form.isChanged());
        form.setText(QString(form.text()).replace(u"AI"_s, u"PACS"_s));
        QVERIFY(form.isChanged());
        QTRY_VERIFY(form.isJudged());
        form.setMode(RuleForm::Mode::Fields);
        QCOMPARE(form.draft().sends.front().to, u"PACS"_s);
        QVERIFY(form.isChanged());
    }

    void aTrialSaysWhereAndWhyAndMasksWhoItIs()
    {
        RuleTrial trial;
        trial.setRules(rulesOf(kRules));
        trial.add({m_folder.filePath(u"studies"_s)});
        QTRY_VERIFY(!trial.isBusy());
        QCOMPARE(trial.outcomes().size(), 3U);
        TrialModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setOutcomes(trial.outcomes());
        const auto texts = textsOf(model);
        const QString all = texts.join(u'|');
        QVERIFY2(all.contains(u"Rule 1: one|does not match|PatientName contains nobody has this name (it is ***)"),
            qPrintable(all));
        QVERIFY2(all.contains(u"Rule 2: two|matches"), qPrintable(all));
        QVERIFY2(all.contains(u"Rule 3: three|not looked at"), qPrintable(all));
        QVERIFY(texts.contains(u"AI"_s));
        model.showPersonal(true);
        QVERIFY(!textsOf(model).join(u'|').contains(u"***"));
    }

    void howItCameCounts()
    {
        RuleTrial trial;
        trial.setRules(rulesOf("[[rule]]\nname = \"r\"\nsend = \"PACS\"\nwhen = { calling_ae = \"CT1\" }\n"));
        trial.add({m_folder.filePath(u"studies"_s)});
        QTRY_VERIFY(!trial.isBusy());
        QVERIFY(trial.outcomes().front().trial->routing.deliveries.empty());
        trial.setArrival({AeTitle{"CT1"}, {}, {}, {}, {}});
        QTRY_VERIFY(!trial.isBusy());
        QCOMPARE(trial.outcomes().front().trial->routing.deliveries.size(), 1U);
        trial.clear();
        QTRY_VERIFY(!trial.isBusy());
        QVERIFY(trial.outcomes().empty());
    }

    void whatIsNoDicomIsSaid()
    {
        QFile file(m_folder.filePath(u"notes.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("hello") == 5 && file.flush());
        RuleTrial trial;
        trial.setRules(rulesOf(kRules));
        trial.add({file.fileName()});
        QTRY_VERIFY(!trial.isBusy());
        TrialModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setOutcomes(trial.outcomes());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data(TrialModel::kStatusRole).toInt(), int(Status::Bad));
        QVERIFY(!model.index(0, 1).data().toString().isEmpty());
    }

    void rulesThatDoNotCompileAreSaid()
    {
        RuleTrial trial;
        trial.setRules(
            rulesOf("[[rule]]\nname = \"r\"\nsend = \"PACS\"\nwhen = { attribute = \"NoSuch\", exists = true }\n"));
        QTRY_VERIFY(!trial.isBusy());
        QVERIFY(trial.error());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestRuleModels)
#include "TestRuleModels.moc"
