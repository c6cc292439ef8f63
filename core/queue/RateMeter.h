#pragma once

#include "core/base/Clock.h"

#include <QtGlobal>

#include <array>
#include <chrono>

namespace radpost::queue {

/// Instances and bytes per second over the last seconds. Not thread-safe: its lane's mutex guards it.
class RateMeter final
{
public:
    using SteadyTime = Clock::SteadyTime;

    struct Rate
    {
        double instances = 0;
        double bytes = 0;
    };

    void add(SteadyTime now, qint64 bytes);
    [[nodiscard]] Rate rate(SteadyTime now) const;

private:
    static constexpr std::chrono::milliseconds kSlot{250};
    static constexpr std::size_t kSlots = 20; // 5 s: long enough to read, short enough to see a change

    struct Slot
    {
        qint64 number = -1; // of kSlot since the epoch of the clock
        qint64 instances = 0;
        qint64 bytes = 0;
    };

    [[nodiscard]] static qint64 slotNumber(SteadyTime time) { return time.time_since_epoch() / kSlot; }

    std::array<Slot, kSlots> m_slots;
    SteadyTime m_first{};
};

} // namespace radpost::queue
