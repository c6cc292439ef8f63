#pragma once

#include "core/net/Listener.h"
#include "core/net/Socket.h"

#include <memory>

namespace radpost::test {

/// Two ends of one connection over the loopback interface.
struct SocketPair
{
    std::unique_ptr<net::Socket> near;
    std::unique_ptr<net::Socket> far;

    static SocketPair make()
    {
        const Deadline deadline{std::chrono::seconds(5)};
        auto listener = net::Listener::open(QStringLiteral("127.0.0.1"), 0);
        auto near = net::Socket::connect(QStringLiteral("127.0.0.1"), (*listener)->port(), deadline, {});
        auto far = (*listener)->accept(deadline, {});
        return {std::move(*near), std::move(*far)};
    }
};

} // namespace radpost::test
