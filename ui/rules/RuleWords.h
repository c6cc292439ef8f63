#pragma once

#include "ui/rules/RuleJudgement.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

struct RuleWords
{
    Q_DECLARE_TR_FUNCTIONS(RuleWords)
};

// Words of the form, in the language that is set.
[[nodiscard]] QString factWord(config::Fact fact);
[[nodiscard]] QString comparisonWord(Comparison comparison);
[[nodiscard]] QString actionWord(config::RuleAction action);
[[nodiscard]] QString triggerWord(config::Trigger trigger);
[[nodiscard]] QString groupKindWord(config::GroupKind kind);
/// "PACS, and BACKUP while PACS cannot be reached".
[[nodiscard]] QString groupSentence(const config::DestinationGroup& group);

/// An example of what stands in the field of the value.
[[nodiscard]] QString valueExample(config::Fact fact, Comparison comparison);

/// What is wrong, as a sentence.
[[nodiscard]] QString problemWords(const RuleProblem& problem);

} // namespace radpost::ui
