#include "tests/support/TestPki.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

struct KeyFree
{
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateFree
{
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;
using Certificate = std::unique_ptr<X509, CertificateFree>;

void writeText(const QString& path, const auto& writer)
{
    std::FILE* file = std::fopen(QFile::encodeName(path).constData(), "wb");
    if (file != nullptr) {
        writer(file);
        std::fclose(file);
    }
}

void addExtension(X509* certificate, X509* issuer, int nid, const QString& value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.toLatin1().constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate makeCertificate(const TestPki::Wish& wish, EVP_PKEY* key, int serial)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), std::chrono::seconds(wish.begins).count());
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), std::chrono::seconds(wish.ends).count());
    X509_set_pubkey(certificate.get(), key);
    const QByteArray name = wish.commonName.toUtf8();
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char*>(name.constData()), static_cast<int>(name.size()), -1, 0);
    return certificate;
}

} // namespace

struct TestPki::Root
{
    Key key;
    Certificate certificate;
};

TestPki::TestPki()
    : m_root(std::make_unique<Root>())
{
    m_root->key.reset(EVP_EC_gen("P-256"));
    m_root->certificate = makeCertificate({.commonName = u"Radpost test root"_s}, m_root->key.get(), m_serial++);
    X509* root = m_root->certificate.get();
    X509_set_issuer_name(root, X509_get_subject_name(root));
    addExtension(root, root, NID_basic_constraints, u"critical,CA:TRUE"_s);
    addExtension(root, root, NID_key_usage, u"critical,keyCertSign,cRLSign"_s);
    X509_sign(root, m_root->key.get(), EVP_sha256());
    writeText(caFile(), [root](std::FILE* file) { PEM_write_X509(file, root); });
}

TestPki::~TestPki() = default;

QString TestPki::caFile() const
{
    return m_folder.filePath(u"root.pem"_s);
}

TestPki::Identity TestPki::issue(const Wish& wish)
{
    const int serial = m_serial++;
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = makeCertificate(wish, key.get(), serial);
    X509* issuer = wish.selfSigned ? certificate.get() : m_root->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    if (!wish.names.isEmpty()) {
        addExtension(certificate.get(), issuer, NID_subject_alt_name, wish.names.join(u','));
    }
    X509_sign(certificate.get(), wish.selfSigned ? key.get() : m_root->key.get(), EVP_sha256());

    const Identity identity{m_folder.filePath(u"%1.pem"_s.arg(serial)), m_folder.filePath(u"%1.key"_s.arg(serial))};
    writeText(identity.certificateFile, [&](std::FILE* file) { PEM_write_X509(file, certificate.get()); });
    writeText(identity.keyFile, [&](std::FILE* file) {
        const bool open = wish.keyPassPhrase.isEmpty();
        PEM_write_PrivateKey(file, key.get(), open ? nullptr : EVP_aes_128_cbc(),
            open ? nullptr : reinterpret_cast<const unsigned char*>(wish.keyPassPhrase.constData()),
            static_cast<int>(wish.keyPassPhrase.size()), nullptr, nullptr);
    });
    return identity;
}

} // namespace radpost::test
