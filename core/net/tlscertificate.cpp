#include "core/net/tls_p.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QTimeZone>

#include <algorithm>
#include <array>
#include <ctime>

using namespace Qt::StringLiterals;

namespace radpost::net::tls {

namespace {

template <auto Free>
struct Freer
{
    template <typename T>
    void operator()(T* pointer) const
    {
        Free(pointer);
    }
};

QString nameText(const X509_NAME* name)
{
    const std::unique_ptr<BIO, Freer<BIO_free>> text(BIO_new(BIO_s_mem()));
    if (!text || X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0) {
        return {};
    }
    char* data = nullptr;
    const long length = BIO_get_mem_data(text.get(), &data);
    return QString::fromUtf8(data, static_cast<qsizetype>(length));
}

QDateTime timeOf(const ASN1_TIME* time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return {};
    }
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
        QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC};
}

QString addressText(const ASN1_OCTET_STRING* address)
{
    const unsigned char* bytes = ASN1_STRING_get0_data(address);
    const int length = ASN1_STRING_length(address);
    QStringList parts;
    if (length == 4) {
        for (int i = 0; i < 4; ++i) {
            parts += QString::number(bytes[i]);
        }
        return parts.join(u'.');
    }
    for (int i = 0; i + 1 < length; i += 2) {
        parts += QString::number(bytes[i] * 256 + bytes[i + 1], 16);
    }
    return parts.join(u':');
}

QString textOf(const ASN1_IA5STRING* text)
{
    return QString::fromLatin1(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), ASN1_STRING_length(text));
}

void addAlternativeNames(X509* certificate, TlsCertificate& result)
{
    const std::unique_ptr<GENERAL_NAMES, Freer<GENERAL_NAMES_free>> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            result.dnsNames += textOf(name->d.dNSName);
        } else if (name->type == GEN_IPADD) {
            result.ipAddresses += addressText(name->d.iPAddress);
        }
    }
}

QString keyText(X509* certificate)
{
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr) {
        return {};
    }
    const char* type = EVP_PKEY_get0_type_name(key);
    return QString::fromLatin1(type) % u' ' % QString::number(EVP_PKEY_get_bits(key));
}

QString fingerprint(X509* certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1) {
        return {};
    }
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(length)).toHex());
}

TlsFacts& factsOf(X509_STORE_CTX* chain)
{
    const void* connection = X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx());
    return *static_cast<TlsFacts*>(SSL_get_app_data(static_cast<const SSL*>(connection)));
}

// Going on after a fault lets the checks find the others too; verifyPeer() refuses in the end.
int collectProblem(int isGood, X509_STORE_CTX* chain)
{
    if (isGood == 1) {
        return 1;
    }
    const int native = X509_STORE_CTX_get_error(chain);
    const TlsCertificateProblem problem{verifyErrorCode(native), X509_STORE_CTX_get_error_depth(chain),
        QString::fromLatin1(X509_verify_cert_error_string(native))};
    std::vector<TlsCertificateProblem>& problems = factsOf(chain).problems;
    const bool isKnown = std::any_of(problems.begin(), problems.end(), [&problem](const TlsCertificateProblem& other) {
        return other.code == problem.code && other.depth == problem.depth;
    });
    if (!isKnown) {
        problems.push_back(problem);
    }
    return 1;
}

} // namespace

int verifyPeer(X509_STORE_CTX* chain, void*)
{
    TlsFacts& facts = factsOf(chain);
    facts.problems.clear();
    facts.chain.clear();
    STACK_OF(X509)* sent = X509_STORE_CTX_get0_untrusted(chain);
    for (int i = 0; i < sk_X509_num(sent); ++i) {
        facts.chain.push_back(describe(sk_X509_value(sent, i)));
    }
    X509_STORE_CTX_set_verify_cb(chain, collectProblem);
    const int result = X509_verify_cert(chain);
    if (!facts.problems.empty()) {
        // First what matters most: of a certificate that nobody vouches for the rest says little.
        std::stable_partition(facts.problems.begin(), facts.problems.end(), [](const TlsCertificateProblem& problem) {
            return problem.code == ErrorCode::TlsUntrusted || problem.code == ErrorCode::TlsSelfSigned;
        });
        if (X509_STORE_CTX_get_error(chain) == X509_V_OK) {
            X509_STORE_CTX_set_error(chain, X509_V_ERR_UNSPECIFIED);
        }
        return 0;
    }
    return result;
}

int noteCertificateRequest(SSL* connection, void*)
{
    static_cast<TlsFacts*>(SSL_get_app_data(connection))->certificateRequested = true;
    return 1;
}

TlsCertificate describe(X509* certificate)
{
    TlsCertificate result;
    result.subject = nameText(X509_get_subject_name(certificate));
    result.issuer = nameText(X509_get_issuer_name(certificate));
    result.notBefore = timeOf(X509_get0_notBefore(certificate));
    result.notAfter = timeOf(X509_get0_notAfter(certificate));
    result.key = keyText(certificate);
    result.sha256 = fingerprint(certificate);
    addAlternativeNames(certificate, result);
    return result;
}

} // namespace radpost::net::tls
