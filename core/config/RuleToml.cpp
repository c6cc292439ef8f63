#include "core/config/RuleWords_p.h"
#include "core/config/RulesText.h"
#include "core/config/ConfigParser.h"
#include "core/config/TomlText_p.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

using text::tomlValue;

struct Entry
{
    QByteArray key;
    QByteArray value;
};
using Entries = QList<Entry>;

QByteArray key(QStringView word)
{
    return word.toUtf8();
}

QByteArray textList(const QStringList& values)
{
    QByteArrayList written;
    for (const auto& value : values) {
        written.append(tomlValue(value));
    }
    return written.size() == 1 ? written.first() : QByteArray('[' + written.join(", ") + ']');
}

QByteArray inlineTable(const Entries& entries)
{
    QByteArrayList written;
    for (const auto& entry : entries) {
        written.append(entry.key + " = " + entry.value);
    }
    return written.isEmpty() ? QByteArray("{}") : QByteArray("{ " + written.join(", ") + " }");
}

QByteArray tableList(const QByteArrayList& tables)
{
    return "[\n    " + tables.join(",\n    ") + ",\n]";
}

QByteArray lines(const Entries& entries)
{
    QByteArray written;
    for (const auto& entry : entries) {
        written += entry.key + " = " + entry.value + '\n';
    }
    return written;
}

bool isPlain(const Test& test)
{
    return test.op == Operator::In && !test.ignoreCase && test.quantity == Quantity::Any &&
        test.nameGroup == NameGroup::Any;
}

Entries operatorEntries(const Test& test)
{
    Entries entries;
    switch (test.op) {
    case Operator::In:
        entries.append(Entry{test.values.size() == 1 ? "equals" : "in", textList(test.values)});
        break;
    case Operator::Contains:
        entries.append(Entry{"contains", textList(test.values)});
        break;
    case Operator::Regex:
        entries.append(Entry{"regex", textList(test.values)});
        break;
    case Operator::Range:
        if (!test.from.isEmpty()) {
            entries.append(Entry{"from", tomlValue(test.from)});
        }
        if (!test.until.isEmpty()) {
            entries.append(Entry{"until", tomlValue(test.until)});
        }
        break;
    case Operator::Exists:
        entries.append(Entry{"exists", tomlValue(test.exists)});
        break;
    }
    if (test.ignoreCase) {
        entries.append(Entry{"ignore_case", "true"});
    }
    if (test.quantity != Quantity::Any) {
        entries.append(Entry{"values", tomlValue(words::wordOf(words::kQuantities, test.quantity))});
    }
    if (test.nameGroup != NameGroup::Any) {
        entries.append(Entry{"name_part", tomlValue(words::wordOf(words::kNameGroups, test.nameGroup))});
    }
    return entries;
}

Entries testEntries(const Test& test)
{
    if (test.fact != Fact::Attribute) {
        const auto word = words::wordOf(words::kFacts, test.fact);
        return {{key(word), isPlain(test) ? textList(test.values) : inlineTable(operatorEntries(test))}};
    }
    Entries entries{{"attribute", tomlValue(test.attribute)}};
    if (!test.creator.isEmpty()) {
        entries.append(Entry{"creator", tomlValue(test.creator)});
    }
    return entries + operatorEntries(test);
}

// Tests whose keys can stand side by side in one table, in the order in which they would be read.
bool fitsOneTable(const Condition& all)
{
    for (size_t i = 0; i < all.parts.size(); ++i) {
        const auto& part = all.parts[i];
        if (part.kind != Condition::Kind::Test || (i > 0 && part.test.fact <= all.parts[i - 1].test.fact)) {
            return false;
        }
    }
    return all.parts.size() != 1;
}

Entries conditionEntries(const Condition& condition, bool onLines)
{
    const auto list = [&](const Condition& group) -> QByteArray {
        QByteArrayList parts;
        for (const auto& part : group.parts) {
            parts.append(inlineTable(conditionEntries(part, false)));
        }
        return onLines ? tableList(parts) : QByteArray('[' + parts.join(", ") + ']');
    };
    switch (condition.kind) {
    case Condition::Kind::Test:
        return testEntries(condition.test);
    case Condition::Kind::Not:
        return {{"not", inlineTable(conditionEntries(condition.parts.front(), false))}};
    case Condition::Kind::Any:
        return {{"any", list(condition)}};
    case Condition::Kind::All:
        break;
    }
    if (!fitsOneTable(condition)) {
        return {{"all", list(condition)}};
    }
    Entries entries;
    for (const auto& part : condition.parts) {
        entries += testEntries(part.test);
    }
    return entries;
}

bool isNameOnly(const SendAction& send)
{
    SendAction plain;
    plain.to = send.to;
    return send == plain;
}

Entries sendEntries(const SendAction& send)
{
    Entries entries{{"to", tomlValue(send.to)}};
    if (!send.profile.isEmpty()) {
        entries.append(Entry{"profile", tomlValue(send.profile)});
    }
    if (send.delay.count() != 0) {
        entries.append(Entry{"delay", tomlValue(durationText(send.delay.count()))});
    }
    if (send.hours) {
        entries.append(Entry{"hours", tomlValue(hoursToText(*send.hours))});
    }
    if (send.priority != Priority::Normal) {
        entries.append(Entry{"priority", tomlValue(words::wordOf(words::kPriorities, send.priority))});
    }
    if (send.onlyMissing) {
        entries.append(Entry{"only_missing", "true"});
    }
    return entries;
}

QByteArray sendsValue(const std::vector<SendAction>& sends)
{
    QStringList names;
    QByteArrayList tables;
    for (const auto& send : sends) {
        names.append(send.to);
        tables.append(inlineTable(sendEntries(send)));
    }
    return std::all_of(sends.begin(), sends.end(), isNameOnly) ? textList(names) : tableList(tables);
}

Entries completionEntries(const Rule& rule)
{
    static const Completion kDefaults;
    const auto& completion = rule.completion;
    Entries entries{{"trigger", tomlValue(words::wordOf(words::kTriggers, rule.trigger))}};
    if (completion.quiet != kDefaults.quiet) {
        const QString quiet = completion.quiet ? durationText(completion.quiet->count()) : u"manual"_s;
        entries.append(Entry{"quiet", tomlValue(quiet)});
    }
    if (completion.maxWait) {
        entries.append(Entry{"max_wait", tomlValue(durationText(completion.maxWait->count()))});
    }
    if (completion.expected > 0) {
        entries.append(Entry{"expected", tomlValue(qint64{completion.expected})});
    }
    return entries;
}

Entries ruleEntries(const Rule& rule)
{
    Entries entries{{"name", tomlValue(rule.name)}};
    if (!rule.note.isEmpty()) {
        entries.append(Entry{"note", tomlValue(rule.note)});
    }
    if (!rule.enabled) {
        entries.append(Entry{"enabled", "false"});
    }
    if (rule.action != RuleAction::Send) {
        entries.append(Entry{"action", tomlValue(words::wordOf(words::kActions, rule.action))});
    }
    if (!rule.reason.isEmpty()) {
        entries.append(Entry{"reason", tomlValue(rule.reason)});
    }
    if (rule.trigger != Trigger::Instance) {
        entries += completionEntries(rule);
    }
    if (rule.stop && rule.action == RuleAction::Send) {
        entries.append(Entry{"stop", "true"});
    }
    if (!rule.sends.empty()) {
        entries.append(Entry{"send", sendsValue(rule.sends)});
    }
    return entries;
}

} // namespace

QByteArray ruleToToml(const Rule& rule)
{
    QByteArray written = "[[rule]]\n" + lines(ruleEntries(rule));
    const bool isAlways = rule.when.kind == Condition::Kind::All && rule.when.parts.empty();
    if (!isAlways) {
        written += "[rule.when]\n" + lines(conditionEntries(rule.when, true));
    }
    return written;
}

QByteArray textToToml(const QString& text)
{
    return tomlValue(text);
}

QByteArray groupToToml(const DestinationGroup& group)
{
    QByteArrayList members;
    for (const auto& member : group.members) {
        members.append(tomlValue(member));
    }
    return "[[group]]\n" +
        lines({{"name", tomlValue(group.name)}, {"kind", tomlValue(words::wordOf(words::kGroupKinds, group.kind))},
            {"members", '[' + members.join(", ") + ']'}});
}

QByteArray rulesToToml(const RuleSet& rules)
{
    QByteArray written = "version = " + QByteArray::number(kConfigVersion) + '\n';
    for (const auto& group : rules.groups) {
        written += '\n' + groupToToml(group);
    }
    for (const auto& rule : rules.rules) {
        written += '\n' + ruleToToml(rule);
    }
    return written;
}

} // namespace radpost::config
