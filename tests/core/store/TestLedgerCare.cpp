#include "core/store/Database.h"
#include "core/store/LedgerCare.h"
#include "tests/support/LedgerFixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using store::copyLedger;
using store::findFaults;

class TestLedgerCare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLedgerInUseIsSound()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const auto faults = findFaults(fixture.path());
        QVERIFY(faults);
        QCOMPARE(*faults, QStringList());
    }

    void whatIsMissingOrNoneIsSaid()
    {
        const QTemporaryDir folder;
        QCOMPARE(findFaults(folder.filePath(u"none"_s)).error().code, ErrorCode::LedgerUnreadable);
        QVERIFY(!QFile::exists(folder.filePath(u"none"_s)));
        QFile other(folder.filePath(u"other"_s));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(4096, 'x'));
        other.close();
        QCOMPARE(findFaults(other.fileName()).error().code, ErrorCode::LedgerCorrupt);
        QCOMPARE(copyLedger(other.fileName(), folder.filePath(u"copy"_s)).error().code, ErrorCode::LedgerCorrupt);
        QVERIFY(!QFile::exists(folder.filePath(u"copy"_s)));
    }

    void damageIsFound()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        fixture.close();
        QFile file(fixture.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 5 * 4096);
        QVERIFY(file.seek(4 * 4096)); // behind the schema
        file.write(QByteArray(4096, '\x7f'));
        file.close();
        const auto faults = findFaults(fixture.path());
        QVERIFY(!faults || !faults->isEmpty());
    }

    void aRowWithoutItsParentIsFound()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const auto database = store::Database::open(fixture.path(), store::DatabaseMode::ReadWrite);
        QVERIFY(database);
        QVERIFY((*database)->exec(u"PRAGMA foreign_keys = OFF"_s));
        QVERIFY((*database)->exec(u"INSERT INTO job_contexts (job_id, context_id) VALUES (77, 78)"_s));
        const auto faults = findFaults(fixture.path());
        QVERIFY(faults);
        QCOMPARE(faults->size(), 2);
    }

    void aCopyIsWholePrivateAndNotOverwritten()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const QString copy = fixture.folder() + u"/copy.sqlite"_s;
        const auto done = copyLedger(fixture.path(), copy);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
        QCOMPARE(QFile::permissions(copy) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(findFaults(copy).value(), QStringList());
        QVERIFY(store::Ledger::open({.path = copy, .mode = store::LedgerMode::ReadOnly}));
        QCOMPARE(copyLedger(fixture.path(), copy).error().code, ErrorCode::FileWriteFailed);
        QCOMPARE(copyLedger(fixture.path(), u"/nowhere/copy"_s).error().code, ErrorCode::FileWriteFailed);
        const QDir folder(fixture.folder());
        QCOMPARE(folder.entryList({u"copy*"_s}), QStringList(u"copy.sqlite"_s)); // nothing else is left
    }
};

QTEST_GUILESS_MAIN(TestLedgerCare)
#include "TestLedgerCare.moc"
