#pragma once

#include "core/store/LedgerTypes.h"

#include <QDate>
#include <QList>
#include <QString>

#include <map>
#include <optional>

/// What a list of jobs asks of the ledger, and what it gets. Plain values.
namespace radpost::store {

/// How a person tells jobs apart.
enum class JobStanding {
    NeedsPerson, ///< stopped, or failures or unreadable files that nobody has seen to
    Unfinished,  ///< to be sent, or being sent
    Paused,
    Finished,
    Cancelled,
};

/// All that is set must hold.
struct JobFilter
{
    /// Words, each of which must be in the title of the job, a patient's name or ID, a study's description, accession
    /// number or UID, or a series' description or UID, or be the SOP Instance UID of an instance, whole. ASCII letters
    /// match without regard to case.
    QString text;
    QString destinationName; ///< empty: any
    /// Under way in this time: made before its end, and not finished before its start.
    std::optional<WallTime> since;
    std::optional<WallTime> before;
    std::optional<JobStanding> standing;

    [[nodiscard]] bool isEmpty() const { return *this == JobFilter(); }
    friend bool operator==(const JobFilter&, const JobFilter&) = default;
};

/// One job as a list shows it.
struct JobEntry
{
    JobRow job;
    StateCounts counts;
    qint64 patients = 0;
    QString patientName; ///< of the one that entered first, as in the file
    QString patientId;
    QString studyDate; ///< likewise
    QString studyDescription;
    QString modality;
    bool isSettled = false;
    qint64 unproved = 0; ///< stored, and the destination did not prove it: Proof::Missing
    qint64 proved = 0;   ///< stored, with the proof that is wanted; counted where more than a response is
    qint64 unread = 0;   ///< files of the source that could not be read and may hold instances: mayHideInstances()

    /// A person has to do something about it.
    [[nodiscard]] bool needsPerson() const
    {
        return job.state == JobState::Stopped ||
            (!isSettled && job.state != JobState::Cancelled &&
                counts.of(DeliveryState::Rejected) + unproved + unread > 0);
    }
    friend bool operator==(const JobEntry&, const JobEntry&) = default;
};

/// The jobs that came to their end on one day of this computer's calendar and need nobody.
struct DayEntry
{
    QDate day;
    qint64 jobs = 0;
    friend bool operator==(const DayEntry&, const DayEntry&) = default;
};

/// Deliveries of one job, in order of entry.
struct InstanceQuery
{
    JobId job;
    DeliveryId after; ///< the last one of the page before; none: from the start
    DeliveryId last;  ///< no later one; none: to the end
    std::optional<SeriesInstanceUid> series{};
    int limit = 200;
};

/// Why deliveries were rejected, as far as it decides what to do about it.
struct FailureCause
{
    ErrorCode code = ErrorCode::StatusFailed;
    std::optional<quint16> dimseStatus;
    friend bool operator==(const FailureCause&, const FailureCause&) = default;
};

/// How many deliveries of a group are of one kind of object.
struct FailedKind
{
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid; ///< of the file
    qint64 count = 0;
    friend bool operator==(const FailedKind&, const FailedKind&) = default;
};

/// The rejected deliveries of a job with one cause.
struct FailureGroup
{
    FailureCause cause;
    qint64 count = 0;
    QString errorComment;     ///< of one of them, as the peer wrote it
    QString offendingElement; ///< likewise
    QString detail;           ///< likewise, English
    QString example;          ///< the source path of the first
    QList<FailedKind> kinds;  ///< every kind once, the most frequent first; their counts add up to count
};

/// One series of a job, how its deliveries stand, and where they lie.
struct SeriesEntry
{
    SeriesText text;
    StateCounts counts;
    DeliveryId first;
    DeliveryId last;
};

} // namespace radpost::store
