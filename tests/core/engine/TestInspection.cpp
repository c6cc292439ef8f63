#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Inspection.h"

#include "tests/core/scan/ScanTestSupport.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::scan::test;
using namespace Qt::StringLiterals;

namespace {

/// A source folder and an area for unpacking; gathers the news of an inspection to its end.
struct Room
{
    QTemporaryDir folder;
    Inspection inspection{{folder.filePath(u"unpacked"_s), 2}};
    InspectionNews all;

    [[nodiscard]] QString path(const QString& name) const { return folder.filePath(name); }

    void take()
    {
        auto news = inspection.takeNews();
        all.patients.insert(all.patients.end(), news.patients.begin(), news.patients.end());
        all.series.insert(all.series.end(), news.series.begin(), news.series.end());
        all.leftOut.insert(all.leftOut.end(), news.leftOut.begin(), news.leftOut.end());
        all.counts = news.counts;
        all.isRunning = news.isRunning;
        all.wasCut = news.wasCut;
        if (news.error) {
            all.error = news.error;
        }
    }

    [[nodiscard]] bool finish(const QStringList& paths)
    {
        inspection.add(paths);
        return QTest::qWaitFor(
            [this] {
                take();
                return !all.isRunning;
            },
            20'000);
    }
};

dicom::SyntheticParams synthetic(const QString& folder)
{
    dicom::SyntheticParams params;
    params.folder = folder;
    params.patients = 2;
    params.series = {{dicom::SyntheticKind::Tiny, 5}, {dicom::SyntheticKind::Sr, 1}};
    return params;
}

bool addsUp(const InspectionCounts& counts)
{
    return counts.files == counts.instances + counts.skipped + counts.duplicatesIdentical + counts.duplicatesDiffering;
}

} // namespace

class TestInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderIsGroupedAndItsFilesAreListed()
    {
        Room room;
        QVERIFY(dicom::makeSyntheticStudies(synthetic(room.path(u"in"_s)), {}));
        writeFile(room.path(u"in/readme.txt"_s), "no image");
        QVERIFY(room.finish({room.path(u"in"_s)}));
        QCOMPARE(room.all.counts.instances, 12);
        QCOMPARE(room.all.counts.skipped, 1);
        QVERIFY(addsUp(room.all.counts));
        QCOMPARE(room.all.leftOut.front().reason, ErrorCode::NotDicom);
        QVERIFY(!room.all.wasCut);
        qint64 listed = 0;
        for (size_t serial = 0; serial < 4; ++serial) {
            const auto files = room.inspection.instances(serial);
            listed += static_cast<qint64>(files.size());
            QVERIFY(std::is_sorted(
                files.begin(), files.end(), [](const auto& a, const auto& b) { return a.number < b.number; }));
            QVERIFY(std::all_of(files.begin(), files.end(), [](const auto& file) { return QFile::exists(file.path); }));
        }
        QCOMPARE(listed, 12);
        QVERIFY(room.inspection.instances(99).empty());
    }

    void theSameFolderAgainAndOneAboveItAddNothing()
    {
        Room room;
        QVERIFY(dicom::makeSyntheticStudies(synthetic(room.path(u"in"_s)), {}));
        writeFile(room.path(u"in/P0001/readme.txt"_s), "no image");
        QVERIFY(room.finish({room.path(u"in/P0001"_s)}));
        QCOMPARE(room.all.counts.instances, 6);
        QVERIFY(room.finish({room.path(u"in"_s)}));
        QCOMPARE(room.all.counts.instances, 12);
        QCOMPARE(room.all.counts.skipped, 1);
        QCOMPARE(room.all.counts.duplicatesIdentical, 0);
        QVERIFY(addsUp(room.all.counts));
    }

    void copiesFromAnotherScanAreToldApart()
    {
        Room room;
        writeFile(room.path(u"a/1"_s), dicomBytes("1.2.3", "x"));
        writeFile(room.path(u"b/same"_s), dicomBytes("1.2.3", "x"));
        writeFile(room.path(u"c/other"_s), dicomBytes("1.2.3", "y"));
        QVERIFY(room.finish({room.path(u"a"_s)}));
        QVERIFY(room.finish({room.path(u"b"_s)}));
        QVERIFY(room.finish({room.path(u"c"_s)}));
        QCOMPARE(room.all.counts.instances, 1);
        QCOMPARE(room.all.counts.duplicatesIdentical, 1);
        QCOMPARE(room.all.counts.duplicatesDiffering, 1);
        QCOMPARE(room.all.leftOut.back().sameAs, room.path(u"a/1"_s));
        QVERIFY(!room.all.leftOut.back().isIdenticalCopy);
        QCOMPARE(room.all.series.back().node.warnings.back(), TreeWarning::DifferingDuplicate);
        QVERIFY(addsUp(room.all.counts));
    }

    void membersOfArchivesAreReadableUntilTheEnd()
    {
        QTemporaryDir folder;
        writeFile(folder.filePath(u"a.zip"_s), archiveBytes(Packing::Zip, {{u"ct/1.dcm"_s, dicomBytes("1.2.3")}}));
        auto inspection = std::make_unique<Inspection>(InspectionParams{folder.filePath(u"unpacked"_s), 1});
        inspection->add({folder.filePath(u"a.zip"_s)});
        QTRY_VERIFY(!inspection->takeNews().isRunning);
        const auto files = inspection->instances(0);
        QCOMPARE(files.size(), 1U);
        QVERIFY(QFile::exists(files.front().path));
        inspection.reset();
        QVERIFY(!QFile::exists(files.front().path));
    }

    void cancelKeepsWhatWasFoundAndSaysThatThereMayBeMore()
    {
        Room room;
        auto params = synthetic(room.path(u"in"_s));
        params.series = {{dicom::SyntheticKind::Tiny, 400}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}));
        room.inspection.add({room.path(u"in"_s)});
        room.inspection.add({room.path(u"in/P0001"_s)});
        room.inspection.cancel();
        QTRY_VERIFY((room.take(), !room.all.isRunning));
        QVERIFY(room.all.wasCut);
        QVERIFY(!room.all.error);
        QVERIFY(room.all.counts.instances < 800);
        QVERIFY(room.finish({room.path(u"in"_s)}));
        QCOMPARE(room.all.counts.instances, 800);
        QVERIFY(!room.all.wasCut);
    }

    void aPathThatIsGoneIsAnError()
    {
        Room room;
        QVERIFY(room.finish({room.path(u"nowhere"_s)}));
        QVERIFY(room.all.error);
        QCOMPARE(room.all.error->code, ErrorCode::FileNotFound);
    }

    void pathsInsideOthersAreDropped()
    {
        QCOMPARE(withoutNested({u"/a/b"_s, u"/a"_s, u"/a/c/"_s, u"/ab"_s, u"/ab"_s}), QStringList({u"/a"_s, u"/ab"_s}));
    }
};

QTEST_GUILESS_MAIN(TestInspection)
#include "TestInspection.moc"
