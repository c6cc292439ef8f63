#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace radpost::config {

/// One value as a file or a command line holds it; a list is an array of texts. std::monostate: another type (a float,
/// a date, a table).
using Scalar = std::variant<std::monostate, bool, qint64, QString, QStringList>;

enum class ExpectedKind {
    Text,
    Name,    ///< of a destination: at most maximum characters, no control characters
    Host,    ///< name, IPv4 or IPv6 address
    AeTitle, ///< PS3.5 6.2 AE: 1 to 16 printable ASCII characters, no backslash, not only spaces
    Language,
    Path,
    SecretReference, ///< "env:NAME" or "file:PATH"
    Boolean,
    Integer,            ///< minimum..maximum
    IntegerOrAuto,      ///< likewise, or "auto"
    IntegerOrUnlimited, ///< likewise, or "unlimited"
    Duration,           ///< minimum..maximum in milliseconds
    Size,               ///< minimum..maximum in bytes
    Rate,               ///< minimum..maximum in bytes per second, or "unlimited"
    Hours,              ///< "22:00-06:00", or empty
    Choice,             ///< one of choices
    SizeOrUnlimited,    ///< minimum..maximum in bytes, or "unlimited"
    AddressList,        ///< IP addresses, with or without the number of bits that count
    UidList,
    LoopbackEndpoint, ///< "127.0.0.1:9104", or empty
    AuditReceiver,    ///< "tls://host:port", "udp://host:port", or empty
};

/// What a key takes; typed, so that app/ and ui/ can say it in the user's language.
struct Expectation
{
    ExpectedKind kind = ExpectedKind::Text;
    qint64 minimum = 0;
    qint64 maximum = 0;
    QStringList choices;
    friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// In English, for details and logs: "a whole number from 1 to 65535".
[[nodiscard]] QString describe(const Expectation& expectation);

/// "500ms", "30s", "5min", "1h", "1d" in milliseconds; nothing for anything else.
[[nodiscard]] std::optional<qint64> durationFromText(const QString& text);

/// "64 KiB", "2GiB", "1000" in bytes; nothing for anything else.
[[nodiscard]] std::optional<qint64> sizeFromText(const QString& text);

/// The longest exact form: "90s", "5min", "1h".
[[nodiscard]] QString durationText(qint64 milliseconds);

/// The longest exact form: "1 MiB", "64 KiB", "1000 B".
[[nodiscard]] QString sizeText(qint64 bytes);

} // namespace radpost::config
