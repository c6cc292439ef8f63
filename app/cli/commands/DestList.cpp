#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "core/config/DestinationAddress.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

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
        for (const auto& destination : config.destinations) {
            console.event(u"destination"_s, toJson(destination));
            console.line(padRight(destination.name, nameColumns) + u"  "_s + config::addressText(destination));
        }
        if (config.destinations.empty()) {
            console.line(Cli::tr("There are no destinations yet. Add one: radpost dest add NAME AET@host:port"));
        }
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
