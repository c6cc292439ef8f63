#pragma once

#include "core/base/Error.h"
#include "core/config/Destination.h"

#include <QDateTime>
#include <QString>

namespace radpost::ui {

class DoctorRun;

/// What a failed examination has to tell the PACS administrator, in Chinese and in English: who calls whom, what
/// happened, and the numbers. Empty when nothing failed at the peer.
[[nodiscard]] QString administratorText(const DoctorRun& run);

/// The same about @p error, for which a send to @p destination was stopped at @p when.
[[nodiscard]] QString administratorText(
    const config::Destination& destination, const AeTitle& callingAeTitle, const Error& error, const QDateTime& when);

} // namespace radpost::ui
