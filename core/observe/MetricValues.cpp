#include "core/observe/MetricValues.h"

#include <algorithm>

namespace radpost::observe {

Histogram::Histogram(std::span<const double> upperBounds)
    : m_upperBounds(upperBounds.begin(), upperBounds.end())
{
    std::sort(m_upperBounds.begin(), m_upperBounds.end());
    m_counts = std::vector<std::atomic<quint64>>(m_upperBounds.size() + 1);
}

void Histogram::observe(double value)
{
    const auto bound = std::lower_bound(m_upperBounds.begin(), m_upperBounds.end(), value);
    m_counts[static_cast<size_t>(bound - m_upperBounds.begin())].fetch_add(1, std::memory_order_relaxed);
    m_sum.fetch_add(value, std::memory_order_relaxed);
}

HistogramSnapshot Histogram::snapshot() const
{
    HistogramSnapshot copy{m_upperBounds, {}, m_sum.load(std::memory_order_relaxed)};
    copy.counts.reserve(m_counts.size());
    for (const auto& count : m_counts) {
        copy.counts.push_back(count.load(std::memory_order_relaxed));
    }
    return copy;
}

} // namespace radpost::observe
