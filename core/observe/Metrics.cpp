#include "core/observe/Metrics.h"

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

Counter& MetricsRegistry::counter(const QByteArray& name)
{
    const std::lock_guard lock(m_mutex);
    auto& slot = m_counters[name];
    if (!slot) {
        slot = std::make_unique<Counter>();
    }
    return *slot;
}

Gauge& MetricsRegistry::gauge(const QByteArray& name)
{
    const std::lock_guard lock(m_mutex);
    auto& slot = m_gauges[name];
    if (!slot) {
        slot = std::make_unique<Gauge>();
    }
    return *slot;
}

Histogram& MetricsRegistry::histogram(const QByteArray& name, std::span<const double> upperBounds)
{
    const std::lock_guard lock(m_mutex);
    auto& slot = m_histograms[name];
    if (!slot) {
        slot = std::make_unique<Histogram>(upperBounds);
    }
    return *slot;
}

std::vector<MetricSnapshot> MetricsRegistry::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<MetricSnapshot> all;
    for (const auto& [name, counter] : m_counters) {
        all.push_back({name, counter->value()});
    }
    for (const auto& [name, gauge] : m_gauges) {
        all.push_back({name, gauge->value()});
    }
    for (const auto& [name, histogram] : m_histograms) {
        all.push_back({name, histogram->snapshot()});
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

} // namespace radpost::observe
