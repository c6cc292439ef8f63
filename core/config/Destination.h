#pragma once

#include "core/base/StrongId.h"

#include <QString>
#include <QTime>

#include <chrono>
#include <optional>

namespace radpost::config {

enum class TlsMode { Off, Bcp195, Bcp195Modified };

struct TlsSettings
{
    TlsMode mode = TlsMode::Off;
    QString caFile;          ///< PEM; empty: the system's trust store
    QString certificateFile; ///< PEM, ours, for peers that ask for one
    QString keyFile;
    bool verifyHost = true;
    friend bool operator==(const TlsSettings&, const TlsSettings&) = default;
};

/// When a file's own transfer syntax is refused.
enum class SyntaxPolicy {
    Decompress,  ///< send it uncompressed where that loses nothing
    AsIsOnly,    ///< fail that instance with the reason
};

enum class UserIdentityKind { None, Username, UsernamePasscode, Kerberos, Saml, Jwt };

/// User Identity (PS3.7 D.3.3.7). The secret is a reference, never the secret itself: "env:NAME" or "file:PATH".
struct UserIdentity
{
    UserIdentityKind kind = UserIdentityKind::None;
    QString primary;
    QString secretReference;
    friend bool operator==(const UserIdentity&, const UserIdentity&) = default;
};

struct HoursWindow
{
    QTime from;
    QTime until; ///< before from: the window crosses midnight
    friend bool operator==(const HoursWindow&, const HoursWindow&) = default;
};

struct Timeouts
{
    std::chrono::milliseconds connect {10'000};
    std::chrono::milliseconds tlsHandshake {10'000};
    std::chrono::milliseconds association {30'000};
    std::chrono::milliseconds stall {60'000}; ///< a write without progress
    std::chrono::milliseconds response {300'000};
    std::chrono::milliseconds release {5'000};
    friend bool operator==(const Timeouts&, const Timeouts&) = default;
};

struct RetrySettings
{
    int maxAttempts = 8; ///< of one delivery, for causes that may pass by themselves
    std::chrono::milliseconds firstDelay {2'000};
    std::chrono::milliseconds maxDelay {3'600'000};
    friend bool operator==(const RetrySettings&, const RetrySettings&) = default;
};

/// Where instances go, and the contract kept with it. A plain value; any thread.
struct Destination
{
    QString name;
    QString host;
    quint16 port = 104;
    AeTitle calledAeTitle;
    AeTitle callingAeTitle; ///< empty: the program's own
    TlsSettings tls;
    UserIdentity userIdentity;
    int associations = 0;       ///< 0 = as many as bring something
    int maxAssociations = 8;    ///< the bound of "auto"
    int window = 0;             ///< asynchronous operations we propose; 0 = no limit
    quint32 maxPduBytes = 1 << 20;
    SyntaxPolicy syntaxPolicy = SyntaxPolicy::Decompress;
    qint64 bytesPerSecond = 0;  ///< 0 = no limit
    std::optional<HoursWindow> hours;
    Timeouts timeouts;
    RetrySettings retry;
    friend bool operator==(const Destination&, const Destination&) = default;
};

} // namespace radpost::config
