#pragma once

#include "core/net/TlsSettings.h"

#include <QByteArray>
#include <QList>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace radpost::net {
class Listener;
class TlsContext;
} // namespace radpost::net

namespace radpost::test {

/// Takes syslog messages on a port of 127.0.0.1, over UDP or over TLS with octet counting, and keeps them.
class SyslogReceiver final
{
public:
    /// UDP. @p port 0: a free one.
    explicit SyslogReceiver(quint16 port = 0);
    /// TLS.
    explicit SyslogReceiver(const net::TlsSettings& tls, quint16 port = 0);
    ~SyslogReceiver();
    Q_DISABLE_COPY_MOVE(SyslogReceiver)

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QList<QByteArray> messages() const;
    /// Each XML once, in the order they came first.
    [[nodiscard]] QList<QByteArray> distinctXml() const;
    [[nodiscard]] int connections() const { return m_connections; }
    /// Something came that is no frame.
    [[nodiscard]] bool hasSeenGarbage() const { return m_garbage; }

    /// A TLS connection is cut when so many messages came over it; 0: never.
    void cutAfter(int messages) { m_cutAfter = messages; }

private:
    void receiveDatagrams();
    void serve();
    void serveOne();
    void take(const QByteArray& message);
    [[nodiscard]] bool takeFrames(QByteArray& buffer, int& count);

    mutable std::mutex m_mutex; // guards m_messages
    QList<QByteArray> m_messages;
    std::atomic<int> m_connections{0};
    std::atomic<int> m_cutAfter{0};
    std::atomic<bool> m_garbage{false};
    std::atomic<bool> m_isStopping{false};
    int m_socket = -1;
    quint16 m_port = 0;
    std::shared_ptr<const net::TlsContext> m_context;
    std::unique_ptr<net::Listener> m_listener;
    std::thread m_thread;
};

} // namespace radpost::test
