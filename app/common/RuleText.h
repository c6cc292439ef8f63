#pragma once

#include "core/config/ConfigParser.h"
#include "core/config/Rule.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::app {

struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(RuleText)
};

/// What is wrong with a rule or group, in the user's language, without the position. For ProblemKind::Rule.
[[nodiscard]] QString ruleFaultText(const config::ConfigProblem& problem);

/// "Calling AE title", "(0008,1030)": what a test looks at. Attributes as they stand in the rule.
[[nodiscard]] QString factText(const config::Test& test);

/// A test as a sentence: "Modality is CT or MR".
[[nodiscard]] QString testText(const config::Test& test);

/// A whole condition as a sentence: "Modality is CT and (…)".
[[nodiscard]] QString conditionSentence(const config::Condition& condition);

/// What a rule does with what it matches: "to PACS, AI when the study is complete", "hold for review".
[[nodiscard]] QString actionSentence(const config::Rule& rule);

[[nodiscard]] QString priorityText(config::Priority priority);

} // namespace radpost::app
