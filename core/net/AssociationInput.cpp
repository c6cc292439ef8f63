#include "core/net/Association.h"
#include "core/net/PduTrace.h"

namespace radpost::net {

namespace {

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
        if (m_trace) {
            m_trace->heard(**said);
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

Result<bool> Association::awaitInput(const Deadline& deadline, const CancelToken& wake)
{
    if (m_reader.buffered() > 0) {
        return true;
    }
    auto count = flush({}).and_then([&] {
        const auto arrived = m_reader.buffered(); // while the flush waited
        return arrived > 0 ? Result<std::size_t>(arrived) : readSome(deadline, wake);
    });
    if (count) {
        return true;
    }
    const auto code = count.error().code;
    if (isOpen() && (code == ErrorCode::ResponseTimeout || code == ErrorCode::Cancelled)) {
        return false;
    }
    return fail(std::move(count.error()));
}

Result<> Association::fill(const Deadline& deadline, ErrorCode onTimeout, const CancelToken& cancel)
{
    const auto before = m_reader.buffered();
    if (auto flushed = flush(cancel); !flushed) {
        return flushed;
    }
    if (m_reader.buffered() != before) {
        return {}; // it came while the flush waited, and may be all that the peer has to say
    }
    auto count = readSome(deadline, cancel);
    if (count) {
        return {};
    }
    const auto code = count.error().code;
    if (code == ErrorCode::ResponseTimeout || code == ErrorCode::Cancelled) {
        abort();
        return over(code == ErrorCode::Cancelled ? std::move(count.error()) : makeError(onTimeout));
    }
    return fail(std::move(count.error()));
}

/// Errors: ResponseTimeout and Cancelled, which leave the association as it is; others end it.
Result<std::size_t> Association::readSome(const Deadline& deadline, const CancelToken& cancel)
{
    if (m_role == Role::Acceptor) {
        // A lone piece of a PDU: the peer's system holds the rest back until we acknowledge it. In bulk data the same
        // would cost more than it brings.
        const bool isHeldBack = m_reader.isInsidePdu() && m_lastRead < kLonePiece;
        m_transport->setAckPolicy(isHeldBack ? AckPolicy::Immediate : AckPolicy::System);
    }
    auto count = m_transport->read(m_reader.space(), deadline, cancel);
    if (!count) {
        const auto code = count.error().code;
        const bool goesOn = code == ErrorCode::ResponseTimeout || code == ErrorCode::Cancelled;
        return goesOn ? std::move(count) : Result<std::size_t>(over(std::move(count.error())));
    }
    if (*count == 0) {
        step(Event::TransportClosed);
        return over(makeError(ErrorCode::ConnectionLost, QStringLiteral("closed by the peer")));
    }
    m_lastRead = *count;
    m_reader.filled(*count);
    return count;
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
        if (*said && m_trace) {
            m_trace->heard(**said);
        }
        if (*said && eventOf(**said) == Event::AbortPdu) {
            return peerAborted((*said)->bytes).value();
        }
        if (*said) {
            continue;
        }
        auto count = m_transport->read(m_reader.space(), Deadline(std::chrono::milliseconds(0)), {});
        if (!count || *count == 0) {
            return std::nullopt;
        }
        m_reader.filled(*count);
    }
    return std::nullopt;
}

} // namespace radpost::net
