#pragma once

#include "core/base/CancelToken.h"
#include "core/dicom/HeaderReader.h"
#include "core/scan/ArchiveScanner.h"
#include "core/scan/Delivery.h"
#include "core/scan/FolderWalk.h"
#include "core/scan/FoundFile.h"

#include <functional>

namespace radpost::scan {

/// What each reading thread does: reads headers, tells archives from junk, unpacks archives. One thread.
class FileScanner final
{
public:
    /// @p onArchive gets the archives that scanBatch() meets; it may call scanArchive() at once.
    FileScanner(const ScanParams& params, ScanGate& gate, ScratchArea& scratch, CancelToken cancel);

    using OnArchive = std::function<void(FoundFile&&)>;
    void scanBatch(const FileBatch& batch, const OnArchive& onArchive);
    void scanArchive(const FoundFile& archive);

private:
    [[nodiscard]] Result<FoundFile> locate(const FolderListing& folder, std::string_view name);
    [[nodiscard]] bool isArchiveFile(const FoundFile& file, Error failure);
    [[nodiscard]] bool scanFile(const FoundFile& file);

    ScratchArea& m_scratch;
    const CancelToken m_cancel;
    Delivery m_delivery;
    ArchiveScanner m_archives;
    dicom::HeaderReader m_headers;
};

} // namespace radpost::scan
