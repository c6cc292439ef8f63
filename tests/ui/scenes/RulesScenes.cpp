#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/rules/RuleEditor.h"
#include "ui/rules/RulesPage.h"

#include <QDirIterator>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

const QByteArray kRules = R"(
[[group]]
name = "ARCHIVE"
kind = "failover"
members = ["MAIN-PACS", "云归档"]

[[rule]]
name = "CT to the archive"
send = ["ARCHIVE", "AI-NODE"]
trigger = "study"
when = { calling_ae = ["CT1", "CT2"], modality = "CT" }

[[rule]]
name = "夜间平扫"
send = "放射科工作站"
when = { hours = "22:00-06:00", study_description = { contains = "平扫" } }

[[rule]]
name = "Old scanner"
enabled = false
action = "hold"
reason = "names are mistyped there"
when = { calling_ae = "MR-OLD" }

[[rule]]
name = "Rest"
send = "MAIN-PACS"
)"_ba;

void explainOne(Stage& stage, RulesPage& page)
{
    dicom::SyntheticParams made;
    made.folder = stage.home + u"/in"_s;
    made.series = {{dicom::SyntheticKind::Ct, 1, 64, 64}};
    (void)dicom::makeSyntheticStudies(made, {});
    QDirIterator files(made.folder, QDir::Files, QDirIterator::Subdirectories);
    QSignalSpy explained(&page, &RulesPage::explained);
    page.explain(files.next());
    (void)explained.wait(kPatienceMs);
}

} // namespace

void shootRules(Studio& studio)
{
    studio.play(u"rules"_s, studio.settings() + studio.destinations() + kRules, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.list()->setCurrentIndex(page.list()->model()->index(1, 0));
    });
    studio.play(u"rules-empty"_s, studio.settings() + studio.destinations(),
        [](Stage& stage) { showPage<RulesPage>(stage.window); });
    studio.play(u"rules-explained"_s, studio.settings() + studio.destinations() + kRules,
        [](Stage& stage) { explainOne(stage, showPage<RulesPage>(stage.window)); });
    studio.play(u"rules-editor"_s, studio.settings() + studio.destinations() + kRules, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.edit(u"夜间平扫"_s);
        QSignalSpy checked(page.editor(), &RuleEditor::checked);
        (void)checked.wait(kPatienceMs);
    });
    studio.play(u"rules-faults"_s, studio.settings() + studio.destinations() + kRules, [](Stage& stage) {
        auto& page = showPage<RulesPage>(stage.window);
        page.edit(u"夜间平扫"_s);
        auto* text = page.editor()->text();
        text->setPlainText(
            text->toPlainText().replace(u"放射科工作站"_s, u"NOWHERE"_s).replace(u"22:00-06:00"_s, u"night"_s));
        (void)QTest::qWaitFor([&page] { return page.editor()->problemTexts().size() > 1; }, kPatienceMs);
    });
}

} // namespace radpost::test
