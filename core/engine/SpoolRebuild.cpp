#include "core/engine/SpoolRebuild.h"

#include "core/base/Clock.h"
#include "core/spool/Spool.h"
#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerLock.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

/// LedgerCorrupt when SQLite finds a fault in the file.
Result<> checkLedger(const QString& path)
{
    if (!QFileInfo::exists(path)) {
        return {};
    }
    const auto database = store::Database::open(path, store::DatabaseMode::ReadWrite);
    if (!database) {
        return fail(database.error());
    }
    auto& check = (*database)->prepared(u"PRAGMA quick_check(1)"_s);
    if (auto done = check.exec(); !done) {
        return done;
    }
    const bool isSound = check.next() && check.text(0) == u"ok";
    check.finish();
    return isSound ? Result<>() : fail(ErrorCode::LedgerCorrupt, u"the ledger is damaged"_s);
}

/// The ledger and its journal under another name; the journal belongs to it.
Result<QString> putAside(const QString& path)
{
    const QString aside = path + u".damaged-%1"_s.arg(SystemClock().now().time_since_epoch().count());
    for (const QString& suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
        const QString from = path + suffix;
        if (QFileInfo::exists(from) && !QFile::rename(from, aside + suffix)) {
            return fail(ErrorCode::FileWriteFailed, u"cannot put the damaged ledger aside"_s);
        }
    }
    return aside;
}

/// Errors: LedgerLocked; those of looking at it, but not LedgerCorrupt.
Result<QString> makeRoomForLedger(const QString& path)
{
    // Held to the end: nobody may open what is about to be moved.
    const auto lock = QFileInfo::exists(path) ? store::LedgerLock::acquire(path)
                                              : Result<std::unique_ptr<store::LedgerLock>>(nullptr);
    if (!lock) {
        return fail(lock.error());
    }
    const auto sound = checkLedger(path);
    if (sound) {
        return QString();
    }
    return sound.error().code == ErrorCode::LedgerCorrupt ? putAside(path) : Result<QString>(fail(sound.error()));
}

} // namespace

Result<SpoolRebuilt> rebuildSpool(const QString& dataFolder, const QString& spoolFolder, const CancelToken& cancel)
{
    const QString folder = QFileInfo(dataFolder).absoluteFilePath();
    const QString path = folder + u"/ledger.sqlite"_s;
    const auto aside = makeRoomForLedger(path);
    if (!aside) {
        return fail(aside.error());
    }
    const auto ledger = store::Ledger::open({.path = path});
    if (!ledger) {
        return fail(ledger.error());
    }
    const QString where = spoolFolder.isEmpty() ? QString(folder + u"/spool"_s) : spoolFolder;
    const auto spool = spool::Spool::open(**ledger, {.folder = where, .mayHaveLostAll = true});
    if (!spool) {
        return fail(spool.error());
    }
    return (*spool)->check(cancel).map([&aside](const spool::SpoolCheckReport& report) {
        return SpoolRebuilt{
            *aside, report.known + report.revived, report.adopted, report.copies, report.missing, report.damaged};
    });
}

} // namespace radpost::engine
