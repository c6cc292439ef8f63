#include "core/net/tls_p.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::net::tls {

namespace {

QString textOf(unsigned long error)
{
    std::array<char, 256> buffer{};
    ERR_error_string_n(error, buffer.data(), buffer.size());
    return QString::fromLatin1(buffer.data());
}

/// Where the peer says no to a certificate: ours when it asked for one.
ErrorCode certificateAlertCode(const FailureContext& context)
{
    return !context.isServer && context.facts->certificateRequested ? ErrorCode::TlsClientCertificateRequired
                                                                    : ErrorCode::TlsHandshakeFailed;
}

// TLS 1.2 peers send handshake_failure both for "no suite in common" and for "you sent no certificate".
ErrorCode handshakeFailureCode(const FailureContext& context)
{
    if (context.facts->certificateRequested && !context.hasOwnCertificate) {
        return ErrorCode::TlsClientCertificateRequired;
    }
    return context.facts->certificateRequested ? ErrorCode::TlsHandshakeFailed : ErrorCode::TlsNoCommonProtocol;
}

ErrorCode sslReasonCode(int reason, const FailureContext& context)
{
    switch (reason) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
        return context.facts->problems.empty() ? ErrorCode::TlsUntrusted : context.facts->problems.front().code;
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        return ErrorCode::TlsClientCertificateRequired;
    case SSL_R_SSLV3_ALERT_NO_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV1_ALERT_DECRYPT_ERROR: // its signature does not fit the issuer the peer knows
        return certificateAlertCode(context);
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        return handshakeFailureCode(context);
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_UNKNOWN_CIPHER_RETURNED:
    case SSL_R_WRONG_CIPHER_RETURNED:
    case SSL_R_DH_KEY_TOO_SMALL:
        return ErrorCode::TlsNoCommonProtocol;
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_UNKNOWN_PROTOCOL:
        return context.handshakeDone || !context.facts->protocol.isEmpty() ? ErrorCode::TlsHandshakeFailed
                                                                           : ErrorCode::TlsPeerNotTls;
    default:
        return context.handshakeDone ? ErrorCode::ProtocolError : ErrorCode::TlsHandshakeFailed;
    }
}

} // namespace

Error takeError(const FailureContext& context)
{
    ErrorCode code = context.handshakeDone ? ErrorCode::ProtocolError : ErrorCode::TlsHandshakeFailed;
    QStringList texts;
    bool isFromSsl = false;
    while (const unsigned long error = ERR_get_error()) {
        texts += textOf(error);
        // The earliest entry of the TLS layer is the cause; around it are its helpers and its callers.
        if (!isFromSsl && ERR_GET_LIB(error) == ERR_LIB_SSL) {
            isFromSsl = true;
            code = sslReasonCode(ERR_GET_REASON(error), context);
        }
    }
    for (const TlsCertificateProblem& problem : context.facts->problems) {
        texts += u"certificate %1 of the chain: %2"_s.arg(problem.depth).arg(problem.detail);
    }
    return makeError(code, texts.join(u"; "_s));
}

QString takeQueueText()
{
    QStringList texts;
    while (const unsigned long error = ERR_get_error()) {
        texts += textOf(error);
    }
    return texts.join(u"; "_s);
}

ErrorCode verifyErrorCode(int verifyError)
{
    switch (verifyError) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return ErrorCode::TlsCertificateExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return ErrorCode::TlsCertificateNotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return ErrorCode::TlsHostMismatch;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return ErrorCode::TlsSelfSigned;
    default:
        return ErrorCode::TlsUntrusted;
    }
}

} // namespace radpost::net::tls
