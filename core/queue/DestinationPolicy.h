#pragma once

#include <QString>
#include <QTime>

#include <chrono>
#include <optional>

namespace radpost::queue {

/// Trying again what may pass by itself. The n-th wait is firstDelay × 2^(n-1), at most maxDelay, spread by jitter.
struct RetryPolicy
{
    /// Tries of one delivery that the peer answered with "not now" before it is Rejected. Sessions that could not be
    /// opened cost nothing here: the circuit breaker deals with them.
    int maxAttempts = 8;
    /// Of standing jobs (see DestinationProvider), which nobody watches: such a delivery is Rejected only when the
    /// waits between these answers have come to so long, too. Counted in answers, so that neither a restart nor a clock
    /// that was set ends it early. 0: maxAttempts alone.
    std::chrono::milliseconds patience{0};
    std::chrono::milliseconds firstDelay{2'000};
    std::chrono::milliseconds maxDelay{3'600'000};
    double jitter = 0.2; ///< 0.2: between 80 % and 120 % of the delay
};

/// When the destination itself cannot be reached.
struct BreakerPolicy
{
    int failures = 3; ///< in a row before it opens; then C-ECHO asks until it is answered
    std::chrono::milliseconds firstDelay{2'000};
    std::chrono::milliseconds maxDelay{300'000};
    /// Unreachable for this long: the jobs are Stopped with the reason, their deliveries stay Pending. 0: never.
    std::chrono::milliseconds giveUpAfter{0};
};

/// Local time of day; until before from crosses midnight.
struct AllowedHours
{
    QTime from;
    QTime until;
};

/// What the dispatcher keeps to with one destination. A plain value.
struct DestinationPolicy
{
    QString name;
    int associations = 0;      ///< 0 = as many as bring something
    int maxAssociations = 8;   ///< the bound of "as many"
    int maxOutstanding = 64;   ///< requests without response on one session, whatever more the peer allows
    int maxNeeds = 64;         ///< distinct contexts asked for in one session; two presentation contexts each
    qint64 bytesPerSecond = 0; ///< of all sessions together, averaged over seconds; 0 = no limit
    std::optional<AllowedHours> hours;
    RetryPolicy retry;
    BreakerPolicy breaker;
    std::chrono::milliseconds idleClose{2'000}; ///< a session with nothing to send is kept this long
    /// Times that an instance must have died soon, with nothing beside it on the wire, before it is the culprit, while
    /// others were stored in between or the destination was there at once. A death that took long may be the network's:
    /// such ones make a culprit only of what died alone RetryPolicy::maxAttempts times.
    int lonelyDeaths = 2;
    std::chrono::milliseconds soon{10'000}; ///< after it was handed to a session
    /// Instances set aside as culprits with nothing stored in between before the job is stopped: then it is not the
    /// instances.
    int culpritsBeforeStop = 10;
};

} // namespace radpost::queue
