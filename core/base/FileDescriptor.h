#pragma once

#include "core/base/Result.h"

#include <QtGlobal>

#include <cstddef>
#include <span>

struct iovec;

namespace radpost {

/// A descriptor of the system that closes itself. One thread at a time.
class FileDescriptor final
{
public:
    explicit FileDescriptor(int value = -1)
        : m_value(value)
    {
    }
    ~FileDescriptor() { close(); }
    Q_DISABLE_COPY(FileDescriptor)

    [[nodiscard]] int get() const { return m_value; }
    [[nodiscard]] bool isOpen() const { return m_value >= 0; }
    void reset(int value);
    /// False when the system tells a late write error; see errno.
    bool close();

private:
    int m_value;
};

/// As many descriptors as the system lets this process have: shells and units often allow fewer than two hundred
/// associations take with their files. @return how many; 0: unknown.
quint64 raiseDescriptorLimit();

/// The content of a file on the disk, and what is needed to find it; false: see errno. Blocks.
[[nodiscard]] bool syncData(int file);

/// The names of a directory on the disk; false: see errno. Blocks.
[[nodiscard]] bool syncNames(int directory);

/// Writes all of @p vectors, which are used up; false: see errno. Blocks.
[[nodiscard]] bool writeAll(int file, std::span<iovec> vectors);

/// DiskFull when @p errorNumber means that there is no room, else FileWriteFailed.
[[nodiscard]] Error writeError(int errorNumber, const QString& what);

} // namespace radpost
