#include "app/common/JobText.h"

namespace radpost::app {

QString jobStateText(const store::JobRow& job)
{
    switch (job.state) {
    case store::JobState::Active:
        return JobText::tr("unfinished");
    case store::JobState::Paused:
        return JobText::tr("paused");
    case store::JobState::Stopped:
        return JobText::tr("stopped");
    case store::JobState::Finished:
        return JobText::tr("finished");
    case store::JobState::Cancelled:
        return JobText::tr("cancelled");
    }
    return {};
}

} // namespace radpost::app
