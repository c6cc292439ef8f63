#include "ui/rules/ruleedits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

bool isSame(const QString& one, const QString& other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

template <typename List>
bool has(const List& list, int row)
{
    return row >= 0 && static_cast<size_t>(row) < list.size();
}

template <typename List>
auto named(List& list, const QString& name)
{
    return std::find_if(list.begin(), list.end(), [&name](const auto& one) { return isSame(one.name, name); });
}

} // namespace

QString freeName(const config::RuleSet& rules, const QString& name)
{
    QString free = name;
    for (int number = 2; rules.findRule(free) != nullptr; ++number) {
        free = u"%1 %2"_s.arg(name).arg(number);
    }
    return free;
}

config::RuleSet withCopy(config::RuleSet rules, int row)
{
    if (has(rules.rules, row)) {
        auto copy = rules.rules[static_cast<size_t>(row)];
        copy.name = freeName(rules, copy.name);
        rules.rules.insert(rules.rules.begin() + row + 1, std::move(copy));
    }
    return rules;
}

config::RuleSet without(config::RuleSet rules, int row)
{
    if (has(rules.rules, row)) {
        rules.rules.erase(rules.rules.begin() + row);
    }
    return rules;
}

config::RuleSet withMoved(config::RuleSet rules, int from, int to)
{
    if (has(rules.rules, from) && has(rules.rules, to)) {
        auto moved = std::move(rules.rules[static_cast<size_t>(from)]);
        rules.rules.erase(rules.rules.begin() + from);
        rules.rules.insert(rules.rules.begin() + to, std::move(moved));
    }
    return rules;
}

config::RuleSet withInserted(config::RuleSet rules, int row, config::Rule rule)
{
    const bool isInside = has(rules.rules, row);
    rules.rules.insert(isInside ? rules.rules.begin() + row : rules.rules.end(), std::move(rule));
    return rules;
}

config::RuleSet withReplaced(config::RuleSet rules, const QString& name, config::Rule rule)
{
    const auto found = named(rules.rules, name);
    if (found == rules.rules.end()) {
        rules.rules.push_back(std::move(rule));
    } else {
        *found = std::move(rule);
    }
    return rules;
}

config::RuleSet withGroup(config::RuleSet rules, const QString& name, config::DestinationGroup group)
{
    for (auto& rule : rules.rules) {
        for (auto& send : rule.sends) {
            send.to = !name.isEmpty() && isSame(send.to, name) ? group.name : send.to;
        }
    }
    const auto found = named(rules.groups, name);
    if (found == rules.groups.end()) {
        rules.groups.push_back(std::move(group));
    } else {
        *found = std::move(group);
    }
    return rules;
}

QStringList usersOf(const config::RuleSet& rules, const QString& group)
{
    QStringList users;
    for (const auto& rule : rules.rules) {
        if (std::any_of(rule.sends.begin(), rule.sends.end(),
                [&group](const config::SendAction& send) { return isSame(send.to, group); })) {
            users.append(rule.name);
        }
    }
    return users;
}

} // namespace radpost::ui
