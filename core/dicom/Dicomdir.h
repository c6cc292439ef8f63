#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <span>

namespace radpost::dicom {

/// The files a DICOMDIR refers to, in the order of its records, each once.
struct DicomdirContents
{
    QStringList files;   ///< absolute paths of files that exist
    QStringList missing; ///< file IDs without a file, components separated by '/'
    QStringList refused; ///< file IDs that lead out of the folder of the DICOMDIR
};

/// Reads a DICOMDIR (PS3.3 F, PS3.10 8) and finds its files on the file system: as named, else whatever the case, as
/// media are copied. Inactive records are left out. Nothing outside the folder of the DICOMDIR is ever given, by name
/// or by link. Blocks on files; any thread. Errors: those of HeaderReader::readFile; DicomdirBroken when it is not a
/// DICOMDIR or its records cannot be walked.
[[nodiscard]] Result<DicomdirContents> readDicomdir(const QString& path);

/// The Referenced File IDs alone, components separated by backslash as they stand in a DICOMDIR held in memory (the
/// fuzz target's door).
[[nodiscard]] Result<QList<QByteArray>> readDicomdirFileIds(std::span<const std::byte> dicomdir);

} // namespace radpost::dicom
