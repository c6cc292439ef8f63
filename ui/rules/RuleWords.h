#pragma once

#include "core/config/Rule.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

struct RuleWords
{
    Q_DECLARE_TR_FUNCTIONS(RuleWords)
};

/// "Calling AE title is CT1 and (Modality is CT or Modality is MR)"; "every instance" without a condition.
[[nodiscard]] QString ruleWhenText(const config::Rule& rule);

/// "to MAIN-PACS, AI when the study is complete; stops", "held for review: why".
[[nodiscard]] QString ruleThenText(const config::Rule& rule);

} // namespace radpost::ui
