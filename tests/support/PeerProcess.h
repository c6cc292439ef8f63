#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <chrono>

namespace radpost::test {

/// A port of the loopback interface on which nobody listens at the moment.
[[nodiscard]] quint16 freePort();

/// True when somebody accepts connections there.
[[nodiscard]] bool accepts(quint16 port);

/// A program that a test talks to: a receiver that stays, or a sender that ends. Its output is kept. Stopped, by its
/// own process id, when this goes.
class PeerProcess final
{
public:
    PeerProcess() = default;
    ~PeerProcess();
    Q_DISABLE_COPY_MOVE(PeerProcess)

    /// Starts a server and waits until it accepts connections on @p port. False: it ended or took too long; see
    /// output().
    [[nodiscard]] bool startServer(const QString& program, const QStringList& arguments, quint16 port,
        std::chrono::milliseconds limit = std::chrono::seconds(30));

    /// Starts a server that says something when it is ready, for those that take only one connection.
    [[nodiscard]] bool startAnnounced(const QString& program, const QStringList& arguments,
        const QByteArray& announcement, std::chrono::milliseconds limit = std::chrono::seconds(30));

    /// Runs a program to its end. @return its exit code, -1 when it crashed or took too long.
    [[nodiscard]] int run(const QString& program, const QStringList& arguments,
        std::chrono::milliseconds limit = std::chrono::seconds(60));

    /// The same in two steps, to run several side by side.
    void start(const QString& program, const QStringList& arguments);
    [[nodiscard]] int awaitEnd(std::chrono::milliseconds limit = std::chrono::seconds(60));

    /// Waits until the output holds @p text.
    [[nodiscard]] bool awaitOutput(const QByteArray& text, std::chrono::milliseconds limit = std::chrono::seconds(30));

    /// Asks it to end, then ends it.
    void stop();

    void setEnvironment(const QString& name, const QString& value);
    void setWorkingDirectory(const QString& directory) { m_process.setWorkingDirectory(directory); }

    /// To its standard input; waits until the system has it.
    void write(const QByteArray& input);

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    /// What it wrote so far, both streams.
    [[nodiscard]] QByteArray output();

private:
    QProcess m_process;
    QByteArray m_output;
};

} // namespace radpost::test
