#include "core/net/ReceiveFolder.h"

#include "core/base/Deadline.h"
#include "core/observe/Log.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::net {

namespace {

constexpr auto kPatience = 5s;
constexpr auto kPause = 10ms;

} // namespace

ReceiveFolder::ReceiveFolder(QString path)
    : m_path(std::move(path))
{
}

ReceiveFolder::~ReceiveFolder()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Result<> ReceiveFolder::open()
{
    if (!QDir().mkpath(m_path)) {
        return fail(ErrorCode::FileWriteFailed, u"cannot make the directory"_s);
    }
    const auto path = QFile::encodeName(m_path);
    m_descriptor = ::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_descriptor < 0 || ::access(path.constData(), W_OK | X_OK) != 0) {
        return fail(ErrorCode::FileWriteFailed, u"cannot write to the directory"_s);
    }
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0) {
        removeLeftOvers();
    }
    return share();
}

/// Another receiver that starts has the folder alone for a moment. A file system without locks never gives that: then
/// nothing is ever removed, and no lock is needed.
Result<> ReceiveFolder::share()
{
    const Deadline deadline(kPatience);
    while (::flock(m_descriptor, LOCK_SH | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return {};
        }
        if (deadline.isOver()) {
            return fail(ErrorCode::FileWriteFailed, u"another program has locked the directory"_s);
        }
        std::this_thread::sleep_for(kPause);
    }
    return {};
}

QByteArray ReceiveFolder::unfinishedName()
{
    return '.' + QByteArray::number(::getpid()) + '-' + QByteArray::number(m_next++) + ".part";
}

void ReceiveFolder::removeLeftOvers() const
{
    static const QRegularExpression ours(u"^\\.[0-9]+-[0-9]+\\.part$"_s);
    int removed = 0;
    const auto names =
        QDir(m_path).entryList({u".*.part"_s}, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDir::Unsorted);
    for (const QString& name : names) {
        const bool isOurs = ours.match(name).hasMatch();
        removed += isOurs && ::unlinkat(m_descriptor, QFile::encodeName(name).constData(), 0) == 0 ? 1 : 0;
    }
    if (removed > 0) {
        qCInfo(observe::lcNet) << "removed" << removed << "unfinished files of receivers that were killed";
    }
}

} // namespace radpost::net
