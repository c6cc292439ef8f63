#pragma once

#include "core/observe/AuditMessage.h"

// The messages of PS3.15 A.5.3 that a store-and-forward node has to write. Time and source are filled in by who keeps
// them (engine::AuditTrail).
namespace radpost::observe::audit {

/// One side of a DICOM conversation.
struct Node
{
    QString aeTitle;
    QString address; ///< IP address or host name, without port; empty: not known
};

/// Us: the process that runs.
struct Application
{
    QString processId;
    QString aeTitle;
    QString hostName;
    QString launcher; ///< who started it; empty: not known
};

/// Of one patient: studies and how many instances of which SOP class.
struct Study
{
    QString studyInstanceUid;
    QString accessionNumber;
    QList<AuditSopClass> sopClasses;
};
struct Patient
{
    QString id;
    QString name;
    QList<Study> studies;
};

/// Which way instances go, and who asked for it.
struct Transfer
{
    Node source;
    Node destination;
    bool sourceIsRequestor = true; ///< false: a retrieval
    bool weAreDestination = true;
    Patient patient;
};

enum class Alert {
    NodeAuthentication,      ///< a peer could not show who it is, or is not one that may come
    UseOfRestrictedFunction, ///< it asked for what it may not have
    SecurityConfiguration,   ///< peers, TLS or access were changed
    AuditRecordingStarted,
    AuditRecordingStopped,
};

/// PS3.15 A.5.3.1.
[[nodiscard]] AuditMessage applicationStarted(const Application& application);
[[nodiscard]] AuditMessage applicationStopped(const Application& application);

/// PS3.15 A.5.3.3. One patient a message.
[[nodiscard]] AuditMessage beginTransferring(const Transfer& transfer);

/// PS3.15 A.5.3.7. A failure names what was not transferred in @p problem.
[[nodiscard]] AuditMessage instancesTransferred(
    const Transfer& transfer, AuditOutcome outcome = AuditOutcome::Success, const QString& problem = {});

/// Of a longer identifier a message holds the beginning: so it fits into a datagram, which takes 65 507 bytes.
inline constexpr qsizetype kLongestAuditQuery = 32 * 1024;

/// PS3.15 A.5.3.10. @p identifier is the data set of the request as it came. One above kLongestAuditQuery is cut there,
/// and a detail "QueryCut" says so: "32768 of 790000 bytes".
struct Query
{
    Node source;      ///< who asks
    Node destination; ///< who answers
    QByteArray sopClassUid;
    QByteArray transferSyntaxUid;
    QByteArray identifier;
};
[[nodiscard]] AuditMessage queried(
    const Query& query, AuditOutcome outcome = AuditOutcome::Success, const QString& problem = {});

/// PS3.15 A.5.3.11. @p subject is the peer in question; without an AE title and an address there is none. @p outcome:
/// Success informs; a minor failure says that the attempt was stopped.
[[nodiscard]] AuditMessage securityAlert(
    Alert alert, const Application& reporter, const Node& subject, AuditOutcome outcome, const QString& description);

} // namespace radpost::observe::audit
