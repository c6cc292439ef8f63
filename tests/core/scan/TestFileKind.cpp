#include "core/scan/filekind.h"
#include "tests/core/scan/ScanTestSupport.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;
using namespace radpost::scan::test;

Q_DECLARE_METATYPE(radpost::scan::FileKind)

class TestFileKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindsAreToldByTheirFirstBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<FileKind>("kind");
        const QList<Member> one{{u"a"_s, "text"}};
        QTest::newRow("zip") << archiveBytes(Packing::Zip, one) << FileKind::Zip;
        QTest::newRow("empty zip") << archiveBytes(Packing::Zip, {}) << FileKind::Zip;
        QTest::newRow("7z") << archiveBytes(Packing::SevenZip, one) << FileKind::SevenZip;
        QTest::newRow("tar") << archiveBytes(Packing::Tar, one) << FileKind::Tar;
        QByteArray old = archiveBytes(Packing::Tar, one);
        QTest::newRow("tar, checksum wrong") << old.replace(0, 1, "b") << FileKind::Other;
        QTest::newRow("tar.gz") << archiveBytes(Packing::TarGz, one) << FileKind::Gzip;
        QTest::newRow("rar") << QByteArray("Rar!\x1A\x07\x01\x00", 8) << FileKind::Rar;
        QTest::newRow("DICOM") << dicomBytes("1.2") << FileKind::Other;
        QTest::newRow("DICOM, preamble like a ZIP") << dicomBytes("1.2").replace(0, 4, "PK\x03\x04") << FileKind::Other;
        QTest::newRow("nothing") << QByteArray() << FileKind::Other;
        QTest::newRow("zeros") << QByteArray(2000, '\0') << FileKind::Other;
        QTest::newRow("start of a zip") << QByteArray("PK") << FileKind::Other;
    }

    void kindsAreToldByTheirFirstBytes()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const FileKind, kind);
        QCOMPARE(fileKindOf(std::as_bytes(std::span(bytes.constData(), size_t(bytes.size())))), kind);
        const QTemporaryDir folder;
        writeFile(folder.filePath(u"f"_s), bytes);
        const auto glance = glanceAt(folder.filePath(u"f"_s));
        QVERIFY(glance);
        QCOMPARE(glance->kind, kind);
        QCOMPARE(glance->sizeBytes, bytes.size());
    }

    void aMissingFileIsAnError()
    {
        const QTemporaryDir folder;
        QCOMPARE(glanceAt(folder.filePath(u"gone"_s)).error().code, ErrorCode::FileNotFound);
    }
};

QTEST_GUILESS_MAIN(TestFileKind)
#include "TestFileKind.moc"
