#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/config/Destination.h"
#include "core/store/LedgerTypes.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <functional>
#include <optional>

namespace radpost::store {
class Ledger;
}

namespace radpost::queue {
class Dispatcher;
class JobQueue;
} // namespace radpost::queue

namespace radpost::engine {

struct StandingJobsParams
{
    store::Ledger* ledger = nullptr;
    queue::JobQueue* jobs = nullptr;
    queue::Dispatcher* dispatcher = nullptr;
    const Clock* clock = nullptr;
    std::function<std::optional<config::Destination>(const QString& name)> destination;
    std::chrono::milliseconds retryStopped{300'000};
};

/// The care for jobs of the forwarder from one day to the next: goes on with what a process that is gone left; tries
/// again what was stopped for somebody to act first, since nobody sits at a gateway, and what nobody has; lets finished
/// jobs out of memory; and when a destination is set otherwise, goes on with it as it is set now. One thread; blocks on
/// the ledger.
class StandingJobs final
{
public:
    explicit StandingJobs(StandingJobsParams params)
        : m_params(std::move(params))
    {
    }

    /// Before anything else is done with the jobs: seals what grew. review() then goes on with them, a few at a time,
    /// so that what comes now does not wait for all of them. What cannot be read now is tried again by review().
    void begin();
    void cameToRest(const QList<JobId>& jobs);
    /// Stops the jobs whose destination changed or went; review() goes on with them as soon as nothing of them is on
    /// the wire. @return the names of these destinations.
    [[nodiscard]] QStringList destinationsChanged();
    /// @return whether it has more to do at once.
    bool review();

private:
    [[nodiscard]] Result<> readAll();
    void takeSome();
    void resume(const store::JobRow& job);
    void findUntaken();
    void retryStopped();
    void renewStopped();
    [[nodiscard]] Result<QList<store::JobRow>> jobsIn(store::JobState state) const;
    [[nodiscard]] QString contractNow(const store::JobRow& job) const;
    [[nodiscard]] Result<> sealInterrupted(const QList<store::JobRow>& jobs);

    const StandingJobsParams m_params;
    bool m_hasBegun = false;
    QList<store::JobRow> m_toTake; ///< of a process that is gone
    Clock::SteadyTime m_nextRetry{};
    QList<JobId> m_renewing;
};

} // namespace radpost::engine
