#include "bench/Wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bench {

namespace {

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

/// Where the value of @p element starts, and its length; nullptr when absent.
const unsigned char* findElement(const unsigned char* at, std::size_t size, std::uint32_t element, std::size_t* length)
{
    const unsigned char* end = at + size;
    while (end - at >= 8) {
        const std::uint32_t number = at[2] | (static_cast<std::uint32_t>(at[3]) << 8);
        *length = at[4] | (static_cast<std::size_t>(at[5]) << 8) | (static_cast<std::size_t>(at[6]) << 16);
        at += 8;
        if (static_cast<std::size_t>(end - at) < *length) {
            return nullptr;
        }
        if (number == element) {
            return at;
        }
        at += *length;
    }
    return nullptr;
}

void putCommandHeader(Bytes& out, std::uint32_t element, std::size_t length)
{
    const auto e = static_cast<unsigned>(element);
    const auto l = static_cast<unsigned>(length);
    for (const unsigned byte : {0U, 0U, e & 0xFFU, e >> 8, l & 0xFFU, (l >> 8) & 0xFFU, 0U, 0U}) {
        out.push_back(static_cast<unsigned char>(byte));
    }
}

} // namespace

void die(const std::string& what)
{
    std::fprintf(stderr, "%s%s%s\n", what.c_str(), errno != 0 ? ": " : "", errno != 0 ? std::strerror(errno) : "");
    std::exit(1);
}

void setNoDelay(int fd)
{
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void setQuickAck(int fd)
{
#ifdef TCP_QUICKACK
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
#else
    static_cast<void>(fd);
#endif
}

int connectLoopback(int port)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        die("cannot connect");
    }
    setNoDelay(fd);
    return fd;
}

int listenLoopback(int port)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (fd < 0 || bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || listen(fd, 64) != 0) {
        die("cannot listen");
    }
    return fd;
}

void writeAll(int fd, const void* data, std::size_t size, int flags)
{
    const auto* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t sent = send(fd, at, size, flags | MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            die("send failed");
        }
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
}

bool Reader::fill()
{
    if (m_quickAck) {
        setQuickAck(m_fd);
    }
    ssize_t got = 0;
    do {
        got = recv(m_fd, m_buffer.data(), m_buffer.size(), 0);
    } while (got < 0 && errno == EINTR);
    m_begin = 0;
    m_end = got > 0 ? static_cast<std::size_t>(got) : 0;
    return got > 0;
}

bool Reader::read(void* into, std::size_t size)
{
    auto* at = static_cast<unsigned char*>(into);
    while (size > 0) {
        if (m_begin == m_end && !fill()) {
            return false;
        }
        const std::size_t part = std::min(size, m_end - m_begin);
        std::memcpy(at, m_buffer.data() + m_begin, part);
        m_begin += part;
        at += part;
        size -= part;
    }
    return true;
}

bool Reader::skip(std::size_t size)
{
    while (size > 0) {
        if (m_begin == m_end && !fill()) {
            return false;
        }
        const std::size_t part = std::min(size, m_end - m_begin);
        m_begin += part;
        size -= part;
    }
    return true;
}

bool Reader::hasInput()
{
    if (m_end - m_begin > 0) {
        return true;
    }
    pollfd wait{m_fd, POLLIN, 0};
    return poll(&wait, 1, 0) > 0;
}

void put16(Bytes& out, std::uint32_t value)
{
    out.push_back(static_cast<unsigned char>(value >> 8));
    out.push_back(static_cast<unsigned char>(value));
}

void put32(Bytes& out, std::uint32_t value)
{
    put16(out, value >> 16);
    put16(out, value & 0xFFFF);
}

std::uint32_t get16(const unsigned char* at)
{
    return (static_cast<std::uint32_t>(at[0]) << 8) | at[1];
}

std::uint32_t get32(const unsigned char* at)
{
    return (get16(at) << 16) | get16(at + 2);
}

Bytes pdu(unsigned char type, const Bytes& body)
{
    Bytes out{type, 0};
    put32(out, static_cast<std::uint32_t>(body.size()));
    out.insert(out.end(), body.begin(), body.end());
    return out;
}

void putItem(Bytes& out, unsigned char type, const Bytes& value)
{
    out.push_back(type);
    out.push_back(0);
    put16(out, static_cast<std::uint32_t>(value.size()));
    out.insert(out.end(), value.begin(), value.end());
}

void putItem(Bytes& out, unsigned char type, std::string_view value)
{
    putItem(out, type, Bytes(value.begin(), value.end()));
}

void putCommandText(Bytes& out, std::uint32_t element, std::string_view uid)
{
    putCommandHeader(out, element, uid.size() + uid.size() % 2);
    out.insert(out.end(), uid.begin(), uid.end());
    if (uid.size() % 2 != 0) {
        out.push_back(0);
    }
}

void putCommandShort(Bytes& out, std::uint32_t element, std::uint32_t value)
{
    putCommandHeader(out, element, 2);
    out.push_back(static_cast<unsigned char>(value));
    out.push_back(static_cast<unsigned char>(value >> 8));
}

Bytes commandSet(const Bytes& elements)
{
    Bytes out;
    putCommandHeader(out, 0, 4);
    const auto size = static_cast<std::uint32_t>(elements.size());
    for (int shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<unsigned char>(size >> shift));
    }
    out.insert(out.end(), elements.begin(), elements.end());
    return out;
}

int commandShort(const unsigned char* command, std::size_t size, std::uint32_t element)
{
    std::size_t length = 0;
    const unsigned char* value = findElement(command, size, element, &length);
    return value != nullptr && length == 2 ? value[0] | (value[1] << 8) : -1;
}

std::string commandText(const unsigned char* command, std::size_t size, std::uint32_t element)
{
    std::size_t length = 0;
    const unsigned char* value = findElement(command, size, element, &length);
    std::string text = value == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(value), length);
    while (!text.empty() && text.back() == '\0') {
        text.pop_back();
    }
    return text;
}

} // namespace bench
