#pragma once

#include "core/queue/Sender.h"

#include <QHash>
#include <QList>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace radpost::test {

/// What a fake peer does with one instance.
struct FakeAnswer
{
    enum class Kind { Store, Warn, Fail, Die };
    Kind kind = Kind::Store;
    Error error; ///< of Fail and Die

    static FakeAnswer fail(ErrorCode code, std::optional<quint16> status = {})
    {
        FakeAnswer answer{Kind::Fail, makeError(code, QStringLiteral("scripted"))};
        answer.error.dimseStatus = status;
        return answer;
    }
    static FakeAnswer die(ErrorCode code = ErrorCode::PeerAborted)
    {
        return {Kind::Die, makeError(code, QStringLiteral("scripted"))};
    }
};

/// A destination with a script, shared by all senders of its factory. The script is set before the senders run, or
/// under lock(). It keeps count of what it saw.
class FakePeer final
{
public:
    // The script; every function is called with the lock held.
    int window = 1;
    bool oneAtATime = false; ///< a further session is not answered while one is open
    std::function<std::optional<Error>(int openNumber)> refuseOpen;
    std::function<std::optional<Error>(std::span<const queue::ContextNeed>)> refuseNeeds;
    std::function<std::optional<Error>(const queue::ContextNeed&)> objection;
    std::function<void()> whileOpening; ///< without the lock; may move a clock
    std::function<bool(const queue::ContextNeed&)> accepts;
    std::function<FakeAnswer(const queue::SendItem&, int time)> answer;                ///< time: 1 for the first try
    std::function<FakeAnswer(int session, const queue::SendItem&, int time)> answerIn; ///< session: 1 for the first
    std::function<std::optional<Error>(const queue::SendItem&, int time)> breakOff;    ///< submit fails
    std::function<std::optional<Error>()> probeAnswer;

    // What it saw
    struct Seen
    {
        int senders = 0; ///< that were made
        int opens = 0;
        int openNow = 0;
        int maxOpen = 0;
        int probes = 0;
        int submits = 0;
        int onTheWire = 0;
        int maxOnTheWire = 0;
        int waitingToOpen = 0;
        QHash<QByteArray, int> tries;  ///< by SOP Instance UID
        QHash<QByteArray, int> stored; ///< likewise
        QList<QByteArray> order;       ///< as submitted
        QList<int> company;            ///< how many were on the wire with it, as submitted
        int maxNeeds = 0;
    };
    [[nodiscard]] Seen seen() const
    {
        const std::lock_guard guard(m_mutex);
        auto seen = m_seen;
        // Not shared: Qt's check of that does not order what is read here before what a sender writes next.
        seen.tries.detach();
        seen.stored.detach();
        seen.order.detach();
        seen.company.detach();
        return seen;
    }

    /// For the script: sessions that are open.
    [[nodiscard]] int openNow() const { return m_seen.openNow; }
    /// For the script: sessions that were opened or refused, the number of the last one.
    [[nodiscard]] int opensSoFar() const { return m_seen.opens; }

    [[nodiscard]] std::unique_lock<std::mutex> lock() { return std::unique_lock(m_mutex); }

    /// No answer leaves until release().
    void hold() { setHeld(true); }
    void release() { setHeld(false); }
    /// Lets this many answers through while held.
    void letThrough(int count)
    {
        const std::lock_guard guard(m_mutex);
        m_permits += count;
        m_changed.notify_all();
    }

private:
    friend class FakeSender;
    friend class FakeSenderFactory;

    void setHeld(bool held)
    {
        const std::lock_guard guard(m_mutex);
        m_held = held;
        m_changed.notify_all();
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Seen m_seen;
    bool m_held = false;
    int m_permits = 0;
};

class FakeSender final : public queue::Sender
{
public:
    explicit FakeSender(FakePeer& peer)
        : m_peer(peer)
    {
    }
    ~FakeSender() override { close(); }

    Result<queue::SessionInfo> open(std::span<const queue::ContextNeed> needs, const CancelToken& cancel) override
    {
        if (m_peer.whileOpening) {
            m_peer.whileOpening();
        }
        const std::stop_callback wake(cancel.stopToken(), [this] { wakeAll(); });
        std::unique_lock lock(m_peer.m_mutex);
        auto& seen = m_peer.m_seen;
        m_number = ++seen.opens;
        seen.maxNeeds = std::max(seen.maxNeeds, int(needs.size()));
        if (m_peer.refuseOpen) {
            if (const auto error = m_peer.refuseOpen(seen.opens)) {
                return radpost::fail(*error);
            }
        }
        if (m_peer.refuseNeeds) {
            if (const auto error = m_peer.refuseNeeds(needs)) {
                return radpost::fail(*error);
            }
        }
        ++seen.waitingToOpen;
        m_peer.m_changed.wait(lock, [&] { return cancel.isCancelled() || !m_peer.oneAtATime || seen.openNow == 0; });
        --seen.waitingToOpen;
        if (cancel.isCancelled()) {
            return radpost::fail(ErrorCode::Cancelled);
        }
        m_needs = QList<queue::ContextNeed>(needs.begin(), needs.end());
        if (m_peer.accepts && std::none_of(needs.begin(), needs.end(), m_peer.accepts)) {
            return radpost::fail(ErrorCode::NoAcceptedContext, QStringLiteral("scripted"));
        }
        m_open = true;
        seen.maxOpen = std::max(seen.maxOpen, ++seen.openNow);
        return queue::SessionInfo{QStringLiteral("10.0.0.1:104"), QStringLiteral("FAKE"), m_peer.window};
    }

    bool wasProposed(const queue::ContextNeed& need) const override { return m_needs.contains(need); }

    void prepare(const queue::SendItem&) override {}

    Result<> submit(const queue::SendItem& item, const CancelToken& cancel) override
    {
        if (cancel.isCancelled()) {
            return radpost::fail(ErrorCode::Cancelled);
        }
        const std::lock_guard lock(m_peer.m_mutex);
        auto& seen = m_peer.m_seen;
        ++seen.submits;
        seen.order.append(item.sopInstanceUid.value);
        seen.company.append(seen.onTheWire);
        seen.maxOnTheWire = std::max(seen.maxOnTheWire, ++seen.onTheWire);
        m_pending.push_back({item, ++seen.tries[item.sopInstanceUid.value]});
        const auto error = m_peer.breakOff ? m_peer.breakOff(item, m_pending.back().time) : std::nullopt;
        return error ? Result<>(radpost::fail(*error)) : Result<>();
    }

    Result<queue::SendOutcome> awaitOutcome(const CancelToken& cancel) override
    {
        const std::stop_callback wake(cancel.stopToken(), [this] { wakeAll(); });
        std::unique_lock lock(m_peer.m_mutex);
        m_peer.m_changed.wait(lock, [&] { return cancel.isCancelled() || !m_peer.m_held || m_peer.m_permits > 0; });
        if (cancel.isCancelled()) {
            return radpost::fail(ErrorCode::Cancelled);
        }
        m_peer.m_permits -= m_peer.m_held ? 1 : 0;
        const auto [item, time] = m_pending.front();
        m_pending.pop_front();
        const auto answer = answerTo(item, time);
        --m_peer.m_seen.onTheWire;
        if (answer.kind == FakeAnswer::Kind::Die) {
            return radpost::fail(answer.error);
        }
        return outcomeOf(item, answer);
    }

    void close() override
    {
        const std::lock_guard lock(m_peer.m_mutex);
        m_peer.m_seen.onTheWire -= int(m_pending.size());
        m_pending.clear();
        if (m_open) {
            m_open = false;
            --m_peer.m_seen.openNow;
            m_peer.m_changed.notify_all();
        }
    }

private:
    struct Pending
    {
        queue::SendItem item;
        int time = 1;
    };

    void wakeAll()
    {
        const std::lock_guard lock(m_peer.m_mutex);
        m_peer.m_changed.notify_all();
    }

    FakeAnswer answerTo(const queue::SendItem& item, int time) const
    {
        if (m_peer.accepts && !m_peer.accepts(item.need)) {
            return FakeAnswer::fail(ErrorCode::NoAcceptedContext);
        }
        if (m_peer.answerIn) {
            return m_peer.answerIn(m_number, item, time);
        }
        return m_peer.answer ? m_peer.answer(item, time) : FakeAnswer{};
    }

    queue::SendOutcome outcomeOf(const queue::SendItem& item, const FakeAnswer& answer)
    {
        queue::SendOutcome outcome;
        outcome.delivery = item.delivery;
        if (answer.kind == FakeAnswer::Kind::Fail) {
            outcome.error = answer.error;
            outcome.dimseStatus = answer.error.dimseStatus;
            return outcome;
        }
        ++m_peer.m_seen.stored[item.sopInstanceUid.value];
        outcome.bytesSent = item.dataSetLength;
        outcome.kind =
            answer.kind == FakeAnswer::Kind::Warn ? queue::OutcomeKind::StoredWithWarning : queue::OutcomeKind::Stored;
        outcome.dimseStatus = answer.kind == FakeAnswer::Kind::Warn ? 0xB000 : 0x0000;
        return outcome;
    }

    FakePeer& m_peer;
    QList<queue::ContextNeed> m_needs;
    std::deque<Pending> m_pending;
    int m_number = 0;
    bool m_open = false;
};

class FakeSenderFactory final : public queue::SenderFactory
{
public:
    explicit FakeSenderFactory(FakePeer& peer)
        : m_peer(peer)
    {
    }

    std::unique_ptr<queue::Sender> create() override
    {
        const std::lock_guard lock(m_peer.m_mutex);
        ++m_peer.m_seen.senders;
        return std::make_unique<FakeSender>(m_peer);
    }

    Result<> probe(const CancelToken&) override
    {
        const std::lock_guard lock(m_peer.m_mutex);
        ++m_peer.m_seen.probes;
        if (m_peer.probeAnswer) {
            if (const auto error = m_peer.probeAnswer()) {
                return radpost::fail(*error);
            }
        }
        return {};
    }

    std::optional<Error> objectionTo(const queue::ContextNeed& need) const override
    {
        const std::lock_guard lock(m_peer.m_mutex);
        return m_peer.objection ? m_peer.objection(need) : std::nullopt;
    }

private:
    FakePeer& m_peer;
};

} // namespace radpost::test
