#include "app/cli/RouteJson.h"

#include "app/common/ConfigText.h"
#include "core/config/HoursWindow.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

template <typename T, size_t Count>
QString word(const std::array<QStringView, Count>& words, T value)
{
    return words[static_cast<size_t>(value)].toString();
}

// In the order of the enumerations.
constexpr std::array<QStringView, 3> kVerdicts{u"yes", u"no", u"undecided"};
constexpr std::array<QStringView, 8> kWhys{
    u"fits", u"differs", u"absent", u"empty", u"notComparable", u"cutShort", u"regexLimit", u"unreadable"};
constexpr std::array<QStringView, 5> kStates{u"matched", u"notMatched", u"undecided", u"disabled", u"notReached"};
constexpr std::array<QStringView, 4> kKinds{u"all", u"any", u"not", u"test"};
constexpr std::array<QStringView, 5> kChoices{u"primary", u"backup", u"balanced", u"earlier", u"noneHealthy"};
constexpr std::array<QStringView, 3> kHolds{u"rule", u"undecided", u"profilesDiffer"};
constexpr std::array<QStringView, 3> kTriggers{u"instance", u"series", u"study"};
constexpr std::array<QStringView, 4> kPriorities{u"low", u"normal", u"high", u"urgent"};
constexpr std::array<QStringView, 10> kChanges{u"same", u"added", u"removed", u"altered", u"nowHeld", u"noLongerHeld",
    u"nowDropped", u"noLongerDropped", u"nowUnmatched", u"noLongerUnmatched"};
constexpr std::array<QStringView, 11> kFacts{u"calling_ae", u"called_ae", u"address", u"source", u"modality",
    u"sop_class", u"transfer_syntax", u"study_description", u"hours", u"weekday", u"attribute"};

QJsonObject testJson(const route::TestReport& report)
{
    QJsonObject object{{u"fact"_s, word(kFacts, report.test.fact)}, {u"why"_s, word(kWhys, report.why)},
        {u"seen"_s, QJsonArray::fromStringList(report.seen)}};
    if (report.test.fact == config::Fact::Attribute) {
        object.insert(u"attribute"_s, report.test.attribute);
    }
    if (!report.test.creator.isEmpty()) {
        object.insert(u"creator"_s, report.test.creator);
    }
    return object;
}

QJsonObject conditionJson(const route::ConditionReport& report)
{
    QJsonObject object{{u"kind"_s, word(kKinds, report.kind)}, {u"verdict"_s, word(kVerdicts, report.verdict)}};
    if (report.kind == config::Condition::Kind::Test) {
        object.insert(u"test"_s, testJson(report.test));
        return object;
    }
    QJsonArray parts;
    for (const auto& part : report.parts) {
        parts.append(conditionJson(part));
    }
    object.insert(u"parts"_s, parts);
    return object;
}

QJsonObject deliveryJson(const route::RoutedDelivery& delivery)
{
    QJsonObject object{{u"destination"_s, delivery.destination}, {u"profile"_s, delivery.profile},
        {u"delayMs"_s, qint64{delivery.delay.count()}}, {u"priority"_s, word(kPriorities, delivery.priority)},
        {u"trigger"_s, word(kTriggers, delivery.trigger)}, {u"onlyMissing"_s, delivery.onlyMissing},
        {u"rules"_s, QJsonArray::fromStringList(delivery.rules)}};
    QJsonArray hours;
    for (const auto& window : delivery.hours) {
        hours.append(config::hoursToText(window));
    }
    object.insert(u"hours"_s, hours);
    QJsonArray groups;
    for (const auto& choice : delivery.choices) {
        groups.append(QJsonObject{{u"group"_s, choice.group}, {u"reason"_s, word(kChoices, choice.reason)}});
    }
    object.insert(u"groups"_s, groups);
    return object;
}

QJsonObject sampleJson(const route::ChangedInstance& sample)
{
    QJsonArray changes;
    for (const auto& change : sample.changes) {
        changes.append(QJsonObject{{u"kind"_s, word(kChanges, change.kind)}, {u"destination"_s, change.destination},
            {u"rules"_s, QJsonArray::fromStringList(change.rules)}});
    }
    return {{u"sopInstanceUid"_s, sample.sopInstanceUid.toString()},
        {u"studyInstanceUid"_s, sample.studyInstanceUid.toString()}, {u"changes"_s, changes}};
}

} // namespace

QJsonObject toJson(const route::ReplaySummary& summary)
{
    QJsonObject counts;
    for (const auto& [kind, count] : summary.counts) {
        counts.insert(word(kChanges, kind), count);
    }
    QJsonObject destinations;
    for (const auto& [name, change] : summary.destinations) {
        destinations.insert(name,
            QJsonObject{{u"before"_s, change.before}, {u"after"_s, change.after}, {u"altered"_s, change.altered}});
    }
    QJsonObject matches;
    for (const auto& [rule, count] : summary.matches) {
        matches.insert(rule, count);
    }
    QJsonArray samples;
    for (const auto& sample : summary.samples) {
        samples.append(sampleJson(sample));
    }
    return {{u"instances"_s, summary.instances}, {u"unchanged"_s, summary.unchanged}, {u"changes"_s, counts},
        {u"destinations"_s, destinations}, {u"matches"_s, matches}, {u"samples"_s, samples}};
}

QJsonObject toJson(const route::Routing& routing)
{
    QJsonArray deliveries;
    for (const auto& delivery : routing.deliveries) {
        deliveries.append(deliveryJson(delivery));
    }
    QJsonArray held;
    for (const auto& hold : routing.held) {
        held.append(QJsonObject{{u"reason"_s, word(kHolds, hold.reason)}, {u"rule"_s, hold.rule},
            {u"text"_s, hold.text}, {u"destination"_s, hold.destination}});
    }
    QJsonArray rules;
    for (const auto& rule : routing.rules) {
        QJsonObject object{{u"rule"_s, rule.rule}, {u"state"_s, word(kStates, rule.state)}};
        if (rule.state != route::RuleState::Disabled && rule.state != route::RuleState::NotReached) {
            object.insert(u"condition"_s, conditionJson(rule.condition));
        }
        rules.append(object);
    }
    QJsonObject object{{u"deliveries"_s, deliveries}, {u"held"_s, held}, {u"rules"_s, rules},
        {u"matched"_s, QJsonArray::fromStringList(routing.matched)}, {u"unmatched"_s, routing.isUnmatched()}};
    if (routing.dropped) {
        object.insert(
            u"dropped"_s, QJsonObject{{u"rule"_s, routing.dropped->rule}, {u"text"_s, routing.dropped->text}});
    }
    return object;
}

QJsonObject toJson(const config::ConfigProblem& problem)
{
    return {{u"file"_s, problem.file}, {u"line"_s, problem.line}, {u"column"_s, problem.column},
        {u"key"_s, problem.key}, {u"detail"_s, problem.detail}, {u"message"_s, app::problemText(problem)}};
}

} // namespace radpost::cli
