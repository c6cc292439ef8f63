#include "ui/log/LogEvents.h"

#include "app/common/Format.h"
#include "core/scan/Scanner.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

using observe::LogEntry;
using observe::LogEvent;
using observe::LogFact;
using observe::LogLevel;

namespace {

LogEntry make(const char* module, LogEvent event, LogLevel level, const QString& text, QList<LogFact> facts = {})
{
    LogEntry entry;
    entry.module = module;
    entry.event = event;
    entry.level = level;
    entry.text = text;
    entry.facts = std::move(facts);
    return entry;
}

LogFact number(qint64 value)
{
    return {QString::number(value)};
}

LogFact codeOf(const std::optional<Error>& error)
{
    return {error ? errorName(error->code).toString() : QString()};
}

QString statusOf(const std::optional<quint16>& status)
{
    return status ? u"0x%1"_s.arg(*status, 4, 16, QChar(u'0')) : QString();
}

LogEvent eventOf(queue::JobActivity activity)
{
    switch (activity) {
    case queue::JobActivity::Stopped:
        return LogEvent::JobStopped;
    case queue::JobActivity::Paused:
        return LogEvent::JobPaused;
    case queue::JobActivity::Cancelled:
        return LogEvent::JobCancelled;
    default:
        return LogEvent::JobFinished;
    }
}

LogLevel levelOf(const queue::JobProgress& progress)
{
    if (progress.activity == queue::JobActivity::Stopped) {
        return LogLevel::Error;
    }
    return progress.counts.of(store::DeliveryState::Rejected) > 0 ? LogLevel::Warning : LogLevel::Info;
}

} // namespace

LogEntry plainEntry(LogEvent event, LogLevel level, const QString& text, const std::optional<Error>& error)
{
    auto entry = make("app", event, level, text);
    entry.error = error;
    if (error) {
        entry.facts = {codeOf(error), {error->detail}};
    }
    return entry;
}

LogEntry jobStartedEntry(JobId job)
{
    auto entry = make("job", LogEvent::JobStarted, LogLevel::Info, u"job %1 began"_s, {number(job.value)});
    entry.job = job.value;
    return entry;
}

LogEntry jobAtRestEntry(const queue::JobProgress& progress)
{
    const auto& counts = progress.counts;
    const qint64 stored = counts.of(store::DeliveryState::Stored) + counts.of(store::DeliveryState::StoredWithWarning);
    auto entry = make("job", eventOf(progress.activity), levelOf(progress),
        u"job %1 to %2: %3; %4 stored, %5 failed, %6 left. %7"_s,
        {number(progress.job.value), {progress.destinationName}, {queue::activityName(progress.activity).toString()},
            number(stored), number(counts.of(store::DeliveryState::Rejected)), number(counts.unfinished()),
            codeOf(progress.lastError)});
    entry.job = progress.job.value;
    entry.destination = progress.destinationName;
    entry.error = progress.activity == queue::JobActivity::Stopped ? progress.lastError : std::nullopt;
    return entry;
}

LogEntry scanEntry(JobId job, const scan::ScanSummary& summary, const std::optional<Error>& error)
{
    const auto left = summary.files - summary.instances;
    auto entry = make("scan", error ? LogEvent::ScanFailed : LogEvent::ScanFinished,
        error ? LogLevel::Error : LogLevel::Info, u"job %1: %2 files looked at, %3 instances, %4 left out. %5"_s,
        {number(job.value), number(summary.files), number(summary.instances), number(left), codeOf(error)});
    entry.job = job.value;
    entry.error = error;
    return entry;
}

LogEntry deliveryEntry(const queue::DeliveryEvent& event, const QString& destination)
{
    const bool isStored = event.state == store::DeliveryState::StoredWithWarning;
    const bool isFailed = event.state == store::DeliveryState::Rejected;
    auto entry = make("job",
        isStored       ? LogEvent::DeliveryWarned
            : isFailed ? LogEvent::DeliveryFailed
                       : LogEvent::DeliveryRetried,
        isFailed ? LogLevel::Error : LogLevel::Warning, u"job %1: %2, %3: %4 %5, peer: %6. %7"_s,
        {number(event.job.value), {event.sopInstanceUid.toString(), true}, {event.path, true},
            {event.errorCode ? errorName(*event.errorCode).toString() : QString()}, {statusOf(event.dimseStatus)},
            {event.errorComment, true}, {event.detail}});
    entry.job = event.job.value;
    entry.destination = destination;
    if (event.errorCode || event.dimseStatus) {
        entry.error = makeError(event.errorCode.value_or(ErrorCode::StatusFailed), event.detail);
        entry.error->dimseStatus = event.dimseStatus;
    }
    return entry;
}

LogEntry deliveriesLeftOutEntry(JobId job, qint64 count)
{
    auto entry = make("job", LogEvent::DeliveriesLeftOut, LogLevel::Warning, u"job %1: %2 more like these"_s,
        {number(job.value), number(count)});
    entry.job = job.value;
    return entry;
}

LogEntry associationEntry(const QString& destination, const queue::SessionInfo& info)
{
    auto entry = make("net", LogEvent::AssociationOpened, LogLevel::Info, u"association with %1 at %2, %3, window %4"_s,
        {{destination}, {info.peerAddress}, {info.peerImplementation}, number(info.window)});
    entry.destination = destination;
    return entry;
}

LogEntry destinationDownEntry(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
{
    auto entry =
        make("net", LogEvent::DestinationDown, LogLevel::Warning, u"%1 cannot be reached: %2, %3; next try at %4"_s,
            {{destination}, codeOf(error), {error.detail}, {app::dateTimeText(nextTryAt)}});
    entry.destination = destination;
    entry.error = error;
    return entry;
}

LogEntry destinationUpEntry(const QString& destination)
{
    auto entry = make("net", LogEvent::DestinationUp, LogLevel::Info, u"%1 answers again"_s, {{destination}});
    entry.destination = destination;
    return entry;
}

} // namespace radpost::ui
