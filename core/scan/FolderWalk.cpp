#include "core/scan/FolderWalk.h"

#include "core/dicom/Dicomdir.h"
#include "core/scan/FoundFile.h"
#include "core/scan/nativepath.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

// Large enough that handing over costs nothing beside reading, small enough to spread over the threads.
constexpr size_t kBatchFiles = 32;

QString absolutePath(const QString& path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

QString join(const QString& folder, const QString& name)
{
    return folder.endsWith(u'/') ? QString(folder + name) : QString(folder + u'/' + name);
}

/// A listing that holds just this file.
FolderListing listingFor(const QString& path)
{
    const QFileInfo info(path);
    FolderListing listing;
    listing.openPath = info.path();
    listing.sourcePath = listing.openPath;
    listing.nativePath = nativeBytes(listing.openPath);
    listing.add(nativeBytes(info.fileName()).toStdString(), EntryKind::File);
    return listing;
}

} // namespace

FolderWalk::FolderWalk(QStringList paths, ScratchArea& scratch, OnSkipped onSkipped, CancelToken cancel)
    : m_paths(std::move(paths))
    , m_scratch(scratch)
    , m_onSkipped(std::move(onSkipped))
    , m_cancel(std::move(cancel))
{
    for (const QString& path : m_paths) {
        const QFileInfo info(path);
        if (info.isDir()) {
            m_roots.push_back(nativeBytes(info.canonicalFilePath()).toStdString());
        }
    }
}

std::optional<FileBatch> FolderWalk::next()
{
    while (!m_cancel.isCancelled()) {
        if (m_files && m_nextFile < m_files->entries().size()) {
            const size_t begin = m_nextFile;
            m_nextFile = std::min(begin + kBatchFiles, m_files->entries().size());
            return FileBatch{m_files, begin, m_nextFile};
        }
        if (!openNext()) {
            break;
        }
    }
    return std::nullopt;
}

bool FolderWalk::openNext()
{
    while (!m_frames.empty()) {
        Frame& frame = m_frames.back();
        if (frame.nextSubfolder < frame.subfolders.size()) {
            // A copy of the pointer: entering may move the frames.
            const auto folder = frame.folder;
            enterSubfolder(*folder, folder->name(frame.subfolders[frame.nextSubfolder++]));
            return true;
        }
        m_frames.pop_back();
    }
    if (m_nextOfSet < m_fileSet.size()) {
        takeFileSet();
        return true;
    }
    if (m_nextPath < m_paths.size()) {
        startPath(m_paths[m_nextPath++]);
        return true;
    }
    return false;
}

void FolderWalk::startPath(const QString& path)
{
    const QFileInfo info(path);
    const QString absolute = absolutePath(path);
    if (info.isDir()) {
        enter(nativeBytes(info.canonicalFilePath()), absolute, absolute);
    } else if (info.isFile() && !isPlainFile(absolute)) {
        startFileSet(absolute);
    } else if (info.isFile()) {
        startFiles(absolute);
    } else if (info.exists()) {
        skip(absolute, ErrorCode::FileUnreadable, u"a device, pipe or socket, not opened"_s);
    } else {
        skip(absolute, ErrorCode::FileNotFound, u"no such file or folder"_s);
    }
}

// A shell's pattern gives thousands of files of one folder: they become batches like the files of a walked one.
void FolderWalk::startFiles(const QString& first)
{
    FolderListing listing = listingFor(first);
    while (m_nextPath < m_paths.size() && listing.entries().size() < kBatchFiles) {
        const QFileInfo info(absolutePath(m_paths[m_nextPath]));
        if (info.path() != listing.openPath || !info.isFile() || !isPlainFile(info.filePath())) {
            break;
        }
        listing.add(nativeBytes(info.fileName()).toStdString(), EntryKind::File);
        ++m_nextPath;
    }
    setFiles(std::move(listing));
}

void FolderWalk::startFileSet(const QString& dicomdir)
{
    auto contents = dicom::readDicomdir(dicomdir);
    if (!contents) {
        m_onSkipped({dicomdir, std::move(contents.error())});
        return;
    }
    m_onSkipped({dicomdir, dicomdirFailure().value()});
    const QString folder = QFileInfo(dicomdir).path();
    for (const QString& file : std::as_const(contents->missing)) {
        skip(join(folder, file), ErrorCode::FileNotFound, u"the DICOMDIR refers to it, but it is not there"_s);
    }
    for (const QString& file : std::as_const(contents->refused)) {
        skip(join(folder, file), ErrorCode::DicomdirBroken, u"the DICOMDIR refers to a file outside its folder"_s);
    }
    m_fileSet = std::move(contents->files);
    m_nextOfSet = 0;
}

void FolderWalk::takeFileSet()
{
    FolderListing listing = listingFor(m_fileSet[m_nextOfSet++]);
    while (m_nextOfSet < m_fileSet.size()) {
        const QFileInfo info(m_fileSet[m_nextOfSet]);
        if (info.path() != listing.openPath) {
            break;
        }
        listing.add(nativeBytes(info.fileName()).toStdString(), EntryKind::File);
        ++m_nextOfSet;
    }
    setFiles(std::move(listing));
}

bool FolderWalk::isPlainFile(const QString& path)
{
    const auto header = m_headers.readFile(path);
    return !header || !isDicomdir(*header);
}

void FolderWalk::setFiles(FolderListing listing)
{
    m_files = std::make_shared<const FolderListing>(std::move(listing));
    m_nextFile = 0;
}

void FolderWalk::enter(const QByteArray& nativePath, const QString& openPath, const QString& sourcePath)
{
    auto listing = listFolder(nativePath);
    if (!listing) {
        m_onSkipped({sourcePath, std::move(listing.error())});
        return;
    }
    // Given twice, or reached again through a bind mount.
    if (listing->identity != FolderListing::Identity() && !m_visited.insert(listing->identity).second) {
        return;
    }
    listing->openPath = openPath;
    listing->sourcePath = sourcePath;
    m_frames.push_back(sortOut(std::move(*listing)));
    m_files = m_frames.back().folder;
    m_nextFile = 0;
}

void FolderWalk::enterSubfolder(const FolderListing& parent, std::string_view name)
{
    const QByteArray nativePath = joinNative(parent.nativePath, name);
    const auto text = exactText(name);
    const QString sourcePath = join(parent.sourcePath, text ? *text : displayText(name));
    if (text) {
        const bool isPlain = parent.openPath == parent.sourcePath;
        enter(nativePath, isPlain ? sourcePath : join(parent.openPath, *text), sourcePath);
        return;
    }
    const auto alias = m_scratch.linkTo(nativePath);
    if (!alias) {
        skip(sourcePath, ErrorCode::FileUnreadable, u"the folder's name is not text: "_s + alias.error().detail);
        return;
    }
    enter(nativePath, *alias, sourcePath);
}

// Leaves the files in the listing.
FolderWalk::Frame FolderWalk::sortOut(FolderListing listing)
{
    Frame frame;
    listing.keepIf([&](const FolderListing::Entry& entry) {
        const std::string_view name = listing.name(entry);
        switch (entry.kind) {
        case EntryKind::File:
            return true;
        case EntryKind::Folder:
            frame.subfolders.push_back(entry);
            return false;
        case EntryKind::Link:
            return isFileBehindLink(listing, name);
        case EntryKind::Special:
            break;
        }
        skip(join(listing.sourcePath, displayText(name)), ErrorCode::FileUnreadable,
            u"a device, pipe or socket, not opened"_s);
        return false;
    });
    frame.folder = std::make_shared<const FolderListing>(std::move(listing));
    return frame;
}

bool FolderWalk::isFileBehindLink(const FolderListing& folder, std::string_view name)
{
    const QString sourcePath = join(folder.sourcePath, displayText(name));
    std::error_code problem;
    const auto target = std::filesystem::canonical(filesystemPath(joinNative(folder.nativePath, name)), problem);
    if (problem == std::errc::no_such_file_or_directory) {
        skip(sourcePath, ErrorCode::FileNotFound, u"a link that leads nowhere"_s);
        return false;
    }
    if (problem) {
        skip(sourcePath, ErrorCode::FileUnreadable, u"a link: "_s + QString::fromStdString(problem.message()));
        return false;
    }
    if (!isInside(target.string())) {
        skip(sourcePath, ErrorCode::FileUnreadable, u"a link that leads out of what was given, not followed"_s);
        return false;
    }
    const auto type = std::filesystem::status(target, problem).type();
    if (type != std::filesystem::file_type::regular && type != std::filesystem::file_type::directory) {
        skip(sourcePath, ErrorCode::FileUnreadable, u"a link to a device, pipe or socket, not opened"_s);
    }
    return type == std::filesystem::file_type::regular;
}

bool FolderWalk::isInside(const std::string& target) const
{
    return std::any_of(m_roots.begin(), m_roots.end(), [&](const std::string& root) {
        const bool isBelow = target.size() > root.size() && target[root.size()] == '/';
        return root == "/" || (target.starts_with(root) && (isBelow || target == root));
    });
}

void FolderWalk::skip(const QString& sourcePath, ErrorCode code, const QString& detail)
{
    m_onSkipped({sourcePath, makeError(code, detail)});
}

} // namespace radpost::scan
