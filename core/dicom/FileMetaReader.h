#pragma once

#include "core/base/Result.h"
#include "core/base/StrongId.h"

#include <QString>

#include <cstddef>
#include <span>

namespace radpost::dicom {

/// The file meta information of a Part 10 file (PS3.10 Table 7.1-1), as far as it tells where the file came from.
struct FileMeta
{
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    QString sendingAeTitle;   ///< (0002,0017), else (0002,0016)
    QString receivingAeTitle; ///< (0002,0018)
    QString sourceAddress;    ///< (0002,0026), a dicom: URI
    qint64 dataSetOffset = 0;
};

/// Reads the meta information of @p file, the first bytes of a file or all of them. Any thread.
/// Errors: NotDicom, DicomTruncated (it does not end within @p file), DicomMissingUid.
[[nodiscard]] Result<FileMeta> readFileMeta(std::span<const std::byte> file);

} // namespace radpost::dicom
