#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/RuleFile.h"
#include "app/cli/ServeRun.h"
#include "core/base/FileDescriptor.h"
#include "core/config/Fields.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

/// What the command line says in the place of the file.
struct Overrides
{
    std::optional<quint16> port;
    std::optional<AeTitle> aeTitle;
    std::optional<QString> address;
    std::optional<config::ReceiveDurability> durability;

    void apply(config::Settings& settings) const
    {
        auto& serve = settings.serve;
        serve.port = port.value_or(serve.port);
        serve.aeTitle = aeTitle.value_or(serve.aeTitle);
        serve.address = address.value_or(serve.address);
        serve.durability = durability.value_or(serve.durability);
    }
    [[nodiscard]] bool replacesListeners() const { return port || address; }
};

// The sentence that says what is wrong, if anything.
QString readOverrides(const Arguments& arguments, Overrides& into)
{
    if (arguments.has(u"port"_s)) {
        bool isNumber = false;
        const int number = arguments.value(u"port"_s).toInt(&isNumber);
        if (!isNumber || number < 0 || number > 65535) {
            return Cli::tr("--port needs a number from 0 to 65535; 0 takes a free one.");
        }
        into.port = static_cast<quint16>(number);
    }
    if (arguments.has(u"aet"_s)) {
        const auto title = arguments.value(u"aet"_s);
        if (!config::isValidAeTitle(title)) {
            return Cli::tr("--aet needs an AE title of 1 to 16 ASCII characters.");
        }
        into.aeTitle = AeTitle{title.trimmed().toLatin1()};
    }
    if (arguments.has(u"address"_s)) {
        into.address = arguments.value(u"address"_s);
    }
    const auto word = arguments.value(u"durability"_s);
    if (arguments.has(u"durability"_s) && word != u"process" && word != u"power-loss") {
        return Cli::tr("--durability needs process or power-loss.");
    }
    if (arguments.has(u"durability"_s)) {
        into.durability =
            word == u"process" ? config::ReceiveDurability::Process : config::ReceiveDurability::PowerLoss;
    }
    return {};
}

} // namespace

CommandSpec serveSpec()
{
    return {u"serve"_s, {}, Cli::tr("Run the gateway: receive durably, route by rules, forward"),
        Cli::tr(
            "Answers C-ECHO, C-STORE, C-FIND, C-MOVE and C-GET, and storage commitment for what it holds. An "
            "instance is acknowledged when its file in the spool and its row in "
            "the index are safe; then the rules of the configuration say where it goes. What is not delivered is "
            "gone on with, whatever happens in between; what is delivered everywhere leaves the spool after a "
            "while. This machine itself may send; other peers are listed in the configuration or admitted with "
            "\"radpost peer admit\"; to query and to retrieve, a listed peer needs that right. Every setting stands "
            "in the configuration file; it is read again, with the "
            "rules, when it changes or on SIGHUP. Ends with Ctrl-C or SIGTERM, after what is under way."),
        0, 0,
        {{u"port"_s, u"N"_s, Cli::tr("Port to listen on; 0 takes a free one. The default is 11112."), {}},
            {u"aet"_s, u"AET"_s, Cli::tr("Answer only to this AE title; without it, to any."), {}},
            {u"address"_s, u"IP"_s, Cli::tr("Address to listen on; without it, on all."), {}},
            {u"durability"_s, u"WORD"_s,
                Cli::tr("What an image survives once it is acknowledged: power-loss (the default; each file is "
                        "synced to the disk) or process (faster)."),
                {}}},
        {u"radpost serve"_s, u"radpost serve --port 104 --aet GATEWAY --data /var/lib/radpost"_s}};
}

ExitCode runServe(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& config) {
        Overrides overrides;
        if (const auto wrong = readOverrides(arguments, overrides); !wrong.isEmpty()) {
            return session.misused(wrong, u"serve"_s);
        }
        ExitCode exit = ExitCode::Ok;
        if (!loadRulesFor(session, {}, exit)) {
            return exit;
        }
        engine::GatewayParams params;
        params.dataFolder = session.dataFolder();
        params.config = config;
        overrides.apply(params.config.settings);
        params.configFile = session.configFile().path();
        params.usesListeners = !overrides.replacesListeners();
        raiseDescriptorLimit();
        ServeRun run(session, [overrides](config::Settings& read) { overrides.apply(read); });
        const Interrupt interrupt([&run] { run.reloadSoon(); });
        return run.run(std::move(params), interrupt.token());
    });
}

} // namespace radpost::cli
