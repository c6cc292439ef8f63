#pragma once

#include "core/config/Rule.h"

#include <QString>

namespace radpost::ui {

/// Edits of a set of rules. Pure functions; places that are not there leave the set as it is.

/// A name like @p name that is not taken: "CT 2".
[[nodiscard]] QString freeName(const config::RuleSet& rules, const QString& name);

/// With a copy right behind the rule at @p row.
[[nodiscard]] config::RuleSet withCopy(config::RuleSet rules, int row);

[[nodiscard]] config::RuleSet without(config::RuleSet rules, int row);

/// With the rule at @p from at the place @p to; the others keep their order.
[[nodiscard]] config::RuleSet withMoved(config::RuleSet rules, int from, int to);

/// With @p rule at @p row, or at the end.
[[nodiscard]] config::RuleSet withInserted(config::RuleSet rules, int row, config::Rule rule);

/// With @p rule in the place of the one that is called @p name; at the end when there is none.
[[nodiscard]] config::RuleSet withReplaced(config::RuleSet rules, const QString& name, config::Rule rule);

/// The same of a group; rules that send to it follow when it has another name.
[[nodiscard]] config::RuleSet withGroup(config::RuleSet rules, const QString& name, config::DestinationGroup group);

/// Names of rules that send to @p group.
[[nodiscard]] QStringList usersOf(const config::RuleSet& rules, const QString& group);

} // namespace radpost::ui
