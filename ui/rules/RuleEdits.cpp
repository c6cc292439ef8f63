#include "ui/rules/RuleEdits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

int placeOf(const config::RuleSet& rules, const QString& name)
{
    const auto found = std::find_if(rules.rules.begin(), rules.rules.end(),
        [&name](const config::Rule& rule) { return rule.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == rules.rules.end() ? -1 : static_cast<int>(found - rules.rules.begin());
}

} // namespace

RuleEdit enableRule(const QString& name, bool isEnabled)
{
    return [name, isEnabled](config::RuleSet& rules) {
        if (const int at = placeOf(rules, name); at >= 0) {
            rules.rules[static_cast<size_t>(at)].enabled = isEnabled;
        }
    };
}

RuleEdit moveRule(const QString& name, int step)
{
    return [name, step](config::RuleSet& rules) {
        const int from = placeOf(rules, name);
        if (from < 0) {
            return;
        }
        const int to = std::clamp(from + step, 0, static_cast<int>(rules.rules.size()) - 1);
        auto rule = std::move(rules.rules[static_cast<size_t>(from)]);
        rules.rules.erase(rules.rules.begin() + from);
        rules.rules.insert(rules.rules.begin() + to, std::move(rule));
    };
}

RuleEdit removeRule(const QString& name)
{
    return [name](config::RuleSet& rules) {
        if (const int at = placeOf(rules, name); at >= 0) {
            rules.rules.erase(rules.rules.begin() + at);
        }
    };
}

RuleEdit insertRule(const config::Rule& rule, int place)
{
    return [rule, place](config::RuleSet& rules) {
        const int at = std::clamp(place, 0, static_cast<int>(rules.rules.size()));
        rules.rules.insert(rules.rules.begin() + at, rule);
    };
}

RuleEdit replaceRule(const QString& name, const config::Rule& rule)
{
    return [name, rule](config::RuleSet& rules) {
        if (const int at = placeOf(rules, name); at >= 0) {
            rules.rules[static_cast<size_t>(at)] = rule;
        }
    };
}

QString freeRuleName(const config::RuleSet& rules, const QString& wanted)
{
    QString name = wanted;
    for (int number = 2; rules.findRule(name) != nullptr || rules.findGroup(name) != nullptr; ++number) {
        name = u"%1 %2"_s.arg(wanted).arg(number);
    }
    return name;
}

} // namespace radpost::ui
