#pragma once

#include "core/net/Acceptor.h"
#include "core/net/CommitmentExchange.h"

#include <optional>

namespace radpost::net {

/// Serves one accepted connection from request to release, on the calling thread. Private to Acceptor.
class AssociationServer final
{
public:
    using Admission = ConnectionGate::Admission;

    AssociationServer(const AcceptorSettings& settings, StoreHandler* store, EchoHandler* echo, Caller caller);

    /// Blocks until the association has ended. @p asked is called when the request has come, and says whether it still
    /// may be answered. Errors: why it did not end with a release.
    [[nodiscard]] Result<> serve(std::unique_ptr<Transport> transport, Admission admission,
        const std::function<bool()>& asked, const CancelToken& cancel);

private:
    [[nodiscard]] std::optional<AcceptorSettings::Refusal> refusal(
        const AssociateRq& request, Admission admission) const;
    [[nodiscard]] static ProposedContext withPlainSyntaxes(ProposedContext context);
    [[nodiscard]] AssociateAc answerTo(const AssociateRq& request) const;
    [[nodiscard]] AnsweredContext answerTo(const ProposedContext& context) const;
    [[nodiscard]] Result<> refuse(const AcceptorSettings::Refusal& refusal, const CancelToken& cancel);
    [[nodiscard]] Result<> converse(const CancelToken& cancel);
    [[nodiscard]] Result<std::optional<Incoming>> hear(const CancelToken& cancel);
    [[nodiscard]] Result<> onCommand(const Incoming& incoming);
    [[nodiscard]] Result<> onData(const Incoming& incoming, const CancelToken& cancel);
    [[nodiscard]] bool isQuery() const;
    void collectIdentifier(const Incoming& incoming);
    [[nodiscard]] Result<> answerQuery(const CancelToken& cancel);
    [[nodiscard]] Result<QueryReply> handleQuery(QueryOperation& operation);
    void beginRequest();
    [[nodiscard]] Result<> reportIfQuiet(const CancelToken& cancel);
    [[nodiscard]] quint16 statusWithoutData();
    void reply(const StoreReply& reply);
    [[nodiscard]] tl::unexpected<Error> protocolError(const QString& detail);

    const AcceptorSettings& m_settings;
    StoreHandler* m_store;
    EchoHandler* m_echo;
    Caller m_caller;
    std::unique_ptr<Association> m_association;
    PeerInfo m_peer;
    std::optional<CommandSet> m_request; ///< whose data set is coming
    quint8 m_requestContext = 0;
    std::unique_ptr<StoreSink> m_sink; ///< null: the data set is dropped
    QByteArray m_identifier;           ///< of a query; nothing of it is kept once it is too long
    bool m_isIdentifierTooLong = false;
    std::optional<CommitmentExchange> m_commitment;
    bool m_isCommitment = false; ///< m_request is for it
    Deadline m_paceDeadline;     ///< by which m_paceBytes of the data set must have come
    qint64 m_paceBytes = 0;
    Bytes m_encoded;
};

} // namespace radpost::net
