#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "ui/forms/FieldRow.h"
#include "ui/settings/SettingsPage.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

void shootSettings(Studio& studio)
{
    studio.play(u"settings"_s, studio.settings(), [](Stage& stage) { showPage<SettingsPage>(stage.window); });
    studio.play(u"settings-end"_s, studio.settings(), [](Stage& stage) {
        auto& page = showPage<SettingsPage>(stage.window);
        QCoreApplication::processEvents(); // its layout
        page.findChild<QScrollArea*>()->ensureWidgetVisible(page.row(u"privacy.mask_receipts"_s), 0, 100);
    });
    studio.play(u"settings-search"_s, studio.settings(),
        [](Stage& stage) { showPage<SettingsPage>(stage.window).searchField()->setText(u"PACS"_s); });
}

} // namespace radpost::test
