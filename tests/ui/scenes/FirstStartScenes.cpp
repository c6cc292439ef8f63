#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "ui/doctor/DoctorView.h"
#include "ui/firststart/FirstStart.h"
#include "ui/forms/FieldRow.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

void type(FirstStart& questions, const QString& key, const QString& text)
{
    auto* line = qobject_cast<QLineEdit*>(questions.row(key)->input());
    line->selectAll();
    QTest::keyClicks(line, text);
}

/// The questions in the theme of the studio, which no file says; turned to @p step.
FirstStart& questionsAt(Stage& stage, const QByteArray& theme, FirstStart::Step step)
{
    auto settings = stage.program.config().config().settings;
    settings.theme = theme == "dark" ? config::Theme::Dark : config::Theme::Light;
    bool isSet = false;
    stage.program.config().changeSettings(settings, &stage.window, [&isSet](const Result<>&) { isSet = true; });
    (void)QTest::qWaitFor([&isSet] { return isSet; }, kPatienceMs);
    auto& questions = *qobject_cast<FirstStart*>(stage.window.cover());
    while (questions.step() != step) {
        questions.nextButton()->click();
    }
    return questions;
}

void fillIn(FirstStart& questions, quint16 port)
{
    type(questions, u"destination.name"_s, u"MAIN-PACS"_s);
    type(questions, u"destination.ae_title"_s, u"PACS1"_s);
    type(questions, u"destination.host"_s, u"127.0.0.1"_s);
    type(questions, u"destination.port"_s, QString::number(port));
}

void test(FirstStart& questions, quint16 port)
{
    fillIn(questions, port);
    questions.testButton()->click();
    const auto cancels = questions.testButton()->text();
    (void)QTest::qWaitFor([&] { return questions.testButton()->text() != cancels; }, kPatienceMs);
}

} // namespace

void shootFirstStart(Studio& studio)
{
    using Step = FirstStart::Step;
    const auto theme = studio.look().theme.toUtf8();
    studio.play(u"firststart-language"_s, {}, [&](Stage& stage) { questionsAt(stage, theme, Step::Language); });
    studio.play(u"firststart-identity"_s, {}, [&](Stage& stage) {
        type(questionsAt(stage, theme, Step::Identity), u"ae_title"_s, u"A TITLE THAT IS TOO LONG"_s);
    });
    studio.play(u"firststart-destination"_s, {}, [&](Stage& stage) { questionsAt(stage, theme, Step::Destination); });
    studio.play(u"firststart-problems"_s, {},
        [&](Stage& stage) { questionsAt(stage, theme, Step::Destination).nextButton()->click(); });
    studio.play(u"firststart-passed"_s, {},
        [&](Stage& stage) { test(questionsAt(stage, theme, Step::Destination), studio.goodPort()); });
    studio.play(u"firststart-failed"_s, {},
        [&](Stage& stage) { test(questionsAt(stage, theme, Step::Destination), studio.rejectingPort()); });
}

} // namespace radpost::test
