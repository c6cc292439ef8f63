#include "core/net/Association.h"

#include "core/net/framing.h"

#include <algorithm>
#include <array>
#include <utility>

namespace radpost::net {

namespace {

using namespace std::chrono_literals;

// PS3.8 D.1 makes the item mandatory; what to assume of a peer that leaves it out is DCMTK's and everybody's default.
constexpr quint32 kMaxLengthWhenAbsent = 16384;

// An A-ABORT is a courtesy: it never keeps a cancel from taking effect.
constexpr auto kAbortStall = 50ms;
constexpr auto kAbortLinger = 200ms;

constexpr std::size_t kFragmentsPerWrite = 32;

// A data set of odd length, deflated or damaged, gets one byte more: PS3.8 wants even fragments.
constexpr std::array kPadding{std::byte{0}};

// Peers that write the header of a PDU by itself make pieces of this size.
constexpr std::size_t kLonePiece = 256;

/// Who aborts by an action of PS3.8 Table 9-9.
AbortSource sourceOf(Action action)
{
    return action == Action::AA1 ? AbortSource::ServiceUser : AbortSource::ServiceProvider;
}

/// Keeps what was decoded; what cannot be decoded is another event.
template <typename Pdu, typename Place>
Event keep(Result<Pdu> decoded, Place& place, Event event)
{
    if (!decoded) {
        return Event::InvalidPdu;
    }
    place = std::move(*decoded);
    return event;
}

} // namespace

Association::Association(std::unique_ptr<Transport> transport, Role role, const AssociationTimeouts& timeouts,
    std::size_t receiveBufferBytes)
    : m_transport(std::move(transport))
    , m_role(role)
    , m_timeouts(timeouts)
    , m_reader(receiveBufferBytes)
    , m_maxFragment(maxFragmentFor(kMaxLengthWhenAbsent))
{
    m_transport->setInputSink(this);
    if (role == Role::Requestor) {
        m_transport->setAckPolicy(AckPolicy::Immediate);
    }
}

Association::~Association()
{
    abort();
    m_transport->setInputSink(nullptr);
}

Action Association::step(Event event)
{
    const auto next = transition(m_state, event, m_role);
    m_state = next.next;
    return next.action;
}

Result<> Association::request(const AssociateRq& request, const CancelToken& cancel)
{
    auto pdu = encode(request);
    if (!pdu) {
        return fail(std::move(pdu.error()));
    }
    m_request = request;
    m_reader.setMaxPduLength(request.user.maxLength.value_or(0));
    step(Event::AssociateRequest); // AE-1: the transport is connected already
    step(Event::TransportConfirm); // AE-2
    if (auto sent = sendPdu(*pdu, cancel); !sent) {
        return sent;
    }
    auto heard = hear(Deadline(m_timeouts.association), ErrorCode::AssociationTimeout, cancel);
    if (!heard) {
        return fail(std::move(heard.error()));
    }
    return takeAnswer(heard->action);
}

Result<> Association::takeAnswer(Action action)
{
    if (action == Action::AE4) {
        close();
        return fail(rejectError(*m_rejection));
    }
    return adopt();
}

Result<> Association::awaitRequest(const CancelToken& cancel)
{
    step(Event::TransportIndication); // AE-5
    auto heard = hear(Deadline(m_timeouts.association), ErrorCode::AssociationTimeout, cancel);
    return heard ? Result<>() : fail(std::move(heard.error()));
}

Result<> Association::accept(const AssociateAc& answer, const CancelToken& cancel)
{
    auto pdu = encode(answer);
    if (!pdu) {
        return fail(std::move(pdu.error()));
    }
    if (step(Event::AssociateAccept) != Action::AE7) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("no association was asked for"));
    }
    m_answer = answer;
    m_reader.setMaxPduLength(answer.user.maxLength.value_or(0));
    if (auto sent = sendPdu(*pdu, cancel); !sent) {
        return sent;
    }
    return adopt();
}

Result<> Association::reject(const AssociateRj& rejection, const CancelToken& cancel)
{
    if (step(Event::AssociateReject) != Action::AE8) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("no association was asked for"));
    }
    m_rejection = rejection;
    if (auto sent = sendPdu(encode(rejection), cancel); !sent) {
        return sent;
    }
    awaitClose(m_timeouts.release);
    return {};
}

Result<> Association::adopt()
{
    const auto& peer = m_role == Role::Requestor ? m_answer.user : m_request.user;
    const auto maxFragment = maxFragmentFor(peer.maxLength.value_or(kMaxLengthWhenAbsent));
    if (maxFragment == 0) {
        return abortFor(makeError(ErrorCode::ProtocolError, QStringLiteral("the peer's maximum length is useless")),
            AbortSource::ServiceProvider, AbortReason::InvalidParameterValue);
    }
    m_maxFragment = maxFragment;
    for (const auto& answered : m_answer.contexts) {
        const auto proposed = std::find_if(m_request.contexts.begin(), m_request.contexts.end(),
            [&answered](const ProposedContext& context) { return context.id == answered.id; });
        if (answered.result != kContextAccepted || proposed == m_request.contexts.end()) {
            continue;
        }
        const auto& offered = proposed->transferSyntaxes;
        if (std::find(offered.begin(), offered.end(), answered.transferSyntaxUid) != offered.end()) {
            m_contexts.push_back({answered.id, proposed->sopClassUid, answered.transferSyntaxUid});
        }
    }
    return {};
}

const AcceptedContext* Association::context(quint8 id) const
{
    const auto found = std::find_if(
        m_contexts.begin(), m_contexts.end(), [id](const AcceptedContext& context) { return context.id == id; });
    return found == m_contexts.end() ? nullptr : &*found;
}

QString Association::peerImplementation() const
{
    const auto& peer = m_role == Role::Requestor ? m_answer.user : m_request.user;
    const auto& name = peer.implementationVersionName;
    return QString::fromLatin1(name.isEmpty() ? peer.implementationClassUid : name);
}

int Association::window() const
{
    const auto& asked = m_request.user.asyncWindow;
    const auto& granted = m_answer.user.asyncWindow;
    if (!asked || !granted) {
        return 1;
    }
    // An answer never widens what was asked for; 0 is the widest.
    if (asked->invoked != 0 && (granted->invoked == 0 || granted->invoked > asked->invoked)) {
        return asked->invoked;
    }
    return granted->invoked;
}

Result<> Association::sendPdu(const Bytes& pdu, const CancelToken& cancel)
{
    const std::array<ConstBytes, 1> parts{pdu};
    return wrote(m_transport->write(parts, m_timeouts.stall, cancel));
}

Result<> Association::mayWriteData(const CancelToken& cancel)
{
    const auto action = transition(m_state, Event::DataRequest, m_role).action;
    if (action != Action::DT1 && action != Action::AR7) {
        return fail(ErrorCode::ConnectionLost, QStringLiteral("the association is not open"));
    }
    if (cancel.isCancelled()) {
        return over(makeError(ErrorCode::Cancelled));
    }
    m_insidePdu = true;
    return {};
}

Result<> Association::wrote(Result<> outcome)
{
    if (!outcome) {
        if (outcome.error().code == ErrorCode::ConnectionLost) {
            if (auto abort = abortThatArrived()) {
                return over(std::move(*abort));
            }
        }
        return over(std::move(outcome.error()));
    }
    m_insidePdu = false;
    return outcome;
}

Result<> Association::writeData(std::span<const ConstBytes> parts, const CancelToken& cancel)
{
    if (auto mayGoOn = flush(cancel).and_then([&] { return mayWriteData(cancel); }); !mayGoOn) {
        return mayGoOn;
    }
    return wrote(m_transport->write(parts, m_timeouts.stall, cancel));
}

Result<> Association::writeDataFile(
    ConstBytes header, int fileDescriptor, qint64 offset, qint64 count, bool moreFollows, const CancelToken& cancel)
{
    if (auto mayGoOn = flush(cancel).and_then([&] { return mayWriteData(cancel); }); !mayGoOn) {
        return mayGoOn;
    }
    return wrote(m_transport->writeFile(header, fileDescriptor, offset, count, moreFollows, m_timeouts.stall, cancel));
}

void Association::queueCommand(quint8 contextId, ConstBytes command)
{
    appendFramed(m_output, contextId, true, command, m_maxFragment);
}

Result<> Association::flush(const CancelToken& cancel)
{
    if (m_output.empty()) {
        return {};
    }
    if (auto mayGoOn = mayWriteData(cancel); !mayGoOn) {
        return mayGoOn;
    }
    const std::array<ConstBytes, 1> parts{m_output};
    auto sent = wrote(m_transport->write(parts, m_timeouts.stall, cancel));
    m_output.clear();
    return sent;
}

Result<> Association::sendMessage(quint8 contextId, ConstBytes command, ConstBytes dataSet, const CancelToken& cancel)
{
    Bytes head;
    appendFramed(head, contextId, true, command, m_maxFragment);
    std::vector<ConstBytes> parts{head};
    std::array<std::array<std::byte, kDataHeaderSize>, kFragmentsPerWrite> headers{};
    std::size_t used = 0;
    while (!dataSet.empty()) {
        const auto count = std::min<std::size_t>(dataSet.size(), m_maxFragment);
        auto& header = headers[used++];
        const auto padding = ConstBytes(kPadding).first(count % 2);
        writeDataHeader(
            header.data(), contextId, false, count == dataSet.size(), static_cast<quint32>(count + padding.size()));
        parts.insert(parts.end(), {header, dataSet.first(count), padding});
        dataSet = dataSet.subspan(count);
        if (used == headers.size()) {
            if (auto sent = writeData(parts, cancel); !sent) {
                return sent;
            }
            parts.clear();
            used = 0;
        }
    }
    return parts.empty() ? Result<>() : writeData(parts, cancel);
}

Result<std::optional<Incoming>> Association::next(const Deadline& deadline, const CancelToken& cancel)
{
    auto heard = hear(deadline, ErrorCode::ResponseTimeout, cancel);
    if (!heard) {
        return fail(std::move(heard.error()));
    }
    if (heard->action == Action::AR2) {
        return std::optional<Incoming>();
    }
    if (auto known = checkContext(heard->said); !known) {
        return fail(std::move(known.error()));
    }
    return heard->said;
}

Result<> Association::checkContext(const Incoming& said)
{
    if (context(said.contextId) != nullptr) {
        return {};
    }
    return abortFor(makeError(ErrorCode::ProtocolError,
                        QStringLiteral("data for presentation context %1, which is not accepted").arg(said.contextId)),
        AbortSource::ServiceProvider, AbortReason::InvalidParameterValue);
}

Result<Association::Heard> Association::hear(const Deadline& deadline, ErrorCode onTimeout, const CancelToken& cancel)
{
    for (;;) {
        auto said = m_reader.next();
        if (!said) {
            const auto action = step(Event::InvalidPdu);
            return abortFor(std::move(said.error()), sourceOf(action), m_reader.lastAbortReason());
        }
        if (!*said) {
            if (auto filled = fill(deadline, onTimeout, cancel); !filled) {
                return fail(std::move(filled.error()));
            }
            continue;
        }
        const auto event = eventOf(**said);
        const auto action = step(event);
        if (event == Event::AbortPdu) {
            return peerAborted((*said)->bytes);
        }
        if (action == Action::None || action == Action::AA1 || action == Action::AA7 || action == Action::AA8) {
            return outOfTurn(**said, event, action);
        }
        if (action != Action::AA6) {
            return Heard{action, **said};
        }
    }
}

Result<> Association::fill(const Deadline& deadline, ErrorCode onTimeout, const CancelToken& cancel)
{
    if (auto flushed = flush(cancel); !flushed) {
        return flushed;
    }
    if (m_role == Role::Acceptor) {
        // A lone piece of a PDU: the peer's system holds the rest back until we acknowledge it. In bulk data the same
        // would cost more than it brings.
        const bool isHeldBack = m_reader.isInsidePdu() && m_lastRead < kLonePiece;
        m_transport->setAckPolicy(isHeldBack ? AckPolicy::Immediate : AckPolicy::System);
    }
    auto count = m_transport->read(m_reader.space(), deadline, cancel);
    if (!count && count.error().code == ErrorCode::ResponseTimeout) {
        abort();
        return over(makeError(onTimeout));
    }
    if (!count) {
        if (count.error().code == ErrorCode::Cancelled) {
            abort();
        }
        return over(std::move(count.error()));
    }
    if (*count == 0) {
        step(Event::TransportClosed);
        return over(makeError(ErrorCode::ConnectionLost, QStringLiteral("closed by the peer")));
    }
    m_lastRead = *count;
    m_reader.filled(*count);
    return {};
}

Event Association::eventOf(const Incoming& said)
{
    if (said.kind != Incoming::Kind::Control) {
        return Event::DataPdu;
    }
    switch (static_cast<PduType>(said.pduType)) {
    case PduType::AssociateRq:
        return m_state == State::Sta2 ? keep(decodeAssociateRq(said.bytes), m_request, Event::AssociateRqPdu)
                                      : Event::AssociateRqPdu;
    case PduType::AssociateAc:
        return m_state == State::Sta5 ? keep(decodeAssociateAc(said.bytes), m_answer, Event::AssociateAcPdu)
                                      : Event::AssociateAcPdu;
    case PduType::AssociateRj:
        return keep(decodeAssociateRj(said.bytes), m_rejection, Event::AssociateRjPdu);
    case PduType::PData:
        return Event::DataPdu;
    case PduType::ReleaseRq:
        return Event::ReleaseRqPdu;
    case PduType::ReleaseRp:
        return Event::ReleaseRpPdu;
    case PduType::Abort:
        return Event::AbortPdu;
    }
    return Event::InvalidPdu;
}

tl::unexpected<Error> Association::outOfTurn(const Incoming& said, Event event, Action action)
{
    const bool isInvalid = event == Event::InvalidPdu;
    const auto detail =
        isInvalid ? QStringLiteral("malformed PDU of type %1") : QStringLiteral("unexpected PDU of type %1");
    const auto type = said.kind == Incoming::Kind::Control ? said.pduType : static_cast<quint8>(PduType::PData);
    return abortFor(makeError(ErrorCode::ProtocolError, detail.arg(type)), sourceOf(action),
        isInvalid ? AbortReason::InvalidParameterValue : AbortReason::UnexpectedPdu);
}

tl::unexpected<Error> Association::peerAborted(ConstBytes body)
{
    if (auto abort = decodeAbort(body)) {
        m_peerAbort = *abort;
    }
    return over(abortError(m_peerAbort.value_or(Abort{})));
}

// When a write fails because the peer has closed, its A-ABORT, which says why, may be among what it sent before.
std::optional<Error> Association::abortThatArrived()
{
    constexpr int kReads = 16;
    for (int i = 0; i < kReads; ++i) {
        auto said = m_reader.next();
        if (!said) {
            return std::nullopt;
        }
        if (*said && eventOf(**said) == Event::AbortPdu) {
            return peerAborted((*said)->bytes).value();
        }
        if (*said) {
            continue;
        }
        auto count = m_transport->read(m_reader.space(), Deadline(0ms), {});
        if (!count || *count == 0) {
            return std::nullopt;
        }
        m_reader.filled(*count);
    }
    return std::nullopt;
}

Result<> Association::release(const CancelToken& cancel)
{
    if (auto flushed = flush(cancel); !flushed) {
        return flushed;
    }
    if (transition(m_state, Event::ReleaseRequest, m_role).action != Action::AR1) {
        return fail(ErrorCode::ConnectionLost, QStringLiteral("the association is not open"));
    }
    step(Event::ReleaseRequest);
    if (auto sent = sendPdu(encodeReleaseRq(), cancel); !sent) {
        return sent;
    }
    return awaitReleased(cancel);
}

Result<> Association::awaitReleased(const CancelToken& cancel)
{
    const Deadline deadline(m_timeouts.release);
    for (;;) {
        auto heard = hear(deadline, ErrorCode::ReleaseTimeout, cancel);
        if (!heard) {
            return fail(std::move(heard.error()));
        }
        if (heard->action == Action::AR3) {
            close();
            return {};
        }
        // A collision: both sides asked at once. The requestor answers first (AR-8, AR-9), the acceptor after it has
        // the requestor's answer (AR-10, AR-4). What else comes is late data, and nobody waits for it any more.
        const bool answersNow =
            heard->action == Action::AR10 || (heard->action == Action::AR8 && m_role == Role::Requestor);
        if (answersNow) {
            if (auto confirmed = confirmRelease(cancel); !confirmed || m_state == State::Sta1) {
                return confirmed;
            }
        }
    }
}

Result<> Association::confirmRelease(const CancelToken& cancel)
{
    if (auto flushed = m_state == State::Sta8 ? flush(cancel) : Result<>(); !flushed) {
        return flushed;
    }
    const auto action = step(Event::ReleaseResponse);
    if (action == Action::None) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("no release was asked for"));
    }
    if (auto sent = sendPdu(encodeReleaseRp(), cancel); !sent) {
        return sent;
    }
    if (action == Action::AR4) {
        awaitClose(m_timeouts.release);
    }
    return {};
}

void Association::abort(AbortSource source, AbortReason reason)
{
    if (transition(m_state, Event::AbortRequest, m_role).action == Action::AA1) {
        step(Event::AbortRequest);
        tellAbort(source, reason);
    }
    close();
}

tl::unexpected<Error> Association::abortFor(Error error, AbortSource source, AbortReason reason)
{
    tellAbort(source, reason);
    awaitClose(kAbortLinger);
    return fail(std::move(error));
}

void Association::tellAbort(AbortSource source, AbortReason reason)
{
    if (m_insidePdu) {
        return;
    }
    const auto said = source == AbortSource::ServiceUser ? AbortReason::NotSpecified : reason; // PS3.8 Table 9-26
    const auto pdu = encode(Abort{static_cast<quint8>(source), static_cast<quint8>(said)});
    const std::array<ConstBytes, 1> parts{pdu};
    // It may be lost, as the peer may have gone.
    [[maybe_unused]] const auto sent = m_transport->write(parts, kAbortStall, {});
}

// Sta13. Closing at once would reset the connection while the peer still sends, and it might never read our last word.
void Association::awaitClose(std::chrono::milliseconds artim)
{
    m_state = State::Sta13;
    const Deadline deadline(artim);
    std::array<std::byte, 4096> dropped{};
    for (;;) {
        const auto count = m_transport->read(dropped, deadline, {});
        if (!count || *count == 0 || deadline.isOver()) {
            break;
        }
    }
    close();
}

tl::unexpected<Error> Association::over(Error error)
{
    close();
    return fail(std::move(error));
}

void Association::close()
{
    m_output.clear();
    m_transport->close();
    m_state = State::Sta1;
}

} // namespace radpost::net
