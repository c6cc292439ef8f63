#pragma once

#include <QByteArrayView>

#include <optional>

namespace radpost::dicom {

/// Why an instance that is sound has nothing to look at, or nothing that this version can show.
enum class NoPicture {
    StructuredReport,
    KeyObjectSelection,
    PdfDocument,
    Document, ///< CDA, STL, OBJ, MTL
    PresentationState,
    Waveform,
    StructureSet,
    RadiotherapyPlan,
    Radiotherapy, ///< records and whatever else has no pixels
    PixelsAbsent, ///< another kind of object that has no pixels
    FloatPixels,  ///< Float or Double Float Pixel Data (7FE0,0008 and 0009)
    Jpeg2000,
    HighThroughputJpeg2000,
    JpegXl,
    Video,
    OtherCompression, ///< a known syntax that has no decoder here
    UnknownSyntax,    ///< private, or later than the table
    TooLarge,         ///< a frame above FrameRenderer::kMostSamples
};

/// What the two UIDs tell without opening the file; nothing when there may be a picture. Any thread.
[[nodiscard]] std::optional<NoPicture> foreseenNoPicture(QByteArrayView sopClassUid, QByteArrayView transferSyntaxUid);

/// What an object of this class without pixels is.
[[nodiscard]] NoPicture noPictureOf(QByteArrayView sopClassUid);

} // namespace radpost::dicom
