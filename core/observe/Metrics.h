#pragma once

#include "core/observe/MetricValues.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <variant>

namespace radpost::observe {

enum class MetricType { Counter, Gauge, Histogram };

/// What a family of metrics is called, says and is divided by.
struct MetricDescription
{
    QByteArray
        name; ///< words of lower case joined by underscores, "radpost_" first, the unit last, "_total" for counters
    QByteArray help; ///< one English sentence
    QList<QByteArray> labels{};
    /// For a first label that takes what comes from outside: when there are this many series, new values of it become
    /// "other", so that a peer that makes names up costs no memory. 0: values are ours and few, such as destinations.
    int maxSeries = 0;
};

/// One row of a family; labels in the order of its description.
struct SeriesSnapshot
{
    QStringList labels;
    std::variant<quint64, double, HistogramSnapshot> value; ///< counter, gauge, histogram
};

struct FamilySnapshot
{
    MetricDescription description;
    MetricType type = MetricType::Gauge;
    std::vector<SeriesSnapshot> series; ///< sorted by labels
};

/// The metrics of one name, one for each combination of label values. Any thread. References stay good as long as the
/// registry lives: who counts often fetches them once and counts without a lock.
template <typename Metric>
class MetricFamily final
{
public:
    MetricFamily(MetricDescription description, std::vector<double> upperBounds)
        : m_description(std::move(description))
        , m_upperBounds(std::move(upperBounds))
    {
    }
    Q_DISABLE_COPY_MOVE(MetricFamily)

    /// One value for each label, in their order; made at the first call. Long values are cut.
    [[nodiscard]] Metric& with(QStringList values);
    [[nodiscard]] const MetricDescription& description() const { return m_description; }
    [[nodiscard]] FamilySnapshot snapshot() const;

private:
    [[nodiscard]] Metric* find(const QStringList& values) const;

    const MetricDescription m_description;
    const std::vector<double> m_upperBounds;
    mutable std::shared_mutex m_mutex; // guards m_series, not the metrics in it
    std::map<QStringList, std::unique_ptr<Metric>> m_series;
};

using CounterFamily = MetricFamily<Counter>;
using GaugeFamily = MetricFamily<Gauge>;
using HistogramFamily = MetricFamily<Histogram>;

/// Hands out metrics by name and copies them all as values. Any thread.
class MetricsRegistry final
{
public:
    /// Reads what is only known when somebody asks: may block shortly. Families without series are left out.
    using Collector = std::function<std::vector<FamilySnapshot>()>;

    /// A collector is called until its registration goes, and never after; what it reads must outlive that.
    class Registration;

    MetricsRegistry();
    ~MetricsRegistry();
    Q_DISABLE_COPY_MOVE(MetricsRegistry)

    /// The one with this name, made at the first call.
    CounterFamily& counters(const MetricDescription& description);
    GaugeFamily& gauges(const MetricDescription& description);
    /// @p upperBounds count at the first call only.
    HistogramFamily& histograms(const MetricDescription& description, std::span<const double> upperBounds);

    /// @p provides names what the collector may give.
    [[nodiscard]] std::unique_ptr<Registration> collect(std::vector<MetricDescription> provides, Collector collector);

    /// All metrics, sorted by name. Values that move meanwhile may be from slightly different moments. Blocks as long
    /// as the collectors do.
    [[nodiscard]] std::vector<FamilySnapshot> snapshot() const;

    /// What snapshot() may hold.
    [[nodiscard]] std::vector<MetricDescription> descriptions() const;

private:
    struct Collectors;

    mutable std::mutex m_mutex; // guards the maps, not the families
    std::map<QByteArray, std::unique_ptr<CounterFamily>> m_counters;
    std::map<QByteArray, std::unique_ptr<GaugeFamily>> m_gauges;
    std::map<QByteArray, std::unique_ptr<HistogramFamily>> m_histograms;
    std::shared_ptr<Collectors> m_collectors;
};

class MetricsRegistry::Registration final
{
public:
    Registration(std::shared_ptr<Collectors> collectors, int id);
    ~Registration();
    Q_DISABLE_COPY_MOVE(Registration)

private:
    std::shared_ptr<Collectors> m_collectors;
    int m_id;
};

} // namespace radpost::observe
