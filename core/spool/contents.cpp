#include "core/spool/contents.h"

#include "core/base/FileDescriptor.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace radpost::spool {

namespace {

constexpr std::size_t kBuffer = 128 * 1024;

/// Fills @p buffer unless the file ends before; negative: see errno.
qint64 readAt(int file, std::vector<std::byte>& buffer, qint64 offset)
{
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const auto got = ::pread(file, buffer.data() + filled, buffer.size() - filled, offset + qint64(filled));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? -1 : qint64(filled);
        }
        filled += static_cast<std::size_t>(got);
    }
    return qint64(filled);
}

Comparison compareBytes(int first, qint64 firstAt, int second, qint64 secondAt)
{
    std::vector<std::byte> a(kBuffer);
    std::vector<std::byte> b(kBuffer);
    for (;;) {
        const auto gotA = readAt(first, a, firstAt);
        const auto gotB = readAt(second, b, secondAt);
        if (gotA < 0 || gotB < 0) {
            return Comparison::Unreadable;
        }
        if (gotA != gotB || std::memcmp(a.data(), b.data(), static_cast<std::size_t>(gotA)) != 0) {
            return Comparison::Different;
        }
        if (gotA < qint64(kBuffer)) {
            return Comparison::Equal;
        }
        firstAt += gotA;
        secondAt += gotB;
    }
}

} // namespace

Comparison compareContents(
    const QByteArray& first, qint64 firstAt, const QByteArray& second, qint64 secondAt, bool syncFirst)
{
    const FileDescriptor a(::open(first.constData(), O_RDONLY | O_CLOEXEC));
    if (!a.isOpen()) {
        return errno == ENOENT ? Comparison::FirstIsGone : Comparison::Unreadable;
    }
    const FileDescriptor b(::open(second.constData(), O_RDONLY | O_CLOEXEC));
    if (!b.isOpen()) {
        return Comparison::Unreadable;
    }
    const auto result = compareBytes(a.get(), firstAt, b.get(), secondAt);
    const bool isUnsafe = result == Comparison::Equal && syncFirst && !syncData(a.get());
    return isUnsafe ? Comparison::Unreadable : result;
}

} // namespace radpost::spool
