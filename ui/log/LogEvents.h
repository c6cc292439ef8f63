#pragma once

#include "core/engine/Engine.h"
#include "core/observe/LogEntry.h"
#include "core/queue/DispatchEvents.h"

/// What the engine tells, as entries of the log: English text, facts, and which of them may say who a patient is.
namespace radpost::ui {

[[nodiscard]] observe::LogEntry jobStartedEntry(JobId job);
/// Finished, Stopped, Paused or Cancelled.
[[nodiscard]] observe::LogEntry jobAtRestEntry(const queue::JobProgress& progress);
[[nodiscard]] observe::LogEntry scanEntry(
    JobId job, const scan::ScanSummary& summary, const std::optional<Error>& error);
/// One that was not simply stored.
[[nodiscard]] observe::LogEntry deliveryEntry(const queue::DeliveryEvent& event, const QString& destination);
[[nodiscard]] observe::LogEntry deliveriesLeftOutEntry(JobId job, qint64 count);
[[nodiscard]] observe::LogEntry associationEntry(const QString& destination, const queue::SessionInfo& info);
[[nodiscard]] observe::LogEntry destinationDownEntry(
    const QString& destination, const Error& error, Clock::WallTime nextTryAt);
[[nodiscard]] observe::LogEntry destinationUpEntry(const QString& destination);

/// An event without anything but perhaps an error.
[[nodiscard]] observe::LogEntry plainEntry(
    observe::LogEvent event, observe::LogLevel level, const QString& text, const std::optional<Error>& error = {});

} // namespace radpost::ui
