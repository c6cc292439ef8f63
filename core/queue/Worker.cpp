#include "core/queue/Worker.h"

#include "core/base/thread.h"
#include "core/queue/Lane.h"
#include "core/store/threadname.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::queue {

Worker::Worker(Lane& lane_, std::unique_ptr<Sender> sender)
    : m_lane(lane_)
    , m_sender(std::move(sender))
{
}

Worker::~Worker()
{
    join();
}

Result<> Worker::start()
{
    return startThread([this] { main(); }).map([this](std::thread&& thread) { m_thread = std::move(thread); });
}

void Worker::join()
{
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

bool Worker::carries(const ContextNeed& need)
{
    if (m_carried && *m_carried == need) {
        return true;
    }
    if (!m_isOpen || !m_sender->wasProposed(need)) {
        return false;
    }
    m_carried = need;
    return true;
}

void Worker::main()
{
    store::nameThisThread("send-worker");
    for (;;) {
        auto task = m_lane.awaitTask(*this);
        switch (task.kind) {
        case LaneTask::Kind::Send:
            serve(std::move(*task.item));
            break;
        case LaneTask::Kind::Open:
            closeSession();
            openSession(task.needs);
            break;
        case LaneTask::Kind::Close:
            closeSession();
            break;
        case LaneTask::Kind::End:
            closeSession();
            m_lane.onWorkerEnded(*this);
            return;
        }
    }
}

void Worker::openSession(const QList<ContextNeed>& needs)
{
    const auto begun = m_lane.clock().steadyNow();
    auto info = m_sender->open(needs, m_cancel.token());
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(m_lane.clock().steadyNow() - begun);
    if (!info) {
        m_sender->close();
        m_lane.onOpenFailed(*this, needs, info.error());
        return;
    }
    m_isOpen = true;
    const int most = m_lane.policy().maxOutstanding;
    m_window = info->window <= 0 ? most : std::min(info->window, most);
    m_lane.onOpened(*this, *info, took);
}

void Worker::closeSession()
{
    if (!m_isOpen) {
        return;
    }
    m_sender->close();
    m_isOpen = false;
    m_carried.reset();
    m_lane.onClosed(*this, std::nullopt);
}

/// Keeps the wire busy until the lane has nothing more for this session, or the session dies.
void Worker::serve(QueuedItem&& first)
{
    m_next = std::move(first);
    m_isPrepared = false;
    for (;;) {
        while (m_next && m_outstanding.size() < static_cast<std::size_t>(m_window)) {
            if (const auto submitted = submitNext(); !submitted) {
                return reportEnd(submitted.error());
            }
            m_next = m_lane.tryTake(*this);
            m_isPrepared = false;
        }
        if (m_outstanding.empty()) {
            return;
        }
        if (m_next && !m_isPrepared) {
            m_sender->prepare(m_next->send);
            m_isPrepared = true;
        }
        if (const auto answered = awaitOne(); !answered) {
            return reportDeath(answered.error());
        }
        if (!m_next) {
            m_next = m_lane.tryTake(*this);
            m_isPrepared = false;
        }
    }
}

Result<> Worker::submitNext()
{
    m_outstanding.push_back({std::move(*m_next), m_lane.clock().now()});
    m_next.reset();
    return m_sender->submit(m_outstanding.back().item.send, m_cancel.token());
}

Result<> Worker::awaitOne()
{
    auto outcome = m_sender->awaitOutcome(m_cancel.token());
    if (!outcome) {
        return fail(outcome.error());
    }
    const auto found = std::find_if(m_outstanding.begin(), m_outstanding.end(),
        [&](const Submitted& submitted) { return submitted.item.send.delivery == outcome->delivery; });
    if (found == m_outstanding.end()) {
        return fail(ErrorCode::ProtocolError, u"an outcome for a delivery that was not asked for"_s);
    }
    m_lane.onOutcome(*this, std::move(found->item), std::move(*outcome), found->startedAt, m_next);
    m_outstanding.erase(found);
    return {};
}

void Worker::reportEnd(const Error& error)
{
    if (error.code == ErrorCode::FileChanged || error.code == ErrorCode::FileUnreadable) {
        reportBrokenFile(error);
    } else {
        reportDeath(error);
    }
}

/// The last one submitted failed by itself. The others on the wire go again as if we had ended the session, which we
/// did.
void Worker::reportBrokenFile(const Error& error)
{
    auto broken = std::move(m_outstanding.back());
    m_outstanding.pop_back();
    SendOutcome outcome;
    outcome.delivery = broken.item.send.delivery;
    outcome.error = error;
    m_lane.onOutcome(*this, std::move(broken.item), std::move(outcome), broken.startedAt, m_next);
    reportDeath(makeError(ErrorCode::Cancelled, u"ended with a file that could not be read"_s));
}

void Worker::reportDeath(const Error& error)
{
    m_sender->close();
    m_isOpen = false;
    m_carried.reset();
    std::vector<QueuedItem> onTheWire;
    for (auto& submitted : m_outstanding) {
        onTheWire.push_back(std::move(submitted.item));
    }
    m_outstanding.clear();
    m_lane.onDied(*this, std::move(onTheWire), std::exchange(m_next, std::nullopt), error);
}

} // namespace radpost::queue
