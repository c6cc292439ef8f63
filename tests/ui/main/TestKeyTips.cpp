#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/main/keyletters.h"
#include "ui/main/KeyTips.h"
#include "ui/main/MainWindow.h"
#include "ui/settings/SettingsPage.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

struct Window
{
    Window()
    {
        auto* column = new QVBoxLayout(&window);
        for (QWidget* widget : std::initializer_list<QWidget*>{&save, &cancel, &field}) {
            column->addWidget(widget);
        }
        field.setAccessibleName(u"Name"_s);
        window.show();
        field.setFocus();
    }

    QWidget window;
    QPushButton save{u"Save"_s};
    QPushButton cancel{u"Stop"_s};
    QLineEdit field;
    KeyTips tips{window};
};

} // namespace

class TestKeyTips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersAreOfTheTextWhereTheyCanBe()
    {
        QCOMPARE(keyLetters({u"Save"_s, u"Send to"_s, u"Stop"_s}), (QStringList{u"S"_s, u"T"_s, u"O"_s}));
        QCOMPARE(keyLetters({u"发送"_s, u"取消"_s}), (QStringList{u"A"_s, u"S"_s}));
        QCOMPARE(keyLetters({u"Add"_s}, {u"A"_s, u"3"_s}), QStringList{u"D"_s});
        const auto many = keyLetters(QStringList(40, u"Test"_s));
        QCOMPARE(many.size(), 40);
        QCOMPARE(QSet<QString>(many.begin(), many.end()).size(), 27); // 26 letters, and none for the rest
    }

    void altShowsTheKeysForAsLongAsItIsHeld()
    {
        Window it;
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        QSignalSpy saved(&it.save, &QPushButton::clicked);
        QTest::keyPress(&it.field, Qt::Key_Alt);
        QVERIFY(it.tips.isShown());
        QTest::keyClick(&it.field, Qt::Key_S, Qt::AltModifier);
        QCOMPARE(saved.size(), 1);
        QVERIFY(!it.tips.isShown());
        QTest::keyRelease(&it.save, Qt::Key_Alt);
        QVERIFY(!it.tips.isShown());
        QCOMPARE(it.field.text(), QString());
    }

    void altAloneLeavesThemUntilOneIsUsed()
    {
        Window it;
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        it.save.setFocus();
        QTest::keyClick(&it.save, Qt::Key_Alt);
        QVERIFY(it.tips.isShown());
        QTest::keyClick(&it.save, Qt::Key_N);
        QCOMPARE(QApplication::focusWidget(), &it.field);
        QVERIFY(!it.tips.isShown());
        QTest::keyClick(&it.field, Qt::Key_Alt);
        QTest::keyClick(&it.field, Qt::Key_Escape);
        QVERIFY(!it.tips.isShown());
        QTest::keyClick(&it.field, Qt::Key_Alt);
        QTest::keyClick(&it.field, Qt::Key_Alt); // once more: away
        QVERIFY(!it.tips.isShown());
        QTest::keyClicks(&it.field, u"snt"_s); // letters are letters again
        QCOMPARE(it.field.text(), u"snt"_s);
    }

    void whatCannotBeUsedHasNoKey()
    {
        Window it;
        it.save.setEnabled(false);
        it.cancel.hide();
        const auto tips = it.tips.tips();
        QCOMPARE(tips.size(), 1);
        QCOMPARE(tips.front().widget, &it.field);
        QVERIFY(!it.tips.use(u"S"_s));
    }

    void everyPageGivesEachControlAKeyOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("language");
        QTest::newRow("English") << "en"_ba;
        QTest::newRow("Chinese") << "zh_CN"_ba;
    }

    void everyPageGivesEachControlAKeyOfItsOwn()
    {
        QFETCH(QByteArray, language);
        const UiFixture fixture(
            "language = \"" + language + "\"\n" + toml(destination(u"MAIN-PACS"_s)) + toml(destination(u"AI-NODE"_s)));
        app::DesktopOptions options;
        options.configFile = fixture.configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        app::DesktopProgram program(*qApp, options);
        program.start();
        QTRY_VERIFY(program.window() != nullptr);
        auto& window = *program.window();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (int page = 0; page < window.pageCount(); ++page) {
            window.showPage(page);
            check(window);
        }
        auto* destinations = window.findChild<DestinationsPage*>();
        window.showPage(destinations);
        destinations->edit(u"MAIN-PACS"_s);
        check(window);
        // Digits are the pages, as with Ctrl.
        QVERIFY(window.keyTips().use(u"2"_s));
        QCOMPARE(window.currentPage(), window.page(1));
    }

private:
    static void check(MainWindow& window)
    {
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents); // the layout of the page
        QSet<QWidget*> with;
        QSet<QString> keys;
        for (const auto& tip : window.keyTips().tips()) {
            QVERIFY2(!keys.contains(tip.key), qPrintable(window.currentPage()->title() + u": "_s + tip.key));
            keys.insert(tip.key);
            with.insert(tip.widget);
        }
        for (auto* widget : tabChain(window)) {
            const bool isSeen = !widget->visibleRegion().isEmpty();
            QVERIFY2(!isSeen || with.contains(widget),
                qPrintable(window.currentPage()->title() + u": "_s + widget->accessibleName()));
        }
    }
};

QTEST_MAIN(TestKeyTips)
#include "TestKeyTips.moc"
