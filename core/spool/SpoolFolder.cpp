#include "core/spool/SpoolFolder.h"

#include "core/observe/Log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>

#include <dirent.h>
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

/// A folder that others may write to was made by somebody else: they could take files away or bring in others.
bool makePrivate(const QByteArray& path)
{
    struct stat facts = {};
    if (::stat(path.constData(), &facts) != 0) {
        return false;
    }
    if ((facts.st_mode & (S_IWGRP | S_IWOTH)) == 0) {
        return true;
    }
    qCWarning(observe::lcStore) << "others could write to the spool folder: it is the owner's alone from now on";
    return ::chmod(path.constData(), kPrivateFolder) == 0;
}

bool syncFolder(const QByteArray& path)
{
    const FileDescriptor folder(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.isOpen() && syncNames(folder.get());
}

/// The number that @p name is, -1 when it is none.
qint64 numberOf(const QByteArray& name)
{
    bool isNumber = false;
    const auto number = name.toLongLong(&isNumber);
    return isNumber && number >= 0 ? number : -1;
}

struct CloseFolder
{
    void operator()(DIR* folder) const { ::closedir(folder); }
};

/// Numbers of the entries of @p type named "<number><suffix>", ascending. A folder that cannot be read to its end is an
/// error, never an empty one: what is not listed counts as lost. @p isThere is false when there is none.
Result<QList<qint64>> numbersIn(const QByteArray& path, mode_t type, const QByteArray& suffix, bool& isThere)
{
    const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path.constData()));
    isThere = folder || errno != ENOENT;
    if (!folder) {
        return fail(ErrorCode::FileUnreadable, u"cannot list a folder of the spool: errno %1"_s.arg(errno));
    }
    QList<qint64> numbers;
    errno = 0;
    while (const dirent* entry = ::readdir(folder.get())) {
        const QByteArray name(entry->d_name);
        const auto number = name.endsWith(suffix) ? numberOf(name.chopped(suffix.size())) : -1;
        struct stat facts = {};
        if (number >= 0) {
            if (::fstatat(::dirfd(folder.get()), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0) {
                if ((facts.st_mode & S_IFMT) == type) {
                    numbers.append(number);
                }
            } else if (errno != ENOENT) { // dropped meanwhile
                break;
            }
        }
        errno = 0;
    }
    if (errno != 0) {
        return fail(ErrorCode::FileUnreadable, u"cannot list a folder of the spool: errno %1"_s.arg(errno));
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

/// Without the lock two programs could give one name twice, so a file system that has no locks is refused too.
Result<> lock(int file)
{
    while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return fail(ErrorCode::FileWriteFailed, u"another program uses the spool folder"_s);
        }
        if (errno != EINTR) {
            return fail(writeError(errno, u"cannot lock the spool folder"_s));
        }
    }
    return {};
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
    if (!makePrivate(m_path) || !makePrivate(m_path + "/incoming")) {
        return fail(writeError(errno, u"others may write to the spool folder, and that cannot be changed"_s));
    }
    const QByteArray lockPath = m_path + "/.lock";
    m_lock.reset(::open(lockPath.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!m_lock.isOpen()) {
        return fail(writeError(errno, u"cannot write to the spool folder"_s));
    }
    if (auto taken = lock(m_lock.get()); !taken) {
        return taken;
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
    return ::unlink(pathOf(id).constData()) == 0 || errno == ENOENT;
}

bool SpoolFolder::syncLeaf(qint64 id) const
{
    return syncFolder(leafPath(id)) || errno == ENOENT;
}

bool SpoolFolder::setAside(qint64 id) const
{
    const QByteArray to = m_path + "/damaged/" + padded(id, kIdDigits) + ".dcm";
    return makeFolder(m_path + "/damaged") && ::rename(pathOf(id).constData(), to.constData()) == 0;
}

bool SpoolFolder::isStillOurs() const
{
    struct stat held = {};
    struct stat named = {};
    const QByteArray lockPath = m_path + "/.lock";
    return ::fstat(m_lock.get(), &held) == 0 && ::stat(lockPath.constData(), &named) == 0 &&
        held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

Result<QList<qint64>> SpoolFolder::numbersBelow(const QByteArray& path, mode_t type, const QByteArray& suffix) const
{
    bool isThere = true;
    auto numbers = numbersIn(path, type, suffix, isThere);
    if (!isThere && isStillOurs()) {
        return QList<qint64>();
    }
    return numbers;
}

Result<QList<qint64>> SpoolFolder::leaves() const
{
    const auto tops = numbersBelow(m_path, S_IFDIR, {});
    if (!tops) {
        return tops;
    }
    QList<qint64> found;
    for (const auto top : *tops) {
        const auto leaves = numbersBelow(m_path + '/' + padded(top, 4), S_IFDIR, {});
        if (!leaves) {
            return leaves;
        }
        for (const auto leaf : *leaves) {
            found.append(top * kFilesPerTop + leaf * kFilesPerLeaf);
        }
    }
    return found;
}

Result<QList<qint64>> SpoolFolder::idsIn(qint64 leaf) const
{
    auto ids = numbersBelow(leafPath(leaf), S_IFREG, ".dcm");
    if (ids && !isStillOurs()) { // the volume went while it was read
        return fail(ErrorCode::FileUnreadable, u"the spool folder is not the one that was opened"_s);
    }
    return ids;
}

Result<qint64> SpoolFolder::highestId() const
{
    const auto found = leaves();
    if (!found) {
        return fail(found.error());
    }
    for (auto leaf = found->crbegin(); leaf != found->crend(); ++leaf) {
        const auto ids = idsIn(*leaf);
        if (!ids) {
            return fail(ids.error());
        }
        if (!ids->isEmpty()) {
            return ids->last();
        }
    }
    return 0;
}

} // namespace radpost::spool
