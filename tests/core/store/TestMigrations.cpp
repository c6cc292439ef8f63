#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/Migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
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

    /// A ledger as the first version left it: its jobs are found by patient and study, and nothing of them is lost.
    void aLedgerOfTheFirstVersionKeepsItsJobs()
    {
        const auto path = m_folder->filePath(u"old/ledger.db"_s);
        makeFirstVersion(path);
        {
            const auto ledger = Ledger::open({.path = path});
            QVERIFY2(ledger, ledger ? "" : qPrintable(ledger.error().detail));
            const auto reader = std::move(*(*ledger)->openReader());
            QCOMPARE(reader->jobs().list()->size(), 2);
            QCOMPARE(reader->jobs().counts({1})->of(DeliveryState::Stored), 2);
            QCOMPARE(reader->jobs().counts({2})->of(DeliveryState::Rejected), 1);
            QCOMPARE(reader->jobs().counts({2})->of(DeliveryState::Pending), 1);
            QCOMPARE(reader->jobs().find({1})->proofWanted, ProofWanted::Response);
            QCOMPARE(reader->proofs().counts({1})->of(Proof::None), 2);
            QVERIFY(reader->proofs().unsettled()->isEmpty());
            QCOMPARE(reader->history().series({1})->size(), 2);
            QCOMPARE(reader->history().entry({1})->patientName, u"Meier^Anna"_s);
            QCOMPARE(reader->history().entry({1})->patients, 2);
            QCOMPARE(*reader->history().countNeedingPerson(), 1); // failures of old jobs are not settled
            JobFilter filter;
            filter.text = u"wang"_s; // in one series of job 1, and in no other job
            QCOMPARE(reader->history().days(filter, 10)->value(0).jobs, 1);
            QVERIFY(reader->history().open(filter, 10)->isEmpty());
        }
        const auto now = std::move(*Database::open(path, DatabaseMode::QueryOnly));
        QCOMPARE(*schemaVersion(*now), shippedMigrations().back().version);
        QCOMPARE(*now->integer(u"SELECT count(*) FROM job_series"_s), 3);
        QCOMPARE(*now->integer(u"SELECT count(*) FROM attempts WHERE dimse_status = 43264"_s), 1);
        QVERIFY(now->exec(u"PRAGMA foreign_key_check"_s));
        QCOMPARE(*now->integer(u"SELECT count(*) FROM pragma_foreign_key_check()"_s), 0);
        const auto backup = std::move(*Database::open(path + u".v1.bak"_s, DatabaseMode::QueryOnly));
        QCOMPARE(*schemaVersion(*backup), 1);
        QCOMPARE(*backup->integer(u"SELECT count(*) FROM deliveries"_s), 4);
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
    /// Job 1 (finished): two patients, one instance each. Job 2 (stopped): one instance refused, one still to be sent.
    static void makeFirstVersion(const QString& path)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        const auto old = std::move(*Database::open(path, DatabaseMode::ReadWrite));
        QVERIFY(migrate(*old, shippedMigrations().first(1), {}));
        for (const auto* sql :
            {
                u"INSERT INTO destinations VALUES (1, 'PACS', 0)",
                u"INSERT INTO jobs VALUES (1, 1, 'two patients', 'c', '{}', 0, 3, 1, 1000, 1741600000000, NULL, NULL, "
                "NULL, NULL)",
                u"INSERT INTO jobs VALUES (2, 1, 'stopped', 'c', '{}', 0, 2, 1, 2000, NULL, 200, 2, NULL, 'why')",
                u"INSERT INTO job_totals VALUES (1, 2, 2, 2000)",
                u"INSERT INTO contexts VALUES (1, '1.2.840.10008.5.1.4.1.1.7', '1.2.840.10008.1.2.1')",
                u"INSERT INTO folders VALUES (1, '/data/')",
                u"INSERT INTO series VALUES (1, 'Meier^Anna', 'P1', '', 'F', '2.25.1', '20250101', '', 'Thorax', 'A1', "
                "'2.25.11', 'CT', '', 1)",
                u"INSERT INTO series VALUES (2, 'Wang^Xiaodong', 'P2', '', 'M', '2.25.2', '20250102', '', '', '', "
                "'2.25.21', 'MR', '', 1)",
                u"INSERT INTO series VALUES (3, 'Meier^Anna', 'P1', '', 'F', '2.25.1', '20250101', '', 'Thorax', 'A1', "
                "'2.25.12', 'CT', '', 2)",
                u"INSERT INTO instances VALUES (1, 1, 'a', NULL, 1, 1, 0, 1000, 1, 1, '2.25.111'), "
                "(2, 1, 'b', NULL, 1, 1, 0, 1000, 1, 2, '2.25.211'), (3, 1, 'c', NULL, 1, 1, 0, 1000, 1, 3, "
                "'2.25.121'), "
                "(4, 1, 'd', NULL, 1, 1, 0, 1000, 1, 3, '2.25.122')",
                u"INSERT INTO deliveries (id, instance_id, state, tries) VALUES (4294967296, 1, 2, 1), "
                "(4294967297, 2, 2, 1), (8589934592, 3, 4, 1), (8589934593, 4, 0, 0)",
                u"INSERT INTO attempts (delivery_id, number, started_at, duration_us, dimse_status, error_code, bytes) "
                "VALUES (4294967296, 1, 1, 1, 0, NULL, 1000), (4294967297, 1, 1, 1, 0, NULL, 1000), "
                "(8589934592, 1, 1, 1, 43264, 223, 1000)",
            }) {
            const auto done = old->exec(QString::fromUtf16(sql));
            QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        }
    }

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
