#include "core/scan/WatchFolder.h"
#include "core/scan/WatchRunner.h"
#include "tests/core/scan/ScanTestSupport.h"
#include "tests/support/DataSetBuilder.h"
#include "tests/support/ManualClock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include <signal.h>
#include <sys/resource.h>

using namespace radpost;
using namespace radpost::scan;
using radpost::scan::test::archiveBytes;
using radpost::scan::test::Packing;
using radpost::test::DataSetBuilder;
using radpost::test::fileMeta;
using radpost::test::ManualClock;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray image(const QByteArray& uid)
{
    DataSetBuilder set;
    set.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.7").add(0x00080018U, "UI", uid);
    set.add(0x0020000DU, "UI", "1.2.3").add(0x0020000EU, "UI", "1.2.3.1");
    return fileMeta("1.2.840.10008.1.2.1") + set.bytes();
}

/// Notes what it gets; fails as asked to.
class Taker final : public WatchSink
{
public:
    Result<> take(ScannedInstance&& instance) override
    {
        if (fails) {
            if (beforeFail) {
                beforeFail();
            }
            return fail(*fails);
        }
        uids.append(QString::fromLatin1(instance.header.sopInstanceUid.value));
        if (afterTake) {
            afterTake();
        }
        return {};
    }
    void onJunk(SkippedFile&& file, const QString& movedTo) override
    {
        junk.append(file.sourcePath.section(u'/', -1) + u' ' + errorName(file.reason.code));
        places.append(movedTo);
    }
    void onStuck(const QString& path, const Error&) override { stuck.append(path.section(u'/', -1)); }

    QStringList uids;
    QStringList junk;
    QStringList places;
    QStringList stuck;
    std::optional<ErrorCode> fails;
    std::function<void()> afterTake;
    std::function<void()> beforeFail;
};

} // namespace

class TestWatchFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>();
        m_taker = std::make_unique<Taker>();
        m_params = {};
        m_params.folder = path(u"in"_s);
        QVERIFY(QDir().mkpath(m_params.folder));
        restart();
    }

    void cleanup()
    {
        m_watch.reset();
        m_taken.reset();
    }

    void aFileIsTakenWhenItSettled()
    {
        write(u"in/a.dcm"_s, image("1.1"));
        auto report = poll();
        QCOMPARE(report.waiting, 1);
        QCOMPARE(*report.nextDue, m_clock->steadyNow() + 10s);
        m_clock->advance(9s);
        write(u"in/a.dcm"_s, image("1.1") + QByteArray("\0\0\0\0", 4)); // it grew
        QCOMPARE(poll().waiting, 1);
        m_clock->advance(9s);
        QCOMPARE(poll().waiting, 1);
        m_clock->advance(1s);
        report = poll();
        QCOMPARE(report.taken, 1);
        QCOMPARE(m_taker->uids, QStringList(u"1.1"_s));
        QVERIFY(QFile::exists(path(u"in/a.dcm"_s)));
        m_clock->advance(1h);
        report = poll();
        QCOMPARE(report.known, 1);
        QCOMPARE(m_taker->uids.size(), 1);
    }

    void whoWritesStillIsWaitedFor()
    {
#ifndef Q_OS_LINUX
        QSKIP("the system does not tell who writes");
#endif
        QFile open(path(u"in/a.dcm"_s));
        QVERIFY(open.open(QIODevice::WriteOnly));
        const auto bytes = image("1.1");
        QCOMPARE(open.write(bytes), bytes.size());
        QVERIFY(open.flush());
        settle();
        QCOMPARE(poll().waiting, 1);
        m_clock->advance(1h);
        QCOMPARE(poll().waiting, 1);
        open.close();
        m_clock->advance(5s);
        QCOMPARE(poll().waiting, 1); // quiet once more from the end of writing on
        m_clock->advance(5s);
        QCOMPARE(poll().taken, 1);
    }

    void subfoldersAreLookedInto()
    {
        write(u"in/s/t/a"_s, image("1.1"));
        write(u"in/b"_s, image("1.2"));
        settle();
        QCOMPARE(poll().taken, 2);
        QCOMPARE(m_watch->folders().size(), 3);
    }

    void filesAreMovedBelowTheSameFolders()
    {
        m_params.afterTaking = AfterTaking::Move;
        m_params.movedFolder = path(u"in/done"_s);
        restart();
        write(u"in/s/a.dcm"_s, image("1.1"));
        write(u"in/done/s/a.dcm"_s, "of yesterday");
        settle();
        QCOMPARE(poll().taken, 1);
        QVERIFY(!QFile::exists(path(u"in/s/a.dcm"_s)));
        QCOMPARE(read(u"in/done/s/a-1.dcm"_s), image("1.1"));
        QCOMPARE(read(u"in/done/s/a.dcm"_s), "of yesterday"_ba);
        settle();
        QCOMPARE(poll().seen, 0); // what was moved is no new file
    }

    void aFolderGivenAsALinkIsLookedInto()
    {
        QVERIFY(QFile::link(path(u"in"_s), path(u"link"_s)));
        m_params.folder = path(u"link"_s);
        m_params.afterTaking = AfterTaking::Move;
        m_params.movedFolder = path(u"link/done"_s);
        restart();
        write(u"in/s/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1);
        QVERIFY(QFile::exists(path(u"in/done/s/a"_s)));
        settle();
        QCOMPARE(poll().seen, 0);
    }

    void filesAreRemoved()
    {
        m_params.afterTaking = AfterTaking::Remove;
        restart();
        write(u"in/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1);
        QVERIFY(!QFile::exists(path(u"in/a"_s)));
        write(u"in/a"_s, image("1.2")); // the same name, another file
        settle();
        QCOMPARE(poll().taken, 1);
        QCOMPARE(m_taker->uids, QStringList({u"1.1"_s, u"1.2"_s}));
    }

    void whatReplacesAFileWhileItIsTakenIsTakenToo_data()
    {
        QTest::addColumn<bool>("isMoved");
        QTest::newRow("move") << true;
        QTest::newRow("remove") << false;
    }

    void whatReplacesAFileWhileItIsTakenIsTakenToo()
    {
        QFETCH(bool, isMoved);
        m_params.afterTaking = isMoved ? AfterTaking::Move : AfterTaking::Remove;
        m_params.movedFolder = path(u"done"_s);
        restart();
        write(u"in/a"_s, image("1.1"));
        settle();
        m_taker->afterTake = [this] { write(u"in/a"_s, image("1.22")); };
        QCOMPARE(poll().taken, 1);
        QCOMPARE(read(u"in/a"_s), image("1.22"));
        QVERIFY(!QFile::exists(path(u"done/a"_s)));
        m_taker->afterTake = {};
        QCOMPARE(poll().waiting, 1);
        m_clock->advance(10s);
        QCOMPARE(poll().taken, 1);
        QCOMPARE(m_taker->uids, QStringList({u"1.1"_s, u"1.22"_s}));
        QVERIFY(!QFile::exists(path(u"in/a"_s)));
        QVERIFY(m_taker->stuck.isEmpty());
    }

    void whatReplacesJunkIsNotSetAsideUnread()
    {
        m_params.junkFolder = path(u"junk"_s);
        restart();
        write(u"in/a"_s, image("1.1"));
        settle();
        m_taker->beforeFail = [this] { write(u"in/a"_s, image("1.22")); };
        m_taker->fails = ErrorCode::DuplicateDiffers;
        QCOMPARE(poll().postponed, 1);
        QVERIFY(m_taker->junk.isEmpty());
        m_taker->fails.reset();
        poll();
        m_clock->advance(10s);
        QCOMPARE(poll().taken, 1);
        QCOMPARE(m_taker->uids, QStringList(u"1.22"_s));
    }

    void junkIsSetAsideWithTheReason()
    {
        m_params.junkFolder = path(u"junk"_s);
        m_params.afterTaking = AfterTaking::Remove;
        restart();
        write(u"in/s/readme.txt"_s, "hello, this is no image at all");
        write(u"in/empty"_s, "");
        write(u"in/cut.dcm"_s, image("1.1").first(250));
        settle();
        const auto report = poll();
        QCOMPARE(report.junk, 3);
        QCOMPARE(
            m_taker->junk, QStringList({u"cut.dcm DicomTruncated"_s, u"empty FileEmpty"_s, u"readme.txt NotDicom"_s}));
        QCOMPARE(read(u"junk/s/readme.txt"_s), "hello, this is no image at all"_ba);
        QVERIFY(read(u"junk/s/readme.txt.reason.txt"_s).startsWith("NotDicom: "));
        QCOMPARE(m_taker->places.last(), path(u"junk/s/readme.txt"_s));
    }

    void junkWithoutAPlaceStaysAndIsSaidOnce()
    {
        m_params.afterTaking = AfterTaking::Remove;
        restart();
        write(u"in/readme.txt"_s, "hello, this is no image at all");
        settle();
        QCOMPARE(poll().junk, 1);
        settle();
        QCOMPARE(poll().known, 1);
        restart();
        settle();
        QCOMPARE(poll().known, 1);
        QVERIFY(QFile::exists(path(u"in/readme.txt"_s)));
        QCOMPARE(m_taker->junk.size(), 1);
    }

    void unfinishedNamesAndLinksAreLeftAlone()
    {
        write(u"in/a.dcm.part"_s, image("1.1"));
        write(u"in/.hidden"_s, image("1.2"));
        write(u"in/x.TMP"_s, image("1.3"));
        write(u"out/b"_s, image("1.4"));
        QVERIFY(QFile::link(path(u"out/b"_s), path(u"in/link"_s)));
        QVERIFY(QFile::link(path(u"out"_s), path(u"in/folder"_s)));
        settle();
        QCOMPARE(poll().seen, 0);
        QVERIFY(QFile::rename(path(u"in/a.dcm.part"_s), path(u"in/a.dcm"_s)));
        settle();
        QCOMPARE(poll().taken, 1);
    }

    void aTroubleThatPassesIsTriedAgain()
    {
        write(u"in/a"_s, image("1.1"));
        m_taker->fails = ErrorCode::DiskFull;
        settle();
        auto report = poll();
        QCOMPARE(report.postponed, 1);
        QCOMPARE(*report.nextDue, m_clock->steadyNow() + 30s);
        m_taker->fails.reset();
        QCOMPARE(poll().postponed, 1); // not yet
        m_clock->advance(30s);
        QCOMPARE(poll().taken, 1);
    }

    void aTroubleThatStaysIsJunk()
    {
        write(u"in/a"_s, image("1.1"));
        m_taker->fails = ErrorCode::DuplicateDiffers;
        settle();
        QCOMPARE(poll().junk, 1);
        QCOMPARE(m_taker->junk, QStringList(u"a DuplicateDiffers"_s));
    }

    void onePollTakesOnlySoMany()
    {
        m_params.mostTaken = 3;
        restart();
        for (int i = 0; i < 8; ++i) {
            write(u"in/%1"_s.arg(i), image("1." + QByteArray::number(i)));
        }
        settle();
        auto report = poll();
        QCOMPARE(report.taken, 3);
        QCOMPARE(report.postponed, 5);
        QVERIFY(*report.nextDue <= m_clock->steadyNow());
        QCOMPARE(poll().taken, 3);
        report = poll();
        QCOMPARE(report.taken, 2);
        QCOMPARE(report.seen, 8);
    }

    void aHugeFolderIsSaidToBeOne()
    {
        m_params.mostFiles = 2;
        restart();
        for (int i = 0; i < 4; ++i) {
            write(u"in/%1"_s.arg(i), image("1." + QByteArray::number(i)));
        }
        QVERIFY(!poll().isComplete);
    }

    void aKeptFileIsNotTakenAgainAfterARestart()
    {
        write(u"in/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1);
        restart();
        settle();
        QCOMPARE(poll().known, 1);
        QCOMPARE(m_taker->uids.size(), 1);
        write(u"in/a"_s, image("1.22")); // another content under the name
        settle();
        QCOMPARE(poll().taken, 1);
    }

    void aJournalThatWasCutOffIsReadAsFarAsItGoes()
    {
        write(u"in/a"_s, image("1.1"));
        write(u"in/b"_s, image("1.2"));
        settle();
        QCOMPARE(poll().taken, 2);
        cleanup();
        write(u"journal"_s, read(u"journal"_s).chopped(3));
        restart();
        settle();
        const auto report = poll();
        QCOMPARE(report.known, 1);
        QCOMPARE(report.taken, 1);
    }

    void aFileThatWasTakenByAKilledProcessIsStillMoved()
    {
        write(u"in/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1); // kept: as if the process had been killed before the move
        m_params.afterTaking = AfterTaking::Move;
        m_params.movedFolder = path(u"done"_s);
        restart();
        poll();
        QVERIFY(QFile::exists(path(u"done/a"_s)));
        QCOMPARE(m_taker->uids.size(), 1);
    }

    void whatCannotBeMovedIsSaidOnceAndNotTakenAgain()
    {
        m_params.afterTaking = AfterTaking::Move;
        m_params.movedFolder = path(u"blocked/done"_s);
        write(u"blocked"_s, "a file where a folder should be");
        restart();
        write(u"in/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1);
        settle();
        QCOMPARE(poll().known, 1);
        QCOMPARE(m_taker->stuck, QStringList(u"a"_s));
        QCOMPARE(m_taker->uids.size(), 1);
    }

    void aShareThatIsAwayForgetsNothing()
    {
        write(u"in/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1);
        QVERIFY(QDir().rename(path(u"in"_s), path(u"away"_s)));
        QCOMPARE(m_watch->poll({}).error().code, ErrorCode::FileNotFound);
        QVERIFY(QDir().mkpath(path(u"in"_s))); // the empty mount point
        QCOMPARE(poll().seen, 0);
        m_clock->advance(1h);
        QCOMPARE(poll().seen, 0);
        QVERIFY(QDir().rmdir(path(u"in"_s)));
        QVERIFY(QDir().rename(path(u"away"_s), path(u"in"_s)));
        settle();
        QCOMPARE(poll().known, 1);
    }

    void aJournalThatCannotBeRewrittenIsGoneOnWith()
    {
        const FileStamp stamp{1, 2};
        QVERIFY(m_taken->add(u"kept"_s, stamp, Fate::Taken));
        for (int i = 0; i < 1010; ++i) { // so many lines that a rewrite is worth it
            QVERIFY(m_taken->add(u"gone"_s, stamp, Fate::Taken));
        }
        {
            rlimit was{};
            QVERIFY(::getrlimit(RLIMIT_FSIZE, &was) == 0);
            const rlimit nothing{1, was.rlim_max};
            const auto handler = ::signal(SIGXFSZ, SIG_IGN);
            QVERIFY(::setrlimit(RLIMIT_FSIZE, &nothing) == 0);
            m_taken->forget(u"gone"_s);
            QVERIFY(::setrlimit(RLIMIT_FSIZE, &was) == 0);
            ::signal(SIGXFSZ, handler);
        }
        QVERIFY(m_taken->add(u"later"_s, stamp, Fate::Taken));
        restart();
        QVERIFY(m_taken->fateOf(u"kept"_s, stamp));
        QVERIFY(m_taken->fateOf(u"later"_s, stamp));
    }

    void whatIsGoneForADayIsForgotten()
    {
        write(u"in/a"_s, image("1.1"));
        settle();
        QCOMPARE(poll().taken, 1);
        QVERIFY(QFile::remove(path(u"in/a"_s)));
        poll();
        QCOMPARE(m_taken->files().size(), 1);
        m_clock->advance(25h);
        poll();
        QCOMPARE(m_taken->files().size(), 0);
    }

    void archivesAreUnpacked()
    {
        m_params.temporaryFolder = path(u"tmp"_s);
        QVERIFY(QDir().mkpath(m_params.temporaryFolder));
        m_params.afterTaking = AfterTaking::Remove;
        restart();
        write(u"in/study.zip"_s,
            archiveBytes(Packing::Zip,
                {{u"a.dcm"_s, image("1.1")}, {u"b.dcm"_s, image("1.2")},
                    {u"readme.txt"_s, "words for people, no image"}}));
        write(u"in/words.zip"_s, archiveBytes(Packing::Zip, {{u"readme.txt"_s, "words for people, no image"}}));
        settle();
        const auto report = poll();
        QCOMPARE(report.taken, 1);
        QCOMPARE(report.junk, 1);
        QCOMPARE(m_taker->uids, QStringList({u"1.1"_s, u"1.2"_s}));
        QVERIFY(!QFile::exists(path(u"in/study.zip"_s)));
        QVERIFY(QDir(m_params.temporaryFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
    }

    void aCancelEndsThePoll()
    {
        write(u"in/a"_s, image("1.1"));
        CancelSource cancel;
        cancel.cancel();
        QCOMPARE(m_watch->poll(cancel.token()).error().code, ErrorCode::Cancelled);
    }

    void theRunnerTakesWhatIsPutThereAndEndsWhenCancelled()
    {
        m_params.settle = 50ms;
        SystemClock clock;
        Taker taker;
        TakenFiles taken;
        WatchFolder watch(m_params, clock, taker, taken);
        CancelSource cancel;
        std::atomic<qint64> takenCount{0};
        std::atomic<int> polls{0};
        std::thread thread([&] {
            runWatch(watch, clock, 1h, cancel.token(), [&](const Result<WatchReport>& report) {
                takenCount += report ? report->taken : 0;
                ++polls;
            });
        });
        const auto end = qScopeGuard([&] {
            cancel.cancel();
            thread.join();
        });
        QTRY_VERIFY(polls > 0); // it waits for an hour now, unless the system tells of a change
        write(u"in/a"_s, image("1.1"));
        QTRY_COMPARE_WITH_TIMEOUT(takenCount, 1, 20'000);
        QVERIFY(QDir().mkpath(path(u"in/sub"_s)));
        const int before = polls;
        QTRY_VERIFY(polls > before);
        write(u"in/sub/b"_s, image("1.2"));
        QTRY_COMPARE_WITH_TIMEOUT(takenCount, 2, 20'000);
    }

private:
    [[nodiscard]] QString path(const QString& name) const
    {
        return m_home->filePath(name);
    }

    void write(const QString& name, const QByteArray& bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// As a new process would begin.
    void restart()
    {
        m_watch.reset();
        m_taken = std::make_unique<TakenFiles>();
        QVERIFY(m_taken->open(path(u"journal"_s)));
        m_watch = std::make_unique<WatchFolder>(m_params, *m_clock, *m_taker, *m_taken);
    }

    WatchReport poll()
    {
        const auto report = m_watch->poll({});
        if (!report) {
            qWarning() << report.error().detail;
            return {};
        }
        const qint64 sum = report->taken + report->junk + report->waiting + report->known + report->postponed;
        [&] { QCOMPARE(report->seen, sum); }();
        return *report;
    }

    /// A look, and the time that files need to settle.
    void settle()
    {
        poll();
        m_clock->advance(m_params.settle);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Taker> m_taker;
    std::unique_ptr<TakenFiles> m_taken;
    std::unique_ptr<WatchFolder> m_watch;
    WatchParams m_params;
};

QTEST_GUILESS_MAIN(TestWatchFolder)
#include "TestWatchFolder.moc"
