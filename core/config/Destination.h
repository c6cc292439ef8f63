#pragma once

#include "core/base/StrongId.h"
#include "core/config/HoursWindow.h"

#include <QString>

#include <chrono>
#include <optional>

namespace radpost::config {

/// TLS profiles of PS3.15. In the file: tls.mode = "off", "bcp195", "bcp195-modified".
enum class TlsMode {
    Off,
    Bcp195,         ///< B.12, non-downgrading BCP 195 (RFC 8996, RFC 9325): TLS 1.2 and 1.3 only
    Bcp195Modified, ///< B.13, for peers that need the fixed list of suites
};

struct TlsSettings
{
    TlsMode mode = TlsMode::Off;
    QString caFile;          ///< PEM; empty: the system's trust store
    QString certificateFile; ///< PEM, ours, for peers that ask for one
    QString keyFile;         ///< PEM, needed with certificateFile
    bool verifyHost = true;  ///< the certificate must name the host we connect to
    friend bool operator==(const TlsSettings&, const TlsSettings&) = default;
};

/// When a file's own transfer syntax is refused. In the file: syntax_policy = "decompress", "as-is".
enum class SyntaxPolicy {
    Decompress, ///< send it uncompressed where that loses nothing
    AsIsOnly,   ///< fail that instance with the reason
};

/// In the file: "none", "username", "username-passcode", "kerberos", "saml", "jwt".
enum class UserIdentityKind { None, Username, UsernamePasscode, Kerberos, Saml, Jwt };

/// What counts as evidence that the destination holds an instance. In the file: proof = "response", "commitment",
/// "query".
enum class ProofOfDelivery {
    Response,   ///< its answer to the C-STORE
    Commitment, ///< its report of storage commitment (PS3.4 Annex J)
    Query,      ///< it finds the instance by C-FIND at IMAGE level
};

/// User Identity (PS3.7 D.3.3.7). The secret is a reference, never the secret itself: "env:NAME" or "file:PATH".
struct UserIdentity
{
    UserIdentityKind kind = UserIdentityKind::None;
    QString primary;         ///< the user's name, for username and username-passcode
    QString secretReference; ///< of the passcode, ticket, assertion or token; resolved by resolveSecret() at use
    friend bool operator==(const UserIdentity&, const UserIdentity&) = default;
};

/// Every phase has its own. In the file: "500ms", "30s", "5min", "1h".
struct Timeouts
{
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds tlsHandshake{10'000};
    std::chrono::milliseconds association{30'000};
    std::chrono::milliseconds stall{60'000}; ///< a write without progress
    std::chrono::milliseconds response{300'000};
    std::chrono::milliseconds release{5'000};
    friend bool operator==(const Timeouts&, const Timeouts&) = default;
};

struct RetrySettings
{
    int maxAttempts = 8; ///< of one delivery, for causes that may pass by themselves
    std::chrono::milliseconds firstDelay{2'000};
    std::chrono::milliseconds maxDelay{3'600'000};
    std::chrono::milliseconds patience{7 * 86'400'000}; ///< of a gateway, with such causes; 0: maxAttempts alone
    friend bool operator==(const RetrySettings&, const RetrySettings&) = default;
};

/// Where instances go, and the contract kept with it. A plain value; any thread. Fields.h maps every member to its key
/// in the configuration file.
struct Destination
{
    QString name; ///< unique without regard to case
    QString host; ///< a name, an IPv4 or an IPv6 address, without brackets
    quint16 port = 104;
    AeTitle calledAeTitle;
    AeTitle callingAeTitle; ///< empty: the program's own
    TlsSettings tls;
    UserIdentity userIdentity;
    int associations = 0;          ///< 0 = as many as bring something; in the file "auto"
    int maxAssociations = 8;       ///< the bound of "auto"
    int window = 0;                ///< asynchronous operations we propose; 0 = no limit; in the file "unlimited"
    quint32 maxPduBytes = 1 << 20; ///< what we take; in the file "1 MiB"
    SyntaxPolicy syntaxPolicy = SyntaxPolicy::Decompress;
    qint64 bytesPerSecond = 0;        ///< 0 = no limit; in the file "unlimited", "20 MiB/s", "100 Mbit/s"
    std::optional<HoursWindow> hours; ///< when sending is allowed; none: always
    Timeouts timeouts;
    RetrySettings retry;
    ProofOfDelivery proof = ProofOfDelivery::Response;
    std::chrono::milliseconds commitmentTimeout{3'600'000}; ///< for a report of storage commitment
    friend bool operator==(const Destination&, const Destination&) = default;
};

} // namespace radpost::config
