#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"

#include <QString>

namespace radpost::engine {

/// What a rebuild did.
struct SpoolRebuilt
{
    QString damagedLedger{}; ///< where a ledger that could not be used was put; empty: it was sound
    qint64 known = 0;        ///< files that the index had
    qint64 adopted = 0;      ///< files that entered it
    qint64 copies = 0;       ///< files of instances that were there already; removed
    qint64 missing = 0;      ///< rows without a file; marked
    qint64 damaged = 0;      ///< files that are none of ours; set aside
};

/// Makes the index of the spool anew from its files, as far as it is lost or damaged; no gateway may run meanwhile. A
/// ledger that is damaged is put aside with all that it holds. @p spoolFolder empty: "spool" in @p dataFolder. Blocks:
/// every file that the index does not know is read. Errors: LedgerLocked, LedgerNewer, FileWriteFailed, Cancelled.
[[nodiscard]] Result<SpoolRebuilt> rebuildSpool(
    const QString& dataFolder, const QString& spoolFolder, const CancelToken& cancel);

} // namespace radpost::engine
