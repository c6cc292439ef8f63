#pragma once

#include <QString>

#include <optional>

namespace radpost::config {

struct HostPort
{
    QString host; ///< without brackets
    quint16 port = 0;
    friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// "127.0.0.1:9104", "[::1]:9104", "localhost:9104"; nothing for what is not on the loopback interface.
[[nodiscard]] std::optional<HostPort> loopbackEndpoint(const QString& text);

/// Who takes audit messages by syslog (PS3.15 A.6, A.7).
struct AuditReceiver
{
    enum class Protocol {
        Udp, ///< RFC 5426
        Tls, ///< RFC 5425
    };
    Protocol protocol = Protocol::Tls;
    HostPort address;
    friend bool operator==(const AuditReceiver&, const AuditReceiver&) = default;
};

/// "tls://arr.hospital.example:6514", "udp://10.1.2.3"; without a port that of the protocol, 6514 or 514.
[[nodiscard]] std::optional<AuditReceiver> auditReceiver(const QString& text);

/// The table [audit]. A plain value.
struct AuditSettings
{
    bool isEnabled = false;
    QString folder;                    ///< empty: "audit" in the data folder
    qint64 maxBytes = qint64(1) << 30; ///< of the folder; beyond it the oldest goes
    QString receiver;                  ///< see auditReceiver(); empty: the folder alone
    QString caFile;                    ///< PEM; empty: the system's trust store
    QString certificateFile;           ///< PEM; ours
    QString keyFile;                   ///< PEM; empty: in certificateFile
    bool verifyHost = true;            ///< the name must be in the receiver's certificate
    QString sourceId;                  ///< AuditSourceID; empty: the name of this machine
    QString enterpriseSiteId;          ///< AuditEnterpriseSiteID
    friend bool operator==(const AuditSettings&, const AuditSettings&) = default;
};

} // namespace radpost::config
