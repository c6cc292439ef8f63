#include "ui/send/Discs.h"

#include <QDir>
#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

bool touch(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly);
}

} // namespace

class TestDiscs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileSystemsOfPatientMediaAreKnown_data()
    {
        QTest::addColumn<QString>("fileSystem");
        QTest::addColumn<bool>("isKnown");
        for (const auto* name : {"iso9660", "udf", "UDF", "CDFS", "cd9660", "vfat", "exFAT", "FAT32", "msdos"}) {
            QTest::newRow(name) << QString::fromLatin1(name) << true;
        }
        for (const auto* name : {"nfs4", "cifs", "fuse.sshfs", "ext4", "NTFS", "apfs", ""}) {
            QTest::newRow(*name != '\0' ? name : "none") << QString::fromLatin1(name) << false;
        }
    }

    void fileSystemsOfPatientMediaAreKnown()
    {
        QFETCH(QString, fileSystem);
        QTEST(mayBeDisc({u"/media/a"_s, {}, fileSystem}), "isKnown");
    }

    void onlyMediaAreTakenFromTheTableOfMounts()
    {
        const auto found = volumesIn("22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"
                                     "40 22 0:40 / /mnt/share rw - nfs4 server:/x rw,vers=4.2\n"
                                     "51 22 11:0 / /media/PATIENT\\040CD ro,nosuid shared:9 - iso9660 /dev/sr0 ro\n"
                                     "52 22 8:17 / /media/\\344\\270\\255 rw shared:9 master:2 - vfat /dev/sdb1 rw\n"
                                     "53 22 8:18 / /media/cut rw\n"
                                     "54 22 8:19 / /media/cut rw shared:1 -\n");
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].root, u"/media/PATIENT CD"_s);
        QCOMPARE(found[0].fileSystem, u"iso9660"_s);
        QCOMPARE(found[1].root, u"/media/中"_s);
    }

    void onlyMediaWithADicomdirAreDiscs()
    {
        const QTemporaryDir home;
        for (const auto* name : {"upper", "lower", "music", "share"}) {
            QVERIFY(QDir(home.path()).mkpath(QString::fromLatin1(name)));
        }
        QVERIFY(touch(home.filePath(u"upper/DICOMDIR"_s)) && touch(home.filePath(u"lower/dicomdir"_s)));
        QVERIFY(touch(home.filePath(u"music/01.wav"_s)) && touch(home.filePath(u"share/DICOMDIR"_s)));
        const auto volume = [&home](const QString& folder, const QString& label, const QString& fileSystem) {
            return Volume{home.filePath(folder), label, fileSystem};
        };
        const auto found =
            discsAmong({volume(u"upper"_s, u"PATIENT_CD"_s, u"iso9660"_s), volume(u"lower"_s, {}, u"vfat"_s),
                volume(u"music"_s, u"MUSIC"_s, u"udf"_s), volume(u"share"_s, u"SHARE"_s, u"nfs4"_s)});
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0], (Disc{home.filePath(u"upper"_s), u"PATIENT_CD"_s}));
        QCOMPARE(found[1].name, QDir::toNativeSeparators(home.filePath(u"lower"_s)));
    }

    void theWatchTellsWhatIsNew()
    {
        const QList<Disc> inDrive{{u"/media/cd"_s, u"CD"_s}};
        DiscWatch watch([inDrive] { return inDrive; });
        QSignalSpy changed(&watch, &DiscWatch::changed);
        watch.setWatching(true);
        QVERIFY(changed.wait());
        QCOMPARE(watch.discs(), inDrive);
        watch.setWatching(false);
        watch.setWatching(true); // the same again is no news
        QVERIFY(!changed.wait(100));
    }

    void aSlowDriveIsAskedOnceAtATime()
    {
        auto asked = std::make_shared<QSemaphore>();
        auto answer = std::make_shared<QSemaphore>();
        DiscWatch watch([asked, answer] {
            asked->release();
            answer->acquire();
            return QList<Disc>();
        });
        watch.setWatching(true);
        QVERIFY(asked->tryAcquire(1, 10'000));
        watch.setWatching(false);
        watch.setWatching(true);
        QVERIFY(!asked->tryAcquire(1, 100));
        answer->release();
    }
};

QTEST_MAIN(TestDiscs)
#include "TestDiscs.moc"
