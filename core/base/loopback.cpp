#include "core/base/loopback.h"

#include <QStringList>

#include <algorithm>

namespace radpost {

namespace {

bool isOctet(const QString& text)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    const bool hasDigitsOnly =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    return isNumber && hasDigitsOnly && value <= 255;
}

} // namespace

bool isLoopback(const QString& address)
{
    if (address.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || address == QLatin1String("::1")) {
        return true;
    }
    // The peer of a socket for both, RFC 4291 2.5.5.2.
    const QLatin1String mapped("::ffff:");
    const bool isMapped = address.startsWith(mapped, Qt::CaseInsensitive);
    const auto parts = (isMapped ? address.mid(mapped.size()) : address).split(QLatin1Char('.'));
    return parts.size() == 4 && parts.front() == QLatin1String("127") &&
        std::all_of(parts.begin(), parts.end(), isOctet);
}

bool isLoopbackHost(const QByteArray& hostField)
{
    auto host = QString::fromLatin1(hostField.trimmed());
    if (host.startsWith(QLatin1Char('['))) {
        const auto end = host.indexOf(QLatin1Char(']'));
        return end > 0 && isLoopback(host.mid(1, end - 1));
    }
    return isLoopback(host.left(host.indexOf(QLatin1Char(':'))));
}

} // namespace radpost
