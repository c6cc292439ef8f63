#pragma once

#include "core/base/CancelToken.h"
#include "core/queue/JobFeed.h"
#include "core/queue/Sender.h"

#include <deque>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace radpost::queue {

class Lane;

/// One thread with at most one session. What it does next, the lane says.
class Worker final
{
public:
    Worker(Lane& lane, std::unique_ptr<Sender> sender);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Errors: those of startThread().
    [[nodiscard]] Result<> start();
    void join();
    /// Ends every wait of its session. Any thread.
    void cancel() { m_cancel.cancel(); }
    [[nodiscard]] bool isCancelled() const { return m_cancel.isCancelled(); }

    /// Whether the open session can carry it. The worker's thread only.
    [[nodiscard]] bool carries(const ContextNeed& need);

    /// What the lane keeps of each worker; guarded by the lane's mutex.
    struct LaneState
    {
        bool open = false;
        bool opening = false;
        bool retire = false;
        bool finished = false;
        bool hadOutcome = false; ///< in this session
        int inFlight = 0;
        Clock::SteadyTime since{}; ///< opening or idle
        AssociationId association;
        quint64 serial = 0; ///< of the session, in the order they opened
    };
    LaneState lane;

private:
    struct Submitted
    {
        QueuedItem item;
        Clock::WallTime startedAt;
    };

    void main();
    void openSession(const QList<ContextNeed>& needs);
    void closeSession();
    void serve(QueuedItem&& first);
    [[nodiscard]] Result<> submitNext();
    [[nodiscard]] Result<> awaitOne();
    void reportEnd(const Error& error);
    void reportBrokenFile(const Error& error);
    void reportDeath(const Error& error);

    Lane& m_lane;
    std::unique_ptr<Sender> m_sender;
    CancelSource m_cancel;
    std::thread m_thread;
    std::deque<Submitted> m_outstanding;
    std::optional<QueuedItem> m_next;
    bool m_isPrepared = false; // m_next was shown to the sender
    bool m_isOpen = false;
    int m_window = 1;
    std::optional<ContextNeed> m_carried; // the last need that was carried: nearly always the next one, too
};

} // namespace radpost::queue
