#pragma once

#include "core/net/SocketAddress.h"
#include "core/net/Transport.h"
#include "core/net/Waker.h"

#include <memory>

namespace radpost::net {

/// A TCP connection: Transport over a non-blocking descriptor and poll(). No Nagle, keep-alive on, never SIGPIPE.
class Socket final : public Transport
{
public:
    /// Resolves @p host and tries all its addresses, each next one when the one before failed or took 250 ms; the first
    /// to answer wins (RFC 8305 in spirit). Blocks until connected or @p deadline.
    /// Errors: HostNotFound, ConnectRefused, ConnectTimeout, NetworkUnreachable, Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<Socket>> connect(
        const QString& host, quint16 port, const Deadline& deadline, const CancelToken& cancel);

    /// The same for addresses that are known already. Errors: as connect() but HostNotFound.
    [[nodiscard]] static Result<std::unique_ptr<Socket>> connect(
        const std::vector<SocketAddress>& addresses, const Deadline& deadline, const CancelToken& cancel);

    /// Takes over a connected descriptor, closes it on failure. The first socket of the process makes it ignore
    /// SIGPIPE, unless somebody has set that signal already. Errors: Internal.
    [[nodiscard]] static Result<std::unique_ptr<Socket>> adopt(int descriptor, const SocketAddress& peer);

    ~Socket() override;
    Q_DISABLE_COPY_MOVE(Socket)

    [[nodiscard]] Result<> write(
        std::span<const ConstBytes> parts, std::chrono::milliseconds stall, const CancelToken& cancel) override;
    [[nodiscard]] Result<> writeFile(ConstBytes header, int fileDescriptor, qint64 offset, qint64 count,
        bool moreFollows, std::chrono::milliseconds stall, const CancelToken& cancel) override;
    [[nodiscard]] bool takesMappedFiles() const override { return true; }

    /// For a layer that does its own framing (TLS): as write(), but takes what was sent off the front of @p rest, also
    /// when it fails; after SendStalled and Cancelled the rest may be sent later.
    [[nodiscard]] Result<> writeRest(ConstBytes& rest, std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<std::size_t> read(
        std::span<std::byte> into, const Deadline& deadline, const CancelToken& cancel) override;
    [[nodiscard]] bool hasInput() override;
    void setInputSink(InputSink* sink) override { m_inputSink = sink; }
    void setAckPolicy(AckPolicy policy) override { m_ackPolicy = policy; }
    void close() override;

    /// Bytes that were written, but that the peer's system has not acknowledged; 0 where ours does not tell.
    [[nodiscard]] int unacknowledgedBytes() const;

    [[nodiscard]] QString peerAddress() const override { return m_peer.toString(); }

    /// For a layer that does its own reads and writes on the descriptor (TLS): the non-blocking descriptor, and waits
    /// for it that honour deadline, ack policy and token. The deadline's error is @p onTimeout; when a write waits and
    /// input arrives, waitWritable() returns false and the caller reads first if it can.
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] Result<> waitReadable(
        const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout = ErrorCode::ResponseTimeout);
    [[nodiscard]] Result<bool> waitWritable(
        const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout = ErrorCode::SendStalled);

private:
    Socket(int descriptor, const SocketAddress& peer);
    [[nodiscard]] Result<> waitToWrite(std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> waitToSendAgain(std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> sendParts(
        std::span<const ConstBytes> parts, int flags, std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> sendFile(
        int fileDescriptor, qint64 offset, qint64 count, std::chrono::milliseconds stall, const CancelToken& cancel);
    [[nodiscard]] Result<> copyFile(
        int fileDescriptor, qint64 offset, qint64 count, std::chrono::milliseconds stall, const CancelToken& cancel);
    void setCork(bool on);
    void takeInput();

    int m_descriptor = -1;
    bool m_corked = false;
    bool m_inputEnded = false; ///< seen while writing; read() will say it
    AckPolicy m_ackPolicy = AckPolicy::System;
    InputSink* m_inputSink = nullptr;
    SocketAddress m_peer;
    Waker m_waker;
};

} // namespace radpost::net
