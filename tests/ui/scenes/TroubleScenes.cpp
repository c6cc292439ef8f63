#include "tests/ui/scenes/finishtests.h"
#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "ui/destinations/DestinationsPage.h"

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

void shootTroubles(Studio& studio)
{
    studio.play(u"config-faults"_s, studio.settings() + "colour = \"red\"\nscan.threads = 99\n",
        [](Stage& stage) { showPage<DestinationsPage>(stage.window); });
    studio.play(
        u"read-only"_s, studio.settings() + studio.destinations(),
        [](Stage& stage) { showPage<DestinationsPage>(stage.window); }, Studio::Ledger::InUse);
    studio.play(u"narrow"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        stage.window.resize(stage.window.minimumSize());
        finishTests(page, {u"云归档"_s});
    });
}

} // namespace radpost::test
