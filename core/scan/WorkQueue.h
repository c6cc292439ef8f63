#pragma once

#include "core/base/CancelToken.h"
#include "core/scan/FolderWalk.h"
#include "core/scan/FoundFile.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>

namespace radpost::scan {

/// Files to look at, or one archive: an archive may take minutes, so it is work of its own and any thread takes it.
using Work = std::variant<FileBatch, FoundFile>;

/// Work for the reading threads, who also walk: whoever finds few batches left goes for more, one thread at a time, and
/// the others read on. A thread of its own for the walk would sleep and be woken for every few batches, and would take
/// the core from a reader. Batches are bounded; archives come from the readers, and are few. Any thread.
class WorkQueue final
{
public:
    /// The next batch, nothing at the end. Called by the threads in turn, never by two at once.
    using Walk = std::function<std::optional<FileBatch>()>;

    WorkQueue(Walk walk, int threads, CancelToken cancel);

    void pushArchive(FoundFile archive);

    /// The next piece of work, archives first; walks when it is time to, or waits for others who may bring some. What
    /// was taken before counts as done with this call.
    /// Nothing when all is walked and no thread can add to it any more, or when cancelled.
    [[nodiscard]] std::optional<Work> take(bool& isBusy);

    /// The same, when that needs neither walking nor waiting; otherwise nothing.
    [[nodiscard]] std::optional<Work> takeReady(bool& isBusy);

private:
    // These want the mutex held.
    [[nodiscard]] std::optional<Work> pop(bool& isBusy);
    [[nodiscard]] bool hasWork() const { return !m_batches.empty() || !m_archives.empty(); }
    [[nodiscard]] bool isWalkDue() const;
    [[nodiscard]] bool isOver() const;
    void finish(bool& isBusy);
    void walkAhead(std::unique_lock<std::mutex>& lock);

    const Walk m_walk;
    const size_t m_few;  // batches that keep the others busy while one thread walks
    const size_t m_most; // batches to walk ahead
    const CancelToken m_cancel;
    std::mutex m_mutex; // guards what follows
    std::condition_variable_any m_hasNews;
    std::deque<FileBatch> m_batches;
    std::deque<FoundFile> m_archives;
    int m_busy = 0; // threads that may still add archives
    bool m_isWalking = false;
    bool m_isWalked = false;
};

} // namespace radpost::scan
