#include "core/engine/DestinationHealth.h"

#include <algorithm>

namespace radpost::engine {

void DestinationHealth::setDown(const QString& destination, std::chrono::milliseconds untilNextTry)
{
    const Clock::SteadyTime until = m_clock.steadyNow() + std::max(untilNextTry, std::chrono::milliseconds(0)) + kGrace;
    const std::lock_guard lock(m_mutex);
    m_downUntil[destination.toCaseFolded()] = until;
}

void DestinationHealth::setUp(const QString& destination)
{
    const std::lock_guard lock(m_mutex);
    m_downUntil.remove(destination.toCaseFolded());
}

bool DestinationHealth::isHealthy(const QString& destination) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_downUntil.constFind(destination.toCaseFolded());
    return found == m_downUntil.constEnd() || *found <= m_clock.steadyNow();
}

} // namespace radpost::engine
