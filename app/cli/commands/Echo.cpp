#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/DestinationOptions.h"
#include "app/cli/EchoRun.h"
#include "app/cli/ScanRun.h"
#include "app/cli/Session.h"
#include "core/engine/Diagnosis.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using Contexts = std::vector<engine::SeriesContext>;

void addContext(Contexts& contexts, const engine::SeriesContext& context)
{
    const auto same = std::find_if(contexts.begin(), contexts.end(), [&context](const engine::SeriesContext& other) {
        return other.sopClassUid == context.sopClassUid && other.transferSyntaxUid == context.transferSyntaxUid;
    });
    if (same == contexts.end()) {
        contexts.push_back(context);
    }
}

Contexts contextsOf(const ScanFindings& findings)
{
    Contexts contexts;
    for (const auto& patient : findings.tree.patients()) {
        for (const auto& study : patient.studies) {
            for (const auto& series : study.series) {
                for (const auto& context : series.contexts) {
                    addContext(contexts, context);
                }
            }
        }
    }
    return contexts;
}

std::vector<OptionSpec> echoOptions()
{
    std::vector<OptionSpec> options{
        {u"for"_s, u"PATH"_s, Cli::tr("Ask for the kinds of objects found there instead of the usual ones."), {}}};
    for (auto& option : destinationOptions()) {
        options.push_back(std::move(option));
    }
    return options;
}

ExitCode examine(Session& session, const Arguments& arguments)
{
    auto destination = findDestination(session, arguments.positional().first());
    if (!destination) {
        return session.failed(destination.error());
    }
    if (const auto applied = applyDestinationOptions(arguments, *destination); !applied) {
        return session.failed(applied.error());
    }
    if (!arguments.has(u"for"_s)) {
        return EchoRun(session).run(*destination, engine::usualContexts());
    }
    const auto findings = ScanRun(session).scan(arguments.list(u"for"_s));
    return findings ? EchoRun(session).run(*destination, contextsOf(*findings)) : session.failed(findings.error());
}

} // namespace

CommandSpec echoSpec()
{
    return {u"echo"_s, u"DEST"_s, Cli::tr("Examine a destination step by step"),
        Cli::tr(
            "Name, connection, TLS, association, C-ECHO, and the kinds of objects that it takes. When a step fails, "
            "says what that means, what to do, and gives a text for the PACS administrator. Sends no image."),
        1, 1, echoOptions(), {u"radpost echo MAIN-PACS"_s, u"radpost echo PACS1@10.1.2.3:104 --for study.zip"_s}};
}

ExitCode runEcho(Session& session, const Arguments& arguments)
{
    return examine(session, arguments);
}

CommandSpec destTestSpec()
{
    return {u"dest test"_s, u"DEST"_s, Cli::tr("The same as echo"), {}, 1, 1, echoOptions(),
        {u"radpost dest test MAIN-PACS"_s}};
}

ExitCode runDestTest(Session& session, const Arguments& arguments)
{
    return examine(session, arguments);
}

} // namespace radpost::cli
