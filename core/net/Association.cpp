#include "core/net/Association.h"

#include "core/net/PduTrace.h"
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

void Association::setTrace(std::shared_ptr<TraceLog> log)
{
    m_trace = log ? std::make_unique<PduTrace>(std::move(log), peerAddress()) : nullptr;
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
    return heard ? checkProposed() : fail(std::move(heard.error()));
}

/// PS3.8 9.3.2.2: identifiers are odd, and each stands for one context; so there are no more than 128.
Result<> Association::checkProposed()
{
    std::array<bool, 256> seen{};
    for (const auto& context : m_request.contexts) {
        if (context.id % 2 == 0 || std::exchange(seen[context.id], true)) {
            const auto what = QStringLiteral("presentation context %1 is even or there twice").arg(context.id);
            return abortFor(makeError(ErrorCode::ProtocolError, what), AbortSource::ServiceProvider,
                AbortReason::InvalidParameterValue);
        }
    }
    return {};
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
    awaitClose(m_timeouts.release, cancel);
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
        awaitClose(m_timeouts.release, cancel);
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
    if (m_trace) {
        m_trace->broken(error);
    }
    tellAbort(source, reason);
    awaitClose(kAbortLinger, {});
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
    if (m_trace) {
        m_trace->sent(parts);
    }
    // It may be lost, as the peer may have gone.
    [[maybe_unused]] const auto sent = m_transport->write(parts, kAbortStall, {});
}

// Sta13. Closing at once would reset the connection while the peer still sends, and it might never read our last word.
void Association::awaitClose(std::chrono::milliseconds artim, const CancelToken& cancel)
{
    m_state = State::Sta13;
    const Deadline deadline(artim);
    std::array<std::byte, 4096> dropped{};
    for (;;) {
        const auto count = m_transport->read(dropped, deadline, cancel);
        if (!count || *count == 0 || deadline.isOver()) {
            break;
        }
    }
    close();
}

tl::unexpected<Error> Association::over(Error error)
{
    if (m_trace) {
        m_trace->closed(error);
    }
    close();
    return fail(std::move(error));
}

void Association::close()
{
    if (m_trace) {
        m_trace->closed();
    }
    m_output.clear();
    m_transport->close();
    m_state = State::Sta1;
}

} // namespace radpost::net
