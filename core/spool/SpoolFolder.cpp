#include "core/spool/SpoolFolder.h"

#include "core/observe/Log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::spool {

namespace {

constexpr mode_t kPrivateFolder = 0700; // patients' data: for nobody else, whatever the umask
constexpr qint64 kFilesPerTop = SpoolFolder::kFilesPerLeaf * SpoolFolder::kFilesPerLeaf;
constexpr qsizetype kIdDigits = 10;

QByteArray padded(qint64 number, qsizetype digits)
{
    return QByteArray::number(number).rightJustified(digits, '0');
}

bool makeFolder(const QByteArray& path)
{
    return ::mkdir(path.constData(), kPrivateFolder) == 0 || errno == EEXIST;
}

bool syncFolder(const QByteArray& path)
{
    const FileDescriptor folder(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.isOpen() && syncNames(folder.get());
}

/// The number that @p name is, -1 when it is none.
qint64 numberOf(const QString& name)
{
    bool isNumber = false;
    const auto number = name.toLongLong(&isNumber);
    return isNumber && number >= 0 ? number : -1;
}

QList<qint64> numbersIn(const QString& path, QDir::Filters what, const QString& suffix)
{
    QList<qint64> numbers;
    const auto names = QDir(path).entryList(what | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Unsorted);
    for (const QString& name : names) {
        const auto number = name.endsWith(suffix) ? numberOf(name.chopped(suffix.size())) : -1;
        if (number >= 0) {
            numbers.append(number);
        }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

int removeUnfinished(const QString& path)
{
    QDir folder(path);
    int removed = 0;
    for (const QString& name : folder.entryList({u"*.part"_s}, QDir::Files | QDir::NoSymLinks, QDir::Unsorted)) {
        removed += folder.remove(name) ? 1 : 0;
    }
    return removed;
}

} // namespace

SpoolFolder::SpoolFolder(const QString& root)
    : m_root(QFileInfo(root).absoluteFilePath())
    , m_path(QFile::encodeName(m_root))
{
}

Result<> SpoolFolder::open()
{
    if (!QDir().mkpath(QFileInfo(m_root).path()) || !makeFolder(m_path) || !makeFolder(m_path + "/incoming")) {
        return fail(writeError(errno, u"cannot make the spool folder"_s));
    }
    const QByteArray lockPath = m_path + "/.lock";
    m_lock.reset(::open(lockPath.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!m_lock.isOpen()) {
        return fail(writeError(errno, u"cannot write to the spool folder"_s));
    }
    if (::flock(m_lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return fail(ErrorCode::FileWriteFailed, u"another program uses the spool folder"_s);
    }
    if (const int removed = removeUnfinished(m_root + u"/incoming"_s); removed > 0) {
        qCInfo(observe::lcStore) << "removed" << removed << "unfinished files of a process that was killed";
    }
    return {};
}

QByteArray SpoolFolder::unfinishedPath()
{
    return m_path + "/incoming/" + QByteArray::number(::getpid()) + '-' + QByteArray::number(m_next++) + ".part";
}

QByteArray SpoolFolder::leafPath(qint64 id) const
{
    return m_path + '/' + padded(id / kFilesPerTop, 4) + '/' + padded(id % kFilesPerTop / kFilesPerLeaf, 3);
}

QByteArray SpoolFolder::pathOf(qint64 id) const
{
    return leafPath(id) + '/' + padded(id, kIdDigits) + ".dcm";
}

Result<> SpoolFolder::makeLeaf(qint64 id, Durability durability) const
{
    const QByteArray leaf = leafPath(id);
    const QByteArray top = leaf.left(leaf.lastIndexOf('/'));
    const bool isMade = makeFolder(top) && makeFolder(leaf);
    const bool isSafe = durability == Durability::Process || (isMade && syncFolder(top) && syncFolder(m_path));
    return isMade && isSafe ? Result<>() : fail(writeError(errno, u"cannot make a folder of the spool"_s));
}

Result<> SpoolFolder::publish(const QByteArray& unfinished, qint64 id, Durability durability) const
{
    const auto path = pathOf(id);
    bool isMoved = ::rename(unfinished.constData(), path.constData()) == 0;
    if (!isMoved && errno == ENOENT) {
        if (auto made = makeLeaf(id, durability); !made) {
            return made;
        }
        isMoved = ::rename(unfinished.constData(), path.constData()) == 0;
    }
    if (!isMoved || (durability == Durability::PowerLoss && !syncFolder(leafPath(id)))) {
        return fail(writeError(errno, u"cannot move a file into the spool"_s));
    }
    return {};
}

bool SpoolFolder::remove(qint64 id) const
{
    return ::unlink(pathOf(id).constData()) == 0;
}

bool SpoolFolder::setAside(qint64 id) const
{
    const QByteArray to = m_path + "/damaged/" + padded(id, kIdDigits) + ".dcm";
    return makeFolder(m_path + "/damaged") && ::rename(pathOf(id).constData(), to.constData()) == 0;
}

QList<qint64> SpoolFolder::leaves() const
{
    QList<qint64> found;
    for (const auto top : numbersIn(m_root, QDir::Dirs, {})) {
        const QString path = m_root + u'/' + QString::fromLatin1(padded(top, 4));
        for (const auto leaf : numbersIn(path, QDir::Dirs, {})) {
            found.append(top * kFilesPerTop + leaf * kFilesPerLeaf);
        }
    }
    return found;
}

QList<qint64> SpoolFolder::idsIn(qint64 leaf) const
{
    return numbersIn(QFile::decodeName(leafPath(leaf)), QDir::Files, u".dcm"_s);
}

qint64 SpoolFolder::highestId() const
{
    const auto found = leaves();
    for (auto leaf = found.crbegin(); leaf != found.crend(); ++leaf) {
        if (const auto ids = idsIn(*leaf); !ids.isEmpty()) {
            return ids.last();
        }
    }
    return 0;
}

} // namespace radpost::spool
