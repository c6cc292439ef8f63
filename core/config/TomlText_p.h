#pragma once

#include "core/base/Result.h"
#include "core/config/Expectation.h"
#include "core/config/Settings.h"

#include <QByteArray>

// What edits of a configuration file's text share.
namespace radpost::config::text {

/// @p value as TOML.
[[nodiscard]] QByteArray tomlValue(const Scalar& value);

/// Errors: ConfigSyntax, ConfigValue for the first problem.
[[nodiscard]] Result<Config> parsed(const QByteArray& toml);

/// @p edited, if it now says exactly what was wanted; else Unsupported.
[[nodiscard]] Result<QByteArray> verified(QByteArray edited, const Config& wanted);

/// changeRules() without a look at anything but rules and groups.
[[nodiscard]] Result<QByteArray> withRules(const QByteArray& toml, RuleSet wanted);

/// Where a line begins, in bytes; the size of @p text when there is none. Lines count from 1.
[[nodiscard]] qsizetype offsetOfLine(const QByteArray& text, int line);

/// A text that edits can begin with: the version, where nothing was there.
[[nodiscard]] QByteArray begun(const QByteArray& toml);

} // namespace radpost::config::text
