#pragma once

#include "app/common/DestinationFile.h"
#include "core/config/ConfigFile.h"

#include "ui/common/Background.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace radpost::ui {

/// Why the configuration cannot be used, with every fault of the file.
struct ConfigFault
{
    Error error;
    std::vector<config::ConfigProblem> problems;
    friend bool operator==(const ConfigFault&, const ConfigFault&) = default;
};

/// The configuration file as the GUI thread sees it: the last good state, and edits that are made on a thread of its
/// own, in the order they were asked for. GUI thread.
class ConfigStore final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const Result<>& outcome)>;
    using Imported = std::function<void(const app::DestinationFileContent& content)>;

    explicit ConfigStore(QString path, QObject* parent = nullptr);

    /// Reads the file; loaded() comes in any case. Cheap when nothing changed.
    void load();

    /// What the file said when it was last read without fault.
    [[nodiscard]] const config::Config& config() const { return m_config; }
    [[nodiscard]] const std::optional<ConfigFault>& fault() const { return m_fault; }
    [[nodiscard]] const QString& path() const { return m_path; }
    /// There was a file when it was last read. False before that.
    [[nodiscard]] bool exists() const { return m_exists; }

    /// The destination of that name as the file has it at the time of the call. The function may be called from any
    /// thread, and outlive this.
    [[nodiscard]] std::function<std::optional<config::Destination>(const QString& name)> destinationLookup() const;

    /// As add(), replace() and the others below: who may call the gateway.
    void add(const config::ServePeer& peer, QObject* receiver, Done done);
    // Edits; the outcome is told to @p done unless @p receiver is gone by then, after changed().
    void add(const config::Destination& destination, QObject* receiver, Done done);
    void replace(const QString& name, const config::Destination& destination, QObject* receiver, Done done);
    void remove(const QString& name, QObject* receiver, Done done);
    /// Errors: RulesChanged when the file's rules are no longer those that @p seen shows.
    void changeRules(const config::RuleSet& seen, const config::RuleSet& wanted, QObject* receiver, Done done);
    void changeSettings(const config::Settings& settings, QObject* receiver, Done done);

    /// Adds all destinations of a CSV or TOML file, or none; then content.error says why.
    void importFile(const QString& file, QObject* receiver, Imported done);
    void exportFile(const QString& file, QObject* receiver, Done done);

Q_SIGNALS:
    void loaded();
    void changed();      ///< config() is another
    void faultChanged(); ///< fault() came, went, or is another

private:
    struct State
    {
        std::optional<config::Config> config;
        std::optional<ConfigFault> fault;
        bool exists = false;
    };
    struct Shared;
    using Edit = std::function<Result<>(config::ConfigFile& file)>;

    static State read(config::ConfigFile& file);
    void take(State state);
    void edit(Edit change, QObject* receiver, Done done);

    QString m_path;
    config::Config m_config;
    std::optional<ConfigFault> m_fault;
    bool m_exists = false;
    std::shared_ptr<Shared> m_shared;
    Background m_background; // the last member: its thread ends before the rest goes
};

} // namespace radpost::ui
