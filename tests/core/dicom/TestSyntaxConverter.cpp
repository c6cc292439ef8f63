#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/HeaderReader.h"
#include "core/dicom/SyntaxConverter.h"
#include "core/dicom/TransferSyntax.h"

#include "tests/support/Corpus.h"
#include "tests/support/DataSetBuilder.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmimage/diregist.h> // colour for the encoders
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>

#include <atomic>
#include <csignal>
#include <random>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace radpost;
using namespace radpost::dicom;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr quint16 kRows = 40;
constexpr quint16 kColumns = 56;

struct Image
{
    int samples = 1;
    int bytesPerSample = 1;
    int frames = 1;
    const char* photometric = "MONOCHROME2";
    QByteArray pixels;
};

/// A gradient with a little noise: compresses, but not to nothing.
Image makeImage(int samples, int bytesPerSample, int frames)
{
    Image image{samples, bytesPerSample, frames, samples == 3 ? "RGB" : "MONOCHROME2", {}};
    std::minstd_rand random(7);
    for (int i = 0; i < frames * kRows * kColumns * samples; ++i) {
        const int value = (i / samples % kColumns) * 4 + int(random() % 5);
        image.pixels.append(char(value & 0xFF));
        if (bytesPerSample == 2) {
            image.pixels.append(char((value >> 2) & 0x0F));
        }
    }
    return image;
}

DataSetBuilder makeDataSet(const Image& image, Encoding encoding = kExplicitLittleEndian)
{
    const bool isWide = image.bytesPerSample == 2;
    DataSetBuilder builder(encoding);
    builder.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.7.4").add(0x00080018U, "UI", "1.2.3.4.5");
    builder.add(0x00080020U, "DA", "20240229").add(0x00080060U, "CS", "OT").add(0x00100010U, "PN", "DOE^JANE");
    builder.add(0x0020000DU, "UI", "1.2.3.1").add(0x0020000EU, "UI", "1.2.3.2");
    builder.addShort(0x00280002U, quint16(image.samples)).add(0x00280004U, "CS", image.photometric);
    if (image.samples == 3) {
        builder.addShort(0x00280006U, 0);
    }
    builder.add(0x00280008U, "IS", QByteArray::number(image.frames));
    builder.addShort(0x00280010U, kRows).addShort(0x00280011U, kColumns);
    builder.addShort(0x00280100U, isWide ? 16 : 8).addShort(0x00280101U, isWide ? 12 : 8);
    builder.addShort(0x00280102U, isWide ? 11 : 7).addShort(0x00280103U, 0);
    builder.add(0x00290010U, "LO", "ACME").add(0x00291001U, "OB", "private");
    QByteArray pixels = image.pixels;
    if (encoding.bigEndian && isWide) {
        for (qsizetype i = 0; i + 1 < pixels.size(); i += 2) {
            std::swap(pixels[i], pixels[i + 1]);
        }
    }
    builder.add(0x7FE00010U, isWide || !encoding.explicitVr ? "OW" : "OB", pixels);
    return builder;
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString textOf(DcmItem& item, const DcmTagKey& tag)
{
    OFString value;
    item.findAndGetOFStringArray(tag, value);
    return QString::fromLatin1(value.c_str());
}

QByteArray pixelsOf(DcmItem& item)
{
    DcmElement* element = nullptr;
    if (item.findAndGetElement(DCM_PixelData, element).bad()) {
        return {};
    }
    const auto size = qsizetype(element->getLengthField());
    Uint16* words = nullptr;
    Uint8* bytes = nullptr;
    if (element->ident() == EVR_OW || element->getVR() == EVR_OW) {
        element->getUint16Array(words);
        return QByteArray(reinterpret_cast<const char*>(words), size);
    }
    element->getUint8Array(bytes);
    return QByteArray(reinterpret_cast<const char*>(bytes), size);
}

} // namespace

class TestSyntaxConverter : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    DcmtkRuntime m_runtime;

    QString write(const QByteArray& bytes, const QString& name = u"in.dcm"_s)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        return written ? path : QString();
    }

    QString output() const { return m_folder.filePath(u"out.dataset"_s); }

    Result<ConvertedDataSet> convert(
        const QString& path, UncompressedSyntax target = UncompressedSyntax::ExplicitLittleEndian)
    {
        return SyntaxConverter(m_runtime).convert(path, target, output());
    }

    bool load(DcmDataset& dataSet, UncompressedSyntax target = UncompressedSyntax::ExplicitLittleEndian)
    {
        const bool isExplicit = target == UncompressedSyntax::ExplicitLittleEndian;
        return dataSet
            .loadFile(
                output().toLocal8Bit().constData(), isExplicit ? EXS_LittleEndianExplicit : EXS_LittleEndianImplicit)
            .good();
    }

    /// Our output and a data set of a tool, byte for byte as explicit VR little endian.
    void compareDataSets(DcmDataset& expected, bool isLossy, const QString& name)
    {
        OFString value;
        if (isLossy && expected.findAndGetOFString(DCM_LossyImageCompression, value).bad()) {
            expected.putAndInsertString(DCM_LossyImageCompression, "01"); // ours is set on purpose
        }
        const QString path = m_folder.filePath(u"tool.dataset"_s);
        QVERIFY(expected.saveFile(path.toLocal8Bit().constData(), EXS_LittleEndianExplicit, EET_ExplicitLength).good());
        QVERIFY2(readAll(path) == readAll(output()), qPrintable(name));
    }

    QByteArray compressed(
        const Image& image, E_TransferSyntax syntax, const DcmRepresentationParameter* parameter = nullptr)
    {
        const QString raw = write(part10("1.2.840.10008.1.2.1", makeDataSet(image)), u"raw.dcm"_s);
        DcmFileFormat file;
        const bool encoded = file.loadFile(raw.toLocal8Bit().constData()).good() &&
            file.getDataset()->chooseRepresentation(syntax, parameter).good();
        file.removeInvalidGroups();
        const QString path = m_folder.filePath(u"compressed.dcm"_s);
        return encoded && file.saveFile(path.toLocal8Bit().constData(), syntax).good() ? readAll(path) : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_runtime.ensureReady().has_value());
        DcmRLEEncoderRegistration::registerCodecs();
        DJEncoderRegistration::registerCodecs(ECC_lossyYCbCr, EUC_never);
        DJLSEncoderRegistration::registerCodecs(0, 0, 0, 0, OFTrue, 0, OFTrue, EJLSUC_never);
    }

    void cleanupTestCase()
    {
        DJLSEncoderRegistration::cleanup();
        DJEncoderRegistration::cleanup();
        DcmRLEEncoderRegistration::cleanup();
    }

    void anRleSegmentOutsideItsFrameIsRefused_data()
    {
        QTest::addColumn<int>("field"); // of the header: how many segments, then where each begins
        QTest::addColumn<quint32>("value");
        QTest::newRow("no segments") << 0 << 0U;
        QTest::newRow("more than there can be") << 0 << 16U;
        QTest::newRow("a wild number of segments") << 0 << 0xFFFFFFFFU;
        QTest::newRow("the first in the header") << 1 << 60U;
        QTest::newRow("the second behind the end") << 2 << 0x00020040U;
        QTest::newRow("the second before the first") << 2 << 64U;
    }

    void anRleSegmentOutsideItsFrameIsRefused()
    {
        QFETCH(int, field);
        QFETCH(quint32, value);
        QByteArray file = compressed(makeImage(1, 2, 1), EXS_RLELossless);
        const QByteArray head = QByteArray::fromHex("02000000") + QByteArray::fromHex("40000000"); // two segments
        const auto at = file.indexOf(head);
        QVERIFY(at > 0);
        qToLittleEndian(value, file.data() + at + 4 * field);
        const auto converted = convert(write(file));
        QVERIFY(!converted);
        QCOMPARE(converted.error().code, ErrorCode::DecodeFailed);
    }

    void losslessSources_giveTheirPixelsBack_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("bytesPerSample");
        QTest::addColumn<int>("frames");
        const auto rows = [](const char* name, E_TransferSyntax syntax) {
            QTest::addRow("%s, grey 8", name) << int(syntax) << 1 << 1 << 1;
            QTest::addRow("%s, grey 16, frames", name) << int(syntax) << 1 << 2 << 3;
            QTest::addRow("%s, colour, frames", name) << int(syntax) << 3 << 1 << 2;
        };
        rows("RLE", EXS_RLELossless);
        rows("JPEG 57", EXS_JPEGProcess14);
        rows("JPEG 70", EXS_JPEGProcess14SV1);
        rows("JPEG-LS", EXS_JPEGLSLossless);
    }

    void losslessSources_giveTheirPixelsBack()
    {
        QFETCH(int, syntax);
        QFETCH(int, samples);
        QFETCH(int, bytesPerSample);
        QFETCH(int, frames);
        const Image image = makeImage(samples, bytesPerSample, frames);
        const QByteArray file = compressed(image, E_TransferSyntax(syntax));
        QVERIFY(!file.isEmpty());
        for (const auto target : {UncompressedSyntax::ExplicitLittleEndian, UncompressedSyntax::ImplicitLittleEndian}) {
            const auto converted = convert(write(file), target);
            QVERIFY2(converted.has_value(), qPrintable(converted ? QString() : converted.error().detail));
            QVERIFY(converted->hasDecodedPixels);
            QCOMPARE(converted->sizeBytes, readAll(output()).size());
            DcmDataset dataSet;
            QVERIFY(load(dataSet, target));
            QCOMPARE(pixelsOf(dataSet), image.pixels);
            QCOMPARE(textOf(dataSet, DCM_PhotometricInterpretation), QString::fromLatin1(image.photometric));
            QCOMPARE(textOf(dataSet, DCM_SOPInstanceUID), u"1.2.3.4.5"_s);
            QCOMPARE(textOf(dataSet, DCM_PatientName), u"DOE^JANE"_s);
            QVERIFY(!dataSet.tagExists(DCM_LossyImageCompression));
        }
    }

    void nativeSources_giveTheSameElements_data()
    {
        QTest::addColumn<QByteArray>("file");
        const Image image = makeImage(1, 2, 2);
        const auto plain = makeDataSet(image);
        const auto implicit = makeDataSet(image, kImplicitLittleEndian);
        const auto big = makeDataSet(image, kExplicitBigEndian);
        QTest::newRow("explicit") << part10("1.2.840.10008.1.2.1", plain);
        QTest::newRow("implicit") << part10("1.2.840.10008.1.2", implicit);
        QTest::newRow("big endian") << part10("1.2.840.10008.1.2.2", big);
        QTest::newRow("deflated") << fileMeta("1.2.840.10008.1.2.1.99") + deflated(plain.bytes());
        QTest::newRow("implicit alone") << implicit.bytes();
        QTest::newRow("big endian alone") << big.bytes();
        QTest::newRow("declared explicit, is implicit") << part10("1.2.840.10008.1.2.1", implicit);
    }

    void nativeSources_giveTheSameElements()
    {
        QFETCH(QByteArray, file);
        const Image image = makeImage(1, 2, 2);
        const QByteArray implicit = makeDataSet(image, kImplicitLittleEndian).bytes();
        const auto converted = convert(write(file), UncompressedSyntax::ImplicitLittleEndian);
        QVERIFY2(converted.has_value(), qPrintable(converted ? QString() : converted.error().detail));
        QCOMPARE(converted->transferSyntaxUid.value, "1.2.840.10008.1.2"_ba);
        QVERIFY(!converted->hasDecodedPixels);
        QCOMPARE(readAll(output()), implicit);

        QVERIFY(convert(write(file)).has_value());
        DcmDataset dataSet;
        QVERIFY(load(dataSet));
        QCOMPARE(pixelsOf(dataSet), image.pixels);
        QCOMPARE(textOf(dataSet, DCM_PatientName), u"DOE^JANE"_s);
    }

    void corpus_isDecodedAsByTheToolsOfDcmtk()
    {
        if (corpusFiles().isEmpty()) {
            QSKIP("there is no corpus of real files: RADPOST_CORPUS, or ../shared/corpus beside the source tree");
        }
        const QHash<SyntaxFamily, QString> tools{{SyntaxFamily::Jpeg, u"dcmdjpeg"_s},
            {SyntaxFamily::JpegLs, u"dcmdjpls"_s}, {SyntaxFamily::Rle, u"dcmdrle"_s}};
        const QString decoded = m_folder.filePath(u"tool.dcm"_s);
        HeaderReader reader;
        for (const QString& name : corpusFiles()) {
            const QString path = corpusFolder() + u'/' + name;
            const auto header = reader.readFile(path);
            const auto* syntax = header ? TransferSyntax::find(header->transferSyntaxUid.value) : nullptr;
            if (!syntax || !syntax->isEncapsulated() || !syntax->canDecompress()) {
                continue;
            }
            QFile::remove(decoded);
            const bool toolDecodes = QProcess::execute(tools[syntax->family], {u"-q"_s, path, decoded}) == 0;
            const auto converted = convert(path);
            QVERIFY2(converted.has_value() == toolDecodes, qPrintable(name));
            DcmFileFormat expected;
            if (toolDecodes && expected.loadFile(decoded.toLocal8Bit().constData()).good()) {
                compareDataSets(*expected.getDataset(), syntax->isLossy(), name);
            }
        }
    }

    void lossyColour_becomesRgb()
    {
        const Image image = makeImage(3, 1, 2);
        const DJ_RPLossy quality(95);
        const QByteArray file = compressed(image, EXS_JPEGProcess1, &quality);
        QVERIFY(file.contains("YBR_FULL_422"));
        QVERIFY(convert(write(file)).has_value());
        DcmDataset dataSet;
        QVERIFY(load(dataSet));
        QCOMPARE(textOf(dataSet, DCM_PhotometricInterpretation), u"RGB"_s);
        QCOMPARE(textOf(dataSet, DCM_PlanarConfiguration), u"0"_s);
        QCOMPARE(textOf(dataSet, DCM_LossyImageCompression), u"01"_s);
        QCOMPARE(textOf(dataSet, DCM_LossyImageCompressionMethod), u"ISO_10918_1"_s);
        const QByteArray pixels = pixelsOf(dataSet);
        QCOMPARE(pixels.size(), image.pixels.size());
        qint64 difference = 0;
        for (qsizetype i = 0; i < pixels.size(); ++i) {
            difference += std::abs(int(quint8(pixels[i])) - int(quint8(image.pixels[i])));
        }
        QVERIFY2(difference / pixels.size() < 8, qPrintable(QString::number(difference / pixels.size())));
    }

    void lossySourceThatDoesNotSaySo_isMarked()
    {
        const DJ_RPLossy quality(90);
        QByteArray file = compressed(makeImage(1, 1, 1), EXS_JPEGProcess1, &quality);
        const QByteArray lossy("\x28\x00\x10\x21"
                               "CS\x02\x00"
                               "01",
            10);
        QVERIFY(file.contains(lossy));
        file.remove(file.indexOf(lossy), lossy.size());
        QVERIFY(convert(write(file)).has_value());
        DcmDataset dataSet;
        QVERIFY(load(dataSet));
        QCOMPARE(textOf(dataSet, DCM_LossyImageCompression), u"01"_s);
    }

    void syntaxesWithoutDecoder_sayWhy_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::addColumn<QString>("reason");
        QTest::newRow("JPEG 2000") << "1.2.840.10008.1.2.4.90"_ba << u"JPEG 2000"_s;
        QTest::newRow("HTJ2K") << "1.2.840.10008.1.2.4.201"_ba << u"High-Throughput JPEG 2000"_s;
        QTest::newRow("video") << "1.2.840.10008.1.2.4.102"_ba << u"H.264"_s;
        QTest::newRow("hierarchical JPEG") << "1.2.840.10008.1.2.4.66"_ba << u"Hierarchical"_s;
        QTest::newRow("private") << "1.2.3.4"_ba << u"1.2.3.4"_s;
    }

    void syntaxesWithoutDecoder_sayWhy()
    {
        QFETCH(QByteArray, uid);
        QFETCH(QString, reason);
        const auto converted = convert(write(part10(uid, DataSetBuilder::instance())));
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::DicomUnsupportedSyntax);
        QVERIFY2(converted.error().detail.contains(reason), qPrintable(converted.error().detail));
        QVERIFY(!QFile::exists(output()));
    }

    void valuesTooLongForTheirVr_becomeUn()
    {
        // PS3.5 6.2.2, note 4: Contour Data (3006,0050), a DS, is the usual one.
        const QByteArray contour = QByteArray("12.5\\").repeated(20'000) + "12.5";
        auto dataSet = DataSetBuilder::instance(kImplicitLittleEndian).add(0x30060050U, "DS", contour);
        QVERIFY(convert(write(part10("1.2.840.10008.1.2", dataSet))).has_value());
        const QByteArray bytes = readAll(output());
        const QByteArray head = DataSetBuilder().addHead(0x30060050U, "UN", quint32(contour.size())).bytes();
        QVERIFY(bytes.contains(QByteArray(head + contour)));
    }

    void groupLengths_areRightAfterwards()
    {
        const auto body = DataSetBuilder::instance(kExplicitBigEndian).bytes();
        const qsizetype group10 = body.indexOf(QByteArray("\x00\x10\x00\x10", 4));
        DataSetBuilder dataSet(kExplicitBigEndian);
        dataSet.addLong(0x00080000U, quint32(group10)).addRaw(body);
        QVERIFY(convert(write(part10("1.2.840.10008.1.2.2", dataSet)), UncompressedSyntax::ImplicitLittleEndian));
        const auto expected = DataSetBuilder::instance(kImplicitLittleEndian).bytes();
        const auto length = quint32(expected.indexOf(QByteArray("\x10\x00\x10\x00", 4)));
        QCOMPARE(
            readAll(output()), DataSetBuilder(kImplicitLittleEndian).addLong(0x00080000U, length).bytes() + expected);
    }

    void truncatedPixels_neverPass_data() { losslessSources_giveTheirPixelsBack_data(); }

    void truncatedPixels_neverPass()
    {
        QFETCH(int, syntax);
        QFETCH(int, samples);
        QFETCH(int, bytesPerSample);
        QFETCH(int, frames);
        const QByteArray file = compressed(makeImage(samples, bytesPerSample, frames), E_TransferSyntax(syntax));
        const qsizetype pixels = file.indexOf(QByteArray("\xE0\x7F\x10\x00OB", 6));
        QVERIFY(pixels > 0);
        for (qsizetype cut = 1; cut < file.size() - pixels; cut += 397) {
            const auto converted = convert(write(file.chopped(cut)));
            QVERIFY2(!converted.has_value(), qPrintable(QString::number(cut)));
            QVERIFY(!QFile::exists(output()));
        }
    }

    void shortenedFragments_neverPass_data() { losslessSources_giveTheirPixelsBack_data(); }

    void shortenedFragments_neverPass()
    {
        // The nesting is right, but the last fragment lost its tail.
        QFETCH(int, syntax);
        QFETCH(int, samples);
        QFETCH(int, bytesPerSample);
        QFETCH(int, frames);
        const QByteArray file = compressed(makeImage(samples, bytesPerSample, frames), E_TransferSyntax(syntax));
        const QByteArray itemTag("\xFE\xFF\x00\xE0", 4);
        const qsizetype item = file.lastIndexOf(itemTag);
        const qsizetype length = file.size() - 8 - (item + 8);
        QVERIFY(item > 0 && length > 100);
        for (const qsizetype keep : {length / 8 * 2, length / 4 * 2, length / 8 * 6, (length - 20) / 2 * 2}) {
            QByteArray cut = file.first(item);
            DataSetBuilder fragment;
            const auto keepBytes = quint32(keep);
            cut += itemTag + QByteArray(reinterpret_cast<const char*>(&keepBytes), 4) + file.mid(item + 8, keep) +
                fragment.closeSequence().bytes();
            const auto converted = convert(write(cut));
            QVERIFY2(!converted.has_value(), qPrintable(u"%1 of %2"_s.arg(keep).arg(length)));
            QCOMPARE(converted.error().code, ErrorCode::DecodeFailed);
        }
    }

    void damagedFiles_neverCrash_data() { losslessSources_giveTheirPixelsBack_data(); }

    void damagedFiles_neverCrash()
    {
        QFETCH(int, syntax);
        QFETCH(int, samples);
        QFETCH(int, bytesPerSample);
        QFETCH(int, frames);
        const QByteArray file = compressed(makeImage(samples, bytesPerSample, frames), E_TransferSyntax(syntax));
        std::minstd_rand random(11);
        for (int round = 0; round < 60; ++round) {
            QByteArray damaged = file;
            for (int i = 0; i <= round % 5; ++i) {
                const qsizetype at = 132 + qsizetype(random() % unsigned(damaged.size() - 132));
                damaged[at] = char(damaged[at] ^ char(1U << (random() % 8)));
            }
            const auto converted = convert(write(damaged));
            QCOMPARE(converted.has_value(), QFile::exists(output()));
            QFile::remove(output());
        }
    }

    void sizesThatCannotBe_areRefusedBeforeDecoding_data()
    {
        QTest::addColumn<QByteArray>("frames");
        QTest::addColumn<int>("side");
        QTest::newRow("longer than an element") << "99999999"_ba << 0xFFFF;
        QTest::newRow("far from the compressed size") << "1 "_ba << 0x7FFF;
    }

    void sizesThatCannotBe_areRefusedBeforeDecoding()
    {
        QFETCH(QByteArray, frames);
        QFETCH(int, side);
        DataSetBuilder dataSet = DataSetBuilder::instance();
        dataSet =
            DataSetBuilder().addRaw(dataSet.bytes().first(dataSet.bytes().indexOf(QByteArray("\x28\x00\x08\x00", 4))));
        dataSet.addShort(0x00280002U, 1).add(0x00280004U, "CS", "MONOCHROME2").add(0x00280008U, "IS", frames);
        dataSet.addShort(0x00280010U, quint16(side)).addShort(0x00280011U, quint16(side)).addShort(0x00280100U, 16);
        dataSet.addShort(0x00280101U, 16).addShort(0x00280102U, 15).addShort(0x00280103U, 0);
        dataSet.openSequence(0x7FE00010U, "OB").addItemHead(0).addItemHead(64).addRaw(QByteArray(64, '\0'));
        dataSet.closeSequence();
        const auto converted = convert(write(part10("1.2.840.10008.1.2.5", dataSet)));
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::DecodeFailed);
        QVERIFY2(
            converted.error().detail.contains(u"rows, columns"_s) || converted.error().detail.contains(u"longer"_s),
            qPrintable(converted.error().detail));
    }

    void deepNesting_isRefused()
    {
        QByteArray open;
        QByteArray defined;
        for (int i = 0; i < 20'000; ++i) {
            open += DataSetBuilder().openSequence(0x00400260U).openItem().bytes();
        }
        for (int i = 0; i < 1'000; ++i) {
            DataSetBuilder wrapped;
            defined = wrapped.addSequence(0x00400260U, DataSetBuilder().addRaw(defined)).bytes();
        }
        for (const QByteArray& tail : {open, defined}) {
            const auto converted =
                convert(write(part10("1.2.840.10008.1.2.1", DataSetBuilder::instance().addRaw(tail))));
            QVERIFY(!converted.has_value());
            QCOMPARE(converted.error().code, ErrorCode::DicomMalformed);
        }
    }

    void convertersInThreads_shareOneRuntime()
    {
        const Image image = makeImage(1, 2, 3);
        const QString path = write(compressed(image, EXS_RLELossless));
        DcmtkRuntime runtime; // one more stands for the same
        std::atomic<int> wrong = 0;
        const auto work = [&](const QString& name) {
            SyntaxConverter converter(runtime);
            for (int i = 0; i < 20; ++i) {
                const QString target = m_folder.filePath(name);
                const auto converted = converter.convert(path, UncompressedSyntax::ExplicitLittleEndian, target);
                wrong += converted && readAll(target).contains(image.pixels) ? 0 : 1;
            }
        };
        {
            const std::jthread first(work, u"first"_s);
            const std::jthread second(work, u"second"_s);
        }
        QCOMPARE(wrong.load(), 0);
    }

    void cancelledConversion_leavesNothing()
    {
        CancelSource cancel;
        cancel.cancel();
        const QString path = write(part10("1.2.840.10008.1.2.1", makeDataSet(makeImage(1, 1, 1))));
        const auto converted = SyntaxConverter(m_runtime).convert(
            path, UncompressedSyntax::ImplicitLittleEndian, output(), cancel.token());
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(output()));
    }

    void unwritableTarget_isAnError()
    {
        const QString path = write(part10("1.2.840.10008.1.2.1", makeDataSet(makeImage(1, 1, 1))));
        SyntaxConverter converter(m_runtime);
        const auto converted =
            converter.convert(path, UncompressedSyntax::ImplicitLittleEndian, m_folder.filePath(u"no/such/file"_s));
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::FileWriteFailed);
    }

#ifdef Q_OS_UNIX
    void targetThatStopsGrowing_isAnError()
    {
        // As a full disk: the first blocks go through, then writing fails.
        const QString path = write(part10("1.2.840.10008.1.2.1", makeDataSet(makeImage(3, 1, 4))));
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit small{8192, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto converted = convert(path);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::FileWriteFailed);
        QVERIFY(!QFile::exists(output()));
    }
#endif

#ifdef Q_OS_LINUX
    void fullDisk_isSaidToBeFull_data()
    {
        QTest::addColumn<int>("frames");
        QTest::newRow("while writing") << 40;
        QTest::newRow("at the end, as all fits the library's buffer") << 1;
    }

    void fullDisk_isSaidToBeFull()
    {
        QFETCH(const int, frames);
        const QString path = write(part10("1.2.840.10008.1.2.1", makeDataSet(makeImage(1, 1, frames))));
        QVERIFY(QFile::link(u"/dev/full"_s, output()));
        const auto converted = convert(path);
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::DiskFull);
        QVERIFY(!QFileInfo(output()).isSymLink());
    }
#endif

    void missingFile_isAnError()
    {
        const auto converted = convert(m_folder.filePath(u"none.dcm"_s));
        QVERIFY(!converted.has_value());
        QCOMPARE(converted.error().code, ErrorCode::FileNotFound);
    }
};

QTEST_GUILESS_MAIN(TestSyntaxConverter)
#include "TestSyntaxConverter.moc"
