#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/net/dimse.h"
#include "core/net/pdu.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace radpost::net {

/// What a trace keeps of an association: what was agreed and said, never a secret and never the content of a data set.
/// Plain values.

enum class TraceDirection {
    Sent,
    Heard,
    Neither, ///< of the connection itself
};

struct TraceOpened
{
    QString peerAddress;
    friend bool operator==(const TraceOpened&, const TraceOpened&) = default;
};

struct TraceAccepted
{
    AssociateAc answer;                    ///< without a server response
    std::vector<ProposedContext> proposed; ///< what it answers, as far as that was recorded
    friend bool operator==(const TraceAccepted&, const TraceAccepted&) = default;
};

struct TraceRelease
{
    bool isResponse = false;
    friend bool operator==(const TraceRelease&, const TraceRelease&) = default;
};

struct TraceCommand
{
    quint8 contextId = 0;
    qint64 bytes = 0;
    CommandSet command;
    friend bool operator==(const TraceCommand&, const TraceCommand&) = default;
};

/// Fragments of one data set that went or came together: their number and length, nothing of what is in them.
struct TraceData
{
    quint8 contextId = 0;
    qint64 fragments = 0;
    qint64 bytes = 0;
    bool isLast = false;
    friend bool operator==(const TraceData&, const TraceData&) = default;
};

/// Bytes that are no PDU, or come where they do not belong.
struct TraceFault
{
    std::optional<quint8> pduType;
    qint64 bytes = 0;
    QString detail; ///< English, ours
    friend bool operator==(const TraceFault&, const TraceFault&) = default;
};

struct TraceClosed
{
    std::optional<Error> error; ///< none: in good order
    friend bool operator==(const TraceClosed&, const TraceClosed&) = default;
};

/// Of an AssociateRq the user identity has its type only.
using TraceContent = std::variant<TraceOpened, AssociateRq, TraceAccepted, AssociateRj, TraceRelease, Abort,
    TraceCommand, TraceData, TraceFault, TraceClosed>;

struct TraceRecord
{
    qint64 number = 0; ///< given by the log; grows by one
    Clock::WallTime time{};
    qint64 association = 0; ///< tells the associations of the process apart
    TraceDirection direction = TraceDirection::Neither;
    TraceContent content;
};

} // namespace radpost::net
