#pragma once

#include "core/base/Result.h"
#include "core/dicom/ByteSource_p.h"

#include <QString>

#include <memory>

namespace radpost::dicom {

/// A regular file, read by position into a small buffer that is kept from file to file.
class FileSource final : public ByteSource
{
public:
    FileSource();
    ~FileSource() override;

    /// Closes the file before, opens @p path and notes its size and modification time. Never waits on a pipe.
    /// Errors: FileNotFound, FileUnreadable, NotDicom for what is not a regular file.
    [[nodiscard]] Result<> open(const QString& path);
    void close();

    [[nodiscard]] qint64 mtimeNs() const { return m_mtimeNs; }

protected:
    bool fill(qint64 offset, qint64 count) override;

private:
    struct Handle;

    std::unique_ptr<Handle> m_handle;
    std::unique_ptr<std::byte[]> m_buffer;
    qint64 m_readSize = 0;
    qint64 m_mtimeNs = 0;
};

} // namespace radpost::dicom
