#include "core/queue/Progress.h"

namespace radpost::queue {

QStringView activityName(JobActivity activity)
{
    switch (activity) {
#define RADPOST_NAME(name)                                                                                             \
    case JobActivity::name:                                                                                            \
        return u"" #name
        RADPOST_NAME(Queued);
        RADPOST_NAME(Connecting);
        RADPOST_NAME(Sending);
        RADPOST_NAME(WaitingToRetry);
        RADPOST_NAME(WaitingForScan);
        RADPOST_NAME(OutsideHours);
        RADPOST_NAME(DestinationDown);
        RADPOST_NAME(DestinationPaused);
        RADPOST_NAME(LedgerFailed);
        RADPOST_NAME(Paused);
        RADPOST_NAME(Stopped);
        RADPOST_NAME(Finished);
        RADPOST_NAME(Cancelled);
#undef RADPOST_NAME
    }
    return u"Unknown";
}

JobActivity activityOf(store::JobState state)
{
    using store::JobState;
    switch (state) {
    case JobState::Paused:
        return JobActivity::Paused;
    case JobState::Stopped:
        return JobActivity::Stopped;
    case JobState::Finished:
        return JobActivity::Finished;
    case JobState::Cancelled:
        return JobActivity::Cancelled;
    case JobState::Active:
        break;
    }
    return JobActivity::Queued;
}

bool JobProgress::isAtRest() const
{
    return activity == JobActivity::Paused || activity == JobActivity::Stopped || activity == JobActivity::Finished ||
        activity == JobActivity::Cancelled;
}

} // namespace radpost::queue
