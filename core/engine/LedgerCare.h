#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringList>

namespace radpost::engine {

/// What is wrong in the ledger of @p dataFolder, in English; nothing: it is sound. Beside a program that sends or
/// receives, too. Reads the whole file; blocks. Errors: LedgerUnreadable, LedgerCorrupt, LedgerFailed.
[[nodiscard]] Result<QStringList> checkLedgerFile(const QString& dataFolder);

/// Copies the ledger of @p dataFolder as it stands to @p target, beside a program that goes on with it. The files of
/// the spool are not in it. Blocks. @return bytes. Errors: LedgerUnreadable, FileWriteFailed (also: there is a file
/// of this name), DiskFull, LedgerCorrupt, LedgerFailed.
[[nodiscard]] Result<qint64> backUpLedger(const QString& dataFolder, const QString& target);

} // namespace radpost::engine
