#pragma once

#include "core/engine/ProofPolicy.h"
#include "core/net/commitment.h"
#include "core/store/ProofTypes.h"

#include <functional>
#include <mutex>

namespace radpost::store {
class Ledger;
struct WriteSession;
} // namespace radpost::store

namespace radpost::engine {

/// Takes reports of storage commitment into the ledger, whichever way they came. Any thread; calls block until what
/// they write is durable.
class CommitmentBook final
{
public:
    /// @p ledger is ReadWrite and outlives this.
    CommitmentBook(store::Ledger& ledger, ProofPolicy policy)
        : m_ledger(ledger)
        , m_policy(policy)
    {
    }

    /// Called after a report is committed, on the thread that brought it.
    void setListener(std::function<void(JobId, const QByteArray& transactionUid)> listener);

    /// @return the status of the N-EVENT-REPORT-RSP: success also for a report that came before; 0115 (invalid argument
    /// value) for a transaction that is not ours; 0110 when it cannot be written now.
    [[nodiscard]] quint16 take(const net::CommitmentReport& report);

private:
    [[nodiscard]] Result<> write(
        store::WriteSession& session, const net::CommitmentReport& report, std::optional<JobId>& job) const;

    store::Ledger& m_ledger;
    const ProofPolicy m_policy;
    std::mutex m_mutex; ///< of m_listener
    std::function<void(JobId, const QByteArray&)> m_listener;
};

/// True: another try may end better (resources, a fault while processing); see PS3.3 C.14.1.1.
[[nodiscard]] bool mayPass(quint16 failureReason);

} // namespace radpost::engine
