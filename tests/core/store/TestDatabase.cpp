#include "core/store/Database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <thread>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"t.db"_s);
        m_database = open();
        QVERIFY(m_database->exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER)"_s));
    }

    void cleanup() { m_database.reset(); }

    void boundValuesComeBackAsTheyWere()
    {
        QVERIFY(insert(1, u"O'Neil; DROP TABLE t --"_s, 5));
        QVERIFY(insert(2, u"张伟"_s, std::nullopt));
        auto& rows = m_database->prepared(u"SELECT name, size FROM t ORDER BY id"_s);
        QVERIFY(rows.exec());
        QVERIFY(rows.next());
        QCOMPARE(rows.text(0), u"O'Neil; DROP TABLE t --"_s);
        QCOMPARE(rows.integer(1), 5);
        QVERIFY(rows.next());
        QCOMPARE(rows.text(0), u"张伟"_s);
        QVERIFY(rows.isNull(1));
        QVERIFY(!rows.next());
    }

    void aNullStringIsAnEmptyOne()
    {
        QVERIFY(insert(1, QString(), 0));
        QCOMPARE(*m_database->integer(u"SELECT count(*) FROM t WHERE name = ''"_s), 1);
    }

    void pathsAsUris()
    {
        QCOMPARE(fileUri(u"/data/100% #1?/张.db"_s), u"file:///data/100%25%20%231%3F/%E5%BC%A0.db"_s);
        QVERIFY(fileUri(u"t.db"_s).startsWith(u"file:///"));
    }

    void whoOnlyAsksMakesNoFile()
    {
        const QString gone = m_folder->filePath(u"100% gone #1?.db"_s);
        QVERIFY(!Database::open(gone, DatabaseMode::QueryOnly));
        QVERIFY(!QFile::exists(gone));
        QVERIFY(Database::open(gone, DatabaseMode::ReadWrite));
        auto reader = Database::open(gone, DatabaseMode::QueryOnly);
        QVERIFY(reader);
        QVERIFY(!(*reader)->exec(u"CREATE TABLE t (id INTEGER)"_s));
    }

    void aTransactionThatIsNotCommittedLeavesNothing()
    {
        {
            Transaction transaction(*m_database);
            QVERIFY(transaction.begin());
            QVERIFY(insert(1, u"a"_s, 1));
        }
        QCOMPARE(count(), 0);
        Transaction transaction(*m_database);
        QVERIFY(transaction.begin());
        QVERIFY(insert(1, u"a"_s, 1));
        QVERIFY(transaction.commit());
        QCOMPARE(count(), 1);
    }

    void aBrokenConstraintIsAnErrorThatNeverPasses()
    {
        QVERIFY(insert(1, u"a"_s, 1));
        const auto again = insert(1, u"b"_s, 1);
        QCOMPARE(again.error().code, ErrorCode::LedgerFailed);
        QCOMPARE(again.error().retry, Retry::Never);
    }

    void aFullDatabaseIsADiskFull()
    {
        QVERIFY(m_database->exec(u"PRAGMA max_page_count = 3"_s));
        const auto full = insert(1, QString(20'000, u'x'), 1);
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QCOMPARE(full.error().retry, Retry::Later);
    }

    void aFileOfAnotherKindIsCorrupt()
    {
        const QString path = m_folder->filePath(u"text.db"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        const auto opened = Database::open(path, DatabaseMode::ReadWrite);
        QCOMPARE(opened.error().code, ErrorCode::LedgerCorrupt);
    }

    void aQueryOnlyConnectionSeesCommitsAndCannotWrite()
    {
        auto reader = Database::open(m_path, DatabaseMode::QueryOnly);
        QVERIFY(insert(1, u"a"_s, 1));
        QCOMPARE(*(*reader)->integer(u"SELECT count(*) FROM t"_s), 1);
        QVERIFY(!(*reader)->exec(u"DELETE FROM t"_s));
        QCOMPARE(count(), 1);
    }

    void connectionsInThreadsDoNotMeet()
    {
        std::vector<std::thread> threads;
        std::atomic<int> done{0};
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                const auto database = Database::open(m_path, DatabaseMode::ReadWrite);
                if (database && (*database)->prepared(u"INSERT INTO t (name) VALUES (?)"_s).bind(t).exec()) {
                    ++done;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(done.load(), 4);
        QCOMPARE(count(), 4);
    }

private:
    std::unique_ptr<Database> open()
    {
        auto opened = Database::open(m_path, DatabaseMode::ReadWrite);
        return opened ? std::move(*opened) : nullptr;
    }

    Result<> insert(int id, const QString& name, std::optional<qint64> size)
    {
        auto& statement = m_database->prepared(u"INSERT INTO t (id, name, size) VALUES (?, ?, ?)"_s);
        return statement.bind(id).bindText(name).bindOptional(size).exec();
    }

    qint64 count() { return *m_database->integer(u"SELECT count(*) FROM t"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "TestDatabase.moc"
