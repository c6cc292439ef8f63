#include "app/cli/Help.h"

#include "app/cli/Cli.h"
#include "app/cli/Command.h"
#include "app/cli/Completion.h"
#include "app/cli/ManualPage.h"
#include "app/cli/Session.h"
#include "app/cli/Terminal.h"
#include "app/cli/commands/commands.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec helpSpec()
{
    return {u"help"_s, u"[COMMAND]"_s, Cli::tr("Explain a command, or list them all"), {}, 0, 2,
        {{u"format"_s, u"text|man|bash"_s,
            Cli::tr("Everything as a page for man, or as completion for bash; the default is text."), {}}},
        {u"radpost help"_s, u"radpost help dest add"_s, u"radpost help --format man"_s}};
}

namespace {

ExitCode printAll(Session& session, const QString& format)
{
    if (format != u"man" && format != u"bash") {
        return session.misused(Cli::tr("There is no format %1.").arg(format), u"help"_s);
    }
    session.console().raw((format == u"man" ? manualPage() : bashCompletion()).toUtf8());
    return ExitCode::Ok;
}

} // namespace

ExitCode runHelp(Session& session, const Arguments& arguments)
{
    auto words = arguments.positional();
    const auto format = arguments.value(u"format"_s);
    if (!format.isEmpty() && format != u"text") {
        return words.isEmpty() ? printAll(session, format)
                               : session.misused(Cli::tr("This is too much: %1.").arg(words.first()), u"help"_s);
    }
    if (words.isEmpty()) {
        session.console().raw(overviewHelp(terminalWidth()).toUtf8());
        return ExitCode::Ok;
    }
    if (const QString group = words.size() == 1 ? groupHelp(words.first(), terminalWidth()) : QString();
        !group.isEmpty()) {
        session.console().raw(group.toUtf8());
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
