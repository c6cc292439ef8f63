#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <mutex>

namespace radpost::scan {

/// The part of ScanParams::temporaryFolder that one scan uses: files unpacked from archives, and links that give a
/// name to files whose own name is not text. Made at first use, mode 0700; whoever owns the temporary folder removes
/// it, because what is in it is sent later. Any thread.
class ScratchArea final
{
public:
    /// @p reserveBytes of free space are left alone.
    ScratchArea(QString parent, qint64 reserveBytes);

    /// Makes and opens a new file that only this user can read (0600); @p file has its name then.
    /// Errors: InvalidArgument (no temporary folder), DiskFull, FileWriteFailed.
    [[nodiscard]] Result<> createFile(QFile& file);

    /// A name for @p target that QFile can open. Errors: as createFile, Unsupported where there are no links.
    [[nodiscard]] Result<QString> linkTo(const QByteArray& target);

    /// DiskFull when @p moreBytes would eat into the reserve. Blocks on the file system.
    [[nodiscard]] Result<> checkRoom(qint64 moreBytes) const;

private:
    [[nodiscard]] Result<QString> nextName();
    [[nodiscard]] Result<> makeFolder();

    const QString m_parent;
    const qint64 m_reserveBytes;
    std::mutex m_mutex; // guards what follows
    QString m_folder;
    quint64 m_count = 0;
};

} // namespace radpost::scan
