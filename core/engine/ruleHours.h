#pragma once

#include "core/base/Clock.h"
#include "core/config/Destination.h"

#include <QList>
#include <QString>

#include <optional>

namespace radpost::engine {

/// "22:00-06:00,12:00-13:00"; empty: always.
[[nodiscard]] QString hoursToText(const QList<config::HoursWindow>& hours);
/// What hoursToText() made; what is no window is left out.
[[nodiscard]] QList<config::HoursWindow> hoursFromText(const QString& text);

/// When one of @p hours opens; none: one is open at @p now, or there is none. Local time.
[[nodiscard]] std::optional<Clock::WallTime> hoursOpenAt(const QList<config::HoursWindow>& hours, Clock::WallTime now);

/// The destination with the hours of a rule, where it has none of its own and the rule has one window: what is queued
/// when that closes waits for the next. Else the hours of a rule only tell when a delivery is queued.
[[nodiscard]] config::Destination withRuleHours(config::Destination destination, const QString& ruleHours);

} // namespace radpost::engine
