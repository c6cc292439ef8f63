#include "tests/app/cli/RadpostProcess.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

QString program()
{
    return qEnvironmentVariable("RADPOST_BIN_DIR") + u"/app/cli/radpost"_s;
}

int milliseconds(std::chrono::milliseconds time)
{
    return static_cast<int>(time.count());
}

} // namespace

QList<QJsonObject> Outcome::events() const
{
    QList<QJsonObject> all;
    for (const auto& line : out.split('\n')) {
        if (!line.isEmpty()) {
            all.append(QJsonDocument::fromJson(line).object());
        }
    }
    return all;
}

QJsonObject Outcome::event(const QString& name) const
{
    QJsonObject last;
    for (const auto& object : events()) {
        if (object[u"event"_s].toString() == name) {
            last = object;
        }
    }
    return last;
}

QStringList RadpostHome::withPlaces(const QStringList& arguments) const
{
    return QStringList{u"--config"_s, configFile(), u"--data"_s, path(u"data"_s)} + arguments;
}

void RadpostHome::start(QProcess& process, const QStringList& arguments) const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"LANGUAGE"_s);
    process.setProcessEnvironment(environment);
    QStringList command = m_launcher + QStringList{program()} + withPlaces(arguments);
    const auto first = command.takeFirst();
    process.start(first, command);
}

Outcome RadpostHome::run(const QStringList& arguments, std::chrono::milliseconds limit) const
{
    QProcess process;
    start(process, arguments);
    Outcome outcome;
    const bool ended = process.waitForFinished(milliseconds(limit));
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    outcome.code = ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return outcome;
}

QString RadpostHome::makeStudies(const QString& name, const QStringList& options) const
{
    const auto folder = path(name);
    return run(QStringList{u"synth"_s, folder} + options).code == 0 ? folder : QString();
}

ReceiverProcess::~ReceiverProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(5'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
}

bool ReceiverProcess::start(const RadpostHome& home, const QString& folder)
{
    home.start(m_process,
        {u"receive"_s, u"--address"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s, u"--dir"_s, folder, u"--json"_s});
    QDeadlineTimer deadline(30'000);
    while (!m_process.canReadLine() && m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
    }
    const auto object = QJsonDocument::fromJson(m_process.readLine()).object();
    m_port = static_cast<quint16>(object[u"port"_s].toInt());
    return object[u"event"_s].toString() == u"listening" && m_port != 0;
}

} // namespace radpost::test
