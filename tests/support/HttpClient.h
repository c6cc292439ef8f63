#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <chrono>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace radpost::test {

/// A bare connection to a port of 127.0.0.1, for requests that are right and for those that are not.
class HttpClient final
{
public:
    explicit HttpClient(quint16 port)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_isConnected = ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~HttpClient() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(HttpClient)

    [[nodiscard]] bool isConnected() const { return m_isConnected; }

    bool send(const QByteArray& bytes) const
    {
        return ::send(m_socket, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL) == bytes.size();
    }

    /// What comes until the other side closes, or @p limit.
    [[nodiscard]] QByteArray readToEnd(std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        QByteArray all;
        QByteArray part(65536, Qt::Uninitialized);
        pollfd waiting{m_socket, POLLIN, 0};
        m_sawEnd = false;
        while (::poll(&waiting, 1, static_cast<int>(limit.count())) > 0) {
            const auto count = ::recv(m_socket, part.data(), static_cast<size_t>(part.size()), 0);
            if (count <= 0) {
                m_sawEnd = true;
                break;
            }
            all.append(part.constData(), count);
        }
        return all;
    }

    /// The last readToEnd() came to the end.
    [[nodiscard]] bool sawEnd() const { return m_sawEnd; }

    /// The whole answer to a request of its own connection.
    [[nodiscard]] static QByteArray ask(
        quint16 port, const QByteArray& path, const QByteArray& method = "GET", const QByteArray& host = "127.0.0.1")
    {
        HttpClient client(port);
        client.send(method + ' ' + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        return client.readToEnd();
    }
    [[nodiscard]] static int statusOf(const QByteArray& answer) { return answer.mid(9, 3).toInt(); }
    [[nodiscard]] static QByteArray bodyOf(const QByteArray& answer)
    {
        return answer.mid(answer.indexOf("\r\n\r\n") + 4);
    }

private:
    int m_socket;
    bool m_isConnected = false;
    bool m_sawEnd = false;
};

} // namespace radpost::test
