#include "core/route/RoutingBuilder_p.h"

#include "core/route/InstanceFacts.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace radpost::route {

namespace {

// Earlier compares below later; by hand is last.
auto soonness(const RoutedDelivery& delivery)
{
    const auto quiet = delivery.trigger == config::Trigger::Instance
        ? std::chrono::milliseconds(0)
        : delivery.completion.quiet.value_or(std::chrono::milliseconds::max());
    return std::tuple(delivery.trigger, quiet, delivery.delay);
}

void mask(ConditionReport& report)
{
    if (report.test.isPersonal) {
        std::fill(report.test.seen.begin(), report.test.seen.end(), u"***"_s);
    }
    std::for_each(report.parts.begin(), report.parts.end(), mask);
}

} // namespace

bool RoutingBuilder::add(const config::Rule& rule, RuleState state)
{
    if (state == RuleState::Undecided) {
        m_routing.held.push_back({HoldReason::Undecided, rule.name, {}, {}});
        return true;
    }
    if (state != RuleState::Matched) {
        return false;
    }
    m_routing.matched.append(rule.name);
    switch (rule.action) {
    case config::RuleAction::Drop:
        m_routing.dropped = Dropped{rule.name, rule.reason};
        return true;
    case config::RuleAction::Hold:
        m_routing.held.push_back({HoldReason::Rule, rule.name, rule.reason, {}});
        return true;
    case config::RuleAction::Send:
        break;
    }
    for (const auto& send : rule.sends) {
        addSend(rule, send);
    }
    return rule.stop;
}

void RoutingBuilder::addSend(const config::Rule& rule, const config::SendAction& send)
{
    RoutedDelivery delivery;
    delivery.destination = send.to;
    delivery.profile = send.profile;
    delivery.delay = send.delay;
    if (send.hours) {
        delivery.hours.append(*send.hours);
    }
    delivery.priority = send.priority;
    delivery.onlyMissing = send.onlyMissing;
    delivery.trigger = rule.trigger;
    delivery.completion = rule.trigger == config::Trigger::Instance ? config::Completion() : rule.completion;
    delivery.waitsBy = rule.name;
    delivery.rules.append(rule.name);
    if (const auto* group = m_rules.findGroup(send.to)) {
        delivery.choices.push_back(chooseMember(*group, m_study, m_surroundings));
        delivery.destination = delivery.choices.front().member;
    }
    const auto same = std::find_if(
        m_routing.deliveries.begin(), m_routing.deliveries.end(), [&delivery](const RoutedDelivery& other) {
            return other.destination.compare(delivery.destination, Qt::CaseInsensitive) == 0;
        });
    if (same == m_routing.deliveries.end()) {
        m_routing.deliveries.push_back(std::move(delivery));
    } else {
        merge(*same, std::move(delivery));
    }
}

void RoutingBuilder::merge(RoutedDelivery& into, RoutedDelivery&& other)
{
    // One of them may be what makes the other harmless, de-identification say: neither is sent.
    if (into.profile != other.profile && !m_conflicts.contains(into.destination)) {
        m_conflicts.append(into.destination);
        m_routing.held.push_back({HoldReason::ProfilesDiffer, other.rules.first(), {}, into.destination});
    }
    if (soonness(other) < soonness(into)) {
        into.trigger = other.trigger;
        into.completion = other.completion;
        into.delay = other.delay;
        into.waitsBy = other.waitsBy;
    }
    into.priority = std::max(into.priority, other.priority);
    into.onlyMissing = into.onlyMissing && other.onlyMissing;
    if (into.hours.isEmpty() || other.hours.isEmpty()) {
        into.hours.clear();
    } else if (!into.hours.contains(other.hours.first())) {
        into.hours += other.hours;
    }
    if (!into.rules.contains(other.rules.first())) {
        into.rules += other.rules;
    }
    into.choices.insert(into.choices.end(), other.choices.begin(), other.choices.end());
}

Routing RoutingBuilder::finish()
{
    std::erase_if(m_routing.deliveries,
        [this](const RoutedDelivery& delivery) { return m_conflicts.contains(delivery.destination); });
    return std::move(m_routing);
}

Routing masked(Routing routing)
{
    for (auto& rule : routing.rules) {
        mask(rule.condition);
    }
    return routing;
}

InstanceFacts factsOf(const dicom::InstanceHeader& header)
{
    InstanceFacts facts;
    facts.sopClassUid = header.sopClassUid;
    facts.sopInstanceUid = header.sopInstanceUid;
    facts.transferSyntaxUid = header.transferSyntaxUid;
    facts.studyInstanceUid = header.studyInstanceUid;
    facts.seriesInstanceUid = header.seriesInstanceUid;
    facts.modality = header.modality;
    facts.studyDescription = header.studyDescription;
    return facts;
}

} // namespace radpost::route
