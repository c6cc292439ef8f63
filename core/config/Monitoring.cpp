#include "core/config/Monitoring.h"

#include "core/base/loopback.h"
#include "core/config/Fields.h"

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

constexpr quint16 kSyslogPort = 514;     // RFC 5426 3.3
constexpr quint16 kSyslogTlsPort = 6514; // RFC 5425 4.1

std::optional<quint16> portOf(const QString& text)
{
    bool isNumber = false;
    const uint number = text.toUInt(&isNumber);
    return isNumber && number > 0 && number <= 65535 ? std::optional(static_cast<quint16>(number)) : std::nullopt;
}

/// @p otherwise: the port where none is said; 0: one must be.
std::optional<HostPort> hostPort(const QString& text, quint16 otherwise)
{
    const bool isBracketed = text.startsWith(u'[');
    const auto hostEnd = isBracketed ? text.indexOf(u']') : text.indexOf(u':');
    const auto host = isBracketed ? text.mid(1, hostEnd - 1) : text.left(hostEnd);
    const auto rest = hostEnd < 0 ? QString() : text.mid(isBracketed ? hostEnd + 1 : hostEnd);
    if ((isBracketed && hostEnd < 0) || !isValidHost(host) || (!rest.isEmpty() && !rest.startsWith(u':'))) {
        return std::nullopt;
    }
    if (rest.isEmpty()) {
        return otherwise > 0 ? std::optional(HostPort{host, otherwise}) : std::nullopt;
    }
    const auto port = portOf(rest.mid(1));
    return port ? std::optional(HostPort{host, *port}) : std::nullopt;
}

} // namespace

std::optional<HostPort> loopbackEndpoint(const QString& text)
{
    auto endpoint = hostPort(text, 0);
    return endpoint && isLoopback(endpoint->host) ? endpoint : std::nullopt;
}

std::optional<AuditReceiver> auditReceiver(const QString& text)
{
    const bool isTls = text.startsWith(u"tls://"_s);
    if (!isTls && !text.startsWith(u"udp://"_s)) {
        return std::nullopt;
    }
    const auto address = hostPort(text.mid(6), isTls ? kSyslogTlsPort : kSyslogPort);
    if (!address) {
        return std::nullopt;
    }
    return AuditReceiver{isTls ? AuditReceiver::Protocol::Tls : AuditReceiver::Protocol::Udp, *address};
}

} // namespace radpost::config
