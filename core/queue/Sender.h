#pragma once

#include "core/base/CancelToken.h"
#include "core/base/StrongId.h"

#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <span>

namespace radpost::queue {

/// An abstract syntax and the transfer syntax a file has: what a session must be able to carry.
struct ContextNeed
{
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    friend bool operator==(const ContextNeed&, const ContextNeed&) = default;
};

/// One delivery as a sender sees it.
struct SendItem
{
    DeliveryId delivery;
    QString path;
    qint64 sizeBytes = 0; ///< of the file when it was scanned
    qint64 mtimeNs = 0;   ///< of the file when it was scanned
    qint64 dataSetOffset = 0;
    qint64 dataSetLength = 0;
    ContextNeed need;
    SopInstanceUid sopInstanceUid;
};

enum class OutcomeKind {
    Stored,
    StoredWithWarning, ///< B000, B006, B007, 0111: stored, and the peer said something
    Failed,            ///< see error
};

/// How one try of one delivery ended.
struct SendOutcome
{
    DeliveryId delivery;
    OutcomeKind kind = OutcomeKind::Failed;
    std::optional<quint16> dimseStatus;
    std::optional<Error> error; ///< set when Failed; its Retry says what the dispatcher does
    QString errorComment;       ///< Error Comment (0000,0902)
    QString offendingElement;   ///< Offending Element (0000,0901), "(gggg,eeee)" joined by comma
    QString note;               ///< what was done to the data on the way: "decompressed", …
    qint64 bytesSent = 0;       ///< of the data set
    std::chrono::microseconds duration{0};
};

/// What became known when the session opened.
struct SessionInfo
{
    QString peerAddress;
    QString peerImplementation; ///< Implementation Version Name, else Class UID
    int window = 1;             ///< outstanding requests the peer allows; 0 = no limit
};

/// One session (a DICOM association, an HTTP client) with one destination. Used by one worker thread at a time; every
/// call may block and honours its token.
///
/// Order: open, then any mix of submit and awaitOutcome, then close. A session that returned an error from submit or
/// awaitOutcome is broken: what was submitted without an outcome counts as not sent, and the worker opens a new one.
class Sender
{
public:
    virtual ~Sender() = default;

    /// Connects and negotiates for @p needs. Errors: all of 2xx and 3xx; NoAcceptedContext when nothing was accepted,
    /// which says so of each of @p needs. After an error only close().
    [[nodiscard]] virtual Result<SessionInfo> open(std::span<const ContextNeed> needs, const CancelToken& cancel) = 0;

    /// True when @p need was part of what open() asked for (accepted or not): otherwise a new session is needed.
    [[nodiscard]] virtual bool wasProposed(const ContextNeed& need) const = 0;

    /// Opens and checks the file ahead of its turn, while an earlier one is on the wire. A hint: errors show in submit.
    virtual void prepare(const SendItem& item) = 0;

    /// Sends one instance without waiting for its response. At most SessionInfo::window may be outstanding. What is
    /// wrong with this instance alone (file changed, no context, cannot be converted) is an outcome, given by the next
    /// awaitOutcome; an error means that the session is broken. FileChanged and FileUnreadable: the file broke off
    /// while it was on the wire, where a request can only be ended with the session; the destination did nothing wrong.
    [[nodiscard]] virtual Result<> submit(const SendItem& item, const CancelToken& cancel) = 0;

    /// Waits for the next outcome, in the order the peer answers. Errors: ResponseTimeout, ConnectionLost, PeerAborted,
    /// ProtocolError, Cancelled.
    [[nodiscard]] virtual Result<SendOutcome> awaitOutcome(const CancelToken& cancel) = 0;

    /// Ends the session in good order where possible (release, else abort). Bounded by its own deadline.
    virtual void close() = 0;
};

/// Makes sessions for one destination. Any thread.
class SenderFactory
{
public:
    virtual ~SenderFactory() = default;
    [[nodiscard]] virtual std::unique_ptr<Sender> create() = 0;

    /// Asks the destination whether it is there (C-ECHO); the circuit breaker's probe.
    [[nodiscard]] virtual Result<> probe(const CancelToken& cancel) = 0;

    /// Why @p need can be asked of no peer; its instances are rejected unsent. Does not block. Default: nothing.
    [[nodiscard]] virtual std::optional<Error> objectionTo(const ContextNeed& need) const
    {
        Q_UNUSED(need)
        return std::nullopt;
    }
};

} // namespace radpost::queue
