#pragma once

#include "core/net/TlsFacts.h"

#include <openssl/ssl.h>

#include <memory>

namespace radpost::net::tls {

/// What is known when an OpenSSL call failed, to tell apart what OpenSSL reports alike.
struct FailureContext
{
    bool isServer = false;
    bool hasOwnCertificate = false;
    bool handshakeDone = false;
    const TlsFacts* facts = nullptr;
};

/// Turns the thread's OpenSSL error queue into one error and empties it.
[[nodiscard]] Error takeError(const FailureContext& context);

/// The texts of the thread's OpenSSL error queue, which is emptied.
[[nodiscard]] QString takeQueueText();

/// The code for an X509_V_ERR value.
[[nodiscard]] ErrorCode verifyErrorCode(int verifyError);

[[nodiscard]] TlsCertificate describe(X509* certificate);

/// For SSL_CTX_set_cert_verify_callback: notes the chain and everything that is wrong with it, not just the first
/// fault, in the TlsFacts that are the connection's app data; refuses when there is any.
int verifyPeer(X509_STORE_CTX* chain, void*);

/// For SSL_CTX_set_cert_cb of a client: notes that the peer asks for a certificate.
int noteCertificateRequest(SSL* connection, void*);

} // namespace radpost::net::tls
