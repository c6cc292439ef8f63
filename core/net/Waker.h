#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Deadline.h"

#include <QtGlobal>

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

    /// Waits for @p events (POLLIN, POLLOUT) on @p descriptor. One thread at a time.
    /// @return the events that came. Errors: @p onTimeout at the deadline, Cancelled.
    [[nodiscard]] Result<short> wait(
        int descriptor, short events, const Deadline& deadline, const CancelToken& cancel, ErrorCode onTimeout) const;

private:
    void drain() const;

    int m_readEnd = -1;
    int m_writeEnd = -1; ///< the same descriptor for an eventfd
};

} // namespace radpost::net
