#include "tests/support/PeerProcess.h"

#include <QDeadlineTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

constexpr int kPollMs = 20;

class LoopbackSocket final
{
public:
    LoopbackSocket() = default;
    ~LoopbackSocket() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(LoopbackSocket)

    bool connectTo(quint16 port)
    {
        m_address.sin_port = htons(port);
        return ::connect(m_descriptor, address(), sizeof(m_address)) == 0;
    }

    quint16 bindToAny()
    {
        socklen_t length = sizeof(m_address);
        if (::bind(m_descriptor, address(), length) != 0 || ::getsockname(m_descriptor, address(), &length) != 0) {
            return 0;
        }
        return ntohs(m_address.sin_port);
    }

private:
    sockaddr* address() { return reinterpret_cast<sockaddr*>(&m_address); }

    int m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in m_address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
};

} // namespace

quint16 freePort()
{
    return LoopbackSocket().bindToAny();
}

bool accepts(quint16 port)
{
    return LoopbackSocket().connectTo(port);
}

PeerProcess::~PeerProcess()
{
    stop();
}

void PeerProcess::start(const QString& program, const QStringList& arguments)
{
    stop();
    m_output.clear();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(program, arguments);
}

bool PeerProcess::startServer(
    const QString& program, const QStringList& arguments, quint16 port, std::chrono::milliseconds limit)
{
    start(program, arguments);
    const QDeadlineTimer deadline(limit);
    while (m_process.waitForStarted(-1) && !deadline.hasExpired()) {
        if (accepts(port)) {
            return true;
        }
        // Returns at once when the program ends; otherwise this is the pace of asking.
        if (m_process.waitForFinished(kPollMs)) {
            break;
        }
    }
    return false;
}

bool PeerProcess::startAnnounced(const QString& program, const QStringList& arguments, const QByteArray& announcement,
    std::chrono::milliseconds limit)
{
    start(program, arguments);
    return m_process.waitForStarted(-1) && awaitOutput(announcement, limit);
}

int PeerProcess::run(const QString& program, const QStringList& arguments, std::chrono::milliseconds limit)
{
    start(program, arguments);
    return awaitEnd(limit);
}

int PeerProcess::awaitEnd(std::chrono::milliseconds limit)
{
    const bool ended = m_process.waitForFinished(static_cast<int>(limit.count()));
    return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

bool PeerProcess::awaitOutput(const QByteArray& text, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    while (!output().contains(text)) {
        if (deadline.hasExpired() || (!isRunning() && !m_process.bytesAvailable())) {
            return false;
        }
        m_process.waitForReadyRead(kPollMs);
    }
    return true;
}

void PeerProcess::stop()
{
    if (!isRunning()) {
        return;
    }
    m_process.terminate();
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished(-1);
    }
}

void PeerProcess::setEnvironment(const QString& name, const QString& value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    if (environment.isEmpty()) {
        environment = QProcessEnvironment::systemEnvironment();
    }
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

void PeerProcess::write(const QByteArray& input)
{
    m_process.write(input);
    m_process.waitForBytesWritten(-1);
}

QByteArray PeerProcess::output()
{
    m_output += m_process.readAll();
    return m_output;
}

} // namespace radpost::test
