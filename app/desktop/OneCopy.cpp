#include "app/desktop/OneCopy.h"

#include "app/desktop/PathMessage.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::app {

namespace {

constexpr QByteArrayView kTaken("OK");
constexpr auto kPeerPatience = 5s;
constexpr auto kRetryPause = 20ms;
constexpr int kMaxPeers = 8;

// Short: the path of a socket may have some hundred characters only.
QString nameOf(const QString& place)
{
    const auto sum = QCryptographicHash::hash(place.toUtf8(), QCryptographicHash::Sha256);
    return u"radpost-desktop-"_s + QString::fromLatin1(sum.left(8).toHex());
}

QString socketOf(const QString& folder, const QString& place)
{
#ifdef Q_OS_WIN
    return nameOf(QDir(folder).absolutePath() + u'|' + place); // a pipe, which lies in no folder
#else
    return QDir(folder).absoluteFilePath(nameOf(place));
#endif
}

} // namespace

OneCopy::OneCopy(const QString& folder, const QString& place, QObject* parent)
    : QObject(parent)
    , m_socket(socketOf(folder, place))
    , m_lock(QDir(folder).absoluteFilePath(nameOf(place) + u".lock"_s))
    , m_server(std::make_unique<QLocalServer>())
{
    m_lock.setStaleLockTime(0); // held for as long as the program runs; that of a dead process is stale all the same
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    m_server->setMaxPendingConnections(kMaxPeers);
    connect(m_server.get(), &QLocalServer::newConnection, this, &OneCopy::accept);
}

OneCopy::~OneCopy()
{
    m_server->close(); // before the lock goes: the next first one finds no socket of ours
}

QString OneCopy::usualFolder()
{
#ifdef Q_OS_WIN
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
#else
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
#endif
}

bool OneCopy::becomeFirst()
{
    if (!m_lock.tryLock(0)) {
        return false;
    }
    QLocalServer::removeServer(m_socket); // of one that crashed: the lock says that nobody is there
    // Without a socket it is the first one all the same; a later one will get no answer, and say so.
    (void)m_server->listen(m_socket);
    return true;
}

OneCopy::Role OneCopy::begin(const QStringList& paths, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    const auto message = pathMessage(paths);
    do {
        if (becomeFirst()) {
            return Role::First;
        }
        if (handOver(message, static_cast<int>(deadline.remainingTime()))) {
            return Role::HandedOver;
        }
        QThread::msleep(static_cast<unsigned long>(kRetryPause.count())); // between its lock and its socket
    } while (!deadline.hasExpired());
    return Role::NoAnswer;
}

bool OneCopy::handOver(const QByteArray& message, int milliseconds) const
{
    QLocalSocket first;
    first.connectToServer(m_socket);
    if (!first.waitForConnected(milliseconds)) {
        return false;
    }
    first.write(message);
    QByteArray answer;
    while (answer.size() < kTaken.size() && first.waitForReadyRead(milliseconds)) {
        answer += first.readAll();
    }
    return answer == kTaken;
}

void OneCopy::accept()
{
    while (auto* peer = m_server->nextPendingConnection()) {
        const auto peers = m_server->findChildren<QLocalSocket*>().size();
        if (peers > kMaxPeers) {
            peer->abort();
            peer->deleteLater();
            continue;
        }
        peer->setReadBufferSize(kMaxPathMessage + 1);
        connect(peer, &QLocalSocket::disconnected, peer, &QObject::deleteLater);
        connect(peer, &QLocalSocket::readyRead, this, [this, peer] { read(*peer); });
        QTimer::singleShot(kPeerPatience, peer, [peer] { peer->abort(); });
        read(*peer);
    }
}

void OneCopy::read(QLocalSocket& peer)
{
    const auto message = pathsFrom(peer.peek(kMaxPathMessage + 1));
    if (const auto* fault = std::get_if<PathMessageFault>(&message)) {
        if (*fault == PathMessageFault::Wrong) {
            peer.abort();
        }
        return;
    }
    peer.readAll();
    peer.write(kTaken.data(), kTaken.size());
    peer.flush(); // the other start waits, however long the window takes to come
    peer.disconnectFromServer();
    Q_EMIT given(std::get<QStringList>(message));
}

} // namespace radpost::app
