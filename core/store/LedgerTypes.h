#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/StrongId.h"

#include <QString>

#include <algorithm>
#include <array>
#include <chrono>
#include <numeric>
#include <optional>
#include <utility>

/// Plain values that go into and come out of the ledger. The numbers of the enumerations are stored: never reuse one.
namespace radpost::store {

using WallTime = Clock::WallTime;

enum class JobState {
    Active = 0,    ///< to be sent, or being sent
    Paused = 1,    ///< by a person
    Stopped = 2,   ///< by the program: somebody must act first; see JobRow::stopReason
    Finished = 3,  ///< every delivery is final
    Cancelled = 4, ///< by a person; what was not stored by then is Cancelled
};

/// Whether instances still come in.
enum class JobGrowth {
    Growing = 0,
    Sealed = 1,
    Interrupted = 2, ///< the process ended before the scan did: the source may hold more than the job
};

enum class DeliveryState {
    Pending = 0, ///< not tried, or to be tried again at once; what is on the wire is Pending in the ledger
    Waiting = 1, ///< to be tried again at a set time
    Stored = 2,
    StoredWithWarning = 3,
    Rejected = 4, ///< final; the last attempt holds the reason
    Cancelled = 5,
};
inline constexpr int kDeliveryStateCount = 6;

/// Beside the state: evidence that the destination really holds the instance.
enum class Proof { None = 0, Asked = 1, Proved = 2, Missing = 3 };

/// What a job counts as evidence.
enum class ProofWanted {
    Response = 0,   ///< a C-STORE response of success or warning (PS3.4 B.2.3)
    Commitment = 1, ///< a report of storage commitment (PS3.4 Annex J)
    Query = 2,      ///< the instance is found by C-FIND at IMAGE level (PS3.4 C.6)
};

/// Stored deliveries by Proof.
struct ProofCounts
{
    std::array<qint64, 4> deliveries{};

    [[nodiscard]] qint64& of(Proof proof) { return deliveries.at(static_cast<std::size_t>(proof)); }
    [[nodiscard]] qint64 of(Proof proof) const { return deliveries.at(static_cast<std::size_t>(proof)); }
    [[nodiscard]] qint64 total() const { return std::accumulate(deliveries.begin(), deliveries.end(), qint64(0)); }
    friend bool operator==(const ProofCounts&, const ProofCounts&) = default;
};

/// Deliveries and their data set bytes by state.
struct StateCounts
{
    std::array<qint64, kDeliveryStateCount> deliveries{};
    std::array<qint64, kDeliveryStateCount> bytes{};

    [[nodiscard]] qint64 of(DeliveryState state) const { return deliveries[static_cast<std::size_t>(state)]; }
    [[nodiscard]] qint64 bytesOf(DeliveryState state) const { return bytes[static_cast<std::size_t>(state)]; }
    [[nodiscard]] qint64 total() const { return std::accumulate(deliveries.begin(), deliveries.end(), qint64(0)); }
    [[nodiscard]] qint64 totalBytes() const { return std::accumulate(bytes.begin(), bytes.end(), qint64(0)); }
    [[nodiscard]] qint64 unfinished() const { return of(DeliveryState::Pending) + of(DeliveryState::Waiting); }
    void add(DeliveryState state, qint64 count, qint64 byteCount)
    {
        deliveries[static_cast<std::size_t>(state)] += count;
        bytes[static_cast<std::size_t>(state)] += byteCount;
    }
    friend bool operator==(const StateCounts&, const StateCounts&) = default;
};

/// What came to its end at one destination since a moment.
struct DestinationTally
{
    QString destinationName; ///< as spelled in the ledger
    qint64 delivered = 0;    ///< stored, with a warning or without
    qint64 failed = 0;       ///< rejected for good
    friend bool operator==(const DestinationTally&, const DestinationTally&) = default;
};

struct NewJob
{
    QString title;
    QString destinationName;
    QString destinationContract; ///< a frozen copy of the destination's settings, in the caller's own notation
    QString options;             ///< whatever the caller needs to go on after a restart (source paths, profile, …)
    int priority = 0;            ///< higher goes first
    ProofWanted proofWanted = ProofWanted::Response;
};

struct JobRow
{
    JobId id;
    QString title;
    QString destinationName;
    QString destinationContract;
    QString options;
    int priority = 0;
    JobState state = JobState::Active;
    JobGrowth growth = JobGrowth::Growing;
    WallTime createdAt;
    std::optional<WallTime> finishedAt;
    std::optional<Error> stopReason; ///< of a Stopped job
    bool destinationPaused = false;
    ProofWanted proofWanted = ProofWanted::Response;
    friend bool operator==(const JobRow&, const JobRow&) = default;
};

/// What a receipt shows of an instance's patient, study and series.
struct SeriesText
{
    QString patientName;
    QString patientId;
    QString patientBirthDate;
    QString patientSex;
    StudyInstanceUid studyInstanceUid;
    QString studyDate;
    QString studyTime;
    QString studyDescription;
    QString accessionNumber;
    SeriesInstanceUid seriesInstanceUid;
    QString modality;
    QString seriesDescription;
    int seriesNumber = 0;
    friend bool operator==(const SeriesText&, const SeriesText&) = default;
};

/// One instance as it enters a job.
struct NewInstance
{
    QString path;       ///< absolute path of a readable file
    QString sourcePath; ///< what a person would call it; empty when the same as path
    qint64 sizeBytes = 0;
    qint64 mtimeNs = 0;
    qint64 dataSetOffset = 0;
    qint64 dataSetLength = 0;
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    SeriesText series;
};

/// Why a file that was skipped is known to hold no instance that should have gone: it is not DICOM, a DICOMDIR, has no
/// bytes, or the destination had its instance.
inline constexpr std::array kHarmlessReasons{
    ErrorCode::NotDicom, ErrorCode::DicomdirIndex, ErrorCode::FileEmpty, ErrorCode::AlreadyThere};

/// True unless a file that was skipped for @p reason is known to hold nothing: a reason that is new counts as a loss.
[[nodiscard]] constexpr bool mayHideInstances(ErrorCode reason)
{
    return std::find(kHarmlessReasons.begin(), kHarmlessReasons.end(), reason) == kHarmlessReasons.end();
}

/// A file of the source that is no delivery, and why.
struct SkippedFile
{
    QString sourcePath;
    ErrorCode reason = ErrorCode::NotDicom;
    QString detail;
    friend bool operator==(const SkippedFile&, const SkippedFile&) = default;
};

enum class DuplicateKind { Identical = 0, Differs = 1 };

/// A file whose SOP Instance UID the job has already.
struct DuplicateFile
{
    QString sourcePath;
    QString firstSourcePath;
    SopInstanceUid sopInstanceUid;
    DuplicateKind kind = DuplicateKind::Identical;
    friend bool operator==(const DuplicateFile&, const DuplicateFile&) = default;
};

/// A delivery that is to be sent, with all a sender needs.
struct PendingDelivery
{
    DeliveryId id;
    QString path;
    qint64 sizeBytes = 0;
    qint64 mtimeNs = 0;
    qint64 dataSetOffset = 0;
    qint64 dataSetLength = 0;
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    SopInstanceUid sopInstanceUid;
    int tries = 0;    ///< attempts recorded so far
    int refusals = 0; ///< attempts that the peer answered with "not now"
    int deaths = 0;   ///< sessions that ended while this instance was on the wire
    bool wasWaiting = false;
};

/// One try of one delivery and what it makes of the delivery.
struct AttemptRecord
{
    DeliveryId delivery;
    int number = 1; ///< PendingDelivery::tries + 1
    WallTime startedAt;
    std::chrono::microseconds duration{0};
    AssociationId association; ///< none: failed before a session carried it
    std::optional<quint16> dimseStatus;
    std::optional<ErrorCode> errorCode;
    QString detail; ///< English, for support
    QString errorComment;
    QString offendingElement;
    QString note;
    qint64 bytes = 0;

    DeliveryState newState = DeliveryState::Pending;
    std::optional<WallTime> retryAt; ///< of Waiting
    int refusals = 0;
    int deaths = 0;

    // The poster's own, handed back to the listener; not stored.
    int tag = 0;
    qint64 dataSetLength = 0;
};

struct AssociationRow
{
    AssociationId id;
    QString destinationName;
    QString peerAddress;
    QString peerImplementation;
    int window = 1;
    WallTime openedAt;
    std::optional<WallTime> closedAt;
    std::optional<ErrorCode> errorCode;
    QString detail;
};

/// Names of destinations are the same without regard to case, as in the configuration; addresses that stand for a name
/// ("PACS@host") are not, since the AE title in them is not.
[[nodiscard]] inline bool isSameDestination(QStringView a, QStringView b)
{
    const bool isAddress = a.contains(u'@') || b.contains(u'@');
    return a.compare(b, isAddress ? Qt::CaseSensitive : Qt::CaseInsensitive) == 0;
}

/// A delivery's id carries its job, so that a job's deliveries are one range of the primary key and need no index.
inline constexpr qint64 kDeliveriesPerJob = qint64(1) << 32;

inline constexpr DeliveryId deliveryId(JobId job, qint64 ordinal)
{
    return DeliveryId{job.value * kDeliveriesPerJob + ordinal};
}

inline constexpr JobId jobOf(DeliveryId delivery)
{
    return JobId{delivery.value / kDeliveriesPerJob};
}

} // namespace radpost::store
