#include "core/store/Database.h"
#include "core/store/Migrations.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;

namespace {

constexpr Migration kFirst{1, "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\n"};
constexpr Migration kSecond{2, "ALTER TABLE a ADD COLUMN size INTEGER;\nUPDATE a SET size = length(name);\n"};
constexpr Migration kBroken{3, "CREATE TABLE b (id INTEGER);\nINSERT INTO missing VALUES (1);\n"};

constexpr Migration kOld[] = {kFirst};
constexpr Migration kNew[] = {kFirst, kSecond};
constexpr Migration kBad[] = {kFirst, kSecond, kBroken};

} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_backup = m_folder->filePath(u"backup.db"_s);
        m_database = std::move(*Database::open(m_folder->filePath(u"t.db"_s), DatabaseMode::ReadWrite));
    }

    void cleanup() { m_database.reset(); }

    void shippedMigrationsMakeALedgerFromNothing()
    {
        QVERIFY(migrate(*m_database, shippedMigrations(), m_backup));
        QCOMPARE(*schemaVersion(*m_database), shippedMigrations().back().version);
        QVERIFY(!QFile::exists(m_backup));
        for (const auto* table :
            {u"jobs", u"instances", u"deliveries", u"attempts", u"associations", u"skipped_files"}) {
            QCOMPARE(*m_database->integer(u"SELECT count(*) FROM "_s + QString::fromUtf16(table)), 0);
        }
    }

    void shippedMigrationsAreNumberedWithoutGaps()
    {
        int expected = 1;
        for (const auto& migration : shippedMigrations()) {
            QCOMPARE(migration.version, expected++);
        }
    }

    void anOldFileGetsTheNewColumnsAndKeepsItsRows()
    {
        makeOld();
        QVERIFY(migrate(*m_database, kNew, m_backup));
        QCOMPARE(*schemaVersion(*m_database), 2);
        QCOMPARE(*m_database->integer(u"SELECT size FROM a WHERE name = 'four'"_s), 4);
    }

    void theBackupIsTheFileAsItWas()
    {
        makeOld();
        QVERIFY(migrate(*m_database, kNew, m_backup));
        auto backup = std::move(*Database::open(m_backup, DatabaseMode::QueryOnly));
        QCOMPARE(*schemaVersion(*backup), 1);
        QCOMPARE(*backup->integer(u"SELECT count(*) FROM a"_s), 1);
        QCOMPARE(QFile::permissions(m_backup) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    }

    void migratingTwiceChangesNothing()
    {
        makeOld();
        QVERIFY(migrate(*m_database, kNew, m_backup));
        QVERIFY(QFile::remove(m_backup));
        QVERIFY(migrate(*m_database, kNew, m_backup));
        QVERIFY(!QFile::exists(m_backup));
    }

    void aMigrationThatFailsLeavesTheOldSchema()
    {
        makeOld();
        QVERIFY(!migrate(*m_database, kBad, m_backup));
        QCOMPARE(*schemaVersion(*m_database), 1);
        QVERIFY(!m_database->exec(u"SELECT size FROM a"_s));
        QVERIFY(migrate(*m_database, kNew, m_backup));
    }

    void aNewerLedgerIsRefusedAndNotTouched()
    {
        makeOld();
        QVERIFY(migrate(*m_database, kNew, m_backup));
        const auto refused = migrate(*m_database, kOld, m_backup);
        QCOMPARE(refused.error().code, ErrorCode::LedgerNewer);
        QCOMPARE(*schemaVersion(*m_database), 2);
    }

    void somebodyElsesDatabaseIsRefused()
    {
        QVERIFY(m_database->exec(u"CREATE TABLE bookmarks (url TEXT)"_s));
        QCOMPARE(migrate(*m_database, kNew, m_backup).error().code, ErrorCode::LedgerCorrupt);
    }

private:
    void makeOld()
    {
        QVERIFY(migrate(*m_database, kOld, m_backup));
        QVERIFY(m_database->exec(u"INSERT INTO a (name) VALUES ('four')"_s));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_backup;
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "TestMigrations.moc"
