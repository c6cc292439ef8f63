#pragma once

#include <QByteArray>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <variant>
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
    void set(qint64 value) { m_value.store(value, std::memory_order_relaxed); }
    void add(qint64 amount) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] qint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<qint64> m_value{0};
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

struct MetricSnapshot
{
    QByteArray name;
    std::variant<quint64, qint64, HistogramSnapshot> value; ///< counter, gauge, histogram
};

/// Hands out metrics by name and copies them all as values. The references stay good as long as the registry lives;
/// fetch them once, count without a lock. Any thread.
class MetricsRegistry final
{
public:
    /// The one with this name, made at the first call. Names are lowercase words joined by underscores, unit last.
    Counter& counter(const QByteArray& name);
    Gauge& gauge(const QByteArray& name);
    /// @p upperBounds count at the first call only.
    Histogram& histogram(const QByteArray& name, std::span<const double> upperBounds);

    /// All metrics, sorted by name. Values that move meanwhile may be from slightly different moments.
    [[nodiscard]] std::vector<MetricSnapshot> snapshot() const;

private:
    mutable std::mutex m_mutex; // guards the maps, not the metrics
    std::map<QByteArray, std::unique_ptr<Counter>> m_counters;
    std::map<QByteArray, std::unique_ptr<Gauge>> m_gauges;
    std::map<QByteArray, std::unique_ptr<Histogram>> m_histograms;
};

} // namespace radpost::observe
