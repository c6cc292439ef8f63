#pragma once

#include "core/net/Association.h"
#include "core/net/Listener.h"
#include "core/net/TlsSocket.h"

#include <future>
#include <memory>

namespace radpost::test {

/// A server that shakes hands, then waits for the request and closes.
class TlsServer final
{
public:
    explicit TlsServer(const net::TlsSettings& settings)
        : m_context(net::TlsContext::forServer(settings).value())
        , m_listener(net::Listener::open(QStringLiteral("127.0.0.1"), 0).value())
        , m_served(std::async(std::launch::async, [this] { serve(); }))
    {
    }
    [[nodiscard]] quint16 port() const { return m_listener->port(); }

private:
    void serve()
    {
        auto socket = m_listener->accept(Deadline(std::chrono::seconds(30)), {});
        if (!socket) {
            return;
        }
        auto secured = net::TlsSocket::accept(std::move(*socket), *m_context, Deadline(std::chrono::seconds(30)), {});
        if (secured) {
            net::Association association(std::move(*secured), net::Role::Acceptor, {});
            [[maybe_unused]] const auto asked = association.awaitRequest({});
        }
    }

    std::shared_ptr<const net::TlsContext> m_context;
    std::unique_ptr<net::Listener> m_listener;
    std::future<void> m_served;
};

} // namespace radpost::test
