#pragma once

#include "core/config/ConfigParser.h"

#include "ui/rules/RuleDraft.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace radpost::ui {

/// What a rule is read against.
struct RuleSurroundings
{
    QStringList destinations;
    std::vector<config::DestinationGroup> groups;
    QStringList otherRules; ///< names that are taken
};

/// One thing that is wrong with a rule, and where in the form or in its text.
struct RuleProblem
{
    DraftPlace place;
    int line = 0;                 ///< of the rule's text, from 1; 0: unknown
    bool isNotOneRule = false;    ///< the text holds something else than one rule
    config::ConfigProblem detail; ///< unless isNotOneRule
};

struct RuleJudgement
{
    std::optional<config::Rule> rule; ///< when there are no problems
    std::vector<RuleProblem> problems;
};

/// What the parser of the file says of a rule. Blocks on the first use of the dictionary; any thread.
[[nodiscard]] RuleJudgement judgeDraft(const RuleDraft& draft, const RuleSurroundings& surroundings);
[[nodiscard]] RuleJudgement judgeText(const QByteArray& toml, const RuleSurroundings& surroundings);

/// The same of a group, by its value: a sentence for the first thing that is wrong.
[[nodiscard]] std::optional<config::ConfigProblem> judgeGroup(
    const config::DestinationGroup& group, const QStringList& destinations, const QStringList& otherGroups);

} // namespace radpost::ui
