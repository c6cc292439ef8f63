#include "core/observe/AuditEvents.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::observe::audit {

namespace {

AuditCode dcm(const QString& code, const QString& meaning)
{
    return {code, u"DCM"_s, meaning};
}

// PS3.16 CID 400, 401, 402 and 404.
const AuditCode kApplicationActivity = dcm(u"110100"_s, u"Application Activity"_s);
const AuditCode kBeginTransferring = dcm(u"110102"_s, u"Begin Transferring DICOM Instances"_s);
const AuditCode kTransferred = dcm(u"110104"_s, u"DICOM Instances Transferred"_s);
const AuditCode kQuery = dcm(u"110112"_s, u"Query"_s);
const AuditCode kSecurityAlert = dcm(u"110113"_s, u"Security Alert"_s);
const AuditCode kApplicationStart = dcm(u"110120"_s, u"Application Start"_s);
const AuditCode kApplicationStop = dcm(u"110121"_s, u"Application Stop"_s);
const AuditCode kApplication = dcm(u"110150"_s, u"Application"_s);
const AuditCode kLauncher = dcm(u"110151"_s, u"Application Launcher"_s);
const AuditCode kDestinationRole = dcm(u"110152"_s, u"Destination Role ID"_s);
const AuditCode kSourceRole = dcm(u"110153"_s, u"Source Role ID"_s);
const AuditCode kStudyUid = dcm(u"110180"_s, u"Study Instance UID"_s);
const AuditCode kSopClassUid = dcm(u"110181"_s, u"SOP Class UID"_s);
const AuditCode kNodeId = dcm(u"110182"_s, u"Node ID"_s);
const AuditCode kPatientNumber{u"2"_s, u"RFC-3881"_s, u"Patient Number"_s};

constexpr int kPerson = 1;
constexpr int kSystemObject = 2;
constexpr int kRolePatient = 1;
constexpr int kRoleReport = 3;
constexpr int kRoleSecurityResource = 13;

AuditCode alertCode(Alert alert)
{
    switch (alert) {
    case Alert::NodeAuthentication:
        break;
    case Alert::UseOfRestrictedFunction:
        return dcm(u"110132"_s, u"Use of Restricted Function"_s);
    case Alert::SecurityConfiguration:
        return dcm(u"110129"_s, u"Security Configuration"_s);
    case Alert::AuditRecordingStopped:
        return dcm(u"110133"_s, u"Audit Recording Stopped"_s);
    case Alert::AuditRecordingStarted:
        return dcm(u"110134"_s, u"Audit Recording Started"_s);
    }
    return dcm(u"110126"_s, u"Node Authentication"_s);
}

AuditAccessPoint accessPointOf(const QString& address)
{
    const bool isIpv4 = std::all_of(address.begin(), address.end(), [](QChar c) { return c.isDigit() || c == u'.'; });
    return isIpv4 || address.contains(u':') ? AuditAccessPoint::IpAddress : AuditAccessPoint::MachineName;
}

AuditParticipant participantOf(const Node& node, const AuditCode& role, bool isRequestor)
{
    AuditParticipant participant;
    participant.userId = node.aeTitle;
    participant.alternativeUserId = u"AETITLES="_s + node.aeTitle;
    participant.isRequestor = isRequestor;
    participant.roles = {role};
    participant.networkAddress = node.address;
    participant.networkAddressType = accessPointOf(node.address);
    return participant;
}

AuditParticipant participantOf(const Application& application, bool isRequestor, const QList<AuditCode>& roles)
{
    AuditParticipant participant;
    participant.userId = application.processId;
    if (!application.aeTitle.isEmpty()) {
        participant.alternativeUserId = u"AETITLES="_s + application.aeTitle;
    }
    participant.isRequestor = isRequestor;
    participant.roles = roles;
    participant.networkAddress = application.hostName;
    participant.networkAddressType = AuditAccessPoint::MachineName;
    return participant;
}

AuditMessage activity(const Application& application, const AuditCode& type)
{
    AuditMessage message;
    message.eventId = kApplicationActivity;
    message.eventTypes = {type};
    message.participants = {participantOf(application, false, {kApplication})};
    if (!application.launcher.isEmpty()) {
        AuditParticipant launcher;
        launcher.userId = application.launcher;
        launcher.isRequestor = true;
        launcher.roles = {kLauncher};
        message.participants.append(launcher);
    }
    return message;
}

AuditObject objectOf(const Study& study)
{
    AuditObject object;
    object.id = study.studyInstanceUid;
    object.idType = kStudyUid;
    object.typeCode = kSystemObject;
    object.roleCode = kRoleReport;
    object.sopClasses = study.sopClasses;
    if (!study.accessionNumber.isEmpty()) {
        object.accessionNumbers = {study.accessionNumber};
    }
    return object;
}

AuditObject objectOf(const Patient& patient)
{
    AuditObject object;
    object.id = patient.id;
    object.idType = kPatientNumber;
    object.typeCode = kPerson;
    object.roleCode = kRolePatient;
    object.name = patient.name;
    return object;
}

AuditMessage transferMessage(const Transfer& transfer, const AuditCode& event)
{
    AuditMessage message;
    message.eventId = event;
    message.participants = {participantOf(transfer.source, kSourceRole, transfer.sourceIsRequestor),
        participantOf(transfer.destination, kDestinationRole, !transfer.sourceIsRequestor)};
    for (const auto& study : transfer.patient.studies) {
        message.objects.append(objectOf(study));
    }
    message.objects.append(objectOf(transfer.patient));
    return message;
}

} // namespace

AuditMessage applicationStarted(const Application& application)
{
    return activity(application, kApplicationStart);
}

AuditMessage applicationStopped(const Application& application)
{
    return activity(application, kApplicationStop);
}

AuditMessage beginTransferring(const Transfer& transfer)
{
    auto message = transferMessage(transfer, kBeginTransferring);
    message.action = AuditAction::Execute;
    return message;
}

// "C" for a receiver that did not hold the instances; who is not the receiver cannot know and says "R".
AuditMessage instancesTransferred(const Transfer& transfer, AuditOutcome outcome, const QString& problem)
{
    auto message = transferMessage(transfer, kTransferred);
    message.action = transfer.weAreDestination ? AuditAction::Create : AuditAction::Read;
    message.outcome = outcome;
    message.outcomeDescription = problem;
    return message;
}

AuditMessage queried(const Query& query, AuditOutcome outcome, const QString& problem)
{
    AuditMessage message;
    message.eventId = kQuery;
    message.outcome = outcome;
    message.outcomeDescription = problem;
    message.participants = {
        participantOf(query.source, kSourceRole, true), participantOf(query.destination, kDestinationRole, false)};
    AuditObject object;
    object.id = QString::fromLatin1(query.sopClassUid);
    object.idType = kSopClassUid;
    object.roleCode = kRoleReport;
    object.query = query.identifier.left(kLongestAuditQuery);
    object.details = {{u"TransferSyntax"_s, query.transferSyntaxUid}};
    if (query.identifier.size() > kLongestAuditQuery) {
        const QString sizes = u"%1 of %2 bytes"_s.arg(kLongestAuditQuery).arg(query.identifier.size());
        object.details.append({u"QueryCut"_s, sizes.toLatin1()});
    }
    message.objects = {object};
    return message;
}

AuditMessage securityAlert(
    Alert alert, const Application& reporter, const Node& subject, AuditOutcome outcome, const QString& description)
{
    AuditMessage message;
    message.eventId = kSecurityAlert;
    message.eventTypes = {alertCode(alert)};
    message.outcome = outcome;
    message.outcomeDescription = description;
    message.participants = {participantOf(reporter, true, {kApplication})};
    if (subject.aeTitle.isEmpty() && subject.address.isEmpty()) {
        return message;
    }
    AuditParticipant performer;
    performer.userId = subject.aeTitle.isEmpty() ? subject.address : subject.aeTitle;
    performer.networkAddress = subject.address;
    performer.networkAddressType = accessPointOf(subject.address);
    message.participants.append(performer);
    AuditObject object;
    object.id = subject.address.isEmpty() ? subject.aeTitle : subject.address;
    object.idType = kNodeId;
    object.roleCode = kRoleSecurityResource;
    object.name = subject.aeTitle;
    object.details = {{u"Alert Description"_s, description.toUtf8()}};
    message.objects = {object};
    return message;
}

} // namespace radpost::observe::audit
