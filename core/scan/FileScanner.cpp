#include "core/scan/FileScanner.h"

#include "core/scan/filekind.h"
#include "core/scan/nativepath.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

bool wasRead(ErrorCode code)
{
    return code != ErrorCode::FileNotFound && code != ErrorCode::FileUnreadable;
}

} // namespace

FileScanner::FileScanner(const ScanParams& params, ScanGate& gate, ScratchArea& scratch, CancelToken cancel)
    : m_scratch(scratch)
    , m_cancel(cancel)
    , m_delivery(gate, params.threads > 1 ? Delivery::kTogether : 1)
    , m_archiveDelivery(gate)
    , m_archives(params, scratch, m_archiveDelivery, std::move(cancel))
{
}

void FileScanner::scanBatch(const FileBatch& batch, const OnArchive& onArchive)
{
    const FolderListing& folder = *batch.folder;
    for (size_t i = batch.begin; i < batch.end && !m_cancel.isCancelled(); ++i) {
        const std::string_view name = folder.name(folder.entries()[i]);
        auto file = locate(folder, name);
        if (!file) {
            m_delivery.skip(folder.sourcePath + u'/' + displayText(name), std::move(file.error()));
        } else if (scanFile(*file)) {
            onArchive(std::move(*file));
        }
    }
}

void FileScanner::scanArchive(const FoundFile& archive)
{
    m_delivery.flush();
    m_archives.scan(archive);
    m_archiveDelivery.flush();
}

Result<FoundFile> FileScanner::locate(const FolderListing& folder, std::string_view name)
{
    const auto text = exactText(name);
    const auto slash = folder.sourcePath.endsWith(u'/') ? QStringView() : QStringView(u"/");
    QString sourcePath = folder.sourcePath + slash + (text ? *text : displayText(name));
    if (!text) {
        const auto alias = m_scratch.linkTo(joinNative(folder.nativePath, name));
        if (!alias) {
            return fail(ErrorCode::FileUnreadable, u"the file's name is not text: "_s + alias.error().detail);
        }
        return FoundFile{*alias, sourcePath};
    }
    if (folder.openPath == folder.sourcePath) {
        return FoundFile{sourcePath, sourcePath};
    }
    return FoundFile{folder.openPath + u'/' + *text, sourcePath};
}

bool FileScanner::scanFile(const FoundFile& file)
{
    auto header = m_headers.readFile(file.path);
    if (!header) {
        return isArchiveAfterAll(file, std::move(header.error()));
    }
    if (isDicomdir(*header)) {
        m_delivery.skip(file.sourcePath, dicomdirFailure().value());
        return false;
    }
    const auto stamp = m_headers.lastStamp();
    m_delivery.add(
        FoundInstance{{std::move(*header), file.path, file.sourcePath, stamp.sizeBytes, stamp.mtimeNs}, false});
    return false;
}

// Only what is no DICOM instance is looked at a second time.
bool FileScanner::isArchiveAfterAll(const FoundFile& file, Error failure)
{
    if (wasRead(failure.code)) {
        const auto glance = glanceAt(file.path);
        if (glance && isArchive(glance->kind)) {
            return true;
        }
        if (glance && glance->sizeBytes == 0) {
            failure = emptyFailure().value();
        } else if (glance && glance->kind == FileKind::Rar) {
            failure = rarFailure().value();
        }
    }
    m_delivery.skip(file.sourcePath, std::move(failure));
    return false;
}

} // namespace radpost::scan
