#include "core/observe/syslog.h"

#include <QDateTime>

#include <algorithm>

namespace radpost::observe {

namespace {

constexpr int kSecurityFacility = 10;
constexpr int kNotice = 5;
const QByteArray kMessageId = "DICOM+RFC3881";
const QByteArray kByteOrderMark = "\xEF\xBB\xBF";

/// A header field: visible ASCII of bounded length, "-" for none (RFC 5424 6).
QByteArray field(QByteArray text, qsizetype maxLength)
{
    text.removeIf([](char c) { return c <= ' ' || c > '~'; });
    text.truncate(maxLength);
    return text.isEmpty() ? QByteArray("-") : text;
}

} // namespace

QByteArray syslogMessage(const SyslogOrigin& origin, Clock::WallTime time, const QByteArray& xml)
{
    const auto stamp =
        QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
    return '<' + QByteArray::number(kSecurityFacility * 8 + kNotice) + ">1 " + stamp.toLatin1() + ' ' +
        field(origin.hostName, 255) + ' ' + field(origin.application, 48) + ' ' + field(origin.processId, 128) + ' ' +
        kMessageId + " - " + kByteOrderMark + xml;
}

QByteArray octetCounted(const QByteArray& message)
{
    return QByteArray::number(message.size()) + ' ' + message;
}

} // namespace radpost::observe
