#include "ui/activity/RateHistory.h"

#include <algorithm>

namespace radpost::ui {

void RateHistory::add(const Sample& sample)
{
    if (m_samples.size() == kSeconds) {
        m_samples.removeFirst();
    }
    m_samples.append(sample);
}

RateHistory::Sample RateHistory::peak() const
{
    Sample peak;
    for (const auto& sample : m_samples) {
        peak.bytesPerSecond = std::max(peak.bytesPerSecond, sample.bytesPerSecond);
        peak.instancesPerSecond = std::max(peak.instancesPerSecond, sample.instancesPerSecond);
    }
    return peak;
}

} // namespace radpost::ui
