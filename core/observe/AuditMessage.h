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

/// No text of a message is longer, in UTF-16 units: identifiers and names of DICOM have 64 characters.
inline constexpr qsizetype kLongestAuditText = 256;
/// Of one that is longer, the beginning and an ellipsis, together kLongestAuditText at most; never half a character.
[[nodiscard]] QString boundedAuditText(const QString& text);

/// @p message as XML in UTF-8, on one line. Characters that XML has no place for become U+FFFD. Texts are bounded (see
/// kLongestAuditText), and values of details cut off at four times as many bytes; queries are not.
[[nodiscard]] QByteArray toXml(const AuditMessage& message);

} // namespace radpost::observe
