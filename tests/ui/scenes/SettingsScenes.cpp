#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "ui/settings/SettingsPage.h"

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

void shootSettings(Studio& studio)
{
    studio.play(u"settings"_s, studio.settings(), [](Stage& stage) { showPage<SettingsPage>(stage.window); });
}

} // namespace radpost::test
