#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"

#include <QList>
#include <QString>

namespace radpost::dicom {

enum class SyntheticKind {
    Ct,           ///< CT Image, 512 x 512, 16 bits
    Mr,           ///< MR Image, 256 x 256, 16 bits
    UsMultiFrame, ///< Ultrasound Multi-frame Image, 480 x 640, 8 bits, 30 frames
    Cr,           ///< Computed Radiography Image, 2048 x 2048, 16 bits
    Sr,           ///< Basic Text SR, no pixels
    Tiny,         ///< Secondary Capture, 64 x 64, 8 bits: a file of about 5 KB
};

/// How names and descriptions are encoded, and whether the file says so.
enum class SyntheticText {
    Utf8,            ///< ISO_IR 192
    Gb18030,         ///< GB18030, with a four-byte character
    Iso2022Ir58,     ///< \ISO 2022 IR 58 (GB 2312 by escape sequences)
    MislabelledGbk,  ///< ISO_IR 100 declared, GBK bytes
    MislabelledUtf8, ///< ISO_IR 100 declared, UTF-8 bytes
    Ascii,           ///< nothing declared, no Chinese
};

enum class SyntheticSyntax { ExplicitLittle, ImplicitLittle, ExplicitBig, Deflated };

/// One series that every study gets. 0 takes the default of the kind.
struct SyntheticSeries
{
    SyntheticKind kind = SyntheticKind::Ct;
    int instances = 1;
    int rows = 0;
    int columns = 0;
    int frames = 0;           ///< used by UsMultiFrame only
    qint64 instanceBytes = 0; ///< pixel bytes wanted: frames (UsMultiFrame) or rows (the others) are chosen to fit
};

struct SyntheticParams
{
    QString folder; ///< made when absent; files of an earlier run with the same names are replaced
    int patients = 1;
    int studiesPerPatient = 1;
    QList<SyntheticSeries> series;                   ///< of each study
    QList<SyntheticText> texts{SyntheticText::Utf8}; ///< patients take them in turn
    SyntheticSyntax syntax = SyntheticSyntax::ExplicitLittle;
    quint64 seed = 1; ///< same parameters, same bytes; another seed, other UIDs, patients and noise
};

struct SyntheticSummary
{
    qint64 patients = 0;
    qint64 studies = 0;
    qint64 series = 0;
    qint64 instances = 0;
    qint64 bytes = 0; ///< of the files

    friend bool operator==(const SyntheticSummary&, const SyntheticSummary&) = default;
};

/// Writes synthetic studies as Part 10 files, FOLDER/P0001/ST01/SE01_CT/I00001.dcm. No real patient, ever: names come
/// from a fixed list, pixels are a phantom with noise. Blocks; any thread; memory stays at a frame or two whatever the
/// size of the instance.
///
/// Errors: InvalidArgument (no folder, no series, a count below 1, an instance above 4 GB), FileWriteFailed, Cancelled.
/// What was written before an error stays.
[[nodiscard]] Result<SyntheticSummary> makeSyntheticStudies(const SyntheticParams& params, const CancelToken& cancel);

} // namespace radpost::dicom
