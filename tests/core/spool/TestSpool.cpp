#include "core/dicom/FileMetaReader.h"
#include "core/spool/Intake.h"
#include "core/spool/Spool.h"
#include "core/store/Database.h"
#include "core/store/SpoolRepository.h"
#include "tests/support/DataSetBuilder.h"
#include "tests/support/LedgerFixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <atomic>
#include <barrier>
#include <functional>
#include <thread>

#include <sys/stat.h>

namespace {

/// What happens when one file is synced, the first time.
struct AtSync
{
    std::atomic<bool> isAwaited{false};
    QString path;
    std::function<void()> call;
};

AtSync g_atSync;

} // namespace

#ifdef Q_OS_LINUX
#include <sys/syscall.h>
#include <unistd.h>

// Takes the place of the system's function in this program: nothing else happens between a comparison and its answer.
extern "C" int fdatasync(int file)
{
    if (g_atSync.isAwaited && QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(file)) == g_atSync.path &&
        g_atSync.isAwaited.exchange(false)) {
        g_atSync.call();
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}
#endif

using namespace radpost;
using namespace Qt::StringLiterals;
using spool::Arrived;
using spool::Spool;
using spool::SpoolParams;
using store::DuplicatePolicy;

namespace {

const QByteArray kCt = "1.2.840.10008.5.1.4.1.1.2";
const QByteArray kExplicit = "1.2.840.10008.1.2.1";

std::span<const std::byte> bytesOf(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

QByteArray dataSetOf(const QByteArray& uid, char pixel = 'x', qsizetype pixels = 5000)
{
    test::DataSetBuilder set;
    set.add(0x00080016U, "UI", kCt).add(0x00080018U, "UI", uid).add(0x00080060U, "CS", "CT");
    set.add(0x00100010U, "PN", "Doe^Jane").add(0x00100020U, "LO", "P1").add(0x0020000DU, "UI", "1.2.3");
    set.add(0x0020000EU, "UI", "1.2.3.4").add(0x00200013U, "IS", "5").addShort(0x00280010U, 64);
    set.add(0x7FE00010U, "OB", QByteArray(pixels, pixel));
    return set.bytes();
}

/// A head as a receiver writes it, by hand.
QByteArray headOf(const QByteArray& uid)
{
    test::DataSetBuilder meta;
    meta.add(0x00020002U, "UI", kCt).add(0x00020003U, "UI", uid).add(0x00020010U, "UI", kExplicit);
    meta.add(0x00020016U, "AE", "CT1").add(0x00020018U, "AE", "GATE").addHead(0x00020026U, "UR", 16);
    return QByteArray(128, '\0') + "DICM" + meta.bytes() + "dicom://10.0.0.7";
}

struct Fixture
{
    explicit Fixture(SpoolParams given = {})
        : params(std::move(given))
    {
        open();
    }

    void open()
    {
        spool.reset();
        ledger.open();
        params.folder = ledger.folder() + u"/spool"_s;
        auto opened = Spool::open(ledger.ledger(), params);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        spool = std::move(*opened);
    }

    Result<Arrived> store(const QByteArray& uid, const QByteArray& dataSet, qsizetype piece = 1000)
    {
        auto intake = spool->makeIntake();
        begin(*intake, uid);
        for (qsizetype at = 0; at < dataSet.size(); at += piece) {
            const auto part = dataSet.mid(at, piece);
            const std::span<const std::byte> parts[] = {bytesOf(part)};
            intake->write(parts);
        }
        return intake->finish();
    }

    static void begin(spool::Intake& intake, const QByteArray& uid)
    {
        const auto head = headOf(uid);
        const auto bytes = bytesOf(head);
        intake.begin({{kCt}, {uid}, {kExplicit}, {u"CT1"_s, u"GATE"_s, u"10.0.0.7"_s}, {bytes.begin(), bytes.end()}});
    }

    QByteArray content(qint64 id) const
    {
        QFile file(QFile::decodeName(spool->folder().pathOf(id)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QStringList files() const
    {
        QStringList found;
        QDirIterator walk(params.folder, {u"*.dcm"_s, u"*.part"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            found.append(walk.next());
        }
        return found;
    }

    QList<store::SpoolInstanceRow> rows(const QByteArray& uid)
    {
        return *(*ledger.ledger().openReader())->spool().find(SopInstanceUid{uid});
    }

    test::LedgerFixture ledger;
    SpoolParams params;
    std::unique_ptr<Spool> spool;
};

} // namespace

class TestSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesBitForBitWithItsRow_data()
    {
        QTest::addColumn<int>("durability");
        QTest::newRow("process") << int(spool::Durability::Process);
        QTest::newRow("power loss") << int(spool::Durability::PowerLoss);
    }

    void storesBitForBitWithItsRow()
    {
        QFETCH(int, durability);
        Fixture f({.durability = static_cast<spool::Durability>(durability)});
        const auto dataSet = dataSetOf("1.1");
        const auto arrived = f.store("1.1", dataSet, 7);
        QVERIFY(arrived);
        QCOMPARE(f.content(arrived->id), headOf("1.1") + dataSet);
        const auto rows = f.rows("1.1");
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].id, arrived->id);
        QCOMPARE(rows[0].digest.size(), 32);
        QCOMPARE(rows[0].instanceNumber, u"5"_s);
        QCOMPARE(rows[0].studyInstanceUid, u"1.2.3"_s);
        QCOMPARE(rows[0].fileBytes, qint64(f.content(arrived->id).size()));
        QCOMPARE(arrived->series->patientName, u"Doe^Jane"_s);
        QCOMPARE(f.spool->space().used(), rows[0].fileBytes);
    }

    void filesAndFoldersAreTheOwnersAlone()
    {
        Fixture f;
        const auto arrived = f.store("1.1", dataSetOf("1.1"));
        const auto path = QFile::decodeName(f.spool->folder().pathOf(arrived->id));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(path) & others));
        for (auto folder = QFileInfo(path).absolutePath(); folder != f.ledger.folder();
             folder = QFileInfo(folder).absolutePath()) {
            QVERIFY2(!(QFile::permissions(folder) & (others | QFile::ExeGroup | QFile::ExeOther)), qPrintable(folder));
        }
    }

    void aFolderThatOthersMayWriteToIsNarrowed()
    {
        Fixture f;
        f.spool.reset();
        const QString incoming = f.params.folder + u"/incoming"_s;
        QCOMPARE(::chmod(QFile::encodeName(f.params.folder).constData(), 0777), 0);
        QCOMPARE(::chmod(QFile::encodeName(incoming).constData(), 0770), 0);
        f.open();
        for (const auto& path : {f.params.folder, incoming}) {
            const auto now = QFile::permissions(path);
            QVERIFY(!now.testAnyFlags(QFile::WriteGroup | QFile::WriteOther | QFile::ReadOther | QFile::ReadGroup));
        }
        QVERIFY(f.store("1.1", dataSetOf("1.1")));
    }

    void nothingIsAcknowledgedIntoAnotherPlace_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("midway");
        for (const bool midway : {false, true}) {
            for (const auto& what : {u"moved"_s, u"replaced"_s, u"ledger"_s}) {
                QTest::addRow("%s%s", qPrintable(what), midway ? ", while one comes" : "") << what << midway;
            }
        }
    }

    /// Neither a spool folder that somebody put in the place of ours, nor a ledger whose file was removed.
    void nothingIsAcknowledgedIntoAnotherPlace()
    {
        QFETCH(QString, what);
        QFETCH(bool, midway);
        Fixture f;
        QVERIFY(f.store("1.1", dataSetOf("1.1")));
        const QString victim = what == u"ledger"_s ? f.ledger.path() : f.params.folder;
        const QString aside = victim + u".aside"_s;
        const auto dataSet = dataSetOf("1.2");
        auto intake = f.spool->makeIntake();
        const std::span<const std::byte> parts[] = {bytesOf(dataSet)};
        if (midway) {
            Fixture::begin(*intake, "1.2");
            intake->write(parts);
        }
        QVERIFY(QFile::rename(victim, aside));
        if (what == u"replaced"_s) {
            QVERIFY(QDir().mkpath(victim + u"/incoming"_s));
        }
        if (!midway) {
            Fixture::begin(*intake, "1.2");
            intake->write(parts);
        }
        const auto ready = f.spool->isReady();
        QVERIFY(!ready);
        const auto arrived = intake->finish();
        QVERIFY(!arrived);
        QCOMPARE(arrived.error().retry, Retry::Later);
        QCOMPARE(arrived.error().code, what == u"ledger"_s ? ErrorCode::LedgerFailed : ErrorCode::FileUnreadable);
        QVERIFY(what != u"replaced"_s || QDir(victim).removeRecursively());
        QVERIFY(QFile::rename(aside, victim));
        QVERIFY(f.spool->isReady()); // it is put back
        QVERIFY(f.store("1.2", dataSet));
    }

    void aThousandFilesToAFolder()
    {
        Fixture f({.durability = spool::Durability::Process});
        const auto& folder = f.spool->folder();
        QVERIFY(folder.pathOf(12'345'678).endsWith("/0012/345/0012345678.dcm"));
        f.ledger.ledger().writer().keepSpoolIdsAbove(999'998);
        const auto first = f.store("1.1", dataSetOf("1.1"));
        const auto second = f.store("1.2", dataSetOf("1.2"));
        QVERIFY(folder.pathOf(first->id).endsWith("/0000/999/0000999999.dcm"));
        QVERIFY(folder.pathOf(second->id).endsWith("/0001/000/0001000000.dcm"));
        QCOMPARE(*folder.highestId(), 1'000'000);
        QCOMPARE(*folder.leaves(), (QList<qint64>{999'000, 1'000'000}));
    }

    void identicalContentIsCountedOnce()
    {
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1"));
        const auto again = f.store("1.1", dataSetOf("1.1"), 333);
        QVERIFY(again && again->isIdentical);
        QCOMPARE(again->id, first->id);
        QCOMPARE(f.files().size(), 1);
        QCOMPARE(f.spool->counters().stored, 1);
        QCOMPARE(f.spool->counters().identical, 1);
        QCOMPARE(f.spool->space().used(), qint64(f.content(first->id).size()));
    }

    void identicalContentWhoseFileIsGoneIsStoredAgain()
    {
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1"));
        QVERIFY(f.spool->folder().remove(first->id));
        const auto again = f.store("1.1", dataSetOf("1.1"));
        QVERIFY(again && !again->isIdentical);
        QVERIFY(again->id != first->id);
        QVERIFY(!f.content(again->id).isEmpty());
        QCOMPARE(f.rows("1.1")[0].state, store::SpoolState::Missing);
        QCOMPARE(f.spool->space().used(), qint64(f.content(again->id).size()));
        QVERIFY(f.spool->remove(first->id));
        QCOMPARE(f.spool->space().used(), qint64(f.content(again->id).size())); // given back once
    }

    void whatComesAgainIsNotRemovedWhileItIsCompared()
    {
#ifndef Q_OS_LINUX
        QSKIP("the moment is known on Linux only");
#endif
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1"));
        const QList ids{first->id};
        Result<qint64> meanwhile = -1;
        g_atSync.path = QFileInfo(QFile::decodeName(f.spool->folder().pathOf(first->id))).canonicalFilePath();
        g_atSync.call = [&] { meanwhile = f.spool->remove(ids); };
        g_atSync.isAwaited = true;
        const auto again = f.store("1.1", dataSetOf("1.1"));
        QVERIFY(again && again->isIdentical);
        QCOMPARE(again->id, first->id);
        QCOMPARE(*meanwhile, 0);
        QCOMPARE(f.content(first->id).size(), f.spool->space().used());
        QCOMPARE(f.rows("1.1")[0].state, store::SpoolState::Current);
        QCOMPARE(*f.spool->remove(ids), 1); // the next time
        QCOMPARE(f.spool->space().used(), 0);
    }

    void whatIsBeingRemovedIsNotThereAlready()
    {
        store::Ledger* ledger = nullptr;
        int asked = 0;
        SpoolParams params;
        params.beforeComparing = [&](qint64 id) { // as remove() does before the file goes
            ++asked;
            QVERIFY(ledger->writer().run(
                [id](store::WriteSession& session) { return session.spool.setState(id, store::SpoolState::Missing); }));
        };
        Fixture f(std::move(params));
        ledger = &f.ledger.ledger();
        const auto first = f.store("1.1", dataSetOf("1.1"));
        const auto again = f.store("1.1", dataSetOf("1.1"));
        QCOMPARE(asked, 1);
        QVERIFY(again && !again->isIdentical);
        QVERIFY(again->id != first->id);
        QVERIFY(f.spool->folder().remove(first->id));
        QVERIFY(!f.content(again->id).isEmpty());
        QCOMPARE(f.rows("1.1").last().state, store::SpoolState::Current);
    }

    void equalDigestOfOtherBytesIsAnotherContent()
    {
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1"));
        QFile file(QFile::decodeName(f.spool->folder().pathOf(first->id))); // as if both had one digest
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() - 1) && file.write("y") == 1);
        file.close();
        const auto again = f.store("1.1", dataSetOf("1.1"));
        QVERIFY(again && !again->isIdentical);
        QCOMPARE(again->version, 2);
        QCOMPARE(f.files().size(), 2);
    }

    void anotherContentFollowsThePolicy_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<QByteArray>("kept");
        QTest::newRow("first") << int(DuplicatePolicy::KeepFirst) << QByteArray("a");
        QTest::newRow("last") << int(DuplicatePolicy::KeepLast) << QByteArray("b");
        QTest::newRow("both") << int(DuplicatePolicy::KeepBoth) << QByteArray("ab");
    }

    void anotherContentFollowsThePolicy()
    {
        QFETCH(int, policy);
        QFETCH(QByteArray, kept);
        Fixture f({.duplicates = static_cast<DuplicatePolicy>(policy)});
        const auto first = f.store("1.1", dataSetOf("1.1", 'a'));
        const auto second = f.store("1.1", dataSetOf("1.1", 'b'));
        QVERIFY(first);
        QCOMPARE(second.has_value(), kept != "a");
        QByteArray left;
        qint64 bytes = 0;
        for (const auto& path : f.files()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            left += file.readAll().back();
            bytes += file.size();
        }
        std::sort(left.begin(), left.end());
        QCOMPARE(left, kept);
        QCOMPARE(f.spool->space().used(), bytes);
        const auto rows = f.rows("1.1");
        QCOMPARE(rows.size(), kept.size());
        QVERIFY(rows.last().differs);
        if (!second) {
            QCOMPARE(second.error().code, ErrorCode::DuplicateDiffers);
            QCOMPARE(f.spool->counters().refused, 1);
        }
    }

    void aVersionThatIsNeededIsNotDropped()
    {
        Fixture f({.duplicates = DuplicatePolicy::KeepLast, .mayDrop = [](qint64) { return false; }});
        std::ignore = f.store("1.1", dataSetOf("1.1", 'a'));
        std::ignore = f.store("1.1", dataSetOf("1.1", 'b'));
        QCOMPARE(f.files().size(), 2);
    }

    void manyAssociationsWithOneUidAtOnce()
    {
        Fixture f;
        constexpr int kThreads = 8;
        std::barrier start(kThreads);
        std::atomic<int> acknowledged{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&, i] {
                for (int round = 0; round < 20; ++round) {
                    start.arrive_and_wait();
                    const QByteArray uid = "1.1." + QByteArray::number(round);
                    acknowledged += f.store(uid, dataSetOf(uid, i < kThreads / 2 ? 'a' : 'b')) ? 1 : 0;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(acknowledged, kThreads * 20);
        QCOMPARE(f.files().size(), 40); // both contents of each, once
        QCOMPARE(f.spool->counters().stored, 40);
        QCOMPARE(f.spool->counters().identical, 120);
        QCOMPARE(f.spool->counters().versions, 20);
    }

    void whatNeverCameWholeLeavesNothing()
    {
        Fixture f;
        auto intake = f.spool->makeIntake();
        Fixture::begin(*intake, "1.1");
        const auto dataSet = dataSetOf("1.1");
        const std::span<const std::byte> parts[] = {bytesOf(dataSet)};
        intake->write(parts);
        QCOMPARE(f.files().size(), 1);
        QVERIFY(f.spool->space().used() > 0);
        intake.reset();
        QCOMPARE(f.files().size(), 0);
        QCOMPARE(f.spool->space().used(), 0);
    }

    void invalidUidsAndEmptyDataSetsAreRefused()
    {
        Fixture f;
        QCOMPARE(f.store("../../etc/passwd", dataSetOf("1.1")).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(f.store("1.1", {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(f.files().size(), 0);
        QCOMPARE(f.spool->counters().failed, 2);
    }

    void whatCannotBeProposedIsNotKept_data()
    {
        QTest::addColumn<QByteArray>("sopClass");
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<int>("status");
        QTest::newRow("class of 65 digits") << "1.2." + QByteArray(61, '3') << kExplicit << 0x0122;
        QTest::newRow("no class") << QByteArray() << kExplicit << 0x0122;
        QTest::newRow("class of control characters") << QByteArray("x\"\n\x1b[31mX") << kExplicit << 0x0122;
        QTest::newRow("syntax of 65 digits") << kCt << "1.2." + QByteArray(61, '3') << 0xC000;
        QTest::newRow("no syntax") << kCt << QByteArray() << 0xC000;
    }

    void whatCannotBeProposedIsNotKept()
    {
        QFETCH(QByteArray, sopClass);
        QFETCH(QByteArray, syntax);
        QFETCH(int, status);
        Fixture f;
        auto intake = f.spool->makeIntake();
        intake->begin({{sopClass}, {"1.1"}, {syntax}, {u"CT1"_s, u"GATE"_s, u"10.0.0.7"_s}, {}});
        const auto dataSet = dataSetOf("1.1");
        const std::span<const std::byte> parts[] = {bytesOf(dataSet)};
        intake->write(parts);
        const auto arrived = intake->finish();
        QVERIFY(!arrived);
        QCOMPARE(arrived.error().code, ErrorCode::DicomMalformed);
        QCOMPARE(int(arrived.error().dimseStatus.value_or(0)), status);
        QCOMPARE(f.files().size(), 0);
    }

    void noRoomRefusesAtTheBeginningAndInTheMiddle()
    {
        const auto room = std::make_shared<qint64>(5 << 18); // less at each look
        Fixture f({.space = {.reserveBytes = 1 << 19}, .freeBytes = [room] { return *room -= 1 << 18; }});
        QVERIFY(f.store("1.1", dataSetOf("1.1")));
        const auto tooMuch = f.store("1.2", dataSetOf("1.2", 'x', 1 << 20), 64 * 1024);
        QCOMPARE(tooMuch.error().code, ErrorCode::DiskFull);
        QCOMPARE(f.files().size(), 1);
        f.spool->space().setLimits({.quotaBytes = 100});
        QCOMPARE(f.store("1.3", dataSetOf("1.3")).error().code, ErrorCode::DiskFull);
        QCOMPARE(f.files().size(), 1);
    }

    void aRefusalForRoomIsKnownUntilThereIsSome()
    {
        Fixture f({.space = {.quotaBytes = 20'000}});
        const auto first = f.store("1.1", dataSetOf("1.1"));
        QVERIFY(first);
        QVERIFY(f.spool->isRefusingNobody());
        QCOMPARE(f.store("1.2", dataSetOf("1.2", 'x', 15'000)).error().code, ErrorCode::DiskFull);
        QVERIFY(f.spool->isReady()); // for something small
        const auto refusing = f.spool->isRefusingNobody();
        QVERIFY(!refusing);
        QCOMPARE(refusing.error().code, ErrorCode::DiskFull);
        QVERIFY(f.store("1.3", dataSetOf("1.3", 'x', 10)));
        QVERIFY(!f.spool->isRefusingNobody());
        QVERIFY(f.spool->remove(first->id));
        QVERIFY(f.spool->isRefusingNobody());
        QVERIFY(f.store("1.2", dataSetOf("1.2", 'x', 15'000)));
        QVERIFY(f.spool->isRefusingNobody());
    }

    void anIndexThatRefusesTakesTheFileBack()
    {
        Fixture f;
        QVERIFY(f.store("1.1", dataSetOf("1.1")));
        f.ledger.ledger().writer().setMaxPages(1);
        Result<Arrived> refused;
        for (int i = 0; i < 2000 && refused; ++i) {
            const QByteArray uid = "1.2." + QByteArray::number(i);
            refused = f.store(uid, dataSetOf(uid, 'x', 10));
        }
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::DiskFull);
        QCOMPARE(f.files().size(), f.spool->counters().stored);
    }

    void theHookIsPartOfTheTransaction()
    {
        QList<qint64> seen;
        bool refuse = false;
        SpoolParams params;
        params.inTransaction = [&](store::WriteSession& session, const Arrived& arrived) -> Result<> {
            seen.append(arrived.id);
            if (refuse) {
                return fail(ErrorCode::InvalidArgument);
            }
            return session.database.exec(u"CREATE TABLE routed (id INTEGER)"_s);
        };
        Fixture f(std::move(params));
        const auto stored = f.store("1.1", dataSetOf("1.1"));
        QVERIFY(stored);
        QCOMPARE(seen, QList<qint64>{stored->id});
        QVERIFY(f.store("1.1", dataSetOf("1.1"))->isIdentical);
        QCOMPARE(seen.size(), 1);
        refuse = true;
        QVERIFY(!f.store("1.2", dataSetOf("1.2")));
        QCOMPARE(f.files().size(), 1);
        QCOMPARE(f.rows("1.2").size(), 0);
    }

    void checkAdoptsWhatHasNoRow()
    {
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1", 'a'));
        const auto second = f.store("1.1", dataSetOf("1.1", 'b'));
        const auto third = f.store("1.3", dataSetOf("1.3"));
        const QList<store::SpoolInstanceRow> before = f.rows("1.1") + f.rows("1.3");
        f.spool.reset();
        f.ledger.close();
        for (const auto& name : QDir(f.ledger.folder() + u"/data"_s).entryList(QDir::Files)) {
            QVERIFY(QFile::remove(f.ledger.folder() + u"/data/"_s + name)); // the index is lost
        }
        f.open();
        QVERIFY(f.store("1.4", dataSetOf("1.4"))->id > third->id);
        const auto report = f.spool->check({});
        QVERIFY(report);
        QCOMPARE(report->adopted, 3);
        const QList<store::SpoolInstanceRow> after = f.rows("1.1") + f.rows("1.3");
        QCOMPARE(after.size(), before.size());
        for (qsizetype i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i].id, before[i].id);
            QCOMPARE(after[i].digest, before[i].digest);
            QCOMPARE(after[i].version, before[i].version);
            QCOMPARE(after[i].state, before[i].state);
            QCOMPARE(after[i].fileBytes, before[i].fileBytes);
            QCOMPARE(after[i].source, before[i].source);
            QCOMPARE(after[i].studyInstanceUid, before[i].studyInstanceUid);
        }
        QCOMPARE(f.spool->check({})->adopted, 0);
    }

    void checkRemovesCopiesMarksLossesAndSetsDamageAside()
    {
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1"));
        const auto lost = f.store("1.2", dataSetOf("1.2"));
        const auto& folder = f.spool->folder();
        // Killed between rename and row, as a resend of the same; a lost file; a file that is none.
        QVERIFY(QFile::copy(QFile::decodeName(folder.pathOf(first->id)), QFile::decodeName(folder.pathOf(50))));
        QVERIFY(folder.remove(lost->id));
        QFile damaged(QFile::decodeName(folder.pathOf(51)));
        QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write("no DICOM") > 0);
        damaged.close();
        f.open();
        const auto report = f.spool->check({});
        QVERIFY(report);
        QCOMPARE(report->copies, 1);
        QCOMPARE(report->missing, 1);
        QCOMPARE(report->damaged, 1);
        QCOMPARE(report->known, 1);
        QCOMPARE(f.rows("1.2")[0].state, store::SpoolState::Missing);
        QVERIFY(QFile::exists(f.params.folder + u"/damaged/0000000051.dcm"_s));
        QCOMPARE(f.spool->space().used(), qint64(f.content(first->id).size()));
        const auto again = f.spool->check({});
        QCOMPARE(again->missing + again->damaged + again->copies + again->adopted, 0);
    }

    void whatCheckFindsDoesNotSupersedeWhatIsNewer_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<qint64>("id"); // of the file without a row; that of the row is 40
        QTest::addColumn<bool>("isCurrent");
        QTest::addColumn<int>("files");
        QTest::newRow("both, older") << int(DuplicatePolicy::KeepBoth) << qint64(20) << false << 2;
        QTest::newRow("both, newer") << int(DuplicatePolicy::KeepBoth) << qint64(50) << true << 2;
        QTest::newRow("last, older") << int(DuplicatePolicy::KeepLast) << qint64(20) << false << 1;
        QTest::newRow("last, newer") << int(DuplicatePolicy::KeepLast) << qint64(50) << true << 2;
        QTest::newRow("first, older") << int(DuplicatePolicy::KeepFirst) << qint64(20) << false << 2;
        QTest::newRow("first, newer") << int(DuplicatePolicy::KeepFirst) << qint64(50) << false << 2;
    }

    void whatCheckFindsDoesNotSupersedeWhatIsNewer()
    {
        QFETCH(int, policy);
        QFETCH(qint64, id);
        QFETCH(bool, isCurrent);
        QFETCH(int, files);
        QList<qint64> told;
        SpoolParams params;
        params.duplicates = static_cast<DuplicatePolicy>(policy);
        params.inTransaction = [&told](store::WriteSession&, const Arrived& arrived) -> Result<> {
            told.append(arrived.id);
            return {};
        };
        Fixture f(std::move(params));
        f.ledger.ledger().writer().keepSpoolIdsAbove(39);
        const auto kept = f.store("1.1", dataSetOf("1.1", 'a'));
        QCOMPARE(kept->id, 40);
        QFile left(QFile::decodeName(f.spool->folder().pathOf(id)));
        QVERIFY(left.open(QIODevice::WriteOnly) && left.write(headOf("1.1") + dataSetOf("1.1", 'b')) > 0);
        left.close();
        f.open();
        const auto report = f.spool->check({});
        QVERIFY2(report, qPrintable(report ? QString() : report.error().detail));
        QCOMPARE(report->adopted, 1);
        QCOMPARE(told, isCurrent ? QList<qint64>({40, id}) : QList<qint64>({40}));
        QCOMPARE(f.files().size(), files);
        const auto rows = f.rows("1.1");
        QCOMPARE(rows.size(), files);
        for (const auto& row : rows) {
            QCOMPARE(row.state == store::SpoolState::Current, (row.id == id) == isCurrent);
            QVERIFY(row.differs);
        }
        QCOMPARE(f.spool->check({})->adopted, 0);
    }

    void aFolderThatCannotBeListedLosesNothing()
    {
        Fixture f;
        const auto first = f.store("1.1", dataSetOf("1.1"));
        const QString leaf = QFileInfo(QFile::decodeName(f.spool->folder().pathOf(first->id))).path();
        f.open();
        // What a disk gives that does not answer, for root too: a listing that fails.
        QVERIFY(QFile::rename(leaf, leaf + u".away"_s));
        QFile instead(leaf);
        QVERIFY(instead.open(QIODevice::WriteOnly));
        instead.close();
        const auto failed = f.spool->check({});
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::FileUnreadable);
        QCOMPARE(f.rows("1.1")[0].state, store::SpoolState::Current);
        QVERIFY(instead.remove() && QFile::rename(leaf + u".away"_s, leaf));
        QCOMPARE(f.spool->check({})->known, 1);
    }

    void aVolumeThatGoesAwayLosesNothing()
    {
        Fixture f;
        std::ignore = f.store("1.1", dataSetOf("1.1"));
        f.open();
        QVERIFY(QFile::rename(f.params.folder, f.params.folder + u".away"_s));
        QCOMPARE(f.spool->check({}).error().code, ErrorCode::FileUnreadable);
        QVERIFY(QDir().mkpath(f.params.folder)); // the empty mount point
        QCOMPARE(f.spool->check({}).error().code, ErrorCode::FileUnreadable);
        QCOMPARE(f.rows("1.1")[0].state, store::SpoolState::Current);
        f.spool.reset();
        const auto refused = Spool::open(f.ledger.ledger(), f.params);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::FileUnreadable);
        f.params.mayHaveLostAll = true;
        f.open();
        QCOMPARE(f.spool->check({})->missing, 1);
    }

    void aMissingFileThatIsThereAgainIsRevived()
    {
        Fixture f;
        const auto old = f.store("1.1", dataSetOf("1.1", 'a'));
        const auto current = f.store("1.1", dataSetOf("1.1", 'b'));
        const auto other = f.store("1.2", dataSetOf("1.2"));
        const auto untouched = f.store("1.3", dataSetOf("1.3"));
        const auto pathOf = [&](qint64 id) { return QFile::decodeName(f.spool->folder().pathOf(id)); };
        for (const auto id : {old->id, current->id, other->id}) {
            QVERIFY(QFile::rename(pathOf(id), pathOf(id) + u".away"_s));
        }
        f.open();
        QCOMPARE(f.spool->check({})->missing, 3);
        const auto used = f.spool->space().used();
        QCOMPARE(used, qint64(f.content(untouched->id).size()));
        QVERIFY(QFile::rename(pathOf(old->id) + u".away"_s, pathOf(old->id)));
        QVERIFY(QFile::rename(pathOf(current->id) + u".away"_s, pathOf(current->id)));
        QVERIFY(QFile::copy(pathOf(current->id), pathOf(other->id))); // not what its row tells of
        const auto report = f.spool->check({});
        QVERIFY2(report, qPrintable(report ? QString() : report.error().detail));
        QCOMPARE(report->revived, 2);
        QCOMPARE(report->damaged, 1);
        QCOMPARE(f.rows("1.1")[0].state, store::SpoolState::Superseded);
        QCOMPARE(f.rows("1.1")[1].state, store::SpoolState::Current);
        QCOMPARE(f.rows("1.2")[0].state, store::SpoolState::Missing);
        QCOMPARE(f.spool->space().used(), used + f.content(old->id).size() + f.content(current->id).size());
        QCOMPARE(f.spool->check({})->known, 3);
    }

    void unfinishedFilesOfAKilledProcessAreRemoved()
    {
        Fixture f;
        f.spool.reset();
        QFile left(f.params.folder + u"/incoming/1-1.part"_s);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        f.open();
        QVERIFY(!left.exists());
    }

    void oneProcessAtATime()
    {
        Fixture f;
        spool::SpoolFolder other(f.params.folder);
        const auto opened = other.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::FileWriteFailed);
    }
};

QTEST_GUILESS_MAIN(TestSpool)
#include "TestSpool.moc"
