#pragma once

#include "core/engine/History.h"
#include "core/queue/Progress.h"

#include "ui/common/StatusDot.h"

#include <QMetaType>

#include <optional>

namespace radpost::ui {

/// The counts of a job as a person adds them up: sent + failed + waiting + left + cancelled = total, always.
struct JobSums
{
    qint64 sent = 0;
    qint64 failed = 0;
    qint64 waiting = 0; ///< to try again
    qint64 left = 0;
    qint64 cancelled = 0;
    qint64 total = 0;
    qint64 unproved = 0; ///< of those sent: the destination did not prove that it holds them
    qint64 awaited = 0;  ///< of those sent: the proof that is wanted may still come
    qint64 unread = 0;   ///< beside them: files that could not be read, and may hold instances

    [[nodiscard]] bool addsUp() const { return sent + failed + waiting + left + cancelled == total; }
};

/// What one click does for a job.
enum class JobAction { None, Pause, TryNow, Resume, ResumeDestination, Retry, Receipt };

/// One job: what the ledger says, and how it stands now when the engine has it in hand.
struct JobFacts
{
    store::JobEntry entry;
    std::optional<queue::JobProgress> progress;

    [[nodiscard]] const store::StateCounts& counts() const;
    [[nodiscard]] JobSums sums() const;
    /// None: unfinished, but nobody sends it: Radpost was closed in between, or another process does.
    [[nodiscard]] std::optional<queue::JobActivity> activity() const;
    [[nodiscard]] bool isRunning() const; ///< in hand and not at rest
    [[nodiscard]] bool isEnded() const;   ///< finished or cancelled
    [[nodiscard]] bool needsPerson() const;
    /// Why the job was stopped; none: it is not.
    [[nodiscard]] std::optional<Error> stopReason() const;
    [[nodiscard]] Status status() const;
    /// The action that stands on the card; the others are in its menu.
    [[nodiscard]] JobAction mainAction() const;
    /// Parts of the whole from 0 to 1, by bytes: stored, failed, and on the wire now.
    [[nodiscard]] double storedShare() const;
    [[nodiscard]] double failedShare() const;
    [[nodiscard]] double movingShare() const;
    friend bool operator==(const JobFacts&, const JobFacts&) = default;
};

} // namespace radpost::ui

Q_DECLARE_METATYPE(radpost::ui::JobFacts)
