#pragma once

#include "core/engine/Prover.h"
#include "core/store/ProofTypes.h"

#include <thread>
#include <vector>

namespace radpost::store {
class LedgerReader;
}

namespace radpost::engine {

/// The evidence of all jobs to one destination, on a thread of its own. Private to Prover.
class ProofLane final
{
public:
    struct Tools
    {
        store::Ledger& ledger;
        CommitmentBook& book;
        ProofAsker& asker;
        const queue::WaitClock& clock;
        const ProverParams& params;
        std::function<void(JobId)> changed;
    };

    explicit ProofLane(Tools tools);
    /// Breaks off and waits.
    ~ProofLane();
    Q_DISABLE_COPY_MOVE(ProofLane)

    /// Once, before all else. Errors: those of startThread().
    [[nodiscard]] Result<> start();
    void take(const store::JobRow& job, const config::Destination& destination);
    void stored(qint64 count);
    void rested(JobId job);
    /// A report came, by whatever way.
    void reported(const QByteArray& transactionUid);
    /// Jobs that it still looks after.
    [[nodiscard]] qsizetype jobCount() const;

private:
    using SteadyTime = Clock::SteadyTime;
    using Deliveries = QList<store::UnprovedDelivery>;

    struct Job
    {
        store::ProofWanted wanted = store::ProofWanted::Response;
        config::Destination destination;
        bool isNew = true;     ///< what a process before left has not been looked at
        bool isRested = false; ///< nothing of it is on its way, for now
        int taken = 0;         ///< how often it was taken
    };

    void run();
    [[nodiscard]] bool awaitWork(std::map<JobId, Job>& jobs);
    void wakeAt(SteadyTime time);
    [[nodiscard]] Result<> work(JobId id, const Job& job);
    [[nodiscard]] Result<> closeOld(JobId id, const Job& job);
    void noteLookedAt(JobId id);
    [[nodiscard]] Result<> close(const store::CommitmentRow& row, store::CommitmentState state, bool isLost);
    [[nodiscard]] Result<std::optional<Error>> ask(JobId id, const Job& job, const Deliveries& page);
    [[nodiscard]] Result<std::optional<Error>> askCommitment(JobId id, const Job& job, const Deliveries& due);
    [[nodiscard]] Result<std::optional<Error>> askQuery(const Job& job, const Deliveries& page);
    [[nodiscard]] Result<> couldNotAsk(const Deliveries& page, const Error& error);
    [[nodiscard]] std::vector<store::ProofAnswer> answersTo(const Deliveries& page, const Error& error) const;
    [[nodiscard]] Result<> answer(const std::vector<store::ProofAnswer>& answers);
    void planNext(JobId id, bool isDone);
    void letGoIfOver(JobId id, const Job& job);
    [[nodiscard]] Result<bool> isOver(JobId id, const Job& job);

    const Tools m_tools;
    CancelSource m_stopping;
    std::unique_ptr<store::LedgerReader> m_reader; ///< of the thread
    mutable std::mutex m_mutex;                    // guards what follows
    std::condition_variable m_wake;
    std::map<JobId, Job> m_jobs;
    SteadyTime m_quietAt = SteadyTime::max(); ///< when what was stored is asked about
    SteadyTime m_dueAt = SteadyTime::max();
    qint64 m_fresh = 0; ///< stored since the last look
    QByteArray m_asked; ///< the transaction whose report is awaited now
    bool m_isReported = false;
    std::thread m_thread;
};

} // namespace radpost::engine
