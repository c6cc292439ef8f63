#include "core/queue/AssociationScaler.h"

#include <algorithm>

namespace radpost::queue {

namespace {

using namespace std::chrono_literals;

constexpr auto kFarOpen = 15ms; // connect and negotiate are two round trips and the peer's own time
constexpr double kWorthwhile = 1.10;
constexpr auto kFirstHold = 10s;
constexpr auto kRefusedHold = 60s;
constexpr auto kMaxHold = 600s;
constexpr double kBytesPerUnit = 65536; // an instance costs as much as this many of its bytes

} // namespace

AssociationScaler::AssociationScaler(int fixed, int max)
    : m_isAuto(fixed <= 0)
    , m_max(std::max(1, fixed > 0 ? fixed : max))
    , m_target(m_isAuto ? 1 : m_max)
    , m_hold(kFirstHold)
{
}

void AssociationScaler::onOpened(int openNow, std::chrono::microseconds took, SteadyTime now)
{
    beginPeriod(now);
    if (!m_isAuto || now < m_holdUntil) {
        return;
    }
    m_far = m_far || took >= kFarOpen;
    if (m_far) {
        m_trial = false;
        m_target = std::max(m_target, openNow > 1 ? m_max : std::max(2, m_max / 2));
        m_target = std::min(m_target, m_max);
    }
}

void AssociationScaler::onOutcome(qint64 bytes, SteadyTime now)
{
    if (m_periodStart == SteadyTime{}) {
        beginPeriod(now);
    }
    ++m_outcomes;
    m_units += 1 + double(bytes) / kBytesPerUnit;
}

void AssociationScaler::onExtraRefused(int openNow, SteadyTime now)
{
    m_target = std::max(1, std::min(m_target, openNow));
    m_trial = false;
    m_far = false; // what it can take is known now better than by its distance
    m_hold = std::max<std::chrono::seconds>(m_hold, kRefusedHold);
    holdGrowth(now);
}

void AssociationScaler::onBroken(SteadyTime now)
{
    if (m_isAuto && m_target > 1) {
        --m_target;
        m_trial = false;
        holdGrowth(now);
    }
    beginPeriod(now);
}

void AssociationScaler::tick(int openNow, qint64 backlog, SteadyTime now)
{
    if (now >= m_holdUntil && !m_isAuto) {
        m_target = m_max;
    }
    if (!m_isAuto || m_far || openNow < m_target || !periodIsTelling(now)) {
        return;
    }
    const double rate = m_units / std::chrono::duration<double>(now - m_periodStart).count();
    beginPeriod(now);
    if (m_trial) {
        judgeTrial(rate, now);
    }
    if (now >= m_holdUntil && m_target < m_max && backlog > 4 * qint64(m_target)) {
        m_before = rate;
        m_trial = true;
        ++m_target;
    }
}

void AssociationScaler::judgeTrial(double rate, SteadyTime now)
{
    m_trial = false;
    if (rate < m_before * kWorthwhile) {
        m_target = std::max(1, m_target - 1);
        holdGrowth(now);
    } else {
        m_hold = kFirstHold;
    }
}

void AssociationScaler::holdGrowth(SteadyTime now)
{
    m_holdUntil = now + m_hold;
    m_hold = std::min<std::chrono::seconds>(m_hold * 2, kMaxHold);
}

void AssociationScaler::beginPeriod(SteadyTime now)
{
    m_periodStart = now;
    m_outcomes = 0;
    m_units = 0;
}

/// Long enough to tell one rate from another: many quick instances, or some slow ones over a second.
bool AssociationScaler::periodIsTelling(SteadyTime now) const
{
    const auto passed = now - m_periodStart;
    return (passed >= 60ms && m_outcomes >= 16 * m_target) || (passed >= 1s && m_outcomes >= 2 * m_target);
}

} // namespace radpost::queue
