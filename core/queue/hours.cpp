#include "core/queue/hours.h"

#include <QDateTime>

namespace radpost::queue {

namespace {

QDateTime localTime(Clock::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

/// The next moment after @p now at which local clocks show @p time.
Clock::WallTime nextAt(QTime time, const QDateTime& now)
{
    QDateTime next(now.date(), time);
    if (next <= now) {
        next = QDateTime(now.date().addDays(1), time);
    }
    return Clock::WallTime(std::chrono::milliseconds(next.toMSecsSinceEpoch()));
}

bool contains(const AllowedHours& hours, QTime time)
{
    if (hours.from == hours.until) {
        return true;
    }
    if (hours.from < hours.until) {
        return time >= hours.from && time < hours.until;
    }
    return time >= hours.from || time < hours.until;
}

} // namespace

std::optional<Clock::WallTime> closedUntil(const std::optional<AllowedHours>& hours, Clock::WallTime now)
{
    if (!hours) {
        return std::nullopt;
    }
    const auto local = localTime(now);
    if (contains(*hours, local.time())) {
        return std::nullopt;
    }
    return nextAt(hours->from, local);
}

std::optional<Clock::WallTime> openUntil(const std::optional<AllowedHours>& hours, Clock::WallTime now)
{
    if (!hours || hours->from == hours->until) {
        return std::nullopt;
    }
    const auto local = localTime(now);
    if (!contains(*hours, local.time())) {
        return std::nullopt;
    }
    return nextAt(hours->until, local);
}

} // namespace radpost::queue
