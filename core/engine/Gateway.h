#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Settings.h"
#include "core/engine/EngineListener.h"
#include "core/engine/ForwardRun.h"
#include "core/engine/SpoolServer.h"

#include <QString>

#include <memory>
#include <vector>

namespace radpost::engine {

class Engine;
class Monitor;

/// Hears what the gateway does; calls come from several threads, return soon. What is in the base is told of jobs and
/// deliveries.
class GatewayListener : public EngineListener, public ForwardListener
{
public:
    virtual void onReceived(const SpooledInstance& instance) { Q_UNUSED(instance) }
    /// A C-FIND, C-MOVE or C-GET has its final response.
    virtual void onQuery(const AnsweredQuery& query) { Q_UNUSED(query) }
    /// A file of a watch folder was set aside, or stays without being taken.
    virtual void onJunk(const QString& path, const Error& reason)
    {
        Q_UNUSED(path)
        Q_UNUSED(reason)
    }
    /// Instances left the spool: nothing was left to be done with them.
    virtual void onRemoved(qint64 instances) { Q_UNUSED(instances) }
};

struct GatewayParams
{
    QString dataFolder; ///< of ledger and spool; made with mode 0700
    config::Config config;
    /// That the rules are read from; a file that is not there has none.
    QString configFile;
    bool usesListeners = true; ///< false: one, as the settings say
    /// Started by open(), to be stopped before the gateway goes; null: nothing is counted.
    Monitor* monitor = nullptr;
    GatewayListener* listener = nullptr; ///< outlives the gateway; may be null
    /// Outlives the gateway; null: the machine's. See EngineParams::clock.
    const queue::WaitClock* clock = nullptr;
};

struct GatewayCounts
{
    SpoolCounts spool;
    qint64 routed = 0; ///< instances that were judged
    qint64 unmatched = 0;
    qint64 dropped = 0;
    qint64 held = 0;
    qint64 queued = 0;       ///< deliveries
    qint64 alreadyThere = 0; ///< deliveries that were not needed: the destination had the instance
    qint64 delivered = 0;
    qint64 rejected = 0;
    qint64 removed = 0; ///< instances that left the spool
};

/// Why rules are not in force.
struct RulesReloaded
{
    std::vector<config::ConfigProblem> problems; ///< empty: they are
    int rules = 0;                               ///< in force now
};

/// The store-and-forward node as app/ and ui/ see it: receives, takes from watch folders, routes, forwards, lets go of
/// what is delivered. Any thread.
class Gateway final
{
public:
    /// Opens ledger, spool and rules; receives and sends nothing yet. Blocks on files. Errors: those of Engine::open(),
    /// SpoolServer::open(), Monitor::start(); ConfigValue for the first fault of the rules.
    [[nodiscard]] static Result<std::unique_ptr<Gateway>> open(GatewayParams params);

    /// stop() with no patience.
    ~Gateway();
    Q_DISABLE_COPY_MOVE(Gateway)

    /// Opens the ports and begins. Errors: those of SpoolServer::start(), WatchSource::start().
    [[nodiscard]] Result<> start();

    /// Takes no new associations and no more files, lets what is under way come to its end, at most serve.drain or
    /// until
    /// @p cancel; routes what was received, and gives what is on the wire the rest of that time. What is not delivered
    /// then is gone on with at the next start. Blocks; idempotent.
    void stop(const CancelToken& cancel = {});

    /// Everything but ports, spool and durability, which need a restart. Rules with a fault leave those of before in
    /// force. @p toml: what @p config was read from, with the rules. Blocks on files.
    [[nodiscard]] RulesReloaded reload(const config::Config& config, const QByteArray& toml);

    [[nodiscard]] std::vector<SpoolPort> ports() const;
    [[nodiscard]] GatewayCounts counts() const;
    [[nodiscard]] QString spoolFolder() const;
    /// Of the rules in force.
    [[nodiscard]] int ruleCount() const;
    [[nodiscard]] Engine& engine();

private:
    struct Private;
    explicit Gateway(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
