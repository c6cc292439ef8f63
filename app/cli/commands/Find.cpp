#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/DestinationOptions.h"
#include "app/cli/Interrupt.h"
#include "app/cli/MatchText.h"
#include "app/cli/QueryOptions.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using Params = std::variant<engine::FindParams, QString>;

OptionSpec formatOption()
{
    return {u"format"_s, u"WORD"_s, Cli::tr("table (the default) or csv; --json gives events."), {}};
}

void append(std::vector<OptionSpec>& options, std::vector<OptionSpec> more)
{
    options.insert(options.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void tellEnd(Console& console, const engine::FindSummary& summary)
{
    console.event(u"found"_s, {{u"matches"_s, summary.matches}, {u"complete"_s, summary.isComplete}});
    if (summary.matches == 0) {
        console.note(Cli::tr("Nothing matches."));
    } else if (!summary.isComplete) {
        console.note(Cli::tr("There may be more."));
    }
}

ExitCode ask(
    Session& session, const config::Destination& destination, const engine::FindParams& params, MatchFormat format)
{
    const Interrupt interrupt;
    engine::QueryClient client(destination, session.engineParams(engine::LedgerAccess::ReadOnly).callingAeTitle);
    MatchText text(session.console(), params, format);
    const auto summary = client.find(
        params, [&text](const dicom::Identifier& match) { text.print(match); }, interrupt.token());
    if (!summary) {
        return session.questionFailed(summary.error());
    }
    tellEnd(session.console(), *summary);
    return interrupt.wasPulled() ? ExitCode::Interrupted : ExitCode::Ok;
}

ExitCode run(Session& session, const Arguments& arguments, const Params& params, const QString& command)
{
    if (const auto* wrong = std::get_if<QString>(&params)) {
        return session.misused(*wrong, command);
    }
    const auto format = arguments.value(u"format"_s);
    if (arguments.has(u"format"_s) && format != u"table" && format != u"csv") {
        return session.misused(Cli::tr("--format needs table or csv."), command);
    }
    auto destination = findDestination(session, arguments.positional().first());
    if (!destination) {
        return session.failed(destination.error());
    }
    if (const auto applied = applyDestinationOptions(arguments, *destination); !applied) {
        return session.failed(applied.error());
    }
    return ask(session, *destination, std::get<engine::FindParams>(params),
        format == u"csv" ? MatchFormat::Csv : MatchFormat::Table);
}

} // namespace

CommandSpec findSpec()
{
    std::vector<OptionSpec> options{
        {u"level"_s, u"WORD"_s, Cli::tr("patient, study (the default), series or image."), {}}};
    append(options, uniqueKeyOptions());
    append(options, searchOptions());
    options.push_back(formatOption());
    append(options, destinationOptions());
    return {u"find"_s, u"DEST"_s, Cli::tr("Ask a PACS what it has (C-FIND)"),
        Cli::tr("Lists patients, studies, series or instances that match. Ctrl-C tells the PACS to stop."), 1, 1,
        std::move(options),
        {u"radpost find MAIN-PACS --date today --modality CT"_s,
            u"radpost find MAIN-PACS --name \"Wang*\" --format csv"_s,
            u"radpost find MAIN-PACS --level series --study 1.2.840.1"_s}};
}

ExitCode runFind(Session& session, const Arguments& arguments)
{
    return run(session, arguments, findParams(arguments), u"find"_s);
}

CommandSpec worklistSpec()
{
    std::vector<OptionSpec> options{{u"station"_s, u"AET"_s, Cli::tr("AE title of the device that is to do it."), {}},
        {u"patient-id"_s, u"ID"_s, Cli::tr("The patient."), {}}};
    append(options, searchOptions());
    options.push_back(formatOption());
    append(options, destinationOptions());
    return {u"worklist"_s, u"DEST"_s, Cli::tr("Ask a RIS what is scheduled (modality worklist)"),
        Cli::tr("Lists the scheduled procedure steps that match. Ctrl-C tells the RIS to stop."), 1, 1,
        std::move(options), {u"radpost worklist RIS --date today --modality MR"_s}};
}

ExitCode runWorklist(Session& session, const Arguments& arguments)
{
    return run(session, arguments, worklistParams(arguments), u"worklist"_s);
}

} // namespace radpost::cli
