#pragma once

#include "core/store/LedgerTypes.h"

#include <QByteArray>
#include <QList>

#include <optional>

/// Evidence of deliveries, as the ledger keeps it. Plain values. The numbers of the enumerations are stored.
namespace radpost::store {

/// A transaction of storage commitment (PS3.4 J.3.2).
enum class CommitmentState {
    Prepared = 0, ///< in the ledger; the peer may not have heard of it yet
    Accepted = 1, ///< the peer has promised a report
    Reported = 2,
    TimedOut = 3, ///< no report in time; one that comes later still counts
    Failed = 4,   ///< the peer could not be asked, or refused
};

/// A delivery that is stored and whose evidence is to be asked for.
struct UnprovedDelivery
{
    DeliveryId id;
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    StudyInstanceUid studyInstanceUid;
    SeriesInstanceUid seriesInstanceUid;
    int rounds = 0; ///< how often it was asked for before
};

/// What is known of one delivery now.
struct ProofAnswer
{
    DeliveryId id;
    Proof proof = Proof::None;
    std::optional<quint16> reason{};      ///< Failure Reason (0008,1197) or a status
    std::optional<ErrorCode> errorCode{}; ///< why it is not proved
    std::optional<WallTime> askAt{};      ///< to be asked for (again) then; none: nothing more is asked
};

struct CommitmentRow
{
    qint64 id = 0;
    QByteArray transactionUid;
    JobId job;
    CommitmentState state = CommitmentState::Prepared;
    WallTime askedAt;
    WallTime dueAt;
};

/// What somebody wants to know of us.
struct CommitmentRequestRow
{
    qint64 id = 0;
    QByteArray transactionUid;
    QByteArray callingAeTitle;
    QByteArray calledAeTitle;
    QString peerAddress; ///< without port
    WallTime askedAt;
    WallTime nextAt;
    int tries = 0; ///< reports that did not get through
    QList<std::pair<SopClassUid, SopInstanceUid>> instances;
};

} // namespace radpost::store
