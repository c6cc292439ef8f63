#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ProblemList.h"
#include "ui/rules/RuleEditor.h"
#include "ui/rules/RulesPage.h"

#include <QCheckBox>
#include <QDirIterator>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kRules =
    "# who sends what\n[[rule]]\nname = \"CT\"\nsend = \"MAIN-PACS\"\nwhen = { modality = \"CT\" }\n"
    "\n[[rule]]\nname = \"rest\" # all of it\nsend = \"MAIN-PACS\"\n"_ba;

struct Room
{
    explicit Room(const QByteArray& rules = kRules)
        : fixture("language = \"en\"\n" + toml(destination(u"MAIN-PACS"_s)) + '\n' + rules)
    {
        QVERIFY(fixture.load());
        page = std::make_unique<RulesPage>(fixture.config);
        page->resize(1000, 640);
        page->show();
    }

    [[nodiscard]] QString cell(int row, int column) const
    {
        return page->list()->model()->index(row, column).data().toString();
    }
    [[nodiscard]] int rows() const { return page->list()->model()->rowCount(); }

    UiFixture fixture;
    std::unique_ptr<RulesPage> page;
};

} // namespace

class TestRulesPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void theRulesOfTheFileAreListedInWords()
    {
        const Room room;
        QCOMPARE(room.rows(), 2);
        QCOMPARE(room.cell(0, 0), u"1  CT"_s);
        QVERIFY(room.cell(0, 1).contains(u"CT"));
        QCOMPARE(room.cell(1, 1), u"every instance"_s);
        QCOMPARE(room.cell(1, 2), u"to MAIN-PACS at once"_s);
        QCOMPARE(namelessWidgets(*room.page), QStringList());
        QVERIFY(room.page->searchField()->property("search").toBool());
        room.page->searchField()->setText(u"every"_s);
        QVERIFY(room.page->list()->isRowHidden(0, {}) && !room.page->list()->isRowHidden(1, {}));
    }

    void orderAndForceAreChangedInTheFileAndCommentsStay()
    {
        const Room room;
        const QSignalSpy saved(room.page.get(), &RulesPage::saved);
        QVERIFY(QTest::qWaitForWindowActive(room.page.get()));
        room.page->list()->setFocus();
        room.page->list()->setCurrentIndex(room.page->list()->model()->index(1, 0));
        QTest::keyClick(room.page->list(), Qt::Key_Up, Qt::ControlModifier);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(room.cell(0, 0), u"1  rest"_s);
        QCOMPARE(room.page->list()->currentIndex().row(), 0); // went with it
        QTest::keyClick(room.page->list(), Qt::Key_Space);
        QTRY_COMPARE(saved.size(), 2);
        QVERIFY(!room.fixture.config.config().rules.rules[0].enabled);
        QVERIFY(room.fixture.fileText().contains("# who sends what"));
        room.page->duplicate(u"CT"_s);
        QTRY_COMPARE(saved.size(), 3);
        QCOMPARE(room.cell(2, 0), u"3  CT 2"_s);
    }

    void whatIsRemovedComesBackByUndo()
    {
        const Room room;
        const QSignalSpy saved(room.page.get(), &RulesPage::saved);
        room.page->remove(u"CT"_s);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(room.rows(), 1);
        room.page->problems().banner(u"change"_s)->findChild<QPushButton*>()->click();
        QTRY_COMPARE(saved.size(), 2);
        QCOMPARE(room.cell(0, 0), u"1  CT"_s);
    }

    void aRuleIsWrittenAndReadWhileItIsWritten()
    {
        const Room room;
        room.page->addRule();
        auto* editor = room.page->editor();
        QVERIFY(editor != nullptr);
        QTRY_VERIFY(editor->saveButton()->isEnabled()); // the beginning is right
        const QSignalSpy checked(editor, &RuleEditor::checked);
        auto text = editor->text()->toPlainText();
        editor->text()->setPlainText(QString(text).replace(u"MAIN-PACS"_s, u"NOWHERE"_s));
        QVERIFY(!editor->saveButton()->isEnabled()); // until it was read
        QTRY_COMPARE(checked.size(), 1);
        QVERIFY(!editor->saveButton()->isEnabled());
        QCOMPARE(editor->problemTexts().size(), 1);
        QVERIFY2(editor->problemTexts().front().startsWith(u"Line "), qPrintable(editor->problemTexts().front()));
        QVERIFY(editor->problemTexts().front().contains(u"NOWHERE"));
        editor->text()->setPlainText(text.replace(u"New rule"_s, u"Angio"_s));
        QTRY_VERIFY(editor->saveButton()->isEnabled());
        const QSignalSpy saved(room.page.get(), &RulesPage::saved);
        editor->saveButton()->click();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(room.page->editor(), nullptr);
        QCOMPARE(room.cell(2, 0), u"3  Angio"_s);
        QCOMPARE(room.page->list()->currentIndex().row(), 2);
        room.page->edit(u"Angio"_s);
        QVERIFY(room.page->editor()->text()->toPlainText().contains(u"Angio"));
        room.page->explain(room.fixture.configFile); // a file that is dropped takes nothing away
        QVERIFY(room.page->editor() != nullptr);
        QTest::keyClick(room.page->editor()->text(), Qt::Key_Escape);
        QCOMPARE(room.page->editor(), nullptr);
    }

    void aFileIsExplainedRuleByRule()
    {
        const Room room;
        dicom::SyntheticParams made;
        made.folder = room.fixture.folder.filePath(u"in"_s);
        made.series = {{dicom::SyntheticKind::Sr, 1}};
        QVERIFY(dicom::makeSyntheticStudies(made, {}));
        QDirIterator files(made.folder, QDir::Files, QDirIterator::Subdirectories);
        QVERIFY(files.hasNext());
        const QSignalSpy explained(room.page.get(), &RulesPage::explained);
        room.page->explain(files.next());
        QTRY_COMPARE(explained.size(), 1);
        const auto& tree = *room.page->trialView()->model();
        QCOMPARE(tree.rowCount(), 2);
        QCOMPARE(tree.index(0, 1).data().toString(), u"does not match"_s);
        QVERIFY(tree.index(0, 0, tree.index(0, 0)).data().toString().contains(u"SR")); // what it has instead
        QCOMPARE(tree.index(1, 1).data().toString(), u"matches"_s);
        QVERIFY2(room.page->trialText().startsWith(u"Sent to MAIN-PACS"), qPrintable(room.page->trialText()));
        room.page->explain(room.fixture.configFile);
        QTRY_COMPARE(explained.size(), 2);
        QVERIFY(room.page->problems().banner(u"trial"_s) != nullptr);
        QVERIFY(room.page->trialView()->isVisible()); // what was there stays
    }

    void withoutRulesThePageSaysWhatTheyAre()
    {
        const Room room(QByteArray{});
        QVERIFY(shownTexts(*room.page).contains(u"No rules yet"_s));
        QVERIFY(!room.page->list()->isVisible());
    }

    void aFileWithFaultsIsNotChanged()
    {
        Room room;
        room.fixture.write("nonsense = 1\n"_ba);
        QVERIFY(room.fixture.load());
        const QSignalSpy saved(room.page.get(), &RulesPage::saved);
        room.page->move(u"rest"_s, -1);
        QTRY_VERIFY(room.page->problems().banner(u"change"_s) != nullptr);
        QCOMPARE(saved.size(), 0);
        QCOMPARE(room.fixture.fileText(), "nonsense = 1\n"_ba);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestRulesPage)
#include "TestRulesPage.moc"
