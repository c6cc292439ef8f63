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
    FileScanner(const ScanParams& params, ScanGate& gate, ScratchArea& scratch, CancelToken cancel);

    using OnArchive = std::function<void(FoundFile&&)>;

    /// Blocks on the files. Archives are not opened but given to @p onArchive, which may call scanArchive() at once.
    void scanBatch(const FileBatch& batch, const OnArchive& onArchive);

    /// Delivers each finding as soon as it can, because the next may take long.
    void scanArchive(const FoundFile& archive);

    /// Delivers what scanBatch() may have kept to be delivered together. Call before a wait.
    void flush() { m_delivery.flush(); }

private:
    [[nodiscard]] Result<FoundFile> locate(const FolderListing& folder, std::string_view name);

    // Both are true for an archive; otherwise the finding was delivered.
    [[nodiscard]] bool scanFile(const FoundFile& file);
    [[nodiscard]] bool isArchiveAfterAll(const FoundFile& file, Error failure);

    ScratchArea& m_scratch;
    const CancelToken m_cancel;
    Delivery m_delivery;
    Delivery m_archiveDelivery;
    ArchiveScanner m_archives;
    dicom::HeaderReader m_headers;
};

} // namespace radpost::scan
