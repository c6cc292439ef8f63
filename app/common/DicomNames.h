#pragma once

#include "core/base/StrongId.h"
#include "core/engine/StudyTree.h"

#include <QString>

namespace radpost::app {

/// The Standard's name, "CT Image Storage"; the UID where it has none. Not translated.
[[nodiscard]] QString sopClassName(const SopClassUid& uid);
[[nodiscard]] QString transferSyntaxName(const TransferSyntaxUid& uid);

/// Those of a series, each once, with commas between them.
[[nodiscard]] QString transferSyntaxNames(const engine::SeriesNode& series);

} // namespace radpost::app
