#include "tests/ui/support/UiFixture.h"

#include "ui/common/ProblemList.h"
#include "ui/forms/FieldRow.h"
#include "ui/settings/SettingsForm.h"
#include "ui/settings/SettingsPage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

QLineEdit* lineOf(SettingsPage& page, const QString& key)
{
    return qobject_cast<QLineEdit*>(page.row(key)->input());
}

void enter(SettingsPage& page, const QString& key, const QString& text)
{
    auto* line = lineOf(page, key);
    line->selectAll();
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
}

void choose(SettingsPage& page, const QString& key, const QString& word)
{
    auto* combo = qobject_cast<QComboBox*>(page.row(key)->input());
    const int index = combo->findData(word);
    QVERIFY(index >= 0);
    combo->setCurrentIndex(index);
    Q_EMIT combo->activated(index);
}

} // namespace

class TestSettingsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aChangeIsSavedAtOnceAndCommentsStay()
    {
        UiFixture fixture("# station 3\nae_title = \"CT01\" # on the label\n"_ba);
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        QSignalSpy saved(&page, &SettingsPage::saved);
        enter(page, u"ae_title"_s, u"CT02"_s);
        QVERIFY(saved.wait());
        QCOMPARE(fixture.fileText(), "# station 3\nae_title = \"CT02\" # on the label\n"_ba);
        choose(page, u"theme"_s, u"dark"_s);
        QVERIFY(saved.wait());
        QCOMPARE(fixture.config.config().settings.theme, config::Theme::Dark);
        choose(page, u"language"_s, u"zh_CN"_s);
        QVERIFY(saved.wait());
        QCOMPARE(fixture.config.config().settings.language, u"zh_CN"_s);
    }

    void impossibleValuesAreRefusedAtTheField()
    {
        UiFixture fixture;
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        enter(page, u"scan.threads"_s, u"0"_s);
        QVERIFY(!page.row(u"scan.threads"_s)->problem().isEmpty());
        enter(page, u"ae_title"_s, u"A\\B"_s);
        QVERIFY(!page.row(u"ae_title"_s)->problem().isEmpty());
        QVERIFY(fixture.load());
        QCOMPARE(fixture.fileText(), QByteArray());
    }

    void whatTheCommandLineWroteIsShown()
    {
        UiFixture fixture("ae_title = \"A\"\n"_ba);
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        fixture.write("ae_title = \"B\"\n"_ba);
        QVERIFY(fixture.load());
        QCOMPARE(lineOf(page, u"ae_title"_s)->text(), u"B"_s);
    }

    void aFileWithFaultsIsNotOfferedForChange()
    {
        UiFixture fixture("nonsense = 1\n"_ba);
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        QVERIFY(!lineOf(page, u"ae_title"_s)->isEnabled());
        fixture.write("ae_title = \"B\"\n"_ba);
        QVERIFY(fixture.load());
        QVERIFY(lineOf(page, u"ae_title"_s)->isEnabled());
    }

    void whatWaitsForTheNextStartSaysSo()
    {
        SettingsForm form({});
        form.setRunning({});
        QVERIFY(form.note(u"ae_title"_s).isEmpty());
        form.setText(u"ae_title"_s, u"CT02"_s);
        QVERIFY(!form.note(u"ae_title"_s).isEmpty());
        form.setText(u"theme"_s, u"dark"_s);
        QVERIFY(form.note(u"theme"_s).isEmpty());
    }

    void whatIsKeptAndShownOfPatientsCanBeChosen()
    {
        UiFixture fixture;
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        QSignalSpy saved(&page, &SettingsPage::saved);
        enter(page, u"ledger.keep_days"_s, u"90"_s);
        QVERIFY(saved.wait());
        enter(page, u"send.max_associations"_s, u"2"_s);
        QVERIFY(saved.wait());
        for (const auto& key : {u"privacy.lock_masking"_s, u"privacy.mask_receipts"_s}) {
            qobject_cast<QCheckBox*>(page.row(key)->input())->click();
            QVERIFY(saved.wait());
        }
        const auto& settings = fixture.config.config().settings;
        QCOMPARE(settings.ledgerKeepDays, 90);
        QCOMPARE(settings.sendMaxAssociations, 2);
        QVERIFY(settings.lockMasking && settings.maskReceipts);
        enter(page, u"ledger.keep_days"_s, u"-1"_s);
        QVERIFY(!page.row(u"ledger.keep_days"_s)->problem().isEmpty());
    }

    void wordsForNoNumberAreOfTheLanguage()
    {
        UiFixture fixture("send.max_associations = 2\n"_ba);
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        QCOMPARE(lineOf(page, u"scan.threads"_s)->text(), u"auto"_s);
        m_language.set(app::Language::Chinese);
        QTRY_COMPARE(lineOf(page, u"scan.threads"_s)->text(), u"自动"_s);
        QSignalSpy saved(&page, &SettingsPage::saved);
        auto* associations = lineOf(page, u"send.max_associations"_s);
        associations->clear();
        associations->insert(u"不限"_s);
        Q_EMIT associations->textEdited(associations->text());
        QTest::keyClick(associations, Qt::Key_Return);
        QVERIFY(saved.wait());
        QCOMPARE(fixture.config.config().settings.sendMaxAssociations, 0);
        enter(page, u"scan.threads"_s, u"3"_s);
        QVERIFY(saved.wait());
        enter(page, u"scan.threads"_s, u"auto"_s); // as the file has it, in every language
        QVERIFY(saved.wait());
        QCOMPARE(fixture.config.config().settings.scanThreads, 0);
        QVERIFY(page.row(u"scan.threads"_s)->problem().isEmpty());
        m_language.set(app::Language::English);
        QTRY_COMPARE(associations->text(), u"unlimited"_s);
    }

    void aSearchShowsWhatMatches()
    {
        UiFixture fixture;
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        page.show();
        QVERIFY(page.searchField()->property("search").toBool()); // Ctrl+F goes there
        page.searchField()->setText(u"receipts"_s);
        QVERIFY(page.row(u"privacy.mask_receipts"_s)->isVisible());
        QVERIFY(!page.row(u"theme"_s)->isVisible());
        page.searchField()->setText(u"ae_title"_s); // its key
        QVERIFY(page.row(u"ae_title"_s)->isVisible());
        page.searchField()->setText(u"nothing is called so"_s);
        QVERIFY(!page.row(u"theme"_s)->isVisible());
        page.searchField()->setText(u"and look"_s); // a heading: its whole group
        QVERIFY(page.row(u"theme"_s)->isVisible() && page.row(u"language"_s)->isVisible());
        page.searchField()->clear();
        for (const auto& key : {u"theme"_s, u"ledger.keep_days"_s}) {
            QVERIFY(page.row(key)->isVisible());
        }
    }

    void aFileThatCannotBeWrittenIsTold()
    {
        UiFixture fixture;
        QVERIFY(fixture.load());
        SettingsPage page(fixture.config, fixture.backend);
        fixture.write("scan = { threads = 2 }\n"_ba); // inline: nothing can be added to it
        enter(page, u"scan.temporary_folder"_s, u"/x"_s);
        QTRY_VERIFY(page.problems().banner(u"save"_s) != nullptr);
        QCOMPARE(lineOf(page, u"scan.temporary_folder"_s)->text(), u"/x"_s); // what was typed is not lost
        QVERIFY(namelessWidgets(page).isEmpty());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestSettingsPage)
#include "TestSettingsPage.moc"
