#pragma once

#include "core/base/CancelToken.h"
#include "core/scan/ScanSink.h"

#include <QString>
#include <QStringList>

namespace radpost::scan {

struct ScanParams
{
    QStringList paths;                          ///< folders, files, DICOMDIRs, archives, in the order given
    int threads = 2;                            ///< reading at once; they walk the folders too
    QString temporaryFolder;                    ///< where archive members are unpacked; the caller owns and removes it
    qint64 maxArchiveBytes = qint64(256) << 30; ///< unpacked size of one archive, nested ones included
    qint64 maxArchiveRatio = 200;               ///< unpacked to packed; above it an archive is taken for a bomb
    int maxArchiveDepth = 4;                    ///< 1: archives in archives are refused
    qint64 reserveBytes = qint64(64) << 20;     ///< free space that unpacking leaves alone
};

struct ScanSummary
{
    qint64 files = 0;
    qint64 instances = 0;
    qint64 skipped = 0;
    qint64 duplicatesIdentical = 0;
    qint64 duplicatesDiffering = 0;
    qint64 instanceBytes = 0;
};

/// Walks the paths and hands every instance to @p sink as soon as its header is read. Blocks until all is walked;
/// call from a worker thread. With one thread the order is that of the walk: a folder's files by name, then its
/// subfolders. With more it is nearly that, some dozen instances come out together, and the caller only waits.
///
/// files = instances + skipped + duplicates, always. Folders and archives do not count by themselves, unless something
/// is wrong with them: then they are skipped files. A DICOMDIR is a skipped file (DicomdirIndex).
/// Errors: Cancelled; FileNotFound when none of the paths exists. What is wrong with single files goes to the sink.
[[nodiscard]] Result<ScanSummary> scan(const ScanParams& params, ScanSink& sink, const CancelToken& cancel);

} // namespace radpost::scan
