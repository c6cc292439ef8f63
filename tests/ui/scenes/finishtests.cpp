#include "tests/ui/scenes/finishtests.h"

#include "tests/ui/scenes/Studio.h"

#include "ui/common/StatusDot.h"
#include "ui/destinations/DestinationCard.h"
#include "ui/destinations/DestinationsPage.h"

#include <QPushButton>
#include <QTest>

#include <algorithm>

namespace radpost::test {

using namespace ui;

void finishTests(DestinationsPage& page, const QStringList& names)
{
    for (const auto& name : names) {
        QTest::mouseClick(page.card(name)->testButton(), Qt::LeftButton);
    }
    (void)QTest::qWaitFor(
        [&] {
            return std::all_of(names.begin(), names.end(), [&page](const QString& name) {
                const auto* dot = page.card(name)->findChild<StatusDot*>();
                return dot->status() != Status::Busy && dot->status() != Status::Unknown;
            });
        },
        kPatienceMs);
}

} // namespace radpost::test
