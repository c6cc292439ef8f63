#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/queue/WaitClock.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace radpost::store {
class Ledger;
}

namespace radpost::engine {

/// What left the ledger.
struct LedgerPurge
{
    qint64 jobs = 0;
    qint64 deliveries = 0;
};

/// Takes out of @p ledger every job that came to its end before @p before and needs nobody: nothing of it is to be sent
/// or to be proved, and its failures, if any, are settled. Then copies of the ledger that an update of the program made
/// before that. In small transactions, between which others write; what a killed process left of a purge goes too.
/// Blocks on the ledger; any thread. Errors: Cancelled (what went is gone), those of the ledger.
[[nodiscard]] Result<LedgerPurge> purgeLedger(store::Ledger& ledger, Clock::WallTime before, const CancelToken& cancel);

struct LedgerKeeperParams
{
    std::chrono::days keep{0}; ///< after its end a job is kept this long; 0: for ever, and the keeper does nothing
    const queue::WaitClock* clock = nullptr; ///< outlives the keeper; tells when a day is over
    /// Called on the keeper's thread after each purge that took something out.
    std::function<void(const LedgerPurge&)> onPurged{};
};

/// purgeLedger() at once and then every day, on a thread of its own, for as long as this lives.
class LedgerKeeper final
{
public:
    static constexpr std::chrono::hours kInterval{24};

    /// @p ledger is writable and outlives this.
    LedgerKeeper(store::Ledger& ledger, LedgerKeeperParams params);
    /// Ends between two transactions.
    ~LedgerKeeper();
    Q_DISABLE_COPY_MOVE(LedgerKeeper)

private:
    void run();
    void purge();
    /// @return whether to go on.
    [[nodiscard]] bool waitUntil(Clock::SteadyTime due);

    store::Ledger& m_ledger;
    const LedgerKeeperParams m_params;
    CancelSource m_cancel;
    std::mutex m_mutex; // guards m_isEnding
    std::condition_variable m_wake;
    bool m_isEnding = false;
    std::thread m_thread; // the last member: it uses all of the above
};

} // namespace radpost::engine
