#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/RouteJson.h"
#include "app/cli/RuleFile.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/RouteText.h"
#include "core/engine/RouteReplay.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr std::size_t kMostShown = 10;

/// "7d", "12h", "30m" back from now, or a date with or without a time. Nothing: it is none of these.
std::optional<Clock::WallTime> parseSince(const QString& text)
{
    static const QRegularExpression span(u"^([1-9][0-9]{0,5})([dhm])$"_s);
    if (const auto match = span.match(text); match.hasMatch()) {
        const int minutes = match.captured(2) == u"d" ? 24 * 60 : match.captured(2) == u"h" ? 60 : 1;
        return SystemClock().now() - std::chrono::minutes(match.captured(1).toLongLong() * minutes);
    }
    const auto time = QDateTime::fromString(text, Qt::ISODate);
    return time.isValid() ? std::optional(Clock::WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch())))
                          : std::nullopt;
}

/// Instances that change in the same way are one entry: the first of them, and how many there are.
void printSamples(Console& console, const route::ReplaySummary& summary)
{
    std::vector<std::pair<QStringList, const route::ChangedInstance*>> kinds;
    std::map<QStringList, int> counts;
    for (const auto& sample : summary.samples) {
        QStringList lines;
        for (const auto& change : sample.changes) {
            lines.append(printable(app::routingChangeText(change)));
        }
        if (++counts[lines] == 1) {
            kinds.emplace_back(lines, &sample);
        }
    }
    kinds.resize(std::min(kinds.size(), kMostShown));
    qint64 shown = 0;
    for (const auto& [lines, first] : kinds) {
        const int alike = counts[lines] - 1;
        const QString more = alike > 0 ? u"  "_s + Cli::tr("and %n alike", nullptr, alike) : QString();
        console.line(u"  "_s + first->sopInstanceUid.toString() + more);
        for (const auto& line : lines) {
            console.line(u"    "_s + line);
        }
        shown += counts[lines];
    }
    const qint64 more = summary.instances - summary.unchanged - shown;
    if (more > 0) {
        console.line(u"  "_s + Cli::tr("and %n more", nullptr, static_cast<int>(more)));
    }
}

void tell(Console& console, const route::ReplaySummary& summary)
{
    console.event(u"replay"_s, toJson(summary));
    for (const auto& line : app::replayLines(summary)) {
        console.line(line);
    }
    printSamples(console, summary);
}

} // namespace

CommandSpec routeReplaySpec()
{
    return {u"route replay"_s, {}, Cli::tr("Tell what a draft of rules would have done with what was received"),
        Cli::tr("Runs what the spool holds through the rules of the configuration and through the draft, and tells the "
                "difference. Nothing is sent. All members of groups count as healthy; the name of the listener or "
                "watch folder is not known any more. Works beside a gateway that runs."),
        0, 0,
        {{u"rules"_s, u"FILE"_s, Cli::tr("The draft: a file of rules, or a configuration with rules in it."), {}},
            {u"since"_s, u"TIME"_s,
                Cli::tr("Only what was received since: 7d, 12h, 30m, or a local time such as 2026-03-14T22:30. The "
                        "default is 7d."),
                {}}},
        {u"radpost route replay --since 7d --rules draft.toml"_s}};
}

ExitCode runRouteReplay(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& config) {
        const auto since = parseSince(arguments.has(u"since"_s) ? arguments.value(u"since"_s) : u"7d"_s);
        if (!since || !arguments.has(u"rules"_s)) {
            return session.misused(since ? Cli::tr("--rules is missing: the draft to compare with.")
                                         : Cli::tr("--since needs a span such as 7d, 12h or 30m, or a date and time."),
                u"route replay"_s);
        }
        ExitCode exit = ExitCode::Ok;
        const auto before = loadRulesFor(session, {}, exit);
        const auto after = before ? loadRulesFor(session, arguments.value(u"rules"_s), exit) : nullptr;
        if (!after) {
            return exit;
        }
        const Interrupt interrupt;
        const auto summary = engine::replayRoutes(
            {session.dataFolder(), config.settings.serve.spoolFolder}, *since, before, after, interrupt.token());
        if (!summary) {
            return session.failed(summary.error());
        }
        tell(session.console(), *summary);
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
