// A peer that cannot stand one of the presentation contexts it is asked for may end the whole negotiation, and with it
// everything else that was asked for. TCP connected each time, so a peer that is merely broken looks the same. What
// tells them apart: the needs are asked for in halves.
//
//   died, more than one need ──▶ each half by itself, first one, then the other
//
//   died, one need ──▶ nothing has opened yet: goes last, again
//        │
//        └──▶ something has: that opens ──▶ this one dies again ──▶ that opens ──▶ refused for itself
//                             │                                      │
//                             └────────────── dies: an outage ───────┘
//
// While it goes on nothing is sent. It ends with the first sign of an outage, and after kMostInARow failures with
// nothing opened in between, so that a peer that is down is not asked without end: the circuit breaker has it then.
#include "core/queue/Lane.h"

#include "core/observe/Log.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

// The halves of DestinationPolicy::maxNeeds down to a single one, and one more.
constexpr int kMostInARow = 8;

/// The peer was reached, and the negotiation did not come to its end.
bool isDeathInNegotiation(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ConnectionLost:
    case ErrorCode::SendStalled:
    case ErrorCode::AssociationTimeout:
    case ErrorCode::PeerAborted:
    case ErrorCode::ProtocolError:
        return true;
    default:
        return false;
    }
}

Error verdictOn(const ContextNeed& need, const Error& death)
{
    return makeError(ErrorCode::CulpritInstance,
        u"the destination ends each negotiation in which SOP class %1 with transfer syntax %2 is asked for: %3"_s.arg(
            need.sopClassUid.toString(), need.transferSyntaxUid.toString(), errorName(death.code)));
}

} // namespace

/// No session opened for @p needs. @return whether others are asked for next; else it says nothing of the needs.
bool Lane::narrow(const QList<ContextNeed>& needs, const Error& error)
{
    auto& tries = m_narrowing.tries;
    const bool begins = tries.empty();
    const bool isDeath = isDeathInNegotiation(error.code);
    const auto tried = begins ? NarrowTry{needs, {}, {}} : std::move(tries.front());
    if (!isDeath || (begins && needs.size() < 2) || tried.isControl() || ++m_narrowing.failures >= kMostInARow) {
        endNarrowing();
        return false;
    }
    if (begins) {
        qCInfo(observe::lcQueue) << "destination" << m_policy.name << "ended a negotiation for" << needs.size()
                                 << "contexts:" << errorName(error.code) << "- they are asked for in halves";
    } else {
        tries.pop_front();
    }
    if (tried.needs.size() > 1) {
        halve(tried.needs);
    } else if (!m_narrowing.opened) {
        tries.push_back(tried);
    } else {
        doubt(tried, error);
    }
    return true;
}

/// Begins elsewhere each time, so that many that die at the start do not hide the others for ever.
void Lane::halve(const QList<ContextNeed>& needs)
{
    auto turned = needs;
    const bool isFirst = m_narrowing.tries.empty();
    std::rotate(turned.begin(), turned.begin() + (isFirst ? m_narrowing.turn++ % turned.size() : 0), turned.end());
    const auto half = turned.size() / 2;
    m_narrowing.tries.push_front({turned.mid(half), {}, {}});
    m_narrowing.tries.push_front({turned.first(half), {}, {}});
}

/// It died by itself, and something else has opened before.
void Lane::doubt(const NarrowTry& tried, const Error& error)
{
    const auto& need = tried.needs.first();
    const QList<ContextNeed> control{*m_narrowing.opened};
    if (tried.role == NarrowTry::Role::Search) {
        m_narrowing.tries.push_front({tried.needs, NarrowTry::Role::Again, {}});
        m_narrowing.tries.push_front({control, NarrowTry::Role::Control, {}});
    } else {
        m_narrowing.tries.push_front({control, NarrowTry::Role::Control, std::pair(need, verdictOn(need, error))});
    }
}

/// The peer answered what it was asked last.
void Lane::noteNegotiated()
{
    auto& tries = m_narrowing.tries;
    if (tries.empty()) {
        return;
    }
    const auto tried = std::move(tries.front());
    tries.pop_front();
    m_narrowing.failures = 0;
    m_narrowing.opened = m_narrowing.opened.value_or(tried.needs.first());
    if (tried.verdict) {
        qCWarning(observe::lcQueue) << "destination" << m_policy.name << tried.verdict->second.detail;
        m_refused.push_back(*tried.verdict);
        rejectRefusedEverywhere();
    }
    if (tries.empty()) {
        endNarrowing();
    }
}

void Lane::endNarrowing()
{
    m_narrowing = Narrowing{{}, {}, 0, m_narrowing.turn};
}

} // namespace radpost::queue
