#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ProblemList.h"
#include "ui/main/KeyboardHelp.h"
#include "ui/main/KeyTips.h"
#include "ui/shell/Shell.h"

#include <QTest>
#include <QTime>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

/// Something to ask about: a job that waits for other hours than these.
void holdAJob(Stage& stage)
{
    dicom::SyntheticParams made;
    made.folder = stage.home + u"/in"_s;
    made.series = {{dicom::SyntheticKind::Tiny, 12}};
    (void)dicom::makeSyntheticStudies(made, {});
    engine::SendRequest request;
    request.paths = {made.folder};
    request.destinations = {stage.program.config().config().destinations.front()};
    const auto now = QTime::currentTime();
    request.destinations[0].hours = config::HoursWindow{now.addSecs(3600), now.addSecs(7200)};
    stage.program.backend().run(
        &stage.window, [request](engine::Engine& engine) { return engine.send(request).has_value(); }, [](bool) {});
    (void)QTest::qWaitFor([&stage] { return stage.window.activity().summary().left == 12; }, kPatienceMs);
}

} // namespace

void shootShell(Studio& studio)
{
    studio.play(u"close-question"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        holdAJob(stage);
        stage.window.close();
    });
    studio.play(u"close-receiving"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        stage.program.shell()->setReceiving(true);
        stage.window.close();
    });
    studio.play(u"keyboard"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        stage.other = std::make_unique<KeyboardHelp>();
        stage.other->setAttribute(Qt::WA_DeleteOnClose, false);
        stage.other->show();
    });
    studio.play(
        u"key-tips"_s, studio.settings() + studio.destinations(), [](Stage& stage) { stage.window.keyTips().show(); });
    studio.play(u"close-no-tray"_s, studio.settings() + "when_closed = \"keep-sending\"\n" + studio.destinations(),
        [](Stage& stage) {
            holdAJob(stage);
            stage.window.close();
            stage.program.give({}); // as by a second start
            (void)QTest::qWaitForWindowExposed(&stage.window);
        });
}

} // namespace radpost::test
