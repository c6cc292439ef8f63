#include "core/observe/Metrics.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

constexpr qsizetype kMaxLabelCharacters = 128;

template <typename Metric>
constexpr MetricType kTypeOf = std::is_same_v<Metric, Counter> ? MetricType::Counter
    : std::is_same_v<Metric, Gauge>                            ? MetricType::Gauge
                                                               : MetricType::Histogram;

template <typename Metric>
std::unique_ptr<Metric> make(const std::vector<double>& upperBounds)
{
    if constexpr (std::is_same_v<Metric, Histogram>) {
        return std::make_unique<Histogram>(upperBounds);
    } else {
        return std::make_unique<Metric>();
    }
}

template <typename Metric>
SeriesSnapshot copyOf(const QStringList& labels, const Metric& metric)
{
    if constexpr (std::is_same_v<Metric, Histogram>) {
        return {labels, metric.snapshot()};
    } else {
        return {labels, metric.value()};
    }
}

template <typename Family>
Family& familyOf(std::map<QByteArray, std::unique_ptr<Family>>& families, const MetricDescription& description,
    std::vector<double> upperBounds = {})
{
    auto& slot = families[description.name];
    if (!slot) {
        slot = std::make_unique<Family>(description, std::move(upperBounds));
    }
    return *slot;
}

template <typename Families>
void copyAll(const Families& families, std::vector<FamilySnapshot>& into)
{
    for (const auto& [name, family] : families) {
        auto copy = family->snapshot();
        if (!copy.series.empty()) {
            into.push_back(std::move(copy));
        }
    }
}

template <typename Families>
void describeAll(const Families& families, std::vector<MetricDescription>& into)
{
    for (const auto& [name, family] : families) {
        into.push_back(family->description());
    }
}

} // namespace

template <typename Metric>
Metric* MetricFamily<Metric>::find(const QStringList& values) const
{
    const auto found = m_series.find(values);
    return found == m_series.end() ? nullptr : found->second.get();
}

template <typename Metric>
Metric& MetricFamily<Metric>::with(QStringList values)
{
    Q_ASSERT(values.size() == m_description.labels.size());
    for (auto& value : values) {
        value.truncate(kMaxLabelCharacters);
    }
    {
        const std::shared_lock lock(m_mutex);
        if (auto* known = find(values)) {
            return *known;
        }
    }
    const std::unique_lock lock(m_mutex);
    const auto most = static_cast<size_t>(m_description.maxSeries);
    if (most > 0 && !values.isEmpty() && !find(values) && m_series.size() >= most) {
        values.front() = u"other"_s;
    }
    auto& slot = m_series[values];
    if (!slot) {
        slot = make<Metric>(m_upperBounds);
    }
    return *slot;
}

template <typename Metric>
FamilySnapshot MetricFamily<Metric>::snapshot() const
{
    FamilySnapshot copy{m_description, kTypeOf<Metric>, {}};
    const std::shared_lock lock(m_mutex);
    for (const auto& [labels, metric] : m_series) {
        copy.series.push_back(copyOf(labels, *metric));
    }
    return copy;
}

template class MetricFamily<Counter>;
template class MetricFamily<Gauge>;
template class MetricFamily<Histogram>;

struct MetricsRegistry::Collectors
{
    struct Entry
    {
        std::vector<MetricDescription> provides;
        Collector collector;
    };
    std::mutex mutex; // guards what follows, and is held while a collector runs
    std::map<int, Entry> entries;
    int lastId = 0;
};

MetricsRegistry::MetricsRegistry()
    : m_collectors(std::make_shared<Collectors>())
{
}

MetricsRegistry::~MetricsRegistry() = default;

MetricsRegistry::Registration::Registration(std::shared_ptr<Collectors> collectors, int id)
    : m_collectors(std::move(collectors))
    , m_id(id)
{
}

MetricsRegistry::Registration::~Registration()
{
    const std::lock_guard lock(m_collectors->mutex);
    m_collectors->entries.erase(m_id);
}

CounterFamily& MetricsRegistry::counters(const MetricDescription& description)
{
    const std::lock_guard lock(m_mutex);
    return familyOf(m_counters, description);
}

GaugeFamily& MetricsRegistry::gauges(const MetricDescription& description)
{
    const std::lock_guard lock(m_mutex);
    return familyOf(m_gauges, description);
}

HistogramFamily& MetricsRegistry::histograms(const MetricDescription& description, std::span<const double> upperBounds)
{
    const std::lock_guard lock(m_mutex);
    return familyOf(m_histograms, description, {upperBounds.begin(), upperBounds.end()});
}

std::unique_ptr<MetricsRegistry::Registration> MetricsRegistry::collect(
    std::vector<MetricDescription> provides, Collector collector)
{
    const std::lock_guard lock(m_collectors->mutex);
    const int id = ++m_collectors->lastId;
    m_collectors->entries.emplace(id, Collectors::Entry{std::move(provides), std::move(collector)});
    return std::make_unique<Registration>(m_collectors, id);
}

std::vector<FamilySnapshot> MetricsRegistry::snapshot() const
{
    std::vector<FamilySnapshot> all;
    {
        const std::lock_guard lock(m_mutex);
        copyAll(m_counters, all);
        copyAll(m_gauges, all);
        copyAll(m_histograms, all);
    }
    const std::lock_guard lock(m_collectors->mutex);
    for (const auto& [id, entry] : m_collectors->entries) {
        for (auto& family : entry.collector()) {
            if (!family.series.empty()) {
                all.push_back(std::move(family));
            }
        }
    }
    std::stable_sort(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.description.name < b.description.name; });
    return all;
}

std::vector<MetricDescription> MetricsRegistry::descriptions() const
{
    std::vector<MetricDescription> all;
    {
        const std::lock_guard lock(m_mutex);
        describeAll(m_counters, all);
        describeAll(m_gauges, all);
        describeAll(m_histograms, all);
    }
    const std::lock_guard lock(m_collectors->mutex);
    for (const auto& [id, entry] : m_collectors->entries) {
        all.insert(all.end(), entry.provides.begin(), entry.provides.end());
    }
    return all;
}

} // namespace radpost::observe
