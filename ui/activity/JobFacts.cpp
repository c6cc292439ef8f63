#include "ui/activity/JobFacts.h"

#include <algorithm>

namespace radpost::ui {

using queue::JobActivity;
using store::DeliveryState;
using store::JobState;

namespace {

double shareOf(qint64 part, qint64 whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

} // namespace

const store::StateCounts& JobFacts::counts() const
{
    return progress ? progress->counts : entry.counts;
}

JobSums JobFacts::sums() const
{
    const auto& c = counts();
    const qint64 sent = c.of(DeliveryState::Stored) + c.of(DeliveryState::StoredWithWarning);
    const bool isProofWanted = entry.job.proofWanted != store::ProofWanted::Response;
    // From the counts as they are now: what the ledger said of the proof may be older, and is never too little to wait.
    const qint64 awaited = isProofWanted ? std::max<qint64>(sent - entry.proved - entry.unproved, 0) : 0;
    return {sent, c.of(DeliveryState::Rejected), c.of(DeliveryState::Waiting), c.of(DeliveryState::Pending),
        c.of(DeliveryState::Cancelled), c.total(), entry.unproved, awaited, entry.unread};
}

std::optional<JobActivity> JobFacts::activity() const
{
    if (progress) {
        return progress->activity;
    }
    if (entry.job.state != JobState::Active) {
        return queue::activityOf(entry.job.state);
    }
    return entry.job.destinationPaused ? std::optional(JobActivity::DestinationPaused) : std::nullopt;
}

bool JobFacts::isRunning() const
{
    return progress && !progress->isAtRest();
}

bool JobFacts::isEnded() const
{
    const auto now = activity();
    return now == JobActivity::Finished || now == JobActivity::Cancelled;
}

bool JobFacts::needsPerson() const
{
    const auto now = activity();
    return now == JobActivity::Stopped ||
        (!entry.isSettled && now != JobActivity::Cancelled && sums().failed + entry.unproved + entry.unread > 0);
}

std::optional<Error> JobFacts::stopReason() const
{
    if (activity() != JobActivity::Stopped) {
        return std::nullopt;
    }
    return progress && progress->lastError ? progress->lastError : entry.job.stopReason;
}

Status JobFacts::status() const
{
    const auto now = activity();
    if (now == JobActivity::Stopped || now == JobActivity::LedgerFailed) {
        return Status::Bad;
    }
    if (now == JobActivity::DestinationDown) {
        return Status::Warning;
    }
    if (now == JobActivity::Finished) {
        const auto sum = sums();
        if (sum.failed + sum.unproved > 0) {
            return sum.sent == 0 ? Status::Bad : Status::Warning;
        }
        if (sum.unread > 0) {
            return Status::Warning;
        }
        return sum.awaited > 0 ? Status::Busy : Status::Good;
    }
    return isRunning() && now != JobActivity::OutsideHours && now != JobActivity::DestinationPaused ? Status::Busy
                                                                                                    : Status::Unknown;
}

JobAction JobFacts::mainAction() const
{
    const auto now = activity();
    if (now == JobActivity::DestinationPaused) {
        return JobAction::ResumeDestination;
    }
    if (!now || now == JobActivity::Paused || now == JobActivity::Stopped) {
        return JobAction::Resume;
    }
    if (now == JobActivity::Finished) {
        return sums().failed + entry.unproved > 0 && !entry.isSettled ? JobAction::Retry : JobAction::Receipt;
    }
    if (now == JobActivity::DestinationDown) {
        return JobAction::TryNow;
    }
    return now == JobActivity::Cancelled ? JobAction::Receipt : JobAction::Pause;
}

double JobFacts::storedShare() const
{
    const auto& c = counts();
    return shareOf(c.bytesOf(DeliveryState::Stored) + c.bytesOf(DeliveryState::StoredWithWarning), c.totalBytes());
}

double JobFacts::failedShare() const
{
    return shareOf(counts().bytesOf(DeliveryState::Rejected), counts().totalBytes());
}

double JobFacts::movingShare() const
{
    const auto& c = counts();
    if (!progress || progress->sending == 0) {
        return 0;
    }
    return shareOf(c.bytesOf(DeliveryState::Pending), c.totalBytes()) *
        std::min(1.0, shareOf(progress->sending, c.of(DeliveryState::Pending)));
}

} // namespace radpost::ui
