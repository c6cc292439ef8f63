#include "app/cli/ProofChoice.h"

#include "app/cli/Cli.h"
#include "core/config/Expectation.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

std::optional<store::ProofWanted> wantedOf(const QString& word)
{
    if (word == u"commitment") {
        return store::ProofWanted::Commitment;
    }
    if (word == u"query") {
        return store::ProofWanted::Query;
    }
    return word == u"response" ? std::optional(store::ProofWanted::Response) : std::nullopt;
}

} // namespace

QString ProofChoice::read(const Arguments& arguments)
{
    if (arguments.has(u"proof"_s)) {
        wanted = wantedOf(arguments.value(u"proof"_s));
        if (!wanted) {
            return Cli::tr("--proof needs response, commitment or query.");
        }
    }
    if (arguments.has(u"proof-wait"_s)) {
        const auto milliseconds = config::durationFromText(arguments.value(u"proof-wait"_s));
        if (!milliseconds || *milliseconds < 0) {
            return Cli::tr("--proof-wait needs a duration such as 5min.");
        }
        wait = std::chrono::milliseconds(*milliseconds);
    }
    if (arguments.has(u"commitment-port"_s)) {
        bool isNumber = false;
        const auto number = arguments.value(u"commitment-port"_s).toUShort(&isNumber);
        if (!isNumber || number == 0) {
            return Cli::tr("--commitment-port needs a number from 1 to 65535.");
        }
        port = number;
    }
    return {};
}

void ProofChoice::apply(engine::EngineParams& params) const
{
    if (port) {
        params.commitmentPort = port;
    }
}

Result<> ProofChoice::listen(engine::Engine& engine) const
{
    return port ? engine.listenForReports() : Result<>();
}

OptionSpec proofOption()
{
    return {u"proof"_s, u"WORD"_s,
        Cli::tr(
            "What counts as delivered: response (the answer to each image), commitment (the destination reports that "
            "it keeps it) or query (it is found by C-FIND afterwards). Without it, as the destination's settings "
            "say."),
        {}};
}

OptionSpec proofWaitOption()
{
    return {u"proof-wait"_s, u"1min"_s,
        Cli::tr(
            "How long commitment or query are waited for after the last image; what is not proved by then makes the "
            "exit code 1. The default is 1min."),
        {}};
}

OptionSpec commitmentPortOption()
{
    return {u"commitment-port"_s, u"N"_s,
        Cli::tr(
            "Port on which reports of storage commitment are awaited while the command runs; without it, the setting "
            "commitment_port."),
        {}};
}

} // namespace radpost::cli
