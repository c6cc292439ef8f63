#pragma once

#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/net/bytes.h"
#include "core/net/pdu.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace radpost::net {

/// Storage Commitment Push Model (PS3.4 Annex J): the class, and its one well-known instance.
inline constexpr QByteArrayView kStorageCommitmentClass = "1.2.840.10008.1.20.1";
inline constexpr QByteArrayView kStorageCommitmentInstance = "1.2.840.10008.1.20.1.1";

inline constexpr quint16 kRequestStorageCommitment = 1; ///< Action Type ID (PS3.4 Table J.3-1)
inline constexpr quint16 kCommitmentSuccess = 1;        ///< Event Type IDs (PS3.4 Table J.3-3)
inline constexpr quint16 kCommitmentFailures = 2;

/// Failure Reason (0008,1197) as PS3.3 C.14.1.1 lists it.
inline constexpr quint16 kReasonProcessingFailure = 0x0110;
inline constexpr quint16 kReasonNoSuchObjectInstance = 0x0112;
inline constexpr quint16 kReasonClassInstanceConflict = 0x0119;
inline constexpr quint16 kReasonSopClassNotSupported = 0x0122;
inline constexpr quint16 kReasonDuplicateTransaction = 0x0131;
inline constexpr quint16 kReasonResourceLimitation = 0x0213;

/// Bounds of what a peer may send in one message: 60 000 instances fit into one report. How many a request may name is
/// for its handler to say.
inline constexpr qsizetype kMaxCommitmentBytes = 16 << 20;
inline constexpr int kMostCommitmentAttributes = 200'000;

struct SopReference
{
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    friend bool operator==(const SopReference&, const SopReference&) = default;
};

struct FailedReference
{
    SopReference reference;
    quint16 reason = kReasonProcessingFailure;
    friend bool operator==(const FailedReference&, const FailedReference&) = default;
};

/// Action Information (PS3.4 Table J.3-2).
struct CommitmentRequest
{
    QByteArray transactionUid;
    std::vector<SopReference> references;
    friend bool operator==(const CommitmentRequest&, const CommitmentRequest&) = default;
};

/// Event Information (PS3.4 Table J.3-4).
struct CommitmentReport
{
    QByteArray transactionUid;
    std::vector<SopReference> committed;
    std::vector<FailedReference> failed;

    [[nodiscard]] quint16 eventTypeId() const { return failed.empty() ? kCommitmentSuccess : kCommitmentFailures; }
    friend bool operator==(const CommitmentReport&, const CommitmentReport&) = default;
};

/// Pure functions; any thread. Errors of encoding: InvalidArgument (no UID). Errors of decoding: DicomTruncated,
/// DicomMalformed (also: beyond the bounds above, no valid Transaction UID, an item without its UIDs, no item at all),
/// DicomUnsupportedSyntax.
[[nodiscard]] Result<QByteArray> encodeCommitment(const CommitmentRequest& request, const TransferSyntaxUid& syntax);
[[nodiscard]] Result<QByteArray> encodeCommitment(const CommitmentReport& report, const TransferSyntaxUid& syntax);
[[nodiscard]] Result<CommitmentRequest> decodeCommitmentRequest(ConstBytes bytes, const TransferSyntaxUid& syntax);
[[nodiscard]] Result<CommitmentReport> decodeCommitmentReport(ConstBytes bytes, const TransferSyntaxUid& syntax);

/// The one presentation context of the service.
[[nodiscard]] ProposedContext commitmentContext(quint8 id);
/// PS3.4 J.2.1: who asks is SCU on its own association; who reports on an association of its own is SCP there.
[[nodiscard]] RoleSelection askingRole();
[[nodiscard]] RoleSelection reportingRole();

} // namespace radpost::net
