#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The few bytes of the DICOM Upper Layer that the bench's bare programs need. Not the engine's code on purpose: a
/// floor that shares code with what it measures says nothing.
namespace bench {

[[noreturn]] void die(const std::string& what);

/// Connects to 127.0.0.1; TCP_NODELAY is set.
int connectLoopback(int port);
/// Listens on 127.0.0.1.
int listenLoopback(int port);
void setNoDelay(int fd);
/// Acknowledge at once what the peer sends (TCP_QUICKACK wears off, so this is repeated before each wait).
void setQuickAck(int fd);

void writeAll(int fd, const void* data, std::size_t size, int flags);

/// Buffered reader of whole PDU bytes.
class Reader final
{
public:
    explicit Reader(int fd, bool quickAck)
        : m_fd(fd)
        , m_quickAck(quickAck)
        , m_buffer(1 << 18)
    {
    }

    /// False when the peer has closed.
    [[nodiscard]] bool read(void* into, std::size_t size);
    [[nodiscard]] bool skip(std::size_t size);
    /// True when a read of a PDU header would not wait.
    [[nodiscard]] bool hasInput();

private:
    [[nodiscard]] bool fill();

    int m_fd;
    bool m_quickAck;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::vector<unsigned char> m_buffer;
};

using Bytes = std::vector<unsigned char>;

void put16(Bytes& out, std::uint32_t value);
void put32(Bytes& out, std::uint32_t value);
std::uint32_t get16(const unsigned char* at);
std::uint32_t get32(const unsigned char* at);

/// A PDU with its header (PS3.8 9.3.1).
Bytes pdu(unsigned char type, const Bytes& body);

/// An item or sub-item with a two-byte length (PS3.8 9.3.2).
void putItem(Bytes& out, unsigned char type, const Bytes& value);
void putItem(Bytes& out, unsigned char type, std::string_view value);

/// One element of a command set: always implicit VR little endian (PS3.7 6.3.1).
void putCommandText(Bytes& out, std::uint32_t element, std::string_view uid);
void putCommandShort(Bytes& out, std::uint32_t element, std::uint32_t value);
/// Adds Command Group Length (0000,0000) in front.
Bytes commandSet(const Bytes& elements);
/// The value of an unsigned short element, or -1.
int commandShort(const unsigned char* command, std::size_t size, std::uint32_t element);
std::string commandText(const unsigned char* command, std::size_t size, std::uint32_t element);

} // namespace bench
