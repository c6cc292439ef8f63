#include "core/scan/FolderListing.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <QDirIterator>
#include <QFileInfo>
#endif

#include <algorithm>

namespace radpost::scan {

void FolderListing::add(std::string_view name, EntryKind kind)
{
    m_entries.push_back({static_cast<quint32>(m_names.size()), static_cast<quint16>(name.size()), kind});
    m_names.append(name);
}

void FolderListing::sort()
{
    std::sort(m_entries.begin(), m_entries.end(), [this](const Entry& a, const Entry& b) { return name(a) < name(b); });
}

std::string_view FolderListing::name(const Entry& entry) const
{
    return std::string_view(m_names).substr(entry.offset, entry.length);
}

QByteArray joinNative(const QByteArray& folder, std::string_view name)
{
    QByteArray joined;
    joined.reserve(folder.size() + 1 + static_cast<qsizetype>(name.size()));
    joined.append(folder);
    if (!joined.endsWith('/')) {
        joined.append('/');
    }
    joined.append(name.data(), static_cast<qsizetype>(name.size()));
    return joined;
}

#ifdef Q_OS_UNIX

namespace {

struct CloseFolder
{
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

tl::unexpected<Error> folderFailure(int errorNumber)
{
    const bool isGone = errorNumber == ENOENT || errorNumber == ENOTDIR;
    const QString detail = QStringLiteral("folder: ") + QString::fromLocal8Bit(std::strerror(errorNumber));
    return fail(isGone ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable, detail);
}

EntryKind kindOfMode(mode_t mode)
{
    if (S_ISREG(mode)) {
        return EntryKind::File;
    }
    if (S_ISDIR(mode)) {
        return EntryKind::Folder;
    }
    return S_ISLNK(mode) ? EntryKind::Link : EntryKind::Special;
}

EntryKind kindOf(const dirent& entry, int folder)
{
    switch (entry.d_type) {
    case DT_REG:
        return EntryKind::File;
    case DT_DIR:
        return EntryKind::Folder;
    case DT_LNK:
        return EntryKind::Link;
    case DT_UNKNOWN: {
        struct stat status = {};
        // An entry that vanished meanwhile counts as a file: opening it gives the true reason.
        const bool known = ::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0;
        return known ? kindOfMode(status.st_mode) : EntryKind::File;
    }
    default:
        return EntryKind::Special;
    }
}

} // namespace

Result<FolderListing> listFolder(const QByteArray& nativePath)
{
    // O_NOFOLLOW: what was a folder a moment ago may be a link out of the tree now. A root that is a link is resolved
    // before it comes here.
    const int descriptor = ::open(nativePath.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) {
        return folderFailure(errno);
    }
    const Folder folder(::fdopendir(descriptor));
    if (!folder) {
        const int errorNumber = errno;
        ::close(descriptor);
        return folderFailure(errorNumber);
    }
    FolderListing listing;
    listing.nativePath = nativePath;
    struct stat status = {};
    if (::fstat(descriptor, &status) == 0) {
        listing.identity = {static_cast<quint64>(status.st_dev), static_cast<quint64>(status.st_ino)};
    }
    errno = 0;
    while (const dirent* entry = ::readdir(folder.get())) {
        const std::string_view name(entry->d_name);
        if (name != "." && name != "..") {
            listing.add(name, kindOf(*entry, descriptor));
        }
        errno = 0;
    }
    if (errno != 0) {
        return folderFailure(errno);
    }
    listing.sort();
    return listing;
}

#else

// Windows and others: correct, slower. Paths beyond MAX_PATH need the "\\?\" prefix there, which Qt adds by itself.
Result<FolderListing> listFolder(const QByteArray& nativePath)
{
    const QString path = QString::fromUtf8(nativePath);
    const QFileInfo folder(path);
    if (!folder.isDir() || !folder.isReadable()) {
        return fail(folder.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, QStringLiteral("folder"));
    }
    FolderListing listing;
    listing.nativePath = nativePath;
    QDirIterator entries(path, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    while (entries.hasNext()) {
        entries.next();
        const QFileInfo info = entries.fileInfo();
        const EntryKind kind = info.isSymLink() || info.isJunction() ? EntryKind::Link
            : info.isDir()                                           ? EntryKind::Folder
            : info.isFile()                                          ? EntryKind::File
                                                                     : EntryKind::Special;
        listing.add(entries.fileName().toUtf8().toStdString(), kind);
    }
    listing.sort();
    return listing;
}

#endif

} // namespace radpost::scan
