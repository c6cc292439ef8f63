#include "core/net/TlsEngine_p.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <QUrl>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

constexpr std::size_t kInputBytes = 128 * 1024; // several records of at most 16 KiB and a bit

TlsEngine& engineOf(BIO* bio)
{
    return *static_cast<TlsEngine*>(BIO_get_data(bio));
}

int bioWrite(BIO* bio, const char* data, std::size_t length, std::size_t* written)
{
    engineOf(bio).addOutput(std::as_bytes(std::span(data, length)));
    *written = length;
    return 1;
}

int bioRead(BIO* bio, char* data, std::size_t length, std::size_t* taken)
{
    BIO_clear_retry_flags(bio);
    *taken = engineOf(bio).takeInput(std::as_writable_bytes(std::span(data, length)));
    if (*taken == 0) {
        BIO_set_retry_read(bio);
        return 0;
    }
    return 1;
}

long bioControl(BIO*, int command, long, void*)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* bioMethod()
{
    static const BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "radpost buffers");
        BIO_meth_set_write_ex(made, bioWrite);
        BIO_meth_set_read_ex(made, bioRead);
        BIO_meth_set_ctrl(made, bioControl);
        return made;
    }();
    return method;
}

QByteArray withoutScope(const QString& host)
{
    QString address = host.section(u'%', 0, 0);
    if (address.startsWith(u'[') && address.endsWith(u']')) {
        address = address.sliced(1, address.size() - 2);
    }
    return address.toLatin1();
}

bool isIpAddress(const QByteArray& host)
{
    ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.constData());
    ASN1_OCTET_STRING_free(address);
    ERR_clear_error();
    return address != nullptr;
}

} // namespace

TlsEngine::TlsEngine(const TlsContext& context, Side side)
    : m_ssl(SSL_new(context.native()))
    , m_side(side)
    , m_verifyHost(context.settings().verifyHost)
    , m_input(kInputBytes)
{
    BIO* bio = m_ssl == nullptr ? nullptr : BIO_new(bioMethod());
    if (bio == nullptr) {
        m_failure = makeError(ErrorCode::TlsConfiguration, tls::takeQueueText());
        return;
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_ssl, bio, bio);
    SSL_set_app_data(m_ssl, &m_facts);
    if (side == Side::Client) {
        SSL_set_connect_state(m_ssl);
    } else {
        SSL_set_accept_state(m_ssl);
    }
}

TlsEngine::~TlsEngine()
{
    SSL_free(m_ssl);
}

Result<> TlsEngine::setHost(const QString& host)
{
    if (m_failure) {
        return fail(*m_failure);
    }
    ERR_clear_error();
    X509_VERIFY_PARAM* checks = SSL_get0_param(m_ssl);
    const QByteArray address = withoutScope(host);
    if (isIpAddress(address)) { // RFC 6066 3: no literal addresses in SNI
        if (m_verifyHost && X509_VERIFY_PARAM_set1_ip_asc(checks, address.constData()) != 1) {
            return broken();
        }
        return {};
    }
    const QByteArray name = QUrl::toAce(host);
    if (name.isEmpty()) {
        return fail(ErrorCode::TlsConfiguration, u"no valid host name: "_s % host);
    }
    X509_VERIFY_PARAM_set_hostflags(checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (SSL_set_tlsext_host_name(m_ssl, name.constData()) != 1 ||
        (m_verifyHost &&
            X509_VERIFY_PARAM_set1_host(checks, name.constData(), static_cast<std::size_t>(name.size())) != 1)) {
        return broken();
    }
    return {};
}

Result<bool> TlsEngine::handshake()
{
    if (m_failure) {
        return fail(*m_failure);
    }
    ERR_clear_error();
    const int done = SSL_do_handshake(m_ssl);
    if (done != 1) {
        if (SSL_get_error(m_ssl, done) == SSL_ERROR_WANT_READ) {
            return false;
        }
        return broken();
    }
    m_handshakeDone = true;
    m_facts.protocol = QString::fromLatin1(SSL_get_version(m_ssl));
    m_facts.cipher = QString::fromLatin1(SSL_get_cipher_name(m_ssl));
    return true;
}

Result<> TlsEngine::encrypt(ConstBytes plain)
{
    if (m_failure) {
        return fail(*m_failure);
    }
    if (plain.empty()) {
        return {};
    }
    ERR_clear_error();
    std::size_t written = 0;
    if (SSL_write_ex(m_ssl, plain.data(), plain.size(), &written) != 1) {
        return broken();
    }
    return {};
}

Result<std::size_t> TlsEngine::decrypt(std::span<std::byte> into)
{
    if (m_failure) {
        return fail(*m_failure);
    }
    ERR_clear_error();
    std::size_t count = 0;
    if (SSL_read_ex(m_ssl, into.data(), into.size(), &count) == 1) {
        return count;
    }
    return notRead();
}

bool TlsEngine::canDecrypt()
{
    if (m_failure || m_ended) {
        return true;
    }
    ERR_clear_error();
    std::byte first{};
    std::size_t count = 0;
    if (SSL_peek_ex(m_ssl, &first, 1, &count) == 1) {
        return true;
    }
    return !notRead().has_value() || m_ended;
}

Result<std::size_t> TlsEngine::notRead()
{
    switch (SSL_get_error(m_ssl, 0)) {
    case SSL_ERROR_WANT_READ:
        return std::size_t(0);
    case SSL_ERROR_ZERO_RETURN:
        m_ended = true;
        return std::size_t(0);
    default:
        return broken();
    }
}

void TlsEngine::sayGoodbye()
{
    // After a fatal error OpenSSL forbids it.
    if (m_handshakeDone && !m_failure) {
        ERR_clear_error();
        SSL_shutdown(m_ssl);
    }
}

std::span<std::byte> TlsEngine::inputSpace()
{
    if (m_inputBegin > 0) {
        std::memmove(m_input.data(), m_input.data() + m_inputBegin, m_inputEnd - m_inputBegin);
        m_inputEnd -= m_inputBegin;
        m_inputBegin = 0;
    }
    return std::span(m_input).subspan(m_inputEnd);
}

void TlsEngine::inputArrived(std::size_t count)
{
    m_received |= count > 0;
    m_inputEnd += count;
}

std::size_t TlsEngine::takeInput(std::span<std::byte> into)
{
    const std::size_t count = std::min(into.size(), m_inputEnd - m_inputBegin);
    std::memcpy(into.data(), m_input.data() + m_inputBegin, count);
    m_inputBegin += count;
    return count;
}

bool TlsEngine::lacksRequestedCertificate() const
{
    return m_facts.certificateRequested && SSL_get_certificate(m_ssl) == nullptr;
}

tl::unexpected<Error> TlsEngine::broken()
{
    const tls::FailureContext context{
        m_side == Side::Server, m_ssl != nullptr && SSL_get_certificate(m_ssl) != nullptr, m_handshakeDone, &m_facts};
    m_failure = tls::takeError(context);
    return fail(*m_failure);
}

} // namespace radpost::net
