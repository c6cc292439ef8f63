#ifdef __linux__
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // F_SETLEASE
#endif
#endif

#include "core/scan/filestate.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif
#ifdef Q_OS_WIN
#include <windows.h>
#endif

namespace radpost::scan {

#ifdef Q_OS_UNIX

std::optional<FileStamp> stampOf(const QString& path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
#ifdef Q_OS_DARWIN
    const auto& modified = status.st_mtimespec;
#else
    const auto& modified = status.st_mtim;
#endif
    return FileStamp{status.st_size, qint64(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec};
}

#else

std::optional<FileStamp> stampOf(const QString& path)
{
    const QFileInfo info(path);
    if (info.isSymLink() || info.isJunction() || !info.isFile()) {
        return std::nullopt;
    }
    return FileStamp{info.size(), info.lastModified().toMSecsSinceEpoch() * 1'000'000};
}

#endif

#if defined(Q_OS_LINUX)

Writer writerOf(const QString& path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) {
        return Writer::Unknown;
    }
    // A read lease is refused while somebody has the file open for writing. Given back at once: nobody waits for it.
    Writer writer = Writer::None;
    if (::fcntl(descriptor, F_SETLEASE, F_RDLCK) != 0) {
        writer = errno == EAGAIN ? Writer::Open : Writer::Unknown;
    } else {
        ::fcntl(descriptor, F_SETLEASE, F_UNLCK);
    }
    ::close(descriptor);
    return writer;
}

#elif defined(Q_OS_WIN)

Writer writerOf(const QString& path)
{
    const auto native = QDir::toNativeSeparators(path).toStdWString();
    const HANDLE handle = ::CreateFileW(
        native.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        return ::GetLastError() == ERROR_SHARING_VIOLATION ? Writer::Open : Writer::Unknown;
    }
    ::CloseHandle(handle);
    return Writer::None;
}

#else

Writer writerOf(const QString&)
{
    return Writer::Unknown;
}

#endif

} // namespace radpost::scan
