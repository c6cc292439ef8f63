#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/RuleFile.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/RouteText.h"
#include "core/route/LiveRules.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QStringList changeTexts(const config::RuleSet& before, const config::RuleSet& after)
{
    QStringList texts;
    for (const auto& change : route::diffRules(before, after)) {
        texts.append(app::ruleChangeText(change));
    }
    return texts;
}

void printChanges(Console& console, const QStringList& changes)
{
    console.line(changes.isEmpty() ? Cli::tr("The configuration has the same rules.")
                                   : Cli::tr("Compared with the rules of the configuration:"));
    for (const auto& change : changes) {
        console.line(u"  "_s + printable(change));
    }
}

} // namespace

CommandSpec routeCheckSpec()
{
    return {u"route check"_s, u"[RULES]"_s, Cli::tr("Check rules, and tell what a draft would change"),
        Cli::tr("RULES is a file of rules, or a configuration with rules in it. Without one the rules of the "
                "configuration are checked. All mistakes are named with file, line and column."),
        0, 1, {}, {u"radpost route check"_s, u"radpost route check draft.toml"_s}};
}

ExitCode runRouteCheck(Session& session, const Arguments& arguments)
{
    auto& console = session.console();
    const QString path = arguments.positional().value(0);
    ExitCode exit = ExitCode::Ok;
    const auto book = loadRulesFor(session, path, exit);
    if (!book) {
        return exit;
    }
    const auto& rules = book->rules();
    const QStringList changes = path.isEmpty() || !session.config() || session.config()->rules == config::RuleSet()
        ? QStringList()
        : changeTexts(session.config()->rules, rules);
    console.event(u"rules-checked"_s,
        {{u"rules"_s, qint64(rules.rules.size())}, {u"groups"_s, qint64(rules.groups.size())},
            {u"changes"_s, QJsonArray::fromStringList(changes)}});
    console.line(Cli::tr("No mistakes. Rules: %1, groups: %2.").arg(rules.rules.size()).arg(rules.groups.size()));
    if (!path.isEmpty() && session.config() && session.config()->rules != config::RuleSet()) {
        printChanges(console, changes);
    }
    return ExitCode::Ok;
}

} // namespace radpost::cli
