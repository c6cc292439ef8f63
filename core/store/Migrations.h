#pragma once

#include "core/base/Result.h"

#include <QString>

#include <span>

namespace radpost::store {

class Database;

/// One step of the schema, from version - 1 to version.
struct Migration
{
    int version = 0;
    const char* sql = nullptr; ///< UTF-8; statements end with ";" at the end of a line
};

/// The numbered files of core/store/migrations, in order.
[[nodiscard]] std::span<const Migration> shippedMigrations();

/// Brings the schema to the last of @p migrations, in one transaction; nothing happens when it is there. Before an
/// existing schema is touched, a copy of the ledger is written to @p backupPath, replacing an older copy.
/// Errors: LedgerNewer, LedgerCorrupt when the file is some other program's database, DiskFull, LedgerFailed.
[[nodiscard]] Result<> migrate(Database& database, std::span<const Migration> migrations, const QString& backupPath);

/// The version of an open ledger; 0 when it is empty.
[[nodiscard]] Result<int> schemaVersion(Database& database);

} // namespace radpost::store
