#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/observe/Metrics.h"
#include "core/store/BacklogRepository.h"

#include <QList>
#include <QString>

#include <functional>
#include <memory>

namespace radpost::engine {

// Metrics that are read when somebody asks for them. Each registration counts until it goes.

using MetricsRegistration = std::unique_ptr<observe::MetricsRegistry::Registration>;

/// Depth and age of the queues, by destination: radpost_queue_deliveries, radpost_queue_oldest_age_seconds,
/// radpost_queue_paused. @p backlog is Engine::backlog() or the like; it is asked at most once in @p interval.
[[nodiscard]] MetricsRegistration collectQueues(observe::MetricsRegistry& registry,
    std::function<Result<QList<store::DestinationBacklog>>()> backlog, const Clock& clock,
    std::chrono::milliseconds interval = std::chrono::seconds(5));

/// A folder whose disk is watched.
struct WatchedFolder
{
    QString name; ///< "data", "spool"
    QString path;
    qint64 reserveBytes = 0;
};

/// radpost_disk_free_bytes, radpost_disk_size_bytes, radpost_disk_reserve_bytes.
[[nodiscard]] MetricsRegistration collectDisks(observe::MetricsRegistry& registry, QList<WatchedFolder> folders);

/// radpost_audit_undelivered_bytes. @p undeliveredBytes is AuditTrail::undeliveredBytes() or the like.
[[nodiscard]] MetricsRegistration collectAudit(
    observe::MetricsRegistry& registry, std::function<qint64()> undeliveredBytes);

/// radpost_build_info, and of this process what Prometheus' own libraries give: process_start_time_seconds,
/// process_cpu_seconds_total, process_resident_memory_bytes, process_open_fds, process_max_fds (Linux).
[[nodiscard]] MetricsRegistration collectProcess(observe::MetricsRegistry& registry, const QString& version);

} // namespace radpost::engine
