#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/HoldText.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "core/engine/HeldInstances.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

void tell(Console& console, const store::HeldInstance& held)
{
    const auto& hold = held.hold;
    console.event(u"held"_s,
        {{u"number"_s, hold.id}, {u"id"_s, hold.spoolId}, {u"reason"_s, holdWord(hold.reason)}, {u"rule"_s, hold.rule},
            {u"text"_s, hold.text}, {u"destination"_s, hold.destination},
            {u"sopInstanceUid"_s, held.sopInstanceUid.toString()}, {u"studyInstanceUid"_s, held.studyInstanceUid},
            {u"modality"_s, held.modality}, {u"callingAeTitle"_s, held.source.callingAeTitle},
            {u"bytes"_s, held.fileBytes}, {u"heldAt"_s, toJson(hold.heldAt)}});
    console.line(u"%1  %2  %3  %4  %5"_s.arg(QString::number(hold.id).rightJustified(6), app::dateTimeText(hold.heldAt),
        printable(held.modality), printable(held.source.callingAeTitle), printable(held.studyDescription)));
    console.line(u"        "_s + holdText(hold));
}

} // namespace

CommandSpec routeHeldSpec()
{
    return {u"route held"_s, {}, Cli::tr("List what waits for a person, and why"),
        Cli::tr("Instances that the gateway holds: a rule says so, a rule could not be judged, or a destination or "
                "transform profile is missing. The number is for \"radpost route release\". Also beside a gateway that "
                "runs."),
        0, 0, {}, {u"radpost route held --data /var/lib/radpost"_s}};
}

ExitCode runRouteHeld(Session& session, const Arguments& /*arguments*/)
{
    if (!ledgerExists(session)) {
        session.console().line(Cli::tr("Nothing is held."));
        return ExitCode::Ok;
    }
    const auto held = engine::heldInstances(session.dataFolder());
    if (!held) {
        return session.failed(held.error());
    }
    const auto report = engine::spoolReport(session.dataFolder());
    for (const auto& instance : *held) {
        tell(session.console(), instance);
    }
    session.console().line(
        held->isEmpty() ? Cli::tr("Nothing is held.") : Cli::tr("%n held", nullptr, static_cast<int>(held->size())));
    if (report && report->unmatched.instances > 0) {
        session.console().line(Cli::tr("%n instance(s) wanted by no rule; \"radpost route release --unmatched\" has "
                                       "them judged again.",
            nullptr, static_cast<int>(report->unmatched.instances)));
    }
    return ExitCode::Ok;
}

} // namespace radpost::cli
