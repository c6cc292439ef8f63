#pragma once

#include "core/base/Clock.h"

#include <QByteArray>

namespace radpost::observe {

/// What stands before each message.
struct SyslogOrigin
{
    QByteArray hostName; ///< empty: not known
    QByteArray application = "radpost";
    QByteArray processId;
};

/// One audit message as a syslog message (RFC 5424): facility 10, severity 5, MSGID "DICOM+RFC3881", the XML behind a
/// byte order mark. Source: PS3.15 A.6, A.7.
[[nodiscard]] QByteArray syslogMessage(const SyslogOrigin& origin, Clock::WallTime time, const QByteArray& xml);

/// @p message as a frame of a stream: its length in decimal, a blank, itself (RFC 5425 4.3).
[[nodiscard]] QByteArray octetCounted(const QByteArray& message);

} // namespace radpost::observe
