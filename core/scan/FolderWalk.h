#pragma once

#include "core/base/CancelToken.h"
#include "core/dicom/HeaderReader.h"
#include "core/scan/FolderListing.h"
#include "core/scan/ScanSink.h"
#include "core/scan/ScratchArea.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace radpost::scan {

/// Some files of one folder, next to each other in its listing.
struct FileBatch
{
    std::shared_ptr<const FolderListing> folder;
    size_t begin = 0;
    size_t end = 0;
};

/// Finds the files below the given paths, a folder at a time: its files by name, then its subfolders by name. A
/// DICOMDIR among the paths stands for the files it refers to. Opens folders and given files only; what is neither goes
/// to @p onSkipped with the reason.
///
/// Links are judged by where they lead: to a file below one of the given folders, then they count as a file; to a
/// folder there, then nothing is to be done, since that folder is walked by itself; anywhere else, then they are
/// skipped. So no loop is possible. One thread at a time; next() blocks on the file
/// system.
class FolderWalk final
{
public:
    using OnSkipped = std::function<void(SkippedFile&&)>;

    FolderWalk(QStringList paths, ScratchArea& scratch, OnSkipped onSkipped, CancelToken cancel);

    /// Nothing when all is walked, or cancelled.
    [[nodiscard]] std::optional<FileBatch> next();

private:
    struct Frame
    {
        std::shared_ptr<const FolderListing> folder;
        std::vector<FolderListing::Entry> subfolders;
        size_t nextSubfolder = 0;
    };

    [[nodiscard]] bool openNext();
    void startPath(const QString& path);
    void startFiles(const QString& first);
    void startFileSet(const QString& dicomdir);
    void takeFileSet();
    void setFiles(FolderListing listing);
    [[nodiscard]] bool isPlainFile(const QString& path);
    void enter(const QByteArray& nativePath, const QString& openPath, const QString& sourcePath);
    void enterSubfolder(const FolderListing& parent, std::string_view name);
    [[nodiscard]] Frame sortOut(FolderListing listing);
    [[nodiscard]] bool isFileBehindLink(const FolderListing& folder, std::string_view name);
    [[nodiscard]] bool isInside(const std::string& target) const;
    void skip(const QString& sourcePath, ErrorCode code, const QString& detail);

    const QStringList m_paths;
    qsizetype m_nextPath = 0;
    QStringList m_fileSet; // what the DICOMDIR that was met last refers to
    qsizetype m_nextOfSet = 0;
    dicom::HeaderReader m_headers;
    std::vector<std::string> m_roots; // canonical
    ScratchArea& m_scratch;
    const OnSkipped m_onSkipped;
    const CancelToken m_cancel;
    std::vector<Frame> m_frames; // the way from the given folder down to the one that is open
    std::set<FolderListing::Identity> m_visited;
    std::shared_ptr<const FolderListing> m_files;
    size_t m_nextFile = 0;
};

} // namespace radpost::scan
