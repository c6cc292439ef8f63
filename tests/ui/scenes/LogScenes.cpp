#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/finishtests.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Engine.h"
#include "ui/common/ProblemList.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/log/LogFilterBar.h"
#include "ui/log/LogModel.h"
#include "ui/log/LogPage.h"
#include "ui/log/TraceCard.h"
#include "ui/log/TraceModel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

/// A day at the PACS: one job goes well, one is refused.
void work(Stage& stage)
{
    dicom::SyntheticParams made;
    made.folder = stage.home + u"/in"_s;
    made.series = {{dicom::SyntheticKind::Tiny, 3}};
    made.texts = {dicom::SyntheticText::Utf8};
    (void)dicom::makeSyntheticStudies(made, {});
    const auto& destinations = stage.program.config().config().destinations;
    for (const auto& destination : {destinations[0], destinations[1]}) {
        engine::SendRequest request;
        request.paths = {made.folder};
        request.destinations = {destination};
        stage.program.backend().run(
            &stage.window, [request](engine::Engine& engine) { return engine.send(request).has_value(); }, [](bool) {});
    }
}

void awaitText(const LogPage& page, const QString& part)
{
    (void)QTest::qWaitFor(
        [&] {
            for (int row = 0; row < page.model()->rowCount(); ++row) {
                if (page.model()->entry(page.model()->index(row, 0)).text.contains(part)) {
                    return true;
                }
            }
            return false;
        },
        kPatienceMs);
}

} // namespace

void shootLog(Studio& studio)
{
    const QByteArray toml = studio.settings() + studio.destinations();
    studio.play(u"log-events"_s, toml, [](Stage& stage) {
        auto& page = showPage<LogPage>(stage.window);
        work(stage);
        awaitText(page, u"stopped"_s);
        awaitText(page, u"files looked at"_s);
        (void)QTest::qWaitFor([&page] { return page.model()->rowCount() > 8; }, kPatienceMs / 4);
        page.list()->setCurrentIndex(page.model()->index(2, 0));
    });
    studio.play(u"log-no-match"_s, toml, [](Stage& stage) {
        auto& page = showPage<LogPage>(stage.window);
        page.filter()->text()->setText(u"C-FIND"_s);
        (void)QTest::qWaitFor([&page] { return page.shownState() == u"no-match"; }, kPatienceMs);
    });
    studio.play(u"log-trace"_s, toml, [](Stage& stage) {
        auto& destinations = showPage<DestinationsPage>(stage.window);
        auto& page = showPage<LogPage>(stage.window);
        page.trace()->choice()->setCurrentIndex(0);
        page.trace()->begin();
        finishTests(destinations, {u"MAIN-PACS"_s});
        (void)QTest::qWaitFor([&page] { return page.traceModel()->rowCount() > 12; }, kPatienceMs);
        page.traceTree()->expand(page.traceModel()->index(2, 0));
        page.followBox()->setChecked(false);
        page.traceTree()->scrollToTop();
    });
    studio.play(u"log-trace-waits"_s, toml, [](Stage& stage) {
        auto& page = showPage<LogPage>(stage.window);
        page.trace()->begin();
    });
    studio.play(u"log-bundle"_s, toml, [](Stage& stage) {
        auto& page = showPage<LogPage>(stage.window);
        page.unmaskBox()->setChecked(true);
        page.saveBundle(stage.home + u"/radpost-support.zip"_s);
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"save"_s) != nullptr; }, kPatienceMs);
    });
    studio.play(u"log-bundle-failed"_s, toml, [](Stage& stage) {
        auto& page = showPage<LogPage>(stage.window);
        page.saveBundle(stage.home + u"/no/such/folder.zip"_s);
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"save"_s) != nullptr; }, kPatienceMs);
    });
}

} // namespace radpost::test
