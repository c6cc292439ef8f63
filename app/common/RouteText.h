#pragma once

#include "core/route/LiveRules.h"
#include "core/route/Routing.h"
#include "core/route/RoutingComparison.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace radpost::app {

struct RouteText
{
    Q_DECLARE_TR_FUNCTIONS(RouteText)
};

/// What becomes of an instance, a line for each delivery, hold and drop.
[[nodiscard]] QStringList routingLines(const route::Routing& routing);

/// One line: "MAIN-PACS: at once, priority high (rule "CT")".
[[nodiscard]] QString deliveryText(const route::RoutedDelivery& delivery);

/// "matches", "does not match".
[[nodiscard]] QString ruleStateText(route::RuleState state);

/// Every test of a rule with what was seen, a line each, indented by the tree.
[[nodiscard]] QStringList ruleReportLines(const route::RuleReport& report);

/// One test with what was seen, or how the parts below hang together: "Modality is CT (it is MR)", "all of these".
[[nodiscard]] QString conditionText(const route::ConditionReport& report);

/// "yes", "no", "undecided".
[[nodiscard]] QString verdictText(route::Verdict verdict);

/// Why a test is as it is, in words; empty where what was seen says it all.
[[nodiscard]] QString whyText(route::Why why);

/// "Rule "CT": send, stop changed".
[[nodiscard]] QString ruleChangeText(const route::RuleChange& change);

/// "AI would get it, too" and the like, for one instance.
[[nodiscard]] QString routingChangeText(const route::RoutingChange& change);

/// What a draft of rules would have done otherwise, summed up: counts, destinations, rules that match nothing.
[[nodiscard]] QStringList replayLines(const route::ReplaySummary& summary);

} // namespace radpost::app
