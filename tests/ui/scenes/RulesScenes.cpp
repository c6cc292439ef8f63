#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/rules/ConditionRow.h"
#include "ui/rules/RuleEditor.h"
#include "ui/rules/RuleFields.h"
#include "ui/rules/RuleForm.h"
#include "ui/rules/RuleListView.h"
#include "ui/rules/RulesPage.h"
#include "ui/rules/RuleTextView.h"
#include "ui/rules/TrialView.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

const QByteArray kRules = R"toml(
[[group]]
name = "ARCHIVE"
members = ["MAIN-PACS", "云归档"]

[[group]]
name = "READING-1"
kind = "balance"
members = ["AI-NODE", "放射科工作站"]

[[rule]]
name = "QA-PHANTOM"
note = "体模影像不外发"
action = "drop"
reason = "QA"
when = { attribute = "PatientID", regex = "^(QA|PHANTOM)", ignore_case = true }

[[rule]]
name = "ARCHIVE-ALL"
send = "ARCHIVE"

[[rule]]
name = "成人头部 CT"
trigger = "study"
quiet = "2min"
send = [{ to = "AI-NODE", priority = "high", only_missing = true }]
[rule.when]
all = [
    { modality = ["CT", "MR"] },
    { study_description = { contains = ["头", "HEAD"], ignore_case = true } },
    { not = { attribute = "PatientAge", until = "17Y" } },
]

[[rule]]
name = "CT-DEEP"
enabled = false
send = "READING-1"
[rule.when]
modality = "CT"
any = [ { calling_ae = "CT1" }, { calling_ae = "CT2", address = "10.1.0.0/16" } ]

[[rule]]
name = "NIGHT-HOLD"
action = "hold"
reason = "22:00-06:00"
when = { hours = "22:00-06:00" }
)toml";

void settle(const RuleForm& form)
{
    (void)QTest::qWaitFor([&form] { return form.isJudged(); }, kPatienceMs);
}

void shootEditor(Studio& studio, const QByteArray& toml)
{
    studio.play(u"rules-edit"_s, toml, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.edit(2);
        settle(page.editor()->form());
    });
    studio.play(u"rules-edit-problem"_s, toml, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.edit(2);
        auto& fields = page.editor()->fields();
        fields.nameField()->setText(u"ARCHIVE-ALL"_s);
        fields.tests().last()->attributeField()->setText(u"PATIENT-AGE"_s);
        fields.quietField()->setText(u"2"_s);
        settle(page.editor()->form());
    });
    studio.play(u"rules-add"_s, toml, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.addRule();
        settle(page.editor()->form());
    });
    studio.play(u"rules-text"_s, toml, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.edit(3);
        auto* text = page.editor()->text().editor();
        text->setPlainText(text->toPlainText().replace(u"modality"_s, u"modalty"_s));
        settle(page.editor()->form());
    });
    studio.play(u"rules-group"_s, toml, [](Stage& stage) { showPage<RulesPage>(stage.window).editGroup(0); });
}

void shootTrial(Studio& studio, const QByteArray& toml)
{
    studio.play(u"rules-try-empty"_s, toml, [](Stage& stage) { showPage<RulesPage>(stage.window).tryRules(); });
    studio.play(u"rules-try"_s, toml, [](Stage& stage) {
        dicom::SyntheticParams made;
        made.folder = stage.home + u"/tried"_s;
        made.series = {{dicom::SyntheticKind::Ct, 1, 64, 64}};
        (void)dicom::makeSyntheticStudies(made, {});
        auto& page = showPage<RulesPage>(stage.window);
        page.tryRules();
        page.trial()->callingField()->setText(u"CT1"_s);
        page.trial()->addFiles({made.folder});
        (void)QTest::qWaitFor([&page] { return page.trial()->tree()->model()->rowCount() > 0; }, kPatienceMs);
    });
}

} // namespace

void shootRules(Studio& studio)
{
    const QByteArray none = studio.settings() + studio.destinations();
    const QByteArray toml = none + kRules;
    studio.play(u"rules-none"_s, none, [](Stage& stage) { showPage<RulesPage>(stage.window); });
    studio.play(u"rules"_s, toml, [](Stage& stage) { showPage<RulesPage>(stage.window).list().selectRow(2); });
    studio.play(u"rules-removed"_s, toml, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.remove(0);
        (void)QTest::qWaitFor([&page] { return !page.isSaving(); }, kPatienceMs);
    });
    shootEditor(studio, toml);
    shootTrial(studio, toml);
}

} // namespace radpost::test
