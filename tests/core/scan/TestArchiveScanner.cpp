#include "core/scan/Scanner.h"
#include "tests/core/scan/ScanTestSupport.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;
using namespace radpost::scan::test;

Q_DECLARE_METATYPE(radpost::scan::test::Packing)

/// Archives through the front door: scan() of a file that is one.
class TestArchiveScanner : public QObject
{
    Q_OBJECT

private:
    static constexpr qint64 kMegabyte = 1 << 20;

    [[nodiscard]] QString path(const QString& name) const { return m_folder->path() + u'/' + name; }

    ScanSummary scanArchive(const QByteArray& bytes)
    {
        writeFile(path(u"in/archive.bin"_s), bytes);
        const auto summary = scan::scan(m_params, m_sink, {});
        if (!summary || !addsUp(*summary, m_sink)) {
            QTest::qFail("the scan failed, or its counts do not add up", __FILE__, __LINE__);
            return {};
        }
        return *summary;
    }

    [[nodiscard]] int filesLeft() const
    {
        int count = 0;
        QDirIterator files(path(u"tmp"_s), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        for (; files.hasNext(); files.next()) {
            ++count;
        }
        return count;
    }

    /// libarchive writes names as UTF-8 and says so; others do neither. APPNOTE 4.4.4, bit 11.
    [[nodiscard]] static QByteArray withoutUtf8Flag(QByteArray zip)
    {
        for (const auto& [signature, at] : {std::pair("PK\x03\x04", 6), std::pair("PK\x01\x02", 8)}) {
            for (auto i = zip.indexOf(signature); i >= 0; i = zip.indexOf(signature, i + 1)) {
                zip[i + at + 1] = static_cast<char>(zip[i + at + 1] & ~0x08);
            }
        }
        return zip;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    CollectingSink m_sink;
    ScanParams m_params;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(path(u"tmp"_s)));
        m_params = {};
        m_params.paths = {path(u"in"_s)};
        m_params.temporaryFolder = path(u"tmp"_s);
        m_sink.instances.clear();
        m_sink.skipped.clear();
        m_sink.duplicates.clear();
        m_sink.beforeEach = {};
    }

    void everyFormatIsReadByItsContent_data()
    {
        QTest::addColumn<Packing>("packing");
        QTest::newRow("zip, deflated") << Packing::Zip;
        QTest::newRow("zip, stored") << Packing::ZipStored;
        QTest::newRow("tar") << Packing::Tar;
        QTest::newRow("tar.gz") << Packing::TarGz;
        QTest::newRow("7z") << Packing::SevenZip;
    }

    void everyFormatIsReadByItsContent()
    {
        QFETCH(const Packing, packing);
        const QByteArray big = dicomBytes("1.2.2", QByteArray(700'001, 'b'));
        const ScanSummary summary = scanArchive(archiveBytes(packing,
            {{u"study/ct/1.dcm"_s, dicomBytes("1.2.1", "small")}, {u"study/big"_s, big}, {u"readme.txt"_s, "hello"},
                {u"empty"_s, {}}, {u"study/DICOMDIR"_s, dicomdirBytes()}, {u"cut"_s, dicomBytes("1.2.3").first(170)}}));
        QCOMPARE(summary.instances, 2);
        QCOMPARE(summary.skipped, 4);
        QCOMPARE(m_sink.reasonOf(u"archive.bin/readme.txt"_s), ErrorCode::NotDicom);
        QCOMPARE(m_sink.reasonOf(u"archive.bin/empty"_s), ErrorCode::FileEmpty);
        QCOMPARE(m_sink.reasonOf(u"archive.bin/study/DICOMDIR"_s), ErrorCode::DicomdirIndex);
        QCOMPARE(m_sink.reasonOf(u"archive.bin/cut"_s), ErrorCode::DicomTruncated);
        QCOMPARE(filesLeft(), 2);

        const ScannedInstance& instance = m_sink.instances.at(1);
        QCOMPARE(instance.sourcePath, path(u"in/archive.bin/study/big"_s));
        QVERIFY(instance.path.startsWith(path(u"tmp/"_s)));
        QCOMPARE(instance.sizeBytes, big.size());
        QFile file(instance.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), big);
#ifdef Q_OS_UNIX
        const auto others =
            QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        QVERIFY(!(file.permissions() & others));
        QVERIFY(!(QFileInfo(QFileInfo(instance.path).path()).permissions() & QFileDevice::WriteOther));
        const QDir area(path(u"tmp"_s));
        const QFileInfo own(area.filePath(area.entryList(QDir::Dirs | QDir::NoDotAndDotDot).at(0)));
        QVERIFY(!(own.permissions() & (others | QFileDevice::ExeGroup | QFileDevice::ExeOther)));
#endif
    }

    void archivesInArchivesAreRead_toTheDepthGiven()
    {
        QByteArray nested = archiveBytes(Packing::Zip, {{u"deep.dcm"_s, dicomBytes("1.2.3")}});
        nested = archiveBytes(Packing::TarGz, {{u"c.zip"_s, nested}, {u"2.dcm"_s, dicomBytes("1.2.2")}});
        nested = archiveBytes(Packing::SevenZip, {{u"b.tgz"_s, nested}, {u"1.dcm"_s, dicomBytes("1.2.1")}});
        m_params.maxArchiveDepth = 3;
        QCOMPARE(scanArchive(nested).files, 3);
        QCOMPARE(m_sink.uids(), QStringList({u"1.2.1"_s, u"1.2.2"_s, u"1.2.3"_s}));
        QCOMPARE(m_sink.instances.at(0).sourcePath, path(u"in/archive.bin/b.tgz/c.zip/deep.dcm"_s));
        QCOMPARE(filesLeft(), 3);

        init();
        m_params.maxArchiveDepth = 2;
        QCOMPARE(scanArchive(nested).instances, 2);
        QCOMPARE(m_sink.reasonOf(u"archive.bin/b.tgz/c.zip"_s), ErrorCode::ArchiveUnsafe);
        QCOMPARE(filesLeft(), 2);
    }

    void namesThatLeadOutsideAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("up") << u"../../evil.dcm"_s;
        QTest::newRow("up in the middle") << u"a/../../evil.dcm"_s;
        QTest::newRow("up, backslashes") << u"a\\..\\..\\evil.dcm"_s;
        QTest::newRow("absolute") << u"/evil.dcm"_s;
        QTest::newRow("drive") << u"C:\\evil.dcm"_s;
        QTest::newRow("share") << u"\\\\host\\share\\evil.dcm"_s;
    }

    void namesThatLeadOutsideAreRefused()
    {
        QFETCH(const QString, name);
        for (const Packing packing : {Packing::Zip, Packing::Tar, Packing::SevenZip}) {
            init();
            const QByteArray good = dicomBytes("1.2.1");
            const ScanSummary summary =
                scanArchive(archiveBytes(packing, {{name, dicomBytes("1.2.6")}, {u"a..b/good.dcm"_s, good}}));
            QCOMPARE(summary.instances, 1);
            QCOMPARE(m_sink.reasonOf(u"evil.dcm"_s), ErrorCode::ArchiveUnsafe);
            QCOMPARE(filesLeft(), 1);
        }
    }

    void linksAndDevicesAreRefused()
    {
        const QByteArray good = dicomBytes("1.2.1");
        const ScanSummary summary = scanArchive(archiveBytes(Packing::Tar,
            {{u"soft"_s, {}, 0120000, "/etc/passwd"}, {u"good"_s, good}, {u"hard"_s, {}, 0100000, "good", true},
                {u"device"_s, {}, 0020000}, {u"pipe"_s, {}, 0010000}, {u"folder/"_s, {}, 0040000}}));
        QCOMPARE(summary.instances, 1);
        QCOMPARE(summary.skipped, 4);
        for (const auto& name : {u"soft"_s, u"hard"_s, u"device"_s, u"pipe"_s}) {
            QCOMPARE(m_sink.reasonOf(u"archive.bin/"_s + name), ErrorCode::ArchiveUnsafe);
        }

        init();
        scanArchive(archiveBytes(Packing::Zip, {{u"soft"_s, {}, 0120000, "/etc/passwd"}}));
        QCOMPARE(m_sink.reasonOf(u"archive.bin/soft"_s), ErrorCode::ArchiveUnsafe);
    }

    void aBombIsRefusedByItsRatio()
    {
        const QByteArray zeros(100 * kMegabyte, '\0');
        for (const Packing packing : {Packing::Zip, Packing::TarGz, Packing::SevenZip}) {
            init();
            const ScanSummary summary = scanArchive(archiveBytes(
                packing, {{u"1.dcm"_s, dicomBytes("1.2.1")}, {u"bomb.dcm"_s, dicomBytes("1.2.2", zeros)}}));
            QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::ArchiveTooLarge);
            QVERIFY(summary.instances <= 1); // what came before it stays
            QCOMPARE(filesLeft(), summary.instances);
        }
    }

    void aBombOfJunkIsRefusedWithoutBeingWritten()
    {
        // Passing over a member of a compressed stream means unpacking it.
        const QByteArray zeros(100 * kMegabyte, '\0');
        scanArchive(archiveBytes(Packing::TarGz, {{u"zeros"_s, zeros}, {u"1.dcm"_s, dicomBytes("1.2.1")}}));
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::ArchiveTooLarge);
        QCOMPARE(filesLeft(), 0);
    }

    void aFolderWithABodyIsABombLikeAnother()
    {
        auto tar = archiveBytes(
            Packing::Tar, {{u"zeros"_s, QByteArray(100 * kMegabyte, '\0')}, {u"1.dcm"_s, dicomBytes("1.2.1")}});
        constexpr int kChecksum = 148;
        constexpr int kTypeFlag = 156;
        const int sum = tar.mid(kChecksum, 6).toInt(nullptr, 8) + 'D' - tar[kTypeFlag];
        tar[kTypeFlag] = 'D'; // of GNU tar: a folder, and what was in it
        tar.replace(kChecksum, 6, QByteArray::number(sum, 8).rightJustified(6, '0'));
        scanArchive(archiveBytes(Packing::RawGz, {{u"a.tar"_s, tar}}));
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::ArchiveTooLarge);
    }

    void nestedArchivesCountForTheOneAround()
    {
        m_params.maxArchiveBytes = 3 * kMegabyte;
        m_params.maxArchiveRatio = 1'000'000;
        const QByteArray inner =
            archiveBytes(Packing::Zip, {{u"big.dcm"_s, dicomBytes("1.2.1", QByteArray(2 * kMegabyte, 'x'))}});
        scanArchive(archiveBytes(Packing::Zip, {{u"a.zip"_s, inner}, {u"b.zip"_s, inner}, {u"c.zip"_s, inner}}));
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::ArchiveTooLarge);
        QCOMPARE(m_sink.instances.size(), 1);
    }

    void anArchiveThatIsTooLargeIsRefused()
    {
        m_params.maxArchiveBytes = kMegabyte;
        const QByteArray big(2 * kMegabyte, 'x');
        const ScanSummary summary = scanArchive(archiveBytes(
            Packing::ZipStored, {{u"1.dcm"_s, dicomBytes("1.2.1")}, {u"2.dcm"_s, dicomBytes("1.2.2", big)}}));
        QCOMPARE(summary.instances, 1);
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::ArchiveTooLarge);
        QCOMPARE(filesLeft(), 1);
    }

    void encryptedMembersAreReported_othersDelivered()
    {
        const ScanSummary summary = scanArchive(archiveBytes(
            Packing::ZipEncrypted, {{u"1.dcm"_s, dicomBytes("1.2.1")}, {u"2.dcm"_s, dicomBytes("1.2.2")}}));
        QCOMPARE(summary.skipped, 2);
        QCOMPARE(m_sink.reasonOf(u"1.dcm"_s), ErrorCode::ArchiveEncrypted);
        QCOMPARE(m_sink.reasonOf(u"2.dcm"_s), ErrorCode::ArchiveEncrypted);
    }

    void otherPackersEncryptionIsReported_data()
    {
        QTest::addColumn<QByteArray>("base64");
        QTest::addColumn<QString>("sourceEnd");
        // a.txt, packed with a passphrase by p7zip 16.02 and by Info-ZIP 3.0.
        QTest::newRow("7z, names too")
            << QByteArray(
                   "N3q8ryccAARd5T5ZgAAAAAAAAAAuAAAAAAAAACmTyqxkwCKms2CWLabv6VPXCA2QW+oldtvBD1BP7DEv7y7Wh2Dtwryem4Wg"
                   "hEftIiwl+bBhMIwKYNafqQXgDq8Bdlj+EXi1drm2PE4Un9JM+4TsSZ6dgxwHWg5cirFCIfYii33I/AWFVbzj2rXCFEB+f3qv"
                   "z/IQL/zlvkVcoxlDXpX9HRcGEAEJcAAHCwEAASQG8QcBElMPflb6dAggmBkIeA1u8IsXUgxiCgHMJwlWAAA=")
            << u"archive.bin"_s;
        QTest::newRow("7z, data only")
            << QByteArray(
                   "N3q8ryccAAR4FlxrEAAAAAAAAABiAAAAAAAAAN2z+NzRF75/s3EjzT1m/+F5+mfXAQQGAAEJEAAHCwEAAiQG8QcBElMPirvV"
                   "FEP9sps9AXJDtYqYFCEhAQABAAwNCQAICgHBudciAAAFARkBABENAGEALgB0AHgAdAAAABQKAQAXEVmdJHvdARUGAQAggKSB"
                   "AAA=")
            << u"archive.bin/a.txt"_s;
        QTest::newRow("zip, traditional")
            << QByteArray(
                   "UEsDBAoACQAAAI5Dd13BudciFQAAAAkAAAAFABwAYS50eHRVVAkAAyv5A2ss+QNrdXgLAAEEAAAAAAQAAAAAG2N17JRJfeEi"
                   "2fIaIbOJAs1OaaI3UEsHCMG51yIVAAAACQAAAFBLAQIeAwoACQAAAI5Dd13BudciFQAAAAkAAAAFABgAAAAAAAEAAACkgQAA"
                   "AABhLnR4dFVUBQADK/kDa3V4CwABBAAAAAAEAAAAAFBLBQYAAAAAAQABAEsAAABkAAAAAAA=")
            << u"archive.bin/a.txt"_s;
    }

    void otherPackersEncryptionIsReported()
    {
        QFETCH(const QByteArray, base64);
        QFETCH(const QString, sourceEnd);
        QCOMPARE(scanArchive(QByteArray::fromBase64(base64)).files, 1);
        QCOMPARE(m_sink.reasonOf(sourceEnd), ErrorCode::ArchiveEncrypted);
    }

    void aTruncatedArchiveDeliversWhatIsWhole_data()
    {
        everyFormatIsReadByItsContent_data();
    }

    void aTruncatedArchiveDeliversWhatIsWhole()
    {
        QFETCH(const Packing, packing);
        QByteArray noise(200'000, '\0');
        quint32 state = 1;
        for (char& byte : noise) {
            state = state * 1664525 + 1013904223;
            byte = static_cast<char>(state >> 24);
        }
        const QByteArray whole = archiveBytes(packing,
            {{u"1.dcm"_s, dicomBytes("1.2.1", noise)}, {u"2.dcm"_s, dicomBytes("1.2.2", noise + '2')},
                {u"3.dcm"_s, dicomBytes("1.2.3", noise + '3')}});
        const ScanSummary summary = scanArchive(whole.first(whole.size() * 5 / 6));
        // A 7z has its index at the end: without it nothing is readable.
        QCOMPARE(summary.instances, packing == Packing::SevenZip ? 0 : 2);
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s).value_or(ErrorCode::Internal), ErrorCode::ArchiveUnreadable);
        QCOMPARE(filesLeft(), summary.instances);
    }

    void aMemberWithABadChecksumIsNotDelivered()
    {
        QByteArray zip = archiveBytes(
            Packing::ZipStored, {{u"1.dcm"_s, dicomBytes("1.2.1", "MARK")}, {u"2.dcm"_s, dicomBytes("1.2.2", "fine")}});
        zip.replace("MARK", "mark");
        const ScanSummary summary = scanArchive(zip);
        QCOMPARE(m_sink.uids(), QStringList{u"1.2.2"_s});
        QCOMPARE(summary.skipped, 1);
        QCOMPARE(m_sink.reasonOf(u"1.dcm"_s), ErrorCode::ArchiveUnreadable);
    }

    void namesInGbkSurvive()
    {
        // "影像/一.dcm" as a Chinese Windows writes it, without the UTF-8 flag.
        Member member{{}, dicomBytes("1.2.1")};
        member.rawName = QByteArray("\xD3\xB0\xCF\xF1/\xD2\xBB.dcm");
        const QByteArray flagged = archiveBytes(Packing::Zip, {member});
        QCOMPARE(scanArchive(withoutUtf8Flag(flagged)).instances, 1);
        const QString source = m_sink.instances.at(0).sourcePath;
        QVERIFY2(source.endsWith(u"影像/一.dcm"_s), qPrintable(source));

        init(); // a false flag costs the name, not the instance
        QCOMPARE(scanArchive(flagged).instances, 1);
        QVERIFY(m_sink.instances.at(0).sourcePath.endsWith(u"archive.bin/member 1"_s));

        init();
        scanArchive(archiveBytes(Packing::Zip, {{u"影像/一.dcm"_s, dicomBytes("1.2.1")}}));
        QVERIFY(m_sink.instances.at(0).sourcePath.endsWith(u"影像/一.dcm"_s));
    }

    void twinsOfAnArchiveAreSentOnce_withoutASecondCopy()
    {
        const QByteArray same = dicomBytes("1.2.1", "same");
        const ScanSummary summary = scanArchive(
            archiveBytes(Packing::Tar, {{u"a"_s, same}, {u"b"_s, same}, {u"c"_s, dicomBytes("1.2.1", "else")}}));
        QCOMPARE(summary.instances, 1);
        QCOMPARE(summary.duplicatesIdentical, 1);
        QCOMPARE(summary.duplicatesDiffering, 1);
        QCOMPARE(filesLeft(), 2);
        QCOMPARE(m_sink.duplicates.at(0).instance.path, m_sink.instances.at(0).path);
        QCOMPARE(m_sink.duplicates.at(0).firstSourcePath, path(u"in/archive.bin/a"_s));
        QVERIFY(QFileInfo::exists(m_sink.duplicates.at(1).instance.path));
    }

    void aFullDiskEndsTheArchiveWithAReason()
    {
        m_params.reserveBytes = qint64(1) << 61;
        const ScanSummary summary = scanArchive(archiveBytes(Packing::Zip, {{u"1.dcm"_s, dicomBytes("1.2.1")}}));
        QCOMPARE(summary.instances, 0);
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::DiskFull);
        QCOMPARE(m_sink.skipped.at(0).reason.retry, Retry::Later);
        QCOMPARE(filesLeft(), 0);
    }

    void filesThatOnlyLookLikeArchivesAreNotDicom_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("reason");
        const QByteArray document = archiveBytes(
            Packing::Zip, {{u"[Content_Types].xml"_s, "<Types/>"}, {u"word/document.xml"_s, "<document/>"}});
        QTest::newRow("office document") << document << ErrorCode::NotDicom;
        QTest::newRow("empty zip") << archiveBytes(Packing::Zip, {}) << ErrorCode::NotDicom;
        QTest::newRow("zip signature, then nothing") << QByteArray("PK\x03\x04") << ErrorCode::ArchiveUnreadable;
        QTest::newRow("7z signature, then junk")
            << QByteArray("7z\xBC\xAF\x27\x1C") + QByteArray(100, 'x') << ErrorCode::ArchiveUnreadable;
    }

    void filesThatOnlyLookLikeArchivesAreNotDicom()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const ErrorCode, reason);
        const ScanSummary summary = scanArchive(bytes);
        QCOMPARE(summary.files, 1);
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), reason);
    }

    void aCompressedFileThatIsNoArchiveIsOneSkippedFile()
    {
        const QByteArray plain(5000, 'x');
        const ScanSummary summary = scanArchive(archiveBytes(Packing::RawGz, {{u"plain"_s, plain}}));
        QCOMPARE(summary.files, 1);
        QCOMPARE(m_sink.reasonOf(u"archive.bin"_s), ErrorCode::NotDicom);
    }

    void aPreambleMayLookLikeAnArchive()
    {
        QByteArray bytes = dicomBytes("1.2.1");
        bytes.replace(0, 4, "PK\x03\x04");
        QCOMPARE(scanArchive(bytes).instances, 1);
    }

    void severalArchivesAreReadByManyThreads()
    {
        for (int i = 0; i < 4; ++i) {
            QList<Member> members;
            for (int j = 0; j < 300; ++j) {
                const QByteArray uid = "1.2." + QByteArray::number(i) + '.' + QByteArray::number(j);
                members.append({QString::number(j), dicomBytes(uid)});
            }
            writeFile(path(u"in/%1.zip"_s.arg(i)), archiveBytes(Packing::Zip, members));
        }
        m_params.threads = 4;
        const auto summary = scan::scan(m_params, m_sink, {});
        QVERIFY(summary && addsUp(*summary, m_sink));
        QCOMPARE(summary->instances, 1200);
        QCOMPARE(filesLeft(), 1200);
    }

    void cancelWhileUnpackingEndsTheScanAtOnce()
    {
        const QByteArray noise(64 * kMegabyte, 'n');
        m_params.maxArchiveRatio = 1'000'000;
        writeFile(path(u"in/a.tgz"_s),
            archiveBytes(Packing::TarGz, {{u"1"_s, dicomBytes("1.2.1")}, {u"2"_s, dicomBytes("1.2.2", noise)}}));
        CancelSource source;
        QElapsedTimer sinceCancel;
        m_sink.beforeEach = [&] {
            sinceCancel.start();
            source.cancel();
        };
        const auto summary = scan::scan(m_params, m_sink, source.token());
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Cancelled);
        QVERIFY2(sinceCancel.elapsed() < 1000, qPrintable(QString::number(sinceCancel.elapsed()))); // 200 if alone
        QCOMPARE(m_sink.instances.size(), 1);
        QVERIFY(m_sink.skipped.isEmpty());
        QCOMPARE(filesLeft(), 1);
    }

    void aMemberThatIsCutInItsPixelsIsNotKept()
    {
        for (const qsizetype size : {1000, 600'000}) {
            init();
            const QByteArray cut = dicomBytes("1.2.8", QByteArray(size, 'p')).chopped(10);
            QCOMPARE(scanArchive(archiveBytes(Packing::Zip, {{u"cut"_s, cut}})).skipped, 1);
            QCOMPARE(m_sink.reasonOf(u"archive.bin/cut"_s), ErrorCode::DicomTruncated);
            QCOMPARE(filesLeft(), 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestArchiveScanner)
#include "TestArchiveScanner.moc"
