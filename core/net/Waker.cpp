#include "core/net/Waker.h"

#include <array>
#include <cerrno>
#include <stop_token>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/eventfd.h>
#endif

namespace radpost::net {

Waker::Waker()
{
#ifdef Q_OS_LINUX
    m_readEnd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_writeEnd = m_readEnd;
#else
    std::array<int, 2> ends{-1, -1};
    if (::pipe(ends.data()) == 0) {
        for (const int end : ends) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
    }
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
#endif
}

Waker::~Waker()
{
    if (m_writeEnd != m_readEnd) {
        ::close(m_writeEnd);
    }
    if (m_readEnd >= 0) {
        ::close(m_readEnd);
    }
}

void Waker::wake() const
{
    const quint64 one = 1;
    // A full pipe or counter means that a wake-up is pending already.
    [[maybe_unused]] const auto written = ::write(m_writeEnd, &one, sizeof one);
}

void Waker::drain() const
{
    std::array<char, 64> nothing{};
    while (::read(m_readEnd, nothing.data(), nothing.size()) > 0) {
    }
}

Result<> Waker::wait(
    std::span<pollfd> descriptors, const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout) const
{
    // Without a descriptor of its own (the process has none left) a cancel is seen at the end of each short turn.
    const auto turn =
        m_readEnd >= 0 ? std::chrono::milliseconds(std::chrono::hours(1)) : std::chrono::milliseconds(100);
    descriptors[0] = pollfd{m_readEnd, POLLIN, 0};
    const std::stop_callback onStop(cancel.stopToken(), [this] { wake(); });
    for (;;) {
        if (cancel.isCancelled()) {
            drain();
            return fail(ErrorCode::Cancelled);
        }
        const auto left = deadline.left(turn);
        const int ready = ::poll(descriptors.data(), descriptors.size(), static_cast<int>(left.count()));
        if (ready < 0 && errno != EINTR) {
            return fail(ErrorCode::Internal, QStringLiteral("poll: errno %1").arg(errno));
        }
        if (ready > 0 && descriptors[0].revents == 0) {
            return {};
        }
        if (ready > 0 && !cancel.isCancelled()) {
            drain(); // woken for a call that is over
            continue;
        }
        if (ready == 0 && deadline.isOver()) {
            return fail(onTimeout);
        }
    }
}

Result<short> Waker::wait(
    int descriptor, short events, const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout) const
{
    std::array<pollfd, 2> descriptors{pollfd{}, pollfd{descriptor, events, 0}};
    if (auto waited = wait(descriptors, deadline, cancel, onTimeout); !waited) {
        return fail(std::move(waited.error()));
    }
    return descriptors[1].revents;
}

} // namespace radpost::net
