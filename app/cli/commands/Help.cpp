#include "app/cli/Help.h"

#include "app/cli/Cli.h"
#include "app/cli/Command.h"
#include "app/cli/Session.h"
#include "app/cli/Terminal.h"
#include "app/cli/commands/commands.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec helpSpec()
{
    return {u"help"_s, u"[COMMAND]"_s, Cli::tr("Explain a command, or list them all"), {}, 0, 2, {},
        {u"radpost help"_s, u"radpost help dest add"_s}};
}

ExitCode runHelp(Session& session, const Arguments& arguments)
{
    auto words = arguments.positional();
    if (words.isEmpty()) {
        session.console().raw(overviewHelp(terminalWidth()).toUtf8());
        return ExitCode::Ok;
    }
    const auto* command = takeCommand(words);
    if (command == nullptr || !words.isEmpty()) {
        return session.misused(Cli::tr("There is no command %1.").arg(arguments.positional().join(u' ')));
    }
    session.console().raw(commandHelp(command->spec(), terminalWidth()).toUtf8());
    return ExitCode::Ok;
}

} // namespace radpost::cli
