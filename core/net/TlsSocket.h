#pragma once

#include "core/net/Socket.h"
#include "core/net/TlsContext.h"
#include "core/net/TlsFacts.h"

#include <memory>

namespace radpost::net {

class TlsEngine;

/// TLS over a connected Socket, with Transport's contract. Errors of the other calls also: TlsClientCertificateRequired
/// and other 3xx codes, since a TLS 1.3 peer refuses our certificate only after the handshake.
class TlsSocket final : public Transport, private InputSink
{
public:
    /// Shakes hands as client and checks the peer's certificate for @p host, a name or an address. Blocks until done or
    /// @p deadline. @p facts, where given, is filled in any case.
    /// Errors: Cancelled, TlsTimeout, TlsPeerNotTls, TlsNoCommonProtocol, TlsCertificateExpired,
    /// TlsCertificateNotYetValid, TlsHostMismatch, TlsSelfSigned, TlsUntrusted, TlsClientCertificateRequired,
    /// TlsHandshakeFailed, TlsConfiguration.
    [[nodiscard]] static Result<std::unique_ptr<TlsSocket>> connect(std::unique_ptr<Socket> socket,
        const TlsContext& context, const QString& host, const Deadline& deadline, const CancelToken& cancel,
        TlsFacts* facts = nullptr);

    /// Likewise as server; the certificate checked is the client's, where settings ask for one.
    [[nodiscard]] static Result<std::unique_ptr<TlsSocket>> accept(std::unique_ptr<Socket> socket,
        const TlsContext& context, const Deadline& deadline, const CancelToken& cancel, TlsFacts* facts = nullptr);

    ~TlsSocket() override;
    Q_DISABLE_COPY_MOVE(TlsSocket)

    [[nodiscard]] const TlsFacts& facts() const;

    [[nodiscard]] Result<> write(
        std::span<const ConstBytes> parts, std::chrono::milliseconds stall, const CancelToken& cancel) override;
    [[nodiscard]] Result<> writeFile(ConstBytes header, int fileDescriptor, qint64 offset, qint64 count,
        bool moreFollows, std::chrono::milliseconds stall, const CancelToken& cancel) override;
    [[nodiscard]] Result<std::size_t> read(
        std::span<std::byte> into, const Deadline& deadline, const CancelToken& cancel) override;
    [[nodiscard]] bool hasInput() override;
    void setInputSink(InputSink* sink) override { m_inputSink = sink; }
    void setAckPolicy(AckPolicy policy) override { m_socket->setAckPolicy(policy); }
    void close() override;
    /// As of the socket below: what flushed writes are made of.
    [[nodiscard]] int unacknowledgedBytes() const { return m_socket->unacknowledgedBytes(); }
    [[nodiscard]] QString peerAddress() const override { return m_socket->peerAddress(); }

private:
    TlsSocket(std::unique_ptr<Socket> socket, std::unique_ptr<TlsEngine> engine);
    [[nodiscard]] static Result<std::unique_ptr<TlsSocket>> shakeHands(std::unique_ptr<Socket> socket,
        std::unique_ptr<TlsEngine> engine, const Deadline& deadline, const CancelToken& cancel, TlsFacts* facts);

    // InputSink of the socket below
    [[nodiscard]] std::span<std::byte> inputSpace() override;
    void inputArrived(std::size_t count) override;

    [[nodiscard]] Result<> handshake(const Deadline& deadline, const CancelToken& cancel);
    [[nodiscard]] Error handshakeError(const Error& below) const;
    [[nodiscard]] Result<> stage(ConstBytes bytes, std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> stageFile(
        int fileDescriptor, qint64 offset, qint64 count, std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] std::span<std::byte> stageSpace(std::size_t wanted);
    [[nodiscard]] Result<> staged(std::size_t count, std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> sealStage();
    [[nodiscard]] Result<> flush(std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> sendOutput(std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] bool owesOutput() const;
    [[nodiscard]] Result<> sendOwed(const Deadline& deadline, const CancelToken& cancel);
    [[nodiscard]] Error explainLoss(const Error& below);
    [[nodiscard]] bool takeWhatArrived();

    std::unique_ptr<Socket> m_socket;
    std::unique_ptr<TlsEngine> m_engine;
    InputSink* m_inputSink = nullptr;
    Bytes m_stage; ///< plain text that will share records
    std::size_t m_stagedBytes = 0;
    Bytes m_sending;   ///< cipher text that the socket is writing
    ConstBytes m_rest; ///< of m_sending, not yet written
    bool m_writeFailed = false;
};

} // namespace radpost::net
