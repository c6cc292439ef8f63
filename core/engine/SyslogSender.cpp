#include "core/engine/SyslogSender.h"

#include "core/net/TlsSocket.h"
#include "core/net/UdpSocket.h"

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kConnectLimit = 20s;
constexpr auto kStall = 20s;
constexpr int kPatiences = 40; // a slow way is no broken one

class UdpSender final : public SyslogSender
{
public:
    explicit UdpSender(config::HostPort address)
        : m_address(std::move(address))
    {
    }

    Result<> open(const CancelToken& cancel) override
    {
        if (m_socket) {
            return {};
        }
        auto socket = net::UdpSocket::connect(m_address.host, m_address.port, Deadline(kConnectLimit), cancel);
        if (!socket) {
            return fail(std::move(socket.error()));
        }
        m_socket = *std::move(socket);
        return {};
    }

    Result<> send(const std::vector<QByteArray>& messages, int& tooLong, const CancelToken& cancel) override
    {
        for (const auto& message : messages) {
            auto sent = m_socket->send(net::asBytes(message), Deadline(kStall), cancel);
            if (!sent && sent.error().code != ErrorCode::InvalidArgument) {
                return sent;
            }
            tooLong += sent ? 0 : 1;
        }
        return {};
    }

    Result<> confirm(std::chrono::milliseconds patience, const CancelToken& cancel) override
    {
        return m_socket->listenForRefusal(patience, cancel);
    }

    void close() override { m_socket.reset(); }

private:
    const config::HostPort m_address;
    std::unique_ptr<net::UdpSocket> m_socket;
};

class TlsSender final : public SyslogSender
{
public:
    TlsSender(config::HostPort address, net::TlsSettings tls)
        : m_address(std::move(address))
        , m_tls(std::move(tls))
    {
    }
    ~TlsSender() override { close(); }
    Q_DISABLE_COPY_MOVE(TlsSender)

    // The files are read anew each time: a certificate that was renewed is taken without a restart.
    Result<> open(const CancelToken& cancel) override
    {
        if (m_socket) {
            return {};
        }
        auto context = net::TlsContext::forClient(m_tls);
        if (!context) {
            return fail(std::move(context.error()));
        }
        auto plain = net::Socket::connect(m_address.host, m_address.port, Deadline(kConnectLimit), cancel);
        if (!plain) {
            return fail(std::move(plain.error()));
        }
        auto secured =
            net::TlsSocket::connect(*std::move(plain), **context, m_address.host, Deadline(kConnectLimit), cancel);
        if (!secured) {
            return fail(std::move(secured.error()));
        }
        m_socket = *std::move(secured);
        return {};
    }

    Result<> send(const std::vector<QByteArray>& messages, int& /*tooLong*/, const CancelToken& cancel) override
    {
        QByteArray frames;
        for (const auto& message : messages) {
            frames += observe::octetCounted(message);
        }
        const auto bytes = net::asBytes(frames);
        return m_socket->write(std::span(&bytes, 1), kStall, cancel);
    }

    Result<> confirm(std::chrono::milliseconds patience, const CancelToken& cancel) override
    {
        const Deadline longest(kPatiences * patience);
        for (;;) {
            if (auto silent = listen(patience, cancel); !silent) {
                return silent;
            }
            // A way that swallows packets breaks no connection for many minutes.
            if (m_socket->unacknowledgedBytes() == 0) {
                return {};
            }
            if (longest.isOver()) {
                return fail(ErrorCode::SendStalled, u"the audit receiver's system acknowledges nothing"_s);
            }
        }
    }

    void close() override
    {
        if (m_socket) {
            m_socket->close();
            m_socket.reset();
        }
    }

private:
    Result<> listen(std::chrono::milliseconds patience, const CancelToken& cancel)
    {
        // A receiver has nothing to say: only an end or an error can come.
        std::array<std::byte, 256> unexpected{};
        const auto got = m_socket->read(unexpected, Deadline(patience), cancel);
        if (!got) {
            return got.error().code == ErrorCode::ResponseTimeout ? Result<>() : fail(got.error());
        }
        return *got > 0 ? Result<>() : fail(ErrorCode::ConnectionLost, u"the audit receiver closed the connection"_s);
    }

    const config::HostPort m_address;
    const net::TlsSettings m_tls;
    std::unique_ptr<net::TlsSocket> m_socket;
};

} // namespace

std::unique_ptr<SyslogSender> makeSyslogSender(const config::AuditSettings& settings)
{
    const auto receiver = config::auditReceiver(settings.receiver);
    if (!receiver) {
        return nullptr;
    }
    if (receiver->protocol == config::AuditReceiver::Protocol::Udp) {
        return std::make_unique<UdpSender>(receiver->address);
    }
    net::TlsSettings tls;
    tls.caFile = settings.caFile;
    tls.certificateFile = settings.certificateFile;
    tls.keyFile = settings.keyFile;
    tls.verifyHost = settings.verifyHost;
    return std::make_unique<TlsSender>(receiver->address, tls);
}

} // namespace radpost::engine
