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
    connect(run.get(), &DoctorRun::changed, this, [this, name] { Q_EMIT changed(name); });
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

// What was tested under other settings says nothing about the new ones.
void DestinationTests::dropStale()
{
    const auto isStale = [this](const auto& entry) {
        const auto* now = m_config.config().find(entry.first);
        return now == nullptr || *now != entry.second->destination() ||
            entry.second->callingAeTitle() != m_config.config().settings.aeTitle;
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
