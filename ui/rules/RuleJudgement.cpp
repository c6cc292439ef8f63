#include "ui/rules/RuleJudgement.h"

#include "core/config/RuleParser.h"
#include "core/config/RulesText.h"
#include "core/route/RuleBook.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// The others as far as they matter: groups that the rule may send to, and names that are taken.
QByteArray textBefore(const RuleSurroundings& surroundings)
{
    QByteArray toml;
    for (const auto& group : surroundings.groups) {
        toml += config::groupToToml(group);
    }
    for (const auto& name : surroundings.otherRules) {
        toml += "[[rule]]\nname = " + config::textToToml(name) + "\naction = \"drop\"\n";
    }
    return toml;
}

// Problems of the rule as a whole stand at its header; the key says what they are about.
RuleField fieldOfKey(const QString& key)
{
    using Known = std::pair<QStringView, RuleField>;
    static constexpr std::array kFields{Known(u"rule.name", RuleField::Name), Known(u"rule.send", RuleField::Sends),
        Known(u"rule.trigger", RuleField::Trigger), Known(u"rule.max_wait", RuleField::MaxWait),
        Known(u"rule.when", RuleField::Tests)};
    for (const auto& [known, field] : kFields) {
        if (key == known) {
            return field;
        }
    }
    return RuleField::None;
}

bool isOneRule(const config::RuleSet& rules, const RuleSurroundings& surroundings)
{
    return rules.groups.size() == surroundings.groups.size() &&
        rules.rules.size() == static_cast<size_t>(surroundings.otherRules.size()) + 1;
}

} // namespace

RuleJudgement judgeText(const QByteArray& toml, const RuleSurroundings& surroundings)
{
    const auto before = textBefore(surroundings);
    const int linesBefore = static_cast<int>(before.count('\n'));
    auto parsed = config::parseRules(before + toml, {}, {surroundings.destinations, route::checkTest});
    RuleJudgement judgement;
    for (auto& problem : parsed.problems) {
        problem.line = std::max(0, problem.line - linesBefore);
        const int line = problem.line;
        judgement.problems.push_back({{fieldOfKey(problem.key), -1}, line, false, std::move(problem)});
    }
    if (judgement.problems.empty() && !isOneRule(parsed.rules, surroundings)) {
        judgement.problems.push_back({{}, 1, true, {}});
    }
    if (judgement.problems.empty()) {
        judgement.rule = std::move(parsed.rules.rules.back());
    }
    return judgement;
}

RuleJudgement judgeDraft(const RuleDraft& draft, const RuleSurroundings& surroundings)
{
    const auto text = textOf(draft);
    auto judgement = judgeText(text.toml, surroundings);
    for (auto& problem : judgement.problems) {
        const auto line = static_cast<size_t>(problem.line);
        const bool isKnown = line > 0 && line <= text.places.size();
        const auto place = isKnown ? text.places[line - 1] : DraftPlace();
        problem.place = place.field == RuleField::None ? problem.place : place;
    }
    return judgement;
}

std::optional<config::ConfigProblem> judgeGroup(
    const config::DestinationGroup& group, const QStringList& destinations, const QStringList& otherGroups)
{
    QByteArray toml;
    for (const auto& name : otherGroups) {
        toml += config::groupToToml({name, config::GroupKind::Failover, destinations.mid(0, 1)});
    }
    const auto parsed = config::parseRules(toml + config::groupToToml(group), {}, {destinations, {}});
    return parsed.problems.empty() ? std::nullopt : std::optional(parsed.problems.front());
}

} // namespace radpost::ui
