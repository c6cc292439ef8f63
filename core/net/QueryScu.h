#pragma once

#include "core/base/StrongId.h"
#include "core/net/StoreHandler.h"

#include <QString>

#include <chrono>
#include <optional>

namespace radpost::net {

/// Instances of a retrieve as the peer counts them (PS3.7 9.1.3, 9.1.4); absent: it does not say.
struct SubOperations
{
    std::optional<quint16> remaining;
    std::optional<quint16> completed;
    std::optional<quint16> failed;
    std::optional<quint16> warning;
    friend bool operator==(const SubOperations&, const SubOperations&) = default;
};

/// C-FIND, C-MOVE or C-GET.
struct QueryRequest
{
    DimseCommand command = DimseCommand::CFindRq;
    quint8 contextId = 0;
    ConstBytes identifier;   ///< encoded in the context's transfer syntax; valid until run() returns
    AeTitle moveDestination; ///< of C-MOVE
    Priority priority = Priority::Medium;
};

/// How one request ended.
struct QueryEnd
{
    quint16 status = 0; ///< the final one
    SubOperations counts;
    QString errorComment;
    QString offendingElement;
    QByteArray identifier;   ///< of the final response: the failed instances of a retrieve
    bool wasStopped = false; ///< C-CANCEL was sent; the peer may have ended by itself meanwhile

    [[nodiscard]] bool isSuccess() const { return status == 0; }
};

/// Hears what a request brings, on the thread of QueryScu::run(). Nothing by default.
class QueryListener
{
public:
    virtual ~QueryListener() = default;

    /// C-FIND: one match, in the context's transfer syntax; valid during the call.
    virtual void match(ConstBytes /*identifier*/) {}
    /// C-MOVE, C-GET: with each response.
    virtual void progress(const SubOperations& /*counts*/) {}
};

/// Query and retrieve as SCU (PS3.4 Annexes C and K; PS3.7 9.1.2 to 9.1.4) on an open association. What C-GET brings
/// goes to a StoreHandler, on contexts in which the acceptor is SCU of storage. One thread at a time.
class QueryScu final
{
public:
    /// No identifier of an honest peer is longer; 65 535 failed instances of 64 characters fit.
    static constexpr qsizetype kMaxIdentifierBytes = 8 << 20;
    /// @p store is needed for C-GET. A peer has @p stopPatience to end an operation after C-CANCEL.
    explicit QueryScu(Association& association, StoreHandler* store = nullptr,
        std::chrono::milliseconds stopPatience = std::chrono::seconds(10))
        : m_association(association)
        , m_store(store)
        , m_stopPatience(stopPatience)
    {
    }

    /// Blocks until the final response, at most timeouts().response between two. Pulling @p stop sends C-CANCEL and
    /// waits for the peer to end; pulling @p cancel ends the association at once.
    /// Errors: Cancelled, ResponseTimeout, ProtocolError (a response that is none, an identifier beyond bounds),
    /// and those of Association. A final status that is no success is no error: see QueryEnd.
    [[nodiscard]] Result<QueryEnd> run(
        const QueryRequest& request, QueryListener& listener, const CancelToken& stop, const CancelToken& cancel);

private:
    class Waiting;

    [[nodiscard]] Result<> send(const QueryRequest& request, const CancelToken& cancel);
    [[nodiscard]] Result<> sendStop(quint8 contextId, const CancelToken& cancel);
    [[nodiscard]] Result<Incoming> await(Waiting& waiting, quint8 contextId);
    [[nodiscard]] Result<std::optional<QueryEnd>> take(const Incoming& said, const QueryRequest& request);
    [[nodiscard]] Result<> onCommand(const Incoming& said, const QueryRequest& request);
    void beginStore(const Incoming& said);
    [[nodiscard]] Result<> onData(const Incoming& said);
    void endStore();
    [[nodiscard]] tl::unexpected<Error> protocolError(const QString& detail);

    Association& m_association;
    StoreHandler* m_store;
    std::chrono::milliseconds m_stopPatience;
    QueryListener* m_listener = nullptr;
    quint16 m_messageId = 0;
    CommandSet m_command;     ///< whose data set is coming, or the last one
    quint8 m_dataContext = 0; ///< of that data set
    bool m_dataIsDue = false;
    bool m_isStore = false; ///< m_command is a C-STORE-RQ
    std::unique_ptr<StoreSink> m_sink;
    QByteArray m_identifier;
};

/// True for FF00 and FF01: more responses follow (PS3.4 Tables C.4-1 to C.4-3).
[[nodiscard]] constexpr bool isPending(quint16 status)
{
    return status == 0xFF00 || status == 0xFF01;
}

inline constexpr quint16 kStatusCancel = 0xFE00;

} // namespace radpost::net
