#include "ui/doctor/DestinationTests.h"

#include "ui/common/ConfigStore.h"

#include <algorithm>

namespace radpost::ui {

DestinationTests::DestinationTests(
    ConfigStore& config, Background& network, std::shared_ptr<engine::Traces> traces, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_network(network)
    , m_traces(std::move(traces))
{
    connect(&config, &ConfigStore::changed, this, &DestinationTests::dropStale);
}

void DestinationTests::start(const QString& name)
{
    const auto* destination = m_config.config().find(name);
    const auto* before = last(name);
    if (destination == nullptr || (before != nullptr && !before->isOver())) {
        return;
    }
    auto run = std::make_unique<DoctorRun>(m_network, *destination, m_config.config().settings.aeTitle, m_traces);
    connect(run.get(), &DoctorRun::changed, this, [this, made = run.get()] { remember(*made); });
    m_runs.insert_or_assign(name, std::move(run));
    Q_EMIT changed(name);
}

void DestinationTests::startAll()
{
    for (const auto& destination : m_config.config().destinations) {
        start(destination.name);
    }
}

void DestinationTests::cancel(const QString& name)
{
    if (auto* run = last(name)) {
        run->cancel();
    }
}

void DestinationTests::cancelAll()
{
    for (const auto& [name, run] : m_runs) {
        run->cancel();
    }
}

DoctorRun* DestinationTests::last(const QString& name) const
{
    const auto found = m_runs.find(name);
    return found == m_runs.end() ? nullptr : found->second.get();
}

int DestinationTests::runningCount() const
{
    return static_cast<int>(
        std::count_if(m_runs.begin(), m_runs.end(), [](const auto& entry) { return !entry.second->isOver(); }));
}

int DestinationTests::failedCount() const
{
    return static_cast<int>(std::count_if(m_runs.begin(), m_runs.end(),
        [](const auto& entry) { return entry.second->state() == DoctorRun::State::Failed; }));
}

std::optional<TestResult> DestinationTests::result(const QString& name) const
{
    const auto* destination = m_config.config().find(name);
    const auto found = m_results.find(name);
    const bool isOfThis = destination != nullptr && found != m_results.end() &&
        found->contract == contractOf(*destination, m_config.config().settings.aeTitle);
    return isOfThis ? std::optional(*found) : std::nullopt;
}

void DestinationTests::restore(const QMap<QString, TestResult>& results)
{
    m_results = results;
    for (auto name = m_results.keyBegin(); name != m_results.keyEnd(); ++name) {
        Q_EMIT changed(*name);
    }
}

void DestinationTests::remember(const DoctorRun& run)
{
    if (auto result = resultOf(run)) {
        const auto before = m_results.value(run.destination().name);
        if (before.contract == result->contract) {
            result->deliveredAt = before.deliveredAt;
        }
        m_results.insert(run.destination().name, *result);
    }
    Q_EMIT changed(run.destination().name);
}

// The first time a job is told of, what it has stored may be of yesterday.
void DestinationTests::takeProgress(const queue::JobProgress& progress)
{
    using store::DeliveryState;
    const qint64 stored =
        progress.counts.of(DeliveryState::Stored) + progress.counts.of(DeliveryState::StoredWithWarning);
    const auto before = m_stored.try_emplace(progress.job, stored).first->second;
    m_stored[progress.job] = stored;
    const auto* destination = m_config.config().find(progress.destinationName);
    if (stored <= before || destination == nullptr) {
        return;
    }
    const auto known = result(destination->name);
    const bool wasRefuted = known && known->isRefuted();
    auto now = known.value_or(TestResult{contractOf(*destination, m_config.config().settings.aeTitle)});
    now.deliveredAt = QDateTime::currentDateTime();
    m_results.insert(destination->name, now);
    if (now.isRefuted() && !wasRefuted) { // not at each instance
        Q_EMIT changed(destination->name);
    }
}

// What was tested at another address says nothing about the new one.
void DestinationTests::dropStale()
{
    const auto& own = m_config.config().settings.aeTitle;
    const auto isStale = [this, &own](const auto& entry) {
        const auto* now = m_config.config().find(entry.first);
        return now == nullptr ||
            contractOf(*now, own) != contractOf(entry.second->destination(), entry.second->callingAeTitle());
    };
    for (auto entry = m_runs.begin(); entry != m_runs.end();) {
        if (!isStale(*entry)) {
            ++entry;
            continue;
        }
        const auto name = entry->first;
        entry = m_runs.erase(entry);
        Q_EMIT changed(name);
    }
}

} // namespace radpost::ui
