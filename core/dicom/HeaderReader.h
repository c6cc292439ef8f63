#pragma once

#include "core/base/Result.h"
#include "core/dicom/InstanceHeader.h"

#include <QString>

#include <cstddef>
#include <memory>
#include <span>

namespace radpost::dicom {

/// Reads the header of a DICOM file: preamble and file meta information where present (PS3.10 7.1), then the data set
/// up to the last attribute InstanceHeader wants; never pixel data. Blocks on file reads; any thread; one reader may be
/// used for many files in turn and keeps its buffer between them.
///
/// Explicit and implicit VR, little and big endian, deflated; a file without preamble or without file meta is
/// recognised by content. Every length is checked against the bytes that exist, that of native pixels too, so that a
/// copy that broke off is DicomTruncated; compressed pixels are not looked into.
///
/// A DICOMDIR is told by its SOP class, kDicomdirSopClassUid; its records are not read, and its data set UIDs are those
/// of its file meta information, as they are for an instance whose data set lacks them.
/// Errors: FileNotFound, FileUnreadable, NotDicom, DicomTruncated, DicomMalformed, DicomMissingUid.
class HeaderReader final
{
public:
    HeaderReader();
    ~HeaderReader();
    HeaderReader(const HeaderReader&) = delete;
    HeaderReader& operator=(const HeaderReader&) = delete;

    [[nodiscard]] Result<InstanceHeader> readFile(const QString& path);

    /// The file's size and modification time as fstat told them of the file that readFile() read last.
    struct FileStamp
    {
        qint64 sizeBytes = 0;
        qint64 mtimeNs = 0; ///< since the epoch
    };
    [[nodiscard]] FileStamp lastStamp() const;

    /// The same over bytes in memory that hold the whole file (the fuzz target's door).
    [[nodiscard]] Result<InstanceHeader> readBytes(std::span<const std::byte> file);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::dicom
