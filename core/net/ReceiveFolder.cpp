#include "core/net/ReceiveFolder.h"

#include "core/observe/Log.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::net {

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
    // A file system without locks never gives the exclusive one either: then nothing is ever removed.
    ::flock(m_descriptor, LOCK_SH);
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
