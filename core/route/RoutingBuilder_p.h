#pragma once

#include "core/route/GroupSelector.h"
#include "core/route/Routing.h"

namespace radpost::route {

/// Puts together what the rules that match ask for.
class RoutingBuilder final
{
public:
    RoutingBuilder(const config::RuleSet& rules, const StudyInstanceUid& study, const Surroundings& surroundings)
        : m_rules(rules)
        , m_study(study)
        , m_surroundings(surroundings)
    {
    }

    /// True when no later rule is to be looked at.
    [[nodiscard]] bool add(const config::Rule& rule, RuleState state);
    void addReport(RuleReport&& report) { m_routing.rules.push_back(std::move(report)); }
    [[nodiscard]] Routing finish();

private:
    void addSend(const config::Rule& rule, const config::SendAction& send);
    void merge(RoutedDelivery& into, RoutedDelivery&& other);

    const config::RuleSet& m_rules;
    const StudyInstanceUid& m_study;
    const Surroundings& m_surroundings;
    Routing m_routing;
    QStringList m_conflicts; ///< destinations that are not sent to
};

} // namespace radpost::route
