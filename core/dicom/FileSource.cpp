#include "core/dicom/FileSource_p.h"

#include <QFile>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#else
#include <QDateTime>
#include <QFileInfo>
#endif

namespace radpost::dicom {

namespace {

// Holds the header of most files (2-4 KB); copying more out of the page cache would cost more than it saves.
constexpr qint64 kFirstRead = 8 * 1024;
constexpr qint64 kSmallRead = 2 * 1024;

} // namespace

#ifdef Q_OS_UNIX

struct FileSource::Handle
{
    int descriptor = -1;

    [[nodiscard]] Result<> open(const QString& path, qint64* size, qint64* mtimeNs)
    {
        // O_NONBLOCK: opening a pipe that nobody writes to must not hang the scan.
        descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        struct stat status = {};
        if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
            const bool missing = errno == ENOENT || errno == ENOTDIR;
            return fail(missing ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable,
                QString::fromLocal8Bit(std::strerror(errno)));
        }
        if (!S_ISREG(status.st_mode)) {
            return fail(ErrorCode::NotDicom, QStringLiteral("not a regular file"));
        }
        *size = status.st_size;
#ifdef Q_OS_DARWIN
        const auto& modified = status.st_mtimespec;
#else
        const auto& modified = status.st_mtim;
#endif
        *mtimeNs = qint64(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec;
        return {};
    }

    [[nodiscard]] qint64 read(std::byte* into, qint64 count, qint64 offset) const
    {
        ssize_t got = -1;
        do {
            got = ::pread(descriptor, into, static_cast<size_t>(count), offset);
        } while (got < 0 && errno == EINTR);
        return got;
    }

    void close()
    {
        if (descriptor >= 0) {
            ::close(descriptor);
            descriptor = -1;
        }
    }
};

#else

struct FileSource::Handle
{
    QFile file;

    [[nodiscard]] Result<> open(const QString& path, qint64* size, qint64* mtimeNs)
    {
        const QFileInfo info(path);
        if (!info.exists()) {
            return fail(ErrorCode::FileNotFound);
        }
        if (!info.isFile()) {
            return fail(ErrorCode::NotDicom, QStringLiteral("not a regular file"));
        }
        file.setFileName(path);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
            return fail(ErrorCode::FileUnreadable, file.errorString());
        }
        *size = file.size();
        *mtimeNs = info.lastModified().toMSecsSinceEpoch() * 1'000'000;
        return {};
    }

    [[nodiscard]] qint64 read(std::byte* into, qint64 count, qint64 offset)
    {
        return file.seek(offset) ? file.read(reinterpret_cast<char*>(into), count) : -1;
    }

    void close() { file.close(); }
};

#endif

FileSource::FileSource()
    : m_handle(std::make_unique<Handle>())
    , m_buffer(new std::byte[kMaxView])
{
}

FileSource::~FileSource()
{
    m_handle->close();
}

Result<> FileSource::open(const QString& path)
{
    close();
    const auto opened = m_handle->open(path, &m_end, &m_mtimeNs);
    if (!opened) {
        close();
    }
    return opened;
}

void FileSource::close()
{
    m_handle->close();
    m_window = m_buffer.get();
    m_windowStart = m_windowSize = m_end = m_mtimeNs = 0;
    m_readSize = kFirstRead / 2;
    m_fault = Fault::None;
}

bool FileSource::fill(qint64 offset, qint64 count)
{
    // Reading on takes larger and larger steps; behind a skipped value often just one element is looked at.
    const bool readsOn = offset <= m_windowStart + m_windowSize;
    m_readSize = readsOn ? std::min(m_readSize * 2, kMaxView) : kSmallRead;
    const qint64 wanted = std::min(std::max(count, m_readSize), m_end - offset);
    m_windowStart = offset;
    m_windowSize = 0;
    while (m_windowSize < count) {
        const qint64 got = m_handle->read(m_buffer.get() + m_windowSize, wanted - m_windowSize, offset + m_windowSize);
        if (got <= 0) {
            m_fault = got < 0 ? Fault::Unreadable : Fault::None;
            return false;
        }
        m_windowSize += got;
    }
    return true;
}

} // namespace radpost::dicom
