#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/StrongId.h"
#include "core/store/LedgerTypes.h"

#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>

namespace radpost::queue {

/// What a job is doing now.
enum class JobActivity {
    Queued,         ///< other jobs go first, or its first instance is still to come
    Connecting,     ///< no session yet
    Sending,        ///< on the wire, or between two instances of a limited rate
    WaitingToRetry, ///< all that is left waits for its time
    WaitingForScan, ///< all that came is sent, more may come
    OutsideHours,
    DestinationDown, ///< waits for the next probe or try
    DestinationPaused,
    LedgerFailed, ///< nothing is sent that could not be recorded
    Paused,
    Stopped, ///< needs an operator, see lastError
    Finished,
    Cancelled,
};

/// Of a job that nothing moves; Queued when its state is Active.
[[nodiscard]] JobActivity activityOf(store::JobState state);

/// The enumerator's name, for JSON and logs.
QStringView activityName(JobActivity activity);

/// How a job stands at one moment. counts are the committed truth, in-flight instances among Pending; they add up to
/// the instances that entered.
struct JobProgress
{
    JobId job;
    QString title;
    QString destinationName;
    JobActivity activity = JobActivity::Queued;
    bool growing = false; ///< the scan still brings instances: no ETA
    store::StateCounts counts;
    qint64 sending = 0; ///< of the Pending: on the wire now
    double instancesPerSecond = 0;
    double bytesPerSecond = 0;
    std::optional<std::chrono::seconds> eta;
    qint64 byteLimit = 0;                     ///< of the destination, a second; 0: none
    int associations = 0;                     ///< open now, of the job's destination
    std::optional<Clock::WallTime> nextTryAt; ///< of the destination or of the earliest waiting delivery
    std::optional<Error> lastError;

    /// Nothing will happen by itself any more: Paused, Stopped, Finished or Cancelled.
    [[nodiscard]] bool isAtRest() const;
    friend bool operator==(const JobProgress&, const JobProgress&) = default;
};

} // namespace radpost::queue
