#include "core/store/LedgerCare.h"

#include "core/store/Database.h"
#include "core/store/Migrations.h"

#include <QFileInfo>
#include <QTemporaryFile>

#include <functional>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr int kMostFaults = 100;

/// Said apart from a file that cannot be read.
Result<std::unique_ptr<Database>> openExisting(const QString& path)
{
    if (!QFileInfo::exists(path)) {
        return fail(ErrorCode::LedgerUnreadable, u"there is no ledger yet"_s);
    }
    auto database = Database::open(path, DatabaseMode::QueryOnly);
    if (!database) {
        return database;
    }
    const auto version = schemaVersion(**database);
    if (!version || *version == 0) {
        return fail(version ? makeError(ErrorCode::LedgerCorrupt, u"the file is no ledger"_s) : version.error());
    }
    return database;
}

Result<> collect(Database& database, const QString& pragma, const std::function<QString(const Statement&)>& text,
    QStringList& faults)
{
    auto& rows = database.prepared(pragma);
    if (auto done = rows.exec(); !done) {
        return done;
    }
    while (faults.size() < kMostFaults && rows.next()) {
        faults.append(text(rows));
    }
    rows.finish();
    return {};
}

} // namespace

Result<QStringList> findFaults(const QString& path)
{
    const auto database = openExisting(path);
    if (!database) {
        return fail(database.error());
    }
    QStringList faults;
    auto checked = collect(
        **database, u"PRAGMA integrity_check(%1)"_s.arg(kMostFaults), [](const Statement& row) { return row.text(0); },
        faults);
    faults.removeAll(u"ok"_s);
    if (checked) {
        checked = collect(
            **database, u"PRAGMA foreign_key_check"_s,
            [](const Statement& row) {
                return u"row %1 of %2 refers to a row of %3 that is not there"_s.arg(
                    QString::number(row.integer(1)), row.text(0), row.text(2));
            },
            faults);
    }
    return checked.map([&faults] { return faults; });
}

Result<> copyLedger(const QString& path, const QString& target)
{
    const auto database = openExisting(path);
    if (!database) {
        return fail(database.error());
    }
    if (QFileInfo::exists(target)) {
        return fail(ErrorCode::FileWriteFailed, u"there is a file of this name: "_s + target);
    }
    QTemporaryFile copy(target + u".XXXXXX"_s); // for its owner only from its first byte
    if (!copy.open()) {
        return fail(ErrorCode::FileWriteFailed, u"cannot write there: "_s + copy.errorString());
    }
    // SQLite writes into a file that is there as long as it is empty.
    auto copied = (*database)->exec(u"PRAGMA query_only = OFF"_s).and_then([&] {
        return (*database)->prepared(u"VACUUM INTO ?"_s).bind(copy.fileName()).exec();
    });
    if (!copied) {
        return copied;
    }
    if (::fsync(copy.handle()) != 0 || !copy.rename(target)) {
        return fail(ErrorCode::FileWriteFailed, u"cannot finish the copy: "_s + copy.errorString());
    }
    copy.setAutoRemove(false);
    return {};
}

} // namespace radpost::store
