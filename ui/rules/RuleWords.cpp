#include "ui/rules/RuleWords.h"

#include "app/common/ConfigText.h"
#include "app/common/Format.h"
#include "app/common/RuleText.h"
#include "app/common/Sentences.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

QString factWord(config::Fact fact)
{
    config::Test test;
    test.fact = fact;
    return fact == config::Fact::Attribute ? RuleWords::tr("Attribute") : app::factText(test);
}

QString comparisonWord(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Is:
        return RuleWords::tr("is");
    case Comparison::OneOf:
        return RuleWords::tr("is one of");
    case Comparison::Contains:
        return RuleWords::tr("contains");
    case Comparison::ContainsOneOf:
        return RuleWords::tr("contains one of");
    case Comparison::Matches:
        return RuleWords::tr("fits the expression");
    case Comparison::Between:
        return RuleWords::tr("from … to …");
    case Comparison::HasValue:
        return RuleWords::tr("has a value");
    case Comparison::HasNone:
        return RuleWords::tr("has no value");
    }
    return {};
}

QString actionWord(config::RuleAction action)
{
    switch (action) {
    case config::RuleAction::Send:
        return RuleWords::tr("Send it");
    case config::RuleAction::Hold:
        return RuleWords::tr("Hold it for review");
    case config::RuleAction::Drop:
        return RuleWords::tr("Drop it: it is not sent on");
    }
    return {};
}

QString triggerWord(config::Trigger trigger)
{
    switch (trigger) {
    case config::Trigger::Instance:
        return RuleWords::tr("At once, each instance");
    case config::Trigger::Series:
        return RuleWords::tr("When the series is complete");
    case config::Trigger::Study:
        return RuleWords::tr("When the study is complete");
    }
    return {};
}

QString groupKindWord(config::GroupKind kind)
{
    return kind == config::GroupKind::Failover ? RuleWords::tr("The first that can be reached")
                                               : RuleWords::tr("Each study to one of them");
}

QString groupSentence(const config::DestinationGroup& group)
{
    QStringList members;
    for (const auto& member : group.members) {
        members.append(app::printable(member));
    }
    return group.kind == config::GroupKind::Failover ? members.join(RuleWords::tr(", else "))
                                                     : app::enumerated(members);
}

QString valueExample(config::Fact fact, Comparison comparison)
{
    const bool isList = comparison == Comparison::OneOf || comparison == Comparison::ContainsOneOf;
    if (comparison == Comparison::Matches) {
        return RuleWords::tr("e.g. ^CT[0-9]+$");
    }
    switch (fact) {
    case config::Fact::CallingAe:
    case config::Fact::CalledAe:
    case config::Fact::Source:
        return isList ? RuleWords::tr("e.g. CT1; CT2") : RuleWords::tr("e.g. CT1");
    case config::Fact::Address:
        return isList ? RuleWords::tr("e.g. 10.1.0.0/16; 10.2.3.4") : RuleWords::tr("e.g. 10.1.0.0/16");
    case config::Fact::Modality:
        return isList ? RuleWords::tr("e.g. CT; MR") : RuleWords::tr("e.g. CT");
    case config::Fact::SopClass:
        return RuleWords::tr("e.g. CT Image Storage");
    case config::Fact::TransferSyntax:
        return RuleWords::tr("e.g. JPEG2000Lossless");
    case config::Fact::Hours:
        return isList ? RuleWords::tr("e.g. 08:00-12:00; 14:00-18:00") : RuleWords::tr("e.g. 22:00-06:00");
    case config::Fact::Weekday:
        return isList ? RuleWords::tr("e.g. mon-wed; fri") : RuleWords::tr("e.g. mon-fri");
    default:
        return isList ? RuleWords::tr("values, with ; between them") : RuleWords::tr("a value");
    }
}

QString problemWords(const RuleProblem& problem)
{
    if (problem.isNotOneRule) {
        return RuleWords::tr("One rule must stand here, and nothing else.");
    }
    const auto& detail = problem.detail;
    if (detail.fault == config::RuleFault::NoAction) {
        return RuleWords::tr("Choose where it is sent to.");
    }
    if (detail.kind == config::ProblemKind::BadValue && detail.expectation) {
        return RuleWords::tr("This must be %1.").arg(app::expectationText(*detail.expectation));
    }
    return app::problemSentence(detail);
}

} // namespace radpost::ui
