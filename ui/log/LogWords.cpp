#include "ui/log/LogWords.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

using observe::LogEvent;
using observe::LogLevel;

namespace {

QString happened(const observe::LogEntry& entry)
{
    return entry.error ? app::errorText(*entry.error).happened : QString();
}

/// With %1, %2, … for the facts of LogEvents.cpp; empty: the entry's own text.
QString pattern(const observe::LogEntry& entry)
{
    switch (entry.event) {
    case LogEvent::Line:
        break;
    case LogEvent::JobStarted:
        return LogWords::tr("Job %1 began.");
    case LogEvent::ScanFinished:
        return LogWords::tr("Job %1: %2 files looked at, %3 instances found, %4 files left out.");
    case LogEvent::ScanFailed:
        return LogWords::tr("Job %1: the scan ended early after %2 files; %3 instances were found.");
    case LogEvent::JobFinished:
        return LogWords::tr("Job %1 to %2 finished: %4 stored, %5 failed.");
    case LogEvent::JobStopped:
        return LogWords::tr("Job %1 to %2 stopped: %4 stored, %5 failed, %6 left.");
    case LogEvent::JobPaused:
        return LogWords::tr("Job %1 to %2 was paused: %4 stored, %5 failed, %6 left.");
    case LogEvent::JobCancelled:
        return LogWords::tr("Job %1 to %2 was cancelled: %4 stored, %5 failed.");
    case LogEvent::DeliveryWarned:
        return LogWords::tr("Job %1: stored with a warning (%5): %3");
    case LogEvent::DeliveryFailed:
        return LogWords::tr("Job %1: not delivered: %3");
    case LogEvent::DeliveryRetried:
        return LogWords::tr("Job %1: will be tried again: %3");
    case LogEvent::DeliveriesLeftOut:
        return LogWords::tr("Job %1: %2 more instances like these. The job's receipt has all of them.");
    case LogEvent::AssociationOpened:
        return LogWords::tr("Association with %1 at %2 (%3).");
    case LogEvent::DestinationDown:
        return LogWords::tr("%1 cannot be reached.");
    case LogEvent::DestinationUp:
        return LogWords::tr("%1 answers again.");
    case LogEvent::LedgerOpened:
        return LogWords::tr("The ledger is open; jobs can be sent.");
    case LogEvent::LedgerReadOnly:
        return LogWords::tr("Another Radpost has the ledger; this one only looks.");
    case LogEvent::LedgerFailed:
        return LogWords::tr("The ledger cannot be used.");
    case LogEvent::LedgerRecovered:
        return LogWords::tr("The ledger can be written again.");
    case LogEvent::ReceiverOn:
        return LogWords::tr("Receiving on port %1.");
    case LogEvent::ReceiverOff:
        return LogWords::tr("Receiving was switched off.");
    case LogEvent::ReceiverFailed:
        return LogWords::tr("Receiving cannot be switched on.");
    case LogEvent::TraceBegun:
        return LogWords::tr("Tracing %1 began.");
    case LogEvent::TraceEnded:
        return LogWords::tr("Tracing %1 ended with %2 PDUs.");
    case LogEvent::BundleWritten:
        return LogWords::tr("A support bundle was saved: %1");
    }
    return {};
}

QString peerWords(const observe::LogEntry& entry, observe::Masking masking)
{
    constexpr qsizetype kComment = 5;
    const bool isDelivery = entry.event == LogEvent::DeliveryFailed || entry.event == LogEvent::DeliveryRetried ||
        entry.event == LogEvent::DeliveryWarned;
    const auto comment = isDelivery ? observe::factValues(entry, masking).value(kComment) : QString();
    return comment.isEmpty() ? QString() : LogWords::tr("The destination said: %1").arg(comment);
}

QString nextTry(const observe::LogEntry& entry, observe::Masking masking)
{
    constexpr qsizetype kNextTryAt = 3;
    const auto when =
        entry.event == LogEvent::DestinationDown ? observe::factValues(entry, masking).value(kNextTryAt) : QString();
    return when.isEmpty() ? QString() : LogWords::tr("Next try at %1.").arg(when.section(u' ', 1));
}

} // namespace

QString LogWords::text(const observe::LogEntry& entry, observe::Masking masking)
{
    const auto words = pattern(entry);
    if (words.isEmpty()) {
        return app::printable(observe::entryText(entry, masking));
    }
    return app::printable(app::sentences({observe::withValues(words, observe::factValues(entry, masking)),
        happened(entry), nextTry(entry, masking), peerWords(entry, masking)}));
}

QString LogWords::level(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return tr("Detail");
    case LogLevel::Info:
        return tr("Information");
    case LogLevel::Warning:
        return tr("Warning");
    case LogLevel::Error:
        break;
    }
    return tr("Error");
}

QString LogWords::line(const observe::LogEntry& entry, observe::Masking masking)
{
    QStringList parts{app::dateTimeText(entry.time), level(entry.level),
        entry.job ? u"#%1"_s.arg(*entry.job) : QString(), entry.destination, text(entry, masking)};
    parts.removeAll(QString());
    return parts.join(u"  "_s);
}

} // namespace radpost::ui
