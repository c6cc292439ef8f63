#pragma once

#include "core/queue/Dispatcher.h"
#include "core/queue/JobQueue.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/FakeSender.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/ManualClock.h"

#include <QTest>

#include <map>
#include <memory>
#include <mutex>

namespace radpost::test {

/// Remembers what it is told.
class RecordingEvents final : public queue::DispatchEvents
{
public:
    void onJobStarted(JobId job) override
    {
        with([&] { m_started.append(job); });
    }
    void onProgress(const queue::JobProgress& progress) override
    {
        with([&] {
            ++m_progressCalls;
            m_sumsAreRight = m_sumsAreRight && progress.counts.total() >= m_lastTotals[progress.job];
            m_lastTotals[progress.job] = progress.counts.total();
        });
    }
    void onDelivery(const queue::DeliveryEvent& event) override
    {
        with([&] { m_deliveries.append(event); });
    }
    void onJobAtRest(const queue::JobProgress& progress) override
    {
        with([&] { m_rests.append(progress); });
    }
    void onDestinationDown(const QString&, const Error& error, Clock::WallTime) override
    {
        with([&] { m_downs.append(error); });
    }
    void onDestinationUp(const QString&) override
    {
        with([&] { ++m_ups; });
    }
    void onLedgerFailed(const Error& error) override
    {
        with([&] { m_ledgerFailures.append(error); });
    }
    void onLedgerRecovered() override
    {
        with([&] { ++m_ledgerRecoveries; });
    }

    struct Told
    {
        QList<JobId> started;
        QList<queue::DeliveryEvent> deliveries;
        QList<queue::JobProgress> rests;
        QList<Error> downs;
        QList<Error> ledgerFailures;
        int ups = 0;
        int ledgerRecoveries = 0;
        int progressCalls = 0;
        bool sumsAreRight = true;
    };
    [[nodiscard]] Told told() const
    {
        const std::lock_guard lock(m_mutex);
        return {m_started, m_deliveries, m_rests, m_downs, m_ledgerFailures, m_ups, m_ledgerRecoveries, m_progressCalls,
            m_sumsAreRight};
    }

private:
    template <typename F>
    void with(F&& f)
    {
        const std::lock_guard lock(m_mutex);
        f();
    }

    mutable std::mutex m_mutex;
    QList<JobId> m_started;
    QList<queue::DeliveryEvent> m_deliveries;
    QList<queue::JobProgress> m_rests;
    QList<Error> m_downs;
    QList<Error> m_ledgerFailures;
    std::map<JobId, qint64> m_lastTotals;
    int m_ups = 0;
    int m_ledgerRecoveries = 0;
    int m_progressCalls = 0;
    bool m_sumsAreRight = true;
};

/// Whether @p item is that of makeInstance(@p n).
inline bool isNumber(const queue::SendItem& item, int n)
{
    return item.sopInstanceUid == makeInstance(n).sopInstanceUid;
}

/// A ledger, a queue, a scripted peer and a dispatcher between them.
class DispatchFixture final : public queue::DestinationProvider
{
public:
    explicit DispatchFixture()
    {
        policy.associations = 1;
        policy.retry.jitter = 0;
        policy.soon = std::chrono::hours(1); // the clock may be moved far while a thread waits for its turn
        ok = ledger.open(&clock) != nullptr;
        jobs = std::make_unique<queue::JobQueue>(ledger.ledger());
        start();
    }
    ~DispatchFixture() override
    {
        dispatcher.reset();
        jobs.reset();
    }

    Result<queue::DestinationSetup> setup(const store::JobRow&) override
    {
        if (setupError) {
            return radpost::fail(*setupError);
        }
        return queue::DestinationSetup{policy, std::make_unique<FakeSenderFactory>(peer)};
    }

    bool isStanding(const store::JobRow&) const override { return areStanding; }

    void start() { dispatcher = std::make_unique<queue::Dispatcher>(*jobs, *this, events, clock); }

    /// A sealed job of @p count instances, not yet taken.
    JobId makeJob(int count, int first = 0, int priority = 0, qint64 bytes = 1000)
    {
        auto batch = makeBatch(priority);
        for (int i = 0; i < count; ++i) {
            ok = ok && batch->append(makeInstance(first + i, bytes)).has_value();
        }
        ok = ok && batch->seal().has_value();
        return batch->jobs().first();
    }

    std::unique_ptr<queue::Batch> makeBatch(int priority = 0)
    {
        auto newJob = test::makeJob();
        newJob.priority = priority;
        const store::NewJob list[] = {newJob};
        return std::move(*jobs->create(list));
    }

    [[nodiscard]] bool take(JobId job) { return dispatcher->take(job).has_value(); }

    [[nodiscard]] queue::JobActivity activity(JobId job) const { return dispatcher->progress(job)->activity; }
    [[nodiscard]] bool isAtRest(JobId job) const { return dispatcher->progress(job)->isAtRest(); }

    /// Moves the clock as long as it takes. @return whether that was long enough.
    [[nodiscard]] bool advanceUntilAtRest(JobId job)
    {
        for (int step = 0; step < 5000 && !isAtRest(job); ++step) {
            clock.advance(std::chrono::milliseconds(500));
            QTest::qWait(1);
        }
        return isAtRest(job);
    }

    /// From the ledger.
    [[nodiscard]] store::StateCounts counts(JobId job) const
    {
        return *(*const_cast<LedgerFixture&>(ledger).ledger().openReader())->jobs().counts(job);
    }
    [[nodiscard]] qint64 count(JobId job, store::DeliveryState state) const { return counts(job).of(state); }
    [[nodiscard]] store::JobRow row(JobId job) { return *(*ledger.ledger().openReader())->jobs().find(job); }
    [[nodiscard]] QList<store::AttemptRecord> attempts(JobId job, qint64 ordinal)
    {
        return *(*ledger.ledger().openReader())->report().attempts(store::deliveryId(job, ordinal));
    }

    ManualClock clock;
    FakePeer peer;
    RecordingEvents events;
    queue::DestinationPolicy policy; ///< of lanes made after it is changed
    std::optional<Error> setupError;
    bool areStanding = false; ///< the jobs taken from now on
    LedgerFixture ledger;
    std::unique_ptr<queue::JobQueue> jobs;
    std::unique_ptr<queue::Dispatcher> dispatcher;
    bool ok = false; ///< nothing failed while setting up
};

} // namespace radpost::test
