#include "core/queue/RateMeter.h"

#include <algorithm>

namespace radpost::queue {

void RateMeter::add(SteadyTime now, qint64 bytes)
{
    if (m_first == SteadyTime{}) {
        m_first = now;
    }
    const auto number = slotNumber(now);
    auto& slot = m_slots[static_cast<std::size_t>(number) % kSlots];
    if (slot.number != number) {
        slot = {number, 0, 0};
    }
    ++slot.instances;
    slot.bytes += bytes;
}

RateMeter::Rate RateMeter::rate(SteadyTime now) const
{
    if (m_first == SteadyTime{}) {
        return {};
    }
    const auto oldest = slotNumber(now) - qint64(kSlots) + 1;
    Rate sum;
    for (const auto& slot : m_slots) {
        if (slot.number >= oldest) {
            sum.instances += double(slot.instances);
            sum.bytes += double(slot.bytes);
        }
    }
    const auto window = std::min<SteadyTime::duration>(now - m_first, kSlot * kSlots);
    // In the first moments a few instances would make a wild figure.
    const double seconds = std::max(std::chrono::duration<double>(window).count(), 0.1);
    return {sum.instances / seconds, sum.bytes / seconds};
}

} // namespace radpost::queue
