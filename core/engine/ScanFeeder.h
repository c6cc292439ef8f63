#pragma once

#include "core/base/CancelToken.h"
#include "core/engine/AlreadyThere.h"
#include "core/engine/EngineListener.h"
#include "core/engine/JobOptions.h"
#include "core/queue/Batch.h"
#include "core/scan/ScanSink.h"
#include "core/scan/Scanner.h"

#include <QSet>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace radpost::engine {

/// Scans the source of one batch on a thread of its own and appends what it finds, so that the first instances are on
/// the wire while the walk still runs. Seals the batch at the end of a whole scan; a scan that is stopped leaves the
/// batch unsealed, and its jobs Interrupted.
class ScanFeeder final : private scan::ScanSink
{
public:
    /// @p listener may be null and outlives this.
    ScanFeeder(std::unique_ptr<queue::Batch> batch, JobOptions options, int threads, EngineListener* listener);

    /// What @p there says the destination has is recorded as skipped, and the rest is appended. When it cannot be
    /// asked, the scan ends, and @p unanswered hears why while the batch still grows. Before start().
    void leaveOut(std::unique_ptr<AlreadyThere> there, std::function<void(const Error&)> unanswered);

    /// Cancels and waits.
    ~ScanFeeder() override;
    Q_DISABLE_COPY_MOVE(ScanFeeder)

    void start(std::function<void()> onEnded);
    void cancel() { m_cancel.cancel(); }
    [[nodiscard]] bool isRunning() const { return m_running; }

private:
    void run();
    void seal();
    [[nodiscard]] bool isWanted(const dicom::InstanceHeader& header) const;
    void tellProgress();
    void stopOn(const Result<>& appended);
    [[nodiscard]] bool isThere(const dicom::InstanceHeader& header);

    // scan::ScanSink
    void onInstance(scan::ScannedInstance&& instance) override;
    void onSkipped(scan::SkippedFile&& file) override;
    void onDuplicate(scan::DuplicateFile&& file) override;

    std::unique_ptr<queue::Batch> m_batch;
    const JobOptions m_options;
    const QSet<SeriesInstanceUid> m_onlySeries;
    const QSet<SeriesKey> m_onlyKeys;
    const int m_threads;
    EngineListener* const m_listener;
    std::unique_ptr<AlreadyThere> m_there; ///< null: everything is sent
    std::function<void(const Error&)> m_unanswered;
    CancelSource m_cancel;
    std::atomic<bool> m_running = false;
    scan::ScanSummary m_soFar;
    std::optional<Error> m_error; ///< the first that the batch gave
    std::chrono::steady_clock::time_point m_nextProgress;
    std::thread m_thread;
};

} // namespace radpost::engine
