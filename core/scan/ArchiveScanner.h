#pragma once

#include "core/base/CancelToken.h"
#include "core/dicom/HeaderReader.h"
#include "core/scan/ArchiveBudget.h"
#include "core/scan/ArchiveReader.h"
#include "core/scan/Delivery.h"
#include "core/scan/FoundFile.h"
#include "core/scan/Scanner.h"
#include "core/scan/ScratchArea.h"
#include "core/scan/filekind.h"

namespace radpost::scan {

/// Finds the instances in one archive at a time. A member is looked at first, and only what may be DICOM or an archive
/// is unpacked, under a name of our own; what proves to be none is removed again. Members that are links, devices,
/// encrypted or that lead outside are refused one by one. Blocks; one thread.
class ArchiveScanner final
{
public:
    ArchiveScanner(const ScanParams& params, ScratchArea& scratch, Delivery& delivery, CancelToken cancel);

    /// All findings, damage of the archive itself included, go to the delivery.
    void scan(const FoundFile& archive);

private:
    struct Level;

    // An error of these ends the whole archive: no room, a bomb, cancelled. What is wrong with a nested archive or a
    // member alone is delivered by them.
    [[nodiscard]] Result<> scanLevel(const FoundFile& archive, int depth, ArchiveBudget& budget);
    [[nodiscard]] Result<> scanMembers(Level& level);
    [[nodiscard]] Result<> takeMember(Level& level, const ArchiveMember& member);

    // An error of these is about the member, unless endsArchive() says otherwise.
    [[nodiscard]] Result<> takeFile(Level& level, const ArchiveMember& member, const QString& sourcePath);
    [[nodiscard]] Result<> isWorthUnpacking(const Level& level, FileKind kind);
    [[nodiscard]] Result<> takeInstance(const FoundFile& unpacked);
    [[nodiscard]] Result<> takeNested(Level& level, const FoundFile& unpacked);
    [[nodiscard]] Result<QString> unpack(Level& level, const ArchiveMember& member);
    [[nodiscard]] Result<> unpackInto(QFile& file, Level& level, const ArchiveMember& member);
    [[nodiscard]] Result<> fillBuffer(Level& level);
    [[nodiscard]] Result<> passOver(Level& level);

    const ScanParams& m_params;
    ScratchArea& m_scratch;
    Delivery& m_delivery;
    const CancelToken m_cancel;
    dicom::HeaderReader m_headers;
};

} // namespace radpost::scan
