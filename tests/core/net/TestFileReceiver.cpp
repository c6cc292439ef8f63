#include "core/net/FileReceiver.h"

#include "core/dicom/HeaderReader.h"
#include "core/net/implementation.h"
#include "tests/core/net/StoreFixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef Q_OS_LINUX
namespace {
std::vector<std::string> g_synced; ///< by the thread of the test
int g_syncError = 0;               ///< of the next one

int noteSync(const char* what)
{
    g_synced.emplace_back(what);
    errno = std::exchange(g_syncError, 0);
    return errno == 0 ? 0 : -1;
}
} // namespace

// In the place of the C library's: what they do cannot be seen from outside, and a disk that fails cannot be had.
extern "C" int fdatasync(int)
{
    return noteSync("data");
}
extern "C" int fsync(int)
{
    return noteSync("name");
}
#endif

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;

namespace {

const AcceptedContext kContext{1, {StoreFixture::kSopClass}, {"1.2.840.10008.1.2.1"}};
const PeerInfo kPeer{"NEAR", "FAR", QStringLiteral("127.0.0.1:1")};

CommandSet requestFor(const QByteArray& uid)
{
    CommandSet request;
    request.affectedSopClassUid = StoreFixture::kSopClass;
    request.affectedSopInstanceUid = uid;
    return request;
}

/// No file may grow beyond this while it lives: the nearest thing to a full disk.
class FileSizeLimit final
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit now{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before{};
};

} // namespace

class TestFileReceiver : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    std::unique_ptr<FileReceiver> m_receiver;

    quint16 store(const QByteArray& uid, const QByteArray& dataSet, const PeerInfo& peer = kPeer)
    {
        const auto sink = m_receiver->begin(requestFor(uid), kContext, peer);
        const std::array<ConstBytes, 1> parts{net::asBytes(dataSet)};
        sink->write(parts);
        return sink->finish().status;
    }
    QStringList files() const { return QDir(m_directory.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }
    QByteArray dataSetOf(const QString& name) const { return StoreFixture::dataSetOf(m_directory.filePath(name)); }

private Q_SLOTS:
    void init()
    {
        m_directory = QTemporaryDir();
        m_receiver = std::make_unique<FileReceiver>(m_directory.path());
        QVERIFY(m_receiver->open());
    }

    void theFileIsPart10AsTheStandardWants()
    {
        DataSetBuilder builder;
        builder.add(0x00080016U, "UI", StoreFixture::kSopClass).add(0x00080018U, "UI", "1.2.34");
        builder.add(0x0020000DU, "UI", "1.2.3").add(0x0020000EU, "UI", "1.2.4");
        QCOMPARE(store("1.2.34", builder.bytes()), kStatusSuccess);
        QCOMPARE(files(), QStringList{QStringLiteral("1.2.34.dcm")});

        QFile file(m_directory.filePath(QStringLiteral("1.2.34.dcm")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto all = file.readAll();
        QCOMPARE(all.left(128), QByteArray(128, '\0'));
        QByteArray meta = QByteArray::fromHex("020001004f420000020000000001");
        meta += QByteArray::fromHex("0200020055491a00") + StoreFixture::kSopClass + '\0';
        meta += QByteArray::fromHex("0200030055490600") + "1.2.34";
        meta += QByteArray::fromHex("0200100055491400") + "1.2.840.10008.1.2.1" + '\0';
        const auto uid = kImplementationClassUid.toByteArray();
        const qsizetype even = uid.size() + uid.size() % 2;
        meta += QByteArray::fromHex("020012005549") + char(even) + '\0' + uid.leftJustified(even, '\0');
        const auto name = kImplementationVersionName.toByteArray();
        const qsizetype evenName = name.size() + name.size() % 2;
        meta += QByteArray::fromHex("020013005348") + char(evenName) + '\0' + name.leftJustified(evenName, ' ');
        meta += QByteArray::fromHex("0200160041450400") + "NEAR";
        const QByteArray length =
            QByteArray("DICM") + QByteArray::fromHex("02000000554c0400") + char(meta.size()) + QByteArray(3, '\0');
        QCOMPARE(all.mid(128), length + meta + builder.bytes());

        dicom::HeaderReader reader;
        const auto header = reader.readFile(file.fileName());
        QVERIFY(header);
        QCOMPARE(header->sopInstanceUid.value, QByteArray("1.2.34"));
        QCOMPARE(header->dataSetLength, qint64(builder.bytes().size()));
    }

    void piecesOfAnySizeMakeTheWhole()
    {
        const auto sink = m_receiver->begin(requestFor("1.2"), kContext, kPeer);
        QByteArray whole;
        std::vector<QByteArray> texts;
        for (int i = 0; i < 300; ++i) {
            texts.push_back(QByteArray(i * 7, char(i)));
            whole += texts.back();
        }
        std::vector<ConstBytes> parts;
        for (const auto& text : texts) {
            parts.push_back(net::asBytes(text));
        }
        sink->write(std::span<const ConstBytes>(parts).first(1));
        sink->write(std::span<const ConstBytes>(parts).subspan(1, 200));
        sink->write(std::span<const ConstBytes>(parts).subspan(201));
        QCOMPARE(sink->finish().status, kStatusSuccess);
        QVERIFY(dataSetOf(QStringLiteral("1.2.dcm")) == whole);
        QCOMPARE(m_receiver->counters().bytes, qint64(whole.size()));
    }

    void whatNeverCameWholeLeavesNothing()
    {
        {
            const auto sink = m_receiver->begin(requestFor("1.2"), kContext, kPeer);
            const QByteArray text("half");
            const std::array<ConstBytes, 1> parts{net::asBytes(text)};
            sink->write(parts);
            QCOMPARE(files().size(), qsizetype(1)); // under a temporary name
            QVERIFY(files().first() != QStringLiteral("1.2.dcm"));
        }
        QVERIFY(files().isEmpty());
        QCOMPARE(m_receiver->begin(requestFor("1.2"), kContext, kPeer)->finish().status, kStatusProcessingFailure);
        QVERIFY(files().isEmpty());
    }

    void whatAKilledReceiverLeftIsRemovedAtTheNextStart()
    {
        const auto put = [this](const QString& name) {
            QFile file(m_directory.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write("half") == 4;
        };
        const QStringList others{
            QStringLiteral(".hidden.part"), QStringLiteral(".1-2.part.dcm"), QStringLiteral("1-2.part")};
        for (const QString& name : others + QStringList{QStringLiteral(".123-4.part")}) {
            QVERIFY(put(name));
        }
        QVERIFY(FileReceiver(m_directory.path()).open()); // another one runs on the folder: m_receiver
        QCOMPARE(files().size(), others.size() + 1);
        m_receiver.reset();
        QVERIFY(FileReceiver(m_directory.path()).open());
        QCOMPARE(files().size(), others.size());
        QVERIFY(!files().contains(QStringLiteral(".123-4.part")));
    }

    void whatAProcessOfTheSameNumberLeftIsNotInTheWay()
    {
        const auto name = QStringLiteral(".%1-%2.part").arg(QCoreApplication::applicationPid());
        for (int i = 0; i < 3; ++i) {
            QFile file(m_directory.filePath(name.arg(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QCOMPARE(store("1.2", "mine"), kStatusSuccess);
        QCOMPARE(dataSetOf(QStringLiteral("1.2.dcm")), QByteArray("mine"));
        QCOMPARE(files().size(), qsizetype(4));
    }

    void aFolderThatAnotherProgramHasLockedIsRefused()
    {
        QTemporaryDir locked;
        const int other = ::open(QFile::encodeName(locked.path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        QCOMPARE(::flock(other, LOCK_EX | LOCK_NB), 0);
        const auto opened = FileReceiver(locked.path()).open();
        ::close(other);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::FileWriteFailed);
    }

    void theSameInstanceAgainIsAcknowledgedAndDropped()
    {
        QCOMPARE(store("1.2", "same"), kStatusSuccess);
        QCOMPARE(store("1.2", "same", {"A_LONGER_SENDER", "FAR", {}}), kStatusSuccess);
        QCOMPARE(files(), QStringList{QStringLiteral("1.2.dcm")});
        QCOMPARE(m_receiver->counters().stored, 1);
        QCOMPARE(m_receiver->counters().duplicates, 1);
    }

    void anotherObjectOfTheSameUidIsKeptBesideTheFirst()
    {
        QCOMPARE(store("1.2", "first"), kStatusSuccess);
        QCOMPARE(store("1.2", "second"), kStatusSuccess);
        QCOMPARE(store("1.2", "second"), kStatusSuccess);
        QCOMPARE(store("1.2", "first and more"), kStatusSuccess);
        QCOMPARE(dataSetOf(QStringLiteral("1.2.dcm")), QByteArray("first"));
        QCOMPARE(dataSetOf(QStringLiteral("1.2_2.dcm")), QByteArray("second"));
        QCOMPARE(dataSetOf(QStringLiteral("1.2_3.dcm")), QByteArray("first and more"));
        QCOMPARE(files().size(), qsizetype(3));
        QCOMPARE(m_receiver->counters().conflicts, 2);
        QCOMPARE(m_receiver->counters().duplicates, 1);
    }

    void aFileThatIsNotOursIsNotOverwritten()
    {
        QFile other(m_directory.filePath(QStringLiteral("1.2.dcm")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("something else");
        other.close();
        QCOMPARE(store("1.2", "mine"), kStatusSuccess);
        QCOMPARE(dataSetOf(QStringLiteral("1.2_2.dcm")), QByteArray("mine"));
        QCOMPARE(other.size(), qint64(14));
    }

    void namesThatCouldLeaveTheDirectoryAreRefused_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("parent") << QByteArray("../1.2");
        QTest::newRow("slash") << QByteArray("1/2");
        QTest::newRow("hidden") << QByteArray(".1");
        QTest::newRow("NUL") << QByteArray("1.\0002", 4);
        QTest::newRow("blank") << QByteArray("1. 2");
        QTest::newRow("endless") << QByteArray(300, '1');
    }
    void namesThatCouldLeaveTheDirectoryAreRefused()
    {
        QFETCH(const QByteArray, uid);
        QCOMPARE(store(uid, "data"), quint16(0x0117));
        QVERIFY(files().isEmpty());
        QCOMPARE(m_receiver->counters().failed, 1);
    }

    void anInstanceOfNoSopClassIsRefused()
    {
        for (const auto& sopClass : {QByteArray(), QByteArray("CT"), QByteArray(70'000, '1')}) {
            auto request = requestFor("1.2");
            request.affectedSopClassUid = sopClass;
            QCOMPARE(m_receiver->begin(request, kContext, kPeer)->finish().status, kStatusSopClassNotSupported);
        }
        QVERIFY(files().isEmpty());
    }

    void noRoomIsOutOfResources()
    {
        {
            const FileSizeLimit limit(100'000);
            QCOMPARE(store("1.2", QByteArray(200'000, 'x')), kStatusOutOfResources);
        }
        QVERIFY(files().isEmpty());
        QCOMPARE(store("1.2", QByteArray(200'000, 'x')), kStatusSuccess); // recovered
    }

#ifdef Q_OS_LINUX
    void whatMustSurviveAPowerLossIsSyncedBeforeTheAnswer()
    {
        using Synced = std::vector<std::string>;
        g_synced.clear();
        QCOMPARE(store("1.1", "volatile"), kStatusSuccess);
        QCOMPARE(g_synced, Synced{});

        m_receiver = std::make_unique<FileReceiver>(m_directory.path(), Durability::PowerLoss);
        QVERIFY(m_receiver->open());
        QCOMPARE(store("1.2", "data"), kStatusSuccess);
        QCOMPARE(g_synced, (Synced{"data", "name"}));
        g_synced.clear();
        QCOMPARE(store("1.1", "volatile"), kStatusSuccess); // its own copy, then the one that stays
        QCOMPARE(g_synced, (Synced{"data", "data", "name"}));
    }

    void aSyncThatFailsIsNotASuccess()
    {
        m_receiver = std::make_unique<FileReceiver>(m_directory.path(), Durability::PowerLoss);
        QVERIFY(m_receiver->open());
        g_syncError = ENOSPC;
        QCOMPARE(store("1.2", "data"), kStatusOutOfResources);
        QVERIFY(files().isEmpty());
        g_syncError = EIO;
        QCOMPARE(store("1.2", "data"), kStatusProcessingFailure);
        QVERIFY(files().isEmpty());
        QCOMPARE(store("1.2", "data"), kStatusSuccess);
        QCOMPARE(m_receiver->counters().failed, 2);
        QCOMPARE(m_receiver->counters().stored, 1);
    }
#endif

    void aDirectoryThatHasGoneIsAFailure()
    {
        QVERIFY(QDir(m_directory.path()).removeRecursively());
        QCOMPARE(store("1.2", "data"), kStatusProcessingFailure);
    }

    void aDirectoryThatCannotBeMadeIsSaidToBe()
    {
        FileReceiver receiver(QStringLiteral("/proc/none/here"));
        QCOMPARE(receiver.open().error().code, ErrorCode::FileWriteFailed);
    }

    void manyThreadsKeepOneOfEach()
    {
        std::vector<std::thread> threads;
        std::atomic<int> refused{0};
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int k = 0; k < 50; ++k) {
                    refused += store("1.2." + QByteArray::number(k), "the same") == kStatusSuccess ? 0 : 1;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(refused, 0);
        QCOMPARE(files().size(), qsizetype(50));
        QCOMPARE(m_receiver->counters().stored, 50);
        QCOMPARE(m_receiver->counters().duplicates, 150);
    }
};

QTEST_GUILESS_MAIN(TestFileReceiver)
#include "TestFileReceiver.moc"
