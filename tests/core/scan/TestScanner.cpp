#include "core/scan/Scanner.h"

#include "tests/core/scan/ScanTestSupport.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <set>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;
using namespace radpost::scan::test;

class TestScanner : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->path() + u"/tree/"_s + name; }

    void makeInstances(const QString& folder, int count, const QByteArray& uidRoot) const
    {
        for (int i = 0; i < count; ++i) {
            const auto name = u"%1/I%2"_s.arg(folder).arg(i, 5, 10, QLatin1Char('0'));
            writeFile(path(name), dicomBytes(uidRoot + '.' + QByteArray::number(i), "x"));
        }
    }

    [[nodiscard]] ScanParams paramsFor(const QStringList& paths, int threads) const
    {
        ScanParams params;
        params.paths = paths;
        params.threads = threads;
        params.temporaryFolder = m_folder->path() + u"/tmp"_s;
        return params;
    }

    /// Scans the whole tree; the counts must add up.
    ScanSummary scanTree(CollectingSink& sink, int threads = 2) const
    {
        const auto summary = scan::scan(paramsFor({path({})}, threads), sink, {});
        if (!summary || !addsUp(*summary, sink)) {
            QTest::qFail("the scan failed, or its counts do not add up", __FILE__, __LINE__);
            return {};
        }
        return *summary;
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(u"tree"_s));
        QVERIFY(QDir(m_folder->path()).mkpath(u"tmp"_s));
    }

    void cleanup()
    {
        // QTemporaryDir gives up on pipes, on names that are no text and on very deep trees.
        std::filesystem::remove_all(m_folder->path().toStdString());
        m_folder.reset();
    }

    void everyFileIsAnInstanceOrHasAReason()
    {
        makeInstances(u"a/b"_s, 3, "1.2.1");
        makeInstances(u"c"_s, 2, "1.2.2");
        writeFile(path(u"a/notes.txt"_s), "not DICOM, though long enough to be looked at");
        writeFile(path(u"a/empty.dcm"_s), {});
        writeFile(path(u"a/cut.dcm"_s), dicomBytes("1.2.9").first(170));
        writeFile(path(u"a/cutPixels.dcm"_s), dicomBytes("1.2.8", QByteArray(1000, 'p')).chopped(10));
        writeFile(path(u"DICOMDIR"_s), dicomdirBytes());
        writeFile(path(u"old.rar"_s), QByteArray("Rar!\x1A\x07\x01\x00", 8) + QByteArray(100, 'x'));
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        QCOMPARE(summary.instances, 5);
        QCOMPARE(summary.skipped, 6);
        QCOMPARE(summary.files, 11);
        QCOMPARE(sink.reasonOf(u"cutPixels.dcm"_s), ErrorCode::DicomTruncated);
        QCOMPARE(sink.reasonOf(u"notes.txt"_s), ErrorCode::NotDicom);
        QCOMPARE(sink.reasonOf(u"empty.dcm"_s), ErrorCode::FileEmpty);
        QCOMPARE(sink.reasonOf(u"cut.dcm"_s), ErrorCode::DicomTruncated);
        QCOMPARE(sink.reasonOf(u"DICOMDIR"_s), ErrorCode::DicomdirIndex);
        QCOMPARE(sink.reasonOf(u"old.rar"_s), ErrorCode::ArchiveUnreadable);
    }

    void anInstanceHasItsHeaderPathAndStamp()
    {
        const QByteArray bytes = dicomBytes("1.2.77", "pixels");
        writeFile(path(u"one"_s), bytes);
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        QCOMPARE(summary.instanceBytes, bytes.size());
        const ScannedInstance& instance = sink.instances.at(0);
        QCOMPARE(instance.header.sopInstanceUid.value, "1.2.77");
        QCOMPARE(instance.path, path(u"one"_s));
        QCOMPARE(instance.sourcePath, instance.path);
        QCOMPARE(instance.sizeBytes, bytes.size());
        const qint64 mtimeMs = QFileInfo(instance.path).lastModified().toMSecsSinceEpoch();
        QCOMPARE(instance.mtimeNs / 1'000'000, mtimeMs);
    }

    void oneThreadKeepsTheOrderOfTheWalk()
    {
        makeInstances(u"b"_s, 40, "1.2.2");
        makeInstances(u"a/z"_s, 40, "1.2.1");
        makeInstances(u"."_s, 40, "1.2.0");
        CollectingSink sink;
        scanTree(sink, 1);
        QStringList order;
        for (const ScannedInstance& instance : sink.instances) {
            order.append(instance.header.sopInstanceUid.toString());
        }
        QCOMPARE(order.size(), 120);
        QCOMPARE(order.first(), u"1.2.0.0"_s);
        QCOMPARE(order.at(40), u"1.2.1.0"_s);
        QCOMPARE(order.at(79), u"1.2.1.39"_s);
        QCOMPARE(order.last(), u"1.2.2.39"_s);
    }

    void manyThreadsFindTheSame()
    {
        for (int i = 0; i < 40; ++i) {
            makeInstances(u"d%1"_s.arg(i), 25, "1.2." + QByteArray::number(i));
        }
        CollectingSink one;
        CollectingSink four;
        QCOMPARE(scanTree(one, 1).instances, 1000);
        QCOMPARE(scanTree(four, 4).instances, 1000);
        QCOMPARE(one.uids(), four.uids());
    }

    void theReadingThreadsWalkToo_theCallerOnlyWaits()
    {
        makeInstances(u"a"_s, 100, "1.2.1");
        QVERIFY(QFile::link(path(u"nowhere"_s), path(u"a/dangling"_s))); // reported by the walk
        std::set<std::thread::id> threads;
        CollectingSink sink;
        sink.beforeEach = [&] { threads.insert(std::this_thread::get_id()); };
        QCOMPARE(scanTree(sink, 2).instances, 100);
        QCOMPARE(sink.reasonOf(u"dangling"_s), ErrorCode::FileNotFound);
        QVERIFY(threads.size() <= 2 && !threads.contains(std::this_thread::get_id()));
    }

    void filesGivenOneByOneAreScanned_missingOnesReported()
    {
        makeInstances(u"a"_s, 2, "1.2.1");
        makeInstances(u"b"_s, 1, "1.2.2");
        CollectingSink sink;
        const QStringList paths{
            path(u"a/I00001"_s), path(u"a/I00000"_s), path(u"gone"_s), path(u"b/I00000"_s), path(u"b"_s)};
        const auto summary = scan::scan(paramsFor(paths, 1), sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(sink.instances.size(), 3);
        QCOMPARE(sink.instances.at(0).header.sopInstanceUid.value, "1.2.1.1");
        QCOMPARE(sink.reasonOf(u"gone"_s), ErrorCode::FileNotFound);
        QCOMPARE(summary->duplicatesIdentical, 1); // given as a file, and found again in its folder
    }

    void noneOfThePathsExists_isAnError()
    {
        CollectingSink sink;
        const auto summary = scan::scan(paramsFor({path(u"gone"_s), path(u"lost"_s)}, 2), sink, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::FileNotFound);
        QVERIFY(sink.skipped.isEmpty());
    }

    void aFolderGivenTwiceIsWalkedOnce()
    {
        makeInstances(u"a/b"_s, 3, "1.2.1");
        CollectingSink sink;
        const auto summary = scan::scan(paramsFor({path(u"a/b"_s), path({}), path(u"a"_s)}, 2), sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(summary->files, 3);
    }

    void aDicomdirStandsForItsFiles()
    {
        writeFile(path(u"images/im1"_s), dicomBytes("1.2.1")); // media are copied in lower case
        writeFile(path(u"IMAGES2/IM2"_s), dicomBytes("1.2.2"));
        writeFile(path(u"IMAGES2/IM3"_s), dicomBytes("1.2.3"));
        writeFile(path(u"unlisted"_s), dicomBytes("1.2.4"));
        writeFile(m_folder->path() + u"/outside"_s, dicomBytes("1.2.5"));
        writeFile(path(u"DICOMDIR"_s),
            dicomdirBytes({"IMAGES\\IM1", "IMAGES2\\IM2", "IMAGES2\\IM3", "IMAGES\\GONE", "..\\outside"}));
        CollectingSink sink;
        const auto summary = scan::scan(paramsFor({path(u"DICOMDIR"_s)}, 2), sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(sink.uids(), QStringList({u"1.2.1"_s, u"1.2.2"_s, u"1.2.3"_s}));
        QCOMPARE(summary->skipped, 3);
        QCOMPARE(sink.reasonOf(u"/DICOMDIR"_s), ErrorCode::DicomdirIndex);
        QCOMPARE(sink.reasonOf(u"IMAGES/GONE"_s), ErrorCode::FileNotFound);
        QCOMPARE(sink.reasonOf(u"outside"_s), ErrorCode::DicomdirBroken);

        CollectingSink walked; // found in a folder it is only an index
        QCOMPARE(scanTree(walked).instances, 4);
        QCOMPARE(walked.skipped.size(), 1);
    }

    void aBrokenDicomdirIsReported_andTheRestScanned()
    {
        writeFile(path(u"a"_s), dicomBytes("1.2.1"));
        writeFile(path(u"DICOMDIR"_s), dicomdirBytes({"A"}).chopped(10));
        CollectingSink sink;
        const auto summary = scan::scan(paramsFor({path(u"DICOMDIR"_s), path(u"a"_s)}, 1), sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(summary->instances, 1);
        QVERIFY(sink.reasonOf(u"/DICOMDIR"_s).has_value());
        QVERIFY(sink.reasonOf(u"/DICOMDIR"_s) != ErrorCode::DicomdirIndex);
    }

    void identicalFilesAreSentOnce_differingOnesFlagged()
    {
        const QByteArray big(700'000, 'p');
        writeFile(path(u"1/first"_s), dicomBytes("1.2.5", big));
        writeFile(path(u"2/same"_s), dicomBytes("1.2.5", big));
        QByteArray changed = dicomBytes("1.2.5", big);
        changed.back() = 'q';
        writeFile(path(u"3/changed"_s), changed);
        writeFile(path(u"4/longer"_s), dicomBytes("1.2.5", big + "more"));
        std::filesystem::create_hard_link(path(u"1/first"_s).toStdString(), path(u"5"_s).toStdString());
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink, 1);
        QCOMPARE(summary.instances, 1);
        QCOMPARE(summary.duplicatesIdentical, 2); // one a copy, one a hard link
        QCOMPARE(summary.duplicatesDiffering, 2);
    }

    void linksAreFollowedInsideOnly_loopsEnd()
    {
        makeInstances(u"a/b"_s, 2, "1.2.1");
        writeFile(m_folder->path() + u"/outside/secret"_s, dicomBytes("1.2.66"));
        const auto link = [this](
                              const QString& target, const QString& name) { QVERIFY(QFile::link(target, path(name))); };
        link(path({}), u"a/b/loop"_s);
        link(u"self"_s, u"self"_s);
        link(path(u"a/b/I00000"_s), u"inside"_s);
        link(m_folder->path() + u"/outside"_s, u"outFolder"_s);
        link(m_folder->path() + u"/outside/secret"_s, u"outFile"_s);
        link(path(u"nowhere"_s), u"dangling"_s);
        link(u"/dev/null"_s, u"device"_s);
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        QCOMPARE(sink.uids(), QStringList({u"1.2.1.0"_s, u"1.2.1.1"_s}));
        QCOMPARE(summary.duplicatesIdentical, 1);
        QCOMPARE(sink.reasonOf(u"outFolder"_s), ErrorCode::FileUnreadable);
        QCOMPARE(sink.reasonOf(u"outFile"_s), ErrorCode::FileUnreadable);
        QCOMPARE(sink.reasonOf(u"device"_s), ErrorCode::FileUnreadable);
        QCOMPARE(sink.reasonOf(u"self"_s), ErrorCode::FileUnreadable);
        QCOMPARE(sink.reasonOf(u"dangling"_s), ErrorCode::FileNotFound);
        QCOMPARE(summary.skipped, 5);
    }

    void aFolderThatIsItselfALinkIsWalked()
    {
        makeInstances(u"real"_s, 2, "1.2.1");
        const QString alias = m_folder->path() + u"/alias"_s;
        QVERIFY(QFile::link(path(u"real"_s), alias));
        CollectingSink sink;
        const auto summary = scan::scan(paramsFor({alias}, 1), sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(summary->instances, 2);
        QCOMPARE(sink.instances.at(0).sourcePath, alias + u"/I00000"_s);
    }

    void aTemporaryFolderIsNotNeededWithoutArchives()
    {
        makeInstances(u"a"_s, 1, "1.2.1");
        writeFile(path(u"b.zip"_s), archiveBytes(Packing::Zip, {{u"x"_s, dicomBytes("1.2.2")}}));
        ScanParams params = paramsFor({path({})}, 2);
        params.temporaryFolder.clear();
        CollectingSink sink;
        const auto summary = scan::scan(params, sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(summary->instances, 1);
        QCOMPARE(sink.reasonOf(u"b.zip"_s), ErrorCode::InvalidArgument);
    }

    void theSinkSeesTheFirstInstanceWhileTheWalkIsOn()
    {
        // What a call of the sink adds to the end of the tree can be found only by a walk that did not end before.
        for (int threads : {1, 3}) {
            const auto root = u"t%1"_s.arg(threads);
            for (int i = 0; i < 120; ++i) {
                makeInstances(u"%1/d%2"_s.arg(root).arg(i, 3, 10, QLatin1Char('0')), 2, "1.2." + QByteArray::number(i));
            }
            QVERIFY(QDir().mkpath(path(root + u"/z/late"_s)));
            CollectingSink sink;
            sink.beforeEach = [&] {
                if (sink.instances.isEmpty()) {
                    writeFile(path(root + u"/z/late/I"_s), dicomBytes("1.2.999"));
                }
            };
            const auto summary = scan::scan(paramsFor({path(root)}, threads), sink, {});
            QVERIFY(summary && addsUp(*summary, sink));
            QVERIFY(sink.uids().contains(u"1.2.999"_s));
        }
    }

    void cancelFromTheSinkEndsTheScan()
    {
        makeInstances(u"a"_s, 1000, "1.2.1");
        for (int threads : {1, 2}) {
            CancelSource source;
            CollectingSink sink;
            sink.beforeEach = [&] { source.cancel(); };
            const auto summary = scan::scan(paramsFor({path({})}, threads), sink, source.token());
            QVERIFY(!summary);
            QCOMPARE(summary.error().code, ErrorCode::Cancelled);
            QCOMPARE(sink.instances.size(), 1);
        }
    }

    void cancelFromAnotherThreadEndsTheScanWithinTheLimit()
    {
        // A sink that is as slow as a ledger on a bad disk, so that the queue is full when the cancel comes.
        makeInstances(u"a"_s, 1500, "1.2.1");
        CancelSource source;
        CollectingSink sink;
        QElapsedTimer sinceCancel;
        std::jthread canceller;
        sink.beforeEach = [&] {
            if (sink.instances.size() == 100) {
                canceller = std::jthread([&] {
                    sinceCancel.start();
                    source.cancel();
                });
                while (!source.isCancelled()) {
                    std::this_thread::yield();
                }
            }
        };
        const auto summary = scan::scan(paramsFor({path({})}, 3), sink, source.token());
        const qint64 tookMs = sinceCancel.elapsed();
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Cancelled);
        QCOMPARE(sink.instances.size(), 101);
        QVERIFY2(tookMs < 1000, qPrintable(QString::number(tookMs))); // 200 on a machine of our own
    }

    void filesThatVanishDuringTheWalkAreReported()
    {
        makeInstances(u"a"_s, 3, "1.2.1");
        makeInstances(u"b"_s, 2, "1.2.2");
        makeInstances(u"c"_s, 2, "1.2.3");
        CollectingSink sink;
        sink.beforeEach = [&] {
            QFile::remove(path(u"a/I00002"_s));
            QDir(path(u"b"_s)).removeRecursively();
        };
        const ScanSummary summary = scanTree(sink, 1);
        QCOMPARE(summary.instances, 4);
        QCOMPARE(sink.reasonOf(u"a/I00002"_s), ErrorCode::FileNotFound);
        QCOMPARE(sink.reasonOf(u"/b"_s), ErrorCode::FileNotFound);
    }

    void manyThousandNamesInOneFolder()
    {
        // Hard links: the names cost no space. All but the first are the same file, known without reading it.
        const QString original = path(u"big/00"_s);
        writeFile(original, dicomBytes("1.2.1"));
        int made = 1;
        for (int i = 1; made < 6'000; ++i) {
            const auto copy = path(u"big/s%1"_s.arg(i));
            QVERIFY(QFile::copy(original, copy));
            for (int j = 0; j < 3'000 && made < 6'000; ++j, ++made) {
                std::filesystem::create_hard_link(copy.toStdString(), copy.toStdString() + '_' + std::to_string(j));
            }
        }
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        QVERIFY(summary.files > 6'000);
        QCOMPARE(summary.instances, 1);
        QCOMPARE(summary.duplicatesIdentical, summary.files - 1);
    }

    void veryDeepTreesEndInAReportNotInAFault()
    {
        makeInstances(u"a"_s, 1, "1.2.1");
        // Deeper than a path may be long: made by relative steps.
        std::filesystem::path here = std::filesystem::current_path();
        std::filesystem::current_path(path(u"a"_s).toStdString());
        const std::string name(200, 'd');
        for (int i = 0; i < 40; ++i) {
            QVERIFY(std::filesystem::create_directory(name));
            std::filesystem::current_path(name);
        }
        std::filesystem::current_path(here);
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        QCOMPARE(summary.instances, 1);
        QCOMPARE(summary.skipped, 1);
        QCOMPARE(sink.skipped.at(0).reason.code, ErrorCode::FileUnreadable);
    }

#ifdef Q_OS_UNIX
    void pipesSocketsAndDevicesAreNeverOpened()
    {
        makeInstances(u"a"_s, 1, "1.2.1");
        QCOMPARE(::mkfifo(qPrintable(path(u"a/pipe"_s)), 0600), 0);
        QVERIFY(QFile::link(path(u"a/pipe"_s), path(u"a/link"_s)));
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        QCOMPARE(summary.instances, 1);
        QCOMPARE(sink.reasonOf(u"a/pipe"_s), ErrorCode::FileUnreadable);
        QCOMPARE(sink.reasonOf(u"a/link"_s), ErrorCode::FileUnreadable);

        CollectingSink given;
        const auto alone = scan::scan(paramsFor({path(u"a/pipe"_s)}, 2), given, {});
        QVERIFY(alone && addsUp(*alone, given));
        QCOMPARE(given.reasonOf(u"pipe"_s), ErrorCode::FileUnreadable);
    }

    void unreadableFoldersAndFilesAreReported()
    {
        makeInstances(u"open"_s, 1, "1.2.1");
        makeInstances(u"closed"_s, 1, "1.2.2");
        writeFile(path(u"secret"_s), dicomBytes("1.2.3"));
        QCOMPARE(::chmod(qPrintable(path(u"closed"_s)), 0), 0);
        QCOMPARE(::chmod(qPrintable(path(u"secret"_s)), 0), 0);
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink);
        ::chmod(qPrintable(path(u"closed"_s)), 0700);
        if (::geteuid() == 0) {
            QCOMPARE(summary.instances, 3); // nothing is closed to root
            return;
        }
        QCOMPARE(summary.instances, 1);
        QCOMPARE(sink.reasonOf(u"closed"_s), ErrorCode::FileUnreadable);
        QCOMPARE(sink.reasonOf(u"secret"_s), ErrorCode::FileUnreadable);
    }

    void namesThatAreNotTextAreReadableByAnAlias()
    {
        const QByteArray gbkName("\xB2\xA1\xC8\xCB", 4);
        const std::string folder = path(u"f"_s).toStdString() + gbkName.toStdString();
        std::filesystem::create_directories(folder + "/plain");
        const QByteArray bytes = dicomBytes("1.2.1");
        writeFile(path(u"source"_s), bytes);
        for (const std::string& name :
            {folder + "/I1", folder + "/plain/I2", folder + "/plain/" + gbkName.toStdString()}) {
            std::filesystem::copy_file(path(u"source"_s).toStdString(), name);
        }
        QFile::remove(path(u"source"_s));
        CollectingSink sink;
        const ScanSummary summary = scanTree(sink, 1);
        QCOMPARE(summary.instances, 1);
        QCOMPARE(summary.duplicatesIdentical, 2);
        QList<ScannedInstance> all = sink.instances;
        for (const DuplicateFile& duplicate : sink.duplicates) {
            all.append(duplicate.instance);
        }
        for (const ScannedInstance& instance : all) {
            QFile file(instance.path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), bytes);
            QVERIFY(instance.path != instance.sourcePath);
            QVERIFY(instance.sourcePath.startsWith(path(u"f"_s)));
        }
        QVERIFY(std::filesystem::exists(folder + "/plain/I2")); // duplicates of others are never removed
    }

    void namesThatAreNotTextAreReportedWhereNoAliasCanBeMade()
    {
        const QByteArray bytes = dicomBytes("1.2.1");
        writeFile(path(u"source"_s), bytes);
        std::filesystem::copy_file(path(u"source"_s).toStdString(), path(u"b"_s).toStdString() + "\xB2\xA1");
        ScanParams params = paramsFor({path({})}, 1);
        params.temporaryFolder.clear();
        CollectingSink sink;
        const auto summary = scan::scan(params, sink, {});
        QVERIFY(summary && addsUp(*summary, sink));
        QCOMPARE(summary->instances, 1);
        QCOMPARE(sink.skipped.at(0).reason.code, ErrorCode::FileUnreadable);
    }
#endif
};

QTEST_GUILESS_MAIN(TestScanner)
#include "TestScanner.moc"
