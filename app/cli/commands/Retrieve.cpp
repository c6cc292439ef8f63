#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/DestinationOptions.h"
#include "app/cli/Interrupt.h"
#include "app/cli/QueryOptions.h"
#include "app/cli/Session.h"
#include "core/config/Fields.h"
#include "core/engine/ReceiveServer.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using engine::RetrieveCounts;
using engine::RetrieveSummary;

QString countsText(const RetrieveCounts& counts)
{
    QString text = Cli::tr("%n instance(s) sent", nullptr, static_cast<int>(counts.completed + counts.warning));
    if (counts.remaining > 0) {
        text += u", "_s + Cli::tr("%n to go", nullptr, static_cast<int>(counts.remaining));
    }
    if (counts.failed > 0) {
        text += u", "_s + Cli::tr("%n failed", nullptr, static_cast<int>(counts.failed));
    }
    return text;
}

QString receivedText(qint64 received, qint64 failed)
{
    const auto text = Cli::tr("%n instance(s) received", nullptr, static_cast<int>(received));
    return failed == 0 ? text : QString(text + u", "_s + Cli::tr("%n failed", nullptr, static_cast<int>(failed)));
}

QJsonObject countsFields(const RetrieveCounts& counts)
{
    return {{u"completed"_s, counts.completed}, {u"failed"_s, counts.failed}, {u"warning"_s, counts.warning},
        {u"remaining"_s, counts.remaining}};
}

engine::QueryClient::Progress showIn(Console& console)
{
    return [&console](const RetrieveCounts& counts) { console.setProgress({countsText(counts)}); };
}

constexpr qint64 kWentElsewhere = -1;

void tellFailures(Console& console, const RetrieveSummary& summary)
{
    if (summary.refused > 0) {
        console.line(Cli::tr("%n instance(s) could not be written here", nullptr, static_cast<int>(summary.refused)));
    }
    for (const auto& uid : summary.failedInstances) {
        console.line(u"  "_s + uid);
    }
    if (summary.mayLackKinds()) {
        console.line(Cli::tr("The PACS does not say what kinds of instances it has. Radpost offered every kind of the "
                             "Standard, but only everyday images compressed: what failed may be compressed or of a "
                             "private kind. Try radpost move."));
    }
}

/// The one that was asked for is the lowest that is given.
ExitCode tellNothing(Console& console, engine::QueryLevel level)
{
    console.line(level == engine::QueryLevel::Patient ? Cli::tr("The PACS has nothing under this patient ID.")
                                                      : Cli::tr("The PACS has nothing under this UID."));
    return ExitCode::SomeFailed;
}

/// @p received: instances that are here now, or kWentElsewhere.
ExitCode tellEnd(Session& session, const RetrieveSummary& summary, qint64 received, engine::QueryLevel level)
{
    auto& console = session.console();
    console.clearProgress();
    auto fields = countsFields(summary.counts);
    fields.insert(u"complete"_s, summary.isComplete());
    fields.insert(u"refused"_s, summary.refused);
    fields.insert(u"kindsKnown"_s, !summary.wereKindsGuessed);
    fields.insert(u"failedInstances"_s, QJsonArray::fromStringList(summary.failedInstances));
    const bool cameHere = received != kWentElsewhere;
    if (cameHere) {
        fields.insert(u"received"_s, received);
    }
    console.event(u"retrieved"_s, fields);
    if (summary.hasNothing() && received <= 0) {
        return tellNothing(console, level);
    }
    console.line(cameHere ? receivedText(received, summary.counts.failed) : countsText(summary.counts));
    tellFailures(console, summary);
    if (summary.wasStopped) {
        console.line(Cli::tr("Stopped before the end."));
        return ExitCode::Interrupted;
    }
    return summary.isComplete() ? ExitCode::Ok : ExitCode::SomeFailed;
}

/// What both commands read before they differ.
struct Retrieval
{
    config::Destination destination;
    engine::RetrieveParams params;
    AeTitle callingAeTitle;
};

std::variant<Retrieval, ExitCode> prepare(Session& session, const Arguments& arguments, const QString& command)
{
    auto params = retrieveParams(arguments);
    if (const auto* wrong = std::get_if<QString>(&params)) {
        return session.misused(*wrong, command);
    }
    auto destination = findDestination(session, arguments.positional().first());
    if (!destination) {
        return session.failed(destination.error());
    }
    if (const auto applied = applyDestinationOptions(arguments, *destination); !applied) {
        return session.failed(applied.error());
    }
    const auto own = session.engineParams(engine::LedgerAccess::ReadOnly).callingAeTitle;
    const auto calling = destination->callingAeTitle.isEmpty() ? own : destination->callingAeTitle;
    return Retrieval{*std::move(destination), std::get<engine::RetrieveParams>(std::move(params)), calling};
}

std::vector<OptionSpec> retrieveOptions(std::vector<OptionSpec> options)
{
    for (auto more : {uniqueKeyOptions(), destinationOptions()}) {
        options.insert(options.end(), more.begin(), more.end());
    }
    return options;
}

/// Where a move that comes here is received; nothing when it goes to another node.
Result<std::unique_ptr<engine::ReceiveServer>> receiverFor(
    const Session& session, const Arguments& arguments, const AeTitle& aeTitle)
{
    if (!arguments.has(u"dir"_s)) {
        return nullptr;
    }
    auto params = session.config() ? engine::receiveParams(session.config()->settings) : engine::ReceiveParams();
    params.folder = arguments.value(u"dir"_s);
    params.aeTitle = aeTitle;
    if (arguments.has(u"port"_s)) {
        params.port = arguments.value(u"port"_s).toUShort();
    }
    auto server = std::make_unique<engine::ReceiveServer>(params);
    if (auto started = server->start(); !started) {
        return fail(std::move(started.error()));
    }
    return server;
}

} // namespace

CommandSpec moveSpec()
{
    return {u"move"_s, u"DEST"_s, Cli::tr("Have a PACS send to another node, or here (C-MOVE)"),
        Cli::tr("The PACS must know the receiving AE title with its address. With --dir, Radpost itself receives while "
                "the command runs."),
        1, 1,
        retrieveOptions(
            {{u"to"_s, u"AET"_s, Cli::tr("Who is to receive; without it, our own AE title, with --dir."), {}},
                {u"dir"_s, u"FOLDER"_s, Cli::tr("Receive here, into this folder."), {}},
                {u"port"_s, u"N"_s, Cli::tr("Port to receive on; the default is that of receive."), {}}}),
        {u"radpost move MAIN-PACS --study 1.2.840.1 --to WORKSTATION"_s,
            u"radpost move MAIN-PACS --study 1.2.840.1 --dir /data/in"_s}};
}

ExitCode runMove(Session& session, const Arguments& arguments)
{
    if (!arguments.has(u"to"_s) && !arguments.has(u"dir"_s)) {
        return session.misused(Cli::tr("Say where to: --to AET, or --dir FOLDER to receive here."), u"move"_s);
    }
    if (arguments.has(u"to"_s) && !config::isValidAeTitle(arguments.value(u"to"_s))) {
        return session.misused(Cli::tr("--to needs an AE title of 1 to 16 ASCII characters."), u"move"_s);
    }
    if (bool isNumber = true; arguments.has(u"port"_s)) {
        const auto port = arguments.value(u"port"_s).toUShort(&isNumber);
        if (!isNumber || port == 0) {
            return session.misused(Cli::tr("--port needs a number from 1 to 65535."), u"move"_s);
        }
    }
    const auto prepared = prepare(session, arguments, u"move"_s);
    if (const auto* code = std::get_if<ExitCode>(&prepared)) {
        return *code;
    }
    const auto& retrieval = std::get<Retrieval>(prepared);
    const AeTitle to = arguments.has(u"to"_s) ? AeTitle{arguments.value(u"to"_s).toLatin1()} : retrieval.callingAeTitle;
    const Interrupt interrupt;
    const auto receiver = receiverFor(session, arguments, to);
    if (!receiver) {
        return session.failed(receiver.error());
    }
    engine::QueryClient client(retrieval.destination, retrieval.callingAeTitle);
    const auto summary = client.move(retrieval.params, to, showIn(session.console()), interrupt.token());
    if (!summary) {
        return session.questionFailed(summary.error());
    }
    return tellEnd(
        session, *summary, *receiver ? (*receiver)->counts().stored : kWentElsewhere, retrieval.params.level);
}

CommandSpec getSpec()
{
    return {u"get"_s, u"DEST"_s, Cli::tr("Fetch from a PACS over the same association (C-GET)"),
        Cli::tr("Nothing has to listen here, so that firewalls and address tables do not matter. Files are written bit "
                "for bit as FOLDER/SOPInstanceUID.dcm."),
        1, 1, retrieveOptions({{u"dir"_s, u"FOLDER"_s, Cli::tr("Where the files go."), {}}}),
        {u"radpost get MAIN-PACS --study 1.2.840.1 --dir /data/in"_s}};
}

ExitCode runGet(Session& session, const Arguments& arguments)
{
    if (!arguments.has(u"dir"_s)) {
        return session.misused(Cli::tr("Say where to store: --dir FOLDER."), u"get"_s);
    }
    const auto prepared = prepare(session, arguments, u"get"_s);
    if (const auto* code = std::get_if<ExitCode>(&prepared)) {
        return *code;
    }
    const auto& retrieval = std::get<Retrieval>(prepared);
    const Interrupt interrupt;
    engine::QueryClient client(retrieval.destination, retrieval.callingAeTitle);
    const auto summary =
        client.get(retrieval.params, arguments.value(u"dir"_s), showIn(session.console()), interrupt.token());
    return summary ? tellEnd(session, *summary, summary->received, retrieval.params.level)
                   : session.questionFailed(summary.error());
}

} // namespace radpost::cli
