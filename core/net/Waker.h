#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Deadline.h"

#include <QtGlobal>

#include <span>

struct pollfd;

namespace radpost::net {

/// Something to poll() beside a socket, so that another thread can end the wait: an eventfd, elsewhere a pipe.
class Waker final
{
public:
    Waker();
    ~Waker();
    Q_DISABLE_COPY_MOVE(Waker)

    /// Any thread.
    void wake() const;

    /// Waits until one of @p descriptors has what it is polled for; the first place is the waker's own and is filled
    /// here. One thread at a time. Errors: @p onTimeout at the deadline, Cancelled, Internal.
    [[nodiscard]] Result<> wait(
        std::span<pollfd> descriptors, const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout) const;

    /// The same for one descriptor. @return the events that came.
    [[nodiscard]] Result<short> wait(
        int descriptor, short events, const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout) const;

private:
    void drain() const;

    int m_readEnd = -1;
    int m_writeEnd = -1; ///< the same descriptor for an eventfd
};

} // namespace radpost::net
