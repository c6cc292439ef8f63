#include "core/base/FileDescriptor.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost {

void FileDescriptor::reset(int value)
{
    close();
    m_value = value;
}

bool FileDescriptor::close()
{
    const int closed = m_value >= 0 ? ::close(m_value) : 0;
    m_value = -1;
    return closed == 0;
}

quint64 raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    const auto before = std::exchange(limit.rlim_cur, limit.rlim_max);
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

bool syncData(int file)
{
#ifdef Q_OS_DARWIN
    return ::fcntl(file, F_FULLFSYNC) == 0 || ::fsync(file) == 0; // fsync() alone stops at the drive's cache
#else
    return ::fdatasync(file) == 0;
#endif
}

bool syncNames(int directory)
{
    return ::fsync(directory) == 0 || errno == EINVAL; // EINVAL: a file system that has nothing to sync there
}

bool writeAll(int file, std::span<iovec> vectors)
{
    while (!vectors.empty()) {
        const auto put = ::writev(file, vectors.data(), static_cast<int>(vectors.size()));
        if (put < 0 && errno != EINTR) {
            return false;
        }
        auto count = static_cast<std::size_t>(std::max<ssize_t>(put, 0));
        while (!vectors.empty() && count >= vectors.front().iov_len) {
            count -= vectors.front().iov_len;
            vectors = vectors.subspan(1);
        }
        if (!vectors.empty()) {
            vectors.front().iov_base = static_cast<std::byte*>(vectors.front().iov_base) + count;
            vectors.front().iov_len -= count;
        }
    }
    return true;
}

Error writeError(int errorNumber, const QString& what)
{
    const bool isFull = errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG;
    return makeError(isFull ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed,
        what + u": "_s + QString::fromLocal8Bit(std::strerror(errorNumber)));
}

} // namespace radpost
