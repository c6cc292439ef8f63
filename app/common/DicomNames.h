#pragma once

#include "core/base/StrongId.h"

#include <QString>

namespace radpost::app {

/// The Standard's name, "CT Image Storage"; the UID where it has none. Not translated.
[[nodiscard]] QString sopClassName(const SopClassUid& uid);
[[nodiscard]] QString transferSyntaxName(const TransferSyntaxUid& uid);

} // namespace radpost::app
