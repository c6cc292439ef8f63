#include "core/base/Error.h"

#include <utility>

namespace radpost {

QStringView errorName(ErrorCode code)
{
    switch (code) {
#define RADPOST_NAME(name)                                                                                             \
    case ErrorCode::name:                                                                                              \
        return u"" #name
        RADPOST_NAME(Internal);
        RADPOST_NAME(InvalidArgument);
        RADPOST_NAME(Cancelled);
        RADPOST_NAME(Unsupported);
        RADPOST_NAME(FileNotFound);
        RADPOST_NAME(FileUnreadable);
        RADPOST_NAME(FileChanged);
        RADPOST_NAME(FileWriteFailed);
        RADPOST_NAME(FileEmpty);
        RADPOST_NAME(NotDicom);
        RADPOST_NAME(DicomTruncated);
        RADPOST_NAME(DicomMalformed);
        RADPOST_NAME(DicomMissingUid);
        RADPOST_NAME(DicomUnsupportedSyntax);
        RADPOST_NAME(DecodeFailed);
        RADPOST_NAME(DuplicateDiffers);
        RADPOST_NAME(AlreadyThere);
        RADPOST_NAME(ArchiveUnreadable);
        RADPOST_NAME(ArchiveUnsafe);
        RADPOST_NAME(ArchiveTooLarge);
        RADPOST_NAME(ArchiveEncrypted);
        RADPOST_NAME(DicomdirBroken);
        RADPOST_NAME(DicomdirIndex);
        RADPOST_NAME(HostNotFound);
        RADPOST_NAME(ConnectRefused);
        RADPOST_NAME(ConnectTimeout);
        RADPOST_NAME(NetworkUnreachable);
        RADPOST_NAME(ConnectionLost);
        RADPOST_NAME(SendStalled);
        RADPOST_NAME(ResponseTimeout);
        RADPOST_NAME(ReleaseTimeout);
        RADPOST_NAME(AssociationTimeout);
        RADPOST_NAME(AssociationRejected);
        RADPOST_NAME(CalledAeNotRecognised);
        RADPOST_NAME(CallingAeNotRecognised);
        RADPOST_NAME(PeerBusy);
        RADPOST_NAME(PeerAborted);
        RADPOST_NAME(ProtocolError);
        RADPOST_NAME(NoAcceptedContext);
        RADPOST_NAME(TransferSyntaxRefused);
        RADPOST_NAME(SopClassRefused);
        RADPOST_NAME(StatusFailed);
        RADPOST_NAME(StatusRefused);
        RADPOST_NAME(StatusNotAuthorised);
        RADPOST_NAME(AddressInUse);
        RADPOST_NAME(ListenNotPermitted);
        RADPOST_NAME(QueryFailed);
        RADPOST_NAME(MoveDestinationUnknown);
        RADPOST_NAME(ServiceNotOffered);
        RADPOST_NAME(CommitmentRefused);
        RADPOST_NAME(CommitmentTimeout);
        RADPOST_NAME(ProofMissing);
        RADPOST_NAME(TlsHandshakeFailed);
        RADPOST_NAME(TlsTimeout);
        RADPOST_NAME(TlsPeerNotTls);
        RADPOST_NAME(TlsCertificateExpired);
        RADPOST_NAME(TlsCertificateNotYetValid);
        RADPOST_NAME(TlsHostMismatch);
        RADPOST_NAME(TlsSelfSigned);
        RADPOST_NAME(TlsUntrusted);
        RADPOST_NAME(TlsClientCertificateRequired);
        RADPOST_NAME(TlsNoCommonProtocol);
        RADPOST_NAME(TlsConfiguration);
        RADPOST_NAME(DiskFull);
        RADPOST_NAME(LedgerUnreadable);
        RADPOST_NAME(LedgerLocked);
        RADPOST_NAME(LedgerNewer);
        RADPOST_NAME(LedgerCorrupt);
        RADPOST_NAME(LedgerFailed);
        RADPOST_NAME(LedgerOwnerSilent);
        RADPOST_NAME(LedgerOwnerBusy);
        RADPOST_NAME(JobNotFound);
        RADPOST_NAME(ConfigUnreadable);
        RADPOST_NAME(ConfigSyntax);
        RADPOST_NAME(ConfigValue);
        RADPOST_NAME(DestinationNotFound);
        RADPOST_NAME(DestinationDuplicate);
        RADPOST_NAME(DestinationInUse);
        RADPOST_NAME(RulesChanged);
        RADPOST_NAME(CulpritInstance);
#undef RADPOST_NAME
    }
    return u"Unknown";
}

Retry defaultRetry(ErrorCode code)
{
    switch (code) {
    case ErrorCode::HostNotFound:
    case ErrorCode::ConnectRefused:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::NetworkUnreachable:
    case ErrorCode::ConnectionLost:
    case ErrorCode::SendStalled:
    case ErrorCode::ResponseTimeout:
    case ErrorCode::ReleaseTimeout:
    case ErrorCode::AssociationTimeout:
    case ErrorCode::PeerBusy:
    case ErrorCode::PeerAborted:
    case ErrorCode::ProtocolError:
    case ErrorCode::StatusRefused:
    case ErrorCode::CommitmentRefused:
    case ErrorCode::CommitmentTimeout:
    case ErrorCode::TlsTimeout:
    case ErrorCode::DiskFull:
    case ErrorCode::LedgerFailed:
        return Retry::Later;
    case ErrorCode::AssociationRejected:
    case ErrorCode::CalledAeNotRecognised:
    case ErrorCode::CallingAeNotRecognised:
    case ErrorCode::StatusNotAuthorised:
    case ErrorCode::AddressInUse:
    case ErrorCode::ListenNotPermitted:
    case ErrorCode::MoveDestinationUnknown:
    case ErrorCode::ServiceNotOffered:
    case ErrorCode::TlsHandshakeFailed:
    case ErrorCode::TlsPeerNotTls:
    case ErrorCode::TlsCertificateExpired:
    case ErrorCode::TlsCertificateNotYetValid:
    case ErrorCode::TlsHostMismatch:
    case ErrorCode::TlsSelfSigned:
    case ErrorCode::TlsUntrusted:
    case ErrorCode::TlsClientCertificateRequired:
    case ErrorCode::TlsNoCommonProtocol:
    case ErrorCode::TlsConfiguration:
    case ErrorCode::LedgerLocked:
    case ErrorCode::LedgerOwnerSilent:
    case ErrorCode::LedgerOwnerBusy:
    case ErrorCode::ConfigUnreadable:
    case ErrorCode::ConfigSyntax:
    case ErrorCode::ConfigValue:
        return Retry::AfterOperator;
    default:
        return Retry::Never;
    }
}

Error makeError(ErrorCode code, QString detail)
{
    return Error{code, defaultRetry(code), std::move(detail), std::nullopt};
}

} // namespace radpost
