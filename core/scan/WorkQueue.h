#pragma once

#include "core/base/CancelToken.h"
#include "core/scan/FolderWalk.h"
#include "core/scan/FoundFile.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <variant>

namespace radpost::scan {

/// Files to look at, or one archive: an archive may take minutes, so it is work of its own and any thread takes it.
using Work = std::variant<FileBatch, FoundFile>;

/// Between the walk and the reading threads. Bounded for the walk; archives come from the readers, which must never
/// wait for themselves, and are few. Any thread.
class WorkQueue final
{
public:
    explicit WorkQueue(CancelToken cancel);

    /// Waits for room. Nothing is added once cancelled.
    void push(FileBatch batch);

    void pushArchive(FoundFile archive);

    /// No more batches will come.
    void close();

    /// The next piece of work, archives first; waits for one. What was taken before counts as done with this call.
    /// Nothing when the queue is closed and no thread can add to it any more, or when cancelled.
    [[nodiscard]] std::optional<Work> take(bool& isBusy);

private:
    static constexpr size_t kMostBatches = 64;

    const CancelToken m_cancel;
    std::mutex m_mutex; // guards what follows
    std::condition_variable_any m_hasRoom;
    std::condition_variable_any m_hasWork;
    std::deque<FileBatch> m_batches;
    std::deque<FoundFile> m_archives;
    int m_busy = 0; // threads that may still add archives
    bool m_isClosed = false;
};

} // namespace radpost::scan
