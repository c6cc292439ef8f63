#include "core/config/DestinationAddress.h"

#include "core/config/Fields.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

struct HostPort
{
    QStringView host;
    QStringView port; ///< empty: none was written
};

std::optional<HostPort> splitHostPort(QStringView text)
{
    if (text.startsWith(u'[')) {
        const auto close = text.indexOf(u']');
        const auto rest = close < 0 ? QStringView() : text.sliced(close + 1);
        const bool isGood = close > 0 && (rest.isEmpty() || (rest.startsWith(u':') && rest.size() > 1));
        if (!isGood || !text.sliced(1, close - 1).contains(u':')) {
            return std::nullopt;
        }
        return HostPort{text.sliced(1, close - 1), rest.isEmpty() ? rest : rest.sliced(1)};
    }
    const auto colon = text.indexOf(u':');
    if (colon < 0) {
        return HostPort{text, {}};
    }
    // A second colon: an IPv6 address without brackets, where the port cannot be told from the address.
    if (text.lastIndexOf(u':') != colon || colon + 1 == text.size()) {
        return std::nullopt;
    }
    return HostPort{text.first(colon), text.sliced(colon + 1)};
}

std::optional<quint16> parsePort(QStringView text)
{
    bool isNumber = false;
    const auto port = text.toUShort(&isNumber);
    return isNumber && port > 0 ? std::optional(port) : std::nullopt;
}

} // namespace

Result<Destination> parseAddress(QStringView text)
{
    constexpr QStringView kTlsPrefix = u"tls://";
    const bool isTls = text.startsWith(kTlsPrefix, Qt::CaseInsensitive);
    const auto address = isTls ? text.sliced(kTlsPrefix.size()) : text;
    const auto at = address.lastIndexOf(u'@'); // an AE title may hold '@', a host may not
    const auto hostPort = at < 0 ? std::nullopt : splitHostPort(address.sliced(at + 1));
    if (!hostPort || !isValidHost(hostPort->host)) {
        return fail(ErrorCode::InvalidArgument, u"not an address AET@host:port: "_s + text);
    }
    if (!isValidAeTitle(address.first(at))) {
        return fail(ErrorCode::InvalidArgument, u"not an AE title of 1 to 16 characters: "_s + address.first(at));
    }
    const auto port =
        hostPort->port.isEmpty() ? std::optional(isTls ? kDicomTlsPort : kDicomPort) : parsePort(hostPort->port);
    if (!port) {
        return fail(ErrorCode::InvalidArgument, u"not a port from 1 to 65535: "_s + hostPort->port);
    }
    Destination destination;
    destination.name = text.toString();
    destination.host = hostPort->host.toString();
    destination.port = *port;
    destination.calledAeTitle = {address.first(at).trimmed().toLatin1()};
    destination.tls.mode = isTls ? TlsMode::Bcp195 : TlsMode::Off;
    return destination;
}

QString addressText(const Destination& destination)
{
    const bool isIpv6 = destination.host.contains(u':');
    const QString host = isIpv6 ? QString(u'[' + destination.host + u']') : destination.host;
    const QString prefix = destination.tls.mode == TlsMode::Off ? QString() : u"tls://"_s;
    return prefix + destination.calledAeTitle.toString() + u'@' + host + u':' + QString::number(destination.port);
}

} // namespace radpost::config
