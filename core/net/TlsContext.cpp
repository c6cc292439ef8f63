#include "core/net/TlsContext.h"

#include "core/net/tls_p.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

struct Suites
{
    const char* tls12;
    const char* tls13;
};

Suites suitesOf(TlsProfile profile)
{
    switch (profile) {
    case TlsProfile::Bcp195Modified:
        // Of PS3.15 B.13 OpenSSL lacks the Camellia-GCM suites.
        return {"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
                "ECDHE-ECDSA-AES256-CCM:ECDHE-ECDSA-AES256-CCM8:"
                "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                "ECDHE-ECDSA-AES128-CCM:ECDHE-ECDSA-AES128-CCM8",
            "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:"
            "TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"};
    case TlsProfile::Bcp195:
        break;
    }
    // RFC 9325 4.2; AES-128 first: as strong as is asked for, and the faster one.
    return {"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
            "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384",
        "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"};
}

tl::unexpected<Error> configurationError(const QString& what)
{
    const QString library = tls::takeQueueText();
    return fail(ErrorCode::TlsConfiguration, library.isEmpty() ? what : QString(what % u": "_s % library));
}

Result<> applyProfile(SSL_CTX* context, TlsProfile profile)
{
    const Suites suites = suitesOf(profile);
    SSL_CTX_set_options(
        context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET);
    // What is sent is what certificateFile holds, not what the trust store could add to it.
    SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // 112 bits: RSA from 2048, elliptic curves from 224, no SHA-1 signatures (RFC 9325 4.5).
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_cert_verify_callback(context, tls::verifyPeer, nullptr);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 || SSL_CTX_set_max_proto_version(context, 0) != 1 ||
        SSL_CTX_set_cipher_list(context, suites.tls12) != 1 || SSL_CTX_set_ciphersuites(context, suites.tls13) != 1 ||
        SSL_CTX_set_num_tickets(context, 0) != 1) {
        return configurationError(u"this OpenSSL cannot do the TLS profile"_s);
    }
    return {};
}

Result<> loadTrust(SSL_CTX* context, const QString& caFile)
{
    if (caFile.isEmpty()) {
        if (SSL_CTX_set_default_verify_paths(context) != 1) {
            return configurationError(u"no system trust store"_s);
        }
        return {};
    }
    if (SSL_CTX_load_verify_file(context, QFile::encodeName(caFile).constData()) != 1) {
        return configurationError(u"no CA certificate can be read from "_s % caFile);
    }
    // Whatever stands in that file is trusted by the operator's own choice, be it only the peer's certificate.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    return {};
}

// OpenSSL would ask for it on the terminal.
int noPassPhrase(char*, int, int, void*)
{
    return 0;
}

Result<> loadOwnCertificate(SSL_CTX* context, const TlsSettings& settings)
{
    if (settings.certificateFile.isEmpty()) {
        return settings.keyFile.isEmpty() ? Result<>() : configurationError(u"a key but no certificate is given"_s);
    }
    const QString keyFile = settings.keyFile.isEmpty() ? settings.certificateFile : settings.keyFile;
    if (SSL_CTX_use_certificate_chain_file(context, QFile::encodeName(settings.certificateFile).constData()) != 1) {
        return configurationError(u"no certificate can be used from "_s % settings.certificateFile);
    }
    SSL_CTX_set_default_passwd_cb(context, noPassPhrase);
    if (SSL_CTX_use_PrivateKey_file(context, QFile::encodeName(keyFile).constData(), SSL_FILETYPE_PEM) != 1) {
        return configurationError(
            u"no key that fits the certificate and is not encrypted can be read from "_s % keyFile);
    }
    return {};
}

Result<> askForClientCertificate(SSL_CTX* context, const TlsSettings& settings)
{
    const int must = settings.requireClientCertificate ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | must, nullptr);
    if (settings.caFile.isEmpty()) {
        return {};
    }
    // Clients choose among several certificates by these names.
    auto* names = SSL_load_client_CA_file(QFile::encodeName(settings.caFile).constData());
    if (names == nullptr) {
        return configurationError(u"no CA certificate can be read from "_s % settings.caFile);
    }
    SSL_CTX_set_client_CA_list(context, names);
    return {};
}

} // namespace

TlsContext::TlsContext(SSL_CTX* native, TlsSettings settings)
    : m_native(native)
    , m_settings(std::move(settings))
{
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_native);
}

Result<std::shared_ptr<const TlsContext>> TlsContext::forClient(const TlsSettings& settings)
{
    ERR_clear_error();
    SSL_CTX* native = SSL_CTX_new(TLS_client_method());
    if (native == nullptr) {
        return configurationError(u"OpenSSL cannot start"_s);
    }
    const std::shared_ptr<const TlsContext> context(new TlsContext(native, settings));
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_cb(native, tls::noteCertificateRequest, nullptr);
    return applyProfile(native, settings.profile)
        .and_then([&] { return loadTrust(native, settings.caFile); })
        .and_then([&] { return loadOwnCertificate(native, settings); })
        .map([&] { return context; });
}

Result<std::shared_ptr<const TlsContext>> TlsContext::forServer(const TlsSettings& settings)
{
    ERR_clear_error();
    if (settings.certificateFile.isEmpty()) {
        return configurationError(u"a TLS server needs a certificate"_s);
    }
    SSL_CTX* native = SSL_CTX_new(TLS_server_method());
    if (native == nullptr) {
        return configurationError(u"OpenSSL cannot start"_s);
    }
    const std::shared_ptr<const TlsContext> context(new TlsContext(native, settings));
    return applyProfile(native, settings.profile)
        .and_then([&] { return loadTrust(native, settings.caFile); })
        .and_then([&] { return loadOwnCertificate(native, settings); })
        .and_then([&] {
            const bool asks = settings.requireClientCertificate || settings.askClientCertificate;
            return asks ? askForClientCertificate(native, settings) : Result<>();
        })
        .map([&] { return context; });
}

QString TlsContext::libraryVersion()
{
    return QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION));
}

} // namespace radpost::net
