#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "ui/common/ProblemList.h"
#include "ui/destinations/DestinationEditor.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/log/LogFilterBar.h"
#include "ui/log/LogPage.h"
#include "ui/main/BottomStrip.h"
#include "ui/main/MainWindow.h"
#include "ui/query/QueryPage.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// The program on a file and a folder of its own.
struct Desktop
{
    explicit Desktop(const QByteArray& toml = {})
        : fixture(toml)
    {
        app::DesktopOptions options;
        options.configFile = fixture.configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        program = std::make_unique<app::DesktopProgram>(*qApp, options);
    }

    void start() const
    {
        QSignalSpy shown(program.get(), &app::DesktopProgram::shown);
        program->start();
        QVERIFY(shown.wait());
        QVERIFY(QTest::qWaitForWindowActive(program->window()));
    }

    [[nodiscard]] MainWindow& window() const { return *program->window(); }

    UiFixture fixture;
    std::unique_ptr<app::DesktopProgram> program;
};

// By design the same in both languages: names, titles, units, and languages by their own names.
bool isOfNoLanguage(const QString& text)
{
    static const QStringList known{u"Radpost"_s, u"English"_s, u"简体中文"_s, u"RADPOST"_s};
    return known.contains(text) || std::none_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowOpensAndTheLedgerFollows()
    {
        const Desktop desktop("language = \"en\"\n"_ba);
        desktop.start();
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
        QTRY_COMPARE(desktop.window().strip().text(), u"Nothing is being sent"_s);
        QTRY_COMPARE(desktop.window().strip().waitingText(), u"0 waiting"_s);
    }

    void theRailChangesThePageByMouseAndByKeys()
    {
        const Desktop desktop("language = \"en\"\n"_ba);
        desktop.start();
        auto& window = desktop.window();
        QCOMPARE(window.currentPage()->title(), u"Send"_s);
        QTest::mouseClick(window.rail().button(window.pageCount() - 1), Qt::LeftButton);
        QCOMPARE(window.currentPage()->title(), u"Settings"_s);
        QTest::mouseClick(window.strip().movingButton(), Qt::LeftButton);
        QCOMPARE(window.currentPage()->title(), u"Activity"_s);
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window.currentPage()->title(), u"Send"_s);
        window.rail().button(0)->setFocus();
        QTest::keyClick(window.rail().button(0), Qt::Key_Down);
        QCOMPARE(window.currentPage()->title(), u"Activity"_s);
        QVERIFY(window.rail().button(1)->isChecked());
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window.focusWidget(), window.rail().button(0));
        window.page(0)->findChild<QPushButton*>()->setFocus();
        QVERIFY(window.page(0)->isAncestorOf(window.focusWidget()));
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(window.focusWidget(), window.rail().button(1));
    }

    void aNewWindowFitsTheScreen()
    {
        QCOMPARE(sizeAtFirst({1920, 1080}), QSize(1120, 760));
        QCOMPARE(sizeAtFirst({1366, 728}), QSize(1120, 680));
        QCOMPARE(sizeAtFirst({800, 500}), QSize(960, 600)); // no smaller than it can be
    }

    void theSearchKeyFindsTheFieldOfThePage()
    {
        const Desktop desktop("language = \"en\"\n"_ba);
        desktop.start();
        auto& window = desktop.window();
        auto* query = window.findChild<QueryPage*>();
        window.showPage(query);
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(QApplication::focusWidget(), query->nameField());
        auto* log = window.findChild<LogPage*>();
        window.showPage(log);
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(QApplication::focusWidget(), log->findChild<LogFilterBar*>()->text());
    }

    void theLanguageChangesWithoutARestart()
    {
        const Desktop desktop("language = \"en\"\n"_ba + toml(destination(u"123"_s)));
        desktop.start();
        auto& window = desktop.window();
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
        auto* page = window.findChild<DestinationsPage*>();
        page->edit(u"123"_s);
        const auto english = shownTexts(window);
        QVERIFY(std::none_of(english.begin(), english.end(),
            [](const QString& text) { return hasChinese(text) && text != u"简体中文"; }));

        auto settings = desktop.program->config().config().settings;
        settings.language = u"zh_CN"_s;
        desktop.program->config().changeSettings(settings, this, [](const Result<>& saved) { QVERIFY(saved); });
        QTRY_COMPARE(desktop.program->language().current(), app::Language::Chinese);
        QTRY_COMPARE(window.strip().text().isEmpty(), false);
        QTRY_VERIFY(hasChinese(window.strip().text()));
        QStringList left;
        for (const auto& text : shownTexts(window)) {
            if (english.contains(text) && !isOfNoLanguage(text) && !text.contains(u"127.0.0.1") &&
                !text.contains(u"PACS1")) {
                left.append(text);
            }
        }
        QCOMPARE(left, QStringList());
        QVERIFY(page->editor() != nullptr); // what was being edited is still there
    }

    void aLedgerInUseIsSaidInABannerAndCanBeTriedAgain()
    {
        const Desktop desktop("language = \"en\"\n"_ba);
        engine::EngineParams params;
        params.dataFolder = desktop.fixture.folder.filePath(u"data"_s);
        auto other = engine::Engine::open(params);
        QVERIFY(other);
        desktop.start();
        auto& window = desktop.window();
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::ReadOnly);
        auto* banner = window.problems().banner(u"ledger"_s);
        QVERIFY(banner != nullptr);
        QCOMPARE(banner->kind(), BannerKind::Warning);
        QCOMPARE(window.strip().text(), u"Another Radpost has the ledger"_s);
        other->reset();
        QTest::mouseClick(banner->findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
        QVERIFY(window.problems().banner(u"ledger"_s) == nullptr);
    }

    void aFaultyConfigurationOpensNothingUntilItIsMended()
    {
        const Desktop desktop("port = 1\nnonsense = 2\n"_ba);
        desktop.start();
        auto* banner = desktop.window().problems().banner(u"config"_s);
        QVERIFY(banner != nullptr);
        QCOMPARE(banner->text().count(u'\n'), 1);
        QCOMPARE(desktop.program->backend().state(), Backend::State::Closed);
        desktop.fixture.write("language = \"en\"\n"_ba);
        QTest::mouseClick(banner->findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
        QVERIFY(desktop.window().problems().banner(u"config"_s) == nullptr);
    }

    void everythingCanBeReachedAndHasAName()
    {
        const Desktop desktop(toml(destination(u"A"_s)));
        desktop.start();
        auto& window = desktop.window();
        QCOMPARE(namelessWidgets(window).join(u' '), QString());
        for (int page = 0; page < window.pageCount(); ++page) {
            window.showPage(page);
            const auto chain = tabChain(window);
            QVERIFY(chain.size() > 3);
            QVERIFY(chain.contains(window.rail().button(0)));
            QVERIFY(chain.indexOf(window.rail().button(1)) < 2); // the rail comes first
        }
    }

    void fromRightToLeftNothingIsCut()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        {
            const Desktop desktop(toml(destination(u"A"_s)));
            desktop.start();
            auto& window = desktop.window();
            QVERIFY(window.rail().x() > window.strip().x());
            for (int page = 0; page < window.pageCount(); ++page) {
                window.showPage(page);
                QVERIFY(!window.grab().isNull());
            }
        }
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void argumentsAreRead()
    {
        const auto good =
            app::parseDesktopOptions({u"x"_s, u"--config"_s, u"/c"_s, u"--lang"_s, u"zh"_s, u"/cd"_s, u"a.zip"_s});
        QCOMPARE(std::get<app::DesktopOptions>(good).configFile, u"/c"_s);
        QCOMPARE(std::get<app::DesktopOptions>(good).language, app::Language::Chinese);
        QCOMPARE(
            std::get<app::DesktopOptions>(good).paths, QStringList({u"/cd"_s, QDir::current().filePath(u"a.zip"_s)}));
        for (const auto& wrong : {u"--lang=xx"_s, u"--nonsense"_s}) {
            const auto notice = app::parseDesktopOptions({u"x"_s, wrong});
            QCOMPARE(std::get<app::DesktopNotice>(notice).exitCode, 2);
        }
        QCOMPARE(std::get<app::DesktopNotice>(app::parseDesktopOptions({u"x"_s, u"--version"_s})).exitCode, 0);
    }
};

QTEST_MAIN(TestMainWindow)
#include "TestMainWindow.moc"
