#pragma once

#include <QByteArray>

#include <atomic>
#include <span>
#include <vector>

namespace radpost::observe {

/// Only grows. Any thread.
class Counter final
{
public:
    void add(quint64 amount = 1) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] quint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<quint64> m_value{0};
};

/// Goes up and down. Any thread.
class Gauge final
{
public:
    void set(double value) { m_value.store(value, std::memory_order_relaxed); }
    void add(double amount) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] double value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<double> m_value{0};
};

struct HistogramSnapshot
{
    std::vector<double> upperBounds; ///< ascending; one bucket more follows for what lies above the last
    std::vector<quint64> counts;     ///< per bucket, not summed up; size = upperBounds + 1
    double sum = 0;
    friend bool operator==(const HistogramSnapshot&, const HistogramSnapshot&) = default;
};

/// Counts values in buckets; a value on a bound belongs to the bucket below. Any thread.
class Histogram final
{
public:
    explicit Histogram(std::span<const double> upperBounds);
    void observe(double value);
    [[nodiscard]] HistogramSnapshot snapshot() const;

private:
    std::vector<double> m_upperBounds;
    std::vector<std::atomic<quint64>> m_counts;
    std::atomic<double> m_sum{0};
};

} // namespace radpost::observe
