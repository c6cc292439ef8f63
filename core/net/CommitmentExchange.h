#pragma once

#include "core/net/CommitmentHandler.h"

#include <chrono>
#include <optional>

namespace radpost::net {

/// Storage Commitment on one accepted association: collects data sets, asks the handler, and reports while the peer
/// stays. Private to AssociationServer.
class CommitmentExchange final
{
public:
    /// A peer that goes away after its request is left to do so; one that stays quiet for so long is told here.
    static constexpr std::chrono::milliseconds kGrace{500};

    CommitmentExchange(CommitmentHandler& handler, Association& association, const PeerInfo& peer)
        : m_handler(handler)
        , m_association(association)
        , m_peer(peer)
    {
    }
    /// A report that was not answered is the handler's again.
    ~CommitmentExchange();
    Q_DISABLE_COPY_MOVE(CommitmentExchange)

    /// True for requests of this service.
    [[nodiscard]] static bool isRequest(const CommandSet& command);

    void begin();
    void write(std::span<const ConstBytes> parts);
    /// The status of the response to @p request.
    [[nodiscard]] quint16 finish(const CommandSet& request, const AcceptedContext& context);

    /// A request was taken whose report this peer might still hear.
    [[nodiscard]] bool owes() const { return m_owes && m_waitsFor.isEmpty(); }
    /// Sends one report, when the handler has one.
    [[nodiscard]] Result<> tell(const CancelToken& cancel);
    /// True: @p response was the answer to our report.
    [[nodiscard]] bool takeAnswer(const CommandSet& response);

private:
    [[nodiscard]] quint16 action(const CommandSet& request, const AcceptedContext& context);
    [[nodiscard]] quint16 event(const AcceptedContext& context);

    CommitmentHandler& m_handler;
    Association& m_association;
    const PeerInfo& m_peer;
    QByteArray m_dataSet;
    bool m_isTooLong = false;
    bool m_owes = false;
    quint8 m_context = 0; ///< of the last request
    quint16 m_messageId = 0;
    QByteArray m_waitsFor; ///< Transaction UID of the report that has no answer yet
};

} // namespace radpost::net
