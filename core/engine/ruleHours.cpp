#include "core/engine/ruleHours.h"

#include "core/queue/hours.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::engine {

QString hoursToText(const QList<config::HoursWindow>& hours)
{
    QStringList texts;
    for (const auto& window : hours) {
        texts.append(config::hoursToText(window));
    }
    return texts.join(u',');
}

QList<config::HoursWindow> hoursFromText(const QString& text)
{
    QList<config::HoursWindow> hours;
    for (const auto& part : text.split(u',', Qt::SkipEmptyParts)) {
        if (const auto window = config::hoursFromText(part)) {
            hours.append(*window);
        }
    }
    return hours;
}

std::optional<Clock::WallTime> hoursOpenAt(const QList<config::HoursWindow>& hours, Clock::WallTime now)
{
    std::optional<Clock::WallTime> earliest;
    for (const auto& window : hours) {
        const auto opens = queue::closedUntil(queue::AllowedHours{window.from, window.until}, now);
        if (!opens) {
            return std::nullopt;
        }
        earliest = std::min(earliest.value_or(*opens), *opens);
    }
    return earliest;
}

config::Destination withRuleHours(config::Destination destination, const QString& ruleHours)
{
    const auto hours = hoursFromText(ruleHours);
    if (!destination.hours && hours.size() == 1) {
        destination.hours = hours.front();
    }
    return destination;
}

} // namespace radpost::engine
