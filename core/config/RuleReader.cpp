#include "core/config/RuleReader_p.h"

#include "core/config/Codecs_p.h"
#include "core/config/RuleWords_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

using Delay = codecs::Duration<0, 30LL * 86'400'000>;
using Quiet = codecs::Duration<1'000, 7LL * 86'400'000>;
using MaxWait = codecs::Duration<1'000, 30LL * 86'400'000>;
using Expected = codecs::Integer<int, 1, 1'000'000>;
using Note = codecs::Line<ExpectedKind::Text, 1024>;
using Profile = codecs::Line<ExpectedKind::Text, 100>;

constexpr qsizetype kMostGroups = 200;
constexpr qsizetype kMostMembers = 64;
constexpr qsizetype kMostSends = 64;

/// "by hand" is no duration.
struct QuietOrManual
{
    using Value = std::optional<std::chrono::milliseconds>;
    static Expectation expects() { return Quiet::expects(); }
    static std::optional<Value> parse(const Scalar& value)
    {
        if (codecs::isWord(value, u"manual")) {
            return Value();
        }
        const auto quiet = Quiet::parse(value);
        return quiet ? std::optional<Value>(Value(*quiet)) : std::nullopt; // deduced, the outer one would be lost
    }
};

struct Bounded
{
    using Value = std::optional<std::chrono::milliseconds>;
    static Expectation expects() { return MaxWait::expects(); }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto wait = MaxWait::parse(value);
        return wait ? std::optional<Value>(Value(*wait)) : std::nullopt;
    }
};

} // namespace

ConfigProblem& RuleReader::add(ProblemKind kind, const Place& place, const QString& detail)
{
    const auto begin = place.node.source().begin;
    ConfigProblem problem;
    problem.kind = kind;
    problem.file = m_file;
    problem.line = static_cast<int>(begin.line);
    problem.column = static_cast<int>(begin.column);
    problem.key = place.key;
    problem.detail = detail;
    m_problems.push_back(std::move(problem));
    return m_problems.back();
}

void RuleReader::fault(RuleFault fault, const Place& place, const QString& value, const QString& detail)
{
    auto& problem = add(ProblemKind::Rule, place, value.isEmpty() ? detail : QString(detail + u": "_s + value));
    problem.fault = fault;
    problem.value = value;
}

QString RuleReader::destinationNamed(const QString& name) const
{
    if (!m_context.destinations) {
        return name;
    }
    const auto& names = *m_context.destinations;
    const auto found = std::find_if(names.begin(), names.end(),
        [&name](const QString& candidate) { return candidate.compare(name, Qt::CaseInsensitive) == 0; });
    return found == names.end() ? QString() : *found;
}

QString RuleReader::targetNamed(const QString& name) const
{
    const auto* group = m_rules.findGroup(name);
    return group != nullptr ? group->name : destinationNamed(name);
}

void RuleReader::checkUnknown(const toml::table& table, const QString& prefix, const QStringList& known)
{
    for (const auto& [key, node] : table) {
        const QString name = toText(key.str());
        if (!known.contains(name)) {
            add(ProblemKind::UnknownKey, {node, prefix + name}, u"is not a key that Radpost knows"_s);
        }
    }
}

RuleSet RuleReader::read(const toml::table& root)
{
    if (const auto* groups = root.get("group")) {
        readGroups(*groups);
    }
    if (const auto* rules = root.get("rule")) {
        readRules(*rules);
    }
    std::stable_sort(m_problems.begin(), m_problems.end(),
        [](const auto& a, const auto& b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
    return std::move(m_rules);
}

void RuleReader::checkName(const toml::table& table, const QString& name, const QString& kind, QSet<QString>& taken)
{
    const auto* node = table.get("name");
    if (node == nullptr) {
        add(ProblemKind::Missing, {table, kind + u".name"_s}, u"is missing"_s);
        return;
    }
    if (!name.isEmpty() && taken.contains(name.toCaseFolded())) {
        fault(RuleFault::NameTaken, {*node, kind + u".name"_s}, name, u"another one has this name already"_s);
    }
    taken.insert(name.toCaseFolded());
}

void RuleReader::readGroups(const toml::node& node)
{
    const auto* array = node.as_array();
    if (array == nullptr || !array->is_array_of_tables()) {
        fault(RuleFault::NotTables, {node, u"group"_s}, {}, u"must be written as [[group]] tables"_s);
        return;
    }
    for (const auto& element : *array) {
        readGroup(*element.as_table());
    }
    if (m_rules.groups.size() > kMostGroups) {
        fault(RuleFault::TooMany, {node, u"group"_s}, QString::number(kMostGroups), u"more groups than allowed"_s);
    }
}

void RuleReader::readGroup(const toml::table& table)
{
    const QString prefix = u"group."_s;
    DestinationGroup group;
    take<codecs::Name>(table, u"name", prefix, group.name);
    checkName(table, group.name, u"group"_s, m_groupNames);
    if (m_context.destinations && !destinationNamed(group.name).isEmpty()) {
        fault(RuleFault::NameTaken, {*table.get("name"), u"group.name"_s}, group.name,
            u"a destination has this name already"_s);
    }
    take<codecs::Choice<words::kGroupKinds>>(table, u"kind", prefix, group.kind);
    readMembers(table, group);
    checkUnknown(table, prefix, {u"name"_s, u"kind"_s, u"members"_s});
    m_rules.groups.push_back(std::move(group));
}

void RuleReader::readMembers(const toml::table& table, DestinationGroup& group)
{
    const QString key = u"group.members"_s;
    const auto* node = table.get("members");
    const auto* array = node != nullptr ? node->as_array() : nullptr;
    if (array == nullptr || array->empty() || array->size() > kMostMembers) {
        const bool isLong = array != nullptr && !array->empty();
        fault(isLong ? RuleFault::TooMany : RuleFault::EmptyGroup, {node != nullptr ? *node : table, key},
            isLong ? QString::number(kMostMembers) : QString(),
            isLong ? u"more members than allowed"_s : u"must be a list of destinations, with one at least"_s);
        return;
    }
    for (const auto& element : *array) {
        const auto name = codecs::parseName(scalarOf(element));
        const QString known = name ? destinationNamed(*name) : QString();
        if (known.isEmpty()) {
            fault(RuleFault::UnknownMember, {element, key}, name.value_or(QString()), u"is not a destination"_s);
        } else if (group.members.contains(known)) {
            fault(RuleFault::MemberTwice, {element, key}, known, u"is a member twice"_s);
        } else {
            group.members.append(known);
        }
    }
}

void RuleReader::readRules(const toml::node& node)
{
    const auto* array = node.as_array();
    if (array == nullptr || !array->is_array_of_tables()) {
        fault(RuleFault::NotTables, {node, u"rule"_s}, {}, u"must be written as [[rule]] tables"_s);
        return;
    }
    if (array->size() > kMostRules) {
        fault(RuleFault::TooMany, {node, u"rule"_s}, QString::number(kMostRules), u"more rules than allowed"_s);
        return;
    }
    for (const auto& element : *array) {
        readRule(*element.as_table());
    }
}

void RuleReader::readRule(const toml::table& table)
{
    const QString prefix = u"rule."_s;
    Rule rule;
    take<codecs::Name>(table, u"name", prefix, rule.name);
    checkName(table, rule.name, u"rule"_s, m_ruleNames);
    take<Note>(table, u"note", prefix, rule.note);
    take<codecs::Boolean>(table, u"enabled", prefix, rule.enabled);
    take<Note>(table, u"reason", prefix, rule.reason);
    take<codecs::Boolean>(table, u"stop", prefix, rule.stop);
    take<codecs::Choice<words::kActions>>(table, u"action", prefix, rule.action);
    m_tests = 0;
    if (const auto* when = table.get("when")) {
        if (const auto* condition = when->as_table()) {
            rule.when = readCondition(*condition, 1);
        } else {
            fault(RuleFault::NotACondition, {*when, u"rule.when"_s}, {}, u"must be a table of tests"_s);
        }
    }
    readSends(table, rule);
    readCompletion(table, rule);
    checkAction(table, rule);
    if (rule.action != RuleAction::Send) {
        rule.stop = true;
    }
    checkUnknown(table, prefix,
        {u"name"_s, u"note"_s, u"enabled"_s, u"when"_s, u"action"_s, u"send"_s, u"reason"_s, u"trigger"_s, u"quiet"_s,
            u"max_wait"_s, u"expected"_s, u"stop"_s});
    m_rules.rules.push_back(std::move(rule));
}

void RuleReader::readCompletion(const toml::table& table, Rule& rule)
{
    const QString prefix = u"rule."_s;
    take<codecs::Choice<words::kTriggers>>(table, u"trigger", prefix, rule.trigger);
    bool hasAny = take<QuietOrManual>(table, u"quiet", prefix, rule.completion.quiet);
    hasAny = take<Bounded>(table, u"max_wait", prefix, rule.completion.maxWait) || hasAny;
    hasAny = take<Expected>(table, u"expected", prefix, rule.completion.expected) || hasAny;
    if (hasAny && rule.trigger == Trigger::Instance) {
        fault(RuleFault::WaitsForNothing, {table, u"rule.trigger"_s}, rule.name,
            u"quiet, max_wait and expected need trigger = \"series\" or \"study\""_s);
    }
    const auto& completion = rule.completion;
    if (completion.quiet && completion.maxWait && *completion.maxWait < *completion.quiet) {
        fault(RuleFault::NeverComplete, {table, u"rule.max_wait"_s}, rule.name, u"is shorter than quiet"_s);
    }
}

void RuleReader::readSends(const toml::table& table, Rule& rule)
{
    const auto* node = table.get("send");
    if (node == nullptr) {
        return;
    }
    const auto* array = node->as_array();
    if (array == nullptr) {
        readSend(*node, rule);
        return;
    }
    if (array->size() > kMostSends) {
        fault(RuleFault::TooMany, {*node, u"rule.send"_s}, QString::number(kMostSends), u"more than allowed"_s);
        return;
    }
    for (const auto& element : *array) {
        readSend(element, rule);
    }
}

void RuleReader::readSend(const toml::node& node, Rule& rule)
{
    const QString prefix = u"rule.send."_s;
    SendAction send;
    const auto* table = node.as_table();
    if (table != nullptr) {
        take<codecs::Name>(*table, u"to", prefix, send.to);
        take<Profile>(*table, u"profile", prefix, send.profile);
        take<Delay>(*table, u"delay", prefix, send.delay);
        take<codecs::Hours>(*table, u"hours", prefix, send.hours);
        take<codecs::Choice<words::kPriorities>>(*table, u"priority", prefix, send.priority);
        take<codecs::Boolean>(*table, u"only_missing", prefix, send.onlyMissing);
        checkUnknown(*table, prefix, {u"to"_s, u"profile"_s, u"delay"_s, u"hours"_s, u"priority"_s, u"only_missing"_s});
    } else {
        send.to = codecs::parseName(scalarOf(node)).value_or(QString());
    }
    const QString known = targetNamed(send.to);
    const auto isSame = [&known](const SendAction& other) { return other.to == known; };
    if (known.isEmpty()) {
        fault(RuleFault::UnknownDestination, {node, table != nullptr ? u"rule.send.to"_s : u"rule.send"_s}, send.to,
            u"is neither a destination nor a group"_s);
    } else if (std::any_of(rule.sends.begin(), rule.sends.end(), isSame)) {
        fault(RuleFault::SendTwice, {node, u"rule.send"_s}, send.to, u"is sent to twice"_s);
    }
    if (send.profile == u"none") {
        send.profile.clear();
    } else if (!send.profile.isEmpty()) {
        // Nothing would change the images: one that has to be made harmless would leave as it is.
        fault(RuleFault::UnknownProfile, {*table->get("profile"), u"rule.send.profile"_s}, send.profile,
            u"is no transform profile; \"none\" is the only one so far"_s);
    }
    send.to = known.isEmpty() ? send.to : known; // as it is spelled where it is defined
    rule.sends.push_back(std::move(send));
}

void RuleReader::checkAction(const toml::table& table, const Rule& rule)
{
    const bool sends = rule.action == RuleAction::Send;
    if (sends && rule.sends.empty()) {
        fault(RuleFault::NoAction, {table, u"rule.send"_s}, rule.name, u"neither sends, drops nor holds"_s);
    }
    if (!sends && !rule.sends.empty()) {
        fault(RuleFault::ActionAndSend, {*table.get("send"), u"rule.send"_s}, rule.name,
            u"goes only with action = \"send\""_s);
    }
    const auto* stop = table.get("stop");
    if (!sends && stop != nullptr && !rule.stop) {
        fault(RuleFault::DropContinues, {*stop, u"rule.stop"_s}, rule.name, u"drop and hold always stop"_s);
    }
    if (!sends && rule.trigger != Trigger::Instance) {
        fault(RuleFault::WaitsForNothing, {table, u"rule.trigger"_s}, rule.name, u"only what is sent can wait"_s);
    }
}

} // namespace radpost::config
