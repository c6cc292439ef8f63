#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "core/config/DestinationAddress.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

/// A ledger that is not there, or cannot be read, holds nobody back.
QStringList pausedDestinations(const Session& session)
{
    const auto engine = engine::Engine::open(session.engineParams(engine::LedgerAccess::ReadOnly));
    return engine ? (*engine)->pausedDestinations().value_or(QStringList()) : QStringList();
}

} // namespace

CommandSpec destListSpec()
{
    return {u"dest list"_s, {}, Cli::tr("List the destinations"), {}, 0, 0, {},
        {u"radpost dest list"_s, u"radpost dest list --json"_s}};
}

ExitCode runDestList(Session& session, const Arguments&)
{
    return withConfig(session, [&session](const config::Config& config) {
        auto& console = session.console();
        int nameColumns = 0;
        for (const auto& destination : config.destinations) {
            nameColumns = std::max(nameColumns, displayWidth(destination.name));
        }
        const auto paused = pausedDestinations(session);
        for (const auto& destination : config.destinations) {
            const bool isPaused = std::any_of(paused.begin(), paused.end(),
                [&](const auto& name) { return store::isSameDestination(name, destination.name); });
            auto fields = toJson(destination);
            fields.insert(u"paused"_s, isPaused);
            console.event(u"destination"_s, fields);
            const QString line = padRight(destination.name, nameColumns) + u"  "_s + config::addressText(destination);
            console.line(isPaused ? QString(line + u"  "_s + Cli::tr("paused")) : line);
        }
        if (config.destinations.empty()) {
            console.line(Cli::tr("There are no destinations yet. Add one: radpost dest add NAME AET@host:port"));
        }
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
