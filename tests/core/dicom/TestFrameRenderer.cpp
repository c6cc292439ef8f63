#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/FrameRenderer.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/dicom/TransferSyntax.h"

#include "tests/support/Corpus.h"
#include "tests/support/DataSetBuilder.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpls/djencode.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <cstdlib>
#include <functional>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace radpost;
using namespace radpost::dicom;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kSecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
constexpr auto kExplicit = "1.2.840.10008.1.2.1";

/// An image of which everything can be made wrong.
struct Made
{
    const char* sopClass = kSecondaryCapture;
    const char* photometric = "MONOCHROME2";
    int rows = 2;
    int columns = 4;
    int samples = 1;
    int planar = 0;
    int frames = 1;
    int allocated = 8;
    int stored = 8;
    bool isSigned = false;
    QByteArray pixels = QByteArray::fromHex("0010203040506070");
    std::function<void(DataSetBuilder&)> more = {}; ///< elements behind (0028,0103)
    Encoding encoding = kExplicitLittleEndian;
};

DataSetBuilder dataSetOf(const Made& made)
{
    DataSetBuilder builder(made.encoding);
    builder.add(0x00080016U, "UI", made.sopClass).add(0x00080018U, "UI", "1.2.3.4.5").add(0x00080060U, "CS", "OT");
    builder.add(0x0020000DU, "UI", "1.2.3.1").add(0x0020000EU, "UI", "1.2.3.2");
    builder.addShort(0x00280002U, quint16(made.samples)).add(0x00280004U, "CS", made.photometric);
    if (made.samples > 1) {
        builder.addShort(0x00280006U, quint16(made.planar));
    }
    builder.add(0x00280008U, "IS", QByteArray::number(made.frames));
    builder.addShort(0x00280010U, quint16(made.rows)).addShort(0x00280011U, quint16(made.columns));
    builder.addShort(0x00280100U, quint16(made.allocated)).addShort(0x00280101U, quint16(made.stored));
    builder.addShort(0x00280102U, quint16(made.stored - 1)).addShort(0x00280103U, made.isSigned ? 1 : 0);
    if (made.more) {
        made.more(builder);
    }
    return builder;
}

QByteArray fileOf(const Made& made, const char* syntax = kExplicit)
{
    auto builder = dataSetOf(made);
    builder.add(0x7FE00010U, made.allocated > 8 ? "OW" : "OB", made.pixels);
    return part10(syntax, builder);
}

QByteArray words(std::initializer_list<int> values)
{
    QByteArray bytes;
    for (const int value : values) {
        const auto word = qToLittleEndian(static_cast<quint16>(value));
        bytes.append(reinterpret_cast<const char*>(&word), 2);
    }
    return bytes;
}

QByteArray bytes(std::initializer_list<int> values)
{
    QByteArray made;
    for (const int value : values) {
        made.append(static_cast<char>(value));
    }
    return made;
}

struct Picture
{
    int width = 0;
    int height = 0;
    bool isColor = false;
    QByteArray pixels;
};

/// A binary PGM or PPM of 8 bits.
std::optional<Picture> readPnm(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const QByteArray magic = file.readLine().trimmed();
    QByteArray line = file.readLine();
    while (line.startsWith('#')) {
        line = file.readLine();
    }
    const auto size = line.trimmed().split(' ');
    file.readLine();
    return Picture{size.value(0).toInt(), size.value(1).toInt(), magic == "P6", file.readAll()};
}

int largestDifference(const QByteArray& one, const QByteArray& other)
{
    if (one.size() != other.size()) {
        return 256;
    }
    int most = 0;
    for (qsizetype i = 0; i < one.size(); ++i) {
        most = std::max(most, std::abs(int(quint8(one[i])) - int(quint8(other[i]))));
    }
    return most;
}

qint64 peakMemory()
{
#ifdef Q_OS_UNIX
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return qint64(usage.ru_maxrss) * 1024;
#else
    return 0;
#endif
}

} // namespace

class TestFrameRenderer : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    DcmtkRuntime m_runtime;

    QString write(const QByteArray& content, const QString& name = u"in.dcm"_s)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
        return written ? path : QString();
    }

    Result<FrameRendering> render(const QByteArray& file, FrameRequest request = {})
    {
        request.path = write(file);
        return FrameRenderer(m_runtime).render(request);
    }

    RenderedFrame picture(const QByteArray& file, const FrameRequest& request = {})
    {
        const auto rendering = render(file, request);
        if (!rendering) {
            qWarning("%s", qPrintable(rendering.error().detail));
            return {};
        }
        const auto* frame = std::get_if<RenderedFrame>(&*rendering);
        return frame ? *frame : RenderedFrame{};
    }

    std::optional<NoPicture> noPicture(const QByteArray& file)
    {
        const auto rendering = render(file);
        const auto* none = rendering ? std::get_if<NoPicture>(&*rendering) : nullptr;
        return none ? std::optional(*none) : std::nullopt;
    }

    QByteArray compressed(const Made& made, E_TransferSyntax syntax)
    {
        DcmFileFormat file;
        const QString raw = write(fileOf(made), u"raw.dcm"_s);
        const bool encoded = file.loadFile(raw.toLocal8Bit().constData()).good() &&
            file.getDataset()->chooseRepresentation(syntax, nullptr).good();
        file.removeInvalidGroups();
        const QString path = m_folder.filePath(u"compressed.dcm"_s);
        if (!encoded || file.saveFile(path.toLocal8Bit().constData(), syntax).bad()) {
            return {};
        }
        QFile out(path);
        return out.open(QIODevice::ReadOnly) ? out.readAll() : QByteArray();
    }

    /// What DCMTK's own program makes of the frame; nothing when it makes nothing.
    std::optional<Picture> toolPicture(const QString& path, int frame, QStringList arguments, SyntaxFamily family)
    {
        const QString output = m_folder.filePath(u"tool.pnm"_s);
        QFile::remove(output);
        const QString tool = family == SyntaxFamily::JpegLs ? u"dcml2pnm"_s : u"dcmj2pnm"_s;
        arguments << u"-q"_s << u"-O"_s << u"+F"_s << QString::number(frame + 1) << u"+op"_s << path << output;
        return QProcess::execute(tool, arguments) == 0 ? readPnm(output) : std::nullopt;
    }

    static QStringList windowArguments(const RenderedFrame& frame)
    {
        if (frame.isColor) {
            return {};
        }
        if (frame.offeredWindows.empty()) {
            return {frame.bitsStored > 8 ? u"+Wm"_s : u"-W"_s};
        }
        return {frame.offeredWindows.front().window ? u"+Wi"_s : u"+Wl"_s, u"1"_s};
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

    void grayPixels_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("expected");
        const auto rescale = [](const char* intercept, const char* slope, const char* center, const char* width) {
            return [=](DataSetBuilder& builder) {
                builder.add(0x00281050U, "DS", center).add(0x00281051U, "DS", width);
                builder.add(0x00281052U, "DS", intercept).add(0x00281053U, "DS", slope);
            };
        };
        Made eight;
        QTest::newRow("8 bits, no window: as they are") << fileOf(eight) << eight.pixels;
        Made inverse = eight;
        inverse.photometric = "MONOCHROME1";
        QTest::newRow("MONOCHROME1") << fileOf(inverse) << QByteArray::fromHex("ffefdfcfbfaf9f8f");
        Made shape = eight;
        shape.more = [](DataSetBuilder& builder) { builder.add(0x20500020U, "CS", "INVERSE"); };
        QTest::newRow("Presentation LUT Shape INVERSE") << fileOf(shape) << QByteArray::fromHex("ffefdfcfbfaf9f8f");
        Made wide;
        wide.allocated = 16;
        wide.stored = 12;
        wide.pixels = words({0, 1000, 1040, 1100, 1300, 2000, 3000, 4095});
        wide.more = rescale("-1000", "1", "128", "256"); // -1000 to 3095, shown from 0 to 255
        const QByteArray hounsfield = bytes({0, 0, 40, 100, 255, 255, 255, 255});
        QTest::newRow("12 of 16 bits, rescale, window") << fileOf(wide) << hounsfield;
        Made big = wide;
        big.encoding = kExplicitBigEndian;
        for (qsizetype i = 0; i + 1 < big.pixels.size(); i += 2) {
            std::swap(big.pixels[i], big.pixels[i + 1]);
        }
        QTest::newRow("big endian") << fileOf(big, "1.2.840.10008.1.2.2") << hounsfield;
        Made negative = wide;
        negative.stored = 16;
        negative.isSigned = true;
        negative.pixels = words({-1000, 0, 40, 100, 300, 1000, 2000, 3000});
        negative.more = rescale("0", "1", "128", "256");
        QTest::newRow("16 bits signed") << fileOf(negative) << hounsfield;
        QTest::newRow("deflated") << fileMeta("1.2.840.10008.1.2.1.99") + deflated([&] {
            auto builder = dataSetOf(wide);
            return builder.add(0x7FE00010U, "OW", wide.pixels).bytes();
        }()) << hounsfield;
        Made unwindowed = wide;
        unwindowed.more = {};
        unwindowed.pixels = words({100, 100, 100, 355, 355, 355, 200, 300});
        QTest::newRow("no window: from least to greatest")
            << fileOf(unwindowed) << bytes({0, 0, 0, 255, 255, 255, 100, 200});
        Made bits;
        bits.allocated = bits.stored = 1;
        bits.pixels = bytes({0x2D, 0x80});
        QTest::newRow("1 bit") << fileOf(bits) << bytes({255, 0, 255, 255, 0, 255, 0, 0});
    }

    void grayPixels()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, expected);
        const auto frame = picture(file);
        QCOMPARE(frame.pixels.toHex(' '), expected.toHex(' '));
        QVERIFY(!frame.isColor);
        QCOMPARE(frame.width, 4);
        QCOMPARE(frame.height, 2);
    }

    void framesOfOneBit_beginInsideBytes()
    {
        Made made;
        made.rows = 1;
        made.columns = 3;
        made.frames = 3;
        made.allocated = made.stored = 1;
        made.pixels = bytes({0b01'011'101, 0b1}); // 101, 110, 101 from the least significant bit on
        const QByteArray expected[] = {bytes({255, 0, 255}), bytes({255, 255, 0}), bytes({255, 0, 255})};
        for (int i = 0; i < 3; ++i) {
            FrameRequest request;
            request.frame = i;
            QCOMPARE(picture(fileOf(made), request).pixels.toHex(' '), expected[i].toHex(' '));
        }
    }

    void colourPixels_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("expected");
        Made rgb;
        rgb.photometric = "RGB";
        rgb.samples = 3;
        rgb.rows = 1;
        rgb.columns = 2;
        rgb.pixels = bytes({255, 1, 2, 10, 20, 30});
        const QByteArray expected = rgb.pixels;
        QTest::newRow("RGB by pixel") << fileOf(rgb) << expected;
        Made planes = rgb;
        planes.planar = 1;
        planes.pixels = bytes({255, 10, 1, 20, 2, 30});
        QTest::newRow("RGB by plane") << fileOf(planes) << expected;
        Made ybr = rgb;
        ybr.photometric = "YBR_FULL";
        ybr.pixels = bytes({76, 85, 255, 128, 128, 128});
        QTest::newRow("YBR_FULL") << fileOf(ybr) << bytes({254, 0, 0, 128, 128, 128});
        Made halved = ybr;
        halved.photometric = "YBR_FULL_422";
        halved.pixels = bytes({76, 128, 85, 255});
        QTest::newRow("YBR_FULL_422") << fileOf(halved) << bytes({254, 0, 0, 255, 52, 52});
        Made palette;
        palette.photometric = "PALETTE COLOR";
        palette.rows = 1;
        palette.columns = 2;
        palette.pixels = bytes({1, 0});
        palette.more = [](DataSetBuilder& builder) {
            for (const quint32 tag : {0x00281101U, 0x00281102U, 0x00281103U}) {
                builder.add(tag, "US", words({2, 0, 16}));
            }
            builder.add(0x00281201U, "OW", words({0x1000, 0xFF00}));
            builder.add(0x00281202U, "OW", words({0x2000, 0x8000}));
            builder.add(0x00281203U, "OW", words({0x3000, 0x4000}));
        };
        QTest::newRow("PALETTE COLOR") << fileOf(palette) << bytes({255, 128, 64, 16, 32, 48});
    }

    void colourPixels()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, expected);
        const auto frame = picture(file);
        QVERIFY(frame.isColor);
        QVERIFY2(largestDifference(frame.pixels, expected) <= 1, frame.pixels.toHex(' ').constData());
        QVERIFY(frame.offeredWindows.empty());
        QVERIFY(!frame.window);
    }

    void lossyAndLosslessSyntaxes_giveTheFrameThatWasAsked_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("tolerance");
        for (const int samples : {1, 3}) {
            QTest::addRow("RLE, %d", samples) << int(EXS_RLELossless) << samples << 0;
            QTest::addRow("JPEG baseline, %d", samples) << int(EXS_JPEGProcess1) << samples << 24;
            QTest::addRow("JPEG extended, %d", samples) << int(EXS_JPEGProcess2_4) << samples << 24;
            QTest::addRow("JPEG lossless, %d", samples) << int(EXS_JPEGProcess14SV1) << samples << 0;
            QTest::addRow("JPEG-LS, %d", samples) << int(EXS_JPEGLSLossless) << samples << 0;
        }
    }

    void lossyAndLosslessSyntaxes_giveTheFrameThatWasAsked()
    {
        QFETCH(int, syntax);
        QFETCH(int, samples);
        QFETCH(int, tolerance);
        Made made;
        made.rows = made.columns = 16;
        made.frames = 3;
        made.samples = samples;
        made.photometric = samples == 3 ? "RGB" : "MONOCHROME2";
        made.pixels.clear();
        for (int i = 0; i < 3 * 256 * samples; ++i) {
            made.pixels.append(static_cast<char>(i / (256 * samples) * 60 + i / samples % 16 * 4));
        }
        const QByteArray file = compressed(made, E_TransferSyntax(syntax));
        QVERIFY(!file.isEmpty());
        for (const int index : {2, 0, 1}) {
            FrameRequest request;
            request.frame = index;
            const auto frame = picture(file, request);
            const auto expected = made.pixels.mid(index * 256 * samples, 256 * samples);
            QCOMPARE(frame.frames, 3);
            const int difference = largestDifference(frame.pixels, expected);
            QVERIFY2(difference <= tolerance, qPrintable(QString::number(difference)));
        }
    }

    void windowsOfTheFile_areOfferedAndUsed()
    {
        Made made;
        made.allocated = 16;
        made.stored = 16;
        made.pixels = words({0, 100, 200, 300, 400, 500, 600, 700});
        made.more = [](DataSetBuilder& builder) {
            builder.add(0x00281050U, "DS", "350\\100").add(0x00281051U, "DS", "700\\200");
            builder.add(0x00281055U, "LO", "WIDE\\NARROW");
            DataSetBuilder lut;
            lut.add(0x00283002U, "US", words({2, 0, 8})).add(0x00283003U, "LO", "STEP");
            lut.add(0x00283006U, "OW", words({0, 255}));
            builder.addSequence(0x00283010U, lut);
        };
        const QByteArray file = fileOf(made);
        const auto first = picture(file);
        const std::vector<OfferedWindow> offered{
            {u"WIDE"_s, Window{350, 700}}, {u"NARROW"_s, Window{100, 200}}, {u"STEP"_s, std::nullopt}};
        QVERIFY(first.offeredWindows == offered);
        QVERIFY(first.window == (Window{350, 700}));
        QCOMPARE(first.minimum, 0.0);
        QCOMPARE(first.maximum, 700.0);
        FrameRequest request;
        request.window = FileWindow{1};
        QVERIFY(picture(file, request).window == (Window{100, 200}));
        request.window = FileWindow{2};
        const auto step = picture(file, request);
        QVERIFY(!step.window);
        QCOMPARE(step.pixels.toHex(' '), bytes({0, 255, 255, 255, 255, 255, 255, 255}).toHex(' '));
        request.window = Window{400, 1};
        QCOMPARE(picture(file, request).pixels.toHex(' '), bytes({0, 0, 0, 0, 255, 255, 255, 255}).toHex(' '));
        request.window = FullRange{};
        QCOMPARE(quint8(picture(file, request).pixels.back()), 255);
        request.window = FileWindow{9};
        QVERIFY(!picture(file, request).pixels.isEmpty());
    }

    void functionalGroups_describeTheirFrame()
    {
        const auto group = [](quint32 tag, DataSetBuilder inner) {
            DataSetBuilder outer;
            outer.addSequence(tag, inner);
            return outer.bytes();
        };
        const auto window = [&group](const char* center) {
            DataSetBuilder inner;
            inner.add(0x00281050U, "DS", center).add(0x00281051U, "DS", "256");
            return group(0x00289132U, inner);
        };
        DataSetBuilder rescale;
        rescale.add(0x00281052U, "DS", "-100").add(0x00281053U, "DS", "1");
        DataSetBuilder measures;
        measures.add(0x00280030U, "DS", "0.5\\0.25");
        Made made;
        made.sopClass = "1.2.840.10008.5.1.4.1.1.2.1";
        made.frames = 2;
        made.rows = 1;
        made.allocated = made.stored = 16;
        made.pixels = words({100, 150, 200, 355, 100, 150, 200, 355});
        made.more = [&](DataSetBuilder& builder) {
            DataSetBuilder shared;
            shared.addRaw(group(0x00289110U, measures)).addRaw(group(0x00289145U, rescale));
            builder.addSequence(0x52009229U, shared);
            builder.openSequence(0x52009230U);
            for (const char* center : {"128", "178"}) {
                const QByteArray item = window(center);
                builder.addItemHead(quint32(item.size())).addRaw(item);
            }
            builder.closeSequence();
        };
        const QByteArray file = fileOf(made);
        const auto first = picture(file);
        QCOMPARE(first.pixels.toHex(' '), bytes({0, 50, 100, 255}).toHex(' '));
        QCOMPARE(first.rowSpacingMm.value_or(0), 0.5);
        QCOMPARE(first.columnSpacingMm.value_or(0), 0.25);
        QCOMPARE(first.pixelAspect, 2.0);
        FrameRequest request;
        request.frame = 1;
        QCOMPARE(picture(file, request).pixels.toHex(' '), bytes({0, 0, 50, 205}).toHex(' '));
    }

    void largeFramesAreAveragedDown()
    {
        Made made;
        made.rows = 4;
        made.pixels = bytes({0, 10, 20, 30, 10, 20, 30, 40, 100, 100, 200, 200, 100, 100, 200, 200});
        FrameRequest request;
        request.longestSide = 2;
        const auto frame = picture(fileOf(made), request);
        QCOMPARE(frame.width, 2);
        QCOMPARE(frame.height, 2);
        QCOMPARE(frame.rows, 4);
        QCOMPARE(frame.pixels.toHex(' '), bytes({10, 30, 100, 200}).toHex(' '));
    }

    void whatHasNoPicture_isNamed_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("expected");
        const auto without = [](const char* sopClass) { return part10(kExplicit, dataSetOf({.sopClass = sopClass})); };
        const auto row = [](const char* name, const QByteArray& file, NoPicture expected) {
            QTest::newRow(name) << file << int(expected);
        };
        row("SR", without("1.2.840.10008.5.1.4.1.1.88.11"), NoPicture::StructuredReport);
        row("KO", without("1.2.840.10008.5.1.4.1.1.88.59"), NoPicture::KeyObjectSelection);
        row("PDF", without("1.2.840.10008.5.1.4.1.1.104.1"), NoPicture::PdfDocument);
        row("CDA", without("1.2.840.10008.5.1.4.1.1.104.2"), NoPicture::Document);
        row("PR", without("1.2.840.10008.5.1.4.1.1.11.1"), NoPicture::PresentationState);
        row("ECG", without("1.2.840.10008.5.1.4.1.1.9.1.1"), NoPicture::Waveform);
        row("RT Structure Set", without("1.2.840.10008.5.1.4.1.1.481.3"), NoPicture::StructureSet);
        row("RT Plan", without("1.2.840.10008.5.1.4.1.1.481.5"), NoPicture::RadiotherapyPlan);
        row("RT record", without("1.2.840.10008.5.1.4.1.1.481.4"), NoPicture::Radiotherapy);
        row("raw data", without("1.2.840.10008.5.1.4.1.1.66"), NoPicture::PixelsAbsent);
        row("JPEG 2000", fileOf({}, "1.2.840.10008.1.2.4.90"), NoPicture::Jpeg2000);
        row("HTJ2K", fileOf({}, "1.2.840.10008.1.2.4.201"), NoPicture::HighThroughputJpeg2000);
        row("MPEG-4", fileOf({}, "1.2.840.10008.1.2.4.102"), NoPicture::Video);
        row("JPEG XL", fileOf({}, "1.2.840.10008.1.2.4.110"), NoPicture::JpegXl);
        row("private syntax", fileOf({}, "1.2.3.4.5.6"), NoPicture::UnknownSyntax);
        auto floats = dataSetOf({});
        row("float", part10(kExplicit, floats.add(0x7FE00008U, "OF", QByteArray(32, '\0'))), NoPicture::FloatPixels);
        row("huge", fileOf({.rows = 65535, .columns = 65535}), NoPicture::TooLarge);
    }

    void whatHasNoPicture_isNamed()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, expected);
        const auto none = noPicture(file);
        QVERIFY(none.has_value());
        QCOMPARE(int(*none), expected);
    }

    void dosesHavePictures()
    {
        QVERIFY(!picture(fileOf({.sopClass = "1.2.840.10008.5.1.4.1.1.481.2"})).pixels.isEmpty());
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("frame");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& file, int frame, ErrorCode code) {
            QTest::newRow(name) << file << frame << int(code);
        };
        Made made;
        made.frames = 2;
        made.pixels = made.pixels + made.pixels;
        const QByteArray file = fileOf(made);
        row("cut short", file.chopped(3), 1, ErrorCode::DicomTruncated);
        row("no such frame", file, 2, ErrorCode::InvalidArgument);
        row("negative frame", file, -1, ErrorCode::InvalidArgument);
        row("fewer pixels than frames", fileOf({.frames = 2}), 1, ErrorCode::DicomTruncated);
        row("pixels without end", fileOf({.rows = 9000, .columns = 9000}), 0, ErrorCode::DicomTruncated);
        row("2^31 frames", fileOf({.frames = 2147483647}), 2147483646, ErrorCode::DicomTruncated);
        row("no rows", fileOf({.rows = 0}), 0, ErrorCode::DicomMalformed);
        row("no bits", fileOf({.allocated = 0}), 0, ErrorCode::DicomMalformed);
        row("more bits stored than allocated", fileOf({.stored = 12}), 0, ErrorCode::DicomMalformed);
        row("unknown photometric", fileOf({.photometric = "SEPIA"}), 0, ErrorCode::DecodeFailed);
        row("not DICOM", "hello", 0, ErrorCode::NotDicom);
    }

    void faults()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, frame);
        QFETCH(int, code);
        FrameRequest request;
        request.frame = frame;
        const auto rendering = render(file, request);
        QVERIFY(!rendering);
        QCOMPARE(errorName(rendering.error().code), errorName(ErrorCode(code)));
    }

    void compressedStreamsAreNotBelieved()
    {
        Made made;
        made.rows = made.columns = 16;
        made.pixels = QByteArray(256, '\x40');
        for (const auto syntax : {EXS_JPEGProcess1, EXS_JPEGProcess14SV1, EXS_JPEGLSLossless}) {
            const QByteArray file = compressed(made, syntax);
            const auto stream =
                file.indexOf(QByteArray::fromHex("ffd8"), file.indexOf(QByteArray::fromHex("e07f1000")));
            QVERIFY(stream > 0);
            qsizetype header = -1;
            for (const char* marker : {"ffc0", "ffc3", "fff7"}) {
                header = std::max(header, file.indexOf(QByteArray::fromHex(marker), stream));
            }
            QVERIFY(header > 0);
            QByteArray lying = file;
            lying.replace(header + 5, 4, QByteArray::fromHex("fffffff0"));
            const qint64 before = peakMemory();
            auto rendering = render(lying);
            QVERIFY(!rendering);
            QCOMPARE(errorName(rendering.error().code), errorName(ErrorCode::DecodeFailed));
            QVERIFY(peakMemory() - before < 64 * 1024 * 1024);
            QByteArray headless = file;
            headless.replace(stream, 4, QByteArray(4, '\0'));
            rendering = render(headless);
            QVERIFY(!rendering);
            QCOMPARE(errorName(rendering.error().code), errorName(ErrorCode::DecodeFailed));
        }
    }

    void anRleSegmentBehindItsFrame_isRefused()
    {
        FrameRequest request; // found by the fuzz target; DCMTK's decoder reads there
        request.path = qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/tests/data/fuzz/frame/rlesegmentoutside"_s;
        const auto rendering = FrameRenderer(m_runtime).render(request);
        QVERIFY(!rendering);
        QCOMPARE(errorName(rendering.error().code), errorName(ErrorCode::DecodeFailed));
    }

    void aFileThatWasReplaced_isReadAnew()
    {
        FrameRenderer renderer(m_runtime);
        FrameRequest request;
        request.path = write(fileOf({}));
        QVERIFY(renderer.render(request).has_value());
        write(fileOf({.rows = 1, .pixels = bytes({9, 9, 9, 9})}));
        const auto again = renderer.render(request);
        QVERIFY(again.has_value());
        QCOMPARE(std::get<RenderedFrame>(*again).height, 1);
        QVERIFY(QFile::remove(request.path));
        const auto gone = renderer.render(request);
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, ErrorCode::FileNotFound);
    }

    void oneFrameOfMany_takesLittleMemory()
    {
        SyntheticParams params;
        params.folder = m_folder.filePath(u"many"_s);
        params.series = {{SyntheticKind::UsMultiFrame, 1, 0, 0, 800, 0}}; // 240 MB
        QVERIFY(makeSyntheticStudies(params, {}).has_value());
        FrameRequest request;
        request.path = params.folder + u"/P0001/ST01/SE01_US/I00001.dcm"_s;
        request.frame = 799;
        const qint64 before = peakMemory();
        const auto rendering = FrameRenderer(m_runtime).render(request);
        QVERIFY(rendering.has_value());
        QCOMPARE(std::get<RenderedFrame>(*rendering).frames, 800);
        QVERIFY2(peakMemory() - before < 60 * 1024 * 1024, qPrintable(QString::number(peakMemory() - before)));
        QDir(params.folder).removeRecursively();
    }

    void pixelsAreThoseOfTheTools_data()
    {
        QTest::addColumn<QString>("path");
        SyntheticParams params;
        params.folder = m_folder.filePath(u"synthetic"_s);
        for (const auto kind : {SyntheticKind::Ct, SyntheticKind::Mr, SyntheticKind::UsMultiFrame, SyntheticKind::Cr,
                 SyntheticKind::Tiny}) {
            params.series.append({kind, 1, 0, 0, 3, 0});
        }
        QVERIFY(makeSyntheticStudies(params, {}).has_value());
        QTest::newRow("synthetic") << params.folder;
        if (!corpusFolder().isEmpty()) {
            QTest::newRow("corpus") << corpusFolder();
        }
    }

    void pixelsAreThoseOfTheTools();
};

void TestFrameRenderer::pixelsAreThoseOfTheTools()
{
    if (QStandardPaths::findExecutable(u"dcmj2pnm"_s).isEmpty()) {
        QSKIP("needs dcmj2pnm and dcml2pnm of DCMTK");
    }
    QFETCH(QString, path);
    QMap<QString, int> compared;
    QStringList wrong;
    FrameRenderer renderer(m_runtime);
    QDirIterator walk(path, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        FrameRequest request;
        request.path = walk.next();
        const auto rendering = renderer.render(request);
        const auto* frame = rendering ? std::get_if<RenderedFrame>(&*rendering) : nullptr;
        if (!frame) {
            // The tools fill up what is missing; we say that it is missing.
            if (!rendering && rendering.error().code == ErrorCode::DecodeFailed &&
                (toolPicture(request.path, 0, {}, SyntaxFamily::Jpeg) ||
                    toolPicture(request.path, 0, {}, SyntaxFamily::JpegLs))) {
                wrong.append(request.path + u": "_s + rendering.error().detail);
            }
            continue;
        }
        DcmFileFormat file;
        file.loadFile(request.path.toLocal8Bit().constData());
        const bool isEnhanced = file.getDataset()->tagExists(DCM_SharedFunctionalGroupsSequence);
        const auto* syntax = TransferSyntax::find(frame->transferSyntaxUid.value);
        for (const int index : {0, frame->frames / 2}) {
            request.frame = index;
            const auto one = renderer.render(request);
            const auto tool = toolPicture(request.path, index, windowArguments(*frame), syntax->family);
            const auto* mine = one ? std::get_if<RenderedFrame>(&*one) : nullptr;
            if (!tool || isEnhanced) {
                compared[mine ? u"no picture by the tool, or enhanced"_s : u"neither"_s] += 1;
                continue;
            }
            if (!mine || mine->isColor != tool->isColor || largestDifference(mine->pixels, tool->pixels) > 1) {
                wrong.append(u"%1 frame %2: %3"_s.arg(request.path)
                                 .arg(index)
                                 .arg(mine ? largestDifference(mine->pixels, tool->pixels) : -1));
                continue;
            }
            compared[QString::fromLatin1(syntax->keyword.data(), qsizetype(syntax->keyword.size())) + u' ' +
                QString::fromLatin1(mine->photometricInterpretation)] += 1;
        }
    }
    for (auto it = compared.cbegin(); it != compared.cend(); ++it) {
        qInfo("%4d %s", it.value(), qPrintable(it.key()));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    QVERIFY(!compared.isEmpty());
}

QTEST_GUILESS_MAIN(TestFrameRenderer)

#include "TestFrameRenderer.moc"
