#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/DestinationOptions.h"
#include "app/cli/DryRun.h"
#include "app/cli/JobRun.h"
#include "app/cli/ProofChoice.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

Result<std::vector<config::Destination>> destinationsOf(const Session& session, const Arguments& arguments)
{
    std::vector<config::Destination> destinations;
    for (const auto& text : arguments.list(u"to"_s)) {
        auto destination = findDestination(session, text);
        if (!destination) {
            return fail(destination.error());
        }
        if (const auto applied = applyDestinationOptions(arguments, *destination); !applied) {
            return fail(applied.error());
        }
        destinations.push_back(*std::move(destination));
    }
    return destinations;
}

std::optional<int> priorityOf(const Arguments& arguments)
{
    bool isNumber = true;
    const int priority = arguments.has(u"priority"_s) ? arguments.value(u"priority"_s).toInt(&isNumber) : 0;
    return isNumber ? std::optional(priority) : std::nullopt;
}

} // namespace

CommandSpec sendSpec()
{
    CommandSpec spec{u"send"_s, u"PATH…"_s, Cli::tr("Send files, folders, DICOMDIRs and archives to destinations"),
        Cli::tr("Looks through every PATH, also inside ZIP, tar and 7z archives, and sends all DICOM instances. "
                "Several destinations are several jobs, each with its own fate.\n"
                "Every job is written to the ledger first: after Ctrl-C, a crash or a power failure "
                "\"radpost resume\" goes on where it stopped, and nothing is lost."),
        1, -1, {}, {}};
    spec.options = {
        {u"to"_s, u"DEST"_s, Cli::tr("Name of a destination, or AET@host:port; may be given several times."), {}},
        {u"title"_s, u"TEXT"_s, Cli::tr("What the job is called in lists."), {}},
        {u"priority"_s, u"N"_s, Cli::tr("Jobs with a higher number go first; the default is 0."), {}},
        {u"profile"_s, u"NAME"_s, Cli::tr("How the images are changed on their way; \"none\" is the only one so far."),
            {}},
        {u"only-missing"_s, {},
            Cli::tr("Ask the destination what it has already (C-FIND at IMAGE level), and send only the rest."), {}},
        proofOption(),
        proofWaitOption(),
        commitmentPortOption(),
        {u"dry-run"_s, {}, Cli::tr("Ask the destination what it would take, and send nothing."), {}},
        giveUpOption(),
    };
    for (auto& option : destinationOptions()) {
        spec.options.push_back(std::move(option));
    }
    spec.examples = {u"radpost send /media/cdrom --to MAIN-PACS"_s,
        u"radpost send study.zip --to PACS1@10.1.2.3:11112 --associations 4"_s,
        u"radpost send images --to MAIN-PACS --to AI-NODE --dry-run"_s,
        u"radpost send images --to MAIN-PACS --proof commitment --commitment-port 11113"_s,
        u"radpost send images --to MAIN-PACS --only-missing"_s};
    return spec;
}

ExitCode runSend(Session& session, const Arguments& arguments)
{
    if (!arguments.has(u"to"_s)) {
        return session.misused(Cli::tr("Say where to: --to NAME or --to AET@host:port."), u"send"_s);
    }
    if (arguments.has(u"profile"_s) && arguments.value(u"profile"_s) != u"none") {
        return session.misused(Cli::tr("There is no profile %1.").arg(arguments.value(u"profile"_s)), u"send"_s);
    }
    const auto patience = giveUpAfter(arguments);
    const auto priority = priorityOf(arguments);
    if (!patience) {
        return misusedGiveUp(session, u"send"_s);
    }
    if (!priority) {
        return session.misused(Cli::tr("--priority needs a whole number."), u"send"_s);
    }
    ProofChoice proof;
    if (const auto wrong = proof.read(arguments); !wrong.isEmpty()) {
        return session.misused(wrong, u"send"_s);
    }
    auto destinations = destinationsOf(session, arguments);
    if (!destinations) {
        return session.failed(destinations.error());
    }
    if (arguments.has(u"dry-run"_s)) {
        return DryRun(session).run(arguments.positional(), *destinations);
    }
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.giveUpAfter = *patience;
    proof.apply(params);
    return JobRun(session, params, proof.wait).run([&](engine::Engine& engine) {
        engine::SendRequest request;
        request.paths = arguments.positional();
        request.destinations = *std::move(destinations);
        request.title = arguments.value(u"title"_s);
        request.priority = *priority;
        request.proof = proof.wanted;
        request.onlyMissing = arguments.has(u"only-missing"_s);
        return proof.listen(engine).and_then([&] { return engine.send(request); });
    });
}

} // namespace radpost::cli
