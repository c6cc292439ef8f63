#include "core/net/ConnectionGate.h"

#include <algorithm>

namespace radpost::net {

namespace {

// Beyond the limit a few are still served, only to be told so; more than that are just closed.
constexpr int kToldAtOnce = 16;
constexpr int kToldAtOncePerAddress = 4;

constexpr int kStrangersPart = 8;

int strangersOf(int total)
{
    return std::min(total, std::max(ConnectionGate::kStrangers, total / kStrangersPart));
}

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

void ConnectionGate::setKnown(std::function<bool(const QString&)> isKnown)
{
    const std::lock_guard lock(m_mutex);
    m_isKnown = std::move(isKnown);
}

int ConnectionGate::count(const std::function<bool(const Entry&)>& which) const
{
    return static_cast<int>(
        std::count_if(m_entries.begin(), m_entries.end(), [&which](const auto& entry) { return which(entry.second); }));
}

ConnectionGate::Bound ConnectionGate::reached(const Entry& comer) const
{
    const auto isHere = [](const Entry& entry) { return !entry.isCut; };
    const auto isNeighbour = [&comer](const Entry& entry) { return !entry.isCut && entry.address == comer.address; };
    const auto isStranger = [](const Entry& entry) { return !entry.isCut && entry.isStranger; };
    if (m_limits.perAddress > 0 && count(isNeighbour) >= m_limits.perAddress) {
        return Bound::Address;
    }
    if (comer.isStranger && count(isStranger) >= strangersOf(m_limits.total)) {
        return Bound::Strangers;
    }
    return count(isHere) >= m_limits.total ? Bound::Total : Bound::None;
}

/// Cuts the one that has been silent longest, a stranger first: who may be known is never cut for a stranger.
bool ConnectionGate::makeRoom(const Entry& comer, Bound bound)
{
    const auto oldest = [&](bool stranger) {
        return std::find_if(m_entries.begin(), m_entries.end(), [&](const auto& item) {
            const auto& entry = item.second;
            const bool isMeant = bound != Bound::Address || entry.address == comer.address;
            return entry.isSilent && !entry.isCut && entry.cut && isMeant && entry.isStranger == stranger;
        });
    };
    auto victim = oldest(true);
    if (victim == m_entries.end() && !comer.isStranger) {
        victim = oldest(false);
    }
    if (victim == m_entries.end()) {
        return false;
    }
    victim->second.isCut = true;
    victim->second.cut();
    return true;
}

/// Those that were cut take threads still, so they count here.
bool ConnectionGate::mayBeTold(const Entry& comer) const
{
    const auto isAnybody = [](const Entry&) { return true; };
    const auto isNeighbour = [&comer](const Entry& entry) { return entry.address == comer.address; };
    const auto isStranger = [](const Entry& entry) { return entry.isStranger; };
    return count(isAnybody) < m_limits.total + kToldAtOnce &&
        (m_limits.perAddress <= 0 || count(isNeighbour) < m_limits.perAddress + kToldAtOncePerAddress) &&
        (!comer.isStranger || count(isStranger) < strangersOf(m_limits.total) + kToldAtOncePerAddress);
}

ConnectionGate::Pass ConnectionGate::enter(const QString& address, std::function<void()> cut)
{
    const std::lock_guard lock(m_mutex);
    Entry comer{address, std::move(cut), m_isKnown && !m_isKnown(address)};
    if (!mayBeTold(comer)) {
        return {};
    }
    auto bound = reached(comer);
    while (bound != Bound::None && makeRoom(comer, bound)) {
        bound = reached(comer);
    }
    m_entries.emplace(++m_last, std::move(comer));
    return {bound == Bound::None ? Admission::Welcome : Admission::OverLimit, m_last};
}

bool ConnectionGate::asked(quint64 number)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(number);
    if (found == m_entries.end() || found->second.isCut) {
        return false;
    }
    found->second.isSilent = false;
    return true;
}

void ConnectionGate::leave(quint64 number)
{
    const std::lock_guard lock(m_mutex);
    m_entries.erase(number); // addresses are the callers' to choose: only open ones are remembered
}

} // namespace radpost::net
