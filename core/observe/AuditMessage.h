#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace radpost::observe {

/// A coded value of the schema: csd-code, codeSystemName, originalText.
struct AuditCode
{
    QString code;
    QString system; ///< "DCM", "RFC-3881"
    QString meaning;
    friend bool operator==(const AuditCode&, const AuditCode&) = default;
};

/// EventActionCode.
enum class AuditAction { Create, Read, Update, Delete, Execute };

/// EventOutcomeIndicator, with the Standard's numbers.
enum class AuditOutcome { Success = 0, MinorFailure = 4, SeriousFailure = 8, MajorFailure = 12 };

/// NetworkAccessPointTypeCode.
enum class AuditAccessPoint { MachineName = 1, IpAddress = 2 };

struct AuditParticipant
{
    QString userId; ///< process id, AE title, or address
    QString alternativeUserId{};
    QString userName{};
    bool isRequestor = false;
    QList<AuditCode> roles{};
    QString networkAddress{}; ///< empty: not known
    AuditAccessPoint networkAddressType = AuditAccessPoint::IpAddress;
};

/// Instances of one SOP class in a ParticipantObjectDescription.
struct AuditSopClass
{
    QByteArray uid; ///< empty: not known
    qint64 instances = 0;
};

struct AuditDetail
{
    QString type;
    QByteArray value; ///< base64 in the message
};

struct AuditObject
{
    QString id; ///< ParticipantObjectID
    AuditCode idType;
    int typeCode = 2; ///< 1 person, 2 system object
    int roleCode = 3; ///< ParticipantObjectTypeCodeRole
    QString name{};
    std::optional<QByteArray> query{}; ///< in the place of the name
    QList<AuditDetail> details{};
    QList<QString> accessionNumbers{};
    QList<AuditSopClass> sopClasses{};
};

/// One audit message. Source: PS3.15 A.5.1, A.5.2 (2024b).
struct AuditMessage
{
    AuditCode eventId;
    QList<AuditCode> eventTypes{};
    AuditAction action = AuditAction::Execute;
    Clock::WallTime time{};
    AuditOutcome outcome = AuditOutcome::Success;
    QString outcomeDescription{};
    QList<AuditParticipant> participants{}; ///< at least one
    QString sourceId;
    QString enterpriseSiteId{};
    QList<AuditObject> objects{};
};

/// @p message as XML in UTF-8, on one line. Characters that XML has no place for become U+FFFD.
[[nodiscard]] QByteArray toXml(const AuditMessage& message);

} // namespace radpost::observe
