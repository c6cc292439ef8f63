#include "app/cli/ProgressText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using queue::JobActivity;
using queue::JobProgress;
using store::DeliveryState;

QString bytesText(const JobProgress& progress)
{
    const QString total = app::bytesText(progress.counts.totalBytes()) + (progress.growing ? u"+"_s : QString());
    return Cli::tr("%1 of %2").arg(app::bytesText(bytesDone(progress)), total);
}

QString bar(int percent, int columns)
{
    const int filled = std::clamp(percent * columns / 100, 0, columns);
    return QString(filled, u'━') + QString(columns - filled, u'─');
}

// In order of importance.
QStringList facts(const JobProgress& progress)
{
    const auto& counts = progress.counts;
    const qint64 done = counts.total() - counts.unfinished();
    const QString total = app::countText(counts.total()) + (progress.growing ? u"+"_s : QString());
    QStringList facts{u"%1 %"_s.arg(percentDone(progress), 3), app::countText(done) + u'/' + total};
    if (progress.activity != JobActivity::Sending) {
        facts.append(activityText(progress.activity));
    }
    if (progress.activity == JobActivity::DestinationDown && progress.nextTryAt) {
        facts.append(Cli::tr("next try %1").arg(app::dateTimeText(*progress.nextTryAt).right(8)));
    }
    if (const auto failed = counts.of(DeliveryState::Rejected); failed > 0) {
        facts.append(Cli::tr("%n failed", nullptr, static_cast<int>(failed)));
    }
    facts.append(bytesText(progress));
    if (progress.activity == JobActivity::Sending) {
        facts.append(app::rateText(progress.bytesPerSecond));
        facts.append(Cli::tr("%1/s").arg(app::countText(static_cast<qint64>(progress.instancesPerSecond))));
        if (progress.eta && !progress.growing) {
            facts.append(Cli::tr("%1 left").arg(app::durationText(*progress.eta)));
        }
    }
    if (progress.associations > 0) {
        facts.append(Cli::tr("%n association(s)", nullptr, progress.associations));
    }
    return facts;
}

} // namespace

int percentDone(const JobProgress& progress)
{
    const qint64 total = progress.counts.total();
    if (total == 0 && progress.growing) {
        return 0;
    }
    return total == 0 ? 100 : static_cast<int>((total - progress.counts.unfinished()) * 100 / total);
}

qint64 bytesDone(const JobProgress& progress)
{
    const auto& counts = progress.counts;
    return counts.totalBytes() - counts.bytesOf(DeliveryState::Pending) - counts.bytesOf(DeliveryState::Waiting);
}

QString progressLine(const JobProgress& progress, int width)
{
    constexpr int kNameColumns = 20;
    constexpr int kNarrowestBar = 8;
    constexpr int kWidestBar = 24;
    const QString gap = u"  "_s;
    QString line = cutToWidth(printable(progress.destinationName), kNameColumns);
    QString tail;
    for (const auto& fact : facts(progress)) {
        // The bar matters more than the last facts, and less than how much is done.
        const int reserved = tail.isEmpty() || width < kNarrowestBar * 6 ? 0 : kNarrowestBar + 1;
        if (displayWidth(line) + displayWidth(tail) + gap.size() + displayWidth(fact) + reserved > width) {
            break;
        }
        tail += gap + fact;
    }
    const int room = width - displayWidth(line) - displayWidth(tail) - 1;
    if (room >= kNarrowestBar) {
        line += u' ' + bar(percentDone(progress), std::min(room, kWidestBar));
    }
    return line + tail;
}

QString plainProgressLine(const JobProgress& progress)
{
    return app::labelled(printable(progress.destinationName), app::enumerated(facts(progress)).simplified());
}

QString scanLine(const scan::ScanSummary& soFar)
{
    QStringList parts{
        Cli::tr("%n instance(s)", nullptr, static_cast<int>(soFar.instances)), app::bytesText(soFar.instanceBytes)};
    if (soFar.skipped > 0) {
        parts.append(Cli::tr("%n file(s) skipped", nullptr, static_cast<int>(soFar.skipped)));
    }
    return Cli::tr("Scanning: %1").arg(app::enumerated(parts));
}

QString activityText(JobActivity activity)
{
    switch (activity) {
    case JobActivity::Queued:
        return Cli::tr("queued");
    case JobActivity::Connecting:
        return Cli::tr("connecting");
    case JobActivity::Sending:
        return Cli::tr("sending");
    case JobActivity::WaitingToRetry:
        return Cli::tr("waiting to try again");
    case JobActivity::WaitingForScan:
        return Cli::tr("waiting for the scan");
    case JobActivity::OutsideHours:
        return Cli::tr("waiting for the allowed hours");
    case JobActivity::DestinationDown:
        return Cli::tr("destination not reachable");
    case JobActivity::DestinationPaused:
        return Cli::tr("destination paused");
    case JobActivity::LedgerFailed:
        return Cli::tr("ledger cannot be written");
    case JobActivity::Paused:
        return Cli::tr("paused");
    case JobActivity::Stopped:
        return Cli::tr("stopped");
    case JobActivity::Finished:
        return Cli::tr("finished");
    case JobActivity::Cancelled:
        return Cli::tr("cancelled");
    }
    return {};
}

} // namespace radpost::cli
