#include "core/net/Socket.h"

#include "core/net/socketCalls.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <mutex>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#endif

namespace radpost::net {

namespace {

#ifdef Q_OS_LINUX
constexpr int kMoreFollows = MSG_MORE;
#else
constexpr int kMoreFollows = 0;
#endif
#ifdef MSG_NOSIGNAL
constexpr int kNoSignal = MSG_NOSIGNAL;
#else
constexpr int kNoSignal = 0;
#endif
constexpr std::size_t kPartsPerCall = 64;
constexpr std::size_t kCopyBufferSize = 256 * 1024;
constexpr int kLooksPerStall = 8; // for progress that does not make the socket writable

// sendfile() and OpenSSL's writes have no flag against it.
void ignoreSigpipe()
{
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction now
        {
        };
        if (::sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) {
            ::signal(SIGPIPE, SIG_IGN);
        }
    });
}

void setOption(int descriptor, int level, int name, int value)
{
    ::setsockopt(descriptor, level, name, &value, sizeof value);
}

void tune(int descriptor)
{
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef Q_OS_LINUX
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, 15);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 4);
#endif
#ifdef SO_NOSIGPIPE
    setOption(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
}

int untakenBytes(int descriptor)
{
    int count = 0;
#if defined(Q_OS_LINUX)
    ::ioctl(descriptor, SIOCOUTQ, &count);
#elif defined(SO_NWRITE)
    socklen_t length = sizeof count;
    ::getsockopt(descriptor, SOL_SOCKET, SO_NWRITE, &count, &length);
#else
    Q_UNUSED(descriptor)
#endif
    return count;
}

bool wouldBlock()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

/// The parts still to be written, as the system wants them.
class GatherList final
{
public:
    explicit GatherList(std::span<const ConstBytes> parts)
        : m_parts(parts)
    {
        refill();
    }

    [[nodiscard]] bool isEmpty() const { return m_begin == m_end; }

    [[nodiscard]] msghdr message()
    {
        msghdr message{};
        message.msg_iov = m_vectors.data() + m_begin;
        message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(m_end - m_begin); // int in some systems
        return message;
    }

    void consume(std::size_t count)
    {
        while (count > 0) {
            auto& first = m_vectors[m_begin];
            const auto step = std::min(count, first.iov_len);
            first.iov_base = static_cast<std::byte*>(first.iov_base) + step;
            first.iov_len -= step;
            count -= step;
            m_begin += first.iov_len == 0 ? 1 : 0;
        }
        if (isEmpty()) {
            refill();
        }
    }

private:
    void refill()
    {
        m_begin = 0;
        m_end = 0;
        while (m_end < m_vectors.size() && !m_parts.empty()) {
            const auto part = m_parts.front();
            m_parts = m_parts.subspan(1);
            if (!part.empty()) {
                m_vectors[m_end++] = iovec{const_cast<std::byte*>(part.data()), part.size()};
            }
        }
    }

    std::span<const ConstBytes> m_parts;
    std::array<iovec, kPartsPerCall> m_vectors{};
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace

Socket::Socket(int descriptor, const SocketAddress& peer)
    : m_descriptor(descriptor)
    , m_peer(peer)
{
}

Socket::~Socket()
{
    close();
}

Result<std::unique_ptr<Socket>> Socket::adopt(int descriptor, const SocketAddress& peer)
{
    ignoreSigpipe();
    if (!makeNonBlocking(descriptor)) {
        auto error = socketError(errno, ErrorCode::Internal, u"fcntl");
        closeQuietly(descriptor);
        return fail(std::move(error));
    }
    tune(descriptor);
    return std::unique_ptr<Socket>(new Socket(descriptor, peer));
}

void Socket::close()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

Result<> Socket::waitReadable(const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout)
{
#ifdef Q_OS_LINUX
    if (m_ackPolicy == AckPolicy::Immediate) {
        setOption(m_descriptor, IPPROTO_TCP, TCP_QUICKACK, 1); // the system forgets it whenever we send
    }
#endif
    auto waited = m_waker.wait(m_descriptor, POLLIN, deadline, cancel, onTimeout);
    return waited ? Result<>() : fail(std::move(waited.error()));
}

Result<bool> Socket::waitWritable(const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout)
{
    const bool takesInput = m_inputSink != nullptr && !m_inputEnded && !m_inputSink->inputSpace().empty();
    const auto events = static_cast<short>(takesInput ? POLLOUT | POLLIN : POLLOUT);
    auto came = m_waker.wait(m_descriptor, events, deadline, cancel, onTimeout);
    if (!came) {
        return fail(std::move(came.error()));
    }
    return (*came & ~POLLIN) != 0;
}

void Socket::takeInput()
{
    const auto space = m_inputSink->inputSpace();
    const auto count = ::recv(m_descriptor, space.data(), space.size(), 0);
    if (count > 0) {
        m_inputSink->inputArrived(static_cast<std::size_t>(count));
    } else if (count == 0 || (!wouldBlock() && errno != EINTR)) {
        m_inputEnded = true;
    }
}

// A socket counts as writable when a good part of its buffer is free, which is megabytes: what a slow peer takes
// meanwhile is progress too.
Result<> Socket::waitToWrite(std::chrono::milliseconds stall, const CancelToken& cancel)
{
    Deadline deadline(stall);
    const auto look = std::max(stall / kLooksPerStall, std::chrono::milliseconds(1));
    int untaken = untakenBytes(m_descriptor);
    for (;;) {
        auto writable = waitWritable(Deadline(deadline.left(look)), cancel);
        if (!writable && writable.error().code != ErrorCode::SendStalled) {
            return fail(std::move(writable.error()));
        }
        if (writable.value_or(false)) {
            return {};
        }
        if (writable) {
            takeInput();
        }
        if (const int left = untakenBytes(m_descriptor); left < untaken) {
            untaken = left;
            deadline = Deadline(stall);
        } else if (!writable && deadline.isOver()) {
            return fail(std::move(writable.error()));
        }
    }
}

/// After a send that took nothing.
Result<> Socket::waitToSendAgain(std::chrono::milliseconds stall, const CancelToken& cancel)
{
    if (wouldBlock()) {
        return waitToWrite(stall, cancel);
    }
    if (errno == EINTR) {
        return {};
    }
    return fail(socketError(errno, ErrorCode::ConnectionLost, u"send"));
}

Result<> Socket::sendParts(
    std::span<const ConstBytes> parts, int flags, std::chrono::milliseconds stall, const CancelToken& cancel)
{
    if (auto mayGoOn = cancel.check(); !mayGoOn) {
        return mayGoOn;
    }
    GatherList list(parts);
    while (!list.isEmpty()) {
        const auto message = list.message();
        const auto sent = ::sendmsg(m_descriptor, &message, flags | kNoSignal);
        if (sent >= 0) {
            list.consume(static_cast<std::size_t>(sent));
        } else if (auto waited = waitToSendAgain(stall, cancel); !waited) {
            return waited;
        }
    }
    return {};
}

Result<> Socket::writeRest(ConstBytes& rest, std::chrono::milliseconds stall, const CancelToken& cancel)
{
    if (auto mayGoOn = cancel.check(); !mayGoOn) {
        return mayGoOn;
    }
    while (!rest.empty()) {
        const auto sent = ::send(m_descriptor, rest.data(), rest.size(), kNoSignal);
        if (sent >= 0) {
            rest = rest.subspan(static_cast<std::size_t>(sent));
        } else if (auto waited = waitToSendAgain(stall, cancel); !waited) {
            return waited;
        }
    }
    return {};
}

Result<> Socket::write(std::span<const ConstBytes> parts, std::chrono::milliseconds stall, const CancelToken& cancel)
{
    auto sent = sendParts(parts, 0, stall, cancel);
    setCork(false);
    return sent;
}

Result<> Socket::writeFile(ConstBytes header, int fileDescriptor, qint64 offset, qint64 count, bool moreFollows,
    std::chrono::milliseconds stall, const CancelToken& cancel)
{
    if (moreFollows) {
        setCork(true);
    }
    const std::array<ConstBytes, 1> parts{header};
    if (auto sent = sendParts(parts, kMoreFollows, stall, cancel); !sent) {
        return sent;
    }
    auto sent = sendFile(fileDescriptor, offset, count, stall, cancel);
    if (!moreFollows) {
        setCork(false);
    }
    return sent;
}

// Corked, the system sends only full segments; MSG_MORE does the same for a header but not for the end of a sendfile().
void Socket::setCork(bool on)
{
#ifdef Q_OS_LINUX
    if (on != m_corked) {
        setOption(m_descriptor, IPPROTO_TCP, TCP_CORK, on ? 1 : 0);
        m_corked = on;
    }
#else
    m_corked = on;
#endif
}

Result<> Socket::sendFile(
    int fileDescriptor, qint64 offset, qint64 count, std::chrono::milliseconds stall, const CancelToken& cancel)
{
#ifdef Q_OS_LINUX
    while (count > 0) {
        off_t position = offset;
        const auto sent = ::sendfile(m_descriptor, fileDescriptor, &position, static_cast<std::size_t>(count));
        if (sent > 0) {
            offset += sent;
            count -= sent;
        } else if (sent == 0) {
            return fail(ErrorCode::FileChanged, QStringLiteral("the file ended early"));
        } else if (wouldBlock()) {
            if (auto waited = waitToWrite(stall, cancel); !waited) {
                return waited;
            }
        } else if (errno == EINVAL || errno == ENOSYS) {
            return copyFile(fileDescriptor, offset, count, stall, cancel); // a file system without it
        } else if (errno == EIO) {
            return fail(ErrorCode::FileUnreadable, QStringLiteral("read error"));
        } else if (errno != EINTR) {
            return fail(socketError(errno, ErrorCode::ConnectionLost, u"sendfile"));
        }
    }
    return {};
#else
    return copyFile(fileDescriptor, offset, count, stall, cancel);
#endif
}

Result<> Socket::copyFile(
    int fileDescriptor, qint64 offset, qint64 count, std::chrono::milliseconds stall, const CancelToken& cancel)
{
    Bytes buffer(std::min(kCopyBufferSize, static_cast<std::size_t>(count)));
    while (count > 0) {
        const auto wanted = std::min(buffer.size(), static_cast<std::size_t>(count));
        const auto got = ::pread(fileDescriptor, buffer.data(), wanted, offset);
        if (got == 0) {
            return fail(ErrorCode::FileChanged, QStringLiteral("the file ended early"));
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(ErrorCode::FileUnreadable, QStringLiteral("read error, errno %1").arg(errno));
        }
        const std::array<ConstBytes, 1> parts{ConstBytes(buffer).first(static_cast<std::size_t>(got))};
        if (auto sent = sendParts(parts, 0, stall, cancel); !sent) {
            return sent;
        }
        offset += got;
        count -= got;
    }
    return {};
}

Result<std::size_t> Socket::read(std::span<std::byte> into, const Deadline& deadline, const CancelToken& cancel)
{
    if (auto mayGoOn = cancel.check(); !mayGoOn) {
        return fail(std::move(mayGoOn.error()));
    }
    for (;;) {
        const auto count = ::recv(m_descriptor, into.data(), into.size(), 0);
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (!wouldBlock() && errno != EINTR) {
            return fail(socketError(errno, ErrorCode::ConnectionLost, u"recv"));
        }
        if (auto waited = waitReadable(deadline, cancel); !waited) {
            return fail(std::move(waited.error()));
        }
    }
}

int Socket::unacknowledgedBytes() const
{
    return untakenBytes(m_descriptor);
}

bool Socket::hasInput()
{
    std::byte peeked{};
    return ::recv(m_descriptor, &peeked, 1, MSG_PEEK) >= 0 || !wouldBlock();
}

} // namespace radpost::net
