#include "core/net/ConnectionGate.h"

namespace radpost::net {

namespace {

// Beyond the limit a few are still served, only to be told so; more than that are just closed.
constexpr int kToldAtOnce = 16;
constexpr int kToldAtOncePerAddress = 4;

} // namespace

ConnectionGate::ConnectionGate(ConnectionLimits limits)
    : m_limits(limits)
{
}

void ConnectionGate::setLimits(ConnectionLimits limits)
{
    const std::lock_guard lock(m_mutex);
    m_limits = limits;
}

ConnectionGate::Admission ConnectionGate::enter(const QString& address)
{
    const std::lock_guard lock(m_mutex);
    const int ofAddress = m_byAddress.value(address);
    const bool hasOwnLimit = m_limits.perAddress > 0;
    if (m_total >= m_limits.total + kToldAtOnce ||
        (hasOwnLimit && ofAddress >= m_limits.perAddress + kToldAtOncePerAddress)) {
        return Admission::Closed;
    }
    ++m_total;
    m_byAddress.insert(address, ofAddress + 1);
    const bool isOver = m_total > m_limits.total || (hasOwnLimit && ofAddress >= m_limits.perAddress);
    return isOver ? Admission::OverLimit : Admission::Welcome;
}

void ConnectionGate::leave(const QString& address)
{
    const std::lock_guard lock(m_mutex);
    --m_total;
    if (--m_byAddress[address] == 0) {
        m_byAddress.remove(address); // addresses are the callers' to choose: only open ones are remembered
    }
}

} // namespace radpost::net
