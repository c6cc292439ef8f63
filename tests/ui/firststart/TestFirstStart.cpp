#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "ui/common/ProblemList.h"
#include "ui/doctor/DoctorView.h"
#include "ui/firststart/FirstStart.h"
#include "ui/forms/FieldRow.h"
#include "ui/main/MainWindow.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using Step = FirstStart::Step;

namespace {

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// The program on a folder of its own, mostly without a configuration file.
struct Desktop
{
    explicit Desktop(const UiFixture& fixture, const QString& configFile = {})
    {
        options.configFile = configFile.isEmpty() ? fixture.configFile : configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        options.language = app::Language::English;
        program = std::make_unique<app::DesktopProgram>(*qApp, options);
    }

    [[nodiscard]] bool start() const
    {
        program->start();
        return QTest::qWaitFor([this] { return program->window() != nullptr; }, 10'000) &&
            QTest::qWaitForWindowActive(program->window());
    }

    [[nodiscard]] FirstStart* questions() const { return qobject_cast<FirstStart*>(program->window()->cover()); }

    app::DesktopOptions options;
    std::unique_ptr<app::DesktopProgram> program;
};

void enter(const Desktop& desktop)
{
    QTest::keyClick(desktop.program->window()->focusWidget(), Qt::Key_Return);
}

void type(const FirstStart& questions, const QString& key, const QString& text)
{
    auto* line = qobject_cast<QLineEdit*>(questions.row(key)->input());
    QVERIFY(line != nullptr && line->isVisible());
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

void describePacs(const FirstStart& questions, quint16 port)
{
    type(questions, u"destination.name"_s, u"MAIN-PACS"_s);
    type(questions, u"destination.ae_title"_s, u"PACS1"_s);
    type(questions, u"destination.host"_s, u"127.0.0.1"_s);
    type(questions, u"destination.port"_s, QString::number(port));
}

} // namespace

class TestFirstStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeAnswersByKeysAndTheProgramIsReady()
    {
        const auto pacs = goodPacs();
        const UiFixture fixture;
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        QVERIFY(questions != nullptr);
        QCOMPARE(questions->step(), Step::Language);
        enter(desktop);
        QCOMPARE(questions->step(), Step::Identity);
        type(*questions, u"ae_title"_s, u"CT07"_s);
        enter(desktop);
        QCOMPARE(questions->step(), Step::Destination);
        describePacs(*questions, pacs->port());
        QTest::mouseClick(questions->testButton(), Qt::LeftButton);
        QTRY_VERIFY(questions->doctor()->lines()[4].startsWith(u"C-ECHO answered"));
        QCOMPARE(desktop.program->backend().state(), Backend::State::Closed);
        questions->row(u"destination.port"_s)->setFocus();
        enter(desktop);
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
        QVERIFY(desktop.program->window()->cover() == nullptr);
        QCOMPARE(desktop.program->backend().params().callingAeTitle, AeTitle{"CT07"});
        QVERIFY(desktop.program->config().config().find(u"MAIN-PACS") != nullptr);
        QVERIFY(fixture.fileText().contains("ae_title = \"CT07\""));
    }

    void theLanguageChangesAsItIsChosen()
    {
        const UiFixture fixture;
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        const auto english = shownTexts(*questions);
        auto* choice = qobject_cast<QComboBox*>(questions->row(u"language"_s)->input());
        QVERIFY(choice->hasFocus());
        QTest::keyClick(choice, Qt::Key_End);
        QCOMPARE(choice->currentData().toString(), u"zh_CN"_s);
        QCOMPARE(desktop.program->language().current(), app::Language::Chinese);
        const auto isLeft = [&english](const QString& text) {
            return english.contains(text) && !hasChinese(text) && text != u"English" && text != u"RADPOST" &&
                std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
        };
        const auto left = [&] {
            auto texts = shownTexts(*questions);
            texts.removeIf([&](const QString& text) { return !isLeft(text); });
            return texts;
        };
        QTRY_COMPARE(left(), QStringList());
        QVERIFY(!fixture.fileText().contains("zh_CN")); // not before the end
        questions->skipButton()->click();
        QTRY_VERIFY(desktop.questions() == nullptr);
        QVERIFY(fixture.fileText().contains("language = \"zh_CN\""));
        QCOMPARE(desktop.program->language().current(), app::Language::Chinese);
    }

    void whatIsSkippedIsNotAskedAgain()
    {
        const UiFixture fixture;
        for (const bool isFirst : {true, false}) {
            const Desktop desktop(fixture);
            QVERIFY(desktop.start());
            QCOMPARE(desktop.questions() != nullptr, isFirst);
            if (isFirst) {
                QTest::keyClick(desktop.questions()->skipButton(), Qt::Key_Space);
            }
            QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
            QVERIFY(desktop.questions() == nullptr);
            QVERIFY(desktop.program->config().config() == config::Config{});
        }
    }

    void aHalfTypedAnswerIsNotKept()
    {
        const UiFixture fixture;
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        enter(desktop);
        type(*questions, u"ae_title"_s, u"CT"_s);
        QTest::mouseClick(questions->skipButton(), Qt::LeftButton);
        QTRY_VERIFY(desktop.questions() == nullptr);
        QVERIFY(!fixture.fileText().contains("ae_title"));
    }

    void wrongAnswersAreSaidAtTheirFields()
    {
        const UiFixture fixture;
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        enter(desktop);
        type(*questions, u"ae_title"_s, u"LONGER THAN SIXTEEN"_s);
        enter(desktop);
        QCOMPARE(questions->step(), Step::Identity);
        QVERIFY(!questions->row(u"ae_title"_s)->problem().isEmpty());
        type(*questions, u"ae_title"_s, u"CT07"_s);
        enter(desktop);
        QCOMPARE(questions->step(), Step::Destination);
        type(*questions, u"destination.port"_s, u"99999"_s);
        QTest::mouseClick(questions->nextButton(), Qt::LeftButton);
        for (const auto& key : {u"name"_s, u"host"_s, u"port"_s, u"ae_title"_s}) {
            const QString row = u"destination."_s + key;
            QVERIFY2(!questions->row(row)->problem().isEmpty(), qPrintable(row));
        }
        QVERIFY(questions->row(u"destination.name"_s)->input()->hasFocus());
        QVERIFY(!QFile::exists(fixture.configFile));
    }

    void theWayBackKeepsWhatWasTypedAndDropsTheTest()
    {
        const auto pacs = goodPacs();
        const UiFixture fixture;
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        enter(desktop);
        enter(desktop);
        describePacs(*questions, pacs->port());
        questions->testButton()->click();
        QVERIFY(questions->doctor()->isVisible());
        QTest::keyClick(questions->backButton(), Qt::Key_Space);
        QCOMPARE(questions->step(), Step::Identity);
        enter(desktop);
        QVERIFY(!questions->doctor()->isVisible());
        QCOMPARE(qobject_cast<QLineEdit*>(questions->row(u"destination.name"_s)->input())->text(), u"MAIN-PACS"_s);
    }

    void whatCannotBeSavedIsSaidAndStopsNobody()
    {
        const UiFixture fixture;
        QFile blocked(fixture.folder.filePath(u"blocked"_s));
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        const Desktop desktop(fixture, blocked.fileName() + u"/config.toml"_s);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        QVERIFY(questions != nullptr);
        questions->skipButton()->click();
        QTRY_VERIFY(questions->problems().banner(u"save"_s) != nullptr);
        QVERIFY(questions->isEnabled());
        QTest::mouseClick(questions->problems().banner(u"save"_s)->findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_COMPARE(desktop.program->backend().state(), Backend::State::Ready);
        QVERIFY(desktop.questions() == nullptr);
    }

    void withAFileNothingIsAsked()
    {
        const UiFixture fixture("# nothing\n"_ba);
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        QVERIFY(desktop.questions() == nullptr);
    }

    void everythingHasANameAndIsReached()
    {
        const UiFixture fixture;
        const Desktop desktop(fixture);
        QVERIFY(desktop.start());
        auto* questions = desktop.questions();
        QCOMPARE(namelessWidgets(*questions), QStringList());
        enter(desktop);
        enter(desktop);
        const QList<QWidget*> wanted{questions->row(u"destination.name"_s)->input(),
            questions->row(u"destination.ae_title"_s)->input(), questions->row(u"destination.host"_s)->input(),
            questions->row(u"destination.port"_s)->input(), questions->testButton(), questions->nextButton(),
            questions->backButton(), questions->skipButton()};
        QCOMPARE(tabChain(*desktop.program->window()), wanted);
        questions->skipButton()->setFocus();
        enter(desktop); // the button that is marked, not the next step
        QTRY_VERIFY(desktop.questions() == nullptr);
        QVERIFY(desktop.program->config().config().destinations.empty());
    }
};

QTEST_MAIN(TestFirstStart)
#include "TestFirstStart.moc"
