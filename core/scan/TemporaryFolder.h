#pragma once

#include "core/base/Result.h"

#include <QLockFile>
#include <QString>

#include <memory>
#include <vector>

namespace radpost::scan {

/// A private folder (mode 0700) that goes away with this object, and that a later process can tell from one still in
/// use when this process dies first. A lock file beside the folder names the owner; it exists before the folder does.
/// Movable; belongs to one thread at a time. Blocks on the file system.
class TemporaryFolder final
{
public:
    /// Makes a folder in @p parent, and @p parent where needed. Errors: FileWriteFailed.
    [[nodiscard]] static Result<TemporaryFolder> create(const QString& parent);

    /// Takes over every folder in @p parent whose process is gone. Dropping the result removes them; a caller whose
    /// jobs still need the files keeps it.
    [[nodiscard]] static std::vector<TemporaryFolder> takeLeftovers(const QString& parent);

    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder&&) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&&) noexcept;

    [[nodiscard]] QString path() const { return m_path; }

    /// Gives up the folder without removing it: takeLeftovers() finds it again.
    void leave();

private:
    TemporaryFolder(QString path, std::unique_ptr<QLockFile> lock);
    void remove();

    QString m_path; // empty: nothing is owned
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace radpost::scan
