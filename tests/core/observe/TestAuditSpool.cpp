#include "core/observe/AuditSpool.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <cerrno>
#include <thread>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

std::atomic<int> g_folderSyncs{0};
std::atomic<bool> g_isDiskFull{false};

} // namespace

#ifdef Q_OS_LINUX
#include <sys/syscall.h>

// Takes the place of the system's function in this program: nothing else shows that the names were synced.
extern "C" int fsync(int file)
{
    struct stat found
    {
    };
    g_folderSyncs += ::fstat(file, &found) == 0 && S_ISDIR(found.st_mode) ? 1 : 0;
    return g_isDiskFull ? (errno = ENOSPC, -1) : static_cast<int>(::syscall(SYS_fsync, file));
}

extern "C" int fdatasync(int file)
{
    return g_isDiskFull ? (errno = ENOSPC, -1) : static_cast<int>(::syscall(SYS_fdatasync, file));
}
#endif

using namespace radpost;
using namespace radpost::observe;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const Clock::WallTime kTime(1735787045678ms);

QByteArray message(int number)
{
    return "<AuditMessage n=\"" + QByteArray::number(number) + "\"/>";
}

std::unique_ptr<AuditSpool> openSpool(const QString& folder, qint64 segmentBytes = 8 << 20, qint64 maxBytes = 1 << 30)
{
    auto spool = AuditSpool::open({folder, segmentBytes, maxBytes});
    return spool ? *std::move(spool) : nullptr;
}

QList<QByteArray> textsOf(const AuditBatch& batch)
{
    QList<QByteArray> texts;
    for (const auto& record : batch.records) {
        texts.append(record.xml);
    }
    return texts;
}

/// For root, too: a folder in its place.
class Unreadable final
{
public:
    explicit Unreadable(QString path)
        : m_path(std::move(path))
    {
        if (!QFile::rename(m_path, m_path + u".away"_s) || !QDir().mkdir(m_path)) {
            qFatal("cannot take the place of a file");
        }
    }
    ~Unreadable()
    {
        if (!QDir().rmdir(m_path) || !QFile::rename(m_path + u".away"_s, m_path)) {
            qFatal("cannot put a file back");
        }
    }
    Q_DISABLE_COPY_MOVE(Unreadable)

private:
    const QString m_path;
};

int modeOf(const QString& path)
{
    struct stat found
    {
    };
    return ::stat(path.toLocal8Bit().constData(), &found) == 0 ? int(found.st_mode & 0777) : -1;
}

/// Appends until it is killed and tells each message that append() took.
[[noreturn]] void appendForever(const QString& folder, int pipe)
{
    const auto spool = openSpool(folder, 4096);
    for (int i = 0; spool; ++i) {
        if (!spool->append(message(i), kTime) || ::write(pipe, &i, sizeof i) != sizeof i) {
            break;
        }
    }
    ::_exit(1);
}

} // namespace

class TestAuditSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsAppendedIsReadInOrder()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.filePath(u"deep/audit"_s));
        QVERIFY(spool);
        QVERIFY(spool->append(message(1), kTime));
        QVERIFY(spool->append(message(2), kTime + 1ms));
        const auto batch = *spool->read(spool->delivered(), 10);
        QCOMPARE(textsOf(batch), (QList{message(1), message(2)}));
        QVERIFY(batch.records[1].time == kTime + 1ms);
        QVERIFY(batch.next == batch.records[1].next);
        QVERIFY(spool->read(batch.next, 10)->records.empty());
        QCOMPARE(textsOf(*spool->read(spool->delivered(), 1)), QList{message(1)});
        QVERIFY(!spool->append("two\nlines", kTime));
    }

    void aLockThatAKilledProcessLeftHoldsNobodyUp()
    {
        const QTemporaryDir folder;
        QFile lock(folder.filePath(u"audit.lock"_s));
        // As a file that is the lock by being there: of a machine that had another name, a container say.
        QVERIFY(lock.open(QIODevice::WriteOnly) && lock.write("1\nradpost\nanother-host\n") > 0);
        lock.close();
        QVERIFY(openSpool(folder.path()));
    }

    void theNamesOfNewFilesAreOnTheDisk()
    {
#ifndef Q_OS_LINUX
        QSKIP("calls are counted on Linux only");
#endif
        const QTemporaryDir folder;
        auto before = g_folderSyncs.load();
        const auto path = folder.filePath(u"audit"_s);
        auto spool = openSpool(path, 60);
        QVERIFY(spool);
        QCOMPARE(g_folderSyncs - before, 2); // of the folder above the new one, and of its own
        before = g_folderSyncs;
        QVERIFY(spool->append(message(1), kTime));
        QCOMPARE(g_folderSyncs - before, 0);
        QVERIFY(spool->append(message(2), kTime)); // a new segment
        QCOMPARE(g_folderSyncs - before, 1);
        spool.reset();
        spool = openSpool(path, 60);
        QVERIFY(spool);
        QCOMPARE(g_folderSyncs - before, 1);
    }

    void onlyTheOwnerMayRead()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(u"audit"_s);
        const auto spool = openSpool(path);
        QVERIFY(spool && spool->append(message(1), kTime));
        QVERIFY(spool->setDelivered(spool->read({}, 1)->next));
        QCOMPARE(modeOf(path), 0700);
        QCOMPARE(modeOf(path + u"/audit-00000001.log"_s), 0600);
        QCOMPARE(modeOf(path + u"/delivered"_s), 0600);
    }

    void whatWasDeliveredIsRemembered()
    {
        const QTemporaryDir folder;
        auto spool = openSpool(folder.path(), 200);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(spool->append(message(i), kTime));
        }
        const auto half = spool->read(spool->delivered(), 10)->next;
        QVERIFY(spool->setDelivered(half));
        const auto undelivered = spool->undeliveredBytes();
        QVERIFY(undelivered > 0);
        spool.reset();
        spool = openSpool(folder.path(), 200);
        QVERIFY(spool->delivered() == half);
        QCOMPARE(spool->undeliveredBytes(), undelivered);
        const auto rest = *spool->read(half, 100);
        QCOMPARE(rest.records.size(), 10U);
        QCOMPARE(rest.records.front().xml, message(10));
        QVERIFY(spool->setDelivered(rest.next));
        QCOMPARE(spool->undeliveredBytes(), 0LL);
    }

    void aLineThatWasCutShortCostsNoOther()
    {
        const QTemporaryDir folder;
        QVERIFY(openSpool(folder.path())->append(message(1), kTime));
        QFile file(folder.filePath(u"audit-00000001.log"_s));
        QVERIFY(file.open(QIODevice::Append));
        file.write("0badc0de 17357870456");
        file.close();
        const auto spool = openSpool(folder.path());
        QVERIFY(spool->append(message(2), kTime));
        QCOMPARE(textsOf(*spool->read({}, 10)), (QList{message(1), message(2)}));
    }

    void brokenLinesAtTheEndAreLeftBehind()
    {
        const QTemporaryDir folder;
        QVERIFY(openSpool(folder.path())->append(message(1), kTime));
        QFile file(folder.filePath(u"audit-00000001.log"_s));
        QVERIFY(file.open(QIODevice::Append));
        file.write(QByteArray(3 << 20, 'x') + "\n\n00000000 1 <a/>\n");
        file.close();
        const auto spool = openSpool(folder.path());
        const auto batch = *spool->read({}, 10);
        QCOMPARE(textsOf(batch), QList{message(1)});
        QVERIFY(spool->setDelivered(batch.next));
        QCOMPARE(spool->undeliveredBytes(), 0LL);
        QVERIFY(!spool->waitForMore(batch.next, Deadline(0ms), {}));
    }

    void theOldestGoesWhenThereIsTooMuch()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path(), 400, 2000);
        for (int i = 0; i < 200; ++i) {
            QVERIFY(spool->append(message(i), kTime));
        }
        qint64 bytes = 0;
        for (const auto& file : QDir(folder.path()).entryInfoList({u"audit-*.log"_s})) {
            bytes += file.size();
        }
        QVERIFY2(bytes <= 2000, qPrintable(QString::number(bytes)));
        const auto left = *spool->read(spool->delivered(), 1000);
        QCOMPARE(left.records.back().xml, message(199));
        QCOMPARE(spool->lost() + qint64(left.records.size()), 200LL); // nothing goes uncounted
        QVERIFY(spool->lost() > 100);
    }

    void whatWasDeliveredIsNotLostWhenItGoes()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path(), 400, 2000);
        for (int i = 0; i < 200; ++i) {
            QVERIFY(spool->append(message(i), kTime));
            QVERIFY(spool->setDelivered(spool->read(spool->delivered(), 10)->next));
        }
        QCOMPARE(spool->lost(), 0LL);
    }

    void twoProcessesDoNotShareATrail()
    {
        const QTemporaryDir folder;
        const auto first = openSpool(folder.path());
        QVERIFY(first);
        const auto second = AuditSpool::open({folder.path()});
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::FileWriteFailed);
    }

    void aFirstFileThatCannotBeMadeIsAnError()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"audit-00000001.log"_s));
        const auto spool = AuditSpool::open({folder.path()});
        QVERIFY(!spool);
        QCOMPARE(spool.error().code, ErrorCode::FileWriteFailed);
        QVERIFY(QDir(folder.path()).rmdir(u"audit-00000001.log"_s));
        QVERIFY(openSpool(folder.path()));
    }

    void aFirstFileForWhichThereIsNoRoomIsAnError()
    {
#ifndef Q_OS_LINUX
        QSKIP("the disk is full on Linux only");
#endif
        const QTemporaryDir folder;
        g_isDiskFull = true;
        const auto spool = AuditSpool::open({folder.path()});
        g_isDiskFull = false;
        QVERIFY(!spool);
        QCOMPARE(spool.error().code, ErrorCode::DiskFull);
        QVERIFY(openSpool(folder.path()));
    }

    void whatCannotBeReadIsNotPassedOver()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path(), 60); // one message to a file
        for (int i = 0; i < 3; ++i) {
            QVERIFY(spool->append(message(i), kTime));
        }
        {
            const Unreadable second(folder.filePath(u"audit-00000002.log"_s));
            const auto before = spool->read({}, 10);
            QVERIFY(before);
            QCOMPARE(textsOf(*before), QList{message(0)});
            QVERIFY(spool->setDelivered(before->next));
            const auto failed = spool->read(before->next, 10);
            QVERIFY(!failed);
            QCOMPARE(failed.error().code, ErrorCode::FileUnreadable);
            spool->dropRemoved(); // it was not
            QVERIFY(!spool->read(before->next, 10));
        }
        QCOMPARE(textsOf(*spool->read(spool->delivered(), 10)), (QList{message(1), message(2)}));
        QCOMPARE(spool->lost(), 0LL);
    }

    void whatSomebodyRemovedIsLost_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QList<QByteArray>>("left");
        QTest::newRow("the oldest") << 1 << QList{message(1), message(2), message(3)};
        QTest::newRow("one between") << 2 << QList{message(0), message(2), message(3)};
        QTest::newRow("the newest") << 3 << QList{message(0), message(1), message(3)};
    }

    void whatSomebodyRemovedIsLost()
    {
        QFETCH(int, number);
        QFETCH(QList<QByteArray>, left);
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path(), 60);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(spool->append(message(i), kTime));
        }
        QVERIFY(QFile::remove(folder.filePath(u"audit-%1.log"_s.arg(number, 8, 10, QChar(u'0')))));
        spool->dropRemoved();
        spool->dropRemoved();
        QCOMPARE(spool->lost(), 1LL);
        QVERIFY(spool->append(message(3), kTime));
        const auto batch = spool->read(spool->delivered(), 10);
        QVERIFY(batch);
        QCOMPARE(textsOf(*batch), left);
        QVERIFY(spool->setDelivered(batch->next));
        QCOMPARE(spool->undeliveredBytes(), 0LL);
        QVERIFY(!spool->waitForMore(batch->next, Deadline(0ms), {}));
    }

    void aFileThatWasCutGoesOnAtItsEnd()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path());
        QVERIFY(spool->append(message(0), kTime));
        QVERIFY(QFile::resize(folder.filePath(u"audit-00000001.log"_s), 0));
        QVERIFY(!spool->read(spool->delivered(), 10));
        spool->dropRemoved();
        QCOMPARE(spool->lost(), 1LL);
        QVERIFY(spool->append(message(1), kTime));
        QCOMPARE(textsOf(*spool->read(spool->delivered(), 10)), QList{message(1)});
    }

    void aFolderThatIsAwayLosesNothing()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"audit"_s);
        const auto spool = openSpool(path);
        QVERIFY(spool->append(message(0), kTime));
        QVERIFY(QFile::rename(path, path + u".away"_s));
        QVERIFY(!spool->read(spool->delivered(), 10));
        spool->dropRemoved();
        QVERIFY(QFile::rename(path + u".away"_s, path));
        QCOMPARE(textsOf(*spool->read(spool->delivered(), 10)), QList{message(0)});
        QCOMPARE(spool->lost(), 0LL);
    }

    void whatGoesUnreadIsCounted()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path(), 60, 100);
        QVERIFY(spool->append(message(0), kTime));
        QVERIFY(QFile::remove(folder.filePath(u"audit-00000001.log"_s)));
        QVERIFY(spool->append(message(1), kTime));
        QVERIFY(spool->append(message(2), kTime)); // the first goes
        QCOMPARE(spool->lost(), 1LL);
    }

    void aFileRemovedOnAFullDiskIsBegunAnew()
    {
#ifndef Q_OS_LINUX
        QSKIP("the disk is full on Linux only");
#endif
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path());
        QVERIFY(spool->append(message(1000), kTime));
        QVERIFY(spool->setDelivered(spool->read({}, 10)->next));
        g_isDiskFull = true;
        const auto refused = spool->append(message(1001), kTime);
        g_isDiskFull = false;
        QVERIFY(!refused);
        QVERIFY(QFile::remove(folder.filePath(u"audit-00000001.log"_s)));
        QVERIFY(spool->append(message(2), kTime));
        QCOMPARE(textsOf(*spool->read(spool->delivered(), 10)), QList{message(2)});
        QCOMPARE(spool->lost(), 0LL);
    }

    void aWaitEndsWithTheNextMessage()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path());
        std::atomic<bool> hasCome{false};
        std::thread waiter([&] { hasCome = spool->waitForMore(spool->delivered(), Deadline(30s), {}); });
        QVERIFY(spool->append(message(1), kTime));
        waiter.join();
        QVERIFY(hasCome);
    }

    void manyThreadsKeepLinesWhole()
    {
        const QTemporaryDir folder;
        const auto spool = openSpool(folder.path(), 2000);
        std::vector<std::thread> writers;
        for (int t = 0; t < 4; ++t) {
            writers.emplace_back([&spool, t] {
                for (int i = 0; i < 50; ++i) {
                    QVERIFY(spool->append(message(t * 1000 + i), kTime));
                }
            });
        }
        for (auto& writer : writers) {
            writer.join();
        }
        QCOMPARE(spool->read({}, 1000)->records.size(), 200U);
    }

    void whatWasTakenSurvivesAKill()
    {
#if defined(__SANITIZE_THREAD__)
        QSKIP("the thread sanitizer does not follow a fork of a process with threads");
#endif
        for (int round = 0; round < 10; ++round) {
            const QTemporaryDir folder;
            std::array<int, 2> ends{};
            QCOMPARE(::pipe(ends.data()), 0);
            const auto child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                appendForever(folder.path(), ends[1]);
            }
            ::close(ends[1]);
            int last = -1;
            int told = 0;
            while (told < 20 + round * 7 && ::read(ends[0], &last, sizeof last) == sizeof last) {
                ++told;
            }
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            while (::read(ends[0], &last, sizeof last) == sizeof last) {
                ++told;
            }
            ::close(ends[0]);
            QVERIFY(told >= 20);
            const auto spool = openSpool(folder.path(), 4096);
            QVERIFY(spool);
            const auto batch = *spool->read({}, 1'000'000);
            QVERIFY2(qint64(batch.records.size()) >= told, qPrintable(QString::number(told)));
            for (int i = 0; i < told; ++i) {
                QCOMPARE(batch.records[size_t(i)].xml, message(i));
            }
            QVERIFY(spool->append(message(-1), kTime));
        }
    }
};

QTEST_GUILESS_MAIN(TestAuditSpool)
#include "TestAuditSpool.moc"
