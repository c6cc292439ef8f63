#pragma once

#include "core/net/AssociationState.h"
#include "core/net/PduReader.h"
#include "core/net/Transport.h"

#include <memory>
#include <optional>

namespace radpost::net {

class PduTrace;
class TraceLog;

/// How long each phase may take. @c connect and @c tlsHandshake belong to whoever makes the transport.
struct AssociationTimeouts
{
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds tlsHandshake{10'000};
    std::chrono::milliseconds association{30'000}; ///< requestor: for AC or RJ; acceptor: for RQ (ARTIM)
    std::chrono::milliseconds stall{60'000};       ///< a write without progress
    std::chrono::milliseconds response{300'000};   ///< a response; acceptor: a pause of the peer
    std::chrono::milliseconds release{5'000};      ///< A-RELEASE-RP; ARTIM while a transport is to be closed
};

/// One association over one transport, as requestor or acceptor: the protocol machine of PS3.8 9.2 with blocking calls.
/// One thread at a time. After any error the association is over; the peer was told by A-ABORT where that was possible.
///
/// Errors common to all calls: Cancelled, ConnectionLost, PeerAborted (see peerAbort()), ProtocolError, SendStalled.
class Association final : private InputSink
{
public:
    static constexpr std::size_t kReceiveBufferBytes = 64 * 1024;

    /// @p transport is connected. The receive buffer bounds how much one system call can bring.
    Association(std::unique_ptr<Transport> transport, Role role, const AssociationTimeouts& timeouts = {},
        std::size_t receiveBufferBytes = kReceiveBufferBytes);

    /// Aborts what is still open, without waiting.
    ~Association();
    Q_DISABLE_COPY_MOVE(Association)

    /// What is said from now on is recorded while @p log is on; nullptr: never. Before anything is said.
    void setTrace(std::shared_ptr<TraceLog> log);

    /// Requestor: asks for the association and waits for the answer. Success means accepted, though perhaps with no
    /// context: see contexts(). Errors: AssociationTimeout, CalledAeNotRecognised, CallingAeNotRecognised, PeerBusy,
    /// AssociationRejected (see rejection()), InvalidArgument.
    [[nodiscard]] Result<> request(const AssociateRq& request, const CancelToken& cancel);

    /// Acceptor: waits for the peer's request, see requested(). Errors: AssociationTimeout, ProtocolError
    /// (no request, or one with contexts that are none), after an A-ABORT.
    [[nodiscard]] Result<> awaitRequest(const CancelToken& cancel);
    [[nodiscard]] Result<> accept(const AssociateAc& answer, const CancelToken& cancel);

    /// Also waits until the peer has closed, at most timeouts().release.
    [[nodiscard]] Result<> reject(const AssociateRj& rejection, const CancelToken& cancel);

    /// Both sides' words, once known.
    [[nodiscard]] const AssociateRq& requested() const { return m_request; }
    [[nodiscard]] const AssociateAc& accepted() const { return m_answer; }
    [[nodiscard]] const std::optional<AssociateRj>& rejection() const { return m_rejection; }
    [[nodiscard]] const std::optional<Abort>& peerAbort() const { return m_peerAbort; }

    /// Contexts that are accepted with a transfer syntax that was proposed.
    [[nodiscard]] const std::vector<AcceptedContext>& contexts() const { return m_contexts; }
    [[nodiscard]] const AcceptedContext* context(quint8 id) const;
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOpen() const { return m_state == State::Sta6; }
    [[nodiscard]] QString peerAddress() const { return m_transport->peerAddress(); }
    [[nodiscard]] const AssociationTimeouts& timeouts() const { return m_timeouts; }

    /// Implementation Version Name of the peer, else its Class UID.
    [[nodiscard]] QString peerImplementation() const;

    /// Operations the requestor may have outstanding: 0 = no limit, 1 when nothing was negotiated (PS3.7 D.3.3.3).
    [[nodiscard]] int window() const;

    /// Bytes of a message that go in one P-DATA PDU to the peer: even, at least 2; our own bound where it has none.
    [[nodiscard]] quint32 maxFragment() const { return m_maxFragment; }

    /// See Transport::takesMappedFiles(); it concerns writeData().
    [[nodiscard]] bool takesMappedFiles() const { return m_transport->takesMappedFiles(); }

    /// Sends one message in few writes; an empty @p dataSet means there is none.
    [[nodiscard]] Result<> sendMessage(
        quint8 contextId, ConstBytes command, ConstBytes dataSet, const CancelToken& cancel);

    /// Adds a message without data set to the output; it leaves with flush(), at the latest before next() waits.
    void queueCommand(quint8 contextId, ConstBytes command);
    [[nodiscard]] std::size_t queuedBytes() const { return m_output.size(); }
    [[nodiscard]] Result<> flush(const CancelToken& cancel);

    /// For senders that build their own P-DATA PDUs: @p parts are whole PDUs.
    [[nodiscard]] Result<> writeData(std::span<const ConstBytes> parts, const CancelToken& cancel);

    /// @p header is any number of whole PDUs, then a P-DATA header for @p count bytes of the file. Errors also:
    /// FileChanged, FileUnreadable; the connection is closed then, since the PDU cannot be finished.
    [[nodiscard]] Result<> writeDataFile(ConstBytes header, int fileDescriptor, qint64 offset, qint64 count,
        bool moreFollows, const CancelToken& cancel);

    /// The next command set or piece of a data set; what it refers to is valid until the next call. Nothing: the peer
    /// asks for release, answer with confirmRelease(). Errors: ResponseTimeout (the association is aborted).
    [[nodiscard]] Result<std::optional<Incoming>> next(const Deadline& deadline, const CancelToken& cancel);

    /// Waits until there is something for next() to work on, without taking it. False: @p deadline is over or @p wake
    /// was pulled; the association goes on in both cases. For waits that somebody may want to say something into.
    [[nodiscard]] Result<bool> awaitInput(const Deadline& deadline, const CancelToken& wake);

    /// Releases in good order; what the peer still sends is dropped. Errors: ReleaseTimeout.
    [[nodiscard]] Result<> release(const CancelToken& cancel);

    /// Also waits until the peer has closed, at most timeouts().release.
    [[nodiscard]] Result<> confirmRelease(const CancelToken& cancel);

    /// Tells the peer, where that is possible without waiting, and closes. Idempotent.
    void abort(AbortSource source = AbortSource::ServiceUser, AbortReason reason = AbortReason::NotSpecified);

private:
    /// What came from the peer, and what PS3.8 Table 9-10 says to do about it.
    struct Heard
    {
        Action action = Action::None;
        Incoming said;
    };

    // InputSink
    [[nodiscard]] std::span<std::byte> inputSpace() override { return m_reader.space(); }
    void inputArrived(std::size_t count) override { m_reader.filled(count); }

    Action step(Event event);
    [[nodiscard]] Result<Heard> hear(const Deadline& deadline, ErrorCode onTimeout, const CancelToken& cancel);
    [[nodiscard]] Result<> fill(const Deadline& deadline, ErrorCode onTimeout, const CancelToken& cancel);
    [[nodiscard]] Result<std::size_t> readSome(const Deadline& deadline, const CancelToken& cancel);
    [[nodiscard]] Event eventOf(const Incoming& said);
    [[nodiscard]] Result<> checkContext(const Incoming& said);
    [[nodiscard]] Result<> takeAnswer(Action action);
    [[nodiscard]] Result<> adopt();
    [[nodiscard]] Result<> checkProposed();

    [[nodiscard]] Result<> sendPdu(const Bytes& pdu, const CancelToken& cancel);
    [[nodiscard]] Result<> mayWriteData(const CancelToken& cancel);
    [[nodiscard]] Result<> wrote(Result<> outcome);
    [[nodiscard]] Result<> awaitReleased(const CancelToken& cancel);
    [[nodiscard]] std::optional<Error> abortThatArrived();
    [[nodiscard]] tl::unexpected<Error> over(Error error);
    [[nodiscard]] tl::unexpected<Error> abortFor(Error error, AbortSource source, AbortReason reason);
    [[nodiscard]] tl::unexpected<Error> peerAborted(ConstBytes body);
    [[nodiscard]] tl::unexpected<Error> outOfTurn(const Incoming& said, Event event, Action action);
    void tellAbort(AbortSource source, AbortReason reason);
    void awaitClose(std::chrono::milliseconds artim, const CancelToken& cancel);
    void close();

    std::unique_ptr<Transport> m_transport;
    Role m_role;
    AssociationTimeouts m_timeouts;
    State m_state = State::Sta1;
    PduReader m_reader;
    std::size_t m_lastRead = 0;
    Bytes m_output;
    bool m_insidePdu = false; ///< a write ended half way: an A-ABORT would be taken for data
    quint32 m_maxFragment;
    AssociateRq m_request;
    AssociateAc m_answer;
    std::vector<AcceptedContext> m_contexts;
    std::optional<AssociateRj> m_rejection;
    std::optional<Abort> m_peerAbort;
    std::unique_ptr<PduTrace> m_trace; ///< nullptr: nobody asks
};

} // namespace radpost::net
