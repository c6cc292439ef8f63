#pragma once

#include "core/base/StrongId.h"
#include "core/dicom/NoPicture.h"

#include <QByteArray>
#include <QString>

#include <compare>
#include <optional>
#include <variant>
#include <vector>

namespace radpost::dicom {

/// In values after the modality transformation (Hounsfield units and the like).
struct Window
{
    double center = 0;
    double width = 1;

    friend auto operator<=>(const Window&, const Window&) = default;
};

/// The file's own window number @c index: first those of (0028,1050) and (0028,1051), then the VOI LUTs. Where the file
/// has no such window, all values: those that 8 bits can hold, or from the least to the greatest that is there.
struct FileWindow
{
    int index = 0;

    friend auto operator<=>(const FileWindow&, const FileWindow&) = default;
};

/// From the least to the greatest value of the frame.
struct FullRange
{
    friend auto operator<=>(const FullRange&, const FullRange&) = default;
};

using WindowChoice = std::variant<FileWindow, FullRange, Window>;

struct FrameRequest
{
    QString path;
    int frame = 0; ///< from 0
    WindowChoice window = FileWindow{};
    int longestSide = 0; ///< larger frames are averaged down by a whole factor; 0: never

    friend bool operator==(const FrameRequest&, const FrameRequest&) = default;
};

/// A window that the file offers.
struct OfferedWindow
{
    QString name;                 ///< Window Center & Width Explanation or LUT Explanation; often empty
    std::optional<Window> window; ///< nothing: a VOI LUT

    friend bool operator==(const OfferedWindow&, const OfferedWindow&) = default;
};

/// One frame as it is looked at.
struct RenderedFrame
{
    int width = 0;
    int height = 0;
    bool isColor = false;
    QByteArray pixels; ///< height × width × samples (1 gray, 3 R G B), 8 bits, rows not padded

    int rows = 0; ///< of the file
    int columns = 0;
    int frames = 1;
    int bitsAllocated = 0;
    int bitsStored = 0;
    QByteArray photometricInterpretation; ///< of the file
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    QString modality;
    double pixelAspect = 1;                  ///< height of a pixel by its width
    std::optional<double> rowSpacingMm{};    ///< between rows
    std::optional<double> columnSpacingMm{}; ///< between columns

    // Gray only:
    std::vector<OfferedWindow> offeredWindows;
    std::optional<Window> window; ///< that was used; nothing: a VOI LUT or colour
    double minimum = 0;           ///< of the frame, after the modality transformation
    double maximum = 0;
};

using FrameRendering = std::variant<RenderedFrame, NoPicture>;

} // namespace radpost::dicom
