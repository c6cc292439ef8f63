#pragma once

#include "core/net/TlsContext.h"
#include "core/net/TlsFacts.h"
#include "core/net/bytes.h"
#include "core/net/tls_p.h"

#include <optional>

namespace radpost::net {

/// TLS without a connection: cipher text goes in and comes out through buffers here, whoever owns it moves them. So
/// every wait, deadline and token stays in one place, the socket, and no OpenSSL call ever blocks. One thread at a
/// time.
class TlsEngine final
{
public:
    enum class Side { Client, Server };

    TlsEngine(const TlsContext& context, Side side);
    ~TlsEngine();
    Q_DISABLE_COPY_MOVE(TlsEngine)

    /// Client: the name that is sent (SNI) and, where settings ask for it, must be in the certificate.
    [[nodiscard]] Result<> setHost(const QString& host);

    /// Goes as far as the input allows. True when done, false when it needs more.
    [[nodiscard]] Result<bool> handshake();

    /// Appends to output().
    [[nodiscard]] Result<> encrypt(ConstBytes plain);

    /// 0: more input is needed, or the peer said goodbye (hasEnded()).
    [[nodiscard]] Result<std::size_t> decrypt(std::span<std::byte> into);

    /// True when decrypt() has something to give: bytes, the end or an error.
    [[nodiscard]] bool canDecrypt();

    /// Appends close_notify to output() where that is still allowed.
    void sayGoodbye();

    /// Room for cipher text; empty when what is there has to be decrypted first.
    [[nodiscard]] std::span<std::byte> inputSpace();
    void inputArrived(std::size_t count);

    /// Cipher text to be sent; whoever sends it takes it out.
    [[nodiscard]] Bytes& output() { return m_output; }

    [[nodiscard]] bool isServer() const { return m_side == Side::Server; }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] bool hasReceived() const { return m_received; }
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }
    [[nodiscard]] const TlsFacts& facts() const { return m_facts; }
    [[nodiscard]] bool lacksRequestedCertificate() const;

    // For the BIO.
    [[nodiscard]] std::size_t takeInput(std::span<std::byte> into);
    void addOutput(ConstBytes bytes) { m_output.insert(m_output.end(), bytes.begin(), bytes.end()); }

private:
    [[nodiscard]] tl::unexpected<Error> broken();
    [[nodiscard]] Result<std::size_t> notRead();

    SSL* m_ssl = nullptr;
    Side m_side;
    bool m_handshakeDone = false;
    bool m_ended = false;
    bool m_received = false;
    bool m_verifyHost;
    std::optional<Error> m_failure;
    TlsFacts m_facts;
    Bytes m_input;
    std::size_t m_inputBegin = 0;
    std::size_t m_inputEnd = 0;
    Bytes m_output;
};

} // namespace radpost::net
