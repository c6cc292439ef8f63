#pragma once

#include "core/config/Rule.h"
#include "core/config/ConfigParser.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace radpost::ui {

/// What a rule that is being written must not clash with, and may send to.
struct RuleSurroundings
{
    QStringList targets; ///< destinations and groups
    QStringList taken;   ///< names of other rules and of groups
};
[[nodiscard]] RuleSurroundings ruleSurroundings(const config::Config& config, const QString& exceptRule);

/// What the text of one rule comes to.
struct CheckedRule
{
    std::optional<config::Rule> rule; ///< when nothing is wrong
    std::vector<config::ConfigProblem> problems;
    enum class Fault { None, NotOneRule, NameTaken } fault = Fault::None; ///< beyond those of the parser
};

/// Reads @p toml, one [[rule]]. Blocks on the first use of the dictionary; any thread.
[[nodiscard]] CheckedRule checkRule(const QByteArray& toml, const RuleSurroundings& surroundings);

} // namespace radpost::ui
