#include "core/store/Database.h"

#include <sqlite3.h>

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>

#include <atomic>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

// Primary result codes of SQLite, https://www.sqlite.org/rescode.html
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Interrupted = 9,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    TooBig = 18,
    Constraint = 19,
    Mismatch = 20,
    NotADatabase = 26
};

ErrorCode codeOf(int sqliteCode)
{
    switch (sqliteCode) {
    case Full:
        return ErrorCode::DiskFull;
    case Corrupt:
    case NotADatabase:
        return ErrorCode::LedgerCorrupt;
    case CannotOpen:
    case ReadOnly:
        return ErrorCode::LedgerUnreadable;
    case Interrupted:
        return ErrorCode::Cancelled;
    default:
        return ErrorCode::LedgerFailed;
    }
}

Retry retryOf(int sqliteCode)
{
    switch (sqliteCode) {
    case Busy:
    case Locked:
    case IoError:
    case Full:
    case CannotOpen:
    case ReadOnly:
        return Retry::Later;
    case TooBig:
    case Constraint:
    case Mismatch:
    case Corrupt:
    case NotADatabase:
    case Interrupted:
        return Retry::Never; // the values, or the file
    default:
        return Retry::AfterOperator; // the statement, or the machine
    }
}

/// The one place that knows SQLite's errors. The text of a statement holds no data, bound values are not in it.
Error translate(const QSqlError& error)
{
    const int primary = error.nativeErrorCode().toInt() & 0xff; // above the first byte: extended codes
    auto result = makeError(codeOf(primary),
        error.driverText() + u": "_s + error.databaseText() + u" ("_s + error.nativeErrorCode() + u')');
    result.retry = retryOf(primary);
    return result;
}

// Steps of SQLite's machine between two questions: well below a millisecond.
constexpr int kStepsBetween = 10'000;

sqlite3* handleOf(const QSqlDatabase& connection)
{
    const auto handle = connection.driver()->handle();
    const bool isSqlite = handle.isValid() && qstrcmp(handle.typeName(), "sqlite3*") == 0;
    return isSqlite ? *static_cast<sqlite3* const*>(handle.constData()) : nullptr;
}

/// Qt may have a copy of SQLite of its own, whose handles are not for ours.
bool hasOurSqlite(const QSqlDatabase& connection)
{
    QSqlQuery version(connection);
    return version.exec(u"SELECT sqlite_source_id()"_s) && version.next() &&
        version.value(0).toString() == QLatin1StringView(sqlite3_sourceid());
}

} // namespace

Statement::Statement(Database& database, const QString& sql)
    : m_query(std::make_unique<QSqlQuery>(QSqlDatabase::database(database.m_connectionName, false)))
{
    m_query->setForwardOnly(true);
    m_prepared = m_query->prepare(sql);
}

Statement::~Statement() = default;

Statement& Statement::bind(const QVariant& value)
{
    m_query->addBindValue(value);
    return *this;
}

Statement& Statement::bindText(const QString& text)
{
    return bind(text.isNull() ? u""_s : text);
}

Statement& Statement::bindTextOrNull(const QString& text)
{
    return text.isEmpty() ? bindNull() : bind(text);
}

Statement& Statement::bindNull()
{
    return bind(QVariant(QMetaType::fromType<qint64>()));
}

Result<> Statement::exec()
{
    if (!m_prepared || !m_query->exec()) {
        return fail(translate(m_query->lastError()));
    }
    return {};
}

bool Statement::next()
{
    return m_query->next();
}

Result<> Statement::ended() const
{
    const auto error = m_query->lastError();
    return error.isValid() ? Result<>(fail(translate(error))) : Result<>();
}

bool Statement::isNull(int column) const
{
    return m_query->isNull(column);
}

qint64 Statement::integer(int column) const
{
    return m_query->value(column).toLongLong();
}

int Statement::number(int column) const
{
    return m_query->value(column).toInt();
}

QString Statement::text(int column) const
{
    return m_query->value(column).toString();
}

QByteArray Statement::ascii(int column) const
{
    return m_query->value(column).toString().toLatin1();
}

qint64 Statement::affected() const
{
    return m_query->numRowsAffected();
}

void Statement::finish()
{
    m_query->finish();
}

QString fileUri(const QString& path)
{
    const QString absolute = QDir::fromNativeSeparators(QFileInfo(path).absoluteFilePath());
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(absolute, "/:"));
    return (encoded.startsWith(u'/') ? u"file://"_s : u"file:///"_s) + encoded;
}

Database::Database(QString connectionName)
    : m_connectionName(std::move(connectionName))
{
}

Database::~Database()
{
    qDeleteAll(m_statements);
    QSqlDatabase::database(m_connectionName, false).close();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<Database>> Database::open(const QString& path, DatabaseMode mode)
{
    static std::atomic<int> serial{0};
    const QString name = u"radpost-%1"_s.arg(++serial);
    std::unique_ptr<Database> database(new Database(name));
    auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    // Who only asks makes no file in the place of one that is gone.
    const bool mayMake = mode == DatabaseMode::ReadWrite;
    connection.setDatabaseName(mayMake ? path : QString(fileUri(path) + u"?mode=rw"_s));
    connection.setConnectOptions(
        mayMake ? u"QSQLITE_BUSY_TIMEOUT=10000"_s : u"QSQLITE_BUSY_TIMEOUT=10000;QSQLITE_OPEN_URI"_s);
    if (!connection.open()) {
        return fail(translate(connection.lastError()));
    }
    if (auto configured = database->configure(mode); !configured) {
        return fail(configured.error());
    }
    return database;
}

Result<> Database::configure(DatabaseMode mode)
{
    // FULL: with WAL, a commit is on the disk when it returns, power loss included.
    static const QStringList writing{u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s,
        u"PRAGMA foreign_keys = ON"_s, u"PRAGMA wal_autocheckpoint = 2000"_s, u"PRAGMA cache_size = -32000"_s,
        u"PRAGMA temp_store = MEMORY"_s};
    static const QStringList reading{u"PRAGMA query_only = ON"_s, u"PRAGMA temp_store = MEMORY"_s};
    for (const auto& pragma : mode == DatabaseMode::ReadWrite ? writing : reading) {
        if (auto done = exec(pragma); !done) {
            return done;
        }
    }
    return {};
}

void Database::watch(std::function<bool()> isOver)
{
    const auto connection = QSqlDatabase::database(m_connectionName, false);
    auto* handle = handleOf(connection);
    if (handle == nullptr || !hasOurSqlite(connection)) {
        return;
    }
    m_isOver = std::move(isOver);
    const auto ask = [](void* asked) { return (*static_cast<std::function<bool()>*>(asked))() ? 1 : 0; };
    sqlite3_progress_handler(handle, m_isOver ? kStepsBetween : 0, m_isOver ? +ask : nullptr, &m_isOver);
}

Result<> Database::exec(const QString& sql)
{
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    if (!query.exec(sql)) {
        return fail(translate(query.lastError()));
    }
    return {};
}

Statement& Database::prepared(const QString& sql)
{
    auto& slot = m_statements[sql];
    if (slot == nullptr) {
        slot = new Statement(*this, sql);
    } else {
        slot->finish();
    }
    return *slot;
}

Result<qint64> Database::integer(const QString& sql)
{
    auto& statement = prepared(sql);
    if (auto done = statement.exec(); !done) {
        return fail(done.error());
    }
    const qint64 value = statement.next() ? statement.integer(0) : 0;
    statement.finish();
    return value;
}

Transaction::~Transaction()
{
    if (m_open) {
        // Fails only when SQLite has rolled back by itself, as it does after SQLITE_FULL.
        std::ignore = m_database.exec(u"ROLLBACK"_s);
    }
}

Result<> Transaction::begin()
{
    auto begun = m_database.prepared(u"BEGIN IMMEDIATE"_s).exec();
    m_open = begun.has_value();
    return begun;
}

Result<> Transaction::commit()
{
    auto done = m_database.prepared(u"COMMIT"_s).exec();
    m_open = !done.has_value();
    return done;
}

} // namespace radpost::store
