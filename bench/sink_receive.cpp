// A discarding acceptor: takes every presentation context with its first transfer syntax, throws data sets away,
// answers success. What a sender reaches against it is bounded by the sender and the wire alone.
//
//   sink_receive PORT [--window N] [--max-pdu N]        prints one line for each association that ended

#include "bench/Wire.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>

using namespace bench;

namespace {

struct Options
{
    int port = 0;
    std::uint32_t window = 1;
    std::uint32_t maxPdu = 1 << 20;
};

/// Id and first transfer syntax of a proposed presentation context.
void acceptContext(Bytes& out, const unsigned char* item, std::size_t length)
{
    for (std::size_t at = 4; at + 4 <= length;) {
        const std::size_t size = get16(item + at + 2);
        if (item[at] == 0x40) {
            Bytes context{item[0], 0, 0, 0};
            putItem(context, 0x40, Bytes(item + at + 4, item + at + 4 + size));
            putItem(out, 0x21, context);
            return;
        }
        at += 4 + size;
    }
}

Bytes associateAccept(const Bytes& request, const Options& options)
{
    Bytes body(request.begin(), request.begin() + 68);
    putItem(body, 0x10, "1.2.840.10008.3.1.1.1");
    bool windowAsked = false;
    for (std::size_t at = 68; at + 4 <= request.size();) {
        const std::size_t length = get16(&request[at + 2]);
        if (request[at] == 0x20) {
            acceptContext(body, &request[at + 4], length);
        }
        windowAsked = windowAsked || request[at] == 0x53;
        at += request[at] == 0x50 ? 4 : 4 + length;
    }
    Bytes user;
    Bytes maxLength;
    put32(maxLength, options.maxPdu);
    putItem(user, 0x51, maxLength);
    putItem(user, 0x52, "2.25.302044321985613408710345829834513");
    if (windowAsked && options.window != 1) { // PS3.7 D.3.3.3: answered only when asked
        Bytes window;
        put16(window, options.window);
        put16(window, 1);
        putItem(user, 0x53, window);
    }
    putItem(body, 0x50, user);
    return pdu(2, body);
}

Bytes storeResponse(unsigned char context, const Bytes& request)
{
    Bytes elements;
    putCommandText(elements, 0x0002, commandText(request.data(), request.size(), 0x0002));
    putCommandShort(elements, 0x0100, 0x8001);
    putCommandShort(elements, 0x0120, static_cast<std::uint32_t>(commandShort(request.data(), request.size(), 0x0110)));
    putCommandShort(elements, 0x0800, 0x0101);
    putCommandShort(elements, 0x0900, 0);
    putCommandText(elements, 0x1000, commandText(request.data(), request.size(), 0x1000));
    const Bytes command = commandSet(elements);
    Bytes body;
    put32(body, static_cast<std::uint32_t>(command.size() + 2));
    body.push_back(context);
    body.push_back(3);
    body.insert(body.end(), command.begin(), command.end());
    return pdu(4, body);
}

class Association final
{
public:
    Association(int fd, const Options& options)
        : m_fd(fd)
        , m_options(options)
        , m_reader(fd, false)
    {
    }

    void run()
    {
        setNoDelay(m_fd);
        unsigned char header[6];
        while (m_reader.read(header, sizeof header) && onPdu(header[0], get32(header + 2))) {
            if (!m_responses.empty() && !m_reader.hasInput()) {
                writeAll(m_fd, m_responses.data(), m_responses.size(), 0);
                m_responses.clear();
            }
        }
        close(m_fd);
        if (m_instances > 0) {
            std::printf("instances %zu bytes %zu\n", m_instances, m_bytes);
            std::fflush(stdout);
        }
    }

private:
    bool onPdu(unsigned char type, std::size_t length)
    {
        if (type == 4) {
            return onData(length);
        }
        Bytes body(length);
        if (!m_reader.read(body.data(), length)) {
            return false;
        }
        if (type == 1) {
            const Bytes accept = associateAccept(body, m_options);
            writeAll(m_fd, accept.data(), accept.size(), 0);
        } else if (type == 5) {
            const Bytes reply = pdu(6, Bytes(4, 0));
            writeAll(m_fd, reply.data(), reply.size(), 0);
        }
        return type == 1;
    }

    /// One or more presentation data values (PS3.8 9.3.5).
    bool onData(std::size_t length)
    {
        while (length > 6) {
            unsigned char header[6];
            if (!m_reader.read(header, sizeof header)) {
                return false;
            }
            const std::size_t size = get32(header) - 2;
            if (!onValue(header[4], header[5], size)) {
                return false;
            }
            length -= 6 + size;
        }
        return true;
    }

    bool onValue(unsigned char context, unsigned char control, std::size_t size)
    {
        if ((control & 1) != 0) {
            m_command.resize(size);
            return m_reader.read(m_command.data(), size);
        }
        m_bytes += size;
        if (!m_reader.skip(size)) {
            return false;
        }
        if ((control & 2) != 0) {
            const Bytes response = storeResponse(context, m_command);
            m_responses.insert(m_responses.end(), response.begin(), response.end());
            ++m_instances;
        }
        return true;
    }

    int m_fd;
    const Options& m_options;
    Reader m_reader;
    Bytes m_command;
    Bytes m_responses;
    std::size_t m_instances = 0;
    std::size_t m_bytes = 0;
};

} // namespace

int main(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--window" && i + 1 < argc) {
            options.window = static_cast<std::uint32_t>(std::stoul(argv[++i]));
        } else if (argument == "--max-pdu" && i + 1 < argc) {
            options.maxPdu = static_cast<std::uint32_t>(std::stoul(argv[++i]));
        } else {
            options.port = std::stoi(argument);
        }
    }
    const int listener = listenLoopback(options.port);
    for (;;) {
        const int fd = accept(listener, nullptr, nullptr);
        if (fd >= 0) {
            std::thread([fd, &options] { Association(fd, options).run(); }).detach();
        }
    }
}
