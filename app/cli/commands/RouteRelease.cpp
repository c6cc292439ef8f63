#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Session.h"
#include "core/engine/HeldInstances.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

constexpr auto kPatience = 15s;

const std::pair<QString, config::Trigger> kLevels[] = {
    {u"study"_s, config::Trigger::Study}, {u"series"_s, config::Trigger::Series}};

// False: a word that is no number.
bool readNumbers(const QStringList& words, QList<qint64>& into)
{
    for (const auto& word : words) {
        bool isNumber = false;
        into.append(word.toLongLong(&isNumber));
        if (!isNumber) {
            return false;
        }
    }
    return true;
}

ExitCode tell(Session& session, const engine::HoldDecision& decision, const engine::HoldOutcome& outcome)
{
    auto& console = session.console();
    QJsonArray unknown;
    for (const auto number : outcome.unknown) {
        unknown.append(number);
    }
    console.event(
        decision.isDrop ? u"dropped"_s : u"released"_s, {{u"instances"_s, outcome.instances}, {u"unknown"_s, unknown}});
    const int count = static_cast<int>(outcome.instances);
    console.line(decision.isDrop ? Cli::tr("%n instance(s) will not be sent.", nullptr, count)
                                 : Cli::tr("%n instance(s) go on.", nullptr, count));
    for (const auto number : outcome.unknown) {
        console.complain(Cli::tr("Nothing is held with the number %1.").arg(QString::number(number)));
    }
    return outcome.unknown.isEmpty() ? ExitCode::Ok : ExitCode::SomeFailed;
}

} // namespace

CommandSpec routeReleaseSpec()
{
    return {u"route release"_s, u"[NUMBER…]"_s, Cli::tr("Let what is held go on, or drop it"),
        Cli::tr(
            "The rules behind the one that held an instance say where it goes now. What was held for another "
            "cause is judged again; where it went already it does not go twice. A gateway that runs does it itself; "
            "without one it is done at its next start."),
        0, -1,
        {{u"drop"_s, {}, Cli::tr("It is not to be sent, and may leave the spool."), {}},
            {u"unmatched"_s, {}, Cli::tr("All that no rule wanted, too: after the rules were changed."), {}},
            {u"study"_s, u"UID"_s, Cli::tr("This study is complete: rules that wait for it send it now."), {}},
            {u"series"_s, u"UID"_s, Cli::tr("This series is complete: rules that wait for it send it now."), {}}},
        {u"radpost route release 17 18"_s, u"radpost route release 17 --drop"_s, u"radpost route release --unmatched"_s,
            u"radpost route release --study 1.2.840.1.7"_s}};
}

ExitCode runRouteRelease(Session& session, const Arguments& arguments)
{
    engine::HoldDecision decision;
    decision.isDrop = arguments.has(u"drop"_s);
    decision.isUnmatched = arguments.has(u"unmatched"_s);
    const bool areNumbers = readNumbers(arguments.positional(), decision.holds);
    for (const auto& [option, level] : kLevels) {
        if (arguments.has(option)) {
            decision.complete.append({level, arguments.value(option).trimmed()});
        }
    }
    const bool isAnything = !decision.holds.isEmpty() || decision.isUnmatched || !decision.complete.isEmpty();
    if (!areNumbers || !isAnything) {
        return session.misused(
            Cli::tr("\"route release\" needs numbers that \"route held\" shows, --unmatched, --study or --series."),
            u"route release"_s);
    }
    if (decision.isDrop && !decision.complete.isEmpty()) {
        return session.misused(Cli::tr("--drop is not for --study and --series."), u"route release"_s);
    }
    if (!ledgerExists(session)) {
        return session.failed(makeError(ErrorCode::LedgerUnreadable, session.dataFolder()));
    }
    const Interrupt interrupt;
    const auto outcome = engine::decideHolds(session.dataFolder(), decision, kPatience, interrupt.token());
    return outcome ? tell(session, decision, *outcome) : session.failed(outcome.error());
}

} // namespace radpost::cli
