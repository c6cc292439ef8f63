#include "tests/ui/support/UiFixture.h"

#include "ui/common/ProblemList.h"
#include "ui/destinations/DestinationCard.h"
#include "ui/destinations/DestinationEditor.h"
#include "ui/destinations/DestinationForm.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/doctor/DoctorView.h"
#include "ui/forms/FieldRow.h"

#include <QAbstractButton>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

void type(DestinationEditor& editor, const QString& key, const QString& text)
{
    auto* line = qobject_cast<QLineEdit*>(editor.row(key)->input());
    QVERIFY(line != nullptr);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

void press(QAbstractButton* button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

void pressActionOf(Banner* banner)
{
    QVERIFY(banner != nullptr);
    auto* action = banner->findChild<QPushButton*>();
    QVERIFY(action != nullptr);
    press(action);
}

} // namespace

class TestDestinationsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void nothingThereTeachesTheNextStep()
    {
        UiFixture fixture;
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        QVERIFY(page.isEmptyStateShown());
        QVERIFY(shownTexts(page).contains(u"Where should images go?"_s));
    }

    void aDestinationIsTypedTestedAndSaved()
    {
        const auto pacs = goodPacs();
        UiFixture fixture("# ours\n"_ba);
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        page.addDestination();
        auto& editor = *page.editor();
        type(editor, u"name"_s, u"MAIN-PACS"_s);
        type(editor, u"host"_s, u"127.0.0.1"_s);
        type(editor, u"port"_s, QString::number(pacs->port()));
        type(editor, u"ae_title"_s, u"PACS1"_s);
        press(editor.testButton());
        QTRY_VERIFY(editor.doctor()->lines()[4].startsWith(u"C-ECHO answered"));
        press(editor.saveButton());
        QTRY_VERIFY(page.editor() == nullptr);
        QVERIFY(page.card(u"MAIN-PACS"_s) != nullptr);
        QVERIFY(!page.isEmptyStateShown());
        QVERIFY(fixture.fileText().startsWith("# ours\n"));
    }

    void whatIsWrongIsSaidAtItsFieldAndNothingIsSaved()
    {
        UiFixture fixture(toml(destination(u"MAIN-PACS"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        page.addDestination();
        auto& editor = *page.editor();
        type(editor, u"name"_s, u"main-pacs"_s);
        QCOMPARE(editor.row(u"name"_s)->problem(), u"Another destination has this name already."_s);
        type(editor, u"host"_s, u"10.1.2.3"_s);
        type(editor, u"port"_s, u"99999"_s);
        press(editor.saveButton());
        QVERIFY(page.editor() != nullptr);
        QVERIFY(!editor.row(u"port"_s)->problem().isEmpty());
        QVERIFY(editor.row(u"ae_title"_s)->problem().startsWith(u"This is needed"));
        QTRY_COMPARE(page.window()->focusWidget(), editor.row(u"name"_s)->input());
        QCOMPARE(fixture.config.config().destinations.size(), 1U);
    }

    void whatWasTypedIsNotThrownAwayByEscape()
    {
        UiFixture fixture(toml(destination(u"A"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        page.edit(u"A"_s);
        QTest::keyClick(page.editor(), Qt::Key_Escape);
        QVERIFY(page.editor() == nullptr);
        page.edit(u"A"_s);
        type(*page.editor(), u"host"_s, u"other"_s);
        QTest::keyClick(page.editor(), Qt::Key_Escape);
        QVERIFY(page.editor() != nullptr);
        pressActionOf(page.editor()->problems().banner(u"unsaved"_s));
        QVERIFY(page.editor() == nullptr);
    }

    void theEditorChangesTheDestinationInTheFile()
    {
        UiFixture fixture(toml(destination(u"A"_s)) + "# about B\n" + toml(destination(u"B"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        press(page.card(u"A"_s)->editButton());
        QVERIFY(page.editor() != nullptr);
        type(*page.editor(), u"port"_s, u"11112"_s);
        press(page.editor()->saveButton());
        QTRY_COMPARE(fixture.config.config().find(u"A")->port, 11112);
        QVERIFY(fixture.fileText().contains("# about B\n"));
    }

    void removeCanBeUndone()
    {
        UiFixture fixture(toml(destination(u"A"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        press(page.card(u"A"_s)->removeButton());
        QTRY_VERIFY(page.problems().banner(u"change"_s) != nullptr);
        QVERIFY(page.isEmptyStateShown());
        pressActionOf(page.problems().banner(u"change"_s));
        QTRY_VERIFY(page.card(u"A"_s) != nullptr);
    }

    void aCardShowsItsTestAndTheBadgeCounts()
    {
        const auto pacs = rejectingPacs();
        UiFixture fixture(toml(destination(u"A"_s, pacs->port())));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        QSignalSpy badge(&page, &Page::badgeChanged);
        auto* card = page.card(u"A"_s);
        QVERIFY(!card->doctor()->isVisible());
        press(card->testButton());
        QCOMPARE(card->testButton()->text(), u"Cancel"_s);
        QTRY_COMPARE(card->testButton()->text(), u"Test (C-ECHO)"_s);
        QVERIFY(card->doctor()->isVisible());
        QVERIFY(card->doctor()->copyButton()->isVisible());
        QCOMPARE(badge.last().first().toInt(), 1);
    }

    void aHangingTestIsCancelledFromItsCard()
    {
        const auto pacs = silentPacs();
        UiFixture fixture(toml(destination(u"A"_s, pacs->port())));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        auto* card = page.card(u"A"_s);
        press(card->testButton());
        QTRY_VERIFY(card->doctor()->lines()[1].startsWith(u"Connected"));
        press(card->testButton());
        QTRY_COMPARE(card->testButton()->text(), u"Test (C-ECHO)"_s);
        QVERIFY(!card->doctor()->copyButton()->isVisible());
    }

    void theFilterHidesWhatDoesNotMatch()
    {
        UiFixture fixture(toml(destination(u"MAIN"_s)) + toml(destination(u"AI-NODE"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        QTest::keyClicks(page.filter(), u"ai"_s);
        QVERIFY(page.card(u"MAIN"_s) == nullptr || page.card(u"AI-NODE"_s) != nullptr);
        QTest::keyClicks(page.filter(), u"-node"_s);
        QVERIFY(page.card(u"MAIN"_s) == nullptr);
        QVERIFY(page.card(u"AI-NODE"_s) != nullptr);
        page.filter()->clear();
        QVERIFY(page.card(u"MAIN"_s) != nullptr);
    }

    void filesGoOutAndIn()
    {
        UiFixture fixture(toml(destination(u"A"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        const auto path = fixture.folder.filePath(u"out.csv"_s);
        page.exportFile(path);
        QTRY_VERIFY(page.problems().banner(u"file"_s) != nullptr);
        QCOMPARE(page.problems().banner(u"file"_s)->kind(), BannerKind::Good);
        page.importFile(path);
        QTRY_COMPARE(page.problems().banner(u"file"_s)->kind(), BannerKind::Bad); // a duplicate: nothing imported
        page.remove(u"A"_s);
        QTRY_VERIFY(page.isEmptyStateShown());
        page.importFile(path);
        QTRY_VERIFY(page.card(u"A"_s) != nullptr);
        QFile wrong(fixture.folder.filePath(u"wrong.toml"_s));
        QVERIFY(wrong.open(QIODevice::WriteOnly) && wrong.write("x = 1\ny = 2\n") > 0 && wrong.flush());
        page.importFile(wrong.fileName());
        QTRY_COMPARE(page.problems().banner(u"file"_s)->kind(), BannerKind::Bad);
        QCOMPARE(page.problems().banner(u"file"_s)->text().count(u'\n'), 1); // both faults, each on its line
    }

    void everythingHasANameAndTabGoesFromTopToBottom()
    {
        UiFixture fixture(toml(destination(u"A"_s)) + toml(destination(u"B"_s)));
        QVERIFY(fixture.load());
        DestinationsPage page(fixture.config, fixture.backend);
        show(page);
        QCOMPARE(namelessWidgets(page), QStringList());
        const auto overview = tabChain(page);
        QVERIFY(overview.indexOf(page.card(u"A"_s)->testButton()) > overview.indexOf(page.filter()));
        QVERIFY(
            overview.indexOf(page.card(u"B"_s)->testButton()) > overview.indexOf(page.card(u"A"_s)->removeButton()));
        page.edit(u"A"_s);
        QCOMPARE(namelessWidgets(page), QStringList());
        const auto chain = tabChain(page);
        qsizetype before = -1;
        for (const auto* key : {u"name", u"ae_title", u"host", u"port", u"calling_ae_title"}) {
            const auto at = chain.indexOf(page.editor()->row(QString::fromUtf16(key))->input());
            QVERIFY2(at > before, qPrintable(QString::fromUtf16(key)));
            before = at;
        }
    }

private:
    static void show(QWidget& page)
    {
        page.resize(1000, 700);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }

    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestDestinationsPage)
#include "TestDestinationsPage.moc"
