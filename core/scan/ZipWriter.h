#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace radpost::scan {

/// Makes a ZIP file of entries that are in memory, readable by its owner alone. It takes the place of a file of that
/// name by finish() and not before. One thread; blocks on the disk.
class ZipWriter final
{
public:
    /// Errors: FileWriteFailed, DiskFull, as those of the other calls.
    [[nodiscard]] static Result<ZipWriter> create(const QString& path);

    /// What is not finished leaves nothing behind.
    ~ZipWriter();
    ZipWriter(ZipWriter&&) noexcept;
    ZipWriter& operator=(ZipWriter&&) noexcept;

    /// @p name with forward slashes, relative.
    [[nodiscard]] Result<> add(const QString& name, const QByteArray& bytes);
    [[nodiscard]] Result<> finish();

    /// Of the library, for support.
    [[nodiscard]] static QString libraryVersion();

private:
    struct Private;
    explicit ZipWriter(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

} // namespace radpost::scan
