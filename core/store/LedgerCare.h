#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringList>

namespace radpost::store {

/// What SQLite finds wrong in the file at @p path, in English, the first hundred; nothing: it is sound. Also beside a
/// process that writes. Reads the whole file; blocks. Errors: LedgerUnreadable, LedgerCorrupt (no fault can be told
/// apart any more, or the file is no ledger), LedgerFailed.
[[nodiscard]] Result<QStringList> findFaults(const QString& path);

/// Writes what is committed in the ledger at @p path to @p target: one file, whole, readable for its owner only. Also
/// beside a process that writes, which goes on meanwhile. Blocks. Errors: LedgerUnreadable; FileWriteFailed (there is
/// a @p target already, its folder cannot be written to), DiskFull; LedgerCorrupt, LedgerFailed.
[[nodiscard]] Result<> copyLedger(const QString& path, const QString& target);

} // namespace radpost::store
