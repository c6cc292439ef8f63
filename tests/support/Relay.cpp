#include "tests/support/Relay.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace radpost::test {

namespace {

constexpr int kPollMs = 5;

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

/// Bound, so that the port stays ours, and not listening, so that it refuses. @return -1 when that fails.
int boundSocket(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const auto address = loopback(port);
    if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

quint16 portOf(int descriptor)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

bool writeAll(int descriptor, const char* bytes, ssize_t count)
{
    while (count > 0) {
        const auto sent = ::send(descriptor, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        count -= sent;
    }
    return true;
}

} // namespace

Relay::Relay(quint16 target)
    : m_target(target)
    , m_listening(boundSocket(0))
{
    m_port = portOf(m_listening);
    ::listen(m_listening, SOMAXCONN);
    m_thread = std::thread([this] { run(); });
}

Relay::~Relay()
{
    m_isStopping = true;
    m_thread.join();
    for (auto& connection : m_connections) {
        reset(connection);
    }
    ::close(m_listening);
}

void Relay::want(bool cut)
{
    std::unique_lock lock(m_mutex);
    m_isCutWanted = cut;
    m_obeyed.wait(lock, [&] { return m_isCut == m_isCutWanted; });
}

void Relay::run()
{
    while (!m_isStopping) {
        obey();
        std::vector<pollfd> waited{{m_listening, static_cast<short>(m_isCut ? 0 : POLLIN), 0}};
        for (const auto& connection : m_connections) {
            waited.push_back({connection.near, POLLIN, 0});
            waited.push_back({connection.far, POLLIN, 0});
        }
        ::poll(waited.data(), waited.size(), kPollMs);
        for (std::size_t i = 0; i < m_connections.size(); ++i) {
            auto& connection = m_connections[i];
            if (waited[1 + 2 * i].revents != 0) {
                passOn(connection, connection.near, connection.far);
            }
            if (connection.far >= 0 && waited[2 + 2 * i].revents != 0) {
                passOn(connection, connection.far, connection.near);
            }
        }
        std::erase_if(m_connections, [](const Connection& connection) { return connection.near < 0; });
        if (!m_isCut && (waited.front().revents & POLLIN) != 0) {
            accept();
        }
    }
}

void Relay::obey()
{
    const std::lock_guard lock(m_mutex);
    if (m_isCutWanted == m_isCut) {
        return;
    }
    m_isCut = m_isCutWanted;
    if (m_isCut) {
        for (auto& connection : m_connections) {
            reset(connection);
        }
        m_connections.clear();
        ::close(m_listening);
        m_listening = boundSocket(m_port);
    } else {
        ::listen(m_listening, SOMAXCONN);
    }
    m_obeyed.notify_all();
}

void Relay::accept()
{
    Connection connection{::accept(m_listening, nullptr, nullptr), ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const auto address = loopback(m_target);
    if (::connect(connection.far, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        reset(connection);
        return;
    }
    m_connections.push_back(connection);
}

void Relay::passOn(Connection& connection, int from, int to)
{
    std::array<char, 65536> buffer;
    const auto got = ::recv(from, buffer.data(), buffer.size(), 0);
    if (got <= 0 || !writeAll(to, buffer.data(), got)) {
        reset(connection);
    }
}

/// Without lingering, so that the other side is told by a reset.
void Relay::reset(Connection& connection)
{
    const linger atOnce{1, 0};
    for (int* descriptor : {&connection.near, &connection.far}) {
        ::setsockopt(*descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        ::close(*descriptor);
        *descriptor = -1;
    }
}

} // namespace radpost::test
