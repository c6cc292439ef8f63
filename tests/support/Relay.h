#pragma once

#include <QtGlobal>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace radpost::test {

/// Passes bytes on between a loopback port of its own and another one, until the way is cut. Any thread.
class Relay final
{
public:
    explicit Relay(quint16 target);
    ~Relay();
    Q_DISABLE_COPY_MOVE(Relay)

    [[nodiscard]] quint16 port() const { return m_port; }

    /// Resets every connection, and refuses further ones until restore(). Returns when that is so.
    void cut() { want(true); }
    void restore() { want(false); }

private:
    struct Connection
    {
        int near = -1;
        int far = -1;
    };

    void want(bool cut);
    void run();
    void obey();
    void accept();
    void passOn(Connection& connection, int from, int to);
    static void reset(Connection& connection);

    quint16 m_target;
    quint16 m_port = 0;
    int m_listening = -1;
    std::vector<Connection> m_connections; // of the thread alone
    std::mutex m_mutex;                    // guards the next two
    std::condition_variable m_obeyed;
    bool m_isCutWanted = false;
    bool m_isCut = false;
    std::atomic<bool> m_isStopping = false;
    std::thread m_thread;
};

} // namespace radpost::test
