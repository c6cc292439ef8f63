#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>

class QSqlQuery;

namespace radpost::store {

class Database;

/// A prepared statement, reused. Values are bound in the order of the placeholders; a failure at any step shows in the
/// result of exec(). One thread: the one of its database.
class Statement final
{
public:
    Statement(Database& database, const QString& sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(const QVariant& value);
    /// A null string is an empty one: our text columns know no null …
    Statement& bindText(const QString& text);
    /// … but those that may be absent.
    Statement& bindTextOrNull(const QString& text);
    template <typename T>
    Statement& bindOptional(const std::optional<T>& value)
    {
        return value ? bind(QVariant::fromValue(*value)) : bindNull();
    }
    Statement& bindNull();

    /// Runs it with what was bound, which is forgotten after. Errors: by translation of the database's.
    [[nodiscard]] Result<> exec();
    /// To the next row; false at the end, and when reading failed, which ended() tells.
    [[nodiscard]] bool next();
    /// Whether next() came to its end in good order. Errors: by translation of the database's.
    [[nodiscard]] Result<> ended() const;

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] int number(int column) const;
    [[nodiscard]] QString text(int column) const;
    /// For UIDs and AE titles.
    [[nodiscard]] QByteArray ascii(int column) const;

    /// Rows that exec() changed.
    [[nodiscard]] qint64 affected() const;
    /// Ends reading before the last row.
    void finish();

private:
    std::unique_ptr<QSqlQuery> m_query;
    bool m_prepared = false;
};

/// As SQLite takes it: without an authority, also for a folder of another computer ("file:////server/share/…").
[[nodiscard]] QString fileUri(const QString& path);

enum class DatabaseMode {
    ReadWrite,
    QueryOnly, ///< sees what others commit, and cannot write
};

/// One connection to an SQLite file in WAL mode with foreign keys on. One thread: the one that opened it.
class Database final
{
public:
    /// Blocks. Errors: LedgerUnreadable, LedgerCorrupt, LedgerFailed, DiskFull.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString& path, DatabaseMode mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// While a statement runs, @p isOver is asked every few milliseconds, on this thread; true ends the statement with
    /// Cancelled. It must not use this database. Null: nobody is asked. Without effect where Qt's driver has another
    /// SQLite in it than this program is linked to.
    void watch(std::function<bool()> isOver);

    /// A statement that returns nothing and is not worth keeping.
    [[nodiscard]] Result<> exec(const QString& sql);
    /// Kept between calls under its own text. An earlier read of the same statement ends.
    [[nodiscard]] Statement& prepared(const QString& sql);
    /// The first column of the first row; 0 when there is none or it is null.
    [[nodiscard]] Result<qint64> integer(const QString& sql);

private:
    friend class Statement;
    explicit Database(QString connectionName);
    [[nodiscard]] Result<> configure(DatabaseMode mode);

    QString m_connectionName;
    std::function<bool()> m_isOver;          ///< of watch(); SQLite has its address
    QHash<QString, Statement*> m_statements; // owned; QHash cannot hold unique_ptr
};

/// Rolled back unless committed.
class Transaction final
{
public:
    explicit Transaction(Database& database)
        : m_database(database)
    {
    }
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] Result<> begin();
    [[nodiscard]] Result<> commit();

private:
    Database& m_database;
    bool m_open = false;
};

} // namespace radpost::store
