#pragma once

#include "core/queue/Progress.h"
#include "core/scan/Scanner.h"

#include <QString>

namespace radpost::cli {

/// One line for a terminal of @p width columns; what matters least is left out first when there is no room:
/// "MAIN-PACS ━━━━━━────  62 %  1,204/1,938  431 MB of 694 MB  112 MB/s  812/s  0:12 left  4 assoc."
[[nodiscard]] QString progressLine(const queue::JobProgress& progress, int width);

/// One line for a log or a pipe: everything, no bar.
[[nodiscard]] QString plainProgressLine(const queue::JobProgress& progress);

[[nodiscard]] QString scanLine(const scan::ScanSummary& soFar);

/// Deliveries that are final, of all; 100 when there are none.
[[nodiscard]] int percentDone(const queue::JobProgress& progress);

/// Data set bytes of the deliveries that are final, as percentDone() counts them; the total is counts.totalBytes().
[[nodiscard]] qint64 bytesDone(const queue::JobProgress& progress);

[[nodiscard]] QString activityText(queue::JobActivity activity);

} // namespace radpost::cli
