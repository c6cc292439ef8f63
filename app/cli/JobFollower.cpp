#include "app/cli/JobFollower.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/ProgressText.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

void JobFollower::onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar)
{
    auto fields = toJson(soFar);
    fields.insert(u"jobs"_s, toJson(jobs));
    m_console.event(u"scan-progress"_s, fields);
    const std::lock_guard lock(m_mutex);
    m_scan = soFar;
    redraw();
}

void JobFollower::onScanFinished(
    const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error)
{
    auto fields = toJson(summary);
    fields.insert(u"jobs"_s, toJson(jobs));
    if (error) {
        fields.insert(u"error"_s, toJson(*error));
    }
    m_console.event(u"scan-finished"_s, fields);
    const std::lock_guard lock(m_mutex);
    m_scan.reset();
    redraw();
}

void JobFollower::onProgress(const queue::JobProgress& progress)
{
    m_console.event(u"progress"_s, toJson(progress));
    const std::lock_guard lock(m_mutex);
    auto& line = m_lines[progress.job.value];
    line.progress = progress;
    if (m_console.options().errorIsTerminal) {
        redraw();
    } else {
        writePlain(line);
    }
}

void JobFollower::onJobAtRest(const queue::JobProgress& progress)
{
    m_console.event(u"job-at-rest"_s, toJson(progress));
    const std::lock_guard lock(m_mutex);
    m_lines[progress.job.value].progress = progress;
    redraw();
}

void JobFollower::onDelivery(const queue::DeliveryEvent& delivery)
{
    m_console.event(u"delivery"_s, toJson(delivery));
}

void JobFollower::onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
{
    m_console.event(u"destination-down"_s,
        {{u"destination"_s, destination}, {u"error"_s, toJson(error)}, {u"nextTryAt"_s, toJson(nextTryAt)}});
    m_console.note(app::labelled(printable(destination),
        app::sentences({app::errorText(error).happened, whatComesNext(destination, nextTryAt)})));
}

QString JobFollower::whatComesNext(const QString& destination, Clock::WallTime nextTryAt)
{
    const auto timeText = [](Clock::WallTime time) { return app::dateTimeText(time).right(8); };
    const std::lock_guard lock(m_mutex);
    const auto since = m_downSince.try_emplace(destination, m_clock.now()).first->second;
    const Clock::WallTime end = since + m_giveUpAfter;
    const bool isLast = m_giveUpAfter.count() > 0 && nextTryAt > end;
    return isLast ? Cli::tr("Gives up at %1 (--give-up-after).").arg(timeText(end))
                  : Cli::tr("Next try at %1.").arg(timeText(nextTryAt));
}

void JobFollower::onDestinationUp(const QString& destination)
{
    m_console.event(u"destination-up"_s, {{u"destination"_s, destination}});
    const std::lock_guard lock(m_mutex);
    m_downSince.erase(destination);
}

void JobFollower::onLedgerFailed(const Error& error)
{
    m_console.event(u"ledger-failed"_s, {{u"error"_s, toJson(error)}});
    const auto text = app::errorText(error);
    m_console.note(app::sentences({text.happened, text.next}));
}

void JobFollower::onLedgerRecovered()
{
    m_console.event(u"ledger-recovered"_s);
    m_console.note(Cli::tr("The ledger can be written again; sending goes on."));
}

void JobFollower::begin()
{
    const std::lock_guard lock(m_mutex);
    m_showsProgress = true;
}

void JobFollower::finish()
{
    const std::lock_guard lock(m_mutex);
    m_showsProgress = false;
    m_console.clearProgress();
}

// The caller holds the mutex.
void JobFollower::redraw()
{
    constexpr size_t kMostLines = 8; // more destinations than that would scroll the terminal
    if (!m_showsProgress) {
        return;
    }
    QStringList lines;
    if (m_scan) {
        lines.append(scanLine(*m_scan));
    }
    for (const auto& [job, line] : m_lines) {
        if (static_cast<size_t>(lines.size()) < kMostLines) {
            lines.append(progressLine(line.progress, m_console.options().width - 1));
        }
    }
    m_console.setProgress(lines);
}

// The caller holds the mutex. Each ten per cent, at most one a second; when little moves, one every ten seconds.
void JobFollower::writePlain(Line& line)
{
    if (!m_showsProgress || line.progress.counts.total() == 0) {
        return;
    }
    const auto now = m_clock.steadyNow();
    const int percent = percentDone(line.progress);
    const bool isStep = percent / 10 != line.lastPercent / 10;
    if (line.lastTime && now - *line.lastTime < (isStep ? 1s : 10s)) {
        return;
    }
    line.lastPercent = percent;
    line.lastTime = now;
    m_console.note(plainProgressLine(line.progress));
}

} // namespace radpost::cli
