#pragma once

#include "core/config/ConfigParser.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::app {

struct ConfigText
{
    Q_DECLARE_TR_FUNCTIONS(ConfigText)
};

/// What a key takes, in the user's language: "a whole number from 1 to 65535".
[[nodiscard]] QString expectationText(const config::Expectation& expectation);

/// What is wrong, as a sentence without the place.
[[nodiscard]] QString problemSentence(const config::ConfigProblem& problem);

/// "config.toml:12:8: destination.port must be a whole number from 1 to 65535", in the user's language.
[[nodiscard]] QString problemText(const config::ConfigProblem& problem);

} // namespace radpost::app
