#include "ui/preview/PreviewTexts.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"
#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using dicom::NoPicture;

struct MessageRow
{
    NoPicture reason;
    const char* heading;
    const char* text;
};

constexpr auto kIsSent = QT_TRANSLATE_NOOP("PreviewMessage", "It has no picture, and can be sent like images.");
constexpr auto kNotYet =
    QT_TRANSLATE_NOOP("PreviewMessage", "This version cannot show it yet. It can be sent all the same.");

constexpr MessageRow kMessages[] = {
    {NoPicture::StructuredReport, QT_TRANSLATE_NOOP("PreviewMessage", "Structured report"), kIsSent},
    {NoPicture::KeyObjectSelection, QT_TRANSLATE_NOOP("PreviewMessage", "Key object selection"),
        QT_TRANSLATE_NOOP("PreviewMessage", "A list of marked images, without a picture of its own.")},
    {NoPicture::PdfDocument, QT_TRANSLATE_NOOP("PreviewMessage", "PDF document"),
        QT_TRANSLATE_NOOP(
            "PreviewMessage", "The pages of the document are not shown here. It can be sent like images.")},
    {NoPicture::Document, QT_TRANSLATE_NOOP("PreviewMessage", "Encapsulated document"), kIsSent},
    {NoPicture::PresentationState, QT_TRANSLATE_NOOP("PreviewMessage", "Presentation state"),
        QT_TRANSLATE_NOOP(
            "PreviewMessage", "It says how other images are to be shown, and has no picture of its own.")},
    {NoPicture::Waveform, QT_TRANSLATE_NOOP("PreviewMessage", "Waveform"),
        QT_TRANSLATE_NOOP("PreviewMessage", "Curves such as an ECG, not an image. They can be sent like images.")},
    {NoPicture::StructureSet, QT_TRANSLATE_NOOP("PreviewMessage", "RT structure set"),
        QT_TRANSLATE_NOOP("PreviewMessage", "Contours for radiotherapy, without a picture of their own.")},
    {NoPicture::RadiotherapyPlan, QT_TRANSLATE_NOOP("PreviewMessage", "RT plan"), kIsSent},
    {NoPicture::Radiotherapy, QT_TRANSLATE_NOOP("PreviewMessage", "Radiotherapy object"), kIsSent},
    {NoPicture::PixelsAbsent, QT_TRANSLATE_NOOP("PreviewMessage", "No image"),
        QT_TRANSLATE_NOOP("PreviewMessage", "This object holds no pixels, and can be sent like images.")},
    {NoPicture::FloatPixels, QT_TRANSLATE_NOOP("PreviewMessage", "Floating-point pixels"), kNotYet},
    {NoPicture::Jpeg2000, QT_TRANSLATE_NOOP("PreviewMessage", "JPEG 2000"), kNotYet},
    {NoPicture::HighThroughputJpeg2000, QT_TRANSLATE_NOOP("PreviewMessage", "High-throughput JPEG 2000"), kNotYet},
    {NoPicture::JpegXl, QT_TRANSLATE_NOOP("PreviewMessage", "JPEG XL"), kNotYet},
    {NoPicture::Video, QT_TRANSLATE_NOOP("PreviewMessage", "Video"), kNotYet},
    {NoPicture::OtherCompression, QT_TRANSLATE_NOOP("PreviewMessage", "Another compression"), kNotYet},
    {NoPicture::UnknownSyntax, QT_TRANSLATE_NOOP("PreviewMessage", "Unknown transfer syntax"), kNotYet},
    {NoPicture::TooLarge, QT_TRANSLATE_NOOP("PreviewMessage", "Too large for a preview"),
        QT_TRANSLATE_NOOP("PreviewMessage", "The matrix is too large to be shown here. It can be sent all the same.")},
};

QString number(double value)
{
    return QLocale().toString(value, 'f', std::abs(value) < 10 && std::floor(value) != value ? 2 : 0);
}

QString fromTable(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

struct PresetRow
{
    const char* modality;
    const char* name;
    dicom::Window window;
};

constexpr PresetRow kPresets[] = {
    {"CT", QT_TRANSLATE_NOOP("WindowPreset", "Soft tissue"), {40, 400}},
    {"CT", QT_TRANSLATE_NOOP("WindowPreset", "Lung"), {-600, 1500}},
    {"CT", QT_TRANSLATE_NOOP("WindowPreset", "Bone"), {500, 2000}},
    {"CT", QT_TRANSLATE_NOOP("WindowPreset", "Brain"), {40, 80}},
};

QString offeredName(const dicom::OfferedWindow& offered, int index)
{
    if (!offered.name.isEmpty()) {
        return app::printable(offered.name);
    }
    return index == 0 ? WindowPreset::tr("As in the file") : WindowPreset::tr("As in the file (%1)").arg(index + 1);
}

} // namespace

PreviewMessage messageOf(NoPicture reason)
{
    for (const auto& row : kMessages) {
        if (row.reason == reason) {
            return {PreviewMessage::tr(row.heading), PreviewMessage::tr(row.text), {}};
        }
    }
    return {};
}

PreviewMessage messageOf(const Error& error)
{
    const auto text = app::errorText(error);
    const QString code = u"%1 %2"_s.arg(errorName(error.code)).arg(static_cast<int>(error.code));
    return {PreviewMessage::tr("The picture cannot be shown"), app::sentences({text.happened, text.next}),
        error.detail.isEmpty() ? code : QString(code + u" · "_s + app::printable(error.detail))};
}

QString sopClassName(const QString& uid)
{
    const auto* known = dicom::SopClass::find(uid.toLatin1());
    return known ? fromTable(known->name) : uid;
}

QString transferSyntaxName(const QString& uid)
{
    const auto* known = dicom::TransferSyntax::find(uid.toLatin1());
    return known ? fromTable(known->name) : uid;
}

QString factsOf(const dicom::RenderedFrame& frame)
{
    const QLocale locale;
    //: columns by rows of an image
    const QString matrix = PreviewMessage::tr("%1 × %2").arg(frame.columns).arg(frame.rows);
    const QString bits = frame.bitsStored == frame.bitsAllocated
        ? PreviewMessage::tr("%n bit(s)", nullptr, frame.bitsAllocated)
        : PreviewMessage::tr("%1 of %2 bits").arg(frame.bitsStored).arg(frame.bitsAllocated);
    QStringList facts{transferSyntaxName(frame.transferSyntaxUid.toString()), matrix, bits,
        app::printable(QString::fromLatin1(frame.photometricInterpretation))};
    if (frame.rowSpacingMm && frame.columnSpacingMm) {
        //: size of a pixel: width by height
        facts << PreviewMessage::tr("%1 × %2 mm")
                     .arg(
                         locale.toString(*frame.columnSpacingMm, 'g', 3), locale.toString(*frame.rowSpacingMm, 'g', 3));
    }
    return facts.join(u" · "_s);
}

QString windowText(const dicom::RenderedFrame& frame, const dicom::WindowChoice& choice)
{
    if (frame.isColor) {
        return {};
    }
    if (frame.window) {
        //: width and center of the window, in the corner of the picture
        return PreviewMessage::tr("W %1  C %2").arg(number(frame.window->width), number(frame.window->center));
    }
    const auto* offered = std::get_if<dicom::FileWindow>(&choice);
    const auto index = static_cast<size_t>(offered ? offered->index : 0);
    const bool isNamed = index < frame.offeredWindows.size() && !frame.offeredWindows[index].name.isEmpty();
    return isNamed ? app::printable(frame.offeredWindows[index].name) : PreviewMessage::tr("VOI LUT");
}

std::vector<WindowPreset> presetsFor(const dicom::RenderedFrame& frame)
{
    std::vector<WindowPreset> presets;
    if (frame.isColor) {
        return presets;
    }
    for (size_t i = 0; i < frame.offeredWindows.size(); ++i) {
        const auto index = static_cast<int>(i);
        presets.push_back({offeredName(frame.offeredWindows[i], index), dicom::FileWindow{index}});
    }
    if (presets.empty()) {
        presets.push_back({WindowPreset::tr("Automatic"), dicom::FileWindow{}});
    }
    presets.push_back({WindowPreset::tr("All values"), dicom::FullRange{}});
    for (const auto& row : kPresets) {
        if (frame.modality == QLatin1StringView(row.modality)) {
            presets.push_back({WindowPreset::tr(row.name), row.window});
        }
    }
    return presets;
}

} // namespace radpost::ui
