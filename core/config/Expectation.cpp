#include "core/config/Expectation.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

QString range(QStringView what, const QString& from, const QString& to)
{
    return what + u" from "_s + from + u" to "_s + to;
}

QString number(qint64 value)
{
    return QString::number(value);
}

} // namespace

QString durationText(qint64 milliseconds)
{
    constexpr std::array<std::pair<qint64, QStringView>, 3> kUnits{
        {{3'600'000, u"h"}, {60'000, u"min"}, {1'000, u"s"}}};
    for (const auto& [factor, unit] : kUnits) {
        if (milliseconds != 0 && milliseconds % factor == 0) {
            return number(milliseconds / factor) + unit;
        }
    }
    return number(milliseconds) + u"ms"_s;
}

QString sizeText(qint64 bytes)
{
    constexpr std::array<std::pair<qint64, QStringView>, 3> kUnits{
        {{qint64(1) << 30, u" GiB"}, {qint64(1) << 20, u" MiB"}, {qint64(1) << 10, u" KiB"}}};
    for (const auto& [factor, unit] : kUnits) {
        if (bytes != 0 && bytes % factor == 0) {
            return number(bytes / factor) + unit;
        }
    }
    return number(bytes) + u" B"_s;
}

QString describe(const Expectation& expectation)
{
    const auto low = expectation.minimum;
    const auto high = expectation.maximum;
    switch (expectation.kind) {
    case ExpectedKind::Text:
        return u"text of at most %1 characters without control characters"_s.arg(high);
    case ExpectedKind::Name:
        return u"a name of 1 to %1 characters without control characters"_s.arg(high);
    case ExpectedKind::Host:
        return u"a host name with letters, an IPv4 or an IPv6 address"_s;
    case ExpectedKind::AeTitle:
        return u"an AE title: 1 to 16 ASCII characters, no backslash, not only spaces"_s;
    case ExpectedKind::Language:
        return u"\"auto\", \"en\" or \"zh_CN\""_s;
    case ExpectedKind::Path:
        return u"a path"_s;
    case ExpectedKind::SecretReference:
        return u"a reference to a secret, \"env:NAME\" or \"file:PATH\", never the secret itself"_s;
    case ExpectedKind::Boolean:
        return u"true or false"_s;
    case ExpectedKind::Integer:
        return range(u"a whole number", number(low), number(high));
    case ExpectedKind::IntegerOrAuto:
        return range(u"\"auto\" or a whole number", number(low), number(high));
    case ExpectedKind::IntegerOrUnlimited:
        return range(u"\"unlimited\" or a whole number", number(low), number(high));
    case ExpectedKind::Duration:
        return range(u"a duration such as \"30s\"", durationText(low), durationText(high));
    case ExpectedKind::Size:
        return range(u"a size such as \"64 KiB\"", sizeText(low), sizeText(high));
    case ExpectedKind::Rate:
        return range(u"\"unlimited\" or a rate such as \"20 MiB/s\" or \"100 Mbit/s\"", sizeText(low) + u"/s"_s,
            sizeText(high) + u"/s"_s);
    case ExpectedKind::Hours:
        return u"hours such as \"22:00-06:00\""_s;
    case ExpectedKind::SizeOrUnlimited:
        return u"\"unlimited\", or "_s + range(u"a size such as \"500 GB\"", sizeText(low), sizeText(high));
    case ExpectedKind::AddressList:
        return u"a list of IP addresses and ranges such as \"10.1.0.0/16\""_s;
    case ExpectedKind::UidList:
        return u"a list of UIDs"_s;
    case ExpectedKind::LoopbackEndpoint:
        return u"an address of the loopback interface with a port, such as \"127.0.0.1:9104\""_s;
    case ExpectedKind::AuditReceiver:
        return u"\"tls://host:port\" or \"udp://host:port\""_s;
    case ExpectedKind::Choice:
        return u"one of: "_s + expectation.choices.join(u", "_s);
    }
    return {};
}

} // namespace radpost::config
