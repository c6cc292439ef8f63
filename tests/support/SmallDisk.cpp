#include "tests/support/SmallDisk.h"

#include "tests/support/PeerProcess.h"

#include <QFile>
#include <QFileInfo>

#include <sys/statvfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

constexpr int kLimitMs = 10'000;
const QString kBallast = u"/ballast"_s;

} // namespace

SmallDisk::SmallDisk(int megabytes)
{
    const QString options = u"size=%1m,mode=0700"_s.arg(megabytes);
    PeerProcess mount;
    m_isMounted =
        ::geteuid() == 0 && mount.run(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"-o"_s, options, u"tmpfs"_s, path()}) == 0;
    if (!m_isMounted && !mountInNamespace(options)) {
        m_launcher.clear();
    }
}

SmallDisk::~SmallDisk()
{
    if (m_isMounted) {
        PeerProcess unmount;
        std::ignore = unmount.run(u"umount"_s, {u"-l"_s, path()});
    }
    if (m_keeper.state() != QProcess::NotRunning) {
        m_keeper.closeWriteChannel(); // it reads to the end
        m_keeper.waitForFinished(kLimitMs);
    }
}

bool SmallDisk::mountInNamespace(const QString& options)
{
    const QString script = u"mount -t tmpfs -o \"$0\" tmpfs \"$1\" && echo mounted && exec cat"_s;
    m_keeper.start(u"unshare"_s, {u"-Urm"_s, u"sh"_s, u"-c"_s, script, options, path()});
    while (!m_keeper.canReadLine() && m_keeper.waitForReadyRead(kLimitMs)) {
    }
    if (m_keeper.readLine() != "mounted\n") {
        return false;
    }
    const auto pid = QString::number(m_keeper.processId());
    m_pathFromHere = u"/proc/%1/root%2"_s.arg(pid, path());
    m_launcher = {u"nsenter"_s, u"--preserve-credentials"_s, u"-U"_s, u"-m"_s, u"-t"_s, pid, u"--"_s};
    return QFileInfo(m_pathFromHere).isWritable();
}

bool SmallDisk::fillUpTo(qint64 bytes)
{
    QFile ballast(pathFromHere() + kBallast);
    struct statvfs facts = {}; // QStorageInfo looks for mounts of this process
    const bool isKnown = ::statvfs(QFile::encodeName(pathFromHere()).constData(), &facts) == 0;
    const qint64 size = qint64(facts.f_bavail) * qint64(facts.f_frsize) - bytes;
    return isKnown && size > 0 && ballast.open(QIODevice::WriteOnly) && ballast.write(QByteArray(size, 'x')) == size;
}

bool SmallDisk::empty()
{
    return QFile::remove(pathFromHere() + kBallast);
}

} // namespace radpost::test
