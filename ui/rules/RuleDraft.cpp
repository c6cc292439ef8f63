#include "ui/rules/RuleDraft.h"

#include "core/config/Expectation.h"
#include "core/config/HoursWindow.h"
#include "core/config/RulesText.h"

#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using config::Condition;
using config::Fact;
using config::Operator;
using Kind = Condition::Kind;

// Chinese keyboards have their own.
constexpr QChar kSeparator = u';';
constexpr QChar kWideSeparator = u'；';

bool fitsList(const QStringList& values)
{
    return std::none_of(values.begin(), values.end(), [](const QString& value) {
        return value.contains(kSeparator) || value.contains(kWideSeparator) || value.trimmed() != value;
    });
}

std::optional<Comparison> comparisonOf(const config::Test& test)
{
    const bool isOne = test.values.size() == 1;
    switch (test.op) {
    case Operator::In:
        return isOne ? Comparison::Is : Comparison::OneOf;
    case Operator::Contains:
        return isOne ? Comparison::Contains : Comparison::ContainsOneOf;
    case Operator::Regex:
        return isOne ? std::optional(Comparison::Matches) : std::nullopt;
    case Operator::Range:
        return Comparison::Between;
    case Operator::Exists:
        return test.exists ? Comparison::HasValue : Comparison::HasNone;
    }
    return std::nullopt;
}

std::optional<DraftTest> rowOf(const Condition& condition)
{
    const bool isNot = condition.kind == Kind::Not;
    const auto& leaf = isNot ? condition.parts.front() : condition;
    const auto comparison = leaf.kind == Kind::Test ? comparisonOf(leaf.test) : std::nullopt;
    const auto& test = leaf.test;
    const bool fits = comparison && test.creator.isEmpty() && test.nameGroup == config::NameGroup::Any &&
        (test.values.size() <= 1 || fitsList(test.values));
    if (!fits) {
        return std::nullopt;
    }
    const bool isRange = *comparison == Comparison::Between;
    const QString value = isRange ? test.from : test.values.join(u"; "_s);
    return DraftTest{isNot, test.fact, test.attribute, *comparison, value, test.until, test.ignoreCase,
        test.quantity == config::Quantity::All};
}

QString timesText(const std::optional<config::HoursWindow>& hours)
{
    return hours ? config::hoursToText(*hours) : QString();
}

DraftSend rowOf(const config::SendAction& send)
{
    const QString delay = send.delay.count() == 0 ? QString() : config::durationText(send.delay.count());
    return {send.to, delay, timesText(send.hours), send.priority, send.onlyMissing};
}

void takeCompletion(const config::Completion& completion, RuleDraft& draft)
{
    draft.quiet = completion.quiet ? config::durationText(completion.quiet->count()) : u"manual"_s;
    draft.maxWait = completion.maxWait ? config::durationText(completion.maxWait->count()) : QString();
    draft.expected = completion.expected > 0 ? QString::number(completion.expected) : QString();
}

QByteArray factKey(Fact fact)
{
    switch (fact) {
    case Fact::CallingAe:
        return "calling_ae";
    case Fact::CalledAe:
        return "called_ae";
    case Fact::Address:
        return "address";
    case Fact::Source:
        return "source";
    case Fact::Modality:
        return "modality";
    case Fact::SopClass:
        return "sop_class";
    case Fact::TransferSyntax:
        return "transfer_syntax";
    case Fact::StudyDescription:
        return "study_description";
    case Fact::Hours:
        return "hours";
    case Fact::Weekday:
        return "weekday";
    case Fact::Attribute:
        break;
    }
    return "attribute";
}

QByteArray listText(const QString& typed)
{
    QByteArrayList items;
    for (const auto& item : QString(typed).replace(kWideSeparator, kSeparator).split(kSeparator)) {
        if (!item.trimmed().isEmpty()) {
            items.append(config::textToToml(item.trimmed()));
        }
    }
    return '[' + items.join(", ") + ']';
}

QByteArray rangeText(const DraftTest& test)
{
    QByteArrayList bounds;
    if (!test.value.isEmpty() || test.until.isEmpty()) {
        bounds.append("from = " + config::textToToml(test.value));
    }
    if (!test.until.isEmpty()) {
        bounds.append("until = " + config::textToToml(test.until));
    }
    return bounds.join(", ");
}

QByteArray operatorText(const DraftTest& test)
{
    switch (test.comparison) {
    case Comparison::Is:
        return "equals = " + config::textToToml(test.value);
    case Comparison::OneOf:
        return "in = " + listText(test.value);
    case Comparison::Contains:
        return "contains = " + config::textToToml(test.value);
    case Comparison::ContainsOneOf:
        return "contains = " + listText(test.value);
    case Comparison::Matches:
        return "regex = " + config::textToToml(test.value);
    case Comparison::Between:
        return rangeText(test);
    case Comparison::HasValue:
        return "exists = true";
    case Comparison::HasNone:
        return "exists = false";
    }
    return {};
}

QByteArray testText(const DraftTest& test)
{
    QByteArray operators = operatorText(test);
    operators += test.ignoreCase ? ", ignore_case = true" : "";
    operators += test.needsAll ? ", values = \"all\"" : "";
    const bool isAttribute = test.fact == Fact::Attribute;
    const QByteArray entries = isAttribute
        ? QByteArray("attribute = " + config::textToToml(test.attribute) + ", " + operators)
        : QByteArray(factKey(test.fact) + " = { " + operators + " }");
    return test.isNot ? QByteArray("{ not = { " + entries + " } }") : QByteArray("{ " + entries + " }");
}

QByteArray sendText(const DraftSend& send)
{
    static constexpr std::array kWords{"low", "normal", "high", "urgent"};
    QByteArray text = "{ to = " + config::textToToml(send.to);
    if (!send.delay.trimmed().isEmpty()) {
        text += ", delay = " + config::textToToml(send.delay.trimmed());
    }
    if (!send.hours.trimmed().isEmpty()) {
        text += ", hours = " + config::textToToml(send.hours.trimmed());
    }
    text += QByteArray(", priority = \"") + kWords.at(static_cast<size_t>(send.priority)) + '"';
    text += send.onlyMissing ? ", only_missing = true" : "";
    return text + " }";
}

/// Puts lines together with where they come from.
class Lines final
{
public:
    void add(const QByteArray& line, RuleField field = RuleField::None, int row = -1)
    {
        m_text.toml += line + '\n';
        m_text.places.push_back({field, row});
    }
    void addText(const QByteArray& key, const QString& value, RuleField field)
    {
        if (!value.trimmed().isEmpty()) {
            add(key + " = " + config::textToToml(value.trimmed()), field);
        }
    }
    [[nodiscard]] DraftText take() { return std::move(m_text); }

private:
    DraftText m_text;
};

void addTrigger(const RuleDraft& draft, Lines& lines)
{
    if (draft.trigger == config::Trigger::Instance || draft.action != config::RuleAction::Send) {
        return;
    }
    lines.add(
        draft.trigger == config::Trigger::Series ? "trigger = \"series\"" : "trigger = \"study\"", RuleField::Trigger);
    lines.addText("quiet", draft.quiet, RuleField::Quiet);
    lines.addText("max_wait", draft.maxWait, RuleField::MaxWait);
    bool isNumber = false;
    const auto expected = draft.expected.trimmed().toLongLong(&isNumber);
    if (isNumber) {
        lines.add("expected = " + QByteArray::number(expected), RuleField::Expected);
    } else {
        lines.addText("expected", draft.expected, RuleField::Expected);
    }
}

void addAction(const RuleDraft& draft, Lines& lines)
{
    if (draft.action != config::RuleAction::Send) {
        lines.add(
            draft.action == config::RuleAction::Hold ? "action = \"hold\"" : "action = \"drop\"", RuleField::Action);
        lines.addText("reason", draft.reason, RuleField::Reason);
        return;
    }
    if (draft.stops) {
        lines.add("stop = true");
    }
    if (draft.sends.empty()) {
        return;
    }
    lines.add("send = [", RuleField::Sends);
    for (size_t row = 0; row < draft.sends.size(); ++row) {
        lines.add(sendText(draft.sends[row]) + ',', RuleField::Sends, static_cast<int>(row));
    }
    lines.add("]");
}

void addTests(const RuleDraft& draft, Lines& lines)
{
    if (draft.tests.size() == 1) {
        lines.add("when = " + testText(draft.tests.front()), RuleField::Tests, 0);
        return;
    }
    if (draft.tests.empty()) {
        return;
    }
    lines.add("[rule.when]", RuleField::Tests);
    lines.add(draft.isAny ? "any = [" : "all = [", RuleField::Tests);
    for (size_t row = 0; row < draft.tests.size(); ++row) {
        lines.add(testText(draft.tests[row]) + ',', RuleField::Tests, static_cast<int>(row));
    }
    lines.add("]");
}

} // namespace

std::optional<RuleDraft> draftOf(const config::Rule& rule)
{
    RuleDraft draft{rule.name, rule.note, rule.enabled, rule.when.kind == Kind::Any, {}, rule.action, {}, rule.reason,
        rule.stop && rule.action == config::RuleAction::Send, rule.trigger, {}, {}, {}};
    const bool isList = rule.when.kind == Kind::All || rule.when.kind == Kind::Any;
    for (const auto& part : isList ? rule.when.parts : std::vector{rule.when}) {
        const auto row = rowOf(part);
        if (!row) {
            return std::nullopt;
        }
        draft.tests.push_back(*row);
    }
    for (const auto& send : rule.sends) {
        if (!send.profile.isEmpty()) {
            return std::nullopt;
        }
        draft.sends.push_back(rowOf(send));
    }
    takeCompletion(rule.completion, draft);
    return draft;
}

DraftText textOf(const RuleDraft& draft)
{
    Lines lines;
    lines.add("[[rule]]");
    lines.add("name = " + config::textToToml(draft.name.trimmed()), RuleField::Name);
    lines.addText("note", draft.note, RuleField::Note);
    if (!draft.isEnabled) {
        lines.add("enabled = false");
    }
    addAction(draft, lines);
    addTrigger(draft, lines);
    addTests(draft, lines);
    return lines.take();
}

std::vector<Comparison> comparisonsOf(Fact fact)
{
    switch (fact) {
    case Fact::Address:
    case Fact::SopClass:
    case Fact::TransferSyntax:
    case Fact::Hours:
    case Fact::Weekday:
        return {Comparison::Is, Comparison::OneOf};
    case Fact::Attribute:
        return {Comparison::Is, Comparison::OneOf, Comparison::Contains, Comparison::ContainsOneOf, Comparison::Matches,
            Comparison::Between, Comparison::HasValue, Comparison::HasNone};
    default:
        return {Comparison::Is, Comparison::OneOf, Comparison::Contains, Comparison::ContainsOneOf, Comparison::Matches,
            Comparison::HasValue, Comparison::HasNone};
    }
}

} // namespace radpost::ui
