#pragma once

#include "core/base/Result.h"

#include <QFile>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace radpost::scan {

/// Size and modification time: what tells one content of a file from the next without reading it.
struct FileStamp
{
    qint64 sizeBytes = 0;
    qint64 mtimeNs = 0; ///< since the epoch
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

enum class Fate {
    Taken,
    SetAside, ///< no DICOM; it stays where it is
};

/// Remembers across restarts which files of a watch folder were taken, so that one that stays there is not taken twice.
/// A journal: each file is on the disk before add() returns; the line of a killed process that was cut off is ignored.
/// Blocks on the disk; one thread at a time, one process.
class TakenFiles final
{
public:
    TakenFiles() = default; ///< remembers nothing beyond this object
    Q_DISABLE_COPY_MOVE(TakenFiles)

    /// Reads the journal at @p path, or begins one. Errors: FileUnreadable, FileWriteFailed.
    [[nodiscard]] Result<> open(const QString& path);

    /// Nothing when it is not known, or has another content now.
    [[nodiscard]] std::optional<Fate> fateOf(const QString& file, const FileStamp& stamp) const;

    /// Errors: FileWriteFailed; it is remembered until the end of the process all the same.
    [[nodiscard]] Result<> add(const QString& file, const FileStamp& stamp, Fate fate);

    /// The file is gone. The journal shrinks now and then.
    void forget(const QString& file);

    [[nodiscard]] QStringList files() const { return m_taken.keys(); }

private:
    [[nodiscard]] Result<> rewrite();
    [[nodiscard]] Result<> append(const QByteArray& line);

    struct Entry
    {
        FileStamp stamp;
        Fate fate = Fate::Taken;
    };

    QHash<QString, Entry> m_taken;
    QFile m_journal;
    qsizetype m_lines = 0;
};

} // namespace radpost::scan
