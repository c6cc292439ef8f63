#pragma once

#include "core/base/CancelToken.h"
#include "core/engine/CommitmentBook.h"
#include "core/engine/ProofAsker.h"
#include "core/queue/WaitClock.h"
#include "core/store/LedgerTypes.h"

#include <QList>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace radpost::engine {

class ProofLane;

struct ProverParams
{
    ProofPolicy policy{};
    /// The evidence of a job moved. From a lane's thread or the one that brought a report; return soon.
    std::function<void(JobId)> onChanged{};
};

/// Asks destinations for evidence of what they stored, one named thread for each. Everything it means to ask, and what
/// it hears, is in the ledger first: a process that is killed goes on where it was. Any thread.
class Prover final
{
public:
    /// All outlive this. Becomes the listener of @p book.
    Prover(store::Ledger& ledger, CommitmentBook& book, ProofAsker& asker, const queue::WaitClock& clock,
        ProverParams params);
    /// stop().
    ~Prover();
    Q_DISABLE_COPY_MOVE(Prover)

    /// Takes charge of a job that wants evidence, with @p destination as its contract; another job is left alone.
    /// Taking it again renews the contract. When the system gives no thread for the destination the job waits for the
    /// next stored() or rested(), of whatever destination.
    void take(const store::JobRow& job, const config::Destination& destination);

    /// So many deliveries to @p destination were stored.
    void stored(const QString& destination, qint64 count);
    /// Nothing more of @p job will be stored for now.
    void rested(JobId job);

    /// Jobs that it still looks after: those whose proof may yet move.
    [[nodiscard]] qsizetype jobCount() const;

    /// Blocks until nothing of @p jobs is on its way to an answer any more. Errors: Cancelled, those of the ledger.
    [[nodiscard]] Result<> waitUntilSettled(const QList<JobId>& jobs, const CancelToken& cancel);

    /// Breaks off what is asked now; it is asked again by the next process. Blocks shortly. Idempotent.
    void stop();

private:
    void changed(JobId job);
    void takeUntaken();
    [[nodiscard]] ProofLane* laneFor(const QString& destination);
    [[nodiscard]] Result<bool> areSettled(const QList<JobId>& jobs) const;

    store::Ledger& m_ledger;
    CommitmentBook& m_book;
    ProofAsker& m_asker;
    const queue::WaitClock& m_clock;
    const ProverParams m_params;
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable_any m_moved;
    quint64 m_moves = 0;
    bool m_isStopped = false;
    std::map<JobId, std::pair<store::JobRow, config::Destination>> m_untaken; ///< no lane could be begun for them
    std::map<QString, std::unique_ptr<ProofLane>> m_lanes;                    ///< by destination; each runs
};

} // namespace radpost::engine
