#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec destRemoveSpec()
{
    return {u"dest remove"_s, u"NAME"_s, Cli::tr("Forget a destination"),
        Cli::tr("Jobs that were made for it keep their own copy of its settings."), 1, 1, {},
        {u"radpost dest remove MAIN-PACS"_s}};
}

ExitCode runDestRemove(Session& session, const Arguments& arguments)
{
    const auto& name = arguments.positional().first();
    if (const auto removed = session.configFile().remove(name); !removed) {
        return session.failed(removed.error());
    }
    session.console().event(u"destination-removed"_s, {{u"name"_s, name}});
    session.console().line(Cli::tr("%1 is forgotten.").arg(name));
    return ExitCode::Ok;
}

} // namespace radpost::cli
