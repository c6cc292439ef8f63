#pragma once

#include "core/base/Clock.h"
#include "core/dicom/DcmtkRuntime.h"
#include "core/engine/AccessPolicy.h"
#include "core/engine/AnsweredQuery.h"
#include "core/engine/DimseSender.h"
#include "core/engine/MoveTargets.h"
#include "core/engine/QueryKeys.h"
#include "core/engine/RefusalBook.h"
#include "core/engine/SpoolRetrieve.h"
#include "core/net/Acceptor.h"
#include "core/net/QueryOperation.h"
#include "core/observe/AuditEvents.h"
#include "core/spool/SpoolFolder.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace radpost::store {
class Ledger;
}

namespace radpost::observe {
struct TransferMetrics;
}

namespace radpost::engine {

class AuditTrail;

struct SpoolQueryParams
{
    store::Ledger* ledger = nullptr;            ///< outlives it, as the others do
    const spool::SpoolFolder* folder = nullptr; ///< of the spool
    QString copyFolder;          ///< where converted copies lie while they are sent; emptied at the start
    AeTitle aeTitle;             ///< ours towards destinations of C-MOVE that name none
    AuditTrail* audit = nullptr; ///< null: nothing is written
    observe::TransferMetrics* metrics = nullptr;            ///< null: nothing is counted
    std::function<void(const AnsweredQuery&)> onAnswered{}; ///< from the associations' threads; return soon
};

/// Query/Retrieve as SCP over the spool and its index (PS3.4 Annex C): Patient Root and Study Root, C-FIND, C-MOVE and
/// C-GET, for those who have the right. Any thread.
class SpoolQueryScp final : public net::FindHandler, public net::MoveHandler, public net::GetHandler
{
public:
    explicit SpoolQueryScp(SpoolQueryParams params);
    ~SpoolQueryScp() override;
    Q_DISABLE_COPY_MOVE(SpoolQueryScp)

    /// For requests that come from now on.
    void configure(std::shared_ptr<const AccessPolicy> policy, MoveTargets targets);

    /// Offers the services on an acceptor, beside what its settings have already.
    void connectTo(net::AcceptorSettings& settings);

    /// Waits until no request is being answered.
    void waitUntilQuiet(const Deadline& deadline, const CancelToken& cancel);

    [[nodiscard]] Result<net::QueryReply> find(const net::QueryCall& call, net::QueryOperation& operation) override;
    [[nodiscard]] Result<net::QueryReply> move(const net::QueryCall& call, net::QueryOperation& operation) override;
    [[nodiscard]] Result<net::QueryReply> get(const net::QueryCall& call, net::QueryOperation& operation) override;

private:
    class Busy;
    struct Live
    {
        std::shared_ptr<const AccessPolicy> policy;
        MoveTargets targets;
    };
    using Answer = std::function<Result<net::QueryReply>(AnsweredQuery&)>;

    [[nodiscard]] std::shared_ptr<const Live> live() const;
    void refine(const net::AssociateRq& request, const net::Caller& caller, net::AssociateAc& answer);
    [[nodiscard]] PeerRights rightsOf(
        const QByteArray& callingAeTitle, const QByteArray& calledAeTitle, const net::Caller& caller) const;
    void noteForbidden(const QByteArray& callingAeTitle, const net::Caller& caller, const QString& what);

    [[nodiscard]] Result<net::QueryReply> serve(
        AnsweredQuery::Kind kind, const net::QueryCall& call, const Answer& answer);
    [[nodiscard]] Result<net::QueryReply> answerFind(
        const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told);
    [[nodiscard]] Result<net::QueryReply> findBy(
        const QueryKeys& keys, const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told);
    [[nodiscard]] Result<net::QueryReply> answerMove(
        const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told);
    [[nodiscard]] Result<net::QueryReply> answerGet(
        const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told);
    [[nodiscard]] std::shared_ptr<SharedBucket> bucketOf(const config::Destination& destination);
    struct Retrieval
    {
        const QueryKeys& keys;
        queue::Sender& sender;
        observe::audit::Node receiver;
        RetrieveTerms terms;
    };
    [[nodiscard]] Result<net::QueryReply> retrieve(
        Retrieval retrieval, const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told);
    void note(const AnsweredQuery& told, std::chrono::nanoseconds took) const;

    const SpoolQueryParams m_params;
    const SystemClock m_clock;
    RefusalBook m_forbidden{m_clock}; ///< how often the log was told
    dicom::DcmtkRuntime m_runtime;
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable_any m_quieter;
    std::shared_ptr<const Live> m_live;
    std::map<QString, std::shared_ptr<SharedBucket>> m_buckets; ///< of destinations with a rate limit
    int m_busy = 0;
};

} // namespace radpost::engine
