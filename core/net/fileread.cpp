#include "core/net/fileread_p.h"

#include <cerrno>
#include <cstring>

#ifdef _WIN32
#include <algorithm>
#include <cstdio>
#include <io.h>
#else
#include <unistd.h>
#endif

namespace radpost::net {

namespace {

qint64 readOnce(int fileDescriptor, qint64 offset, std::span<std::byte> into)
{
#ifdef _WIN32
    if (_lseeki64(fileDescriptor, offset, SEEK_SET) < 0) {
        return -1;
    }
    return _read(fileDescriptor, into.data(), static_cast<unsigned>(std::min<std::size_t>(into.size(), 1 << 30)));
#else
    return pread(fileDescriptor, into.data(), into.size(), offset);
#endif
}

} // namespace

Result<std::size_t> readAt(int fileDescriptor, qint64 offset, std::span<std::byte> into)
{
    for (;;) {
        const qint64 got = readOnce(fileDescriptor, offset, into);
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            return fail(ErrorCode::FileUnreadable, QString::fromLocal8Bit(std::strerror(errno)));
        }
    }
}

} // namespace radpost::net
