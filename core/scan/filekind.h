#pragma once

#include "core/base/Result.h"

#include <QString>

#include <cstddef>
#include <span>

namespace radpost::scan {

/// What the first bytes of a file say it is, as far as a scan wants to know beyond "a DICOM instance".
enum class FileKind {
    Other,
    Zip,
    SevenZip,
    Tar,
    Gzip, ///< whether a tar is inside shows only after unpacking
    Rar,  ///< known only to be named in the report
};

/// How many bytes from the start of a file fileKindOf() looks at; fewer are fine.
constexpr qsizetype kFileKindBytes = 1024;

/// Pure function; any thread. A DICOM preamble (PS3.10 7.1) may hold anything, a ZIP signature too, so "DICM" goes
/// before every other sign.
[[nodiscard]] FileKind fileKindOf(std::span<const std::byte> head);

[[nodiscard]] bool isArchive(FileKind kind);

struct FileGlance
{
    FileKind kind = FileKind::Other;
    qint64 sizeBytes = 0;
};

/// Opens a regular file and looks at its start. Blocks on the read; any thread. Errors: FileNotFound, FileUnreadable.
[[nodiscard]] Result<FileGlance> glanceAt(const QString& path);

} // namespace radpost::scan
