#include "app/cli/Application.h"

#include "app/cli/Cli.h"
#include "app/cli/Command.h"
#include "app/cli/Console.h"
#include "app/cli/Help.h"
#include "app/cli/Session.h"
#include "app/cli/Terminal.h"
#include "app/common/Language.h"
#include "core/config/Paths.h"
#include "core/observe/LogHandler.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

// The language must be known before the first text is made, so before options are read in earnest.
QString peekOption(const QStringList& words, const QString& option)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i] == option && i + 1 < words.size()) {
            return words[i + 1];
        }
        if (words[i].startsWith(option + u'=')) {
            return words[i].mid(option.size() + 1);
        }
    }
    return {};
}

app::Language languageFor(const QStringList& words)
{
    if (const auto chosen = app::languageFromText(peekOption(words, u"--lang"_s))) {
        return *chosen;
    }
    const auto file = peekOption(words, u"--config"_s);
    const auto config = config::ConfigFile(file.isEmpty() ? config::defaultConfigFile() : file).load();
    const auto set = config ? app::languageFromText(config->settings.language) : std::nullopt;
    return set ? *set : app::systemLanguage();
}

ConsoleOptions consoleOptions(const Arguments& arguments)
{
    return {arguments.has(u"json"_s), arguments.has(u"quiet"_s), isTerminal(Stream::Error), terminalWidth()};
}

/// A service has nobody who sees what it answers: its log also says whom and what it refused.
observe::LogLevel threshold(const Arguments& arguments, bool isService)
{
    using observe::LogLevel;
    switch (arguments.count(u"verbose"_s)) {
    case 0:
        return isService ? LogLevel::Warning : LogLevel::Error;
    case 1:
        return LogLevel::Info;
    default:
        return LogLevel::Debug;
    }
}

void installLog(Console& console, const Arguments& arguments, bool isService)
{
    const auto word = arguments.has(u"log-format"_s) ? arguments.value(u"log-format"_s)
        : arguments.has(u"json"_s)                   ? u"json"_s
                                                     : u"text"_s;
    const auto format = word == u"json" ? observe::LogFormat::JsonLines : observe::LogFormat::Text;
    observe::installLogHandler(
        {format, threshold(arguments, isService), [&console](const QByteArray& line) { console.logLine(line); }});
}

int runCommand(Console& console, const Command& command, const QStringList& words)
{
    const auto spec = command.spec();
    const auto parsed = parseArguments(spec, words);
    Session session(console);
    if (const auto* sentence = std::get_if<QString>(&parsed)) {
        return static_cast<int>(session.misused(*sentence, spec.name));
    }
    const auto& arguments = std::get<Arguments>(parsed);
    if (arguments.has(u"help"_s)) {
        console.raw(commandHelp(spec, terminalWidth()).toUtf8());
        return static_cast<int>(ExitCode::Ok);
    }
    console.setOptions(consoleOptions(arguments));
    const auto language = arguments.value(u"lang"_s);
    if (arguments.has(u"lang"_s) && !app::languageFromText(language)) {
        return static_cast<int>(session.misused(Cli::tr("There are no texts in the language %1.").arg(language)));
    }
    const auto logFormat = arguments.value(u"log-format"_s);
    if (arguments.has(u"log-format"_s) && logFormat != u"text" && logFormat != u"json") {
        return static_cast<int>(session.misused(Cli::tr("--log-format needs text or json.")));
    }
    installLog(console, arguments, spec.name == u"serve"_s);
    session.readCommonOptions(arguments);
    // Going on with defaults would send under another title, or from another ledger, than the file says.
    if (!session.config() && spec.name != u"help"_s) {
        return static_cast<int>(session.failed(session.config().error()));
    }
    return static_cast<int>(command.run(session, arguments));
}

} // namespace

int runApplication(const QStringList& words)
{
    app::LanguageSwitch language;
    language.set(languageFor(words));
    Console console;
    auto rest = words;
    if (const auto* command = takeCommand(rest)) {
        return runCommand(console, *command, rest);
    }
    const auto word = firstWord(rest);
    if (!word.isEmpty()) {
        return static_cast<int>(Session(console).misused(Cli::tr("There is no command %1.").arg(word)));
    }
    const bool isAsked = rest.contains(u"--help"_s) || rest.contains(u"-h"_s);
    console.raw(overviewHelp(terminalWidth()).toUtf8());
    return static_cast<int>(isAsked ? ExitCode::Ok : ExitCode::Usage);
}

} // namespace radpost::cli
