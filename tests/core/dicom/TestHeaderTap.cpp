#include "core/dicom/FileMetaReader.h"
#include "core/dicom/HeaderReader.h"
#include "core/dicom/HeaderTap.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/dicom/TransferSyntax.h"
#include "tests/support/DataSetBuilder.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using dicom::HeaderTap;
using test::DataSetBuilder;

namespace {

const QByteArray kExplicit(dicom::kExplicitVrLittleEndianUid.data());
const QByteArray kImplicit(dicom::kImplicitVrLittleEndianUid.data());
const QByteArray kBigEndian(dicom::kExplicitVrBigEndianUid.data());

std::span<const std::byte> bytesOf(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

dicom::IndexedHeader tapped(HeaderTap& tap, const QByteArray& dataSet, const QByteArray& syntax, qsizetype piece)
{
    tap.start({syntax});
    for (qsizetype at = 0; at < dataSet.size(); at += piece) {
        tap.feed(bytesOf(dataSet.mid(at, piece)));
    }
    return tap.take();
}

/// What comes between the patient and the study in real files: sequences in every form, long private values.
QByteArray awkward(dicom::Encoding encoding)
{
    DataSetBuilder set(encoding);
    set.add(0x00080005U, "CS", "ISO_IR 192").add(0x00080018U, "UI", "1.2.3.4");
    set.add(0x00080060U, "CS", "MR").openSequence(0x00081140U).openItem().add(0x00081155U, "UI", "9.9");
    set.openSequence(0x00400275U).openItem().add(0x0020000DU, "UI", "6.6.6").closeItem().closeSequence();
    set.closeItem().closeSequence();
    set.addSequence(0x00082112U, DataSetBuilder(encoding).add(0x0020000DU, "UI", "7.7.7"));
    set.add(0x00100010U, "PN", QByteArray("Wang^Li=\xE7\x8E\x8B^\xE4\xB8\xBD")).add(0x00100020U, "LO", "P1");
    set.add(0x00191001U, "OB", QByteArray(100'000, 'x'));
    set.add(0x0020000DU, "UI", "1.2.3").add(0x0020000EU, "UI", "1.2.3.5").add(0x00200011U, "IS", "7");
    set.add(0x00200013U, "IS", "12").addShort(0x00280010U, 512).addShort(0x00280011U, 256);
    set.addShort(0x00280100U, 16).addHead(0x7FE00010U, "OW", 0xFFFFFFF0U);
    return set.bytes();
}

} // namespace

class TestHeaderTap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameAttributesWhateverThePieces_data()
    {
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<QByteArray>("dataSet");
        QTest::newRow("explicit") << kExplicit << awkward(dicom::kExplicitLittleEndian);
        QTest::newRow("implicit") << kImplicit << awkward(dicom::kImplicitLittleEndian);
        QTest::newRow("big endian") << kBigEndian << awkward(dicom::kExplicitBigEndian);
        QTest::newRow("private syntax, explicit") << QByteArray("1.2.3.99") << awkward(dicom::kExplicitLittleEndian);
        QTest::newRow("private syntax, implicit") << QByteArray("1.2.3.99") << awkward(dicom::kImplicitLittleEndian);
        QTest::newRow("declared explicit, is implicit") << kExplicit << awkward(dicom::kImplicitLittleEndian);
    }

    void sameAttributesWhateverThePieces()
    {
        QFETCH(QByteArray, syntax);
        QFETCH(QByteArray, dataSet);
        HeaderTap tap;
        for (const qsizetype piece : {qsizetype(1), qsizetype(7), qsizetype(4096), dataSet.size()}) {
            const auto header = tapped(tap, dataSet, syntax, piece);
            QVERIFY(header.isWhole);
            QCOMPARE(header.sopInstanceUid.value, QByteArray("1.2.3.4"));
            QCOMPARE(header.series->studyInstanceUid, u"1.2.3"_s);
            QCOMPARE(header.series->seriesInstanceUid, u"1.2.3.5"_s);
            QCOMPARE(header.series->patientName, u"Wang^Li=王^丽"_s);
            QCOMPARE(header.series->patientId, u"P1"_s);
            QCOMPARE(header.series->modality, u"MR"_s);
            QCOMPARE(header.series->seriesNumber, u"7"_s);
            QCOMPARE(header.instanceNumber, u"12"_s);
            QCOMPARE(header.rows, quint16(512));
            QCOMPARE(header.columns, quint16(256));
            QCOMPARE(header.bitsAllocated, quint16(16));
        }
    }

    void unknownSequenceHoldsImplicitOrExplicitItems_data()
    {
        QTest::addColumn<bool>("isExplicit");
        QTest::newRow("implicit") << false;
        QTest::newRow("explicit") << true;
    }

    void unknownSequenceHoldsImplicitOrExplicitItems()
    {
        QFETCH(bool, isExplicit);
        DataSetBuilder item(isExplicit ? dicom::kExplicitLittleEndian : dicom::kImplicitLittleEndian);
        item.add(0x0020000DU, "UI", "6.6").add(0x00400008U, "LO", "text");
        DataSetBuilder set;
        set.add(0x00080018U, "UI", "1.2.9").openSequence(0x00091001U, "UN").openItem().addRaw(item.bytes()).closeItem();
        set.closeSequence().add(0x0020000DU, "UI", "1.2").addShort(0x00280100U, 8).add(0x00281050U, "DS", "1");
        HeaderTap tap;
        const auto header = tapped(tap, set.bytes(), kExplicit, 3);
        QCOMPARE(header.series->studyInstanceUid, u"1.2"_s);
        QCOMPARE(header.bitsAllocated, quint16(8));
        QVERIFY(header.isWhole);
    }

    void instancesOfOneSeriesShareTheirTexts()
    {
        HeaderTap tap;
        const auto first = tapped(tap, awkward(dicom::kExplicitLittleEndian), kExplicit, 512);
        const auto second = tapped(tap, awkward(dicom::kExplicitLittleEndian), kExplicit, 64);
        QCOMPARE(first.series.get(), second.series.get());
        DataSetBuilder other;
        other.add(0x00080060U, "CS", "CT").add(0x0020000DU, "UI", "1.2.3");
        QVERIFY(tapped(tap, other.bytes(), kExplicit, 64).series != first.series);
    }

    void cutOffBytesAreNotWhole()
    {
        HeaderTap tap;
        const auto dataSet = awkward(dicom::kExplicitLittleEndian);
        QVERIFY(!tapped(tap, dataSet.left(70'000), kExplicit, 4096).isWhole);
        QVERIFY(!tapped(tap, QByteArray("GET / HTTP/1.1\r\n\r\n"), kExplicit, 4096).isWhole);
    }

    void deepNestingEndsTheLooking()
    {
        DataSetBuilder set;
        for (int i = 0; i < 200; ++i) {
            set.openSequence(0x00081140U).openItem();
        }
        HeaderTap tap;
        tap.start({kExplicit});
        tap.feed(bytesOf(set.bytes()));
        QVERIFY(tap.isDone());
        QVERIFY(!tap.take().isWhole);
    }

    void agreesWithTheHeaderReader_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("explicit") << int(dicom::SyntheticSyntax::ExplicitLittle);
        QTest::newRow("implicit") << int(dicom::SyntheticSyntax::ImplicitLittle);
        QTest::newRow("deflated") << int(dicom::SyntheticSyntax::Deflated);
    }

    void agreesWithTheHeaderReader()
    {
        QFETCH(int, syntax);
        QTemporaryDir folder;
        dicom::SyntheticParams params;
        params.folder = folder.path();
        params.patients = 2;
        params.series = {{dicom::SyntheticKind::Ct, 2, 64, 64}};
        params.syntax = static_cast<dicom::SyntheticSyntax>(syntax);
        QVERIFY(dicom::makeSyntheticStudies(params, {}));
        QDirIterator walk(folder.path(), QDir::Files, QDirIterator::Subdirectories);
        HeaderTap tap;
        int files = 0;
        while (walk.hasNext()) {
            QFile file(walk.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto bytes = file.readAll();
            const auto expected = dicom::HeaderReader().readBytes(bytesOf(bytes));
            const auto meta = dicom::readFileMeta(bytesOf(bytes));
            if (!expected || !meta) {
                continue; // a DICOMDIR
            }
            QCOMPARE(meta->dataSetOffset, expected->dataSetOffset);
            const auto header = tapped(tap, bytes.mid(meta->dataSetOffset), meta->transferSyntaxUid.value, 1000);
            QCOMPARE(header.sopInstanceUid, expected->sopInstanceUid);
            QCOMPARE(header.series->patientName, expected->patientName);
            QCOMPARE(header.series->patientId, expected->patientId);
            QCOMPARE(header.series->studyInstanceUid, expected->studyInstanceUid.toString());
            QCOMPARE(header.series->seriesInstanceUid, expected->seriesInstanceUid.toString());
            QCOMPARE(header.series->studyDescription, expected->studyDescription);
            QCOMPARE(header.rows, expected->rows);
            QCOMPARE(header.bitsAllocated, expected->bitsAllocated);
            QVERIFY(header.isWhole);
            ++files;
        }
        QCOMPARE(files, 4);
    }
};

QTEST_GUILESS_MAIN(TestHeaderTap)
#include "TestHeaderTap.moc"
