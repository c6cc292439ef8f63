#include "core/route/RoutingComparison.h"

#include <algorithm>

namespace radpost::route {

namespace {

const RoutedDelivery* find(const Routing& routing, const QString& destination)
{
    const auto found = std::find_if(
        routing.deliveries.begin(), routing.deliveries.end(), [&destination](const RoutedDelivery& delivery) {
            return delivery.destination.compare(destination, Qt::CaseInsensitive) == 0;
        });
    return found == routing.deliveries.end() ? nullptr : &*found;
}

// Which rules ask does not matter, only what comes of it.
bool isSame(const RoutedDelivery& a, const RoutedDelivery& b)
{
    return a.profile == b.profile && a.delay == b.delay && a.hours == b.hours && a.priority == b.priority &&
        a.trigger == b.trigger && a.completion == b.completion && a.onlyMissing == b.onlyMissing;
}

void addFlag(bool before, bool after, ChangeKind now, ChangeKind noLonger, const QStringList& rules,
    std::vector<RoutingChange>& changes)
{
    if (before != after) {
        changes.push_back({after ? now : noLonger, {}, rules});
    }
}

QStringList holdingRules(const Routing& routing)
{
    QStringList rules;
    for (const auto& held : routing.held) {
        rules.append(held.rule);
    }
    return rules;
}

} // namespace

std::vector<RoutingChange> differences(const Routing& before, const Routing& after)
{
    std::vector<RoutingChange> changes;
    for (const auto& delivery : after.deliveries) {
        const auto* old = find(before, delivery.destination);
        if (old == nullptr) {
            changes.push_back({ChangeKind::Added, delivery.destination, delivery.rules});
        } else if (!isSame(*old, delivery)) {
            changes.push_back({ChangeKind::Altered, delivery.destination, delivery.rules});
        }
    }
    for (const auto& delivery : before.deliveries) {
        if (find(after, delivery.destination) == nullptr) {
            changes.push_back({ChangeKind::Removed, delivery.destination, delivery.rules});
        }
    }
    const auto& holding = after.held.empty() ? before : after;
    addFlag(!before.held.empty(), !after.held.empty(), ChangeKind::NowHeld, ChangeKind::NoLongerHeld,
        holdingRules(holding), changes);
    const auto& dropping = after.dropped ? after.dropped : before.dropped;
    addFlag(before.dropped.has_value(), after.dropped.has_value(), ChangeKind::NowDropped, ChangeKind::NoLongerDropped,
        dropping ? QStringList(dropping->rule) : QStringList(), changes);
    addFlag(before.isUnmatched(), after.isUnmatched(), ChangeKind::NowUnmatched, ChangeKind::NoLongerUnmatched,
        after.matched, changes);
    std::stable_sort(
        changes.begin(), changes.end(), [](const RoutingChange& a, const RoutingChange& b) { return a.kind < b.kind; });
    return changes;
}

RoutingComparison::RoutingComparison(std::shared_ptr<const RuleBook> before, std::shared_ptr<const RuleBook> after)
    : m_before(std::move(before))
    , m_after(std::move(after))
{
    for (const auto& rule : m_after->rules().rules) {
        m_summary.matches[rule.name] = 0;
    }
}

void RoutingComparison::add(InstanceFacts facts, const std::optional<dicom::AttributeSet>& forBefore,
    const std::optional<dicom::AttributeSet>& forAfter)
{
    facts.attributes = forBefore;
    const auto before = m_before->evaluate(facts);
    facts.attributes = forAfter;
    const auto after = m_after->evaluate(facts);
    ++m_summary.instances;
    for (const auto& delivery : before.deliveries) {
        ++m_summary.destinations[delivery.destination].before;
    }
    for (const auto& delivery : after.deliveries) {
        ++m_summary.destinations[delivery.destination].after;
    }
    for (const auto& rule : after.matched) {
        ++m_summary.matches[rule];
    }
    auto changes = differences(before, after);
    if (changes.empty()) {
        ++m_summary.unchanged;
        return;
    }
    for (const auto& change : changes) {
        ++m_summary.counts[change.kind];
        m_summary.destinations[change.destination].altered += change.kind == ChangeKind::Altered ? 1 : 0;
    }
    m_summary.destinations.erase(QString());
    if (m_summary.samples.size() < ReplaySummary::kMostSamples) {
        m_summary.samples.push_back({facts.sopInstanceUid, facts.studyInstanceUid, std::move(changes)});
    }
}

} // namespace radpost::route
