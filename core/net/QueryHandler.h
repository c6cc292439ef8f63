#pragma once

#include "core/net/QueryScu.h"
#include "core/net/StoreHandler.h"

#include <vector>

namespace radpost::net {

class QueryOperation;

/// Status values of our own answers to queries and retrievals (PS3.4 Tables C.4-1 to C.4-3).
inline constexpr quint16 kStatusPending = 0xFF00;
inline constexpr quint16 kStatusPendingWithUnsupportedKeys = 0xFF01;
inline constexpr quint16 kStatusIdentifierMismatch = 0xA900; ///< the identifier does not match the SOP class
inline constexpr quint16 kStatusNoMatchesCalculated = 0xA701;
inline constexpr quint16 kStatusNoSubOperations = 0xA702;
inline constexpr quint16 kStatusUnknownDestination = 0xA801;
inline constexpr quint16 kStatusUnableToProcess = 0xC000;
inline constexpr quint16 kStatusSomeFailed = 0xB000;

/// What a peer asks by C-FIND, C-MOVE or C-GET.
struct QueryCall
{
    CommandSet request;
    AcceptedContext context;
    PeerInfo peer;
    QByteArray identifier; ///< as it came, in the context's transfer syntax; nobody has looked at it
};

/// One response, pending or final.
struct QueryReply
{
    quint16 status = kStatusSuccess;
    QByteArray errorComment{}; ///< cut to 64 characters
    std::vector<quint32> offendingElements{};
    SubOperations counts{}; ///< of C-MOVE and C-GET; what is absent is not sent
    QByteArray identifier{};
};

/// Each serves one request on the association's thread and gives the final response; pending ones go out by @p
/// operation. An error: the association is over, nothing more is said. Called from many association threads at once.
class FindHandler
{
public:
    virtual ~FindHandler() = default;
    [[nodiscard]] virtual Result<QueryReply> find(const QueryCall& call, QueryOperation& operation) = 0;
};

class MoveHandler
{
public:
    virtual ~MoveHandler() = default;
    [[nodiscard]] virtual Result<QueryReply> move(const QueryCall& call, QueryOperation& operation) = 0;
};

class GetHandler
{
public:
    virtual ~GetHandler() = default;
    [[nodiscard]] virtual Result<QueryReply> get(const QueryCall& call, QueryOperation& operation) = 0;
};

} // namespace radpost::net
