#include "core/web/RequestStream_p.h"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace radpost::web {

RequestStream::RequestStream(socket_t socket, std::chrono::milliseconds limit)
    : m_socket(socket)
    , m_deadline(limit)
{
}

bool RequestStream::wait(short event) const
{
    for (;;) {
        pollfd waiting{m_socket, event, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(m_deadline.left().count()));
        if (ready > 0) {
            return !m_deadline.isOver();
        }
        if (ready == 0 || errno != EINTR) {
            return false;
        }
    }
}

bool RequestStream::is_readable() const
{
    return wait(POLLIN);
}

bool RequestStream::is_writable() const
{
    return wait(POLLOUT);
}

ssize_t RequestStream::read(char* into, size_t size)
{
    const auto wanted = std::min(size, kMostBytes - m_readBytes);
    if (wanted == 0 || !is_readable()) {
        return -1;
    }
    const auto got = ::recv(m_socket, into, wanted, 0);
    m_readBytes += static_cast<size_t>(std::max<ssize_t>(got, 0));
    return got;
}

// Without MSG_DONTWAIT a large answer would wait in the system, beyond any deadline.
ssize_t RequestStream::write(const char* from, size_t size)
{
    for (;;) {
        if (!is_writable()) {
            return -1;
        }
        const auto written = ::send(m_socket, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (written >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
            return written;
        }
    }
}

// Nobody asks who calls: it is this machine.
void RequestStream::get_remote_ip_and_port(std::string& ip, int& port) const
{
    ip.clear();
    port = 0;
}

void RequestStream::get_local_ip_and_port(std::string& ip, int& port) const
{
    ip.clear();
    port = 0;
}

} // namespace radpost::web
