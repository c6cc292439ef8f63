#include "core/net/Socket.h"
#include "core/net/socketCalls.h"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace radpost::net {

namespace {

// RFC 8305 section 5: the recommended wait before the next address is tried as well.
constexpr std::chrono::milliseconds kNextAddressAfter{250};

/// Races connections to several addresses, each started when the one before failed or took too long.
class Race final
{
public:
    explicit Race(const std::vector<SocketAddress>& addresses)
        : m_addresses(addresses)
        , m_descriptors(1)
    {
    }
    ~Race()
    {
        for (const auto& entry : std::span(m_descriptors).subspan(1)) {
            closeQuietly(entry.fd);
        }
    }
    Q_DISABLE_COPY_MOVE(Race)

    Result<std::unique_ptr<Socket>> run(const Deadline& deadline, const CancelToken& cancel)
    {
        while (startNext() || !m_runners.empty()) {
            const bool isLast = m_next == m_addresses.size();
            const Deadline turn(isLast ? deadline.left() : deadline.left(kNextAddressAfter));
            auto waited = m_waker.wait(m_descriptors, turn, cancel, ErrorCode::ConnectTimeout);
            if (!waited && (waited.error().code != ErrorCode::ConnectTimeout || isLast || deadline.isOver())) {
                return fail(std::move(waited.error()));
            }
            if (auto winner = takeFinished(); winner >= 0) {
                return Socket::adopt(winner, m_winner);
            }
        }
        return fail(std::move(m_lastError));
    }

private:
    /// Begins with the next address that does not fail at once; false when there is none.
    bool startNext()
    {
        while (m_next < m_addresses.size()) {
            const auto& address = m_addresses[m_next++];
            const int descriptor = openTcpSocket(address.family);
            if (descriptor < 0) {
                m_lastError = socketError(errno, ErrorCode::NetworkUnreachable, u"socket");
                continue;
            }
            if (::connect(descriptor, asSockaddr(address), address.length) == 0 || errno == EINPROGRESS) {
                m_descriptors.push_back(pollfd{descriptor, POLLOUT, 0});
                m_runners.push_back(address);
                return true;
            }
            m_lastError = socketError(errno, ErrorCode::NetworkUnreachable, u"connect");
            closeQuietly(descriptor);
        }
        return false;
    }

    /// The first that is connected, or -1; those that failed leave the race.
    int takeFinished()
    {
        for (std::size_t i = m_runners.size(); i-- > 0;) {
            if (m_descriptors[i + 1].revents == 0) {
                continue;
            }
            const int descriptor = m_descriptors[i + 1].fd;
            m_descriptors.erase(m_descriptors.begin() + static_cast<std::ptrdiff_t>(i + 1));
            m_winner = m_runners[i];
            m_runners.erase(m_runners.begin() + static_cast<std::ptrdiff_t>(i));
            int error = 0;
            socklen_t length = sizeof error;
            if (::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0) {
                return descriptor;
            }
            m_lastError = socketError(error, ErrorCode::ConnectTimeout, u"connect");
            closeQuietly(descriptor);
        }
        return -1;
    }

    const std::vector<SocketAddress>& m_addresses;
    std::size_t m_next = 0;
    std::vector<SocketAddress> m_runners;
    std::vector<pollfd> m_descriptors; ///< of the waker, then of the runners
    SocketAddress m_winner;
    Waker m_waker;
    Error m_lastError = makeError(ErrorCode::HostNotFound, QStringLiteral("no address"));
};

} // namespace

Result<std::unique_ptr<Socket>> Socket::connect(
    const std::vector<SocketAddress>& addresses, const Deadline& deadline, const CancelToken& cancel)
{
    if (auto mayGoOn = cancel.check(); !mayGoOn) {
        return fail(std::move(mayGoOn.error()));
    }
    return Race(addresses).run(deadline, cancel);
}

Result<std::unique_ptr<Socket>> Socket::connect(
    const QString& host, quint16 port, const Deadline& deadline, const CancelToken& cancel)
{
    auto addresses = resolveHost(host, port, deadline, cancel);
    if (!addresses) {
        return fail(std::move(addresses.error()));
    }
    return connect(*addresses, deadline, cancel);
}

} // namespace radpost::net
