#pragma once

#include <QString>

namespace radpost::ui {

class DoctorRun;

/// What a failed examination has to tell the PACS administrator, in Chinese and in English: who calls whom, what
/// happened, and the numbers. Empty when nothing failed at the peer.
[[nodiscard]] QString administratorText(const DoctorRun& run);

} // namespace radpost::ui
