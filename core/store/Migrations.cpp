#include "core/store/Migrations.h"

#include "core/store/Database.h"

#include <QFile>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr qint64 kApplicationId = 0x52505354; // "RPST", so that `file` and we know a ledger from another database

QStringList statementsOf(const char* sql)
{
    QStringList statements;
    for (const auto& part : QString::fromUtf8(sql).split(u";\n"_s)) {
        if (!part.trimmed().isEmpty()) {
            statements.append(part);
        }
    }
    return statements;
}

Result<> apply(Database& database, const Migration& migration)
{
    for (const auto& statement : statementsOf(migration.sql)) {
        if (auto done = database.exec(statement); !done) {
            return done;
        }
    }
    return {};
}

Result<> applyAbove(Database& database, std::span<const Migration> migrations, int version)
{
    Transaction transaction(database);
    if (auto begun = transaction.begin(); !begun) {
        return begun;
    }
    for (const auto& migration : migrations) {
        if (migration.version > version) {
            if (auto done = apply(database, migration); !done) {
                return done;
            }
        }
    }
    // A pragma takes no placeholder; both are numbers of ours.
    const QString pragmas[] = {u"PRAGMA application_id = %1"_s.arg(kApplicationId),
        u"PRAGMA user_version = %1"_s.arg(migrations.back().version)};
    for (const auto& pragma : pragmas) {
        if (auto done = database.exec(pragma); !done) {
            return done;
        }
    }
    return transaction.commit();
}

Result<> backUp(Database& database, const QString& path)
{
    if (QFile::exists(path) && !QFile::remove(path)) {
        return fail(ErrorCode::LedgerFailed, u"cannot replace the backup copy of the ledger"_s);
    }
    auto copied = database.prepared(u"VACUUM INTO ?"_s).bind(path).exec();
    if (copied) {
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    }
    return copied;
}

/// An empty file becomes a ledger; a database that somebody else made must not.
Result<> refuseForeign(Database& database)
{
    const auto id = database.integer(u"PRAGMA application_id"_s);
    const auto tables = database.integer(u"SELECT count(*) FROM sqlite_master"_s);
    if (!id || !tables) {
        return fail(!id ? id.error() : tables.error());
    }
    if (*tables > 0 && *id != kApplicationId) {
        return fail(ErrorCode::LedgerCorrupt, u"the file is a database, but not a ledger"_s);
    }
    return {};
}

} // namespace

Result<int> schemaVersion(Database& database)
{
    return database.integer(u"PRAGMA user_version"_s).map([](qint64 version) { return static_cast<int>(version); });
}

Result<> migrate(Database& database, std::span<const Migration> migrations, const QString& backupPath)
{
    const auto foreign = refuseForeign(database);
    const auto version = schemaVersion(database);
    if (!foreign || !version) {
        return fail(!foreign ? foreign.error() : version.error());
    }
    const int latest = migrations.back().version;
    if (*version > latest) {
        return fail(
            ErrorCode::LedgerNewer, u"the ledger has version %1, this program knows %2"_s.arg(*version).arg(latest));
    }
    if (*version == latest) {
        return {};
    }
    if (*version > 0) {
        if (auto copied = backUp(database, backupPath); !copied) {
            return copied;
        }
    }
    return applyAbove(database, migrations, *version);
}

} // namespace radpost::store
