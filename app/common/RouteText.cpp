#include "app/common/RouteText.h"

#include "app/common/DicomNames.h"
#include "app/common/Format.h"
#include "app/common/RuleText.h"
#include "app/common/Sentences.h"
#include "core/config/Expectation.h"
#include "core/config/HoursWindow.h"

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

QString quotedNames(const QStringList& names)
{
    QStringList quoted;
    for (const auto& name : names) {
        quoted.append(u'"' + printable(name) + u'"');
    }
    return enumerated(quoted);
}

QString levelText(config::Trigger trigger)
{
    return trigger == config::Trigger::Series ? RouteText::tr("the series") : RouteText::tr("the study");
}

QString triggerText(const route::RoutedDelivery& delivery)
{
    if (delivery.trigger == config::Trigger::Instance) {
        return RouteText::tr("at once");
    }
    const QString level = levelText(delivery.trigger);
    const auto& quiet = delivery.completion.quiet;
    return quiet
        ? RouteText::tr("when %1 is complete (nothing more for %2)").arg(level, config::durationText(quiet->count()))
        : RouteText::tr("when somebody says that %1 is complete").arg(level);
}

QString hoursText(const QList<config::HoursWindow>& hours)
{
    QStringList windows;
    for (const auto& window : hours) {
        windows.append(config::hoursToText(window));
    }
    return enumerated(windows);
}

QString choiceText(const route::GroupChoice& choice)
{
    const QString group = printable(choice.group);
    switch (choice.reason) {
    case route::ChoiceReason::Primary:
        return RouteText::tr("first of the group \"%1\"").arg(group);
    case route::ChoiceReason::Backup:
        return RouteText::tr("backup of the group \"%1\"").arg(group);
    case route::ChoiceReason::Balanced:
        return RouteText::tr("this study's member of the group \"%1\"").arg(group);
    case route::ChoiceReason::Earlier:
        return RouteText::tr("member of the group \"%1\" that has the beginning of this study").arg(group);
    case route::ChoiceReason::NoneHealthy:
        return RouteText::tr("of the group \"%1\", no member of which can be reached now").arg(group);
    }
    return {};
}

QString heldText(const route::Held& held)
{
    const QString rule = printable(held.rule);
    switch (held.reason) {
    case route::HoldReason::Rule:
        return held.text.isEmpty()
            ? RouteText::tr("Held for review by the rule \"%1\"").arg(rule)
            : RouteText::tr("Held for review by the rule \"%1\": %2").arg(rule, printable(held.text));
    case route::HoldReason::Undecided:
        return RouteText::tr("Held for review: the rule \"%1\" cannot be judged").arg(rule);
    case route::HoldReason::ProfilesDiffer:
        return RouteText::tr(
            "Held for review: rules send it to %1 with different transform profiles (last by the rule \"%2\")")
            .arg(printable(held.destination), rule);
    }
    return {};
}

QString seenText(const route::TestReport& report)
{
    QStringList seen;
    for (const auto& value : report.seen) {
        QString text = printable(value);
        if (report.test.fact == config::Fact::SopClass) {
            text = sopClassName({value.toLatin1()});
        } else if (report.test.fact == config::Fact::TransferSyntax) {
            text = transferSyntaxName({value.toLatin1()});
        }
        seen.append(text);
    }
    return seen.isEmpty() ? QString() : RouteText::tr("it is %1").arg(seen.join(u" \\ "_s));
}

void addLines(const route::ConditionReport& report, int depth, QStringList& lines)
{
    lines.append(QString(2 * depth, u' ') + verdictText(report.verdict) + u"  "_s + conditionText(report));
    for (const auto& part : report.parts) {
        addLines(part, depth + 1, lines);
    }
}

} // namespace

QString verdictText(route::Verdict verdict)
{
    switch (verdict) {
    case route::Verdict::Yes:
        return RouteText::tr("yes");
    case route::Verdict::No:
        return RouteText::tr("no");
    case route::Verdict::Undecided:
        return RouteText::tr("undecided");
    }
    return {};
}

QString conditionText(const route::ConditionReport& report)
{
    using Kind = config::Condition::Kind;
    switch (report.kind) {
    case Kind::All:
        return report.parts.empty() ? RouteText::tr("always") : RouteText::tr("all of these");
    case Kind::Any:
        return RouteText::tr("any of these");
    case Kind::Not:
        return RouteText::tr("not");
    case Kind::Test:
        break;
    }
    QStringList reasons{seenText(report.test), whyText(report.test.why)};
    reasons.removeAll(QString());
    const QString test = testText(report.test.test);
    return reasons.isEmpty() ? test : RouteText::tr("%1 (%2)").arg(test, reasons.join(RouteText::tr("; ")));
}

QString whyText(route::Why why)
{
    switch (why) {
    case route::Why::Fits:
    case route::Why::Differs:
        return {};
    case route::Why::Absent:
        return RouteText::tr("it is not there");
    case route::Why::Empty:
        return RouteText::tr("it is empty");
    case route::Why::NotComparable:
        return RouteText::tr("it cannot be compared");
    case route::Why::CutShort:
        return RouteText::tr("too long to look at all of it");
    case route::Why::RegexLimit:
        return RouteText::tr("the expression takes too long");
    case route::Why::Unreadable:
        return RouteText::tr("the data set cannot be read");
    }
    return {};
}

QString deliveryText(const route::RoutedDelivery& delivery)
{
    QStringList parts{triggerText(delivery)};
    if (delivery.delay.count() > 0) {
        parts.append(RouteText::tr("after %1").arg(config::durationText(delivery.delay.count())));
    }
    if (!delivery.hours.isEmpty()) {
        parts.append(RouteText::tr("between %1").arg(hoursText(delivery.hours)));
    }
    if (!delivery.profile.isEmpty()) {
        parts.append(RouteText::tr("transform profile %1").arg(printable(delivery.profile)));
    }
    if (delivery.priority != config::Priority::Normal) {
        parts.append(RouteText::tr("priority %1").arg(priorityText(delivery.priority)));
    }
    if (delivery.onlyMissing) {
        parts.append(RouteText::tr("only what is not there yet"));
    }
    for (const auto& choice : delivery.choices) {
        parts.append(choiceText(choice));
    }
    const bool isOne = delivery.rules.size() == 1;
    parts.append(isOne ? RouteText::tr("rule %1").arg(quotedNames(delivery.rules))
                       : RouteText::tr("one delivery for the rules %1").arg(quotedNames(delivery.rules)));
    return labelled(printable(delivery.destination), enumerated(parts));
}

QStringList routingLines(const route::Routing& routing)
{
    QStringList lines;
    for (const auto& delivery : routing.deliveries) {
        lines.append(RouteText::tr("Sent to %1").arg(deliveryText(delivery)));
    }
    for (const auto& held : routing.held) {
        lines.append(heldText(held));
    }
    if (routing.dropped) {
        const QString rule = printable(routing.dropped->rule);
        lines.append(routing.dropped->text.isEmpty()
                ? RouteText::tr("Dropped by the rule \"%1\"").arg(rule)
                : RouteText::tr("Dropped by the rule \"%1\": %2").arg(rule, printable(routing.dropped->text)));
    }
    if (lines.isEmpty()) {
        lines.append(RouteText::tr("No rule matches: it is not sent anywhere"));
    }
    return lines;
}

QString ruleStateText(route::RuleState state)
{
    switch (state) {
    case route::RuleState::Matched:
        return RouteText::tr("matches");
    case route::RuleState::NotMatched:
        return RouteText::tr("does not match");
    case route::RuleState::Undecided:
        return RouteText::tr("cannot be judged");
    case route::RuleState::Disabled:
        return RouteText::tr("is switched off");
    case route::RuleState::NotReached:
        return RouteText::tr("not looked at, a rule before it stopped");
    }
    return {};
}

QStringList ruleReportLines(const route::RuleReport& report)
{
    QStringList lines;
    if (report.state != route::RuleState::Disabled && report.state != route::RuleState::NotReached) {
        addLines(report.condition, 0, lines);
    }
    return lines;
}

QString ruleChangeText(const route::RuleChange& change)
{
    const QString name = printable(change.name);
    const QString what =
        change.isGroup ? RouteText::tr("Group \"%1\"").arg(name) : RouteText::tr("Rule \"%1\"").arg(name);
    switch (change.kind) {
    case route::RuleChangeKind::Added:
        return RouteText::tr("%1: new").arg(what);
    case route::RuleChangeKind::Removed:
        return RouteText::tr("%1: gone").arg(what);
    case route::RuleChangeKind::Moved:
        return RouteText::tr("%1: at another place in the order").arg(what);
    case route::RuleChangeKind::Changed:
        return RouteText::tr("%1: %2 changed").arg(what, enumerated(change.keys));
    }
    return {};
}

QString routingChangeText(const route::RoutingChange& change)
{
    const QString destination = printable(change.destination);
    const QString rules = quotedNames(change.rules);
    switch (change.kind) {
    case route::ChangeKind::Same:
        return RouteText::tr("nothing changes");
    case route::ChangeKind::Added:
        return RouteText::tr("%1 would get it, too, by %2").arg(destination, rules);
    case route::ChangeKind::Removed:
        return RouteText::tr("%1 would not get it any more; it was sent there by %2").arg(destination, rules);
    case route::ChangeKind::Altered:
        return RouteText::tr("%1 would get it in another way, by %2").arg(destination, rules);
    case route::ChangeKind::NowHeld:
        return RouteText::tr("it would be held for review by %1").arg(rules);
    case route::ChangeKind::NoLongerHeld:
        return RouteText::tr("it would not be held for review any more");
    case route::ChangeKind::NowDropped:
        return RouteText::tr("it would be dropped by %1").arg(rules);
    case route::ChangeKind::NoLongerDropped:
        return RouteText::tr("it would not be dropped any more");
    case route::ChangeKind::NowUnmatched:
        return RouteText::tr("no rule would match it any more");
    case route::ChangeKind::NoLongerUnmatched:
        return RouteText::tr("a rule would match it now: %1").arg(rules);
    }
    return {};
}

QStringList replayLines(const route::ReplaySummary& summary)
{
    QStringList lines{RouteText::tr("Instances looked at: %1, treated otherwise: %2")
                          .arg(countText(summary.instances), countText(summary.instances - summary.unchanged))};
    for (const auto& [name, counts] : summary.destinations) {
        lines.append(
            RouteText::tr("%1: before %2, with the draft %3, in another way %4")
                .arg(printable(name), countText(counts.before), countText(counts.after), countText(counts.altered)));
    }
    const auto add = [&summary, &lines](route::ChangeKind kind, const QString& text) {
        const auto found = summary.counts.find(kind);
        if (found != summary.counts.end()) {
            lines.append(text.arg(countText(found->second)));
        }
    };
    add(route::ChangeKind::NowHeld, RouteText::tr("Newly held for review: %1"));
    add(route::ChangeKind::NoLongerHeld, RouteText::tr("No longer held for review: %1"));
    add(route::ChangeKind::NowDropped, RouteText::tr("Newly dropped: %1"));
    add(route::ChangeKind::NoLongerDropped, RouteText::tr("No longer dropped: %1"));
    add(route::ChangeKind::NowUnmatched, RouteText::tr("No longer matched by any rule: %1"));
    add(route::ChangeKind::NoLongerUnmatched, RouteText::tr("Newly matched by a rule: %1"));
    for (const auto& [rule, count] : summary.matches) {
        if (count == 0) {
            lines.append(RouteText::tr("The rule \"%1\" matches nothing").arg(printable(rule)));
        }
    }
    return lines;
}

} // namespace radpost::app
