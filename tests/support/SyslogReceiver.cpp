#include "tests/support/SyslogReceiver.h"

#include "core/net/Listener.h"
#include "core/net/TlsSocket.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace radpost::test {

using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 20ms;

} // namespace

SyslogReceiver::SyslogReceiver(quint16 port)
    : m_socket(::socket(AF_INET, SOCK_DGRAM, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), length) != 0 ||
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
        qFatal("no port for a syslog receiver");
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { receiveDatagrams(); });
}

SyslogReceiver::SyslogReceiver(const net::TlsSettings& tls, quint16 port)
    : m_context(net::TlsContext::forServer(tls).value())
    , m_listener(net::Listener::open(QStringLiteral("127.0.0.1"), port).value())
{
    m_port = m_listener->port();
    m_thread = std::thread([this] { serve(); });
}

SyslogReceiver::~SyslogReceiver()
{
    m_isStopping = true;
    m_thread.join();
    if (m_socket >= 0) {
        ::close(m_socket);
    }
}

QList<QByteArray> SyslogReceiver::messages() const
{
    const std::lock_guard lock(m_mutex);
    auto copy = m_messages;
    copy.detach(); // Qt's check of sharing does not order what is read here before what comes next
    return copy;
}

QList<QByteArray> SyslogReceiver::distinctXml() const
{
    QList<QByteArray> distinct;
    for (const auto& message : messages()) {
        const auto xml = message.mid(message.indexOf("<?xml"));
        if (!distinct.contains(xml)) {
            distinct.append(xml);
        }
    }
    return distinct;
}

void SyslogReceiver::take(const QByteArray& message)
{
    const std::lock_guard lock(m_mutex);
    m_messages.append(message);
}

void SyslogReceiver::receiveDatagrams()
{
    QByteArray buffer(65536, Qt::Uninitialized);
    pollfd waiting{m_socket, POLLIN, 0};
    while (!m_isStopping) {
        if (::poll(&waiting, 1, int(kLook.count())) <= 0) {
            continue;
        }
        const auto count = ::recv(m_socket, buffer.data(), size_t(buffer.size()), 0);
        if (count > 0) {
            take(QByteArray(buffer.constData(), count));
        }
    }
}

void SyslogReceiver::serve()
{
    while (!m_isStopping) {
        serveOne();
    }
}

void SyslogReceiver::serveOne()
{
    auto socket = m_listener->accept(Deadline(kLook), {});
    if (!socket) {
        return;
    }
    auto secured = net::TlsSocket::accept(*std::move(socket), *m_context, Deadline(10s), {});
    if (!secured) {
        return;
    }
    ++m_connections;
    QByteArray buffer;
    int count = 0;
    std::array<std::byte, 16384> part{};
    while (!m_isStopping && (m_cutAfter == 0 || count < m_cutAfter)) {
        const auto got = (*secured)->read(part, Deadline(kLook), {});
        if (!got && got.error().code == ErrorCode::ResponseTimeout) {
            continue;
        }
        if (!got || *got == 0) {
            return;
        }
        buffer.append(reinterpret_cast<const char*>(part.data()), qsizetype(*got));
        if (!takeFrames(buffer, count)) {
            m_garbage = true;
            return;
        }
    }
}

/// False: what came is no frame of RFC 5425.
bool SyslogReceiver::takeFrames(QByteArray& buffer, int& count)
{
    for (;;) {
        const auto blank = buffer.indexOf(' ');
        if (blank < 0) {
            return buffer.size() < 8;
        }
        bool isNumber = false;
        const auto length = buffer.left(blank).toInt(&isNumber);
        if (!isNumber || length <= 0) {
            return false;
        }
        if (buffer.size() < blank + 1 + length) {
            return true;
        }
        if (m_cutAfter > 0 && count >= m_cutAfter) {
            return true; // it came, and goes down with the connection
        }
        take(buffer.mid(blank + 1, length));
        buffer.remove(0, blank + 1 + length);
        ++count;
    }
}

} // namespace radpost::test
