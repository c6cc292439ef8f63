#include "core/observe/AuditMessage.h"

#include <QDateTime>
#include <QTimeZone>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

constexpr int kApplicationServer = 4;                       // AuditSourceTypeCode
constexpr qsizetype kLongestDetail = 4 * kLongestAuditText; // UTF-8

bool isXmlCharacter(QChar c)
{
    return c >= u' ' && c != QChar(0xFFFE) && c != QChar(0xFFFF);
}

/// What a hostile peer calls itself must not break a message, nor its line, nor make it too long to be written.
QString clean(const QString& whole)
{
    const QString text = boundedAuditText(whole);
    QString safe;
    safe.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        const bool isPair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair) {
            safe += c;
            safe += text[++i];
        } else if (c == u'\n' || c == u'\r' || c == u'\t') {
            safe += u' ';
        } else {
            safe += c.isSurrogate() || !isXmlCharacter(c) ? QChar(QChar::ReplacementCharacter) : c;
        }
    }
    return safe;
}

QString actionCode(AuditAction action)
{
    switch (action) {
    case AuditAction::Create:
        return u"C"_s;
    case AuditAction::Read:
        return u"R"_s;
    case AuditAction::Update:
        return u"U"_s;
    case AuditAction::Delete:
        return u"D"_s;
    case AuditAction::Execute:
        break;
    }
    return u"E"_s;
}

class Writer final
{
public:
    explicit Writer(QByteArray& into)
        : m_xml(&into)
    {
    }

    void write(const AuditMessage& message)
    {
        m_xml.writeStartDocument();
        m_xml.writeStartElement(u"AuditMessage"_s);
        writeEvent(message);
        for (const auto& participant : message.participants) {
            writeParticipant(participant);
        }
        writeSource(message);
        for (const auto& object : message.objects) {
            writeObject(object);
        }
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

private:
    void attribute(const QString& name, const QString& value) { m_xml.writeAttribute(name, clean(value)); }
    void optional(const QString& name, const QString& value)
    {
        if (!value.isEmpty()) {
            attribute(name, value);
        }
    }

    void writeCode(const QString& element, const AuditCode& code)
    {
        m_xml.writeEmptyElement(element);
        attribute(u"csd-code"_s, code.code);
        attribute(u"codeSystemName"_s, code.system);
        attribute(u"originalText"_s, code.meaning);
    }

    void writeEvent(const AuditMessage& message)
    {
        const auto time = QDateTime::fromMSecsSinceEpoch(message.time.time_since_epoch().count(), Qt::UTC);
        m_xml.writeStartElement(u"EventIdentification"_s);
        attribute(u"EventActionCode"_s, actionCode(message.action));
        attribute(u"EventDateTime"_s, time.toString(Qt::ISODateWithMs));
        attribute(u"EventOutcomeIndicator"_s, QString::number(static_cast<int>(message.outcome)));
        writeCode(u"EventID"_s, message.eventId);
        for (const auto& type : message.eventTypes) {
            writeCode(u"EventTypeCode"_s, type);
        }
        if (!message.outcomeDescription.isEmpty()) {
            m_xml.writeTextElement(u"EventOutcomeDescription"_s, clean(message.outcomeDescription));
        }
        m_xml.writeEndElement();
    }

    void writeParticipant(const AuditParticipant& participant)
    {
        m_xml.writeStartElement(u"ActiveParticipant"_s);
        attribute(u"UserID"_s, participant.userId);
        optional(u"AlternativeUserID"_s, participant.alternativeUserId);
        optional(u"UserName"_s, participant.userName);
        attribute(u"UserIsRequestor"_s, participant.isRequestor ? u"true"_s : u"false"_s);
        if (!participant.networkAddress.isEmpty()) {
            attribute(u"NetworkAccessPointID"_s, participant.networkAddress);
            attribute(
                u"NetworkAccessPointTypeCode"_s, QString::number(static_cast<int>(participant.networkAddressType)));
        }
        for (const auto& role : participant.roles) {
            writeCode(u"RoleIDCode"_s, role);
        }
        m_xml.writeEndElement();
    }

    void writeSource(const AuditMessage& message)
    {
        m_xml.writeStartElement(u"AuditSourceIdentification"_s);
        optional(u"AuditEnterpriseSiteID"_s, message.enterpriseSiteId);
        attribute(u"AuditSourceID"_s, message.sourceId);
        m_xml.writeEmptyElement(u"AuditSourceTypeCode"_s);
        attribute(u"csd-code"_s, QString::number(kApplicationServer));
        m_xml.writeEndElement();
    }

    void writeObject(const AuditObject& object)
    {
        m_xml.writeStartElement(u"ParticipantObjectIdentification"_s);
        attribute(u"ParticipantObjectID"_s, object.id);
        attribute(u"ParticipantObjectTypeCode"_s, QString::number(object.typeCode));
        attribute(u"ParticipantObjectTypeCodeRole"_s, QString::number(object.roleCode));
        writeCode(u"ParticipantObjectIDTypeCode"_s, object.idType);
        if (object.query) {
            m_xml.writeTextElement(u"ParticipantObjectQuery"_s, QString::fromLatin1(object.query->toBase64()));
        } else {
            m_xml.writeTextElement(u"ParticipantObjectName"_s, clean(object.name));
        }
        for (const auto& detail : object.details) {
            m_xml.writeEmptyElement(u"ParticipantObjectDetail"_s);
            attribute(u"type"_s, detail.type);
            m_xml.writeAttribute(u"value"_s, QString::fromLatin1(detail.value.left(kLongestDetail).toBase64()));
        }
        if (!object.accessionNumbers.isEmpty() || !object.sopClasses.isEmpty()) {
            writeDescription(object);
        }
        m_xml.writeEndElement();
    }

    void writeDescription(const AuditObject& object)
    {
        m_xml.writeStartElement(u"ParticipantObjectDescription"_s);
        for (const auto& number : object.accessionNumbers) {
            m_xml.writeEmptyElement(u"Accession"_s);
            attribute(u"Number"_s, number);
        }
        for (const auto& sopClass : object.sopClasses) {
            m_xml.writeEmptyElement(u"SOPClass"_s);
            optional(u"UID"_s, QString::fromLatin1(sopClass.uid));
            attribute(u"NumberOfInstances"_s, QString::number(sopClass.instances));
        }
        m_xml.writeEndElement();
    }

    QXmlStreamWriter m_xml;
};

} // namespace

QString boundedAuditText(const QString& text)
{
    if (text.size() <= kLongestAuditText) {
        return text;
    }
    const auto end = kLongestAuditText - 1;
    return text.first(text[end - 1].isHighSurrogate() ? end - 1 : end) + QChar(0x2026);
}

QByteArray toXml(const AuditMessage& message)
{
    QByteArray xml;
    Writer(xml).write(message);
    return xml.trimmed().replace('\n', ' '); // Qt ends the document with a line
}

} // namespace radpost::observe
