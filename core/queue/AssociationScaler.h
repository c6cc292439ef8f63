#pragma once

#include "core/base/Clock.h"
#include "core/queue/DestinationPolicy.h"

#include <QtGlobal>

#include <chrono>

namespace radpost::queue {

/// How many sessions a destination gets: the fixed number, or as many as bring something.
///
/// A far peer, seen by the time the first session took to open, gets half of the allowed sessions as soon as the first
/// is open and all of them when a second one opened: every session waits for round trips, so each brings its full
/// share. A near peer gets one more at a time, kept when throughput rose by a tenth. Refused, unanswered and broken
/// sessions shrink the number, and it does not grow again for a while that doubles. Not thread-safe: its lane's mutex
/// guards it.
class AssociationScaler final
{
public:
    using SteadyTime = Clock::SteadyTime;

    AssociationScaler(int fixed, int max);

    /// Sessions that should be there now.
    [[nodiscard]] int target() const { return m_target; }

    void onOpened(int openNow, std::chrono::microseconds took, SteadyTime now);
    void onOutcome(qint64 bytes, SteadyTime now);
    /// A further session was refused or not answered while @p openNow work.
    void onExtraRefused(int openNow, SteadyTime now);
    /// A session broke.
    void onBroken(SteadyTime now);
    /// Decides about growth; call a few times a second. @p openNow sessions work, @p backlog instances wait.
    void tick(int openNow, qint64 backlog, SteadyTime now);

private:
    void beginPeriod(SteadyTime now);
    void judgeTrial(double rate, SteadyTime now);
    void holdGrowth(SteadyTime now);
    [[nodiscard]] bool periodIsTelling(SteadyTime now) const;

    const bool m_isAuto;
    const int m_max;
    int m_target;
    bool m_far = false;
    bool m_trial = false; // the last one was added to see whether it brings something
    double m_before = 0;  // units per second before the trial
    double m_units = 0;   // of the period
    int m_outcomes = 0;   // of the period
    SteadyTime m_periodStart{};
    SteadyTime m_holdUntil{};
    std::chrono::seconds m_hold;
};

} // namespace radpost::queue
