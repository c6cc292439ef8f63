#pragma once

#include "core/observe/LogFile.h"
#include "core/observe/LogRing.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace radpost::observe {

struct JournalParams
{
    LogFileParams files;             ///< without a folder: in memory only, until writeTo() names one
    std::size_t maxEntries = 10'000; ///< in memory
    qsizetype maxWaiting = 4 << 20; ///< bytes that wait for the disk; what comes then is lost to the files, and counted
    bool awaitsFolder = false;      ///< lines are kept for the files of writeTo()
};

/// What the program did: the newest entries in memory, and all of them, masked, as lines of rotating files. Any thread;
/// adding never waits for the disk.
class Journal final
{
public:
    explicit Journal(JournalParams params = {});

    /// Writes what waits. Blocks on the disk.
    ~Journal();
    Q_DISABLE_COPY_MOVE(Journal)

    /// From now on, until this is gone, it takes all log messages of the process; warnings and errors also go, masked,
    /// to standard error.
    void takeLog(LogLevel threshold);

    /// Begins the files, with what was added before; for programs that learn their folder from their configuration.
    /// Once; nothing happens when there are files already. Any thread; does not block.
    void writeTo(const QString& folder);

    /// Gives the entry its time when it has none.
    void add(LogEntry entry);

    [[nodiscard]] const LogRing& ring() const { return m_ring; }
    /// Empty: there are no files.
    [[nodiscard]] QString folder() const;
    /// Why the files cannot be written now.
    [[nodiscard]] std::optional<Error> fileError() const;

    /// Blocks until what was added before is written, or could not be.
    void flush();

private:
    void enqueue(QByteArray line);
    void begin();
    void run(const LogFileParams& files, const std::stop_token& stop);
    void writeOut(LogFile& file, const QByteArray& lines, qint64 lost);

    JournalParams m_params; ///< its folder is guarded by m_mutex
    LogRing m_ring;
    bool m_hasLog = false;
    std::atomic<bool> m_hasFiles = false;
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable_any m_wake;
    std::condition_variable m_written;
    QByteArray m_waiting;
    qint64 m_lost = 0;
    bool m_isWriting = false;
    std::optional<Error> m_error;
    std::jthread m_thread; // the last member: it uses all of the above
};

} // namespace radpost::observe
