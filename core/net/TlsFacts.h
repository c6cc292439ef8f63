#pragma once

#include "core/base/Error.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::net {

/// What a person needs to know of one certificate.
struct TlsCertificate
{
    QString subject; ///< RFC 2253
    QString issuer;
    QStringList dnsNames;    ///< of the subject alternative name
    QStringList ipAddresses; ///< likewise
    QDateTime notBefore;     ///< UTC
    QDateTime notAfter;      ///< UTC
    QString key;             ///< "EC 256", "RSA 2048"
    QString sha256;          ///< fingerprint, lower-case hexadecimal
};

/// One reason why the peer's certificate is not believed.
struct TlsCertificateProblem
{
    ErrorCode code = ErrorCode::TlsUntrusted;
    int depth = 0; ///< 0 is the peer's own certificate, then up the chain
    QString detail;
};

/// What a handshake showed, also when it failed.
struct TlsFacts
{
    QString protocol;                  ///< "TLSv1.3"; empty when nothing was agreed
    QString cipher;                    ///< OpenSSL's name
    std::vector<TlsCertificate> chain; ///< as the peer sent it, its own certificate first
    std::vector<TlsCertificateProblem> problems;
    bool certificateRequested = false; ///< the peer asked for ours
};

} // namespace radpost::net
