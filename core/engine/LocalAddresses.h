#pragma once

#include <QStringList>

namespace radpost::engine {

/// The IPv4 addresses under which other machines may reach this one, in the order of the interfaces; none of the
/// loopback. Asks the system: not for the GUI thread.
[[nodiscard]] QStringList localAddresses();

} // namespace radpost::engine
