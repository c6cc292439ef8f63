#include "core/store/Ledger.h"

#include "core/observe/Log.h"
#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerLock.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"
#include "core/store/Migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace radpost::store {

struct Ledger::Private
{
    LedgerParams params;
    SystemClock systemClock;
    std::unique_ptr<LedgerLock> lock;
    std::unique_ptr<LedgerWriter> writer; // goes before the lock

    std::pair<quint64, quint64> identity{}; // of the file

    Result<> openForWriting();
    Result<> openForReading();
};

namespace {

constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// Device and number of the file, zeros when there is none or the system has no such thing.
std::pair<quint64, quint64> identityOf([[maybe_unused]] const QString& path)
{
#ifdef Q_OS_UNIX
    struct stat facts = {};
    if (::stat(QFile::encodeName(path).constData(), &facts) == 0) {
        return {facts.st_dev, facts.st_ino};
    }
#endif
    return {};
}

/// A ledger names patients: nobody else may read it. SQLite gives the -wal and -shm files the same permissions.
Result<> makePrivateFile(const QString& path)
{
    const QFileInfo info(path);
    const QString folder = info.absolutePath();
    if (!QFileInfo::exists(folder)) {
        if (!QDir().mkpath(folder)) {
            return fail(ErrorCode::LedgerUnreadable, u"cannot make the folder of the ledger"_s);
        }
        QFile::setPermissions(folder, kOwnerOnly | QFile::ExeOwner);
    }
    QFile file(path);
    if (!info.exists() && !file.open(QIODevice::ReadWrite, kOwnerOnly)) {
        return fail(ErrorCode::LedgerUnreadable, u"cannot make the ledger: "_s + file.errorString());
    }
    return {};
}

Result<> migrateFile(const QString& path)
{
    auto database = Database::open(path, DatabaseMode::ReadWrite);
    if (!database) {
        return fail(database.error());
    }
    const auto version = schemaVersion(**database);
    if (!version) {
        return fail(version.error());
    }
    return migrate(**database, shippedMigrations(), path + u".v%1.bak"_s.arg(*version));
}

Result<bool> needsMigration(const QString& path)
{
    auto database = Database::open(path, DatabaseMode::QueryOnly);
    if (!database) {
        return fail(database.error());
    }
    const int latest = shippedMigrations().back().version;
    return schemaVersion(**database).and_then([latest](int version) -> Result<bool> {
        if (version > latest) {
            return fail(
                ErrorCode::LedgerNewer, u"the ledger has version %1, this program knows %2"_s.arg(version).arg(latest));
        }
        return version < latest;
    });
}

} // namespace

Result<> Ledger::Private::openForWriting()
{
    if (auto made = makePrivateFile(params.path); !made) {
        return made;
    }
    auto locked = LedgerLock::acquire(params.path);
    if (!locked) {
        return fail(locked.error());
    }
    lock = std::move(*locked);
    identity = identityOf(params.path);
    if (auto migrated = migrateFile(params.path); !migrated) {
        return migrated;
    }
    writer = std::make_unique<LedgerWriter>(LedgerWriterParams{.path = params.path, .durability = params.durability});
    return writer->start().and_then(
        [this] { return writer->run([](WriteSession& session) { return session.jobs.markInterrupted(); }); });
}

Result<> Ledger::Private::openForReading()
{
    if (!QFileInfo::exists(params.path)) {
        return fail(ErrorCode::LedgerUnreadable, u"there is no ledger yet"_s);
    }
    const auto old = needsMigration(params.path);
    if (!old || !*old) {
        return old ? Result<>() : fail(old.error());
    }
    auto locked = LedgerLock::acquire(params.path);
    return locked ? migrateFile(params.path) : fail(locked.error());
}

Ledger::Ledger(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(const LedgerParams& params)
{
    auto d = std::make_unique<Private>();
    d->params = params;
    auto opened = params.mode == LedgerMode::ReadWrite ? d->openForWriting() : d->openForReading();
    if (!opened) {
        qCWarning(observe::lcStore) << "the ledger was not opened:" << errorName(opened.error().code)
                                    << opened.error().detail;
        return fail(opened.error());
    }
    return std::unique_ptr<Ledger>(new Ledger(std::move(d)));
}

bool Ledger::isReadOnly() const
{
    return d->params.mode == LedgerMode::ReadOnly;
}

QString Ledger::path() const
{
    return d->params.path;
}

const Clock& Ledger::clock() const
{
    return d->params.clock != nullptr ? *d->params.clock : d->systemClock;
}

LedgerWriter& Ledger::writer()
{
    Q_ASSERT(d->writer);
    return *d->writer;
}

Result<> Ledger::checkFile() const
{
    return isReadOnly() || identityOf(d->params.path) == d->identity
        ? Result<>()
        : fail(ErrorCode::LedgerFailed, u"the file of the ledger was removed or is another one"_s);
}

Result<std::unique_ptr<LedgerReader>> Ledger::openReader() const
{
    auto database = Database::open(d->params.path, DatabaseMode::QueryOnly);
    if (!database) {
        return fail(database.error());
    }
    return std::make_unique<LedgerReader>(std::move(*database));
}

} // namespace radpost::store
