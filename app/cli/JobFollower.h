#pragma once

#include "app/cli/Console.h"
#include "core/base/Clock.h"
#include "core/engine/EngineListener.h"

#include <map>
#include <mutex>
#include <optional>

namespace radpost::cli {

/// Shows what the engine does while jobs run: lines that stay in place on a terminal, a line now and then elsewhere,
/// events with --json. Called from the engine's threads.
class JobFollower final : public engine::EngineListener
{
public:
    /// @p clock gives the rhythm of the lines elsewhere than on a terminal. @p giveUpAfter: how long a destination may
    /// be out of reach; zero: for ever.
    JobFollower(Console& console, const Clock& clock, std::chrono::milliseconds giveUpAfter = {})
        : m_console(console)
        , m_clock(clock)
        , m_giveUpAfter(giveUpAfter)
    {
    }

    void onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar) override;
    void onScanFinished(
        const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error) override;
    void onProgress(const queue::JobProgress& progress) override;
    void onJobAtRest(const queue::JobProgress& progress) override;
    void onDelivery(const queue::DeliveryEvent& delivery) override;
    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override;
    void onDestinationUp(const QString& destination) override;
    void onLedgerFailed(const Error& error) override;
    void onLedgerRecovered() override;

    /// Until begin() and from finish() on, which takes the progress lines away, no progress is shown.
    void begin();
    void finish();

private:
    struct Line
    {
        queue::JobProgress progress;
        int lastPercent = -1;
        std::optional<Clock::SteadyTime> lastTime;
    };

    [[nodiscard]] QString whatComesNext(const QString& destination, Clock::WallTime nextTryAt);
    void redraw();
    void writePlain(Line& line);

    Console& m_console;
    const Clock& m_clock;
    const std::chrono::milliseconds m_giveUpAfter;
    std::mutex m_mutex; // guards what follows
    std::map<qint64, Line> m_lines;
    std::map<QString, Clock::WallTime> m_downSince;
    std::optional<scan::ScanSummary> m_scan;
    bool m_showsProgress = false;
};

} // namespace radpost::cli
