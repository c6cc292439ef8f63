#include "ui/common/ConfigStore.h"

#include <QFileInfo>
#include <QPointer>

#include <mutex>

using namespace Qt::StringLiterals;

namespace radpost::ui {

/// What other threads see of the configuration.
struct ConfigStore::Shared
{
    std::mutex mutex; // guards config
    config::Config config;
};

ConfigStore::ConfigStore(QString path, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_shared(std::make_shared<Shared>())
    , m_background(u"config"_s, 1)
{
}

ConfigStore::State ConfigStore::read(config::ConfigFile& file)
{
    auto config = file.load();
    const bool exists = QFileInfo::exists(file.path());
    if (!config) {
        return {std::nullopt, ConfigFault{config.error(), file.problems()}, exists};
    }
    return {*std::move(config), std::nullopt, exists};
}

std::function<std::optional<config::Destination>(const QString& name)> ConfigStore::destinationLookup() const
{
    return [shared = m_shared](const QString& name) -> std::optional<config::Destination> {
        const std::lock_guard lock(shared->mutex);
        const auto* found = shared->config.find(name);
        return found == nullptr ? std::nullopt : std::optional(*found);
    };
}

void ConfigStore::take(State state)
{
    m_exists = state.exists;
    if (m_fault != state.fault) {
        m_fault = std::move(state.fault);
        Q_EMIT faultChanged();
    }
    if (state.config && *state.config != m_config) {
        m_config = *std::move(state.config);
        {
            const std::lock_guard lock(m_shared->mutex);
            m_shared->config = m_config;
        }
        Q_EMIT changed();
    }
}

void ConfigStore::load()
{
    m_background.run(
        this,
        [path = m_path] {
            config::ConfigFile file(path);
            return read(file);
        },
        [this](State state) {
            take(std::move(state));
            Q_EMIT loaded();
        });
}

void ConfigStore::edit(Edit change, QObject* receiver, Done done)
{
    struct Outcome
    {
        Result<> result;
        State state;
    };
    m_background.run(
        this,
        [path = m_path, change = std::move(change)] {
            config::ConfigFile file(path);
            auto result = change(file);
            return Outcome{std::move(result), read(file)};
        },
        [this, receiver = QPointer<QObject>(receiver), done = std::move(done)](Outcome outcome) {
            take(std::move(outcome.state));
            if (receiver) {
                done(outcome.result);
            }
        });
}

void ConfigStore::add(const config::Destination& destination, QObject* receiver, Done done)
{
    edit([destination](config::ConfigFile& file) { return file.add(destination); }, receiver, std::move(done));
}

void ConfigStore::add(const config::ServePeer& peer, QObject* receiver, Done done)
{
    edit([peer](config::ConfigFile& file) { return file.add(peer); }, receiver, std::move(done));
}

void ConfigStore::replace(const QString& name, const config::Destination& destination, QObject* receiver, Done done)
{
    edit([name, destination](config::ConfigFile& file) { return file.replace(name, destination); }, receiver,
        std::move(done));
}

void ConfigStore::remove(const QString& name, QObject* receiver, Done done)
{
    edit([name](config::ConfigFile& file) { return file.remove(name); }, receiver, std::move(done));
}

void ConfigStore::changeRules(const config::RuleSet& seen, const config::RuleSet& wanted, QObject* receiver, Done done)
{
    edit(
        [seen, wanted](config::ConfigFile& file) { return file.changeRules(seen, wanted); }, receiver, std::move(done));
}

void ConfigStore::changeSettings(const config::Settings& settings, QObject* receiver, Done done)
{
    edit([settings](config::ConfigFile& file) { return file.changeSettings(settings); }, receiver, std::move(done));
}

void ConfigStore::importFile(const QString& path, QObject* receiver, Imported done)
{
    auto content = std::make_shared<app::DestinationFileContent>();
    const auto importInto = [path, content](config::ConfigFile& file) -> Result<> {
        *content = app::readDestinationFile(path);
        return content->error ? fail(*content->error) : file.add(content->destinations);
    };
    edit(importInto, receiver, [content, done = std::move(done)](const Result<>& outcome) {
        if (!outcome) {
            content->error = outcome.error();
        }
        done(*content);
    });
}

void ConfigStore::exportFile(const QString& path, QObject* receiver, Done done)
{
    const auto format = app::isCsvName(path) ? app::DestinationFormat::Csv : app::DestinationFormat::Toml;
    m_background.run(
        receiver,
        [path, format, destinations = m_config.destinations] {
            return app::writeDestinationFile(path, destinations, format);
        },
        [done = std::move(done)](const Result<>& outcome) { done(outcome); });
}

} // namespace radpost::ui
