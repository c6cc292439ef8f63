#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>

namespace radpost::test {

/// How a run of the program ended.
struct Outcome
{
    int code = -1; ///< -1: crashed or took too long
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QString text() const { return QString::fromUtf8(out + err); }
    /// One object a line of standard output; an empty object for a line that is not one.
    [[nodiscard]] QList<QJsonObject> events() const;
    /// The last event of this name; empty when there is none.
    [[nodiscard]] QJsonObject event(const QString& name) const;
};

/// A temporary home for runs of the real program: configuration, ledger and files of its own. Locale C.UTF-8.
class RadpostHome final
{
public:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString configFile() const { return path(QStringLiteral("config.toml")); }

    /// Runs to the end.
    [[nodiscard]] Outcome run(
        const QStringList& arguments, std::chrono::milliseconds limit = std::chrono::seconds(60)) const;
    /// Starts; the caller waits.
    void start(QProcess& process, const QStringList& arguments) const;

    /// Programs start by way of this one, which is to run what it is given.
    void setLauncher(const QStringList& launcher) { m_launcher = launcher; }

    /// Writes a few synthetic instances below @p name. @return the folder.
    [[nodiscard]] QString makeStudies(const QString& name, const QStringList& options) const;

private:
    [[nodiscard]] QStringList withPlaces(const QStringList& arguments) const;

    QTemporaryDir m_folder;
    QStringList m_launcher;
};

/// `radpost receive` on a free loopback port until it goes.
class ReceiverProcess final
{
public:
    ~ReceiverProcess();

    /// False when it does not listen in time.
    [[nodiscard]] bool start(const RadpostHome& home, const QString& folder);
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString address() const { return QStringLiteral("RX@127.0.0.1:%1").arg(m_port); }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace radpost::test
