// The floor: what sending costs when nothing is done but moving the bytes. Finds the Part 10 files below a folder,
// opens one association, and for each file sends a C-STORE-RQ and, by sendfile, its data set. No ledger, no retries, no
// checks but the status of each response.
//
// --copy reads the file into a buffer and gather-writes many PDUs at once: fewer calls, one copy more.
//
//   floor_send PORT FOLDER [--window N] [--max-pdu N] [--no-quickack] [--copy]

#include "bench/Wire.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>

using namespace bench;

namespace {

struct Options
{
    int port = 0;
    std::string folder;
    std::uint32_t window = 1;
    std::uint32_t maxPdu = 1 << 20;
    bool quickAck = true;
    bool copy = false;
};

struct File
{
    std::string path;
    std::string sopInstanceUid;
    off_t offset = 0; // of the data set
    off_t length = 0;
    std::size_t context = 0; // index into the list of contexts
};

using Context = std::pair<std::string, std::string>; // SOP class, transfer syntax

struct Batch
{
    std::vector<File> files;
    std::vector<Context> contexts;
};

/// The UIDs of the file meta information (explicit VR little endian, PS3.10 7.1).
std::map<std::uint32_t, std::string> metaTexts(const unsigned char* at, const unsigned char* end)
{
    std::map<std::uint32_t, std::string> texts;
    while (end - at > 8 && at[0] == 2 && at[1] == 0) {
        const std::uint32_t element = at[2] | (static_cast<std::uint32_t>(at[3]) << 8);
        std::size_t length = at[6] | (static_cast<std::size_t>(at[7]) << 8);
        std::size_t header = 8;
        if (std::memcmp(at + 4, "OB", 2) == 0) {
            length = at[8] | (static_cast<std::size_t>(at[9]) << 8);
            header = 12;
        }
        if (static_cast<std::size_t>(end - at) < header + length) {
            break;
        }
        std::string text(reinterpret_cast<const char*>(at) + header, length);
        texts[element] = text.substr(0, text.find('\0'));
        at += header + length;
    }
    return texts;
}

void addFile(Batch& batch, const std::string& path)
{
    unsigned char head[1024];
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat info
    {
    };
    const ssize_t got = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    if (got < 148 || fstat(fd, &info) != 0 || std::memcmp(head + 128, "DICM", 4) != 0) {
        die("not a Part 10 file: " + path);
    }
    close(fd);
    const std::size_t meta = head[140] | (static_cast<std::size_t>(head[141]) << 8);
    const auto texts = metaTexts(head + 132, head + std::min<std::size_t>(144 + meta, static_cast<std::size_t>(got)));
    const Context context{texts.at(2), texts.at(0x10)};
    auto known = std::find(batch.contexts.begin(), batch.contexts.end(), context);
    if (known == batch.contexts.end()) {
        known = batch.contexts.insert(known, context);
    }
    const auto offset = static_cast<off_t>(144 + meta);
    batch.files.push_back(
        {path, texts.at(3), offset, info.st_size - offset, static_cast<std::size_t>(known - batch.contexts.begin())});
}

Batch findFiles(const std::string& folder)
{
    Batch batch;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            addFile(batch, entry.path());
        }
    }
    if (batch.contexts.size() > 128) {
        die("more than 128 presentation contexts");
    }
    return batch;
}

Bytes associateRequest(const Batch& batch, const Options& options)
{
    Bytes body;
    put16(body, 1);
    put16(body, 0);
    const std::string titles = "BENCH           FLOOR           "; // called, calling; 16 each
    body.insert(body.end(), titles.begin(), titles.end());
    body.insert(body.end(), 32, 0);
    putItem(body, 0x10, "1.2.840.10008.3.1.1.1");
    for (std::size_t i = 0; i < batch.contexts.size(); ++i) {
        Bytes context{static_cast<unsigned char>(2 * i + 1), 0, 0, 0};
        putItem(context, 0x30, batch.contexts[i].first);
        putItem(context, 0x40, batch.contexts[i].second);
        putItem(body, 0x20, context);
    }
    Bytes user;
    Bytes maxLength;
    put32(maxLength, options.maxPdu);
    putItem(user, 0x51, maxLength);
    putItem(user, 0x52, "2.25.302044321985613408710345829834512");
    if (options.window != 1) {
        Bytes window;
        put16(window, options.window);
        put16(window, 1);
        putItem(user, 0x53, window);
    }
    putItem(body, 0x50, user);
    return pdu(1, body);
}

/// What the peer said: its PDU limit and window.
struct Accepted
{
    std::uint32_t maxPdu = 0;
    std::uint32_t window = 1;
};

Accepted readAccept(Reader& reader)
{
    unsigned char header[6];
    if (!reader.read(header, sizeof header) || header[0] != 2) {
        die("association not accepted");
    }
    Bytes body(get32(header + 2));
    if (!reader.read(body.data(), body.size())) {
        die("association response cut short");
    }
    Accepted accepted;
    for (std::size_t at = 68; at + 4 <= body.size();) {
        const std::size_t length = get16(&body[at + 2]);
        if (body[at] == 0x21 && body[at + 6] != 0) {
            die("a presentation context was refused");
        }
        if (body[at] == 0x51) {
            accepted.maxPdu = get32(&body[at + 4]);
        } else if (body[at] == 0x53) {
            accepted.window = get16(&body[at + 4]);
        }
        at += body[at] == 0x50 ? 4 : 4 + length; // 50H only wraps the items that follow
    }
    return accepted;
}

void sendRequest(int fd, const File& file, const Context& context, std::uint32_t messageId)
{
    Bytes elements;
    putCommandText(elements, 0x0002, context.first);
    putCommandShort(elements, 0x0100, 1);
    putCommandShort(elements, 0x0110, messageId);
    putCommandShort(elements, 0x0700, 0);
    putCommandShort(elements, 0x0800, 1);
    putCommandText(elements, 0x1000, file.sopInstanceUid);
    const Bytes command = commandSet(elements);
    Bytes body;
    put32(body, static_cast<std::uint32_t>(command.size() + 2));
    body.push_back(static_cast<unsigned char>(2 * file.context + 1));
    body.push_back(3);
    body.insert(body.end(), command.begin(), command.end());
    const Bytes bytes = pdu(4, body);
    writeAll(fd, bytes.data(), bytes.size(), MSG_MORE);
}

void sendFragment(int socket, int file, off_t& offset, std::size_t size)
{
    while (size > 0) {
        const ssize_t sent = sendfile(socket, file, &offset, size);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            die("sendfile failed");
        }
        size -= static_cast<std::size_t>(sent);
    }
}

/// P-DATA-TF with one fragment of a data set (PS3.8 9.3.5): 12 bytes, which the fragment follows.
Bytes fragmentHeader(const File& file, off_t size, bool isLast)
{
    Bytes header{4, 0};
    put32(header, static_cast<std::uint32_t>(size + 6));
    put32(header, static_cast<std::uint32_t>(size + 2));
    header.push_back(static_cast<unsigned char>(2 * file.context + 1));
    header.push_back(isLast ? 2 : 0);
    return header;
}

void sendBySendfile(int fd, int source, const File& file, off_t largest)
{
    off_t offset = file.offset;
    off_t left = file.length;
    while (left > 0) {
        const off_t part = std::min(left, largest);
        left -= part;
        const Bytes header = fragmentHeader(file, part, left == 0);
        writeAll(fd, header.data(), header.size(), MSG_MORE);
        sendFragment(fd, source, offset, static_cast<std::size_t>(part));
    }
}

/// Fills one buffer with PDUs, headers in their places, and writes it whole.
void sendByCopy(int fd, int source, const File& file, off_t largest)
{
    static Bytes buffer(1 << 18);
    std::size_t used = 0;
    off_t offset = file.offset;
    off_t left = file.length;
    while (left > 0) {
        const auto room = static_cast<off_t>(buffer.size() - used) - 12;
        const off_t part = std::min({left, largest, room & ~off_t(1)});
        left -= part;
        const Bytes header = fragmentHeader(file, part, left == 0);
        std::copy(header.begin(), header.end(), buffer.begin() + static_cast<std::ptrdiff_t>(used));
        if (pread(source, &buffer[used + 12], static_cast<std::size_t>(part), offset) != part) {
            die("read failed");
        }
        offset += part;
        used += 12 + static_cast<std::size_t>(part);
        if (left == 0 || buffer.size() - used < 64) {
            writeAll(fd, buffer.data(), used, 0);
            used = 0;
        }
    }
}

void sendDataSet(int fd, const File& file, std::uint32_t maxPdu, bool copy)
{
    const int source = open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (source < 0) {
        die("cannot open " + file.path);
    }
    const off_t largest = maxPdu == 0 ? off_t(1) << 30 : static_cast<off_t>((maxPdu - 6) & ~1U);
    if (copy) {
        sendByCopy(fd, source, file, largest);
    } else {
        sendBySendfile(fd, source, file, largest);
    }
    close(source);
}

/// Reads P-DATA until a whole command is there; every response must say success.
void awaitResponse(Reader& reader)
{
    for (;;) {
        unsigned char header[12];
        if (!reader.read(header, 6) || header[0] != 4 || !reader.read(header + 6, 6)) {
            die("no response");
        }
        Bytes command(get32(header + 6) - 2);
        if (!reader.read(command.data(), command.size())) {
            die("response cut short");
        }
        if (commandShort(command.data(), command.size(), 0x0900) != 0) {
            die("the peer did not answer success");
        }
        if ((header[11] & 2) != 0) {
            return;
        }
    }
}

void release(int fd, Reader& reader)
{
    const Bytes request = pdu(5, Bytes(4, 0));
    writeAll(fd, request.data(), request.size(), 0);
    unsigned char answer[10];
    if (!reader.read(answer, sizeof answer) || answer[0] != 6) {
        die("no release");
    }
    close(fd);
}

/// A window of 0 is no limit (PS3.7 D.3.3.3).
std::size_t limit(std::uint32_t window)
{
    return window == 0 ? SIZE_MAX : window;
}

void run(const Options& options)
{
    const Batch batch = findFiles(options.folder);
    const int fd = connectLoopback(options.port);
    Reader reader(fd, options.quickAck);
    const Bytes request = associateRequest(batch, options);
    writeAll(fd, request.data(), request.size(), 0);
    const Accepted accepted = readAccept(reader);
    const std::size_t window = std::min(limit(options.window), limit(accepted.window));
    std::size_t outstanding = 0;
    for (std::size_t i = 0; i < batch.files.size(); ++i) {
        const File& file = batch.files[i];
        sendRequest(fd, file, batch.contexts[file.context], static_cast<std::uint32_t>(i % 65535 + 1));
        sendDataSet(fd, file, accepted.maxPdu, options.copy);
        ++outstanding;
        while (outstanding > 0 && (outstanding >= window || reader.hasInput())) {
            awaitResponse(reader);
            --outstanding;
        }
    }
    for (; outstanding > 0; --outstanding) {
        awaitResponse(reader);
    }
    release(fd, reader);
    std::printf("sent %zu window %zu\n", batch.files.size(), window);
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--no-quickack") {
            options.quickAck = false;
        } else if (argument == "--copy") {
            options.copy = true;
        } else if (argument == "--window" && i + 1 < argc) {
            options.window = static_cast<std::uint32_t>(std::stoul(argv[++i]));
        } else if (argument == "--max-pdu" && i + 1 < argc) {
            options.maxPdu = static_cast<std::uint32_t>(std::stoul(argv[++i]));
        } else if (options.port == 0) {
            options.port = std::stoi(argument);
        } else {
            options.folder = argument;
        }
    }
    if (options.folder.empty()) {
        die("usage: floor_send PORT FOLDER [--window N] [--max-pdu N] [--no-quickack] [--copy]");
    }
    run(options);
    return 0;
}
