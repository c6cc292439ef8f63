#pragma once

#include "core/net/ConnectionGate.h"
#include "core/net/Listener.h"
#include "core/net/QueryHandler.h"
#include "core/net/StoreHandler.h"

#include <functional>
#include <memory>
#include <optional>

namespace radpost::net {

class CommitmentHandler;

/// What an Acceptor does and allows.
struct AcceptorSettings
{
    QString address; ///< to listen on; empty: all
    quint16 port = 104;
    int maxAssociations = 32;             ///< beyond: rejected with local-limit-exceeded
    std::shared_ptr<ConnectionGate> gate; ///< in the place of maxAssociations, also shared with other acceptors
    quint32 maxPduBytes = 1 << 20;
    quint16 window = 0; ///< operations a requestor may have outstanding when it asks for a window; 0 = no limit
    AssociationTimeouts timeouts;
    std::size_t receiveBufferBytes = 512 * 1024; ///< of each association
    qint64 leastBytes = 1024; ///< of a data set that is under way, in each timeouts.stall; a slower peer is cut off

    /// Accept (nullopt) or refuse an association. Any thread. Default: accept all.
    std::function<std::optional<AssociateRj>(const AssociateRq&)> policy;

    /// Likewise, asked after @c policy, with who calls. Silence: the connection is closed without an answer.
    enum class Manner { Answer, Silence };
    struct Refusal
    {
        AssociateRj rejection;
        Manner manner = Manner::Answer;
    };
    std::function<std::optional<Refusal>(const AssociateRq&, const Caller&)> admission;

    /// Which transfer syntax of a proposed context, or why none. Any thread. Default: the first one proposed.
    std::function<AnsweredContext(const ProposedContext&)> chooseContext;

    /// Changes the answer to an association that is let in: contexts that depend on who asks, roles (PS3.7 D.3.3.4),
    /// extended negotiation. On the association's thread, before its acceptance leaves.
    std::function<void(const AssociateRq&, const Caller&, AssociateAc&)> refine;

    /// Who answers queries and retrievals; they must outlive the acceptor. nullptr: such requests are refused.
    FindHandler* find = nullptr;
    MoveHandler* move = nullptr;
    GetHandler* get = nullptr;

    /// An association is accepted, right after @c admission, and has ended: one closed() for each opened(). On its
    /// thread; return soon.
    std::function<void(const PeerInfo&)> opened;
    std::function<void(const PeerInfo&)> closed;

    CommitmentHandler* commitment = nullptr; ///< outlives the acceptor; null: no Storage Commitment

    /// Makes the transport of a new connection, for TLS. On the association's thread. Default: the socket itself.
    std::function<Result<std::unique_ptr<Transport>>(std::unique_ptr<Socket>, const CancelToken&)> wrap;
};

/// A DICOM server: a listening thread and one thread per association, up to a limit; Verification, Storage and
/// Storage Commitment and Query/Retrieve as SCP (PS3.4 Annexes A, B, C and J). Slow or silent peers are cut off by the
/// timeouts.
class Acceptor final
{
public:
    /// The handlers must outlive it. Without @p store instances are refused with "SOP class not supported"; without
    /// @p echo each C-ECHO succeeds.
    Acceptor(AcceptorSettings settings, StoreHandler* store, EchoHandler* echo = nullptr);

    /// Stops.
    ~Acceptor();
    Q_DISABLE_COPY_MOVE(Acceptor)

    /// Opens the port and begins to serve. Errors: those of Listener::open().
    [[nodiscard]] Result<> start();

    /// Closes the port; associations that are open go on. Returns at once.
    void drain();

    /// Ends all associations and joins all threads; bounded by a second plus what a handler takes. Idempotent.
    void stop();

    /// The port that is open; useful when the setting was 0.
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] int openAssociations() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::net
