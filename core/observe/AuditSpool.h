#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/base/Deadline.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

class QFile;

namespace radpost {
class FileLock;
}

namespace radpost::observe {

struct AuditSpoolParams
{
    QString folder;                    ///< made with mode 0700 when it is missing
    qint64 segmentBytes = 8 << 20;     ///< a new file is begun beyond this
    qint64 maxBytes = qint64(1) << 30; ///< of all files; beyond it the oldest one goes, delivered or not
    bool isToBeDelivered = true;       ///< false: nobody takes the messages from here, so none is lost by growing old
};

/// A place between two messages.
struct AuditPosition
{
    qint64 segment = 0;
    qint64 offset = 0;
    friend auto operator<=>(const AuditPosition&, const AuditPosition&) = default;
};

struct AuditRecord
{
    Clock::WallTime time;
    QByteArray xml;
    AuditPosition next; ///< behind it
};

struct AuditBatch
{
    std::vector<AuditRecord> records;
    AuditPosition next; ///< behind the last one, and behind broken lines after it
};

/// Audit messages in files that are only appended to, audit-00000001.log and on, readable by their owner alone; one
/// line each, with a check sum. What append() has taken survives the end of the process at any moment, and of the
/// machine where the disk keeps what it has synced. Any thread.
class AuditSpool final
{
public:
    /// Blocks on files. Errors: FileWriteFailed (also: another process has it), DiskFull.
    [[nodiscard]] static Result<std::unique_ptr<AuditSpool>> open(AuditSpoolParams params);
    ~AuditSpool();
    Q_DISABLE_COPY_MOVE(AuditSpool)

    /// Returns when the message is in the file and synced. @p xml is one line. Errors: FileWriteFailed, DiskFull,
    /// InvalidArgument; the next call tries anew.
    [[nodiscard]] Result<> append(const QByteArray& xml, Clock::WallTime time);

    /// Messages from @p from on, at most @p maxRecords. Broken lines, as a power cut leaves them, are passed over; a
    /// file that cannot be read is not, so what comes behind it waits. Blocks on files. Errors: FileUnreadable, when
    /// that is the next one.
    [[nodiscard]] Result<AuditBatch> read(AuditPosition from, int maxRecords) const;

    /// Gives up what somebody removed from the files, so that read() goes on behind it. Does nothing while the folder
    /// is away as a whole: it may come back. Blocks on files.
    void dropRemoved();

    /// Up to where everything was delivered; survives a restart. Moves back only by setDelivered().
    [[nodiscard]] AuditPosition delivered() const;
    [[nodiscard]] Result<> setDelivered(AuditPosition position);

    /// Waits for a message behind @p position. False: the deadline came or @p cancel was pulled.
    [[nodiscard]] bool waitForMore(AuditPosition position, const Deadline& deadline, const CancelToken& cancel) const;

    [[nodiscard]] qint64 undeliveredBytes() const;
    /// Messages that had to go before they were delivered, since the start. Those of a file that cannot be read any
    /// more count as one: nobody can say how many they were.
    [[nodiscard]] qint64 lost() const;

private:
    using Segment = std::pair<qint64, qint64>; ///< number and bytes

    explicit AuditSpool(AuditSpoolParams params);
    [[nodiscard]] Result<> openFolder();
    [[nodiscard]] Result<> openSegment(qint64 number);
    void readDelivered();
    [[nodiscard]] bool writeDelivered(AuditPosition position) const;
    [[nodiscard]] Result<> makeRoom(qint64 bytes);
    void dropOldest();
    [[nodiscard]] qint64 countLines(AuditPosition begin) const;
    [[nodiscard]] Result<> readSegment(AuditPosition begin, qint64 bytes, size_t maxRecords, AuditBatch& batch) const;
    [[nodiscard]] bool isKept(qint64 segment) const;
    void shorten(Segment& segment, qint64 bytes);
    [[nodiscard]] QString pathOf(qint64 segment) const;
    [[nodiscard]] QString lockPath() const;
    [[nodiscard]] AuditPosition end() const;

    const AuditSpoolParams m_params;
    std::unique_ptr<FileLock> m_lock;
    mutable std::mutex m_mutex; // guards what follows
    mutable std::condition_variable_any m_grew;
    std::vector<Segment> m_segments; ///< oldest first; never empty once it is open
    std::unique_ptr<QFile> m_file;   ///< the last one
    AuditPosition m_delivered;
    qint64 m_lost = 0;
};

} // namespace radpost::observe
