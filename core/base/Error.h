#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>
#include <optional>

namespace radpost {

/// What went wrong. The numbers are stable: they are stored in ledgers, receipts and support bundles, so a value is
/// never given a second meaning and never reused.
enum class ErrorCode : int {
    // below 100: the caller and the process
    Internal = 1,
    InvalidArgument = 2,
    Cancelled = 3,
    Unsupported = 4,

    // 1xx: files and data sets
    FileNotFound = 100,
    FileUnreadable = 101,
    FileChanged = 102,
    FileWriteFailed = 103,
    FileEmpty = 104,
    NotDicom = 110,
    DicomTruncated = 111,
    DicomMalformed = 112,
    DicomMissingUid = 113,
    DicomUnsupportedSyntax = 114,
    DecodeFailed = 115,
    DuplicateDiffers = 116,
    AlreadyThere = 117, ///< the destination had it: not sent, no fault
    ArchiveUnreadable = 120,
    ArchiveUnsafe = 121,
    ArchiveTooLarge = 122,
    ArchiveEncrypted = 123,
    DicomdirBroken = 125,
    DicomdirIndex = 126, ///< a DICOMDIR is an index of other files, not an instance: skipped, but no fault

    // 2xx: reaching and talking to a peer
    HostNotFound = 200,
    ConnectRefused = 201,
    ConnectTimeout = 202,
    NetworkUnreachable = 203,
    ConnectionLost = 204,
    SendStalled = 205,
    ResponseTimeout = 206,
    ReleaseTimeout = 207,
    AssociationTimeout = 210,
    AssociationRejected = 211,
    CalledAeNotRecognised = 212,
    CallingAeNotRecognised = 213,
    PeerBusy = 214,
    PeerAborted = 215,
    ProtocolError = 216,
    NoAcceptedContext = 220,
    TransferSyntaxRefused = 221,
    SopClassRefused = 222,
    StatusFailed = 230,
    StatusRefused = 231,
    StatusNotAuthorised = 232,
    AddressInUse = 240,
    ListenNotPermitted = 241,
    QueryFailed = 250,            ///< C-FIND, C-MOVE or C-GET ended with a failure; the status says which
    MoveDestinationUnknown = 251, ///< A801
    ServiceNotOffered = 252,      ///< no presentation context for what was asked
    CommitmentRefused = 260,      ///< N-ACTION of storage commitment ended with a failure; the status says which
    CommitmentTimeout = 261,      ///< no report of storage commitment came in time
    ProofMissing = 262,           ///< the destination says that it does not hold the instance

    // 3xx: TLS
    TlsHandshakeFailed = 300,
    TlsTimeout = 301,
    TlsPeerNotTls = 302,
    TlsCertificateExpired = 303,
    TlsCertificateNotYetValid = 304,
    TlsHostMismatch = 305,
    TlsSelfSigned = 306,
    TlsUntrusted = 307,
    TlsClientCertificateRequired = 308,
    TlsNoCommonProtocol = 309,
    TlsConfiguration = 310,

    // 4xx: ledger and disk
    DiskFull = 400,
    LedgerUnreadable = 401,
    LedgerLocked = 402,
    LedgerNewer = 403,
    LedgerCorrupt = 404,
    LedgerFailed = 405,
    LedgerOwnerSilent = 406, ///< the process that has the ledger open did not take a request: nothing was done
    LedgerOwnerBusy = 407,   ///< it took it, and has not answered yet
    JobNotFound = 410,

    // 5xx: configuration
    ConfigUnreadable = 500,
    ConfigSyntax = 501,
    ConfigValue = 502,
    DestinationNotFound = 503,
    DestinationDuplicate = 504,
    DestinationInUse = 505,
    RulesChanged = 506, ///< since they were looked at: somebody else edited them

    // 6xx: the dispatcher's own verdicts
    CulpritInstance = 600, ///< the session broke each time this instance was sent, alone too
};

/// When trying again makes sense.
enum class Retry {
    Never,         ///< the same call fails the same way: the data or the request is at fault
    Later,         ///< the cause may pass by itself: network, busy peer, full disk
    AfterOperator, ///< somebody must change a setting, a certificate or a permission first
};

/// An error as a value. @c detail is for logs and support: English, no patient data. Text for people is made from
/// @c code in app/ and ui/.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    Retry retry = Retry::Never;
    QString detail;
    std::optional<quint16> dimseStatus;

    friend bool operator==(const Error&, const Error&) = default;
};

/// The enumerator's name, for logs, JSON and receipts. Any thread.
QStringView errorName(ErrorCode code);

/// The retry class a code has unless the place that made the error knows better. Any thread.
Retry defaultRetry(ErrorCode code);

/// An error with the default retry class of its code.
Error makeError(ErrorCode code, QString detail = {});

} // namespace radpost
