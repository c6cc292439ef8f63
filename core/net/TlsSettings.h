#pragma once

#include <QString>

namespace radpost::net {

/// Which TLS versions and cipher suites are offered. Both profiles refuse everything below TLS 1.2.
enum class TlsProfile {
    Bcp195,         ///< PS3.15 B.12: BCP 195 (RFC 8996, 9325), never downgrading
    Bcp195Modified, ///< PS3.15 B.13: adds ChaCha20 and CCM suites, for peers that have nothing of B.12
};

/// What one side of a TLS connection is given. All files are PEM.
struct TlsSettings
{
    TlsProfile profile = TlsProfile::Bcp195;
    QString caFile{};          ///< trust anchors, a CA or the peer's own certificate; empty: the system's trust store
    QString certificateFile{}; ///< ours, followed by its intermediates; a server must have one
    QString keyFile{};         ///< unencrypted; empty: the key is in certificateFile
    bool verifyHost = true;    ///< client: the name or address must be in the certificate
    bool requireClientCertificate = false; ///< server: no association without one that caFile trusts
    bool askClientCertificate = false;     ///< server: likewise, but a peer that has none is served
    friend bool operator==(const TlsSettings&, const TlsSettings&) = default;
};

} // namespace radpost::net
