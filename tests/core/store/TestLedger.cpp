#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;

class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileAndFolderAreForTheOwnerOnly()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        for (const QString& suffix : {u""_s, u"-wal"_s, u".lock"_s}) {
            const QFileInfo info(fixture.path() + suffix);
            QVERIFY2(info.exists(), qPrintable(suffix));
            QCOMPARE(info.permissions() & kOthers, QFile::Permissions());
        }
        const auto folder = QFileInfo(QFileInfo(fixture.path()).path()).permissions();
        QCOMPARE(folder & (kOthers | QFile::ExeGroup | QFile::ExeOther), QFile::Permissions());
    }

    void aSecondWriterIsRefusedWithTheHolder()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const auto second = Ledger::open({.path = fixture.path()});
        QCOMPARE(second.error().code, ErrorCode::LedgerLocked);
        QVERIFY(second.error().detail.contains(QString::number(QCoreApplication::applicationPid())));
    }

    void readersWorkBesideAWriterAndSeeItsCommits()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        const auto beside = Ledger::open({.path = fixture.path(), .mode = LedgerMode::ReadOnly});
        QVERIFY(beside.has_value());
        QVERIFY((*beside)->isReadOnly());
        QVERIFY(addJob(fixture));
        auto reader = (*beside)->openReader();
        QCOMPARE((*reader)->jobs().list()->size(), 1);
    }

    void readingNeedsALedger()
    {
        test::LedgerFixture fixture;
        const auto opened = Ledger::open({.path = fixture.path(), .mode = LedgerMode::ReadOnly});
        QCOMPARE(opened.error().code, ErrorCode::LedgerUnreadable);
        QVERIFY(!QFileInfo::exists(fixture.path()));
    }

    void aNewerLedgerIsRefusedEitherWay()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        fixture.close();
        {
            auto database = Database::open(fixture.path(), DatabaseMode::ReadWrite);
            QVERIFY((*database)->exec(u"PRAGMA user_version = 99"_s));
        }
        QVERIFY(!fixture.open());
        QCOMPARE(fixture.error()->code, ErrorCode::LedgerNewer);
        const auto reading = Ledger::open({.path = fixture.path(), .mode = LedgerMode::ReadOnly});
        QCOMPARE(reading.error().code, ErrorCode::LedgerNewer);
    }

    void aDamagedFileIsCorruptAndStaysAsItIs()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        fixture.close();
        QFile file(fixture.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write(QByteArray(200, '\x7f')), 200);
        file.close();
        QVERIFY(!fixture.open());
        QCOMPARE(fixture.error()->code, ErrorCode::LedgerCorrupt);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.read(200), QByteArray(200, '\x7f'));
    }

    void jobsThatGrewWhenTheProcessEndedAreInterrupted()
    {
        test::LedgerFixture fixture;
        QVERIFY(fixture.open());
        QVERIFY(addJob(fixture));
        QVERIFY(fixture.open());
        auto reader = fixture.ledger().openReader();
        const auto jobs = (*reader)->jobs().list();
        QCOMPARE(jobs->first().growth, JobGrowth::Interrupted);
        QCOMPARE(jobs->first().state, JobState::Active);
        QCOMPARE(fixture.ledger().writer().nextJobId().value, jobs->first().id.value + 1);
    }

private:
    static bool addJob(test::LedgerFixture& fixture)
    {
        auto& writer = fixture.ledger().writer();
        const auto id = writer.nextJobId();
        return writer.run([&](WriteSession& session) { return session.jobs.insert(id, test::makeJob(), WallTime()); })
            .has_value();
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "TestLedger.moc"
