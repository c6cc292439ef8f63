#pragma once

#include "core/engine/EngineListener.h"
#include "core/engine/Prover.h"
#include "core/net/Acceptor.h"
#include "core/net/CommitmentHandler.h"

#include <memory>
#include <optional>

namespace radpost::engine {

struct ProofDeskParams
{
    AeTitle callingAeTitle;
    ProofPolicy policy;
    std::optional<quint16> port{}; ///< for reports of storage commitment; 0: a free one
    QString address{};             ///< to listen on; empty: all
};

/// Everything of the engine that has to do with evidence: who asks, who listens, who writes it down. Any thread.
class ProofDesk final : private net::CommitmentHandler
{
public:
    /// All outlive this; @p listener may be null.
    ProofDesk(store::Ledger& ledger, const queue::WaitClock& clock, ProofDeskParams params, EngineListener* listener);
    /// stop().
    ~ProofDesk() override;
    Q_DISABLE_COPY_MOVE(ProofDesk)

    [[nodiscard]] CommitmentBook& book() { return m_book; }
    [[nodiscard]] Prover& prover() { return m_prover; }

    /// Opens the port for reports, where one is wanted; a job that wants storage commitment does it by itself.
    /// Errors: AddressInUse, ListenNotPermitted.
    [[nodiscard]] Result<> listen();

    /// Goes on with the evidence of a job; opens the port when the job wants storage commitment. Blocks on the ledger.
    /// Errors: those of the ledger, LedgerCorrupt. A port that cannot be opened is logged: reports on the association
    /// of the request still count.
    [[nodiscard]] Result<> take(JobId job);

    /// The port that is open; 0: none.
    [[nodiscard]] quint16 port() const;
    void stop();

    /// It asks this for the port that is open when it asks for commitment.
    [[nodiscard]] std::unique_ptr<ProofAsker> makeAsker() const;

private:
    // net::CommitmentHandler: only reports come here
    [[nodiscard]] quint16 request(const net::CommitmentRequest& request, const net::PeerInfo& peer) override;
    [[nodiscard]] std::optional<net::CommitmentReport> takeDue(const net::PeerInfo& /*peer*/) override { return {}; }
    void answered(const QByteArray& /*uid*/, const net::PeerInfo& /*peer*/, std::optional<quint16> /*status*/) override
    {
    }
    [[nodiscard]] quint16 report(const net::CommitmentReport& report, const net::PeerInfo& peer) override;

    store::Ledger& m_ledger;
    const ProofDeskParams m_params;
    CommitmentBook m_book;
    const std::unique_ptr<ProofAsker> m_asker;
    Prover m_prover;
    mutable std::mutex m_mutex; // guards m_acceptor
    std::unique_ptr<net::Acceptor> m_acceptor;
};

} // namespace radpost::engine
