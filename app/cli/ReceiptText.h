#pragma once

#include "core/queue/Receipt.h"

#include <QStringList>

namespace radpost::cli {

/// How much of a receipt is told.
enum class ReceiptDetail {
    Summary, ///< what fits after a send: some studies, some examples of each cause
    Full,    ///< every study, series, problem and skipped file
};

/// The receipt of one job as text: studies, counts that add up, problems by cause with what to do.
[[nodiscard]] QStringList receiptLines(
    const queue::Receipt& receipt, int width, ReceiptDetail detail = ReceiptDetail::Summary);

} // namespace radpost::cli
