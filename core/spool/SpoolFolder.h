#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <atomic>

#include <sys/types.h>

namespace radpost::spool {

enum class Durability {
    Process,   ///< survives the end of this program, not a power loss in the next half minute or so
    PowerLoss, ///< files and their names are on the disk
};

/// Where the files of the spool lie: <root>/0012/345/0012345678.dcm, a thousand in a folder, all private to the owner.
/// What is not whole yet lies in <root>/incoming. Any thread once it is open.
class SpoolFolder final
{
public:
    static constexpr qint64 kFilesPerLeaf = 1000;

    explicit SpoolFolder(const QString& root);
    ~SpoolFolder() = default;
    Q_DISABLE_COPY_MOVE(SpoolFolder)

    /// Makes it where it is missing, keeps others from writing to it, takes it for this process alone, and removes what
    /// a killed one left unfinished: that was acknowledged to nobody. Errors: FileWriteFailed, DiskFull.
    [[nodiscard]] Result<> open();

    [[nodiscard]] const QString& root() const { return m_root; }

    /// A name for a file that is not whole yet; each call gives another.
    [[nodiscard]] QByteArray unfinishedPath();

    [[nodiscard]] QByteArray pathOf(qint64 id) const;

    /// Moves a whole file to its place, which nobody has yet. Errors: FileWriteFailed, DiskFull.
    [[nodiscard]] Result<> publish(const QByteArray& unfinished, qint64 id, Durability durability) const;

    /// The folder by that name is the one that open() took: not moved, not replaced, its volume there. Two system
    /// calls.
    [[nodiscard]] bool isStillOurs() const;

    /// False, with errno, when it is still there.
    bool remove(qint64 id) const;
    /// What was removed from the folder of @p id stays so after a power loss; a folder that is not there has nothing.
    [[nodiscard]] bool syncLeaf(qint64 id) const;

    /// Takes a file that is none of ours out of the way, to <root>/damaged.
    bool setAside(qint64 id) const;

    /// Folders that have files, each by the first id of its thousand, ascending. Blocks on the disk. Errors:
    /// FileUnreadable when the disk does not answer or the folder is not the one that was opened any more.
    [[nodiscard]] Result<QList<qint64>> leaves() const;
    /// The ids of the files of one of them, ascending; none when it is not there. Errors: as leaves().
    [[nodiscard]] Result<QList<qint64>> idsIn(qint64 leaf) const;
    /// 0: there is no file. Errors: as leaves().
    [[nodiscard]] Result<qint64> highestId() const;

private:
    [[nodiscard]] QByteArray leafPath(qint64 id) const;
    [[nodiscard]] Result<QList<qint64>> numbersBelow(
        const QByteArray& path, mode_t type, const QByteArray& suffix) const;
    [[nodiscard]] Result<> makeLeaf(qint64 id, Durability durability) const;

    const QString m_root;
    const QByteArray m_path;
    FileDescriptor m_lock;
    std::atomic<quint64> m_next{0};
};

} // namespace radpost::spool
