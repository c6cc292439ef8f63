#pragma once

#include "core/base/Result.h"

#include <QString>

#include <memory>

namespace radpost {

/// The right to something that one process at a time may have, as a lock on a file. The operating system takes it back
/// when the process ends, however it ends, and whatever the machine is called by then. The file stays. Any thread.
class FileLock final
{
public:
    struct Refusal
    {
        bool isHeld = false; ///< another one has it; else the file cannot be made
        QString detail;      ///< for support: who, or why
    };

    /// Does not wait.
    [[nodiscard]] static tl::expected<std::unique_ptr<FileLock>, Refusal> acquire(const QString& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    struct Private;
    explicit FileLock(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace radpost
