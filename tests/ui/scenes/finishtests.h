#pragma once

#include <QStringList>

namespace radpost::ui {
class DestinationsPage;
}

namespace radpost::test {

/// Presses "Test" on the cards of @p names and waits until each has its outcome.
void finishTests(ui::DestinationsPage& page, const QStringList& names);

} // namespace radpost::test
