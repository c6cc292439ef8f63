#pragma once

#include "core/config/Rule.h"

#include <functional>

namespace radpost::ui {

/// A change of rules that is made to whatever the file holds when it is written: by names, so that what the command
/// line changed meanwhile stays. A rule that is gone is left alone.
using RuleEdit = std::function<void(config::RuleSet& rules)>;

[[nodiscard]] RuleEdit enableRule(const QString& name, bool isEnabled);
/// @p step places down; up when negative. At the ends it stays.
[[nodiscard]] RuleEdit moveRule(const QString& name, int step);
[[nodiscard]] RuleEdit removeRule(const QString& name);
/// At @p place, or at the end when there are fewer.
[[nodiscard]] RuleEdit insertRule(const config::Rule& rule, int place);
[[nodiscard]] RuleEdit replaceRule(const QString& name, const config::Rule& rule);

/// "CT", "CT 2", "CT 3": the first that no rule and no group has.
[[nodiscard]] QString freeRuleName(const config::RuleSet& rules, const QString& wanted);

} // namespace radpost::ui
