#include "core/scan/WorkQueue.h"

#include <algorithm>
#include <utility>

namespace radpost::scan {

namespace {

constexpr size_t kMostPerThread = 4;

} // namespace

WorkQueue::WorkQueue(Walk walk, int threads, CancelToken cancel)
    : m_walk(std::move(walk))
    , m_few(static_cast<size_t>(std::max(threads, 1)))
    , m_most(m_few * kMostPerThread)
    , m_cancel(std::move(cancel))
{
}

void WorkQueue::pushArchive(FoundFile archive)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_archives.push_back(std::move(archive));
    }
    m_hasNews.notify_one();
}

std::optional<Work> WorkQueue::takeReady(bool& isBusy)
{
    const std::scoped_lock lock(m_mutex);
    finish(isBusy);
    return isWalkDue() ? std::nullopt : pop(isBusy);
}

std::optional<Work> WorkQueue::take(bool& isBusy)
{
    std::unique_lock lock(m_mutex);
    finish(isBusy);
    while (!m_cancel.isCancelled()) {
        if (isWalkDue()) {
            walkAhead(lock);
        }
        if (auto work = pop(isBusy)) {
            return work;
        }
        if (isOver()) {
            break;
        }
        m_hasNews.wait(lock, m_cancel.stopToken(), [this] { return hasWork() || isWalkDue() || isOver(); });
    }
    return std::nullopt;
}

std::optional<Work> WorkQueue::pop(bool& isBusy)
{
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
    return batch;
}

bool WorkQueue::isWalkDue() const
{
    return !m_isWalked && !m_isWalking && m_archives.empty() && m_batches.size() < m_few;
}

bool WorkQueue::isOver() const
{
    return m_isWalked && m_busy == 0 && !hasWork();
}

void WorkQueue::finish(bool& isBusy)
{
    if (std::exchange(isBusy, false) && --m_busy == 0 && isOver()) {
        m_hasNews.notify_all();
    }
}

void WorkQueue::walkAhead(std::unique_lock<std::mutex>& lock)
{
    m_isWalking = true;
    while (!m_isWalked && m_batches.size() < m_most) {
        lock.unlock();
        auto batch = m_walk();
        lock.lock();
        if (batch) {
            m_batches.push_back(std::move(*batch));
            m_hasNews.notify_one();
        } else {
            m_isWalked = true;
            m_hasNews.notify_all();
        }
    }
    m_isWalking = false;
}

} // namespace radpost::scan
