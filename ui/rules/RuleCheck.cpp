#include "ui/rules/RuleCheck.h"

#include "core/config/RuleParser.h"
#include "core/route/RuleBook.h"

namespace radpost::ui {

RuleSurroundings ruleSurroundings(const config::Config& config, const QString& exceptRule)
{
    RuleSurroundings made;
    for (const auto& destination : config.destinations) {
        made.targets.append(destination.name);
    }
    for (const auto& group : config.rules.groups) {
        made.targets.append(group.name);
        made.taken.append(group.name);
    }
    for (const auto& rule : config.rules.rules) {
        if (rule.name.compare(exceptRule, Qt::CaseInsensitive) != 0) {
            made.taken.append(rule.name);
        }
    }
    return made;
}

CheckedRule checkRule(const QByteArray& toml, const RuleSurroundings& surroundings)
{
    CheckedRule checked;
    const config::RuleContext context{
        surroundings.targets, [](const config::Test& test) { return route::checkTest(test); }};
    auto parsed = config::parseRules(toml, {}, context);
    checked.problems = std::move(parsed.problems);
    if (!checked.problems.empty()) {
        return checked;
    }
    if (parsed.rules.rules.size() != 1 || !parsed.rules.groups.empty()) {
        checked.fault = CheckedRule::Fault::NotOneRule;
    } else if (surroundings.taken.contains(parsed.rules.rules.front().name, Qt::CaseInsensitive)) {
        checked.fault = CheckedRule::Fault::NameTaken;
    } else {
        checked.rule = std::move(parsed.rules.rules.front());
    }
    return checked;
}

} // namespace radpost::ui
