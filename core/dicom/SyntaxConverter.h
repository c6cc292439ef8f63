#pragma once

#include "core/base/CancelToken.h"
#include "core/base/StrongId.h"

#include <QString>

namespace radpost::dicom {

class DcmtkRuntime;

enum class UncompressedSyntax { ImplicitLittleEndian, ExplicitLittleEndian };

struct ConvertedDataSet
{
    TransferSyntaxUid transferSyntaxUid; ///< of the bytes written
    qint64 sizeBytes = 0;
    bool hasDecodedPixels = false; ///< the pixels were compressed before
};

/// Makes an uncompressed data set of an instance for peers that accept no other: decompresses RLE, JPEG (baseline,
/// extended, lossless) and JPEG-LS, inflates, swaps big endian, changes between explicit and implicit VR.
///
/// Pixels are decoded, never encoded again. Photometric Interpretation, Planar Configuration and what else describes
/// the pixels says what they are after decoding (PS3.5 8.2); Lossy Image Compression (0028,2110) stays, and is set
/// where a lossy source left it out. Not thread-safe; one object a thread, all on one runtime.
class SyntaxConverter final
{
public:
    explicit SyntaxConverter(DcmtkRuntime& runtime)
        : m_runtime(runtime)
    {
    }

    /// Writes the data set of @p instancePath, without preamble and file meta information, to @p dataSetPath, which is
    /// replaced; nothing is left there after an error. Blocks; decoded pixels are held in memory, native ones are not.
    /// @p cancel is looked at between reading, decoding and writing. DCMTK decodes all frames in one call that nothing
    /// ends early, so a cancel waits for its end: some 3 ms for each megabyte of decoded JPEG, half of that for RLE. An
    /// instance of 200 MB keeps it waiting for about 0.6 s, one below 60 MB for less than 0.2 s.
    /// Errors: those of HeaderReader::readFile; DicomUnsupportedSyntax, DecodeFailed, DicomTruncated, DicomMalformed,
    /// FileWriteFailed, DiskFull, Unsupported (no data dictionary), Cancelled.
    [[nodiscard]] Result<ConvertedDataSet> convert(const QString& instancePath, UncompressedSyntax target,
        const QString& dataSetPath, const CancelToken& cancel = {});

private:
    [[nodiscard]] Result<ConvertedDataSet> convertTo(
        const QString& instancePath, UncompressedSyntax target, const QString& dataSetPath, const CancelToken& cancel);

    DcmtkRuntime& m_runtime;
};

} // namespace radpost::dicom
