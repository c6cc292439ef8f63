#pragma once

#include "core/base/Error.h"
#include "core/observe/LogHandler.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace radpost::observe {

/// What an entry tells. People read it in their language by this; its @c text is English, for files and support.
enum class LogEvent {
    Line, ///< of the program's own log, as it was written
    JobStarted,
    ScanFinished,
    ScanFailed,
    JobFinished,
    JobStopped,
    JobPaused,
    JobCancelled,
    DeliveryWarned,
    DeliveryFailed,
    DeliveryRetried,
    DeliveriesLeftOut, ///< more of the same that are not told one by one
    AssociationOpened,
    DestinationDown,
    DestinationUp,
    LedgerOpened,
    LedgerReadOnly,
    LedgerFailed,
    LedgerRecovered,
    ReceiverOn,
    ReceiverOff,
    ReceiverFailed,
    TraceBegun,
    TraceEnded,
    BundleWritten,
};

/// One value in the text of an entry.
struct LogFact
{
    QString value;
    bool isPatient = false; ///< may say who the patient is: a name, an ID, a UID, a peer's own words
    friend bool operator==(const LogFact&, const LogFact&) = default;
};

/// One thing that happened. A plain value.
struct LogEntry
{
    qint64 number = 0; ///< given by the ring; grows by one
    LogLevel level = LogLevel::Info;
    QByteArray module; ///< "net", "job", …
    Clock::WallTime time{};
    LogEvent event = LogEvent::Line;
    QString text;         ///< English, with %1, %2, … for the facts
    QList<LogFact> facts; ///< at most nine
    std::optional<qint64> job;
    QString destination;
    std::optional<Error> error;
};

enum class Masking {
    On,  ///< what may say who a patient is becomes redact()'s mark
    Off, ///< as it is
};

/// @p pattern with %1 to %9 replaced; a value that holds a "%2" itself stays as it is.
[[nodiscard]] QString withValues(const QString& pattern, const QStringList& values);

[[nodiscard]] QStringList factValues(const LogEntry& entry, Masking masking);

/// The whole text in English. Any thread.
[[nodiscard]] QString entryText(const LogEntry& entry, Masking masking);

} // namespace radpost::observe
