#include "app/common/RuleText.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

QString faultOfShape(const config::ConfigProblem& problem)
{
    using config::RuleFault;
    const QString value = printable(problem.value);
    switch (problem.fault) {
    case RuleFault::NotTables:
        return RuleText::tr("Rules must be written as [[rule]] tables, groups as [[group]] tables.");
    case RuleFault::UnknownDestination:
        return RuleText::tr("There is no destination and no group with the name \"%1\".").arg(value);
    case RuleFault::UnknownMember:
        return RuleText::tr("There is no destination with the name \"%1\"; a group consists of destinations.")
            .arg(value);
    case RuleFault::MemberTwice:
        return RuleText::tr("The group has the destination \"%1\" twice.").arg(value);
    case RuleFault::EmptyGroup:
        return RuleText::tr("A group needs members = [...] with one destination at least.");
    case RuleFault::NameTaken:
        return RuleText::tr("The name \"%1\" is taken already.").arg(value);
    case RuleFault::NoAction:
        return RuleText::tr(
            "The rule neither sends, drops nor holds: give it send = ..., or action = \"drop\" or \"hold\".");
    case RuleFault::SendTwice:
        return RuleText::tr("The rule sends to \"%1\" twice.").arg(value);
    case RuleFault::UnknownProfile:
        return RuleText::tr("There is no transform profile \"%1\"; \"none\" is the only one so far.").arg(value);
    case RuleFault::ActionAndSend:
        return RuleText::tr("A rule that drops or holds cannot send, too.");
    case RuleFault::DropContinues:
        return RuleText::tr("A rule that drops or holds always stops; stop = false does not go with it.");
    case RuleFault::WaitsForNothing:
        return RuleText::tr(
            "quiet, max_wait and expected go only with trigger = \"series\" or \"study\", and only with sending.");
    case RuleFault::NeverComplete:
        return RuleText::tr("max_wait is shorter than quiet.");
    case RuleFault::TooDeep:
        return RuleText::tr("Conditions are nested more than %1 levels deep.").arg(value);
    case RuleFault::TooMany:
        return RuleText::tr("There are more than %1 of these.").arg(value);
    default:
        return problem.detail;
    }
}

QString faultOfTest(const config::ConfigProblem& problem)
{
    using config::RuleFault;
    const QString value = printable(problem.value);
    switch (problem.fault) {
    case RuleFault::NotACondition:
        return RuleText::tr("A condition is a table of tests; all and any are lists of such tables.");
    case RuleFault::NothingToTest:
        return RuleText::tr("The test needs one of equals, in, contains, regex, from, until or exists.");
    case RuleFault::TwoOperators:
        return RuleText::tr("A test has only one of equals, in, contains, regex, from and until, exists.");
    case RuleFault::OperatorDoesNotFit:
        return RuleText::tr("This cannot be tested in such a way.");
    case RuleFault::NoValues:
        return RuleText::tr("The list is empty.");
    case RuleFault::BadText:
        return RuleText::tr("This must be a text of 1 to 1024 characters, or a number.");
    case RuleFault::BadRegex:
        return RuleText::tr("\"%1\" is not a regular expression.").arg(value);
    case RuleFault::BadAddress:
        return RuleText::tr("\"%1\" is neither an IP address nor a network such as 10.0.0.0/8.").arg(value);
    case RuleFault::BadHours:
        return RuleText::tr("\"%1\" are not hours such as \"22:00-06:00\".").arg(value);
    case RuleFault::BadWeekday:
        return RuleText::tr("\"%1\" is not a day such as \"mon\" or \"mon-fri\".").arg(value);
    case RuleFault::BadAttribute:
        return RuleText::tr("\"%1\" is neither the keyword nor the tag of an attribute, nor a path to one.").arg(value);
    case RuleFault::NoCreator:
        return RuleText::tr("\"%1\" is a private attribute: name its creator, too.").arg(value);
    case RuleFault::UnknownSopClass:
        return RuleText::tr("\"%1\" is neither the name, the keyword nor the UID of a SOP class.").arg(value);
    case RuleFault::UnknownTransferSyntax:
        return RuleText::tr("\"%1\" is neither the name, the keyword nor the UID of a transfer syntax.").arg(value);
    case RuleFault::BadBound:
        return RuleText::tr("\"%1\" is not a number, date, time or age as this attribute has it.").arg(value);
    case RuleFault::ImpossibleRange:
        return RuleText::tr("Nothing can lie in the range %1: from is above until.").arg(value);
    default:
        return faultOfShape(problem);
    }
}

QString listText(const QStringList& values)
{
    constexpr qsizetype kMostShown = 10;
    QStringList shown;
    for (const auto& value : values.first(std::min(values.size(), kMostShown))) {
        shown.append(printable(value));
    }
    const QString joined = enumerated(shown);
    return values.size() > kMostShown
        ? RuleText::tr("%1 and %n more", nullptr, static_cast<int>(values.size() - kMostShown)).arg(joined)
        : joined;
}

QString rangeText(const QString& fact, const config::Test& test)
{
    if (test.until.isEmpty()) {
        return RuleText::tr("%1 is %2 or more").arg(fact, printable(test.from));
    }
    if (test.from.isEmpty()) {
        return RuleText::tr("%1 is %2 or less").arg(fact, printable(test.until));
    }
    return RuleText::tr("%1 is between %2 and %3").arg(fact, printable(test.from), printable(test.until));
}

// Brackets where "and" and "or" meet.
QString partSentence(const config::Condition& part)
{
    using Kind = config::Condition::Kind;
    const bool isGroup = (part.kind == Kind::All || part.kind == Kind::Any) && part.parts.size() > 1;
    const QString sentence = conditionSentence(part);
    return isGroup ? RuleText::tr("(%1)").arg(sentence) : sentence;
}

} // namespace

QString ruleFaultText(const config::ConfigProblem& problem)
{
    return faultOfTest(problem);
}

QString factText(const config::Test& test)
{
    using config::Fact;
    switch (test.fact) {
    case Fact::CallingAe:
        return RuleText::tr("Calling AE title");
    case Fact::CalledAe:
        return RuleText::tr("Called AE title");
    case Fact::Address:
        return RuleText::tr("Address");
    case Fact::Source:
        return RuleText::tr("Source");
    case Fact::Modality:
        return RuleText::tr("Modality");
    case Fact::SopClass:
        return RuleText::tr("SOP class");
    case Fact::TransferSyntax:
        return RuleText::tr("Transfer syntax");
    case Fact::StudyDescription:
        return RuleText::tr("Study description");
    case Fact::Hours:
        return RuleText::tr("Time of day");
    case Fact::Weekday:
        return RuleText::tr("Weekday");
    case Fact::Attribute:
        break;
    }
    const QString attribute = printable(test.attribute);
    return test.creator.isEmpty() ? attribute : QString(attribute + u" \""_s + printable(test.creator) + u'"');
}

QString testText(const config::Test& test)
{
    using config::Operator;
    const QString fact = factText(test);
    const bool isOne = test.values.size() == 1;
    switch (test.op) {
    case Operator::In:
        return isOne ? RuleText::tr("%1 is %2").arg(fact, listText(test.values))
                     : RuleText::tr("%1 is one of %2").arg(fact, listText(test.values));
    case Operator::Contains:
        return isOne ? RuleText::tr("%1 contains %2").arg(fact, listText(test.values))
                     : RuleText::tr("%1 contains one of %2").arg(fact, listText(test.values));
    case Operator::Regex:
        return RuleText::tr("%1 fits the expression %2").arg(fact, listText(test.values));
    case Operator::Range:
        return rangeText(fact, test);
    case Operator::Exists:
        return test.exists ? RuleText::tr("%1 has a value").arg(fact) : RuleText::tr("%1 has no value").arg(fact);
    }
    return {};
}

QString conditionSentence(const config::Condition& condition)
{
    using Kind = config::Condition::Kind;
    if (condition.kind == Kind::Test) {
        return testText(condition.test);
    }
    if (condition.kind == Kind::Not) {
        return RuleText::tr("not: %1").arg(partSentence(condition.parts.front()));
    }
    if (condition.parts.empty()) {
        return RuleText::tr("always");
    }
    QStringList parts;
    for (const auto& part : condition.parts) {
        parts.append(partSentence(part));
    }
    return parts.join(condition.kind == Kind::All ? RuleText::tr(" and ") : RuleText::tr(" or "));
}

QString actionSentence(const config::Rule& rule)
{
    if (rule.action != config::RuleAction::Send) {
        const QString what =
            rule.action == config::RuleAction::Hold ? RuleText::tr("hold for review") : RuleText::tr("drop");
        return rule.reason.isEmpty() ? what : labelled(what, printable(rule.reason));
    }
    QStringList targets;
    for (const auto& send : rule.sends) {
        targets.append(printable(send.to));
    }
    const QString names = enumerated(targets);
    switch (rule.trigger) {
    case config::Trigger::Instance:
        break;
    case config::Trigger::Series:
        return RuleText::tr("to %1 when the series is complete").arg(names);
    case config::Trigger::Study:
        return RuleText::tr("to %1 when the study is complete").arg(names);
    }
    return RuleText::tr("to %1").arg(names);
}

QString priorityText(config::Priority priority)
{
    switch (priority) {
    case config::Priority::Low:
        return RuleText::tr("low");
    case config::Priority::Normal:
        return RuleText::tr("normal");
    case config::Priority::High:
        return RuleText::tr("high");
    case config::Priority::Urgent:
        return RuleText::tr("urgent");
    }
    return {};
}

} // namespace radpost::app
