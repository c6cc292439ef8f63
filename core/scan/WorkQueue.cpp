#include "core/scan/WorkQueue.h"

#include <utility>

namespace radpost::scan {

WorkQueue::WorkQueue(CancelToken cancel)
    : m_cancel(std::move(cancel))
{
}

void WorkQueue::push(FileBatch batch)
{
    {
        std::unique_lock lock(m_mutex);
        m_hasRoom.wait(lock, m_cancel.stopToken(), [this] { return m_batches.size() < kMostBatches; });
        if (m_cancel.isCancelled()) {
            return;
        }
        m_batches.push_back(std::move(batch));
    }
    m_hasWork.notify_one();
}

void WorkQueue::pushArchive(FoundFile archive)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_archives.push_back(std::move(archive));
    }
    m_hasWork.notify_one();
}

void WorkQueue::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosed = true;
    }
    m_hasWork.notify_all();
}

std::optional<Work> WorkQueue::take(bool& isBusy)
{
    std::unique_lock lock(m_mutex);
    if (std::exchange(isBusy, false) && --m_busy == 0 && m_isClosed) {
        m_hasWork.notify_all();
    }
    const auto hasWork = [this] { return !m_batches.empty() || !m_archives.empty(); };
    m_hasWork.wait(lock, m_cancel.stopToken(), [&] { return hasWork() || (m_isClosed && m_busy == 0); });
    if (m_cancel.isCancelled() || !hasWork()) {
        return std::nullopt;
    }
    isBusy = true;
    ++m_busy;
    if (!m_archives.empty()) {
        Work archive = std::move(m_archives.front());
        m_archives.pop_front();
        return archive;
    }
    Work batch = std::move(m_batches.front());
    m_batches.pop_front();
    lock.unlock();
    m_hasRoom.notify_one();
    return batch;
}

} // namespace radpost::scan
