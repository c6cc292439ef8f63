#include "core/engine/StandingMetrics.h"

#include "core/observe/Log.h"

#include <QDir>
#include <QFile>
#include <QStorageInfo>

#include <mutex>
#include <optional>

#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

using observe::FamilySnapshot;
using observe::MetricDescription;
using observe::MetricType;

const MetricDescription kQueueDepth{
    "radpost_queue_deliveries", "Deliveries that are not done, by destination and state.", {"destination", "state"}};
const MetricDescription kQueueAge{"radpost_queue_oldest_age_seconds",
    "Age of the oldest job with undelivered instances, 0 when there is none.", {"destination"}};
const MetricDescription kQueuePaused{
    "radpost_queue_paused", "1 when a person holds the deliveries to the destination.", {"destination"}};
const MetricDescription kDiskFree{"radpost_disk_free_bytes", "Free space where the folder lies.", {"folder"}};
const MetricDescription kDiskSize{"radpost_disk_size_bytes", "Size of the disk where the folder lies.", {"folder"}};
const MetricDescription kDiskReserve{
    "radpost_disk_reserve_bytes", "Space that has to stay free where the folder lies.", {"folder"}};
const MetricDescription kAuditBytes{
    "radpost_audit_undelivered_bytes", "Audit messages on the disk that the receiver has not taken yet."};
const MetricDescription kBuildInfo{"radpost_build_info", "Always 1; the label says what runs.", {"version"}};
const MetricDescription kStartTime{"process_start_time_seconds", "Unix time at which the process began."};
const MetricDescription kCpu{"process_cpu_seconds_total", "User and system time of the process."};
const MetricDescription kMemory{"process_resident_memory_bytes", "Resident memory of the process."};
const MetricDescription kOpenFiles{"process_open_fds", "Open file descriptors."};
const MetricDescription kMostFiles{"process_max_fds", "File descriptors that may be open."};

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

/// What the ledger said last, so that a page that is loaded again and again costs one look.
class QueueView final
{
public:
    QueueView(std::function<Result<QList<store::DestinationBacklog>>()> backlog, const Clock& clock,
        std::chrono::milliseconds interval)
        : m_backlog(std::move(backlog))
        , m_clock(clock)
        , m_interval(interval)
    {
    }

    std::vector<FamilySnapshot> families()
    {
        const std::lock_guard lock(m_mutex);
        const auto now = m_clock.steadyNow();
        if (!m_lookedAt || now - *m_lookedAt >= m_interval) {
            look();
            m_lookedAt = now;
        }
        return render();
    }

private:
    void look()
    {
        auto found = m_backlog();
        if (found) {
            m_last = *std::move(found);
        } else {
            // No numbers are better than old ones: an alert on absence tells.
            m_last.clear();
            qCWarning(observe::lcEngine) << "the queues could not be read:" << found.error().detail;
        }
    }

    [[nodiscard]] std::vector<FamilySnapshot> render() const
    {
        FamilySnapshot depth{kQueueDepth, MetricType::Gauge, {}};
        FamilySnapshot age{kQueueAge, MetricType::Gauge, {}};
        FamilySnapshot paused{kQueuePaused, MetricType::Gauge, {}};
        const auto now = m_clock.now();
        for (const auto& backlog : m_last) {
            const auto& name = backlog.destinationName;
            depth.series.push_back({{name, u"pending"_s}, double(backlog.pending)});
            depth.series.push_back({{name, u"waiting"_s}, double(backlog.waiting)});
            const auto since = backlog.oldest ? std::max(now - *backlog.oldest, std::chrono::milliseconds(0))
                                              : std::chrono::milliseconds(0);
            age.series.push_back({{name}, seconds(since)});
            paused.series.push_back({{name}, backlog.isPaused ? 1.0 : 0.0});
        }
        return {std::move(depth), std::move(age), std::move(paused)};
    }

    const std::function<Result<QList<store::DestinationBacklog>>()> m_backlog;
    const Clock& m_clock;
    const std::chrono::milliseconds m_interval;
    std::mutex m_mutex; // guards what follows
    std::optional<Clock::SteadyTime> m_lookedAt;
    QList<store::DestinationBacklog> m_last;
};

std::vector<FamilySnapshot> diskFamilies(const QList<WatchedFolder>& folders)
{
    FamilySnapshot free{kDiskFree, MetricType::Gauge, {}};
    FamilySnapshot size{kDiskSize, MetricType::Gauge, {}};
    FamilySnapshot reserve{kDiskReserve, MetricType::Gauge, {}};
    for (const auto& folder : folders) {
        const QStorageInfo disk(folder.path);
        if (disk.isValid()) {
            free.series.push_back({{folder.name}, double(disk.bytesAvailable())});
            size.series.push_back({{folder.name}, double(disk.bytesTotal())});
        }
        reserve.series.push_back({{folder.name}, double(folder.reserveBytes)});
    }
    return {std::move(free), std::move(size), std::move(reserve)};
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto sum = [](const timeval& time) -> double { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return sum(usage.ru_utime) + sum(usage.ru_stime);
}

// The second number of statm, in pages; nothing where there is no /proc.
std::optional<double> residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const auto words = file.readLine().split(' ');
    return words.size() > 1 ? std::optional(words[1].toDouble() * double(::sysconf(_SC_PAGESIZE))) : std::nullopt;
}

FamilySnapshot single(const MetricDescription& description, double value, MetricType type = MetricType::Gauge)
{
    return {description, type, {{{}, value}}};
}

std::vector<FamilySnapshot> processFamilies(const QString& version, double startedAt)
{
    std::vector<FamilySnapshot> families{{kBuildInfo, MetricType::Gauge, {{{version}, 1.0}}},
        single(kStartTime, startedAt), single(kCpu, cpuSeconds(), MetricType::Counter)};
    if (const auto resident = residentBytes()) {
        families.push_back(single(kMemory, *resident));
        const QDir descriptors(u"/proc/self/fd"_s);
        families.push_back(single(
            kOpenFiles, double(descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size())));
    }
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        families.push_back(single(kMostFiles, double(limit.rlim_cur)));
    }
    return families;
}

} // namespace

MetricsRegistration collectQueues(observe::MetricsRegistry& registry,
    std::function<Result<QList<store::DestinationBacklog>>()> backlog, const Clock& clock,
    std::chrono::milliseconds interval)
{
    const auto view = std::make_shared<QueueView>(std::move(backlog), clock, interval);
    return registry.collect({kQueueDepth, kQueueAge, kQueuePaused}, [view] { return view->families(); });
}

MetricsRegistration collectDisks(observe::MetricsRegistry& registry, QList<WatchedFolder> folders)
{
    return registry.collect(
        {kDiskFree, kDiskSize, kDiskReserve}, [folders = std::move(folders)] { return diskFamilies(folders); });
}

MetricsRegistration collectAudit(observe::MetricsRegistry& registry, std::function<qint64()> undeliveredBytes)
{
    return registry.collect({kAuditBytes}, [undeliveredBytes = std::move(undeliveredBytes)] {
        return std::vector{single(kAuditBytes, double(undeliveredBytes()))};
    });
}

MetricsRegistration collectProcess(observe::MetricsRegistry& registry, const QString& version)
{
    const double startedAt = seconds(SystemClock().now().time_since_epoch());
    return registry.collect({kBuildInfo, kStartTime, kCpu, kMemory, kOpenFiles, kMostFiles},
        [version, startedAt] { return processFamilies(version, startedAt); });
}

} // namespace radpost::engine
