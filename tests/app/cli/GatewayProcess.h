#pragma once

#include "tests/app/cli/RadpostProcess.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <csignal>
#include <map>

namespace radpost::test {

/// `radpost serve` on a free port, with its events.
class Gateway final
{
public:
    explicit Gateway(const RadpostHome& home)
        : m_home(home)
    {
    }
    ~Gateway() { kill(); }
    Q_DISABLE_COPY_MOVE(Gateway)

    /// False when it does not listen in time.
    bool start(const QStringList& options = {QStringLiteral("--address"), QStringLiteral("127.0.0.1")})
    {
        begin(options);
        return awaitPort();
    }

    /// start() in two steps, for what is told before the port is open.
    void begin(const QStringList& options = {QStringLiteral("--address"), QStringLiteral("127.0.0.1")})
    {
        m_home.start(m_process,
            QStringList{
                QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--json")} +
                options);
    }
    bool awaitPort()
    {
        m_port = static_cast<quint16>(await(QStringLiteral("listening"))[QStringLiteral("port")].toInt());
        return m_port != 0;
    }

    /// The next event of this name; empty when it does not come in time.
    QJsonObject await(const QString& name, int limitMs = 60'000)
    {
        const QDeadlineTimer deadline(limitMs);
        for (;;) {
            while (m_process.canReadLine()) {
                const auto event = QJsonDocument::fromJson(m_process.readLine()).object();
                if (event[QStringLiteral("event")].toString() == name) {
                    return event;
                }
            }
            if (deadline.hasExpired() || !m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
                return {};
            }
        }
    }

    /// Reads events until @p destination got @p count instances.
    bool awaitDelivered(const QString& destination, int count)
    {
        while (m_delivered[destination] < count) {
            const auto event = await(QStringLiteral("delivered"));
            if (event.isEmpty()) {
                return false;
            }
            m_delivered[event[QStringLiteral("destination")].toString()] += event[QStringLiteral("instances")].toInt();
        }
        return true;
    }

    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }

    /// SIGKILL, where it runs.
    void kill()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    /// SIGTERM. @return the exit code; -1: it did not end in time, or crashed.
    int terminate()
    {
        signal(SIGTERM);
        const bool hasEnded = m_process.waitForFinished(60'000);
        return hasEnded && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

    [[nodiscard]] QProcess& process() { return m_process; }
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    const RadpostHome& m_home;
    QProcess m_process;
    quint16 m_port = 0;
    std::map<QString, int> m_delivered;
};

} // namespace radpost::test
