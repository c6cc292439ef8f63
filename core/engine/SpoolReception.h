#pragma once

#include "core/engine/AccessPolicy.h"
#include "core/engine/ReceiveMeter.h"
#include "core/engine/RefusalBook.h"
#include "core/engine/SpoolServer.h"
#include "core/net/Acceptor.h"
#include "core/spool/Spool.h"

#include <QHash>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

namespace radpost::engine {

/// Who learns what comes.
struct SpoolWatchers
{
    std::function<void(const SpooledInstance&)> onInstance{};
    ReceiveMeter meter{nullptr};
    AuditTrail* audit = nullptr;
};

/// What the acceptors of a SpoolServer ask: who may come in, and where instances go. Any thread.
class SpoolReception final : public net::StoreHandler, public net::EchoHandler
{
public:
    SpoolReception(spool::Spool& spool, const Clock& clock, SpoolWatchers watchers);
    ~SpoolReception() override;

    void setPolicy(std::shared_ptr<const AccessPolicy> policy);

    /// For an acceptor of the AE title @p own, empty for that of the settings.
    void connectTo(net::AcceptorSettings& settings, const AeTitle& own);

    /// A connection from @p address, with its port, did not become one of TLS.
    void handshakeFailed(const QString& address, const Error& error);

    [[nodiscard]] RefusalBook& refusals() { return m_refusals; }
    [[nodiscard]] int openAssociations() const;

    /// Waits until nothing is under way any more: no instance, and no sender that has sent one a moment ago.
    void waitUntilQuiet(const Deadline& deadline, const CancelToken& cancel);

    // net::StoreHandler, net::EchoHandler
    [[nodiscard]] std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet& request, const net::AcceptedContext& context, const net::PeerInfo& peer) override;
    [[nodiscard]] quint16 echo(const net::PeerInfo& /*peer*/) override { return net::kStatusSuccess; }

private:
    class Sink;
    struct Live;

    [[nodiscard]] std::shared_ptr<const AccessPolicy> policy() const;
    [[nodiscard]] std::optional<net::AcceptorSettings::Refusal> admit(
        const net::AssociateRq& request, const net::Caller& caller, const AeTitle& own);
    [[nodiscard]] RefusalReason judge(
        const AccessPolicy& policy, const net::AssociateRq& request, const net::Caller& caller, const AeTitle& own);
    void note(RefusalReason reason, const net::AssociateRq& request, const net::Caller& caller, bool isLogged);
    [[nodiscard]] net::AnsweredContext choose(const net::ProposedContext& context) const;
    void opened(const net::PeerInfo& peer);
    void closed(const net::PeerInfo& peer);

    spool::Spool& m_spool;
    const Clock& m_clock;
    SpoolWatchers m_watchers;
    RefusalBook m_refusals;
    RefusalBook m_unkept{m_clock}; ///< how often the log was told
    mutable std::mutex m_mutex;    // guards what follows
    std::condition_variable_any m_quieter;
    std::shared_ptr<const AccessPolicy> m_policy;
    std::map<qint64, std::shared_ptr<Live>> m_live;
    QHash<QByteArray, int> m_byAeTitle; ///< of calling ones; from admission on
    int m_receiving = 0;
    Clock::SteadyTime m_lastMove{};
};

} // namespace radpost::engine
