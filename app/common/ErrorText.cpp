#include "app/common/ErrorText.h"

#include <algorithm>
#include <array>

namespace radpost::app {

namespace {

enum class NotDone { Nothing, ThisFile, ThisArchive, ThisInstance, Rest, Received, Changed };

struct Row
{
    ErrorCode code;
    NotDone notDone;
    const char* happened;
    const char* next;
};

// One entry is one sentence for people; %1 is not used, so that the same text serves a line, a table and a dialog.
constexpr std::array kRows{
    Row{ErrorCode::Internal, NotDone::Rest, QT_TRANSLATE_NOOP("ErrorText", "Radpost met a fault of its own."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again. If it happens again, give the log to support.")},
    Row{ErrorCode::InvalidArgument, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "What was entered cannot be used."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the values that were entered.")},
    Row{ErrorCode::Cancelled, NotDone::Rest, QT_TRANSLATE_NOOP("ErrorText", "It was cancelled."),
        QT_TRANSLATE_NOOP("ErrorText", "Start it again when it is wanted.")},
    Row{ErrorCode::Unsupported, NotDone::Changed, QT_TRANSLATE_NOOP("ErrorText", "Radpost cannot do this here."),
        QT_TRANSLATE_NOOP("ErrorText", "The detail below says what is not supported.")},

    Row{ErrorCode::FileNotFound, NotDone::ThisFile, QT_TRANSLATE_NOOP("ErrorText", "The file or folder is not there."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the path, and whether the disk or network share is connected.")},
    Row{ErrorCode::FileUnreadable, NotDone::ThisFile, QT_TRANSLATE_NOOP("ErrorText", "The file cannot be read."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the permissions of the file and the state of the disk.")},
    Row{ErrorCode::FileChanged, NotDone::ThisFile,
        QT_TRANSLATE_NOOP("ErrorText", "The file changed, moved or went away after it was scanned."),
        QT_TRANSLATE_NOOP("ErrorText", "Wait until nothing writes to the folder any more, then send it again.")},
    Row{ErrorCode::FileWriteFailed, NotDone::Nothing, QT_TRANSLATE_NOOP("ErrorText", "A file could not be written."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the free space and the permissions of the folder.")},
    Row{ErrorCode::FileEmpty, NotDone::ThisFile, QT_TRANSLATE_NOOP("ErrorText", "The file is empty."),
        QT_TRANSLATE_NOOP("ErrorText", "Copy or export it again from where it came.")},
    Row{ErrorCode::NotDicom, NotDone::ThisFile, QT_TRANSLATE_NOOP("ErrorText", "The file is not DICOM."),
        QT_TRANSLATE_NOOP("ErrorText", "If it should be an image, export it again as DICOM; otherwise ignore it.")},
    Row{ErrorCode::DicomTruncated, NotDone::ThisFile,
        QT_TRANSLATE_NOOP("ErrorText", "The file ends too early: a part of it is missing."),
        QT_TRANSLATE_NOOP("ErrorText", "Copy or export it again from where it came.")},
    Row{ErrorCode::DicomMalformed, NotDone::ThisFile, QT_TRANSLATE_NOOP("ErrorText", "The DICOM file is damaged."),
        QT_TRANSLATE_NOOP("ErrorText", "Copy or export it again from where it came.")},
    Row{ErrorCode::DicomMissingUid, NotDone::ThisFile,
        QT_TRANSLATE_NOOP("ErrorText", "The file lacks an identifier (UID) that every instance must have."),
        QT_TRANSLATE_NOOP("ErrorText", "Export it again; if it stays so, ask the vendor of the device that made it.")},
    Row{ErrorCode::DicomUnsupportedSyntax, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText",
            "The destination does not take this instance's transfer syntax, and Radpost cannot convert it."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Ask the PACS administrator to allow this transfer syntax, or export the images uncompressed.")},
    Row{ErrorCode::DecodeFailed, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText", "The compressed image could not be decompressed; it may be damaged."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Export it again, or ask the PACS administrator to allow its own transfer syntax.")},
    Row{ErrorCode::DuplicateDiffers, NotDone::Nothing,
        QT_TRANSLATE_NOOP(
            "ErrorText", "Two files have the same SOP Instance UID but different content; only the first was sent."),
        QT_TRANSLATE_NOOP("ErrorText", "Find out which of the two is right, and send that one alone.")},
    Row{ErrorCode::AlreadyThere, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "The destination has the instance already; it was not sent again."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done.")},
    Row{ErrorCode::ArchiveUnreadable, NotDone::ThisArchive,
        QT_TRANSLATE_NOOP("ErrorText", "The archive is damaged or of an unknown kind."),
        QT_TRANSLATE_NOOP("ErrorText", "Copy it again, or unpack it yourself and send the folder.")},
    Row{ErrorCode::ArchiveUnsafe, NotDone::ThisFile,
        QT_TRANSLATE_NOOP("ErrorText", "The archive holds an entry that would be written outside its own folder."),
        QT_TRANSLATE_NOOP("ErrorText", "Find out where the archive comes from before you unpack it.")},
    Row{ErrorCode::ArchiveTooLarge, NotDone::ThisArchive,
        QT_TRANSLATE_NOOP("ErrorText", "The archive would unpack to far more than is allowed."),
        QT_TRANSLATE_NOOP("ErrorText", "If it is genuine, unpack it yourself and send the folder.")},
    Row{ErrorCode::ArchiveEncrypted, NotDone::ThisArchive,
        QT_TRANSLATE_NOOP("ErrorText", "The archive is protected by a password."),
        QT_TRANSLATE_NOOP("ErrorText", "Unpack it with its password and send the folder.")},
    Row{ErrorCode::DicomdirBroken, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "The DICOMDIR is damaged or names files that are not there."),
        QT_TRANSLATE_NOOP("ErrorText", "Send the folder instead: then every file in it is looked at.")},
    Row{ErrorCode::DicomdirIndex, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "A DICOMDIR is a table of contents, not an image; it is not sent."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done: the files that it lists are sent.")},

    Row{ErrorCode::HostNotFound, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The name of the destination's computer was not found."),
        QT_TRANSLATE_NOOP("ErrorText", "Check how the host name is written, or enter the IP address.")},
    Row{ErrorCode::ConnectRefused, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination's computer answers, but nothing listens at this port."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Check the port, and ask the PACS administrator whether the DICOM service is running.")},
    Row{ErrorCode::ConnectTimeout, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination's computer does not answer."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Check the address; then ask whether the computer is on and whether a firewall is in the way.")},
    Row{ErrorCode::NetworkUnreachable, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "There is no network path to the destination."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the network cable, the wireless network or the VPN of this computer.")},
    Row{ErrorCode::ConnectionLost, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The connection to the destination broke."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Radpost tries again by itself. If it happens often, have the network looked at.")},
    Row{ErrorCode::SendStalled, NotDone::Rest, QT_TRANSLATE_NOOP("ErrorText", "The destination stopped taking data."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Radpost tries again by itself. If it happens often, ask the PACS administrator to look at the load.")},
    Row{ErrorCode::ResponseTimeout, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination did not answer in time."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Radpost tries again by itself. For slow systems, raise timeouts.response of the destination.")},
    Row{ErrorCode::ReleaseTimeout, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "The destination did not end the association in good order."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done: what it confirmed is stored.")},
    Row{ErrorCode::AssociationTimeout, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "Something listens at this port, but it does not answer like a DICOM service."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the port, and whether the destination wants TLS.")},
    Row{ErrorCode::AssociationRejected, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination refused the association."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to look at its log, and give the detail below.")},
    Row{ErrorCode::CalledAeNotRecognised, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not know the AE title by which it was called."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Check the destination's AE title, capital letters included, or ask the PACS administrator for it.")},
    Row{ErrorCode::CallingAeNotRecognised, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not know our AE title."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Ask the PACS administrator to enter our AE title and the address of this computer.")},
    Row{ErrorCode::PeerBusy, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination is too busy for another association."),
        QT_TRANSLATE_NOOP("ErrorText", "Radpost tries again by itself, with fewer associations.")},
    Row{ErrorCode::PeerAborted, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination broke off the association."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Radpost tries again by itself. If it stays so, ask the PACS administrator to look at its log.")},
    Row{ErrorCode::ProtocolError, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination answered in a way that DICOM does not allow."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Check that the port belongs to a DICOM service; give the detail to its vendor.")},
    Row{ErrorCode::NoAcceptedContext, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText",
            "The destination accepts neither this kind of object (SOP class) nor a transfer syntax for it."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator whether this kind of object may be stored there.")},
    Row{ErrorCode::TransferSyntaxRefused, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not take the transfer syntax of this instance."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Let Radpost decompress it (syntax_policy = \"decompress\", no loss), or ask the PACS administrator to "
            "allow it.")},
    Row{ErrorCode::SopClassRefused, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not store this kind of object (SOP class)."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to allow it, or send it to another destination.")},
    Row{ErrorCode::StatusFailed, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText", "The destination received the instance and did not store it."),
        QT_TRANSLATE_NOOP("ErrorText", "Give the status and the comment below to the PACS administrator.")},
    Row{ErrorCode::StatusRefused, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText", "The destination is out of room or resources."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to look at its storage, then retry what failed.")},
    Row{ErrorCode::StatusNotAuthorised, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not allow us to store."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Ask the PACS administrator to give our AE title, or our user, the right to store.")},
    Row{ErrorCode::AddressInUse, NotDone::Received,
        QT_TRANSLATE_NOOP("ErrorText", "Another program uses this port already."),
        QT_TRANSLATE_NOOP("ErrorText", "Choose another port, or end the other program.")},
    Row{ErrorCode::ListenNotPermitted, NotDone::Received,
        QT_TRANSLATE_NOOP("ErrorText", "The system does not allow Radpost to listen at this port or address."),
        QT_TRANSLATE_NOOP("ErrorText", "Choose a port above 1023 and an address of this computer.")},
    Row{ErrorCode::QueryFailed, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The other system could not do what it was asked."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask for less, or give the status and the comment to its administrator.")},
    Row{ErrorCode::MoveDestinationUnknown, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The other system does not know the AE title that it was to send to."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Ask its administrator to enter the receiver's AE title, address and port, or retrieve by C-GET instead.")},
    Row{ErrorCode::ServiceNotOffered, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The other system does not offer the service that was asked for."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Try the other query model, move instead of get, or another proof of delivery; else ask its administrator "
            "to allow it.")},
    Row{ErrorCode::CommitmentRefused, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "The destination refused to say whether it keeps the instances."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to allow storage commitment for our AE title.")},
    Row{ErrorCode::CommitmentTimeout, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "The destination did not report in time whether it keeps the instance."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Ask the PACS administrator to send reports of storage commitment to our AE title, address and port.")},
    Row{ErrorCode::ProofMissing, NotDone::Nothing,
        QT_TRANSLATE_NOOP("ErrorText", "The destination says that it does not hold the instance."),
        QT_TRANSLATE_NOOP("ErrorText", "Send it again: retry sends what was not proved, too.")},

    Row{ErrorCode::TlsHandshakeFailed, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The encrypted connection (TLS) could not be set up."),
        QT_TRANSLATE_NOOP("ErrorText", "Give the detail below to the PACS administrator.")},
    Row{ErrorCode::TlsTimeout, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination did not finish setting up the encrypted connection (TLS)."),
        QT_TRANSLATE_NOOP("ErrorText", "Check that this port is the one for TLS.")},
    Row{ErrorCode::TlsPeerNotTls, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not speak TLS at this port."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask for the port with TLS, or turn TLS off for this destination.")},
    Row{ErrorCode::TlsCertificateExpired, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "A certificate in the destination's chain has expired."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to renew it; check this computer's date, too.")},
    Row{ErrorCode::TlsCertificateNotYetValid, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "A certificate in the destination's chain is not valid yet."),
        QT_TRANSLATE_NOOP("ErrorText", "Check date and time of this computer and of the destination.")},
    Row{ErrorCode::TlsHostMismatch, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination's certificate was made for another host name."),
        QT_TRANSLATE_NOOP("ErrorText", "Use the name that stands in the certificate, or ask for a new certificate.")},
    Row{ErrorCode::TlsSelfSigned, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination's certificate is self-signed, and nothing here trusts it."),
        QT_TRANSLATE_NOOP("ErrorText", "Get the certificate from the PACS administrator and enter it as tls.ca_file.")},
    Row{ErrorCode::TlsUntrusted, NotDone::Rest,
        QT_TRANSLATE_NOOP(
            "ErrorText", "The destination's certificate comes from an authority that is not trusted here."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Get the authority's certificate from the PACS administrator and enter it as tls.ca_file.")},
    Row{ErrorCode::TlsClientCertificateRequired, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The destination wants a certificate from us and got none that it takes."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Ask the PACS administrator for one; enter it as tls.certificate_file and tls.key_file.")},
    Row{ErrorCode::TlsNoCommonProtocol, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "We and the destination have no TLS version or cipher in common."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Ask for TLS 1.2 or newer at the destination; for older systems try tls.mode = \"bcp195-modified\".")},
    Row{ErrorCode::TlsConfiguration, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "Our own certificate, key or CA file cannot be used."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the files that the destination's tls settings name.")},

    Row{ErrorCode::DiskFull, NotDone::Rest, QT_TRANSLATE_NOOP("ErrorText", "The disk is full."),
        QT_TRANSLATE_NOOP("ErrorText", "Make room; sending goes on by itself.")},
    Row{ErrorCode::LedgerUnreadable, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The ledger of jobs cannot be opened."),
        QT_TRANSLATE_NOOP("ErrorText", "Check that the data folder exists and that you may write to it.")},
    Row{ErrorCode::LedgerLocked, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "Another Radpost uses this ledger and is sending."),
        QT_TRANSLATE_NOOP("ErrorText", "Wait until it ends, or end it. Looking at jobs and receipts works meanwhile.")},
    Row{ErrorCode::LedgerNewer, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The ledger was written by a newer Radpost."),
        QT_TRANSLATE_NOOP("ErrorText", "Use the newer Radpost, or another data folder.")},
    Row{ErrorCode::LedgerCorrupt, NotDone::Changed, QT_TRANSLATE_NOOP("ErrorText", "The ledger is damaged."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Keep the file for support, and put the newest backup copy from the data folder in its place. What a "
            "gateway "
            "has received is entered anew by \"radpost spool rebuild\".")},
    Row{ErrorCode::LedgerFailed, NotDone::Rest,
        QT_TRANSLATE_NOOP("ErrorText", "The ledger could not be read or written."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the disk of the data folder.")},
    Row{ErrorCode::LedgerOwnerSilent, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The Radpost that has this data folder open did not answer."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Ask again. If it stays silent, it hangs or is an older one: end it and start it again.")},
    Row{ErrorCode::LedgerOwnerBusy, NotDone::Nothing,
        QT_TRANSLATE_NOOP(
            "ErrorText", "The Radpost that has this data folder open is at it, and has not said yet what it did."),
        QT_TRANSLATE_NOOP("ErrorText", "Look at the jobs in a while before you ask again.")},
    Row{ErrorCode::JobNotFound, NotDone::Changed, QT_TRANSLATE_NOOP("ErrorText", "There is no job with this number."),
        QT_TRANSLATE_NOOP("ErrorText", "The list of jobs shows the numbers that exist.")},

    Row{ErrorCode::ConfigUnreadable, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The configuration file cannot be read."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the path and the permissions of the file.")},
    Row{ErrorCode::ConfigSyntax, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "The file has a mistake in its form."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Correct it at the line and column that are named. The file was left as it is.")},
    Row{ErrorCode::ConfigValue, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "A setting has a value that is not possible."),
        QT_TRANSLATE_NOOP("ErrorText", "Correct the setting that is named below.")},
    Row{ErrorCode::DestinationNotFound, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "There is no destination with this name."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the name in the list of destinations, or write AET@host:port.")},
    Row{ErrorCode::DestinationDuplicate, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "There is a destination with this name already."),
        QT_TRANSLATE_NOOP("ErrorText", "Choose another name, or remove the old destination first.")},
    Row{ErrorCode::DestinationInUse, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "A rule or a group still sends to this destination."),
        QT_TRANSLATE_NOOP("ErrorText", "Change the rule or the group that is named below first.")},
    Row{ErrorCode::RulesChanged, NotDone::Changed,
        QT_TRANSLATE_NOOP("ErrorText", "Somebody else changed the rules meanwhile."),
        QT_TRANSLATE_NOOP("ErrorText", "Look at the rules as they are now, and make the change again.")},

    Row{ErrorCode::CulpritInstance, NotDone::ThisInstance,
        QT_TRANSLATE_NOOP("ErrorText", "The connection broke each time this instance was sent, even alone."),
        QT_TRANSLATE_NOOP("ErrorText",
            "The destination seems unable to take it: give the file to the PACS administrator or the vendor.")},
};

QString notDoneText(NotDone notDone)
{
    switch (notDone) {
    case NotDone::Nothing:
        return {};
    case NotDone::ThisFile:
        return ErrorText::tr("It was not sent.");
    case NotDone::ThisArchive:
        return ErrorText::tr("Nothing in it was sent.");
    case NotDone::ThisInstance:
        return ErrorText::tr("The destination does not have this instance.");
    case NotDone::Rest:
        return ErrorText::tr("What was not sent yet stays in the job.");
    case NotDone::Received:
        return ErrorText::tr("Nothing can be received.");
    case NotDone::Changed:
        return ErrorText::tr("Nothing was sent or changed.");
    }
    return {};
}

} // namespace

ErrorText errorText(ErrorCode code)
{
    const auto row = std::find_if(kRows.begin(), kRows.end(), [code](const Row& r) { return r.code == code; });
    if (row == kRows.end()) {
        return {};
    }
    return {ErrorText::tr(row->happened), notDoneText(row->notDone), ErrorText::tr(row->next)};
}

ErrorText errorText(const Error& error)
{
    const bool isPeersStatus = error.code == ErrorCode::StatusFailed || error.code == ErrorCode::StatusRefused ||
        error.code == ErrorCode::StatusNotAuthorised || error.code == ErrorCode::SopClassRefused;
    return error.dimseStatus && isPeersStatus ? statusText(*error.dimseStatus) : errorText(error.code);
}

} // namespace radpost::app
