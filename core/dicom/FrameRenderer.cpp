#include "core/dicom/FrameRenderer.h"

#include "core/dicom/CharacterSet.h"
#include "core/dicom/DataSetLoader_p.h"
#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/FrameDataSet_p.h"
#include "core/dicom/HeaderReader.h"
#include "core/dicom/TransferSyntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmimage/diregist.h> // colour
#include <dcmtk/dcmimgle/dcmimage.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr qint64 kMostInflatedForPictures = 512 * 1024 * 1024;
constexpr double kLongestPixel = 20; // a ratio beyond is a fault of the file

struct Raster
{
    int width = 0;
    int height = 0;
    int samples = 1;
    QByteArray pixels; ///< height × width × samples
};

/// Averages boxes of factor × factor; what is left over at the right and below is dropped.
Raster averaged(const Raster& from, int factor)
{
    Raster to{from.width / factor, from.height / factor, from.samples, {}};
    to.pixels.resize(qsizetype(to.width) * to.height * to.samples);
    const auto* source = reinterpret_cast<const quint8*>(from.pixels.constData());
    const qsizetype stride = qsizetype(from.width) * from.samples;
    const quint32 count = quint32(factor) * quint32(factor);
    for (int y = 0; y < to.height; ++y) {
        for (int x = 0; x < to.width * to.samples; ++x) {
            const qsizetype left = qsizetype(x / to.samples) * factor * to.samples + x % to.samples;
            quint32 sum = count / 2;
            for (int row = 0; row < factor; ++row) {
                const quint8* at = source + (qsizetype(y) * factor + row) * stride + left;
                for (int column = 0; column < factor; ++column) {
                    sum += at[qsizetype(column) * to.samples];
                }
            }
            to.pixels[qsizetype(y) * to.width * to.samples + x] = static_cast<char>(sum / count);
        }
    }
    return to;
}

QString textOf(DcmItem& item, const DcmTagKey& tag, unsigned long index, const CharacterSet& characters)
{
    OFString value;
    item.findAndGetOFString(tag, value, index);
    return characters.decode({value.c_str(), value.size()}, TextKind::Text).text.trimmed();
}

std::optional<double> numberOf(DcmItem& item, const DcmTagKey& tag, unsigned long index)
{
    Float64 value = 0;
    return item.findAndGetFloat64(tag, value, index).good() && std::isfinite(value) ? std::optional(value)
                                                                                    : std::nullopt;
}

std::vector<OfferedWindow> readWindows(DcmItem& item, const DicomImage& image, const CharacterSet& characters)
{
    std::vector<OfferedWindow> windows;
    for (unsigned long i = 0; i < image.getWindowCount(); ++i) {
        const auto center = numberOf(item, DCM_WindowCenter, i);
        const auto width = numberOf(item, DCM_WindowWidth, i);
        windows.push_back({textOf(item, DCM_WindowCenterWidthExplanation, i, characters),
            Window{center.value_or(0), width.value_or(0)}});
    }
    for (unsigned long i = 0; i < image.getVoiLutCount(); ++i) {
        DcmItem* lut = nullptr;
        const bool found = item.findAndGetSequenceItem(DCM_VOILUTSequence, lut, static_cast<signed long>(i)).good();
        windows.push_back({found ? textOf(*lut, DCM_LUTExplanation, 0, characters) : QString(), std::nullopt});
    }
    return windows;
}

/// One file, and the frame of it that was asked for last.
struct LoadedFile
{
    QString path;
    HeaderReader::FileStamp stamp;
    InstanceHeader header;
    const TransferSyntax* syntax = nullptr;
    CharacterSet characters;
    DcmDataset dataSet{};
    std::unique_ptr<FrameDataSet> frames{};
    int frame = -1;
    std::unique_ptr<DcmDataset> frameDataSet{};
    std::unique_ptr<DicomImage> image{}; // refers to frameDataSet

    [[nodiscard]] Result<> show(int index);
    [[nodiscard]] Result<RenderedFrame> render(const FrameRequest& request);
    [[nodiscard]] bool applyFileWindow(int index);
    void applyAllValues(int bitsStored);
    void applyWindow(const WindowChoice& choice);
    void describe(RenderedFrame& rendered) const;
    void describeGray(RenderedFrame& rendered) const;
};

Result<> LoadedFile::show(int index)
{
    if (index == frame && image) {
        return {};
    }
    image.reset();
    frameDataSet.reset();
    auto taken = frames->frame(index);
    if (!taken) {
        return fail(taken.error());
    }
    frame = index;
    frameDataSet = std::move(*taken);
    auto made = std::make_unique<DicomImage>(frameDataSet.get(), EXS_LittleEndianExplicit);
    if (made->getStatus() != EIS_Normal) {
        return fail(ErrorCode::DecodeFailed, QString::fromLatin1(DicomImage::getString(made->getStatus())));
    }
    image = std::move(made);
    return {};
}

bool LoadedFile::applyFileWindow(int index)
{
    const auto windows = static_cast<int>(image->getWindowCount());
    if (index < windows) {
        return image->setWindow(static_cast<unsigned long>(index)) != 0;
    }
    const auto lut = static_cast<unsigned long>(index - windows);
    return lut < image->getVoiLutCount() && image->setVoiLut(lut) != 0;
}

void LoadedFile::applyAllValues(int bitsStored)
{
    double least = 0;
    double greatest = 0;
    // What has eight bits was made to be looked at: stretching would show another picture.
    if (bitsStored <= 8 && image->getMinMaxValues(least, greatest, 1)) {
        image->setWindow((least + greatest + 1) / 2, std::max(greatest - least + 1, 1.0));
    } else {
        image->setMinMaxWindow();
    }
}

void LoadedFile::applyWindow(const WindowChoice& choice)
{
    if (const auto* window = std::get_if<Window>(&choice)) {
        image->setWindow(window->center, std::max(window->width, 1.0));
    } else if (std::holds_alternative<FullRange>(choice)) {
        image->setMinMaxWindow();
    } else if (!applyFileWindow(std::max(std::get<FileWindow>(choice).index, 0))) {
        applyAllValues(frames->layout().bitsStored);
    }
}

Result<RenderedFrame> LoadedFile::render(const FrameRequest& request)
{
    if (const auto shown = show(request.frame); !shown) {
        return fail(shown.error());
    }
    RenderedFrame rendered;
    describe(rendered);
    if (!rendered.isColor) {
        applyWindow(request.window);
        describeGray(rendered);
    }
    Raster raster{static_cast<int>(image->getWidth()), static_cast<int>(image->getHeight()), rendered.isColor ? 3 : 1,
        QByteArray()};
    raster.pixels.resize(qsizetype(raster.width) * raster.height * raster.samples);
    if (!image->getOutputData(raster.pixels.data(), static_cast<unsigned long>(raster.pixels.size()), 8, 0, 0)) {
        return fail(ErrorCode::DecodeFailed, QString::fromLatin1(DicomImage::getString(image->getStatus())));
    }
    const int longest = std::max(raster.width, raster.height);
    const int factor = request.longestSide > 0 ? (longest + request.longestSide - 1) / request.longestSide : 1;
    if (factor > 1 && factor <= std::min(raster.width, raster.height)) {
        raster = averaged(raster, factor);
    }
    rendered.width = raster.width;
    rendered.height = raster.height;
    rendered.pixels = std::move(raster.pixels);
    return rendered;
}

void LoadedFile::describe(RenderedFrame& rendered) const
{
    const PixelLayout& layout = frames->layout();
    rendered.isColor = !image->isMonochrome();
    rendered.rows = layout.rows;
    rendered.columns = layout.columns;
    rendered.frames = layout.frames;
    rendered.bitsAllocated = layout.bitsAllocated;
    rendered.bitsStored = layout.bitsStored;
    rendered.photometricInterpretation = layout.photometric;
    rendered.sopClassUid = header.sopClassUid;
    rendered.transferSyntaxUid = header.transferSyntaxUid;
    rendered.modality = header.modality;
    const double aspect = image->getHeightWidthRatio();
    const bool isSane = std::isfinite(aspect) && aspect >= 1 / kLongestPixel && aspect <= kLongestPixel;
    rendered.pixelAspect = isSane ? aspect : 1;
    for (const auto& tag : {DCM_PixelSpacing, DCM_ImagerPixelSpacing, DCM_NominalScannedPixelSpacing}) {
        if (!rendered.rowSpacingMm) {
            rendered.rowSpacingMm = numberOf(*frameDataSet, tag, 0);
            rendered.columnSpacingMm = numberOf(*frameDataSet, tag, 1);
        }
    }
}

void LoadedFile::describeGray(RenderedFrame& rendered) const
{
    rendered.offeredWindows = readWindows(*frameDataSet, *image, characters);
    image->getMinMaxValues(rendered.minimum, rendered.maximum);
    Window window;
    if (image->getWindow(window.center, window.width)) {
        rendered.window = window;
    }
}

} // namespace

struct FrameRenderer::Private
{
    explicit Private(DcmtkRuntime& dcmtk)
        : runtime(dcmtk)
    {
    }

    [[nodiscard]] Result<FrameRendering> render(const FrameRequest& request);
    /// Nothing: loaded.
    [[nodiscard]] Result<std::optional<NoPicture>> load(const QString& path, Result<InstanceHeader> header);

    DcmtkRuntime& runtime;
    HeaderReader reader{};
    std::unique_ptr<LoadedFile> loaded{};
};

Result<std::optional<NoPicture>> FrameRenderer::Private::load(const QString& path, Result<InstanceHeader> header)
{
    loaded.reset();
    if (!header) {
        return fail(header.error());
    }
    if (const auto none = foreseenNoPicture(header->sopClassUid.value, header->transferSyntaxUid.value)) {
        return none;
    }
    auto file = std::make_unique<LoadedFile>();
    file->header = std::move(*header);
    file->syntax = TransferSyntax::find(file->header.transferSyntaxUid.value);
    file->characters = CharacterSet::fromDeclared(
        {file->header.usedCharacterSet.constData(), static_cast<size_t>(file->header.usedCharacterSet.size())});
    const auto ready = runtime.ensureReady().and_then(
        [&] { return loadDataSet(path, file->header, *file->syntax, file->dataSet, kMostInflatedForPictures); });
    if (!ready) {
        return fail(ready.error());
    }
    file->frames = std::make_unique<FrameDataSet>(file->dataSet, file->header, *file->syntax);
    if (const auto none = file->frames->noPicture()) {
        return none;
    }
    loaded = std::move(file);
    return std::optional<NoPicture>();
}

Result<FrameRendering> FrameRenderer::Private::render(const FrameRequest& request)
{
    auto rendered = loaded->render(request);
    if (!rendered) {
        return fail(rendered.error());
    }
    return FrameRendering(std::move(*rendered));
}

FrameRenderer::FrameRenderer(DcmtkRuntime& runtime)
    : d(std::make_unique<Private>(runtime))
{
}

FrameRenderer::~FrameRenderer() = default;

Result<FrameRendering> FrameRenderer::render(const FrameRequest& request)
{
    auto header = d->reader.readFile(request.path);
    const auto stamp = d->reader.lastStamp();
    const bool isSame = header && d->loaded && d->loaded->path == request.path &&
        d->loaded->stamp.sizeBytes == stamp.sizeBytes && d->loaded->stamp.mtimeNs == stamp.mtimeNs;
    if (!isSame) {
        const auto none = d->load(request.path, std::move(header));
        if (!none) {
            return fail(none.error());
        }
        if (*none) {
            return FrameRendering(**none);
        }
        d->loaded->path = request.path;
        d->loaded->stamp = stamp;
    }
    return d->render(request);
}

} // namespace radpost::dicom
