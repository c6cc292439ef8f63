#include "tests/ui/support/UiFixture.h"

#include "app/common/Language.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ProblemList.h"
#include "ui/rules/ConditionRow.h"
#include "ui/rules/GroupEditor.h"
#include "ui/rules/RuleEditor.h"
#include "ui/rules/RuleFields.h"
#include "ui/rules/RuleForm.h"
#include "ui/rules/RuleListModel.h"
#include "ui/rules/RuleListView.h"
#include "ui/rules/RulesPage.h"
#include "ui/rules/RuleTextView.h"
#include "ui/rules/SendRow.h"
#include "ui/rules/TrialView.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kRules = R"(
# the archive and its backup
[[group]]
name = "archive"
members = ["PACS", "AI"]

# Test images never leave.
[[rule]]
name = "phantoms"
action = "drop"
when = { attribute = "PatientID", regex = "^QA" }

[[rule]]
name = "deep"
send = "AI"
[rule.when] # kept
modality = "CT"
any = [ { calling_ae = "A" }, { calling_ae = "B" } ]

[[rule]]
name = "all"
send = "archive"
)";

QByteArray settings()
{
    return toml(destination(u"PACS"_s)) + toml(destination(u"AI"_s));
}

/// A page over a configuration with three rules and a group.
struct Room
{
    explicit Room(const QByteArray& text = settings() + kRules)
    {
        fixture.write(text);
        QVERIFY(fixture.load());
        page = std::make_unique<RulesPage>(fixture.config);
        page->resize(1000, 700);
        page->show();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const auto& rule : fixture.config.config().rules.rules) {
            names.append(rule.name);
        }
        return names;
    }

    [[nodiscard]] bool settle() const
    {
        return QTest::qWaitFor([this] { return !page->isSaving(); });
    }

    UiFixture fixture;
    std::unique_ptr<RulesPage> page;
};

} // namespace

class TestRulesPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyPageTeachesAndLeadsToTheFirstRule()
    {
        const Room room{settings()};
        QVERIFY(room.page->isEmptyStateShown());
        for (auto* button : room.page->findChildren<QPushButton*>()) {
            if (button->text() == u"Add the first rule") {
                button->click();
            }
        }
        auto* editor = room.page->editor();
        QVERIFY(editor != nullptr);
        QTest::keyClicks(editor->fields().nameField(), u"CT to AI"_s);
        editor->fields().addTestButton()->click();
        QTest::keyClicks(editor->fields().tests().front()->valueField(), u"CT"_s);
        editor->fields().sends().front()->targetField()->setCurrentText(u"AI"_s);
        editor->save();
        QTRY_VERIFY(room.page->editor() == nullptr);
        const auto rules = room.fixture.config.config().rules.rules;
        QCOMPARE(rules.size(), 1U);
        QCOMPARE(rules.front().name, u"CT to AI"_s);
        QCOMPARE(rules.front().when.test.values, QStringList{u"CT"_s});
        QCOMPARE(rules.front().sends.front().to, u"AI"_s);
        QVERIFY(!room.page->isEmptyStateShown());
    }

    void thePageSaysWhoAppliesTheRules()
    {
        const Room room;
        QVERIFY(
            shownTexts(*room.page).join(u'\n').contains(u"These rules hold for what arrives on the page Receive"_s));
    }

    void aSearchNarrowsTheRulesAndHidesNothingThatIsChanged()
    {
        const Room room;
        auto& list = room.page->list();
        const auto shown = [&list, &room] {
            QStringList names;
            for (int row = 0; row < list.rules()->model()->rowCount(); ++row) {
                if (!list.rules()->isRowHidden(row, {})) {
                    names.append(room.names().at(row));
                }
            }
            return names;
        };
        const auto all = shown();
        QVERIFY(list.searchField()->property("search").toBool()); // Ctrl+F goes there
        list.selectRow(1);
        QVERIFY(list.upButton()->isEnabled());
        list.searchField()->setText(all.first().toUpper());
        QCOMPARE(shown(), QStringList{all.first()});
        QCOMPARE(list.currentRow(), -1);
        list.selectRow(0);
        QVERIFY(!list.downButton()->isEnabled());
        QTest::keyClick(list.rules(), Qt::Key_Down, Qt::AltModifier);
        QVERIFY(!room.page->isSaving());
        list.searchField()->setText(u"no such rule"_s);
        QVERIFY(shown().isEmpty());
        list.searchField()->clear();
        QCOMPARE(shown(), all);
    }

    void keysMoveARuleAndTheRestOfTheFileStays()
    {
        const Room room;
        room.page->list().selectRow(0);
        auto* view = room.page->list().rules();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier); // before the first one is saved
        QCOMPARE(room.page->list().currentRow(), 2);
        QVERIFY(room.settle());
        QCOMPARE(room.names(), (QStringList{u"deep"_s, u"all"_s, u"phantoms"_s}));
        QTest::keyClick(view, Qt::Key_Up, Qt::AltModifier);
        QVERIFY(room.settle());
        QCOMPARE(room.names(), (QStringList{u"deep"_s, u"phantoms"_s, u"all"_s}));
        QVERIFY(room.fixture.fileText().contains("[rule.when] # kept"));
        QVERIFY(room.fixture.fileText().contains("# Test images never leave."));
        QVERIFY(room.page->problems().banner(u"change"_s) == nullptr);
    }

    void aRuleIsSwitchedOffAndKeepsTheCommentAbove()
    {
        const Room room;
        auto* view = room.page->list().rules();
        view->model()->setData(view->model()->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(room.settle());
        QVERIFY(!room.fixture.config.config().rules.rules[0].enabled);
        QVERIFY(room.fixture.fileText().contains("# Test images never leave.\n[[rule]]\nname = \"phantoms\""));
    }

    void aRuleIsRemovedAndComesBack()
    {
        const Room room;
        room.page->remove(1);
        QTRY_VERIFY(room.page->problems().banner(u"change"_s) != nullptr);
        QCOMPARE(room.names(), (QStringList{u"phantoms"_s, u"all"_s}));
        for (auto* button : room.page->problems().findChildren<QPushButton*>()) {
            if (button->text() == u"Undo") {
                button->click();
            }
        }
        QVERIFY(room.settle());
        QCOMPARE(room.names(), (QStringList{u"phantoms"_s, u"deep"_s, u"all"_s}));
    }

    void aRuleIsDuplicatedBehindItself()
    {
        const Room room;
        room.page->duplicate(1);
        QVERIFY(room.settle());
        QCOMPARE(room.names(), (QStringList{u"phantoms"_s, u"deep"_s, u"deep 2"_s, u"all"_s}));
        const auto& rules = room.fixture.config.config().rules.rules;
        QVERIFY(rules[2].when == rules[1].when);
    }

    void aDeepRuleIsEditedAsTextAndKeepsItsConditions()
    {
        const Room room;
        const auto before = room.fixture.config.config().rules.rules[1];
        room.page->edit(1);
        auto* editor = room.page->editor();
        QCOMPARE(editor->form().mode(), RuleForm::Mode::Text);
        auto* text = editor->text().editor();
        QVERIFY(text->isVisible());
        const auto good = text->toPlainText();
        text->setPlainText(QString(good).replace(u"modality"_s, u"modalty"_s));
        QTRY_VERIFY2(editor->text().problems().startsWith(u"Line "), qPrintable(editor->text().problems()));
        editor->save();
        QTRY_VERIFY(text->hasFocus());
        QVERIFY(room.page->editor() != nullptr);
        text->setPlainText(QString(good).replace(u"\"AI\""_s, u"\"PACS\""_s));
        editor->save();
        QTRY_VERIFY(room.page->editor() == nullptr);
        const auto after = room.fixture.config.config().rules.rules[1];
        QCOMPARE(after.sends.front().to, u"PACS"_s);
        QVERIFY(after.when == before.when);
    }

    void problemsStandAtTheirRow()
    {
        const Room room;
        room.page->edit(0);
        auto* row = room.page->editor()->fields().tests().front();
        row->attributeField()->setText(u"NoSuchKeyword"_s);
        QTRY_VERIFY2(row->problem().contains(u"NoSuchKeyword"), qPrintable(row->problem()));
        room.page->editor()->save();
        QTRY_VERIFY(row->isAncestorOf(QApplication::focusWidget()));
        row->attributeField()->setText(u"PatientID"_s);
        QTRY_COMPARE(row->problem(), QString());
        row->factField()->setCurrentIndex(row->factField()->findText(u"Address"_s));
        row->valueField()->setText(u"10.0.0.0/33"_s);
        QTRY_VERIFY(row->problem().contains(u"10.0.0.0/33"));
    }

    void whatSomebodyElseChangedIsNotOverwrittenSilently()
    {
        const Room room;
        room.page->edit(2);
        auto* editor = room.page->editor();
        editor->fields().nameField()->setText(u"everything"_s);
        auto theirs = room.fixture.fileText();
        theirs.replace("name = \"phantoms\"", "name = \"test objects\"");
        room.fixture.write(theirs);
        editor->save();
        QTRY_VERIFY(editor->problems().banner(u"change"_s) != nullptr);
        QCOMPARE(room.fixture.fileText(), theirs);
        for (auto* button : editor->problems().findChildren<QPushButton*>()) {
            if (button->text() == u"Save it all the same") {
                button->click();
            }
        }
        QTRY_VERIFY(room.page->editor() == nullptr);
        QCOMPARE(room.names(), (QStringList{u"test objects"_s, u"deep"_s, u"everything"_s}));
    }

    void aListThatIsOldChangesNothing()
    {
        const Room room;
        auto theirs = room.fixture.fileText();
        theirs.replace("name = \"phantoms\"", "name = \"test objects\"");
        room.fixture.write(theirs);
        room.page->remove(0);
        QTRY_VERIFY(room.page->problems().banner(u"change"_s) != nullptr);
        QCOMPARE(room.fixture.fileText(), theirs);
        QCOMPARE(room.page->rules().rules.front().name, u"test objects"_s);
    }

    void whatWasTypedIsNotThrownAwayByOneKey()
    {
        const Room room;
        room.page->edit(2);
        room.page->editor()->fields().nameField()->setText(u"x"_s);
        QTest::keyClick(room.page->editor(), Qt::Key_Escape);
        QVERIFY(room.page->editor() != nullptr);
        QVERIFY(room.page->editor()->problems().banner(u"unsaved"_s) != nullptr);
    }

    void aGroupIsLeftOnlyWhenItsChangesAreDiscarded()
    {
        const Room room;
        room.page->editGroup(0);
        QTest::keyClick(room.page->groupEditor(), Qt::Key_Escape);
        QTRY_VERIFY(room.page->groupEditor() == nullptr); // nothing was entered
        room.page->editGroup(0);
        room.page->groupEditor()->nameField()->setText(u"store"_s);
        QTest::keyClick(room.page->groupEditor(), Qt::Key_Escape);
        QVERIFY(room.page->groupEditor() != nullptr);
        auto* question = room.page->groupEditor()->problems().banner(u"unsaved"_s);
        QVERIFY(question != nullptr);
        question->findChild<QPushButton*>()->click();
        QTRY_VERIFY(room.page->groupEditor() == nullptr);
        QVERIFY(room.fixture.config.config().rules.groups.front().name != u"store"_s);
    }

    void groupsAreAddedRenamedAndKeptWhileInUse()
    {
        const Room room;
        room.page->removeGroup(0);
        QVERIFY(room.page->problems().banner(u"change"_s) != nullptr);
        room.page->editGroup(0);
        room.page->groupEditor()->nameField()->setText(u"store"_s);
        room.page->groupEditor()->save();
        QTRY_VERIFY(room.page->groupEditor() == nullptr);
        const auto& rules = room.fixture.config.config().rules;
        QCOMPARE(rules.groups.front().name, u"store"_s);
        QCOMPARE(rules.rules.back().sends.front().to, u"store"_s);
        room.page->addGroup();
        room.page->groupEditor()->nameField()->setText(u"PACS"_s);
        room.page->groupEditor()->save();
        QVERIFY(room.page->groupEditor() != nullptr);
        room.page->groupEditor()->nameField()->setText(u"second"_s);
        room.page->groupEditor()->members()->item(1)->setCheckState(Qt::Checked);
        room.page->groupEditor()->save();
        QTRY_VERIFY(room.page->groupEditor() == nullptr);
        QCOMPARE(room.fixture.config.config().rules.groups.size(), 2U);
    }

    void filesAreTriedWithTheRuleThatIsBeingEdited()
    {
        QTemporaryDir folder;
        dicom::SyntheticParams params;
        params.folder = folder.path();
        params.series = {{dicom::SyntheticKind::Tiny, 1}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}));
        const Room room;
        room.page->edit(2);
        room.page->editor()->fields().nameField()->setText(u"draft"_s);
        room.page->editor()->tryButton()->click();
        QTRY_VERIFY(room.page->trial() != nullptr);
        room.page->trial()->addFiles({folder.path()});
        QTRY_COMPARE(room.page->trial()->tree()->model()->rowCount(), 1);
        const auto& routing = room.page->trial()->trial().outcomes().front().trial->routing;
        QCOMPARE(routing.matched, QStringList{u"draft"_s});
        QTest::keyClick(room.page->trial(), Qt::Key_Escape);
        QVERIFY(room.page->trial() == nullptr);
        QVERIFY(room.page->editor()->isVisible());
        QCOMPARE(room.names().last(), u"all"_s); // nothing was saved
    }

    void aFileWithFaultsIsNotEdited()
    {
        const Room room;
        room.fixture.write("x = \n");
        QSignalSpy fault(&room.fixture.config, &ConfigStore::faultChanged);
        room.page->remove(0);
        QVERIFY(fault.wait());
        QCOMPARE(room.fixture.fileText(), "x = \n"_ba);
        room.page->list().selectRow(0);
        QVERIFY(!room.page->list().downButton()->isEnabled());
    }

    void everythingHasAName()
    {
        const Room room;
        QCOMPARE(namelessWidgets(*room.page), QStringList());
        room.page->edit(0);
        room.page->editor()->fields().addTestButton()->click();
        QCOMPARE(namelessWidgets(*room.page), QStringList());
        room.page->tryRules();
        room.page->addGroup();
        QCOMPARE(namelessWidgets(*room.page), QStringList());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestRulesPage)
#include "TestRulesPage.moc"
