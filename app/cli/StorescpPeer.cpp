#include "app/cli/StorescpPeer.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr int kStartMs = 5'000;
constexpr int kStopMs = 2'000;

} // namespace

QString StorescpPeer::find()
{
    return QStandardPaths::findExecutable(u"storescp"_s);
}

StorescpPeer::~StorescpPeer()
{
    stop();
}

bool StorescpPeer::start(quint16 port, const QString& folder)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(find(), {u"+B"_s, u"+xa"_s, u"-od"_s, folder, QString::number(port)});
    return m_process.waitForStarted(kStartMs);
}

void StorescpPeer::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        return;
    }
    m_process.terminate();
    if (!m_process.waitForFinished(kStopMs)) {
        m_process.kill();
        m_process.waitForFinished(kStopMs);
    }
}

} // namespace radpost::cli
